"""Which workbook this is, which of its rows belong to which item, and what each row was sent out with.

For a workbook of a round the record of the round says what was sent out; for any other the workbook itself
does, and what it says must agree with the history here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.catalogue.lookalikes import usual
from desktop.catalogue.model import Measure
from desktop.errors import RuleError
from desktop.workspace import words
from desktop.workspace.items import changes, entries
from desktop.workspace.items.model import FIELD_NAMES, Entry, ItemKey
from desktop.workspace.returns import records, rounds
from desktop.workspace.returns.receipts import RefusedRow
from desktop.workspace.returns.returned import NO_REVISION, Cell, Returned, ReturnedRow, place
from desktop.workspace.returns.rounds import BaseRow, RoundState
from desktop.workspace.returns.three_way import folded

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

NOT_OURS = "文件原样保留，没有并入任何内容。"
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Source:
    """Where a workbook comes from: its unit, and what the round sent out, None for one of no round."""

    unit_key: str
    unit_name: str
    sent: Mapping[ItemKey, list[BaseRow]] | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row that belongs to an item. ``base`` lacks the fields of which nobody knows what was sent out."""

    row: int
    key: ItemKey
    number: int
    base: Mapping[str, str]
    values: Mapping[str, Cell]
    sheet: str = ""


def identify(db: sqlite3.Connection, catalogue: Catalogue, file: Returned, today: date) -> Source:
    """Return where ``file``, taken in ``today``, comes from. RuleError: not from this workspace.

    It may be about any notice of the library: one that is not in use any more is said to be so.
    """
    about = _check_document(catalogue, file)
    unit_key = unit_of(catalogue, file)
    if not unit_key:
        raise RuleError(f"看不出这是哪个责任单位的清单，{NOT_OURS}", "请使用本程序导出的工作簿填报。")
    name = catalogue.unit(unit_key).name
    if not file.round_key:
        return Source(unit_key, name, None, about)
    known = {one.key: one for one in rounds.every(db)}
    sent = rounds.bases(db, file.round_key, unit_key)
    if file.round_key not in known:
        raise RuleError(
            f"这个工作簿不是本工作库发出的（工作库中没有它的填报轮次），{NOT_OURS}",
            "它可能来自另一个办公室或另一台电脑的工作库，请在发出它的工作库中导入；"
            "如本工作库恢复过较早的备份，请先恢复发出之后的备份。",
        )
    asked = known[file.round_key]
    if not sent:
        raise RuleError(f"“{asked.name}”轮次没有向{name}发出过清单，{NOT_OURS}", "请核对文件是否放错。")
    notes = (*about, *_older(db, known, asked, unit_key, name), *lateness(asked, today))
    return Source(unit_key, name, sent, notes)


def lateness(asked: rounds.Round, today: date) -> tuple[str, ...]:
    """Return what is to be said of an answer that comes ``today``: after the round's end, after its day."""
    if asked.state is RoundState.WITHDRAWN:
        return ()
    closed = (
        f"“{asked.name}”轮次已于{words.day(asked.since)}结束，这份是结束以后收到的，仍计入该轮。"
        if asked.state is RoundState.CLOSED
        else ""
    )
    late = f"“{asked.name}”的反馈时限是{asked.reply_by}，属逾期反馈。" if today > asked.reply_by else ""
    return tuple(filter(None, (closed, late)))


def unit_of(catalogue: Catalogue, file: Returned) -> str:
    """Return the unit of the workbook: the one that it names, else the one whose rows it holds, or ""."""
    units = {unit.key for unit in catalogue.whole.checklist_units()}
    if file.unit_key:
        return file.unit_key if file.unit_key in units else ""
    named = {row.key.unit_key for row in file.rows if row.key is not None}
    return named.pop() if len(named) == 1 and named <= units else ""


def _check_document(catalogue: Catalogue, file: Returned) -> tuple[str, ...]:
    """Return what is to be said of the documents that ``file`` is about; RuleError when none is here."""
    library = catalogue.whole
    numbers = {_plain(notice.number) for notice in library.notices}
    known = {document.key for document in library.documents}
    strange = [
        (key, number)
        for key, number in file.about
        if (number and _plain(number) not in numbers) or (key and key not in known)
    ]
    if len(strange) == len(file.about):
        raise _strange(catalogue, [number for _, number in strange if _plain(number) not in numbers])
    notes = [f"其中{number or key}不在本程序收录的发文中，该部分没有并入。" for key, number in strange]
    used = {document.key for document in catalogue.documents}
    keys = [key for key, _ in file.about if key in known]
    rows = [row.key.document_key for row in file.rows if row.key and row.key.document_key in known]
    notes += [
        f"{words.document(catalogue, key)}已停用，回填照常并入；再设为在用后可以在清单中看到。"
        for key in dict.fromkeys(keys or rows)
        if key not in used
    ]
    return tuple(notes)


def _strange(catalogue: Catalogue, numbers: Sequence[str]) -> RuleError:
    """Return why nothing of a workbook is taken that is about documents that are not here."""
    ours = [notice.called for notice in catalogue.whole.notices]
    listed = "、".join(ours[:_MOST_NAMED])
    more = f"等{len(ours)}件发文" if len(ours) > _MOST_NAMED else ""
    what = f"另一份发文（{'、'.join(numbers)}）" if any(numbers) else "另一份措施文件"
    return RuleError(
        f"这个工作簿属于{what}，本程序收录的是{listed}{more}，{NOT_OURS}", "请核对文件是否放错。"
    )


