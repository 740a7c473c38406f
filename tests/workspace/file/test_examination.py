"""A large file is read whole after it was opened: nothing is written before, and what is damaged stays."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import DamagedError, KnownError
from desktop.workspace.file import backup, store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import checklist, settings
from tests.workspace.sample import FINANCE_1, NOON, TODAY

EVERY = -1  # bytes: every file has more


@pytest.fixture
def path(tmp_path: Path, catalogue: Catalogue) -> Path:
    """Return the file of a closed workspace in which something stands."""
    with store.open_for_writing(tmp_path) as workspace:
        for number in range(30):
            values = {"owner": f"第{number}人"}
            checklist.edit(workspace.db, catalogue, FINANCE_1, values, by="张三", source="录入", at=NOON)
    return tmp_path / store.DATABASE


def letter(data: bytes) -> bytes:
    return data.replace("第29人".encode(), "第28人".encode())


def page(data: bytes) -> bytes:
    """Break the last page of the file, and its seal, which then says nothing."""
    return data[:60] + bytes(4) + data[64:-4096] + bytes([255]) * 4096


@pytest.mark.parametrize("harm", [letter, page])
def test_damage_found_later_keeps_everything_from_being_written(
    path: Path, catalogue: Catalogue, harm
) -> None:
    path.write_bytes(harm(path.read_bytes()))
    before = path.read_bytes()
    with store.open_for_writing(path.parent, put_off=EVERY) as workspace:
        for write in (
            lambda: settings.put(workspace.db, "ui.width", "1366"),
            lambda: checklist.edit(
                workspace.db, catalogue, FINANCE_1, {"owner": "新"}, by="", source="录入", at=NOON
            ),
            lambda: store.second_connection(workspace),
            workspace.examine,
        ):
            with pytest.raises(DamagedError):
                write()
        with pytest.raises(DamagedError), store.read_again(workspace):
            pass
    assert path.read_bytes() == before
    with pytest.raises(DamagedError):
        store.open_for_writing(path.parent)


def test_what_is_whole_is_written_to_as_ever_and_sealed(path: Path, catalogue: Catalogue) -> None:
    with store.open_for_writing(path.parent, put_off=EVERY) as workspace:
        assert not workspace.examination.passed
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": "新"}, by="", source="录入", at=NOON)
        assert workspace.examination.passed
        with store.read_again(workspace) as db:
            assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner == "新"
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                db.execute("DELETE FROM settings")
    data = path.read_bytes()
    assert data[60:64] != bytes(4)
    path.write_bytes(data.replace("新".encode(), "旧".encode()))
    with pytest.raises(DamagedError, match="与上次关闭时不一致"):
        store.open_for_reading(path.parent)


@pytest.mark.parametrize("harm", [letter, page, bytes])
def test_who_closes_it_unexamined_leaves_it_as_it_is(path: Path, harm) -> None:
    path.write_bytes(harm(path.read_bytes()))
    before = path.read_bytes()
    if harm is bytes or harm is letter:
        store.open_for_writing(path.parent, put_off=EVERY).close()
        store.open_for_reading(path.parent, put_off=EVERY).close()
    assert path.read_bytes() == before


def test_a_small_file_is_read_at_once(path: Path) -> None:
    path.write_bytes(letter(path.read_bytes()))
    for opening in (store.open_for_writing, store.open_for_reading):
        with pytest.raises(DamagedError):
            opening(path.parent, put_off=path.stat().st_size)


def test_a_reader_examines_later_too(path: Path) -> None:
    path.write_bytes(letter(path.read_bytes()))
    with store.open_for_reading(path.parent, put_off=EVERY) as workspace, pytest.raises(DamagedError):
        workspace.examine()


def test_a_foreign_schema_is_never_put_off(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON settings BEGIN DELETE FROM favourites; END")
    for opening in (store.open_for_writing, store.open_for_reading):
        with pytest.raises(DamagedError, match="改动过结构"):
            opening(path.parent, put_off=EVERY)


def test_many_threads_examine_once_and_a_lock_is_not_lost_by_it(path: Path) -> None:
    other = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    with store.open_for_writing(path.parent, put_off=EVERY) as workspace:
        workspace.db.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(4) as threads:
            for done in [threads.submit(workspace.examine) for _ in range(8)]:
                done.result()
        told = subprocess.run(
            [sys.executable, "-c", other, path], capture_output=True, text=True, check=False
        )
        workspace.db.execute("ROLLBACK")
    assert "database is locked" in told.stderr


def test_a_file_held_by_another_program_is_examined_when_it_is_free(path: Path) -> None:
    with store.open_for_writing(path.parent, put_off=EVERY) as workspace:
        with closing(sqlite3.connect(path, isolation_level=None)) as tool:
            tool.execute("PRAGMA locking_mode = EXCLUSIVE")
            tool.execute("BEGIN EXCLUSIVE")
            with pytest.raises(KnownError, match="占用"):
                workspace.examine()
        with transaction(workspace.db):
            workspace.db.execute("INSERT INTO settings VALUES ('a', '1')")
        assert workspace.examination.passed


def test_what_an_older_program_left_is_examined_before_it_is_brought_up_to_date(
    path: Path, tmp_path: Path
) -> None:
    from desktop.workspace.file import migrations

    folder = tmp_path / "旧"
    store.open_for_writing(folder, migrations.STEPS[:-1]).close()
    file = folder / store.DATABASE
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedError):
        store.open_for_writing(folder, put_off=EVERY)
    assert file.read_bytes() == data
    assert backup.every(folder) == ()
