"""Going back step by step, and forth again."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from desktop.catalogue.query import Catalogue
from desktop.workspace.history import steps, undo
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import notes
from tests.workspace import books
from tests.workspace.conftest import Enter
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON


class Typist:
    """Goes back and forth, and says which values that put in."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.db, self.catalogue = db, catalogue

    def back(self, kind: Kind = Kind.ITEMS) -> list[str] | None:
        return self._take(steps.last_undoable(self.db, kind))

    def forth(self, kind: Kind = Kind.ITEMS) -> list[str] | None:
        return self._take(steps.next_redoable(self.db, kind))

    def _take(self, change: steps.Change | None) -> list[str] | None:
        if change is None:
            return None
        made = undo.undo(self.db, self.catalogue, change.id, by="张三", at=NOON + timedelta(hours=1))
        return [each.after for each in made]


def test_back_and_forth_lead_through_the_same_steps(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    typist = Typist(db, catalogue)
    for key, owner in ((FINANCE_1, "甲"), (FINANCE_2, "乙"), (FINANCE_1, "丙")):
        enter(key, owner=owner)
    for _ in range(2):
        assert [typist.back() for _ in range(4)] == [["甲"], [""], [""], None]
        assert [typist.forth() for _ in range(4)] == [["甲"], ["乙"], ["丙"], None]
    assert typist.back() == ["甲"]
    assert typist.forth() == ["丙"]


def test_entering_anew_ends_what_can_be_put_again(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    typist = Typist(db, catalogue)
    enter(FINANCE_1, owner="甲")
    typist.back()
    enter(FINANCE_2, owner="乙")
    assert typist.forth() is None
    assert typist.back() == [""]
    assert typist.forth() == ["乙"]


def test_notes_and_entries_go_back_and_forth_apart(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    typist = Typist(db, catalogue)
    enter(FINANCE_1, owner="甲")
    notes.set_note(db, catalogue, "m3", "问区税务局", "张三", NOON)
    assert (typist.back(), typist.back()) == ([""], None)
    assert notes.note(db, "m3") == "问区税务局"
    assert (typist.back(Kind.NOTES), typist.back(Kind.NOTES)) == ([""], None)
    assert (typist.forth(), typist.forth(Kind.NOTES)) == (["甲"], ["问区税务局"])


def test_an_import_is_no_step_and_its_taking_back_is_not_put_again_piece_by_piece(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    counter, typist = Counter(db, catalogue), Typist(db, catalogue)
    counter.ask()
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"progress": "一"}}))
    assert typist.back() is None
    counter.undo()
    assert typist.forth() is None


def test_only_what_came_after_the_beginning_is_a_step(
    db: sqlite3.Connection, catalogue: Catalogue, enter: Enter
) -> None:
    (old,) = enter(FINANCE_1, owner="甲")
    enter(FINANCE_2, owner="乙")
    assert steps.last_undoable(db, Kind.ITEMS, after=old.id + 1) is None
    undo.undo(db, catalogue, old.id, by="张三", at=NOON)
    assert steps.next_redoable(db, Kind.ITEMS, after=old.id + 1) is None
    assert steps.next_redoable(db, Kind.ITEMS) is not None
