"""Entries of several documents in one workspace: shown for those in use, kept for the others, never mixed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desktop.catalogue.matches import Filters
from desktop.catalogue.query import Catalogue, load
from desktop.workspace import words
from desktop.workspace.history import search, told, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist, notes
from desktop.workspace.items.filled import Filled
from desktop.workspace.items.model import ItemKey
from desktop.workspace.items.progress import by_urgency
from tests import two_notices
from tests.workspace.sample import NOON, TODAY

BUNDLED = f"{two_notices.BUNDLED}.1"
FIRST, SECOND = f"{two_notices.KEY}.1", f"{two_notices.KEY}.2"
OURS, THEIRS = ItemKey("finance", f"{BUNDLED}.m03"), ItemKey("finance", f"{FIRST}.m01")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path = two_notices.built(tmp_path_factory.mktemp("发文"))
    with closing(two_notices.opened(path)) as measures:
        return load(measures)


@pytest.fixture
def off(both: Catalogue) -> Catalogue:
    """The bundled notice alone in use."""
    return both.of([two_notices.BUNDLED])


@pytest.fixture
def entered(db: sqlite3.Connection, both: Catalogue) -> sqlite3.Connection:
    for key in (OURS, THEIRS):
        checklist.edit(db, both, key, {"owner": "张三", "progress": "拨付"}, by="甲", source="录入", at=NOON)
        notes.set_note(db, both, key.measure_key, "拨付批注", "甲", NOON)
    return db


def test_each_item_says_its_document_and_how_it_is_cited(
    entered: sqlite3.Connection, both: Catalogue
) -> None:
    items = checklist.items(entered, both, "finance", TODAY)
    order = list(dict.fromkeys(item.document_key for item in items))
    assert order == [FIRST, SECOND, BUNDLED]
    assert {item.key: item.cited for item in items if item.entry.owner} == {THEIRS: "第1条", OURS: "第3条"}
    assert [item.document_key for item in by_urgency(reversed(items))] == [
        item.document_key for item in items
    ]


def test_what_was_filled_in_for_a_notice_not_in_use_is_not_found(
    entered: sqlite3.Connection, both: Catalogue, off: Catalogue, catalogue: Catalogue
) -> None:
    def keys(used: Catalogue) -> list[ItemKey]:
        return [hit.key for hit in Filled().search(entered, used, "拨付", Filters()).hits]

    everything = [THEIRS, OURS, ItemKey("", THEIRS.measure_key), ItemKey("", OURS.measure_key)]
    assert keys(both) == everything
    assert keys(off) == [OURS, ItemKey("", OURS.measure_key)]
    removed = set(keys(catalogue))  # a library that has neither: all of it is left over, and found
    assert removed == set(everything)


def test_measures_are_said_with_their_document_unless_only_that_one_is_in_use(
    both: Catalogue, off: Catalogue
) -> None:
    called = f"{two_notices.NUMBER}《{two_notices.FIRST}》"
    assert words.number(both, OURS.measure_key) == f"{two_notices.BUNDLED_NUMBER}第3条"
    assert words.number(off, OURS.measure_key) == "第3条"
    assert words.number(both, THEIRS.measure_key) == f"{called}第1条"
    assert words.number(off, THEIRS.measure_key) == f"{called}第1条"  # found, though it is not in use
    assert words.measure(off, OURS.measure_key).startswith("3.")
    assert words.measure(both, OURS.measure_key).startswith(f"{two_notices.BUNDLED_NUMBER}　3.")
    assert words.line(off, None, 7) == "第7条"
    assert words.line(both, OURS, 7) == f"{two_notices.BUNDLED_NUMBER}第3条"
    assert words.document(both, "x-2020-1.1") == "x-2020-1.1"


def test_what_was_entered_for_a_notice_not_in_use_can_be_taken_back(
    entered: sqlite3.Connection, off: Catalogue
) -> None:
    (newest, *_) = search.page(entered, Scope.item(THEIRS))
    made = undo.undo(entered, off, newest.id, by="乙", at=NOON)
    called = f"{two_notices.NUMBER}《{two_notices.FIRST}》"
    assert told.told(off, made) == f"区财政局{called}第1条的责任人、工作进展"
    assert set(search.documents(entered, Scope())) == {BUNDLED, FIRST}
