"""Whose each file of the package is: Python's, a distribution's, a Debian package's or the program's own.

Asked about the places that PyInstaller took the files from are the distributions' own records and dpkg.
"""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Entry = tuple[str, str, str]  # name in the package, file that it was taken from, kind: PyInstaller's own form

PROGRAM = "measures-desk"
UNSAID = {"pyrage": "MIT", "apsw-sqlite3mc": "Zlib AND MIT"}
"""Licences that a distribution has as a text, without naming them, or not so that one could tell which."""

QT = re.compile(r"PySide6/(Qt/|plugins/|translations/|Qt6\w+\.dll)")
ICU = re.compile(r"PySide6/Qt/lib/libicu\w+\.so\.(\d+)")
"""What the wheel of PySide6 holds of others: Qt itself, and ICU with its version in the name."""

_LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors)")
_DEBIAN_FIELDS = "${source:Package}\\t${source:Version}\\t${Homepage}\\n"


class OwnerError(Exception):
    """A file of the package belongs to nothing that is known."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part by others, with the files that hold its licence and its own list of parts."""

    name: str
    version: str
    licence: str
    home: str
    purl: str
    texts: tuple[Path, ...] = field(default=(), compare=False)
    boms: tuple[Path, ...] = field(default=(), compare=False)


def owners(entries: Iterable[Entry]) -> dict[Component, list[str]]:
    """Return each component with the paths of its files in the package; raise OwnerError for files without.

    Modules count as files of the starter that holds them. The program's own files are left out.
    """
    records = _records()
    found: dict[Component, set[str]] = {}
    rest: dict[str, str] = {}
    for name, source, kind in entries:
        if kind == "SYMLINK":
            continue
        place = f"_internal/{Path(name).as_posix()}"
        if kind in ("EXECUTABLE", "PYMODULE"):
            place = f"{PROGRAM}.exe" if sys.platform == "win32" else PROGRAM
        component = _component(Path(name).as_posix(), source, kind, records)
        if component is None:
            rest[place] = source
        elif component.name != PROGRAM:
            found.setdefault(component, set()).add(place)
    for place, component in _debian(rest).items():
        found.setdefault(component, set()).add(place)
    return {each: sorted(found[each]) for each in sorted(found, key=lambda each: each.name.lower())}


def _component(name: str, source: str, kind: str, records: dict[str, Component]) -> Component | None:
    """Return the component of one file, None if it is neither Python's nor a distribution's."""
    if kind == "EXECUTABLE":
        return records["pyinstaller"]  # its starter, with the modules inside
    top = name.partition("/")[0].partition(".")[0]
    if top in ("desktop", "docs", "resources"):
        return Component(PROGRAM, "", "", "", "")
    if name == "base_library.zip" or _is_pythons(source):
        return _python()
    if icu := ICU.search(Path(source).as_posix()):
        return _part_of_qt("ICU", icu[1], "Unicode-DFS-2016", "https://icu.unicode.org", records)
    if QT.search(Path(source).as_posix()):
        version = records["pyside6-essentials"].version
        return _part_of_qt("Qt", version, "LGPL-3.0-only", "https://www.qt.io", records)
    return records.get(str(Path(source).resolve())) or records.get(_canonical(top))


def _records() -> dict[str, Component]:
    """Return the installed distributions by each of their files and by their names in small letters."""
    found = {}
    for distribution in importlib.metadata.distributions():
        meta = distribution.metadata.json
        name, version = str(meta["name"]), distribution.version
        if _canonical(name) == PROGRAM:
            continue
        files = distribution.files or []
        papers = [file for file in files if file.parts[0].endswith(".dist-info")]
        component = Component(
            name,
            version,
            _licence(meta),
            _home(meta),
            f"pkg:pypi/{_canonical(name)}@{version}",
            tuple(Path(str(file.locate())) for file in papers if _LICENCE_FILE.match(file.name)),
            tuple(Path(str(file.locate())) for file in papers if "sboms" in file.parts),
        )
        found[_canonical(name)] = component
        folder = Path(str(distribution.locate_file(""))).resolve()
        found.update((str(folder / file), component) for file in files)
    return found


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(meta: dict[str, str | list[str]]) -> str:
    """Return what a distribution says of its licence: the expression, the field, else the classifiers."""
    if (own := UNSAID.get(_canonical(str(meta["name"])))) is not None:
        return own
    said = str(meta.get("license_expression") or meta.get("license") or "").strip()
    if said:
        return said.splitlines()[0]
    classifiers = meta.get("classifier", [])
    told = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License :: ")]
    return " / ".join(told)


def _home(meta: dict[str, str | list[str]]) -> str:
    links = dict(link.split(", ", 1) for link in meta.get("project_url", []))
    named = {label.lower(): link for label, link in links.items()}
    likely = [named[label] for label in ("homepage", "home", "source", "repository") if label in named]
    return str(meta.get("home_page") or next(iter([*likely, *named.values()]), ""))


def _is_pythons(source: str) -> bool:
    """Tell whether a file belongs to Python: of its library, or ``libpython``."""
    path = Path(source)
    within = [sysconfig.get_path("stdlib")]
    if sys.base_prefix != "/usr":
        within.append(sys.base_prefix)
    inside = any(path.is_relative_to(folder) for folder in within) and "site-packages" not in path.parts
    return inside or path.name.startswith("libpython3")


def _python() -> Component:
    version = sys.version.split()[0]
    places = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)]
    texts = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    home = "https://www.python.org"
    return Component("Python", version, "PSF-2.0", home, f"pkg:generic/python@{version}", tuple(texts[:1]))


def _part_of_qt(name: str, version: str, licence: str, home: str, records: dict[str, Component]) -> Component:
    """Return a part of others in the wheel of PySide6."""
    wheel = records["pyside6-essentials"].purl
    return Component(name, version, licence, home, f"pkg:generic/{name.lower()}@{version}?from={wheel[4:]}")


# Debian


def _debian(rest: dict[str, str]) -> dict[str, Component]:
    """Return the Debian source packages of files by their names in the package."""
    found = {}
    for name, source in rest.items():
        package = next(filter(None, map(_package, _spellings(source))), None)
        if package is None:
            raise OwnerError(f"{name} 出自 {source}，不属于任何已知组件")
        found[name] = _debian_component(package)
    return found


def _spellings(source: str) -> Iterator[str]:
    """Return the names under which dpkg may know a file: links followed or not, with ``/usr`` or without."""
    for path in dict.fromkeys((source, str(Path(source).resolve()))):
        yield path
        yield path.removeprefix("/usr") if path.startswith("/usr/lib") else f"/usr{path}"


def _package(path: str) -> str | None:
    try:
        done = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
    except FileNotFoundError:  # no Debian
        return None
    return done.stdout.partition(": ")[0] or None


def _debian_component(package: str) -> Component:
    asked = ["dpkg-query", "-W", f"-f={_DEBIAN_FIELDS}", package]
    fields = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    name, version, home = fields.split("\t")
    text = Path("/usr/share/doc") / package.partition(":")[0] / "copyright"
    said = re.search(r"(?ms)^Files: ?\*$.*?^License: ?(\S.*?)$", text.read_text(encoding="utf-8"))
    licence = said[1] if said else ""
    return Component(name, version, licence, home, f"pkg:deb/debian/{name}@{version}?arch=source", (text,))
