"""Taking in what a unit wrote about its demands: each row a step, or a conflict where the demand moved on.

A row goes out with the step by which its demand stood. When that is still the last one the row's step is
taken, by the process and all that must hold; else somebody went on meanwhile, and it is for people to decide.
What came of it is kept as a record of the journal, so that it goes where its demands go and is
there when it is to be taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.demands import acting, chosen, demands, recording
from desktop.workspace.demands.chain import DemandChain, DemandStep, FirmTold, folded
from desktop.workspace.demands.model import LAST, Demand
from desktop.workspace.demands.process import Process
from desktop.workspace.demands.returned import DemandAnswer, ReturnedDemand, ReturnedDemands, text_hash
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Stamp

RECEIPT = "demand_return"
"""The noun of what came of a workbook; its one field ``receipt`` is written when it is taken in or back."""
_FIELD = "receipt"
CONTACT, BEGIN, INTERIM, EXTEND, FINISH, SUPPORT = (
    "首次联系",
    "开始办理",
    "阶段答复",
    "延期申请",
    "办结",
    "协办意见",
)


class Taken(StrEnum):
    """What came of a row."""

    ADOPTED = "已采用"
    UNCHANGED = "未改动"
    CONFLICT = "冲突"
    REFUSED = "未采用"


@dataclass(frozen=True, slots=True)
class DemandOutcome:
    """What came of one row; ``acts`` are the steps taken, or that it proposes, ``steps`` their keys."""

    row: int
    number: str
    demand: str
    taken: Taken
    acts: tuple[str, ...] = ()
    reason: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandReceipt:
    """What came of a workbook; ``undone`` is when it was taken back, "" while it stands."""

    key: str
    file: str
    sha256: str
    unit: str
    at: str
    by: str
    rows: tuple[DemandOutcome, ...]
    undone: str = ""

    @property
    def may_be_undone(self) -> bool:
        """Tell whether it brought steps and stands."""
        return not self.undone and any(one.steps for one in self.rows)

    @property
    def is_settled(self) -> bool:
        """Tell whether every row was taken, or said nothing new."""
        return all(one.taken in (Taken.ADOPTED, Taken.UNCHANGED) for one in self.rows)


def take(
    db: sqlite3.Connection, book: ReturnedDemands, stamp: Stamp, *, theirs: bool = False
) -> DemandReceipt:
    """Take a workbook in, all of it in one transaction, and keep what came of it.

    ``theirs`` decides the conflicts: the row's step follows what was done meanwhile, where it may.
    """
    with transaction(db):
        rows = tuple(_take(db, book.unit, row, stamp, theirs=theirs) for row in book.rows)
        receipt = DemandReceipt(
            writing.new_key(), book.path_name, book.sha256, book.unit, stamp.at.isoformat(), stamp.by, rows
        )
        _keep(db, receipt, stamp)
    return receipt


def undo(db: sqlite3.Connection, key: str, stamp: Stamp) -> tuple[DemandReceipt, tuple[str, ...]]:
    """Take the steps of a workbook back where nothing followed; returns the receipt and what was kept, why.

    Raises RuleError where there is no such receipt, or it was taken back already.
    """
    with transaction(db):
        found = next((one for one in receipts(db) if one.key == key), None)
        if found is None or found.undone:
            raise RuleError(
                "这次回填已经撤销。" if found else f"没有编号为“{key}”的诉求回填，没有改动任何内容。"
            )
        kept = []
        for row in reversed(found.rows):
            try:
                for step in reversed(row.steps):
                    chain = demands.one(db, row.demand).chain
                    if chain is None or chain.last.key != step:
                        raise RuleError("之后又有办理，保留现有进展")
                    recording.undo(db, row.demand, stamp)
            except RuleError as problem:
                kept.append(f"{row.number}：{problem.message}")
        receipt = replace(found, undone=stamp.at.isoformat())
        _keep(db, receipt, stamp)
    return receipt, tuple(reversed(kept))


def receipts(db: sqlite3.Connection) -> tuple[DemandReceipt, ...]:
    """Return what came of each workbook, newest first."""
    found = [one for record in state.records(db, RECEIPT) if (one := _read(record.values.get(_FIELD)))]
    return tuple(sorted(found, key=lambda one: (one.at, one.key), reverse=True))


def proposed(
    process: Process, chain: DemandChain, unit: str, answer: DemandAnswer
) -> tuple[DemandStep, ...] | str:
    """Return the steps that an answer of a unit (by key) means, or why there is none."""
    if answer.finished and answer.due:
        return "既写了办结，又申请延期"
    if not answer.by:
        return "没有写经办人"
    if answer.day is None:
        return "没有写办理日期，或日期不对"
    told = FirmTold(answer.how, answer.told_on or answer.day) if answer.how else None
    of_unit = DemandStep("", answer.day, answer.by, unit=unit)

    def step(act: str, **values: Any) -> DemandStep:
        return DemandStep(act, of_unit.day, of_unit.by, unit=unit, **values)

    if unit != chain.lead:
        return (step(SUPPORT, text=answer.text),) if answer.text else "没有写办理意见"
    wanted = []
    if answer.finished:
        wanted.append(step(FINISH, text=answer.text, told=told))
    elif answer.text and told:
        wanted.append(step(INTERIM, text=answer.text, told=told))
    elif answer.text and not answer.due:
        wanted.append(step(BEGIN, text=answer.text))
    if answer.due:
        wanted.append(step(EXTEND, text=answer.reason, due=answer.due))
    offered = {act.name for act in acting.offered(process, chain)}
    first = wanted[0].act if wanted else ""
    if told and CONTACT in offered and first not in offered:
        wanted.insert(0, DemandStep(CONTACT, told.on, answer.by, unit=unit, told=told))
    return tuple(wanted) or "没有写办理进展或答复内容"


def _take(
    db: sqlite3.Connection, unit: str, row: ReturnedDemand, stamp: Stamp, *, theirs: bool
) -> DemandOutcome:
    def came(taken: Taken, reason: str = "", steps: Sequence[DemandStep] = ()) -> DemandOutcome:
        keys = tuple(one.key for one in steps if one.key)
        return DemandOutcome(
            row.row, row.number, row.key, taken, tuple(one.act for one in steps), reason, keys
        )

    if row.refused:
        return came(Taken.REFUSED, row.refused)
    if row.answer.is_empty:
        return came(Taken.UNCHANGED)
    try:
        demand = demands.one(db, row.key)
    except RuleError:
        return came(Taken.REFUSED, "工作库中没有这件诉求")
    if demand.chain is None:
        return came(Taken.REFUSED, "这件诉求的登记还没有并入")
    if _is_there(demand.chain, row, unit):
        return came(Taken.UNCHANGED, "这些内容已经采用过")
    process = chosen.process_of(db, demand.process)
    if unit not in demand.units:
        return came(Taken.REFUSED, "这件诉求已不由该单位办理")
    steps = proposed(process, demand.chain, unit, row.answer)
    if isinstance(steps, str):
        return came(Taken.REFUSED, steps)
    if not theirs and (moved := _moved(demand, row)):
        return came(Taken.CONFLICT, moved, steps)
    return _acted(db, demand, steps, stamp, came)


def _acted(
    db: sqlite3.Connection, demand: Demand, steps: Sequence[DemandStep], stamp: Stamp, came: Any
) -> DemandOutcome:
    """Take the steps of a row, all or none."""
    db.execute("SAVEPOINT demand_row")
    try:
        made = []
        for step in steps:
            chain = recording.act(db, demand.key, step, stamp).chain
            assert chain is not None
            made.append(chain.last)
    except RuleError as problem:
        db.execute("ROLLBACK TO demand_row")
        db.execute("RELEASE demand_row")
        reason = problem.message.replace("，没有改动任何内容。", "")
        outcome: DemandOutcome = came(Taken.REFUSED, reason, steps)
        return outcome
    db.execute("RELEASE demand_row")
    done: DemandOutcome = came(Taken.ADOPTED, "", made)
    return done


def _moved(demand: Demand, row: ReturnedDemand) -> str:
    """Return why a row stands on something else than the demand does now, "" where it does not."""
    assert demand.chain is not None
    if LAST in demand.conflicts:
        return "两台电脑办理了不同的步骤，待决定"
    if row.base != demand.chain.last.key:
        last = demand.chain.last
        return f"发出之后又有办理：{last.day}{last.act}，现在是“{demand.state}”"
    if row.text_sha256 != text_hash(demand.text):
        return "发出之后诉求内容有改动"
    return ""


def _is_there(chain: DemandChain, row: ReturnedDemand, unit: str) -> bool:
    """Tell whether the answer of a row is among the steps after the one on which it stands."""
    keys = [one.key for one in chain.steps]
    after = chain.steps[keys.index(row.base) + 1 :] if row.base in keys else chain.steps
    answer = row.answer
    return any(
        one.unit == unit
        and one.day == answer.day
        and folded(one.by) == folded(answer.by)
        and one.text == (answer.reason if one.act == EXTEND else answer.text)
        and (one.act == FINISH) is bool(answer.finished)
        and one.due == answer.due
        for one in after
    )


def _keep(db: sqlite3.Connection, receipt: DemandReceipt, stamp: Stamp) -> None:
    kept = {
        "file": receipt.file,
        "sha256": receipt.sha256,
        "unit": receipt.unit,
        "at": receipt.at,
        "by": receipt.by,
        "undone": receipt.undone,
        "rows": [
            [one.row, one.number, one.demand, str(one.taken), list(one.acts), one.reason, list(one.steps)]
            for one in receipt.rows
        ],
    }
    kept["key"] = receipt.key
    writing.write(db, [Edit(RECEIPT, receipt.key, _FIELD, kept)], stamp, grow=False)


def _read(value: object) -> DemandReceipt | None:
    """Return a receipt as it was kept; None for what is none, whoever put it there."""
    if not isinstance(value, dict):
        return None
    try:
        rows = tuple(
            DemandOutcome(
                int(row), str(number), str(demand), Taken(taken), tuple(acts), str(reason), tuple(steps)
            )
            for row, number, demand, taken, acts, reason, steps in value["rows"]
        )
        texts = {name: str(value[name]) for name in ("key", "file", "sha256", "unit", "at", "by", "undone")}
        return DemandReceipt(rows=rows, **texts)
    except (KeyError, TypeError, ValueError):
        return None
