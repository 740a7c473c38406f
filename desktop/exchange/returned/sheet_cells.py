"""A sheet's cells as a person sees them, row by row: what is in them and of which kind, nothing guessed.

Elements are those of ECMA-376, part 1, section 18.3.1. Rows and cells that are empty are passed over, but
counted: a sheet formatted down to the last row is a hundred megabytes of nothing. What cannot be made out in
one cell is that cell's trouble: it may be one that nobody reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from desktop.exchange.returned import number_format, xml_stream
from desktop.exchange.returned import workbook_parts as parts
from desktop.exchange.returned.number_format import What
from desktop.exchange.returned.package import SAVE_AGAIN, Package, RefusedError
from desktop.exchange.returned.workbook_parts import (
    Run,
    Runs,
    SheetPart,
    WorkbookParts,
    count_text,
    unescaped,
)

MOST_ROWS = 50_000
MOST_CELLS = 400_000
MOST_MERGED = 1_000
LONGEST_NUMBER = 40
SORTED_SIZE = 1024 * 1024
"""Bytes of a sheet that is read whole before its first row is looked at; a checklist's has a tenth."""

_ROW = "worksheet/sheetData/row"
_CELL = f"{_ROW}/c"
_VALUE, _FORMULA = f"{_CELL}/v", f"{_CELL}/f"
_MERGED = "worksheet/mergeCells/mergeCell"

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?\s*", re.ASCII)
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*)?", re.ASCII)


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "文字"
    NUMBER = "数字"
    DATE = "日期"
    BOOLEAN = "逻辑值"
    ERROR = "错误值"
    FORMULA = "公式"


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell that is not empty. ``text`` is what a person would read in it, or the formula.

    A date whose year, month and day are all shown has the text ``YYYY-MM-DD``; another one, and a number,
    what is shown. ``day`` is the day that a number would be as a serial number, None when that is no day;
    ``digits`` the number in full, "" for what is none. ``left`` is the text without what is struck out, None
    when nothing is. ``unclear`` is true when it is not known how the cell shows its number. ``result`` is
    what a formula gave when the workbook was saved, None where the file does not say.
    """

    kind: CellKind
    text: str
    day: date | None = None
    digits: str = ""
    left: str | None = None
    unclear: bool = False
    result: Raw | None = None


TWICE = Raw(CellKind.ERROR, "同一格写有两个值")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number and its cells by column, both from 1."""

    number: int
    cells: Mapping[int, Raw]

    def text(self, column: int) -> str:
        """Return the text of a cell, empty when there is none."""
        found = self.cells.get(column)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, borders included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetReader:
    """One sheet, read while its rows are asked for; ``merged`` is known when they have all been read."""

    package: Package
    parts: WorkbookParts
    place: SheetPart
    merged: list[Area] = field(default_factory=list)

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that are not empty, from the top. Raises RefusedError, as reading always does.

        Rows may stand in the file in any order, as long as it is no larger than :data:`SORTED_SIZE`.
        """
        heard = _Cells(self)
        if self.package.unpacked_size(self.place.part) <= SORTED_SIZE:
            xml_stream.hear(self.package, self.place.part, heard)
            yield from _sorted(heard.rows)
            return
        last = 0
        for _ in xml_stream.steps(self.package, self.place.part, heard):
            for row in heard.rows:
                if row.number <= last:
                    raise self.refused("中各行的顺序是乱的", SAVE_AGAIN)
                last = row.number
                yield row
            heard.rows.clear()

    def refused(self, reason: str, hint: str) -> RefusedError:
        """Return the refusal of the workbook for this sheet; ``reason`` goes on after the sheet's title."""
        return self.package.refused(f"的工作表“{self.place.title}”{reason}", hint)

    def crowded(self) -> RefusedError:
        """Return the refusal of a workbook with far too many rows or cells."""
        return self.refused(
            "中有大量空白行或空白格",
            "请选中表格下方和右侧的空白行列，删除后保存，再导入；或者把填好的内容复制到重新导出的清单中。",
        )


def _sorted(rows: list[SheetRow]) -> list[SheetRow]:
    """Return the rows by their numbers; what is written twice for one cell can be either and is no value."""
    by_number: dict[int, SheetRow] = {}
    for row in rows:
        known = by_number.get(row.number)
        if known is not None:
            both = dict.fromkeys(known.cells.keys() & row.cells.keys(), TWICE)
            row = SheetRow(row.number, {**known.cells, **row.cells, **both})
        by_number[row.number] = row
    return [by_number[number] for number in sorted(by_number)]