def _older(
    db: sqlite3.Connection,
    known: Mapping[str, rounds.Round],
    asked: rounds.Round,
    unit_key: str,
    name: str,
) -> tuple[str, ...]:
    """Return a note when a workbook of a later round was already taken in for the unit."""
    for later in known.values():  # newest first
        if later.key == asked.key:
            break
        if unit_key in records.came_back(db, later.key):
            note = (
                f"这是“{asked.name}”轮次的工作簿，{name}较新的“{later.name}”轮次已并入；"
                "各项按它发出时的内容比对，与现有内容不一致的须逐项选择。"
            )
            return (note,)
    return ()


def match(
    db: sqlite3.Connection, catalogue: Catalogue, file: Returned, source: Source
) -> tuple[list[MatchedRow], tuple[RefusedRow, ...]]:
    """Return the rows that belong to an item of the unit, and those of which nothing is taken."""
    kept = entries.load(db, source.unit_key)
    measures = {
        ItemKey(source.unit_key, measure.key): measure
        for measure in catalogue.whole.measures_of(source.unit_key)
    }
    taken: dict[ItemKey, MatchedRow] = {}
    refused: list[RefusedRow] = []
    for row in file.rows:
        key = row.key
        try:
            if row.refused:
                raise RuleError(row.refused)
            if key is None:
                raise RuleError("认不出这一行是哪条措施（隐藏的标识没有了，措施文字也对不上）")
            measure = _measure(catalogue, key, measures)
            _check_text(row, measure)
            now = kept[key].entry if key in kept else Entry()
            base = _base(db, row, key, now, source)
            found = MatchedRow(row.row, key, measure.number, base, row.values, row.sheet)
            if key in taken:
                if _written(taken[key].values) != _written(found.values):
                    first = place(taken[key].row, taken[key].sheet)
                    raise RuleError(f"与{first}是同一条措施，只取前一行")
                continue
            taken[key] = found
        except RuleError as error:
            number = measures[key].number if key is not None and key in measures else row.number
            now = kept[key].entry if key is not None and key in kept else Entry()
            changed = _changed(row, now)
            refused.append(RefusedRow(row.row, number, error.message, key, changed, row.sheet))
    return list(taken.values()), tuple(refused)


def _measure(catalogue: Catalogue, key: ItemKey, measures: Mapping[ItemKey, Measure]) -> Measure:
    if key in measures:
        return measures[key]
    units = {unit.key: unit.name for unit in catalogue.whole.checklist_units()}
    if key.unit_key != next(iter(measures), key).unit_key and key.unit_key in units:
        raise RuleError(f"这一行是{units[key.unit_key]}的事项，不是本单位的")
    raise RuleError("措施数据中没有这个事项")


def _check_text(row: ReturnedRow, measure: Measure) -> None:
    if row.base_text_sha256 and row.base_text_sha256 != measure.text_sha256:
        raise RuleError("这一行按另一版本的措施原文填报，请对照现行原文重新填报")
    if row.text.strip() and _plain(row.text) != _plain(measure.text):
        raise RuleError("措施原文被改动；措施原文不由填报单位修改")


def _base(
    db: sqlite3.Connection, row: ReturnedRow, key: ItemKey, now: Entry, source: Source
) -> Mapping[str, str]:
    """Return what the row was sent out with; RuleError when it was not sent out like that from here."""
    if source.sent is not None:
        sent = source.sent.get(key, [])
        if row.base_revision == NO_REVISION and sent:
            return sent[-1].values
        for base in reversed(sent):
            if base.revision == row.base_revision:
                return base.values
        raise RuleError("这一行带回的发出时内容与本轮次的记录不符，不是本工作库发出的，或被改动过")
    if row.base_revision == NO_REVISION:
        return row.base or (entries.values_of(now) if now.revision == 0 else {})
    if row.base_revision > now.revision:
        raise RuleError("这一行标明的版本比工作库中的还新，不是本工作库发出的，或被改动过")
    if row.base_revision == now.revision:
        ours = entries.values_of(now)
        if any(folded(value) != folded(ours.get(name, value)) for name, value in row.base.items()):
            raise RuleError("这一行带回的发出时内容与工作库中的不符，不是本工作库发出的，或被改动过")
        return ours
    return row.base or _at_revision(db, key, entries.values_of(now), row.base_revision)


def _at_revision(
    db: sqlite3.Connection, key: ItemKey, now: Mapping[str, str], revision: int
) -> dict[str, str]:
    """Return what the item held at an earlier revision, by the history."""
    values = dict(now)
    where = "unit_key = ? AND measure_key = ? AND revision > ?"
    for change in changes.select(db, where, key.unit_key, key.measure_key, revision):
        if change.field in values:
            values[change.field] = change.before
    return values


def _changed(row: ReturnedRow, now: Entry) -> dict[str, str]:
    """Return what the unit wrote in a row: what differs from what it was sent out with, or stands here."""
    known = row.base or entries.values_of(now)
    return {
        name: cell.raw
        for name, cell in row.values.items()
        if name in FIELD_NAMES and folded(cell.raw) != folded(known.get(name, ""))
    }


def _written(values: Mapping[str, Cell]) -> dict[str, str]:
    return {name: folded(cell.raw) for name, cell in values.items()}


def _plain(text: str) -> str:
    """Return ``text`` without spaces, full and half width alike."""
    return "".join(usual(text).split())
