"""Whatever the units write, in whatever order their workbooks come: the same result, and nothing lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.catalogue.model import UNASSIGNED
from desktop.errors import RuleError
from desktop.workspace.file import migrations
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import Change, Entry, ItemKey
from desktop.workspace.returns import open_questions, plans
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.returned import Cell, Returned
from desktop.workspace.returns.three_way import Choice
from tests.workspace import books, sample
from tests.workspace.counter import Counter

UNITS = ("finance", "tax", UNASSIGNED)
KEYS = {unit: tuple(key for key in sample.EVERY_KEY if key.unit_key == unit) for unit in UNITS}
TEXTS = st.sampled_from(["", "一", "二", "三\n四", " 一 "])
ASKED = st.sampled_from(
    [
        Cell("已办结", None, "是否为“已完成”？", "已完成"),
        Cell("差不多了", None, "“差不多了”是哪种状态？"),
    ]
)
STATUSES = st.sampled_from(["", "未启动", "推进中", "已完成", "已销号", "不适用", "办结"])
DEADLINES = st.sampled_from(["", "2026-12-31", "2026-01-01/2026-06-30", "长期", "尽快"])
ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "status": STATUSES | ASKED,
        "deadline": DEADLINES,
        "owner": TEXTS | st.just("甲" * 201),
        "progress": TEXTS,
        "reason": TEXTS,
    },
)
EDIT = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["未启动", "推进中", "已完成", "已销号", "不适用"]),
        "deadline": st.sampled_from(["", "2026-12-31", "长期"]),
        "owner": TEXTS,
        "progress": TEXTS,
        "reason": st.sampled_from(["", "无此业务"]),
    },
)
EDITS = st.lists(st.tuples(st.sampled_from(sample.EVERY_KEY), EDIT), max_size=4)


def _answers(unit: str) -> st.SearchStrategy[dict[ItemKey, dict[str, str | Cell]]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS[unit], ANSWER))


EVERYONES = st.fixed_dictionaries({unit: _answers(unit) for unit in UNITS})
CHOICES = st.lists(st.sampled_from(list(Choice)), min_size=20, max_size=20)
SPOILT = st.sets(st.sampled_from(sample.EVERY_KEY), max_size=1)


class Case:
    """A workspace that was edited, sent its workbooks out, and was edited again before they came back."""

    def __init__(self, db: sqlite3.Connection, before: list, after: list) -> None:
        self.counter = Counter(db, sample.catalogue(), by="张三")
        self._edit(before)
        self.asked = books.ask(db, sample.catalogue())
        self.counter.asked = replace(self.asked, key=self.asked.key)
        self.blank = {unit: self._blank(unit) for unit in UNITS}
        self._edit(after)

    def _blank(self, unit: str) -> Returned:
        counter = self.counter
        asked = None if unit == UNASSIGNED else self.asked
        book = books.blank(counter.db, counter.catalogue, unit, asked)
        return replace(book, file_sha256=unit)

    def _edit(self, edits: list) -> None:
        for number, (key, values) in enumerate(edits):
            try:
                checklist.edit(
                    self.counter.db,
                    self.counter.catalogue,
                    key,
                    values,
                    by=("张三", "李四")[number % 2],
                    source="录入",
                    at=sample.NOON,
                )
            except RuleError:
                continue

    def book(self, unit: str, answers: dict, spoilt: set[ItemKey] = frozenset()) -> Returned:
        book = books.fill(self.blank[unit], answers)
        rows = [replace(row, text="改写") if row.key in spoilt else row for row in book.rows]
        return replace(book, rows=tuple(rows))

    def check_history(self) -> None:
        """Check that the adopted changes, replayed over nothing, give what stands."""
        standing = {key: dict(books.BLANK) for key in sample.EVERY_KEY}
        for change in reversed(self.changes()):
            if change.adopted:
                assert standing[change.key][change.field] == change.before
                standing[change.key][change.field] = change.after
        assert standing == self.counter.all_values()

    def changes(self) -> list[Change]:
        return search.page(self.counter.db, Scope())

    def result(self) -> tuple[object, object]:
        """Return what stands everywhere, and the history of each item, oldest first."""
        told = {
            key: [
                (change.field, change.before, change.after, change.adopted)
                for change in reversed(search.page(self.counter.db, Scope.item(key)))
            ]
            for key in sample.EVERY_KEY
        }
        return self.counter.all_values(), told


@contextmanager
def _case(before: list, after: list) -> Iterator[Case]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.found(db)
        yield Case(db, before, after)
    finally:
        db.close()


def _decided(plan: Plan, choices: Sequence[Choice]) -> Plan:
    """Return the plan with the choices made in turn, where they are offered."""
    for line, choice in zip([line for line in plan.compared if line.choices], choices, strict=False):
        if choice in line.choices and choice is not Choice.VALUE:
            plan = plans.decide(plan, line, choice)
    return plan


def _typed(book: Returned) -> Iterator[tuple[ItemKey, str, Cell]]:
    """Yield what the unit wrote over what it was sent."""
    for row in book.rows:
        for field, cell in row.values.items():
            if cell.raw.strip() and cell.raw.strip() != row.base[field].strip():
                yield row.key, field, cell


@settings(max_examples=120)
@given(
    before=EDITS,
    after=EDITS,
    answers=EVERYONES,
    order=st.permutations(UNITS),
    cuts=st.sets(st.integers(1, 2)),
)
def test_in_any_order_and_in_any_number_of_imports_the_result_is_the_same(
    before, after, answers, order, cuts
) -> None:
    with _case(before, after) as together, _case(before, after) as apart:
        together.counter.take(*(together.book(unit, answers[unit]) for unit in UNITS))
        edges = [0, *sorted(cuts), len(order)]
        for start, end in pairwise(edges):
            apart.counter.take(*(apart.book(unit, answers[unit]) for unit in order[start:end]))
        assert apart.result() == together.result()


@settings(max_examples=80)
@given(
    before=EDITS,
    after=EDITS,
    answers=st.lists(_answers("finance"), min_size=2, max_size=3),
    turn=st.randoms(use_true_random=False),
)
def test_several_workbooks_of_one_unit_give_the_same_whatever_they_are_called(
    before, after, answers, turn
) -> None:
    with _case(before, after) as one, _case(before, after) as other:
        files = [one.book("finance", each) for each in answers]
        mixed = [replace(file, path_name=f"{turn.random()}.xlsx") for file in files]
        turn.shuffle(mixed)
        # the keys of rounds differ between the two workspaces, the hashes of the files do not
        one.counter.take(*(replace(file, round_key=one.asked.key) for file in files))
        other.counter.take(*(replace(file, round_key=other.asked.key) for file in mixed))
        assert other.result() == one.result()


@settings(max_examples=80)
@given(before=EDITS, after=EDITS, answers=EVERYONES, choices=CHOICES, spoilt=SPOILT)
def test_twice_is_once(before, after, answers, choices, spoilt) -> None:
    with _case(before, after) as case:
        files = [case.book(unit, answers[unit], spoilt) for unit in UNITS]
        planned = [_decided(plan, choices) for plan in case.counter.plan(*files)]
        case.counter.apply(*planned)
        once = case.changes()
        assert case.counter.take(*files).id == 0
        case.counter.apply(*planned)
        assert case.changes() == once


@settings(max_examples=150)
@given(before=EDITS, after=EDITS, answers=EVERYONES, choices=CHOICES, spoilt=SPOILT)
def test_nothing_that_anyone_wrote_is_lost(before, after, answers, choices, spoilt) -> None:
    with _case(before, after) as case:
        standing = case.counter.all_values()
        files = [case.book(unit, answers[unit], spoilt) for unit in UNITS]
        planned = [_decided(plan, choices) for plan in case.counter.plan(*files)]
        receipt = case.counter.apply(*planned)
        kept: dict[tuple[ItemKey, str], str] = {}
        for key, values in case.counter.all_values().items():
            for field, value in values.items():
                kept[key, field] = f"{value}\0{entries.values_of(Entry())[field]}"
        for change in case.changes():
            kept[change.key, change.field] += f"\0{change.before}\0{change.after}"
        refused = {file.path_name for file in receipt.files if file.state == "refused"}
        for file in files:
            if file.path_name not in refused:
                for key, field, cell in _typed(file):
                    words = (cell.raw.strip(), cell.guess or cell.raw.strip())  # 已办结, understood as 已完成
                    assert any(each in kept[key, field] for each in words), (key, field)
        for key, values in standing.items():
            for field, value in values.items():
                assert value in kept[key, field], (key, field)


@settings(max_examples=80)
@given(before=EDITS, after=EDITS, answers=EVERYONES, choices=CHOICES)
def test_an_import_taken_back_leaves_everything_as_it_was(before, after, answers, choices) -> None:
    with _case(before, after) as case:
        standing = case.counter.all_values()
        files = [case.book(unit, answers[unit]) for unit in UNITS]
        planned = [_decided(plan, choices) for plan in case.counter.plan(*files)]
        receipt = case.counter.apply(*planned)
        taken = case.counter.all_values()
        if not receipt.id:
            return
        undone = case.counter.undo()
        assert undone.kept == ()
        assert case.counter.all_values() == standing
        case.counter.apply(*(_decided(plan, choices) for plan in case.counter.plan(*files)))
        assert case.counter.all_values() == taken
        case.check_history()


@settings(max_examples=100)
@given(before=EDITS, after=EDITS, answers=EVERYONES, choices=CHOICES)
def test_the_preview_is_what_happens(before, after, answers, choices) -> None:
    with _case(before, after) as case:
        files = [case.book(unit, answers[unit]) for unit in UNITS]
        planned = [_decided(plan, choices) for plan in case.counter.plan(*files)]
        expected = case.counter.all_values()
        for plan in planned:
            for line in plan.lines:
                assert expected[line.key][line.field] == line.ours
            for line in plan.lines:
                expected[line.key][line.field] = line.outcome
        receipt = case.counter.apply(*planned)
        assert case.counter.all_values() == expected
        case.check_history()
        for values in expected.values():
            assert (values["status"] == "不适用") == bool(values["reason"].strip())
        for plan, file in zip(planned, receipt.files, strict=True):
            assert (file.state, file.unchanged) == (plan.state, plan.unchanged)
            if receipt.id:
                assert len(file.changes) == plan.changed


@settings(max_examples=150)
@given(before=EDITS, after=EDITS, answers=EVERYONES, choice=st.sampled_from([Choice.OURS, Choice.THEIRS]))
def test_decided_later_without_the_files_is_decided_at_once(before, after, answers, choice) -> None:
    with _case(before, after) as case, _case(before, after) as other:
        files = [case.book(unit, answers[unit]) for unit in UNITS]
        case.counter.apply(*(plans.decide_all(plan, choice) for plan in case.counter.plan(*files)))
        later = other.counter
        planned = later.plan(*(other.book(unit, answers[unit]) for unit in UNITS))
        later.apply(*planned)
        again = open_questions.plan_again(later.db, later.catalogue, by=later.by)
        left = {(line.key, line.field) for plan in planned for line in plan.conflicts}
        assert {(line.key, line.field) for plan in again for line in plan.conflicts} == left
        later.apply(*(plans.decide_all(plan, choice) for plan in again))
        assert later.all_values() == case.counter.all_values()
        other.check_history()


@settings(max_examples=150)
@given(before=EDITS, after=EDITS, one=EVERYONES, two=EVERYONES, choices=CHOICES)
def test_two_workbooks_of_a_unit_do_what_their_preview_says(before, after, one, two, choices) -> None:
    with _case(before, after) as case:
        counter = case.counter
        planned = counter.plan(case.book("finance", one["finance"]), case.book("finance", two["finance"]))
        for place, plan in enumerate(planned):
            decided = [*planned[:place], _decided(plan, choices), *planned[place + 1 :]]
            planned = plans.together(counter.db, decided, counter.by)
        standing = counter.all_values()
        expected = counter.all_values()
        for place in plans.in_order(counter.db, planned):
            for line in planned[place].lines:
                assert line.here == standing[line.key][line.field]  # never another workbook's answer
                assert line.ours == expected[line.key][line.field]
                assert bool(line.other) <= (line.ours != line.here)
            for line in planned[place].lines:
                expected[line.key][line.field] = line.outcome
        receipt = counter.apply(*planned)
        assert counter.all_values() == expected
        case.check_history()
        if receipt.id:
            told = [(file.state, len(file.changes)) for file in receipt.files]
            assert told == [(plan.state, plan.changed) for plan in planned]
