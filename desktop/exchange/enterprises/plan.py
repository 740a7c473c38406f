"""From a sheet and what its columns are to a plan: what becomes of each row, and what is open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from desktop.classification import credit_code, industry
from desktop.errors import RuleError
from desktop.exchange.enterprises import cells, headings
from desktop.exchange.enterprises.cells import UnreadableCellError
from desktop.exchange.enterprises.headings import CODE, NAME, ColumnUse, Mapped
from desktop.exchange.enterprises.lists import FirmSheet
from desktop.exchange.returned.sheet_cells import Raw, SheetRow
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises import intake, recording
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.intake import FirmAsks, FirmLine, FirmPlan, FirmQuestion, LineAnswer
from desktop.workspace.enterprises.model import CONTACT, FACT, UNITS

_TOTALS = ("合计", "总计", "小计", "共计")
_BELOW = re.compile("(注|备注|说明|填表|填报|制表|审核|联系人|单位负责人|日期)")
_PARTS = ("contact", "post", "phone")


def plan(
    sheet: FirmSheet,
    mapping: Mapped,
    existing: KnownFirms,
    answers: Mapping[int, LineAnswer] | None = None,
) -> FirmPlan:
    """Plan what becomes of each row of a sheet; nothing is written.

    ``mapping`` says what each column is, ``existing`` which enterprises there are, ``answers`` what was
    decided about rows, by number.
    """
    lines = [line for row in sheet.rows if (line := _line(row, mapping, sheet.headings)) is not None]
    found = intake.planned(lines, existing, answers)
    numbers = {line.number for line in lines if NAME in line.fields}
    read = [row for row in sheet.rows if row.number in numbers]
    return FirmPlan(found.rows, (*_about_columns(sheet, mapping, read), *found.questions))


def _about_columns(sheet: FirmSheet, mapping: Mapped, read: Sequence[SheetRow]) -> list[FirmQuestion]:
    """Return what is to be asked about columns: no unit or year, formulas, two columns for one thing."""
    questions = [
        f"“{sheet.headings.get(column, '')}”一栏没有写明单位，按万元读取，请核对。"
        for column, use in mapping.items()
        if use.target in FIGURES and UNITS[use.target] == "万元" and not use.unit
    ]
    questions += [
        f"“{sheet.headings.get(column, '')}”一栏没有写明年度，记为日期不详，请核对。"
        for column, use in mapping.items()
        if use.target in FIGURES and use.day is None
    ]
    computed = [
        f"“{sheet.headings.get(column, '')}”"
        for column in mapping
        if any((cell := row.cells.get(column)) is not None and cell.result is not None for row in read)
    ]
    questions += [f"{'、'.join(computed)}中有公式，读取的是文件保存时算出的值，请核对。"] if computed else []
    used = {use.field for use in mapping.values()}
    questions += [
        f"“{head}”一栏与别的栏目意思相近，没有读取。"
        for column, head in sheet.headings.items()
        if column not in mapping and (use := headings.use_of(head)) and use.field in used
    ]
    return [FirmQuestion(FirmAsks.COLUMN, 0, text) for text in questions]


def _line(row: SheetRow, mapping: Mapped, heads: Mapping[int, str]) -> FirmLine | None:
    """Return what a row says, None for one that says nothing or is a sum."""
    fields: dict[str, Any] = {}
    parts: dict[str, str] = {}
    marks: list[str] = []
    lost = ""
    for column, use in mapping.items():
        cell = cells.seen(row.cells.get(column))
        try:
            if use.target == CODE:
                checked = cells.code(cell)
                lost = checked.code if checked.state == credit_code.LOST else ""
                marks += [checked.words] if checked.words else []
                if not lost and checked.code.casefold() not in cells.NOTHING:
                    fields[CODE] = cells.text(cell)
            elif use.target in _PARTS:
                part = {use.target: _text(cell)}
                _contact(part)  # so that one that cannot be kept does not take the others with it
                parts |= part
            else:
                value = _value(cell, use)
                if value is not None and value != "":
                    fields |= recording.cleaned({use.field: value})
        except UnreadableCellError as error:
            marks.append(f"“{heads.get(column, '')}”{error}，没有记入。")
        except RuleError as error:
            marks.append(
                f"“{heads.get(column, '')}”：{error.message.replace('，没有改动任何内容', '')}没有记入。"
            )
    fields |= _contact(parts)
    name = str(fields.get(NAME, ""))
    if name.strip(" ：:") in _TOTALS or not (fields or marks):
        return None
    if len(fields) == 1 and _BELOW.match(name):
        return FirmLine(row.number, {}, (f"“{name}”像是表格下方的说明，没有记入。",))
    marks += _about_industry(fields)
    return FirmLine(row.number, fields, tuple(marks), lost)


def _value(cell: Raw | None, use: ColumnUse) -> Any:
    if use.target in FIGURES:
        return cells.number(cell, use.unit, is_money=UNITS[use.target] == "万元")
    if use.target.startswith(f"{FACT}/"):
        return cells.answer(cell)
    return cells.taxpayer(cell) if use.target == "taxpayer" else _text(cell)


def _text(cell: Raw | None) -> str:
    said = cells.text(cell)
    return "" if said.casefold() in cells.NOTHING else said


def _contact(parts: Mapping[str, str]) -> dict[str, Any]:
    """Return the field of a contact, under a key that the same one has in each import."""
    name, post, phone = (parts.get(part, "") for part in _PARTS)
    if not (name or post or phone):
        return {}
    key = sha256("\n".join((name, post, phone)).encode()).hexdigest()[:16]
    return recording.cleaned({f"{CONTACT}/{key}": {"name": name, "post": post, "phone": phone}})


def _about_industry(fields: Mapping[str, Any]) -> list[str]:
    checked = industry.check(str(fields.get("industry", "")))
    return [checked.words] if checked.words else []
