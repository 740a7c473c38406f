"""A second reader of workbooks, not openpyxl: straight from the zip and the XML, by the published format.

It reads what a spreadsheet program would see: texts with ``_xHHHH_`` undone, formulas with the results stored
beside them, the look of each cell, and the set-up of each sheet. Elements are found by their local names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: ``fill`` is the colour or empty, ``locked`` as in a protected sheet."""

    font: str
    size: float
    fill: str
    number_format: str
    wrapped: bool
    locked: bool
    borders: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its type attribute, the text or number in it, the formula or an empty string, its look."""

    kind: str
    value: str | float | None
    formula: str
    look: Look


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``parts`` are its other elements by local name, as trees."""

    title: str
    state: str
    cells: dict[str, Cell]
    heights: dict[int, float]
    growing: frozenset[int]
    widths: dict[int, float]
    hidden_columns: frozenset[int]
    merged: frozenset[str]
    parts: dict[str, Any]

    def text(self, coordinate: str) -> str:
        """Return the text of a cell, empty when there is none."""
        cell = self.cells.get(coordinate)
        return cell.value if cell and isinstance(cell.value, str) else ""

    def find(self, text: str) -> str:
        """Return where the one cell with this text is."""
        (found,) = [at for at, cell in self.cells.items() if cell.value == text]
        return found

    def texts(self) -> list[str]:
        """Return every text, in the order of the file."""
        return [cell.value for cell in self.cells.values() if isinstance(cell.value, str)]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: sheets in order, defined names, document properties."""

    sheets: tuple[Sheet, ...]
    names: dict[tuple[str, str], str]
    properties: dict[str, str]
    members: frozenset[str]

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """Return the sheets that people see."""
        return tuple(sheet for sheet in self.sheets if sheet.state == "visible")

    def __getitem__(self, title: str) -> Sheet:
        (found,) = [sheet for sheet in self.sheets if sheet.title == title]
        return found


def read(path: Path) -> Book:
    """Read the workbook at ``path``."""
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        workbook = fromstring(archive.read("xl/workbook.xml"))
        targets = {
            relation.get("Id"): relation.get("Target").lstrip("/")
            for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        looks = _looks(fromstring(archive.read("xl/styles.xml")))
        sheets, titles = [], []
        for entry in _all(workbook, "sheet"):
            tree = fromstring(archive.read(targets[entry.get(_RELATION)]))
            sheets.append(_sheet(entry.get("name"), entry.get("state", "visible"), tree, looks))
            titles.append(entry.get("name"))
        names = {
            (name.get("name"), titles[int(name.get("localSheetId"))] if name.get("localSheetId") else ""): (
                name.text
            )
            for name in _all(workbook, "definedName")
        }
        core = fromstring(archive.read("docProps/core.xml"))
        properties = {_local(element): element.text or "" for element in core}
        return Book(tuple(sheets), names, properties, frozenset(archive.namelist()))


def column_of(sheet: Sheet, heading: str) -> str:
    """Return the letters of the column under a heading."""
    return column(sheet.find(heading))


def column(coordinate: str) -> str:
    """Return the letters of a coordinate."""
    return coordinate.rstrip("0123456789")


def row(coordinate: str) -> int:
    """Return the row number of a coordinate."""
    return int(coordinate.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _sheet(title: str, state: str, tree: Any, looks: list[Look]) -> Sheet:
    cells, heights, growing = {}, {}, set()
    for line in _all(tree, "row"):
        number = int(line.get("r"))
        if line.get("ht"):
            heights[number] = float(line.get("ht"))
            if line.get("customHeight") is None:
                growing.add(number)
        for cell in _all(line, "c"):
            assert cell.get("r") not in cells, "a cell twice"
            cells[cell.get("r")] = _cell(cell, looks)
    widths, hidden = {}, set()
    for entry in _all(tree, "col"):
        for number in range(int(entry.get("min")), int(entry.get("max")) + 1):
            widths[number] = float(entry.get("width", "13"))
            if entry.get("hidden") in {"1", "true"}:
                hidden.add(number)
    merged = frozenset(entry.get("ref") for entry in _all(tree, "mergeCell"))
    parts = {_local(element): element for element in tree if _local(element) != "conditionalFormatting"}
    parts["rules"] = _all(tree, "conditionalFormatting")
    return Sheet(title, state, cells, heights, frozenset(growing), widths, frozenset(hidden), merged, parts)


def _cell(cell: Any, looks: list[Look]) -> Cell:
    kind = cell.get("t", "n")
    formula = "".join(element.text or "" for element in _all(cell, "f"))
    value: str | float | None = None
    if kind == "inlineStr":
        value = "".join(_kept(element) for element in _all(cell, "t"))
    else:
        for element in _all(cell, "v"):
            value = (element.text or "") if kind == "str" else float(element.text)
    return Cell(kind, value, formula, looks[int(cell.get("s", "0"))])


def _kept(element: Any) -> str:
    """Return what a program keeps of a text: spaces at its ends only when the file says so."""
    text = element.text or ""
    if element.get(_SPACE) != "preserve":
        text = text.strip()
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _looks(styles: Any) -> list[Look]:
    parts = {_local(element): element for element in styles}
    formats = {int(f.get("numFmtId")): f.get("formatCode") for f in _all(styles, "numFmt")}
    formats |= {0: "General", 9: "0%", 49: "@"}
    looks = []
    for xf in parts["cellXfs"]:
        font = parts["fonts"][int(xf.get("fontId"))]
        fill = parts["fills"][int(xf.get("fillId"))]
        border = parts["borders"][int(xf.get("borderId"))]
        alignment, protection = _all(xf, "alignment"), _all(xf, "protection")
        solid = [p for p in _all(fill, "patternFill") if p.get("patternType") == "solid"]
        looks.append(
            Look(
                font=_all(font, "name")[0].get("val"),
                size=float(_all(font, "sz")[0].get("val")),
                fill=_all(solid[0], "fgColor")[0].get("rgb") if solid else "",
                number_format=formats[int(xf.get("numFmtId"))],
                wrapped=bool(alignment) and alignment[0].get("wrapText") == "1",
                locked=not protection or protection[0].get("locked") != "0",
                borders=[side.get("style") for side in border][:4] == ["thin"] * 4,
            )
        )
    return looks


def _all(tree: Any, name: str) -> list[Any]:
    return [element for element in tree.iter() if _local(element) == name]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
