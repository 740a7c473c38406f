"""The installer for Windows, compiled from a stand-in for the folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from windows import installer

MARK = b"\xef\xbe\xad\xdeNullsoftInst"  # what NSIS looks for in its own file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What PyInstaller makes on Windows, in little: starters, ``_internal``, papers with Chinese names."""
    made = tmp_path / "measures-desk"
    for name in (
        "measures-desk.exe",
        "measures-desk-console.exe",
        "_internal/python311.dll",
        "随附材料/许可证/Qt.txt",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(name.encode())
    return made


@pytest.mark.skipif(shutil.which("makensis") is None, reason="needs NSIS")
def test_the_installer_compiles_without_a_warning(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "measures-desk.exe"
    installer.installer(folder, out)
    made = out.read_bytes()
    assert made[:2] == b"MZ"
    assert MARK in made


def test_what_lies_in_the_folder_is_what_the_removal_takes_away(root: Path) -> None:
    """The papers are named one by one there: a workspace beside the program must stay."""
    script = installer.SCRIPT.read_text(encoding="utf-8")
    removed = set(re.findall(r'(?:RMDir /r|Delete) "\$INSTDIR\\([^"$]+)"', script))
    papers = (root / "packaging" / "contents" / "papers.py").read_text(encoding="utf-8")
    laid = set(re.findall(r'program / "([^"]+)"', papers)) | set(
        re.findall(r'^FOLDER = "(.+)"', papers, re.M)
    )
    starters = {"measures-desk.exe", "measures-desk-console.exe"}
    assert removed == laid | starters | {"uninstall.exe"}
    assert 'RMDir /r "$INSTDIR"' not in script


def test_the_manifest_asks_for_sharp_text_and_no_administrator(root: Path) -> None:
    text = (root / "packaging" / "windows" / "measures-desk.manifest").read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text)
    values = {element.tag.rpartition("}")[2]: element for element in tree.iter()}
    assert values["dpiAwareness"].text == "PerMonitorV2"
    assert values["requestedExecutionLevel"].get("level") == "asInvoker"
