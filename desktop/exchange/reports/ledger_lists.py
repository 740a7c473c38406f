"""The ledger's lists: 逾期, past its day; 未反馈, who has not answered; 变动, what changed since a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import date_words
from desktop.exchange.reports import history, ledger_rows
from desktop.exchange.reports.ledger_rows import LedgerFacts
from desktop.exchange.sheets import table
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.table import Alert, Field, Value
from desktop.workspace import words
from desktop.workspace.items.model import Change, Item, ItemKey, Light
from desktop.workspace.returns import rounds

LATE_TITLE, SILENT_TITLE, CHANGES_TITLE = "逾期", "未反馈", "变动"

LATE_FIELDS = (
    Field("序号", 6, 6, True),
    Field("责任单位", 15, 12, True),
    Field("措施", 28, 20),
    Field("完成时限", 14, 14, True),
    Field("逾期天数", 10.5, 10.5, True),
    Field("状态", 9, 9, True),
    Field("责任人", 9, 8, True),
    Field("工作进展", 30, 16),
    Field("存在问题", 20, 12),
    Field("下一步举措", 20, 12),
)
SILENT_FIELDS = (
    Field("序号", 6, 6, True),
    Field("责任单位", 50, 30),
    Field("情形", 36, 24, True),
    Field("事项数", 16, 16, True),
    Field("未填报事项", 18, 18, True),
    Field("最近更新", 34, 20, True),
)
"""The widths add up to about as many as the summary's, so that both print at the same size."""
FROZEN = "本表按制表时的工作库列出，不随“台账”工作表的修改变化。"


@dataclass(frozen=True, slots=True)
class AskedRound:
    """The round whose answers are looked for: its name, its reply-by day, the units that are missing.

    ``closed_at`` is the moment at which it was closed, "" while answers are waited for.
    """

    name: str
    reply_by: date
    missing: tuple[str, ...]
    closed_at: str = ""


def asked_round(db: sqlite3.Connection, today: date) -> AskedRound | None:
    """Return the current round as it stands on ``today``, None when there is none."""
    one = rounds.current(rounds.every(db))
    if one is None:
        return None
    missing = rounds.standing(db, one, today).missing
    return AskedRound(one.name, one.reply_by, missing, "" if one.open else one.since)


def late_sheet(book: Book, facts: LedgerFacts, today: date) -> None:
    """Append the list of what is past its day, longest first."""
    late = sorted((item for item in facts.items if item.light is Light.RED), key=_due)
    rows = [_late_row(facts, item, index, today) for index, item in enumerate(late, 1)]
    note = "逾期：已过完成时限，且未完成、未销号，也不属不适用的事项；按逾期天数由多到少排列。"
    head = (_heading(book, "逾期事项"), f"共{len(late)}项")
    empty = "截至制表日期，没有逾期事项。"
    table.listing(book, LATE_TITLE, LATE_FIELDS, head, rows, empty, (note, FROZEN))


def silent_sheet(book: Book, facts: LedgerFacts, asked: AskedRound | None) -> None:
    """Append the list of the units that have not answered the round, or never entered anything."""
    rows = _silent_rows(facts, asked)
    head = (_heading(book, "未反馈单位"), f"共{len(rows)}个单位")
    notes = (*_silent_notes(asked), FROZEN)
    table.listing(book, SILENT_TITLE, SILENT_FIELDS, head, rows, "没有未反馈的单位。", notes)


def changes_sheet(book: Book, changes: Iterable[Change], since: date) -> None:
    """Append what changed since a day, newest first."""
    rows = history.change_rows(book.catalogue, changes)
    head = (_heading(book, "改动情况"), lambda found: f"{date_words(since)}以来共{found}处改动")
    note = (
        f"列出{date_words(since)}（含当日）以来的每一处改动，新的在前；"
        f"“台账”中有改动的事项以{ledger_rows.CHANGED}标明。"
    )
    fields, empty = history.FIELDS, "这一天以来没有改动。"
    table.listing(book, CHANGES_TITLE, fields, head, rows, empty, (note,))


def _heading(book: Book, what: str) -> str:
    return book.basis.titled(what)


def changed_items(changes: Iterable[Change]) -> frozenset[ItemKey]:
    """Return the items that these changes concern."""
    return frozenset(change.key for change in changes)


def _due(item: Item) -> date:
    return item.entry.deadline.due or date.max


def _late_row(facts: LedgerFacts, item: Item, index: int, today: date) -> list[Value]:
    return table.ordered(
        LATE_FIELDS,
        {
            "序号": index,
            "责任单位": ledger_rows.unit_name(facts.catalogue, item),
            "措施": ledger_rows.listed_name(facts, item),
            "逾期天数": (today - _due(item)).days,
            **ledger_rows.entered(item),
        },
    )


def _silent_rows(facts: LedgerFacts, asked: AskedRound | None) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for unit_key, name in _units(facts.catalogue):
        items = [item for item in facts.items if item.key.unit_key == unit_key]
        silent = asked is not None and unit_key in asked.missing
        untouched = [item for item in items if item.key not in facts.last]
        if not silent and (not items or len(untouched) < len(items)):
            continue
        never = "从未填报" if len(untouched) == len(items) else ""
        why = "，".join(text for text in ("本轮未反馈" if silent else "", never) if text)
        rows.append(
            [
                len(rows) + 1,
                name,
                Alert(why),
                len(items),
                len(untouched),
                words.last(history.newest(items, facts.last)),
            ]
        )
    return rows


def _units(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return key and name of the units that can answer."""
    return [(unit.key, unit.name) for unit in catalogue.checklist_units() if unit.key != UNASSIGNED]


def _silent_notes(asked: AskedRound | None) -> tuple[str, ...]:
    never = "从未填报：该单位的全部事项在工作库中都没有任何填报。"
    if asked is None:
        return (never,)
    until = date_words(asked.reply_by)
    until += f"，已于{words.day(asked.closed_at)}结束" if asked.closed_at else ""
    return (
        f"本轮未反馈：填报轮次“{asked.name}”（反馈时限{until}）尚未收回该单位的回填。",
        never,
    )
