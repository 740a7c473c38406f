from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import KnownError
from desktop.workspace import backup

from .conftest import Enter
from .sample import FINANCE_1


def test_a_backup_is_a_whole_copy_under_a_dated_name(
    tmp_path: Path, db: sqlite3.Connection, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    first = backup.save(db, tmp_path, before="m009_visits")
    enter(FINANCE_1, owner="乙")
    second = backup.save(db, tmp_path, before="m009_visits")
    assert first != second
    for path, owner in ((first, "甲"), (second, "乙")):
        assert re.fullmatch(r"workspace-\d{8}-\d{6}-before-m009_visits(-2)?\.db", path.name)
        with closing(sqlite3.connect(path)) as copy:
            assert copy.execute("SELECT owner FROM entries").fetchall() == [(owner,)]
    assert sorted(path.name for path in (tmp_path / backup.FOLDER).iterdir()) == sorted(
        [first.name, second.name]
    )


def test_a_draft_that_a_killed_program_left_is_no_hindrance(tmp_path: Path, db: sqlite3.Connection) -> None:
    (tmp_path / backup.FOLDER).mkdir()
    (tmp_path / backup.FOLDER / "backup.part").write_bytes(b"half")
    saved = backup.save(db, tmp_path, before="m009_visits")
    assert list((tmp_path / backup.FOLDER).iterdir()) == [saved]


def test_a_backup_that_cannot_be_written_is_said_plainly(tmp_path: Path, db: sqlite3.Connection) -> None:
    (tmp_path / backup.FOLDER).write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="不是文件夹"):
        backup.save(db, tmp_path, before="m009_visits")
