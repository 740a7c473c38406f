"""Whatever is entered and taken back in whatever order: the history replayed gives the entries.

A plain model of the rules, written apart from the program's, says what each step must do.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.errors import RuleError
from desktop.workspace.file import store
from desktop.workspace.history import steps, undo
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import changes, checklist, entries
from desktop.workspace.items.model import FIELD_NAMES, Change, Entry, ItemKey
from tests.workspace import sample

BLANK = dict.fromkeys(FIELD_NAMES, "") | {"status": "未启动"}
KEYS = st.sampled_from(sample.EVERY_KEY[:2])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["未启动", "推进中", "已完成", "已销号", "不适用", "完成"]),
        "reason": st.sampled_from(["", " ", "无此业务"]),
        "deadline": st.sampled_from(["", "2026-12-31", "2026-01-01/2026-12-31", "长期", "2026-02-29"]),
        "owner": st.sampled_from(["", "甲", "乙"]),
    },
)


def allowed(now: dict[str, str], values: dict[str, str], by: str, claimed_by: str) -> dict[str, str] | None:
    """Return what an item must hold after ``by`` entered ``values`` over ``now``; None when that is refused.

    ``claimed_by`` is who claimed what stands as 已完成.
    """
    then = {**now, **values}
    if then["status"] == "完成" or then["deadline"] == "2026-02-29":
        return None
    confirms = then["status"] == "已销号" and now["status"] != "已销号"
    if confirms and (now["status"] != "已完成" or by == claimed_by):
        return None
    if then["status"] == "不适用":
        return then if then["reason"].strip() else None
    if then["reason"] == now["reason"]:
        then["reason"] = ""
    return None if then["reason"] else then


class Checklist(RuleBasedStateMachine):
    """One workspace, edited and undone at random beside the model ``held``."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.catalogue = sample.catalogue()
        self.workspace = store.open_for_writing(self.folder)
        self.db = self.workspace.db
        self.held: dict[ItemKey, dict[str, str]] = {}
        self.claimed_by: dict[ItemKey, str] = {}
        self.claimed_before: dict[int, str] = {}  # by the id of a change of 状态

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    def _now(self, key: ItemKey) -> dict[str, str]:
        return self.held.get(key, BLANK)

    @rule(
        key=KEYS,
        values=VALUES,
        session=st.sampled_from(["", "s1", "s2"]),
        by=st.sampled_from(["张三", "李四"]),
    )
    def enter(self, key: ItemKey, values: dict[str, str], session: str, by: str) -> None:
        now = self._now(key)
        then = allowed(now, values, by, self.claimed_by.get(key, ""))
        before = self.db.total_changes
        try:
            made = checklist.edit(
                self.db, self.catalogue, key, values, by=by, source="录入", at=sample.NOON, session=session
            )
        except RuleError:
            assert then is None
            assert self.db.total_changes == before
            return
        assert then is not None
        assert {change.field: change.after for change in made} == {
            field: value for field, value in then.items() if value != now[field]
        }
        if made:
            self.held[key] = then
        for change in made:
            if change.field == "status":
                self._take_claim(change, by if change.after == "已完成" else "")

    @rule(values=VALUES, by=st.sampled_from(["张三", "李四"]))
    def enter_for_both(self, values: dict[str, str], by: str) -> None:
        """Enter the same for two items: both of them or, when one refuses, none."""
        keys = sample.EVERY_KEY[:2]
        thens = {key: allowed(self._now(key), values, by, self.claimed_by.get(key, "")) for key in keys}
        before = list(self.db.iterdump())
        try:
            made = checklist.edit_each(
                self.db, self.catalogue, keys, values, by=by, source="录入", at=sample.NOON
            )
        except RuleError:
            assert None in thens.values()
            assert list(self.db.iterdump()) == before
            return
        for key, then in thens.items():
            assert then is not None
            if any(change.key == key for change in made):
                self.held[key] = then
        for change in made:
            if change.field == "status":
                self._take_claim(change, by if change.after == "已完成" else "")

    def _take_claim(self, change: Change, by: str) -> None:
        self.claimed_before[change.id] = self.claimed_by.get(change.key, "")
        self.claimed_by[change.key] = by

    @rule()
    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = store.open_for_writing(self.folder)
        self.db = self.workspace.db

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """Undo any change at all; where that is possible, every field of its edit is as it was before."""
        number = data.draw(st.integers(1, self.db.execute("SELECT max(id) FROM changes").fetchone()[0]))
        batch = changes.select(self.db, "batch = (SELECT batch FROM changes WHERE id = ?)", number)
        before = list(self.db.iterdump())
        try:
            back = undo.undo(self.db, self.catalogue, number, by="王五", at=sample.NOON)
        except RuleError:
            assert list(self.db.iterdump()) == before
            possible = batch and all(self._now(change.key)[change.field] == change.after for change in batch)
            assert not possible or self._would_break_a_rule(batch)
            return
        assert {(change.key, change.field, change.before, change.after) for change in back} == {
            (change.key, change.field, change.after, change.before) for change in batch
        }
        assert all(undo.line(self.db, change.undoes) == [change.undoes, change.id] for change in back)
        self._take_back(back)

    def _take_back(self, back: tuple[Change, ...]) -> None:
        for change in back:
            self.held[change.key] = self._now(change.key) | {change.field: change.after}
            if change.field == "status":
                self._take_claim(change, self.claimed_before[change.undoes])

    def _would_break_a_rule(self, batch: list[Change]) -> bool:
        for key in {change.key for change in batch}:
            now = self._now(key)
            then = now | {change.field: change.before for change in batch if change.key == key}
            if (then["status"] == "不适用") != bool(then["reason"].strip()):
                return True
            if then["status"] == "已销号" and now["status"] != "已销号":
                return True
        return False

    @precondition(lambda self: self.held)
    @rule()
    def step_back(self) -> None:
        """What is offered for undo can be undone."""
        change = steps.last_undoable(self.db, Kind.ITEMS)
        if change is not None:
            back = undo.undo(self.db, self.catalogue, change.id, by="王五", at=sample.NOON)
            self._take_back(back)

    @invariant()
    def the_entries_are_what_was_entered(self) -> None:
        kept = {key: entries.values_of(row.entry) for key, row in entries.load(self.db).items()}
        assert kept == self.held

    @invariant()
    def the_history_replayed_gives_the_entries(self) -> None:
        replayed: dict[ItemKey, dict[str, str]] = {}
        rows = self.db.execute("SELECT unit_key, measure_key, field, before, after FROM changes ORDER BY id")
        for unit_key, measure_key, field, before, after in rows:
            entry = replayed.setdefault(ItemKey(unit_key, measure_key), entries.values_of(Entry()))
            assert entry[field] == before
            entry[field] = after
        assert replayed == self.held
        reached = self.db.execute(
            "SELECT unit_key, measure_key, max(revision) FROM changes GROUP BY 1, 2 ORDER BY 1, 2"
        )
        held = self.db.execute("SELECT unit_key, measure_key, revision FROM entries ORDER BY 1, 2")
        assert reached.fetchall() == held.fetchall()


Checklist.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestChecklist = Checklist.TestCase
