"""The folder that a dialog for files begins in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QStandardPaths

from desktop.ui.kit import asking


def test_the_folder_chosen_last_is_kept_while_it_is_there(tmp_path: Path) -> None:
    assert asking.folder(str(tmp_path)) == str(tmp_path)
    assert Path(asking.folder(str(tmp_path / "U盘"))).is_dir()


def test_a_machine_without_a_folder_of_documents_begins_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: "/nowhere/Documents")
    assert asking.folder("") == QDir.homePath()
