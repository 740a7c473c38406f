from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import RuleError
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import identity, state, writing
from desktop.workspace.journal.model import Edit, Stamp, WriteId

NOON = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
TYPED = Stamp("张三", "录入", NOON, "session")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.open_for_writing(tmp_path / "ws") as workspace:
        yield workspace.db


def name(value: object, key: str = "e1") -> Edit:
    return Edit("enterprise", key, "name", value)


def values(db: sqlite3.Connection, key: str = "e1") -> dict[str, object]:
    found = state.record(db, "enterprise", key)
    assert found is not None
    return dict(found.values)


def test_an_edit_replaces_what_stood(db: sqlite3.Connection) -> None:
    first = writing.write(db, [name("甲"), Edit("enterprise", "e1", "town", "义井镇")], TYPED)
    second = writing.write(db, [name("乙")], TYPED, grow=False)
    assert first is not None
    assert second == WriteId(first.machine, 3)
    assert values(db) == {"name": "乙", "town": "义井镇"}
    (stands,) = state.standing(db, "enterprise", "e1", "name")
    assert (stands.value, stands.seen, stands.by, stands.at) == ("乙", (first,), "张三", NOON.isoformat())


def test_what_is_so_already_is_no_edit(db: sqlite3.Connection) -> None:
    writing.write(db, [name("甲")], TYPED)
    assert writing.write(db, [name("甲"), Edit("enterprise", "e1", "town", None)], TYPED) is None
    assert len(state.history(db, "enterprise", "e1")) == 1


def test_going_on_typing_lets_a_write_grow_until_it_has_left(db: sqlite3.Connection) -> None:
    for typed in ("山", "山西", "山西泉"):
        writing.write(db, [name(typed)], TYPED)
    assert [one.value for one in state.history(db, "enterprise", "e1")] == ["山西泉"]
    with transaction(db):
        db.execute("UPDATE journal SET sealed = 1")
    writing.write(db, [name("山西泉新")], TYPED)
    assert [one.value for one in state.history(db, "enterprise", "e1")] == ["山西泉", "山西泉新"]
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        db.execute("UPDATE journal SET value = '1' WHERE counter = 1")


def test_taking_back_leaves_what_was_written_since(db: sqlite3.Connection) -> None:
    writing.write(db, [name("甲"), Edit("enterprise", "e1", "town", "义井镇")], TYPED)
    batch = writing.write(db, [name("乙"), Edit("enterprise", "e1", "town", "荫营镇")], TYPED)
    writing.write(db, [Edit("enterprise", "e1", "town", "河底镇")], TYPED, grow=False)
    assert batch is not None
    undone = writing.undo(db, batch, TYPED)
    assert undone is not None
    assert values(db) == {"name": "甲", "town": "河底镇"}
    assert writing.undo(db, batch, TYPED) is None


def test_what_was_deleted_for_good_leaves_its_names_and_takes_no_more(db: sqlite3.Connection) -> None:
    writing.write(db, [name("甲"), Edit("enterprise", "e1", "phone", "13800000000")], TYPED)
    writing.purge(db, "enterprise", ["e1"], TYPED)
    assert state.record(db, "enterprise", "e1") is None
    assert state.records(db, "enterprise") == ()
    assert [one.value for one in state.history(db, "enterprise", "e1")] == [None, None, True]
    with pytest.raises(RuleError, match="彻底删除"):
        writing.write(db, [name("甲")], TYPED)
    with pytest.raises(RuleError, match="不在"):
        writing.purge(db, "enterprise", ["e2"], TYPED)
    assert "13800000000" not in str(db.execute("SELECT * FROM journal").fetchall())


def test_a_copied_workspace_is_another_machine(db: sqlite3.Connection, tmp_path: Path) -> None:
    writing.write(db, [name("甲")], TYPED)
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        db.backup(copy)
    copy.close()
    (tmp_path / "second").mkdir()
    (tmp_path / "copy.db").rename(tmp_path / "second" / "workspace.db")
    with store.open_for_writing(tmp_path / "second") as second:
        writing.write(second.db, [name("乙")], TYPED)
        machines = [one.machine for one in identity.own(second.db)]
        ids = [one.id for one in state.history(second.db, "enterprise", "e1")]
    assert len(set(machines)) == 2
    assert ids == [WriteId(machines[0], 1), WriteId(machines[1], 1)]
    writing.write(db, [name("丙")], TYPED, grow=False)
    assert [one.machine for one in identity.own(db)] == machines[:1]


def test_a_write_fails_whole(db: sqlite3.Connection) -> None:
    writing.purge(db, "enterprise", [], TYPED)
    writing.write(db, [name("甲")], TYPED)
    writing.purge(db, "enterprise", ["e1"], TYPED)
    with pytest.raises(RuleError):
        writing.write(db, [name("乙", "e2"), name("丙")], TYPED)
    assert state.record(db, "enterprise", "e2") is None


@pytest.mark.parametrize(
    "text", ["", "a:1", "0123456789:0", "0123456789:x", "0123456789:٣", "0123456789:9" * 9]
)
def test_a_name_of_a_write_is_read_strictly(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        WriteId.parse(text)
