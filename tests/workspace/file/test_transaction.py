from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.workspace.file import store
from desktop.workspace.file.transaction import explain, transaction, translated
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist
from desktop.workspace.items.model import Entry
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, TODAY


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    """Let the system refuse to let any file of this process grow beyond ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _put_and_fail(db: sqlite3.Connection) -> None:
    with transaction(db):
        with transaction(db):
            db.execute("INSERT INTO settings VALUES ('a', '1')")
        assert db.in_transaction
        raise ZeroDivisionError


def test_a_block_is_written_whole_or_not_at_all(db: sqlite3.Connection) -> None:
    with pytest.raises(ZeroDivisionError):
        _put_and_fail(db)
    assert not db.in_transaction
    with transaction(db):
        db.execute("INSERT INTO settings VALUES ('b', '1')")
    assert db.execute("SELECT name FROM settings").fetchall() == [("b",)]


def test_a_full_disk_is_said_plainly_and_leaves_what_was_there(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(KnownError, match="磁盘空间不足") as full:
        enter(FINANCE_1, progress="长" * 9000)
    assert "没有写入" in full.value.message
    assert not db.in_transaction
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.progress == ""
    db.execute("PRAGMA max_page_count = 100000")
    enter(FINANCE_1, progress="长" * 9000)
    assert len(search.page(db, Scope.item(FINANCE_1))) == 2


def test_a_disk_that_stops_taking_writes_loses_nothing(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    with _largest_file(1024), pytest.raises(KnownError, match="没有写入"):
        enter(FINANCE_1, owner="乙")
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner == "甲"
    enter(FINANCE_1, owner="丙")
    with store.open_for_reading(tmp_path / "工作库") as reader:
        assert checklist.item(reader.db, catalogue, FINANCE_1, TODAY).entry.owner == "丙"


def test_a_file_that_another_tool_holds_is_said_to_be_busy(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(tmp_path / "工作库" / store.DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(KnownError, match="另一个程序占用"):
            enter(FINANCE_1, owner="甲")
    finally:
        other.close()
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry == Entry()
    enter(FINANCE_1, owner="甲")


def test_a_reader_that_stays_makes_the_edit_fail_whole(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    """The write fails at COMMIT only, where SQLite leaves the transaction open."""
    db.execute("PRAGMA busy_timeout = 10")
    with store.open_for_reading(tmp_path / "工作库") as reader:
        reader.db.execute("BEGIN")
        reader.db.execute("SELECT * FROM entries").fetchall()
        with pytest.raises(KnownError, match="另一个程序占用"):
            enter(FINANCE_1, owner="甲")
        reader.db.execute("COMMIT")
    assert not db.in_transaction
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry == Entry()
    enter(FINANCE_1, owner="甲")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "不能写入"),
        (errno.EROFS, "不能写入"),
        (errno.EIO, "可能已断开"),
        (errno.ENOTDIR, "不是文件夹"),
    ],
)
def test_what_the_system_says_is_put_in_words(number: int, words: str) -> None:
    with pytest.raises(KnownError, match=words), translated():
        raise OSError(number, os.strerror(number))


def test_text_that_is_none_is_damage(db: sqlite3.Connection) -> None:
    with pytest.raises(KnownError, match="已损坏"), translated():
        db.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()


def test_a_bug_is_not_explained_away(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError), translated():
        db.execute("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), transaction(db):
        db.execute("INSERT INTO settings VALUES ('a', NULL)")
    db.close()
    with pytest.raises(sqlite3.ProgrammingError), translated():
        db.execute("SELECT 1")
    assert explain(sqlite3.Error()) is None
