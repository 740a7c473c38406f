"""Any number of machines, any order, any repetition: the same state, and nothing is lost."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workspace.file import migrations
from desktop.workspace.file.connection import memory
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import identity, state, union, writing
from desktop.workspace.journal.model import PURGED, Edit, Stamp, Write
from desktop.workspace.journal.state import WriteRow

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@cache
def empty() -> bytes:
    with closing(memory()) as db:
        migrations.found(db)
        return db.serialize()


def machine() -> sqlite3.Connection:
    db = memory()
    db.deserialize(empty())
    return db


def rows(db: sqlite3.Connection) -> list[WriteRow]:
    return db.execute(f"SELECT {state.COLUMNS} FROM journal ORDER BY machine, counter").fetchall()


def everything(db: sqlite3.Connection) -> list[Write]:
    return [state.written(row) for row in rows(db)]


def shown(db: sqlite3.Connection) -> object:
    records = db.execute("SELECT * FROM records ORDER BY noun, key").fetchall()
    return records, db.execute("SELECT * FROM standing ORDER BY noun, record, field, machine").fetchall()


def take(db: sqlite3.Connection, writes: list[WriteRow], arrival: int = 1, at_once: int = 5) -> union.Added:
    with transaction(db):
        some = (writes[start : start + at_once] for start in range(0, len(writes), at_once))
        return union.add(db, some, arrival)


EVENT = st.one_of(
    st.tuples(
        st.just("write"),
        st.integers(0, 3),
        st.sampled_from("ab"),
        st.sampled_from(["name", "town", "f/1"]),
        st.sampled_from([None, "甲", "乙", 3, {"x": "\x00"}]),
    ),
    st.tuples(st.just("carry"), st.integers(0, 3), st.integers(0, 3)),
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(EVENT, max_size=25), st.integers(0, 2**32))
def test_every_machine_ends_in_the_same_state(events: list[tuple], seed: int) -> None:  # type: ignore[type-arg]
    chance = random.Random(seed)
    machines = [machine() for _ in range(4)]
    try:
        for number, event in enumerate(events):
            if event[0] == "write":
                _, who, key, field, value = event
                at = EPOCH + timedelta(days=chance.randint(-3000, 30000))
                stamp = Stamp("张", "录入", at, str(number // 4))
                writing.write(machines[who], [Edit("enterprise", key, field, value)], stamp, grow=False)
            else:
                writes = rows(machines[event[1]])
                chance.shuffle(writes)
                take(machines[event[2]], writes[: chance.randint(0, len(writes))])
        union_of_all = {row[:2]: row for db in machines for row in rows(db)}
        for db in machines:
            for _ in range(2):  # again changes nothing
                writes = list(union_of_all.values())
                chance.shuffle(writes)
                assert not take(db, writes).refused
        states = [shown(db) for db in machines]
        assert all(one == states[0] for one in states)
        for db in machines:
            assert {row[:2]: row for row in rows(db)} == union_of_all
            with transaction(db):
                state.compute_all(db)
            assert shown(db) == states[0]
    finally:
        for db in machines:
            db.close()


def stamp(by: str = "张") -> Stamp:
    return Stamp(by, "录入", EPOCH)


def edit(value: object, field: str = "name") -> Edit:
    return Edit("enterprise", "e", field, value)


def test_both_values_stand_until_somebody_decides() -> None:
    with closing(machine()) as office, closing(machine()) as laptop, closing(machine()) as third:
        writing.write(office, [edit("甲")], stamp())
        take(laptop, rows(office))
        writing.write(laptop, [edit("乙")], stamp("李"))
        writing.write(office, [edit("丙")], stamp())
        take(office, rows(laptop))
        (record,) = state.in_conflict(office)
        assert record.conflicts == ("name",)
        assert {one.value for one in state.standing(office, "enterprise", "e", "name")} == {"乙", "丙"}
        writing.write(third, [edit("义井镇", "town")], stamp())  # a merge about something else
        take(office, rows(third))
        assert [one.conflicts for one in state.in_conflict(office)] == [("name",)]
        writing.write(office, [edit("丁")], stamp())
        assert state.in_conflict(office) == ()
        take(laptop, rows(office))
        assert state.in_conflict(laptop) == ()
        assert shown(laptop) == shown(office)


def test_the_same_value_from_two_machines_is_no_conflict() -> None:
    with closing(machine()) as office, closing(machine()) as laptop:
        for db in (office, laptop):
            writing.write(db, [edit({"a": 1, "b": 2})], stamp())
        take(office, rows(laptop))
        assert state.in_conflict(office) == ()
        assert len(state.standing(office, "enterprise", "e", "name")) == 2


def test_a_name_that_is_taken_refuses_that_write_alone() -> None:
    with closing(machine()) as office, closing(machine()) as laptop:
        writing.write(laptop, [edit("甲"), edit("义井镇", "town")], stamp())
        take(office, rows(laptop))
        name = next(row for row in rows(laptop) if row[4] == "name")
        other = (*name[:5], '"乙"', *name[6:])
        new = (name[0], 9, *name[2:4], "x", "1", *name[6:])
        added = take(office, [other, new])
        assert added.refused == (name[:2],)
        assert (added.new, added.same) == (1, 0)
        assert new in rows(office)
        assert state.record(office, "enterprise", "e").values["name"] == "甲"  # type: ignore[union-attr]


def test_taking_an_arrival_out_leaves_the_rest_and_what_was_written_on_top() -> None:
    with closing(machine()) as office, closing(machine()) as laptop:
        writing.write(office, [edit("甲"), edit("义井镇", "town")], stamp())
        take(laptop, rows(office))
        writing.write(laptop, [edit("乙"), edit("荫营镇", "town")], stamp())
        before = shown(office)
        take(office, rows(laptop), arrival=7)
        with transaction(office):
            assert union.remove(office, 7) == {("enterprise", "e")}
        assert shown(office) == before
        take(office, rows(laptop), arrival=8)
        writing.write(office, [edit("河底镇", "town")], stamp())
        with transaction(office):
            union.remove(office, 8)
        assert json.loads(office.execute("SELECT data FROM records").fetchone()[0]) == {
            "name": "甲",
            "town": "河底镇",
        }


def test_an_old_package_brings_nothing_back_that_was_deleted_for_good() -> None:
    with closing(machine()) as office, closing(machine()) as laptop:
        writing.write(laptop, [edit("甲"), edit("13800000000", "phone")], stamp())
        old = rows(laptop)
        take(office, old)
        writing.write(laptop, [edit("13900000000", "phone")], stamp())
        writing.purge(office, "enterprise", ["e"], stamp())
        take(office, rows(laptop))
        assert state.record(office, "enterprise", "e") is None
        assert "1390" not in str(everything(office))
        assert "1380" not in str(everything(office))
        take(laptop, rows(office))
        assert state.record(laptop, "enterprise", "e") is None
        assert [one.value for one in everything(laptop) if not one.blank] == [True]
        assert {one.field for one in everything(laptop) if not one.blank} == {PURGED}


@pytest.mark.parametrize("at_once", [1, 99])
@pytest.mark.parametrize("backwards", [False, True])
def test_what_was_deleted_for_good_comes_in_blank(at_once: int, backwards: bool) -> None:
    with closing(machine()) as office, closing(machine()) as laptop:
        writing.write(laptop, [edit("甲"), edit("13800000000", "phone")], stamp())
        writing.write(laptop, [Edit("enterprise", "f", "name", "乙")], stamp())
        coming = rows(laptop)
        writing.purge(laptop, "enterprise", ["e"], stamp())
        coming = sorted([*coming, rows(laptop)[-1]], reverse=backwards)
        added = take(office, coming, at_once=at_once)
        assert added.purged == (("enterprise", "e"),)
        assert rows(office) == rows(laptop)
        assert shown(office) == shown(laptop)


def test_writes_that_saw_each_other_all_stand() -> None:
    first, second, third = (f"{letter * 10}" for letter in "abc")
    rest = ("x:1", "2026-11-26T10:00:00+08:00", "张", "录入", "", 0)

    def row(name: str, counter: int, value: str, *seen: str) -> WriteRow:
        known = json.dumps([f"{one}:1" for one in seen])
        return (name, counter, "enterprise", "e", "name", json.dumps(value), known, *rest)

    writes = [row(first, 1, "a", second), row(second, 1, "b", first), row(third, 1, "c", third)]
    for order in permutations(writes):
        with closing(machine()) as office:
            take(office, list(order), at_once=1)
            (record,) = state.in_conflict(office)
            assert record.conflicts == ("name",)


def test_a_machine_has_an_identity_only_once_it_writes() -> None:
    with closing(machine()) as db:
        assert identity.own(db) == ()
