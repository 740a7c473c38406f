"""What the package leaves out: what the program never uses of Qt, of Python and of the build machine.

The spec file calls these on what PyInstaller's analysis found. Qt's plugins are named one by one, and of the
libraries only those stay that something kept links to: a newer PySide6 cannot bring new parts in unseen.
"""

from __future__ import annotations

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
    # what openpyxl would use if it were there
    "PIL", "lxml", "numpy", "pandas",
    # parts of Qt that nothing here imports
    "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtXml",
]  # fmt: skip

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

#: Qt's own words in standard dialogs (确定, 取消, the print dialog).
TRANSLATION = "qtbase_zh_CN.qm"


def libraries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the binaries to pack: extension modules, the plugins named above, and what these link to."""
    by_file = {Path(source).resolve(): (name, source, kind) for name, source, kind in entries}
    kept: set[Path] = set()
    queue = [file for file, entry in by_file.items() if _is_root(entry)]
    while queue:
        file = queue.pop()
        if file in kept:
            continue
        kept.add(file)
        if _plugin(by_file[file]) != PRINTERS:
            linked = {Path(path).resolve() for _name, path in get_imports(str(file)) if path}
            queue += linked & by_file.keys()
    return [entry for file, entry in by_file.items() if file in kept]


def files(entries: Iterable[Entry], kept_libraries: Iterable[Entry]) -> list[Entry]:
    """Return the data files to pack: of Qt's translations the Chinese one, no links to dropped libraries."""
    names = {_slashed(name) for name, _source, _kind in kept_libraries}
    return [
        (name, source, kind)
        for name, source, kind in entries
        if ("/translations/" not in _slashed(name) or PurePath(name).name == TRANSLATION)
        and (kind != "SYMLINK" or _slashed(source) in names)
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
