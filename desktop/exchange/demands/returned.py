"""A workbook of a unit's demands that came back, read by the guarded reader of returned workbooks.

A row is known by its hidden key, wherever it was moved; without one by its 诉求编号, if that is of one that
went out. What is no certain day or choice is not guessed: the row is refused and says why.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from desktop.catalogue.lookalikes import usual
from desktop.errors import KnownError
from desktop.exchange.demands.columns import (
    ANSWER,
    BY,
    DATES,
    DAY,
    DUE,
    FILLED,
    FINISHED,
    HIDDEN,
    HOW,
    MARK,
    NO,
    NUMBER,
    REASON,
    SCHEMA,
    TOLD,
    TOLD_ON,
    UNIT,
    YES,
)
from desktop.exchange.returned import workbook_parts
from desktop.exchange.returned.package import Package, RefusedError, open_package, shown_name
from desktop.exchange.returned.sheet_cells import Area, CellKind, Raw, SheetReader, SheetRow
from desktop.workspace.demands.returned import DemandAnswer, ReturnedDemand, ReturnedDemands
from desktop.workspace.items import typed_dates

WITHIN, MOST_ROWS, MOST_SENT, MOST_NOTES = 60, 2_000, 5_000, 50
_FEWEST = 4  # of the columns to fill in
_OURS = "请确认选择的是本程序导出的诉求办理表；如是复制到别的工作簿中填写的，请复制回原表再收回。"
_UNKNOWN = "请让该单位在重新导出的表中填写后再发；如仍读不了，请把这个文件和日志发给维护人员。"
_HEADS = tuple(column.title for column in (*TOLD, *FILLED))
_ANSWERS = tuple(column.title for column in FILLED)
_YES, _NO = frozenset((YES, "已办结", "办结", "√", "✓")), frozenset((NO, "未办结", "否。", "×", "✗"))
_LONGEST = 10_000


@dataclass(slots=True)
class _Sent:
    """What the hidden sheet says: the schema, the unit, and base and hash of each demand, and its 编号."""

    schema: int = 0
    unit: str = ""
    rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Table:
    columns: Mapping[str, int]
    rows: tuple[SheetRow, ...]
    merged: Sequence[Area]
    title: str

    def text(self, row: SheetRow, head: str) -> str:
        column = self.columns.get(head)
        return row.text(column).strip() if column else ""


def read(path: Path) -> ReturnedDemands:
    """Read the workbook at ``path``.

    :raises RefusedError: when it cannot be read or is none of ours; the sentence says which. Nothing else is
        raised, whatever the file holds.
    """
    try:
        return _read(path)
    except KnownError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("a returned workbook of demands could not be read")
        raise RefusedError(shown_name(path), "的内容本程序不能识别", _UNKNOWN) from error


def _read(path: Path) -> ReturnedDemands:
    with open_package(path) as package:
        sent, tables, notes = _find(package)
        if sent is None or not tables:
            raise package.refused("不是本程序导出的诉求办理表", _OURS)
        if sent.schema > SCHEMA:
            raise package.refused("是由更新版本的程序导出的，本版本读不了", "请在更新版本的程序中收回。")
        if not sent.schema or not sent.unit:
            raise package.refused("的回填标识已损坏", "请重新导出后再填。")
        for one in tables:
            _refuse_formulas(package, one)
        rows: list[ReturnedDemand] = []
        for one in tables:
            notes += [
                f"没有找到“{head}”一列，这一列没有读取。" for head in _ANSWERS if head not in one.columns
            ]
            for line in one.rows:
                if (found := _row(one, line, sent)) is None:
                    if note := _stray(one, line):
                        notes.append(note)
                else:
                    rows.append(found)
        present = {row.key for row in rows}
        if gone := [number for number, key in sent.numbers.items() if key not in present]:
            notes.append(f"{'、'.join(gone)}没有发回，没有改动。")
        return ReturnedDemands(
            package.name, package.sha256, sent.unit, _once(rows), tuple(notes[:MOST_NOTES])
        )


def _find(package: Package) -> tuple[_Sent | None, list[_Table], list[str]]:
    parts = workbook_parts.read(package)
    sent: _Sent | None = None
    tables: list[_Table] = []
    notes: list[str] = []
    for place in parts.sheets:
        sheet = SheetReader(package, parts, place)
        rows = sheet.rows()
        first = next(rows, None)
        if first is None:
            continue
        if first.text(1).strip() == MARK:
            if sent is not None:
                raise package.refused("有两张回填标识页", "请一个文件一份，再收回。")
            sent = _identity(chain([first], rows))
        elif found := _table(package, place.title, chain([first], rows), sheet.merged):
            tables.append(found)
        else:
            notes.append(f"工作表“{place.title}”不是诉求办理表，没有读取。")
    return sent, tables, notes


def _identity(rows: Iterator[SheetRow]) -> _Sent:
    found = _Sent()
    schema = next(rows).text(2).strip()
    found.schema = int(schema) if schema.isascii() and schema.isdigit() and len(schema) < 6 else 0
    for row in rows:
        if row.text(1).strip() == HIDDEN[0]:
            break
        if row.text(1).strip() == UNIT:
            found.unit = row.text(2).strip()
    for row, _ in zip(rows, range(MOST_SENT), strict=False):
        key, base, digest, number = (row.text(column).strip() for column in range(1, 5))
        if key:
            found.rows[key] = base, digest
            found.numbers[number] = key
    return found


def _table(package: Package, title: str, rows: Iterator[SheetRow], merged: Sequence[Area]) -> _Table | None:
    for seen, row in enumerate(rows):
        if seen >= WITHIN:
            return None
        heads: dict[str, list[int]] = {}
        for column, cell in row.cells.items():
            words = "".join(usual(cell.text).split())[:200]
            known = next((head for head in (*_HEADS, *HIDDEN) if words == usual(head)), "") or next(
                (head for head in _HEADS if words.startswith(usual(head))), ""
            )
            heads.setdefault(known, []).append(column)
        heads.pop("", None)
        if NUMBER in heads and sum(head in heads for head in _ANSWERS) >= _FEWEST:
            columns = {head: at[0] for head, at in heads.items() if len(at) == 1}
            below = tuple(rows)
            if len(below) > MOST_ROWS:
                raise package.refused("中的行数大得不正常", "请删去表格以外的内容后再收回。")
            return _Table(columns, below, merged, title)
    return None


def _refuse_formulas(package: Package, one: _Table) -> None:
    read = {one.columns[head]: head for head in (*_ANSWERS, *HIDDEN) if head in one.columns}
    for row in one.rows:
        for column, head in read.items():
            if (cell := row.cells.get(column)) and cell.kind is CellKind.FORMULA:
                raise package.refused(
                    f"含有公式（工作表“{one.title}”第{row.number}行“{head}”）",
                    "请把这些单元格改成直接填写的文字或日期（复制后选择性粘贴为“数值”），保存后再收回。",
                )


def _row(one: _Table, row: SheetRow, sent: _Sent) -> ReturnedDemand | None:
    """Return what a row says; None for one that is no demand's."""
    key = one.text(row, HIDDEN[0])
    number = one.text(row, NUMBER)
    if not key and number:
        key = sent.numbers.get(number, "")
    if not key or not any(one.text(row, head) for head in (*_HEADS[1:],)):
        return None
    base, digest = sent.rows.get(key, ("", ""))
    if key not in sent.rows:
        empty = DemandAnswer()
        return ReturnedDemand(row.number, key, number, "", "", empty, "这一行不是发给该单位的诉求")
    own = next(number for number, known in sent.numbers.items() if known == key)
    refused = "" if not number or number == own else f"这一行的编号是{number}，标识却是{own}的"
    answer, problem = _answer(one, row)
    return ReturnedDemand(row.number, key, own, base, digest, answer, refused or problem)


