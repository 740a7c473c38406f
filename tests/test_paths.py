from __future__ import annotations

from pathlib import Path

import pytest

from desktop import paths


def test_the_bundled_files_are_there() -> None:
    assert (paths.resources() / "notices" / "czbf-2023-3" / "notice.txt").is_file()
    assert paths.bundled_database().is_file()
    assert paths.resources().parent == paths.home()


def test_the_chosen_folder_wins_and_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.workspace_folder(Path("甲")) == tmp_path / "甲"
    assert paths.workspace_folder(Path("~/甲")) == Path.home() / "甲"


def test_without_a_choice_it_is_the_users_own_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = paths.workspace_folder()
    assert folder == paths.user_folder()
    assert folder.name == "MeasuresDesk"
    assert list(tmp_path.iterdir()) == []


def test_the_log_lies_beside_the_data(tmp_path: Path) -> None:
    assert paths.log_folder(tmp_path) == tmp_path / "logs"
