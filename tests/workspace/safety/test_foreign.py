"""A workspace whose schema is not exactly ours is never obeyed: not opened, not restored, not touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import DamagedError, KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.file import backup, store
from desktop.workspace.items import checklist
from desktop.workspace.safety import rescue, restore
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, NOON, TODAY

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
STRANGE = {
    "trigger": "CREATE TRIGGER t BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END",
    "trigger-after": "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN UPDATE notes SET text = ''; END",
    "view": f"CREATE VIEW v AS {ENDLESS}",
    "view-of-a-table": f"DROP TRIGGER changes_are_kept; DROP TABLE changes; CREATE VIEW changes AS {ENDLESS}",
    "table": "CREATE TABLE t (a)",
    "column": "ALTER TABLE settings ADD COLUMN more TEXT",
    "generated": "ALTER TABLE settings ADD COLUMN more TEXT AS (hex(value)) VIRTUAL",
    "index": "CREATE INDEX i ON settings (value)",
    "index-of-words": "CREATE INDEX i ON settings (upper(value))",
    "no-index": "DROP INDEX changes_by_batch",
    "no-trigger": "DROP TRIGGER changes_are_kept",
    "other-trigger": "DROP TRIGGER changes_are_kept; CREATE TRIGGER changes_are_kept BEFORE DELETE ON changes"
    " BEGIN SELECT 1; END",
    "renamed": "ALTER TABLE favourites RENAME COLUMN added_at TO at",
    "hidden": "CREATE TRIGGER t BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END;"
    " PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = 'sqlite_t' WHERE name = 't'",
    "rule": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '''已销号''', '''好''')"
    " WHERE name = 'entries'",
    "virtual": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "temporary-name": 'CREATE TABLE "sqlite master" (type, name, tbl_name, rootpage, sql)',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the workspace that ``db`` is."""
    return tmp_path / "工作库"


@pytest.fixture
def saved(db: sqlite3.Connection, folder: Path, enter: Enter) -> Path:
    """Return a copy of a workspace in which something stands; the workspace holds something else."""
    enter(FINANCE_1, owner="甲")
    path = folder.parent / "别处" / store.DATABASE
    path.parent.mkdir()
    backup.write_copy(db, path)
    enter(FINANCE_1, owner="乙")
    return path


def change(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.executescript(statements)


def all_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("statements", STRANGE.values(), ids=STRANGE.keys())
def test_it_is_not_opened_and_stays_as_it_is(saved: Path, statements: str) -> None:
    change(saved, statements)
    before = saved.read_bytes()
    with pytest.raises(DamagedError):
        store.open_for_reading(saved.parent)
    with pytest.raises(DamagedError):
        store.open_for_writing(saved.parent)
    offered = rescue.offer(saved.parent)
    assert offered is not None
    assert offered.backup is None
    assert saved.read_bytes() == before


@pytest.mark.parametrize("statements", STRANGE.values(), ids=STRANGE.keys())
def test_it_is_not_restored_and_nothing_changes(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, saved: Path, statements: str
) -> None:
    change(saved, statements)
    before = all_of(folder)
    with pytest.raises(KnownError, match="现有工作库没有改动"):
        restore.into(db, folder, saved, by="李四", at=NOON)
    assert all_of(folder) == before
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner == "乙"


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_texts_in_another_encoding_are_refused_before_anything_is_written(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, saved: Path, encoding: str
) -> None:
    with closing(sqlite3.connect(saved)) as source:
        script = "\n".join(source.iterdump())
        (mark,) = source.execute("PRAGMA application_id").fetchone()
    saved.unlink()
    change(saved, f"PRAGMA encoding = '{encoding}'; PRAGMA application_id = {mark}; {script}")
    before = all_of(folder)
    with pytest.raises(KnownError, match="现有工作库没有改动"):
        restore.into(db, folder, saved, by="李四", at=NOON)
    with pytest.raises(DamagedError):
        store.open_for_writing(saved.parent)
    assert all_of(folder) == before
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner == "乙"


@pytest.mark.parametrize(
    "statements",
    [
        "UPDATE entries SET progress = hex(zeroblob(20000))",
        "UPDATE entries SET owner = hex(zeroblob(20000))",
        "INSERT INTO settings VALUES ('user_name', hex(zeroblob(60000)))",
        "INSERT INTO round_units VALUES ('x', 0, 'finance')",
    ],
)
def test_texts_are_bounded_and_what_is_pointed_at_is_there(
    db: sqlite3.Connection, folder: Path, saved: Path, statements: str
) -> None:
    change(saved, statements)
    with pytest.raises(KnownError, match="现有工作库没有改动"):
        restore.into(db, folder, saved, by="李四", at=NOON)


def test_what_sqlite_itself_keeps_in_a_file_is_no_stranger(saved: Path) -> None:
    change(saved, "ANALYZE; VACUUM")
    store.open_for_writing(saved.parent).close()


def test_evidence_outside_of_its_folder_is_missing(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    paper = tmp_path / "密.txt"
    paper.write_bytes(b"secret")
    one = attached.add(db, folder, catalogue, FINANCE_1, paper, by="张三", at=NOON)
    for place in ("../../密.txt", str(paper), f"{one.stored.sha256[:2]}/{one.stored.sha256}/.."):
        db.execute("UPDATE evidence SET place = ?", (place,))
        (found,) = attached.of_item(db, FINANCE_1)
        assert attached.check(folder, [found], thorough=True) == {found.id: State.MISSING}
