from __future__ import annotations

import sqlite3

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.workspace.items import changes, notes
from tests.workspace import sample
from tests.workspace.sample import NOON


def test_favourites_keep_their_order_and_come_once(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    for key, on in (("m3", True), ("m1", True), ("m3", True), ("m2", True), ("m1", False), ("m4", False)):
        notes.set_favourite(db, catalogue, key, on, NOON)
    assert notes.favourites(db) == ("m3", "m2")
    notes.set_favourite(db, catalogue, "m1", True, NOON)
    assert notes.favourites(db) == ("m3", "m2", "m1")


def test_a_favourite_outlives_its_measure_and_can_be_dropped(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    notes.set_favourite(db, catalogue, "m1", True, NOON)
    newer = sample.catalogue({2: "二"}, duties=())
    assert notes.favourites(db) == ("m1",)
    kept = db.execute("SELECT measure_title, text_sha256, added_at FROM favourites").fetchone()
    assert kept == ("第1项", catalogue.measure("m1").text_sha256, "2026-11-23T12:00:00+08:00")
    notes.set_favourite(db, newer, "m1", False, NOON)
    assert notes.favourites(db) == ()
    with pytest.raises(RuleError, match="没有这条措施"):
        notes.set_favourite(db, newer, "m1", True, NOON)


def test_a_note_is_kept_with_its_history(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    assert notes.note(db, "m1") == ""
    notes.set_note(db, catalogue, "m1", "先问\r\n财政局\x00", "张三", NOON)
    assert notes.note(db, "m1") == "先问\n财政局"
    assert notes.set_note(db, catalogue, "m1", "先问\n财政局", "张三", NOON) == ()
    notes.set_note(db, catalogue, "m2", "乙", "张三", NOON)
    assert notes.noted(db) == {"m1", "m2"}
    notes.set_note(db, catalogue, "m1", "", "李四", NOON)
    assert notes.noted(db) == {"m2"}
    made = changes.select(db, "unit_key = ? AND measure_key = ?", notes.NO_UNIT, "m1")
    assert [(change.by, change.before, change.after) for change in made] == [
        ("李四", "先问\n财政局", ""),
        ("张三", "", "先问\n财政局"),
    ]


def test_typing_a_note_is_one_change(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    for text in ("先", "先问", "先问财政局"):
        notes.set_note(db, catalogue, "m1", text, "张三", NOON, session="s")
    assert [
        (change.before, change.after)
        for change in changes.select(db, "unit_key = ? AND measure_key = ?", notes.NO_UNIT, "m1")
    ] == [("", "先问财政局")]


def test_a_note_too_long_or_on_nothing_is_refused(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    with pytest.raises(RuleError, match="批注"):
        notes.set_note(db, catalogue, "m1", "字" * (notes.LIMIT + 1), "张三", NOON)
    with pytest.raises(RuleError, match="没有这条措施"):
        notes.set_note(db, catalogue, "m9", "字", "张三", NOON)
    assert notes.noted(db) == set()
