"""A sheet's cells as they stand in the file, row by row: what is in them and of which kind, nothing guessed.

Elements are those of ECMA-376, part 1, section 18.3.1. Rows and cells that are empty are passed over, but
counted: a sheet formatted down to the last row is a hundred megabytes of nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from desktop.exchange.returned import xml_stream
from desktop.exchange.returned.package import Package, RefusedError
from desktop.exchange.returned.workbook_parts import Meaning, Parts, SheetPart, count_text, unescaped

MOST_ROWS = 50_000
MOST_CELLS = 400_000
MOST_MERGED = 1_000
LONGEST_NUMBER = 40

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

    ``day`` is the day that a number would be as a serial number, None when that is no day.
    """

    kind: CellKind
    text: str
    day: date | None = None


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
class Sheet:
    """One sheet, read while its rows are asked for; ``merged`` is known when they have all been read."""

    package: Package
    parts: Parts
    place: SheetPart
    merged: list[Area] = field(default_factory=list)

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that are not empty, from the top. Raises RefusedError, as reading always does."""
        heard = _Cells(self)
        for _ in xml_stream.steps(self.package, self.place.part, heard):
            yield from heard.rows
            heard.rows.clear()

    def crowded(self) -> RefusedError:
        """Return the refusal of a workbook with far too many rows or cells."""
        return self.package.refused(
            f"的工作表“{self.place.title}”中有大量空白行或空白格",
            "请选中表格下方和右侧的空白行列，删除后保存，再导入；或者把填好的内容复制到重新导出的清单中。",
        )


class _Cells:
    """Hears a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows: list[SheetRow] = []
        self._sheet = sheet
        self._row = self._column = 0
        self._cells: dict[int, Raw] = {}
        self._type, self._style = "", 0
        self._heard = ""  # the element whose text is being heard: v, t or f
        self._reading = False
        self._is_formula = False
        self._values: list[str] = []
        self._formula: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._is_formula, self._heard = True, "f"
        elif name in {"v", "t"}:
            self._heard = "" if self._reading else name
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name in {"v", "t", "f"}:
            self._heard = ""
        elif name == "rPh":
            self._reading = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self.rows.append(SheetRow(self._row, self._cells))
            self._cells = {}

    def data(self, text: str) -> None:
        if self._heard:
            count_text(self._sheet.package, text)
            (self._formula if self._heard == "f" else self._values).append(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        spent = self._sheet.package.spent
        spent.rows += 1
        if spent.rows > MOST_ROWS:
            raise self._sheet.crowded()
        number = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        if not self._row < number <= _LAST_ROW:
            raise ValueError("rows out of order")
        self._row, self._column, self._cells = number, 0, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        spent = self._sheet.package.spent
        spent.cells += 1
        if spent.cells > MOST_CELLS:
            raise self._sheet.crowded()
        place = attributes.get("r")
        column = _place(place)[1] if place else self._column + 1
        if not self._column < column <= _LAST_COLUMN:
            raise ValueError("cells out of order")
        self._column = column
        self._type, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        self._is_formula = False
        self._values, self._formula = [], []

    def _end_cell(self) -> None:
        if self._is_formula:
            self._cells[self._column] = Raw(CellKind.FORMULA, "=" + "".join(self._formula)[:200])
            return
        found = self._value("".join(self._values)) if self._values else None
        if found is not None and found.text:
            self._cells[self._column] = found

    def _value(self, text: str) -> Raw | None:
        """Return the cell whose value element holds ``text``."""
        if self._type == "s":
            index = int(text)
            if index < 0:
                raise ValueError("no such text")
            shared = self._sheet.parts.texts[index]
            count_text(self._sheet.package, shared)
            return Raw(CellKind.TEXT, shared)
        if self._type in {"inlineStr", "str"}:
            return Raw(CellKind.TEXT, unescaped(text))
        if self._type == "b":
            return Raw(CellKind.BOOLEAN, "TRUE" if text.strip() in {"1", "true"} else "FALSE")
        if self._type == "e":
            return Raw(CellKind.ERROR, text.strip())
        if self._type == "d":
            return _iso_day(text)
        return self._number(text)

    def _number(self, text: str) -> Raw | None:
        if not text.strip():
            return None
        if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            raise ValueError("no number")
        value = float(text)
        if not math.isfinite(value):
            return Raw(CellKind.ERROR, text.strip())
        day = _day(self._sheet.parts.day_zero, value)
        meaning = self._sheet.parts.meaning(self._style)
        if meaning is Meaning.DATE and day is not None:
            return Raw(CellKind.DATE, day.isoformat(), day)
        if meaning is Meaning.PERCENT:
            return Raw(CellKind.NUMBER, f"{_digits(value * 100)}%")
        return Raw(CellKind.NUMBER, _digits(value), day)

    def _merge(self, ref: str) -> None:
        if len(self._sheet.merged) >= MOST_MERGED:
            raise self._sheet.crowded()
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        self._sheet.merged.append(Area(top, left, bottom, right))


def _place(text: str) -> tuple[int, int]:
    """Return row and column of a coordinate. Raises ValueError when it is none."""
    found = _PLACE.fullmatch(text)
    if not found:
        raise ValueError("no coordinate")
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


def _iso_day(text: str) -> Raw:
    found = _ISO_DAY.fullmatch(text.strip())
    if not found:
        return Raw(CellKind.TEXT, text.strip())
    day = date.fromisoformat(found[1])
    return Raw(CellKind.DATE, day.isoformat(), day)


def _digits(value: float) -> str:
    """Return a number as Excel shows it in full: no ``.0``, no exponent where it can be helped."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"
