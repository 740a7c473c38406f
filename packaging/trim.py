"""What the package leaves out: what the program never uses of Qt, of Python and of the build machine.

The spec file calls these on what PyInstaller's analysis found. Qt's plugins are named one by one, and of the
libraries only those stay that something kept links to: a newer PySide6 cannot bring new parts in unseen.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PyInstaller.depend.bindepend import get_imports

if TYPE_CHECKING:
    from collections.abc import Iterable

Entry = tuple[
    str, str, str
]  # name in the package, file (or what a link points at), kind: PyInstaller's own form

#: Modules that some library would import if they were there. Nothing that the program does needs them.
MODULES = [
    # tools of development, and of installing packages (sqlite-utils has verbs for that)
    "_pytest", "hypothesis", "mypy", "pip", "pkg_resources", "pypinyin", "pytest", "setuptools",
    # the standard library's: other windows, terminals, tests, networks, writings
    "_curses", "_tkinter", "curses", "distutils", "doctest", "ensurepip", "idlelib", "lib2to3", "pdb",
    "pydoc", "pydoc_data", "readline", "test", "tkinter", "turtle", "venv",
    "asyncio", "ftplib", "multiprocessing", "smtplib", "xmlrpc",
    "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw",
    # OpenSSL: the program never connects to anything, and hashlib has SHA-256 without it
    "_hashlib", "_ssl", "ssl",
    # what stands in for parts that are compiled, where these are missing
    "_pydecimal",
    # libuuid: only numbers made from the network card need it
    "_uuid",
    # what openpyxl would use if it were there
    "PIL", "lxml", "numpy", "pandas",
    # parts of Qt that nothing here imports
    "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtXml",
]  # fmt: skip

#: Rooms of the program that no start needs.
PACKED = (
    "desktop.doctor", "desktop.exchange", "desktop.proofreading", "desktop.reading", "desktop.ui.demands",
    "desktop.ui.help", "desktop.ui.intake", "desktop.ui.merging", "desktop.ui.printing",
    "desktop.ui.proofreading", "desktop.ui.visits", "desktop.ui.wizard",
)  # fmt: skip

#: Qt's plugins that stay, without the ``lib`` before and the ending after.
PLUGINS = {
    "imageformats/qico",
    "imageformats/qsvg",
    "platforminputcontexts/composeplatforminputcontextplugin",
    "platforminputcontexts/ibusplatforminputcontextplugin",
    "platforms/qoffscreen",  # doctor, pictures and PDF without a display
    "platforms/qwindows",
    "platforms/qxcb",
    "printsupport/cupsprintersupport",
    "styles/qmodernwindowsstyle",
}

#: The plugin for printers stays, but CUPS and the fifteen libraries under it come from the desktop that has a
#: printer; where they are missing Qt goes without the plugin and prints to PDF.
PRINTERS = "printsupport/cupsprintersupport"

#: What every desktop of Linux has, in the version that fits its X server, its typefaces, its settings and the
#: drivers of its graphics card: an older copy beside the program would be loaded in its place, by these too.
OF_THE_DESKTOP = {
    "libX11-xcb.so.1", "libX11.so.6", "libdbus-1.so.3", "libfontconfig.so.1", "libfreetype.so.6",
    "libgcc_s.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libstdc++.so.6", "libz.so.1",
    "libzstd.so.1",
}  # fmt: skip

#: Qt's own words in standard dialogs (确定, 取消, the print dialog).
TRANSLATION = "qtbase_zh_CN.qm"


def libraries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the binaries to pack: extension modules, the plugins named above, and what these link to."""
    by_file = {Path(source).resolve(): (name, source, kind) for name, source, kind in entries}
    by_name = {_library(entry): file for file, entry in by_file.items()}
    kept: set[Path] = set()
    queue = [file for file, entry in by_file.items() if _is_root(entry)]
    while queue:
        file = queue.pop()
        if file in kept:
            continue
        kept.add(file)
        if _plugin(by_file[file]) != PRINTERS:
            names = _linked(file) - OF_THE_DESKTOP
            queue += [by_name[name] for name in names if name in by_name]
    return [entry for file, entry in by_file.items() if file in kept]


def _linked(file: Path) -> set[str]:
    """Return the names of the libraries that a binary itself links to, without what these link to in turn."""
    if sys.platform == "win32":
        return {PurePath(name).name.lower() for name, _path in get_imports(str(file))}
    headers = subprocess.run(["objdump", "-p", file], capture_output=True, check=True).stdout
    return set(re.findall(r"NEEDED\s+(\S+)", headers.decode("utf-8", "replace")))


def _library(entry: Entry) -> str:
    """Return the name under which others link to a binary; Windows makes nothing of capitals."""
    name = PurePath(entry[0]).name
    return name.lower() if sys.platform == "win32" else name


def files(entries: Iterable[Entry]) -> list[Entry]:
    """Return the data files to pack: of Qt's translations the Chinese one, and no links.

    Whatever links to a library finds it by the path that it names itself, and a stick may know no links.
    """
    return [
        (name, source, kind)
        for name, source, kind in entries
        if ("/translations/" not in _slashed(name) or PurePath(name).name == TRANSLATION)
        and kind != "SYMLINK"
    ]


def _is_root(entry: Entry) -> bool:
    """Tell whether a binary is loaded by its name at run time, not only because another links to it."""
    name, _source, kind = entry
    plugin = _plugin(entry)
    if plugin:
        return plugin in PLUGINS
    return kind == "EXTENSION" or "lib-dynload/" in _slashed(name) or "python3" in PurePath(name).name


def _plugin(entry: Entry) -> str:
    """Return ``kind/name`` of a Qt plugin as in ``PLUGINS``; empty for any other binary."""
    _before, found, after = _slashed(entry[0]).partition("/plugins/")
    return f"{PurePath(after).parent}/{PurePath(after).stem.removeprefix('lib')}" if found else ""


def _slashed(name: str) -> str:
    """Return a name in the package with forward slashes, on Windows as well."""
    return PurePath(name).as_posix()
