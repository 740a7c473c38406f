"""关于和诊断信息: true, complete, and without anybody's name."""

from __future__ import annotations

import getpass
import platform
import sqlite3
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop import __version__, disk, paths
from desktop.ui.help import about
from desktop.ui.help.about_dialog import AboutDialog, ComponentsDialog


def test_the_facts_are_those_of_this_copy(desk) -> None:
    told = about.text(desk)
    assert disk.digest_of(paths.bundled_database()) in told
    for version in (__version__, platform.python_version(), qVersion(), sqlite3.sqlite_version):
        assert version in told
    assert "与出厂时一致" in told
    assert "1 份发文，在用 1 份" in told


def test_a_swapped_database_is_told(desk, monkeypatch, tmp_path: Path) -> None:
    other = tmp_path / "measures.db"
    monkeypatch.setattr(paths, "bundled_database", lambda: other)
    assert "读不出来" in about.text(desk)
    other.write_bytes(b"other")
    assert "与出厂时不一致" in about.text(desk)


def test_nobody_is_named_in_what_is_copied(desk, window) -> None:
    desk.set_setting("user_name", "欧阳某某")
    dialog = AboutDialog(desk, window)
    dialog.copy_button.click()
    told = QGuiApplication.clipboard().text()
    assert told == about.text(desk)
    assert "欧阳某某" not in told
    assert str(desk.workspace.folder) not in told
    assert str(Path.home()) not in told
    assert getpass.getuser() not in told.split()
    dialog.place_button.click()
    assert QGuiApplication.clipboard().text() == str(desk.workspace.folder)


def test_it_is_saved_as_text(desk, window, tmp_path: Path) -> None:
    dialog = AboutDialog(desk, window)
    dialog.save_to(tmp_path / "诊断.txt")
    assert (tmp_path / "诊断.txt").read_text(encoding="utf-8") == about.text(desk)
    dialog.save_to(tmp_path / "没有" / "诊断.txt")  # the folder is made as for every file that is written
    assert (tmp_path / "没有" / "诊断.txt").is_file()


def test_the_components_of_a_package_are_shown(desk, window, monkeypatch, tmp_path: Path) -> None:
    assert AboutDialog(desk, window).licences_button.isHidden()
    monkeypatch.setattr(paths, "home", lambda: tmp_path)
    (tmp_path / "随附材料").mkdir()
    (tmp_path / "随附材料" / "第三方组件.txt").write_text("Qt", encoding="utf-8")
    dialog = AboutDialog(desk, window)
    assert not dialog.licences_button.isHidden()
    dialog.licences_button.click()
    assert dialog.findChildren(ComponentsDialog)