class _Cells:
    """Hears a sheet. Of a cell's value (``v``) and its inline text (``is``) its type says which one holds."""

    def __init__(self, sheet: SheetReader) -> None:
        self.rows: list[SheetRow] = []
        self._sheet = sheet
        self._row = self._column = 0
        self._cells: dict[int, Raw] = {}
        self._type, self._style = "", 0
        self._inline = Runs(sheet.package, f"{_CELL}/is")
        self._heard: list[str] | None = None
        self._is_formula = False
        self._values: list[list[str]] = []
        self._formula: list[str] = []

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        if place == _CELL:
            self._begin_cell(attributes)
        elif place == _ROW:
            self._begin_row(attributes)
        elif place == _FORMULA:
            self._is_formula, self._heard = True, self._formula
        elif place == _VALUE:
            self._heard = []
            self._values.append(self._heard)
        elif place == _MERGED:
            self._merge(attributes.get("ref", ""))
        elif place.startswith(_CELL):
            self._inline.start(place, attributes)

    def end(self, place: str) -> None:
        if place in (_VALUE, _FORMULA):
            self._heard = None
        elif place == _CELL:
            self._end_cell()
        elif place == _ROW:
            if self._cells:
                self.rows.append(SheetRow(self._row, self._cells))
                self._cells = {}
        elif place.startswith(_CELL):
            self._inline.end(place)

    def data(self, text: str) -> None:
        if self._heard is None:
            self._inline.data(text)
        else:
            count_text(self._sheet.package, text)
            self._heard.append(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        spent = self._sheet.package.spent
        spent.rows += 1
        if spent.rows > MOST_ROWS:
            raise self._sheet.crowded()
        number = parts.number(attributes.get("r"), self._row + 1)
        if not 1 <= number <= _LAST_ROW:
            raise self._sheet.refused(f"中有第{number}行，表格没有这一行", SAVE_AGAIN)
        self._row, self._column, self._cells = number, 0, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        spent = self._sheet.package.spent
        spent.cells += 1
        if spent.cells > MOST_CELLS:
            raise self._sheet.crowded()
        said = attributes.get("r")
        found = _place(said) if said else (self._row, self._column + 1)
        if found is None or found[1] > _LAST_COLUMN:
            shown = (said or "")[:20]
            raise self._sheet.refused(f"第{self._row}行有一格的位置写作“{shown}”，没有这样的位置", SAVE_AGAIN)
        self._column = found[1]
        self._type, self._style = attributes.get("t", "n"), parts.number(attributes.get("s"))
        self._is_formula = False
        self._values, self._formula = [], []
        self._inline.clear()

    def _end_cell(self) -> None:
        found: Raw | None
        if self._type == "inlineStr":
            found = self._text(tuple(self._inline.runs))
        elif len(self._values) > 1:
            found = TWICE
        else:
            found = self._value("".join(self._values[0])) if self._values else None
        if self._is_formula:
            found = Raw(CellKind.FORMULA, "=" + "".join(self._formula)[:200], result=found)
        if found is not None and found.text:
            self._cells[self._column] = TWICE if self._column in self._cells else found

    def _value(self, text: str) -> Raw | None:
        """Return the cell whose value element holds ``text``."""
        if self._type == "s":
            index = parts.number(text, -1)
            if not 0 <= index < len(self._sheet.parts.texts):
                return Raw(CellKind.ERROR, f"第{text.strip()[:20]}号文字，工作簿中没有")
            runs = self._sheet.parts.texts[index]
            for piece, _ in runs:
                count_text(self._sheet.package, piece)
            return self._text(runs)
        if self._type == "str":
            return self._text(((text, None),))
        if self._type == "b":
            return Raw(CellKind.BOOLEAN, "TRUE" if text.strip() in {"1", "true"} else "FALSE")
        if self._type == "e":
            return Raw(CellKind.ERROR, text.strip())
        if self._type == "d":
            return self._iso_day(text.strip())
        return self._number(text)

    def _text(self, runs: tuple[Run, ...]) -> Raw:
        whole = unescaped("".join(piece for piece, _ in runs))
        by_cell = self._sheet.parts.format(self._style).struck
        if not by_cell and not any(struck for _, struck in runs):
            return Raw(CellKind.TEXT, whole)
        left = "".join(piece for piece, struck in runs if not (by_cell if struck is None else struck))
        return Raw(CellKind.TEXT, whole, left=unescaped(left) if left.strip() != whole.strip() else None)

    def _number(self, text: str) -> Raw | None:
        if not text.strip():
            return None
        if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            return Raw(CellKind.ERROR, text.strip()[:LONGEST_NUMBER])
        value = float(text)
        day = _day(self._sheet.parts.day_zero, value)
        form = self._sheet.parts.format(self._style)
        shown = number_format.show(form.code, value, day)
        digits = number_format.digits(value)
        left = "" if form.struck else None
        if shown.what in (What.DAY, What.PART_OF_DAY) and day is not None:
            seen = day.isoformat() if shown.what is What.DAY else shown.text or digits
            return Raw(CellKind.DATE, seen, day, digits, left, unclear=shown.text is None)
        seen = shown.text or digits
        return Raw(CellKind.NUMBER, seen, day, digits, left, unclear=shown.text is None)

    def _iso_day(self, text: str) -> Raw:
        left = "" if self._sheet.parts.format(self._style).struck else None
        found = _ISO_DAY.fullmatch(text)
        if not found:
            return Raw(CellKind.TEXT, text, left=left)
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            return Raw(CellKind.ERROR, text)
        return Raw(CellKind.DATE, day.isoformat(), day, left=left)

    def _merge(self, ref: str) -> None:
        if len(self._sheet.merged) >= MOST_MERGED:
            raise self._sheet.refused(
                f"中有{MOST_MERGED}处以上合并单元格", "请取消与清单无关的合并单元格，保存后再导入。"
            )
        first, _, last = ref.partition(":")
        start, end = _place(first), _place(last or first)
        if start is None or end is None:
            raise self._sheet.refused(f"有一处合并单元格写作“{ref[:30]}”，没有这样的位置", SAVE_AGAIN)
        (top, left), (bottom, right) = start, end
        self._sheet.merged.append(
            Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        )


def _place(text: str) -> tuple[int, int] | None:
    """Return row and column of a coordinate, None when it is none."""
    found = _PLACE.fullmatch(text.upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _day(zero: date, serial: float) -> date | None:
    """Return the day of a serial number, None for a time of day and for what no calendar has."""
    if not 1 <= serial < 2_958_466:
        return None
    try:
        return zero + timedelta(days=int(serial))
    except OverflowError:
        return None
