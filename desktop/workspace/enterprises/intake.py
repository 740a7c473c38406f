"""A list of enterprises from elsewhere, row by row: new, a supplement to one that is here, or passed over.

Planning is pure, so that the window and the command line show the same before anything is written; doing it
is one edit, which can be undone as one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.classification import credit_code
from desktop.workspace.enterprises import duplicates, enterprises, joining, recording
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.model import NOUN, Enterprise, field_words, fields_of, value_words
from desktop.workspace.enterprises.names import firm_name, firm_name_loosely
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Stamp, WriteId

_MOST_DIFFERING = 4
_SAME: Mapping[str, Callable[[Any], object]] = {"name": firm_name, "uscc": credit_code.normal}


class FirmChoice(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    FILL = "补充到已有"
    SKIP = "跳过"


class FirmAsks(StrEnum):
    """What a question is about."""

    CODE = "信用代码"
    SAME = "可能是同一家"
    COLUMN = "栏目"


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A row as it was read: its number in the sheet, fields as recording has them, what was noticed.

    ``lost_code`` is what is left of a code that a worksheet took for a number; it is in no field.
    """

    number: int
    fields: Mapping[str, Any]
    marks: tuple[str, ...] = ()
    lost_code: str = ""


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What somebody decided about a row: its choice, the firm it supplements, the code of the licence."""

    choice: FirmChoice | None = None
    target: str = ""
    uscc: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What will become of a row.

    ``alike`` are the enterprises that it may be, with why and whether that is sure; ``target`` is the key of
    the one that is supplemented, ``same_as`` the number of an earlier row that is the same firm.
    """

    number: int
    fields: Mapping[str, Any]
    choice: FirmChoice
    target: str = ""
    same_as: int = 0
    alike: tuple[tuple[Enterprise, str, bool], ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name in the row, empty where it has none."""
        return str(self.fields.get("name") or "")


@dataclass(frozen=True, slots=True)
class FirmQuestion:
    """Something that a person should look at; ``row`` is 0 for what is about a whole column."""

    about: FirmAsks
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class FirmPlan:
    """What an import will do, and what is open about it. What is open keeps no row from being taken in."""

    rows: tuple[PlannedLine, ...]
    questions: tuple[FirmQuestion, ...] = ()

    def count(self, choice: FirmChoice) -> int:
        """Return how many rows have this choice."""
        return sum(row.choice is choice for row in self.rows)


@dataclass(frozen=True, slots=True)
class FirmReceipt:
    """What an import did, in rows; ``same`` are supplements that had nothing new. ``batch`` undoes it."""

    batch: WriteId | None
    added: int = 0
    filled: int = 0
    same: int = 0
    skipped: int = 0


@dataclass(slots=True)
class _Earlier:
    """The rows of the file so far, by code and by name."""

    codes: dict[str, FirmLine] = field(default_factory=dict)
    names: dict[str, FirmLine] = field(default_factory=dict)

    def take(self, line: FirmLine) -> tuple[FirmLine, str] | None:
        """Return an earlier row that is surely the same firm and why, and remember this one."""
        name, uscc = str(line.fields.get("name") or ""), str(line.fields.get("uscc") or "")
        code, key = duplicates.told_code(uscc), firm_name_loosely(name)
        for found in (self.codes.get(code) if code else None, self.names.get(key)):
            if found is not None:
                said = duplicates.why(
                    name, uscc, str(found.fields.get("name") or ""), str(found.fields.get("uscc") or "")
                )
                if said is not None and said[1]:
                    return found, said[0]
        if code:
            self.codes[code] = line
        self.names.setdefault(key, line)
        return None


def planned(
    lines: Iterable[FirmLine], existing: KnownFirms, answers: Mapping[int, LineAnswer] | None = None
) -> FirmPlan:
    """Plan what becomes of each row; ``answers`` by the row's number go before what would be proposed."""
    rows: list[PlannedLine] = []
    questions: list[FirmQuestion] = []
    earlier = _Earlier()
    for read in lines:
        answer = (answers or {}).get(read.number, LineAnswer())
        line = (
            FirmLine(read.number, {**read.fields, "uscc": answer.uscc}, read.marks) if answer.uscc else read
        )
        row, asked = _planned(line, existing, earlier, answer)
        rows.append(row)
        questions += asked
    return FirmPlan(tuple(rows), tuple(questions))


def apply(db: sqlite3.Connection, plan: FirmPlan, stamp: Stamp) -> FirmReceipt:
    """Do what a plan says, as one edit: all of it or nothing. Raises RuleError for what cannot be kept.

    A supplement adds what the enterprise lacks and changes nothing that it has.
    """
    edits: dict[str, dict[str, Any]] = {}
    keys: dict[int, str] = {}
    counts = dict.fromkeys(("added", "filled", "same", "skipped"), 0)
    with transaction(db):
        into = enterprises.merged(db)
        for row in plan.rows:
            if row.choice is FirmChoice.SKIP:
                counts["skipped"] += 1
                continue
            key = row.target or keys.get(row.same_as, "")
            if row.choice is FirmChoice.NEW or not key:
                key = keys[row.number] = writing.new_key()
                edits[key] = {edit.field: edit.value for edit in recording.adding(key, row.fields)}
                counts["added"] += 1
                continue
            keys[row.number] = key = enterprises.resolved(into, key)
            found = state.record(db, NOUN, key)
            lacking = joining.lacking_of(
                {**(found.values if found else {}), **edits.get(key, {})}, recording.cleaned(row.fields)
            )
            lacking = {name: value for name, value in lacking.items() if value is not None}
            edits.setdefault(key, {}).update(lacking)
            counts["filled" if lacking else "same"] += 1
        every = [Edit(NOUN, key, name, value) for key, of in edits.items() for name, value in of.items()]
        batch = writing.write(db, every, stamp, grow=False)
    return FirmReceipt(batch, **counts)


def _planned(
    line: FirmLine, existing: KnownFirms, earlier: _Earlier, answer: LineAnswer
) -> tuple[PlannedLine, list[FirmQuestion]]:
    name, uscc = str(line.fields.get("name") or ""), str(line.fields.get("uscc") or "")
    if not name:
        told = (*line.marks, *(("没有企业名称，没有记入。",) if line.fields else ()))
        return PlannedLine(line.number, line.fields, FirmChoice.SKIP, marks=told), []
    marks = list(line.marks)
    questions = _about_code(line)
    again = earlier.take(line)
    if again is not None:
        first, words = again
        marks.append(f"与第{first.number}行是同一家企业：{words}。")
        marks += _differing(first.fields, line.fields, f"第{first.number}行")
    alike = existing.alike(name, uscc)
    sure = next((firm for firm, _, is_sure in alike if is_sure), None)
    target = answer.target or (sure.key if sure else "")
    proposed = FirmChoice.FILL if target or again else FirmChoice.NEW
    choice = answer.choice or proposed
    if choice is FirmChoice.FILL and not target and not again:
        target = alike[0][0].key if alike else ""
        choice = choice if target else FirmChoice.NEW
    marks += [f"可能是已有的“{firm.name}”：{words}。" for firm, words, _ in alike]
    if choice is FirmChoice.FILL and target in existing.firms:
        marks += _differing(fields_of(existing.firms[target]), line.fields, "已有的")
    is_asked = sure is None or len(alike) > 1 or firm_name_loosely(sure.name) != firm_name_loosely(name)
    if alike and answer.choice is None and is_asked:
        text = f"第{line.number}行“{name}”与已有的“{alike[0][0].name}”是不是同一家？{alike[0][1]}。"
        questions.append(FirmQuestion(FirmAsks.SAME, line.number, text))
    is_fill = choice is FirmChoice.FILL
    row = PlannedLine(
        line.number,
        line.fields,
        choice,
        target if is_fill else "",
        again[0].number if again and is_fill and not target else 0,
        alike,
        tuple(marks),
    )
    return row, questions


def _about_code(line: FirmLine) -> list[FirmQuestion]:
    if not line.lost_code:
        return []
    name = line.fields.get("name")
    text = f"第{line.number}行“{name}”的信用代码存成了数字（{line.lost_code}），没有记入。正确的是？"
    return [FirmQuestion(FirmAsks.CODE, line.number, text)]


def _differing(there: Mapping[str, Any], read: Mapping[str, Any], whose: str) -> Sequence[str]:
    """Return in words what a row says otherwise than what stays."""
    names = [
        name
        for name in joining.differing_of(there, recording.cleaned(read))
        if _SAME.get(name, str)(there[name]) != _SAME.get(name, str)(read[name])
    ]
    told = [
        f"{field_words(name)}为{value_words(name, there[name])}（本行{value_words(name, read[name])}）"
        for name in names[:_MOST_DIFFERING]
    ]
    more = f"等{len(names)}项" if len(names) > _MOST_DIFFERING else ""
    return [f"与{whose}不一致，保留{whose}：{'；'.join(told)}{more}。"] if told else []