def _answer(one: _Table, row: SheetRow) -> tuple[DemandAnswer, str]:
    """Return what was filled in, and what is wrong with it, "" for nothing."""
    problems: list[str] = []
    cells = {head: row.cells.get(one.columns[head]) for head in _ANSWERS if head in one.columns}
    for head, cell in cells.items():
        if cell is None and _is_covered(one, row.number, one.columns[head]):
            problems.append(f"“{head}”在合并的单元格中")
        elif cell is not None and cell.left is not None:
            problems.append(f"“{head}”中有划掉的文字")
        elif cell is not None and cell.kind is CellKind.ERROR:
            problems.append(f"“{head}”是错误值")
        elif cell is not None and len(cell.text) > _LONGEST:
            problems.append(f"“{head}”太长")

    def text(head: str) -> str:
        cell = cells.get(head)
        return cell.text.strip() if cell else ""

    days = {head: _day(cells.get(head), head, problems) for head in DATES}
    chosen = "".join(text(FINISHED).split())
    finished = True if chosen in _YES else False if chosen in _NO else None
    if chosen and finished is None:
        problems.append(f"“{FINISHED}”应填“{YES}”或“{NO}”")
    answer = DemandAnswer(
        finished, text(ANSWER), days[DAY], text(BY), text(HOW), days[TOLD_ON], days[DUE], text(REASON)
    )
    return answer, "；".join(problems)


def _day(cell: Raw | None, head: str, problems: list[str]) -> date | None:
    if cell is None or not cell.text.strip():
        return None
    found = typed_dates.day(cell.text)
    if found is None:
        problems.append(f"“{head}”不是一个确定的日期（{cell.text.strip()[:20]}）")
    return found


def _is_covered(one: _Table, row: int, column: int) -> bool:
    return any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in one.merged)


def _stray(one: _Table, row: SheetRow) -> str:
    """Return a note on a row that is no demand's and has answers, "" where it has none."""
    answered = any(one.text(row, head) for head in _ANSWERS)
    return f"工作表“{one.title}”第{row.number}行看不出是哪件诉求，没有读取。" if answered else ""


def _once(rows: Sequence[ReturnedDemand]) -> tuple[ReturnedDemand, ...]:
    """Return the rows, copies that say the same once; of copies that differ each is refused."""
    by_key: dict[str, list[ReturnedDemand]] = {}
    for row in rows:
        same = by_key.setdefault(row.key, [])
        if all((one.answer, one.refused) != (row.answer, row.refused) for one in same):
            same.append(row)
    differing = {
        key: f"第{'、'.join(str(one.row) for one in same)}行是同一诉求而内容不同，无法判断以哪一行为准"
        for key, same in by_key.items()
        if len(same) > 1
    }
    kept = [one for same in by_key.values() for one in same]
    kept.sort(key=lambda one: one.row)
    return tuple(replace(one, refused=differing.get(one.key, one.refused)) for one in kept)
