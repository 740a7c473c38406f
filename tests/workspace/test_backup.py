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


def test_a_backup_is_a_whole_copy_under_a_numbered_and_dated_name(
    tmp_path: Path, db: sqlite3.Connection, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    first = backup.save(db, tmp_path, "before-m009_visits")
    enter(FINANCE_1, owner="乙")
    second = backup.save(db, tmp_path, "before-m009_visits")
    assert backup.every(tmp_path) == (second, first)
    for saved, owner, number in ((first, "甲", 1), (second, "乙", 2)):
        assert re.fullmatch(rf"workspace-0000{number}-\d{{8}}-\d{{6}}-before-m009_visits\.db", saved.path.name)
        assert (saved.number, saved.words, saved.size) == (number, "升级前", saved.path.stat().st_size)
        with closing(sqlite3.connect(saved.path)) as copy:
            assert copy.execute("SELECT owner FROM entries").fetchall() == [(owner,)]
    assert len(list((tmp_path / backup.FOLDER).iterdir())) == 2


def test_a_backup_that_cannot_be_written_is_said_plainly(tmp_path: Path, db: sqlite3.Connection) -> None:
    (tmp_path / backup.FOLDER).write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="不是文件夹"):
        backup.save(db, tmp_path, "before-m009_visits")
