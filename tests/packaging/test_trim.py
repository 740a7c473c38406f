"""What the package leaves out, tried on the PySide6 that is installed."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import PySide6
import pytest

from desktop.libraries import PACKAGES

HOME = Path(PySide6.__file__).parent


def entry(name: str, kind: str = "BINARY") -> tuple[str, str, str]:
    return (f"PySide6/{name}", str(HOME / name), kind)


@pytest.fixture
def found() -> list[tuple[str, str, str]]:
    """What PyInstaller might find: one extension module, some libraries, some plugins."""
    return [
        entry("QtWidgets.abi3.so", "EXTENSION"),
        entry("Qt/lib/libQt6Core.so.6"),
        entry("Qt/lib/libQt6Gui.so.6"),
        entry("Qt/lib/libQt6Widgets.so.6"),
        entry("Qt/lib/libQt6XcbQpa.so.6"),
        entry("Qt/lib/libQt6Quick.so.6"),
        entry("Qt/plugins/platforms/libqxcb.so"),
        entry("Qt/plugins/platforms/libqvnc.so"),
        entry("Qt/plugins/tls/libqopensslbackend.so"),
    ]


def test_libraries_stay_when_something_that_stays_links_to_them(
    trim: ModuleType, found: list[tuple[str, str, str]]
) -> None:
    kept = {Path(name).name for name, _source, _kind in trim.libraries(found)}
    assert kept == {
        "QtWidgets.abi3.so",
        "libQt6Core.so.6",
        "libQt6Gui.so.6",
        "libQt6Widgets.so.6",
        "libQt6XcbQpa.so.6",  # only the X11 plugin links to it
        "libqxcb.so",
    }


def test_what_the_desktop_has_is_not_packed_nor_what_only_that_links_to(trim: ModuleType) -> None:
    core = entry("Qt/lib/libQt6DBus.so.6", "EXTENSION")  # as if it were loaded by its name
    system = [
        (name, f"/usr/lib/x86_64-linux-gnu/{name}", "BINARY")
        for name in ("libdbus-1.so.3", "libsystemd.so.0")
    ]
    assert trim.libraries([core, *system]) == [core]


def test_what_is_left_to_the_desktop_is_named_with_its_package_where_it_is_missing(trim: ModuleType) -> None:
    assert trim.OF_THE_DESKTOP - PACKAGES.keys() == set()


def test_nothing_under_the_printer_plugin_is_packed(trim: ModuleType) -> None:
    plugin = entry("Qt/plugins/printsupport/libcupsprintersupport.so")
    cups = ("libcups.so.2", "/usr/lib/x86_64-linux-gnu/libcups.so.2", "BINARY")
    assert trim.libraries([plugin, cups]) == [plugin]


def test_every_plugin_named_for_linux_is_there(trim: ModuleType) -> None:
    folder = HOME / "Qt" / "plugins"
    present = {f"{path.parent.name}/{path.stem.removeprefix('lib')}" for path in folder.rglob("*.so")}
    assert trim.PLUGINS - present == {"platforms/qwindows", "styles/qmodernwindowsstyle"}


def test_of_the_translations_only_the_chinese_one_stays_and_no_link(trim: ModuleType) -> None:
    names = ["qtbase_zh_CN.qm", "qtbase_de.qm", "qtbase_zh_TW.qm", "qt_zh_CN.qm"]
    entries = [entry(f"Qt/translations/{name}", "DATA") for name in names] + [
        ("resources/measures.db", "x", "DATA"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ]
    kept = [name for name, _source, _kind in trim.files(entries)]
    assert kept == ["PySide6/Qt/translations/qtbase_zh_CN.qm", "resources/measures.db"]
