"""What the first schema said of the bundled notice, this one says too, value for value."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

FIRST = json.loads(Path(__file__).with_name("first_schema.json").read_text("utf-8"))


def test_every_row_and_value_is_still_there(db: sqlite3.Connection) -> None:
    for table, rows in FIRST.items():
        columns = list(rows[0])
        now = db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
        assert sorted(map(repr, now)) == sorted(repr(tuple(row.values())) for row in rows), table


def test_what_the_schema_gained_says_nothing_new_of_it(db: sqlite3.Connection) -> None:
    assert db.execute("SELECT count(*) FROM measure_groups").fetchone() == (0,)
    assert db.execute(
        "SELECT count(*) FROM measures WHERE ordinal != number OR label != number || '.'"
        " OR cited != '第' || number || '条' OR segments IS NOT NULL OR group_key IS NOT NULL"
    ).fetchone() == (0,)
    assert db.execute(
        "SELECT count(*) FROM measures WHERE unit_spans !="
        " CASE WHEN units_start IS NULL THEN '[]'"
        " ELSE '[[' || units_start || ', ' || length(text) || ']]' END"
    ).fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM responsibilities WHERE role IS NOT NULL").fetchone() == (0,)
    assert db.execute("SELECT sum(suggested) FROM measure_tags").fetchone() == (0,)
    assert db.execute("SELECT validity_kind FROM notices").fetchall() == [("day",)]


def test_a_unit_stands_where_its_responsibility_says(db: sqlite3.Connection) -> None:
    places = db.execute(
        "SELECT u.name, substr(m.text, r.name_start + 1, r.name_end - r.name_start) FROM responsibilities r"
        " JOIN units u ON u.key = r.unit_key JOIN measures m ON m.key = r.measure_key"
    ).fetchall()
    assert len(places) == 63
    assert all(name == printed for name, printed in places)
