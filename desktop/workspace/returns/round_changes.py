"""What becomes of a round after it was begun: renamed, extended, closed, withdrawn, reopened; and its record.

Each change is one transaction, kept with who, when, and what stood before and after. Nothing that was sent
out is forgotten by any of them: each workbook of the round is known again when it comes back.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.catalogue.validity import date_words
from desktop.errors import RuleError
from desktop.workspace import words
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items.changes import Origin
from desktop.workspace.returns import records, rounds
from desktop.workspace.returns.rounds import Round, RoundState

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

IN_ONE_GO = timedelta(minutes=1)
"""How far apart two workbooks may be written that were sent together."""


class Deed(StrEnum):
    """What was done with a round. The last three are the fields of a change of it."""

    BEGUN = "begun"
    SENT = "sent"
    NAME = "name"
    REPLY_BY = "reply_by"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class RoundEvent:
    """One line of a round's record: when, by whom ("" where that was not kept), what.

    A change has both values as they are kept; workbooks sent have the units, a round begun its name as it was
    then in ``after``.
    """

    at: str
    by: str
    deed: Deed
    before: str = ""
    after: str = ""
    unit_keys: tuple[str, ...] = ()


def rename(db: sqlite3.Connection, round_key: str, name: str, *, by: str, at: datetime) -> Round:
    """Give a round another name and return it; its own name changes nothing.

    Raises RuleError for a name that is empty, too long or another round's; KnownError when it cannot be
    written. So do all that follow.
    """
    kept = rounds.written(name, "没有改名")
    with transaction(db):
        asked = _round(db, round_key)
        if kept != asked.name:
            rounds.ensure_free(db, kept, "没有改名")
            _change(db, asked, Deed.NAME, asked.name, kept, by, at)
    return _round(db, round_key)


def extend(db: sqlite3.Connection, round_key: str, reply_by: date, *, by: str, at: datetime) -> Round:
    """Let an open round be answered by another day, from the day of ``at`` on; an earlier one is allowed."""
    with transaction(db):
        asked = _round(db, round_key)
        if not asked.open:
            raise rounds.not_open(asked.name, asked.state, "没有改反馈时限")
        if reply_by < at.date():
            raise RuleError(
                f"新的反馈时限（{reply_by}）早于今天，没有改反馈时限。", "请选择今天或以后的日期。"
            )
        if reply_by != asked.reply_by:
            _change(db, asked, Deed.REPLY_BY, str(asked.reply_by), str(reply_by), by, at)
    return _round(db, round_key)


def close(db: sqlite3.Connection, round_key: str, *, by: str, at: datetime) -> Round:
    """Wait for no more answers. What comes back later is taken, and said to be late."""
    with transaction(db):
        asked = _round(db, round_key)
        if not asked.open:
            raise RuleError(
                f"“{asked.name}”轮次已于{words.day(asked.since)}{_DONE[asked.state]}，没有改动。",
                "需要改动时，请先恢复这个轮次。",
            )
        _change(db, asked, Deed.STATE, asked.state, RoundState.CLOSED, by, at)
    return _round(db, round_key)


def withdraw(db: sqlite3.Connection, round_key: str, *, by: str, at: datetime) -> Round:
    """Take a round back of which nothing came back. RuleError also when something did."""
    with transaction(db):
        asked = _round(db, round_key)
        if asked.state is RoundState.WITHDRAWN:
            raise RuleError(f"“{asked.name}”轮次已于{words.day(asked.since)}撤回，没有改动。")
        if came := len(records.came_back(db, round_key)):
            raise RuleError(
                f"“{asked.name}”轮次已收到{came}家的回填，不能撤回，没有改动。",
                "不再收取时请结束本轮；这些回填如果导错了，请先撤销那次导入。",
            )
        _change(db, asked, Deed.STATE, asked.state, RoundState.WITHDRAWN, by, at)
    return _round(db, round_key)


def reopen(db: sqlite3.Connection, round_key: str, *, by: str, at: datetime) -> Round:
    """Let a round that was closed or withdrawn go on, with the reply-by day that it has."""
    with transaction(db):
        asked = _round(db, round_key)
        if asked.open:
            raise RuleError(f"“{asked.name}”轮次正在进行，不需要恢复。")
        _change(db, asked, Deed.STATE, asked.state, RoundState.OPEN, by, at)
    return _round(db, round_key)


_DONE = {RoundState.CLOSED: "结束", RoundState.WITHDRAWN: "撤回", RoundState.OPEN: "恢复"}


def record(db: sqlite3.Connection, asked: Round) -> tuple[RoundEvent, ...]:
    """Return all that was done with a round, oldest first, in the order in which it happened.

    Workbooks that the same person sent one after the other, with nothing between them, are one event.
    """
    with translated():
        changes = db.execute(
            "SELECT export, at, person, field, before, after FROM round_changes WHERE round_key = ?"
            " ORDER BY id",
            (asked.key,),
        ).fetchall()
        sent = db.execute(
            "SELECT id, at, person, unit_key FROM round_exports WHERE round_key = ? ORDER BY id", (asked.key,)
        ).fetchall()
    first = next((before for _, _, _, field, before, _ in changes if field == Deed.NAME), asked.name)
    events = [RoundEvent(asked.created_at, asked.by, Deed.BEGUN, after=first)]
    for export, at, by, field, before, after in [*changes, (None, "", "", "", "", "")]:
        events += _sendings([row for row in sent if export is None or row[0] <= export])
        sent = [row for row in sent if export is not None and row[0] > export]
        if export is not None:
            events.append(RoundEvent(at, by, Deed(field), before, after))
    return tuple(events)


def _sendings(rows: list[tuple[int, str, str, str]]) -> list[RoundEvent]:
    """Return the workbooks sent as events: what one person sent in one go, each unit once, is one."""
    found: list[RoundEvent] = []
    before = ""
    for _, at, by, unit_key in rows:
        last = found[-1] if found else None
        if last is not None and last.by == by and _soon(before, at) and unit_key not in last.unit_keys:
            found[-1] = replace(last, unit_keys=(*last.unit_keys, unit_key))
        else:
            found.append(RoundEvent(at, by, Deed.SENT, unit_keys=(unit_key,)))
        before = at
    return found


def _soon(before: str, after: str) -> bool:
    return abs(datetime.fromisoformat(after) - datetime.fromisoformat(before)) <= IN_ONE_GO


_NAMED = 3


def sentence(event: RoundEvent, catalogue: Catalogue) -> str:
    """Return what was done, e.g. 反馈时限由2026年12月20日改为2026年12月31日."""
    if event.deed is Deed.BEGUN:
        return f"新建“{event.after}”"
    if event.deed is Deed.NAME:
        return f"名称由“{event.before}”改为“{event.after}”"
    if event.deed is Deed.REPLY_BY:
        before, after = (_day(day) for day in (event.before, event.after))
        return f"反馈时限由{before}改为{after}"
    if event.deed is Deed.STATE:
        known = event.after in tuple(RoundState)
        return f"{_DONE[RoundState(event.after)]}本轮" if known else f"本轮改为“{event.after}”"
    names = [words.unit(catalogue, key) for key in event.unit_keys[:_NAMED]]
    more = f"等{len(event.unit_keys)}家" if len(event.unit_keys) > _NAMED else ""
    return f"发出工作簿：{'、'.join(names)}{more}"


def _day(kept: str) -> str:
    """Return a day as people read it; what is none as it stands."""
    try:
        return date_words(date.fromisoformat(kept))
    except ValueError:
        return kept


def _round(db: sqlite3.Connection, round_key: str) -> Round:
    found = next((one for one in rounds.every(db) if one.key == round_key), None)
    if found is None:
        raise RuleError("没有这个填报轮次，没有改动。", "请在“轮次”中另选一个。")
    return found


def _change(
    db: sqlite3.Connection, asked: Round, deed: Deed, before: str, after: str, by: str, at: datetime
) -> None:
    """Write one field of a round and keep that; inside the transaction."""
    db.execute(f"UPDATE rounds SET {deed} = ? WHERE key = ?", (after, asked.key))
    db.execute(
        "INSERT INTO round_changes (round_key, at, person, field, before, after, export)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM round_exports))",
        (asked.key, Origin(by, "", at).moment, by, str(deed), str(before), str(after)),
    )
