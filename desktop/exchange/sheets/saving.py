"""A finished workbook as a file: whole or not at all, and whether anybody has saved it since."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from html import escape
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from desktop import TITLE
from desktop.disk import write_beside
from desktop.exchange.sheets.cells import clean, escaped
from desktop.exchange.sheets.packed_rows import PackedRows

_CORE = "docProps/core.xml"
_SHARED = "xl/sharedStrings.xml"
_FIRST, _LAST = datetime(1980, 1, 1), datetime(2107, 12, 31, 23, 59, 58)
_EFFORT = 2  # of 9: a twelfth larger than the usual 6, in a third of the time
_LARGEST_CORE = 65_536  # bytes; ours has about 600
_NO_ROWS = re.compile(rb"<sheetData ?(?:/>|></sheetData>)")

Results = Mapping[str, Mapping[str, float | str]]
"""By sheet title: coordinate of a formula's cell → what the formula gives now."""


def save(
    workbook: Workbook,
    path: Path,
    title: str,
    at: datetime,
    results: Results | None = None,
    packed: Mapping[str, PackedRows] | None = None,
) -> None:
    """Write ``workbook`` to ``path`` in one step; ``packed`` are, by sheet title, rows that are no cells.

    ``at`` becomes its date of creation and of change; only whoever changes it later makes the two differ.

    :raises KnownError: when it cannot be written; ``path`` then is what it was.
    """
    moment = at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties = workbook.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, TITLE, TITLE
    properties.created = properties.modified = moment
    stream = BytesIO()
    _Writer(workbook, Archive(stream, at), results or {}, packed or {}).save()
    with write_beside(path) as new:
        new.write_bytes(stream.getvalue())


def is_untouched(path: Path) -> bool:
    """Say whether ``path`` is a workbook written here that nobody has saved since.

    Whoever saves a workbook brings its date of change up to date and moves its texts into a table of their
    own; a file that cannot be read counts as touched.
    """
    try:
        with ZipFile(path) as archive:
            if _SHARED in archive.namelist() or archive.getinfo(_CORE).file_size > _LARGEST_CORE:
                return False
            core = fromstring(archive.read(_CORE))
    except (
        OSError,
        BadZipFile,
        KeyError,
        ParseError,
        DefusedXmlException,
        NotImplementedError,
        RuntimeError,
    ):
        return False
    facts = {element.tag.rpartition("}")[2]: element.text for element in core}
    return facts.get("creator") == TITLE and facts.get("created") == facts.get("modified")


class Archive(ZipFile):
    """Takes parts in; each bears the time ``at``, or the nearest one that the format has."""

    def __init__(self, stream: BytesIO, at: datetime) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED, compresslevel=_EFFORT, strict_timestamps=False)
        self._at = min(max(at, _FIRST.replace(tzinfo=at.tzinfo)), _LAST.replace(tzinfo=at.tzinfo))

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        """Add a part; there is no other way to let it have a time."""
        super().writestr(self._part(zinfo_or_arcname), data, self.compression, self.compresslevel)

    def pour(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a part that is made a piece at a time."""
        part: Any = self._part(name)
        part.compress_type, part._compresslevel = self.compression, self.compresslevel
        with self.open(part, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)

    def _part(self, name: str) -> ZipInfo:
        part = ZipInfo(name, self._at.timetuple()[:6])
        part.external_attr = 0o600 << 16
        return part


class _Writer(ExcelWriter):
    """Writes a workbook in memory, not through files in the system's temporary folder."""

    def __init__(
        self, workbook: Workbook, archive: Archive, results: Results, packed: Mapping[str, PackedRows]
    ) -> None:
        super().__init__(workbook, archive)
        self._results, self._packed = results, packed
        self._parts = archive

    def write_worksheet(self, ws: Any) -> None:
        """Add a sheet to the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        packed = self._packed.get(ws.title)
        writer: Any = _SheetWriter(ws, self._results.get(ws.title, {}), packed.first if packed else 0)
        ws._rels = writer._rels
        if packed is None:
            self._parts.writestr(ws.path[1:], b"".join(writer.xml))
        else:
            before, after = writer.xml
            self._parts.pour(ws.path[1:], chain((before,), packed.pieces(), (after,)))
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes a sheet as openpyxl does, but for its rows.

    ``xml`` is the outcome in two parts, the second of which begins with the row ``second`` or a later one.
    """

    def __init__(self, ws: Any, results: Mapping[str, float | str], second: int = 0) -> None:
        stream = BytesIO()
        super().__init__(ws, stream)
        self._results, self._second = results, second
        self._rows = ("", "")
        self.write()
        before, after = _NO_ROWS.split(stream.getvalue(), 1)
        first, last = self._rows
        self.xml = before + f"<sheetData>{first}".encode(), f"{last}</sheetData>".encode() + after

    def write_rows(self) -> None:
        """Leave the place of the rows empty, and make them."""
        stream: Any = self.xf.send(True)
        with stream.element("sheetData"):
            pass
        self.xf.send(None)
        sheet: Any = self.ws
        rows: Any = self.rows()
        middle = bisect_left([number for number, _ in rows], self._second)
        first, last = (
            rows_xml(part, sheet.row_dimensions, self._results) for part in (rows[:middle], rows[middle:])
        )
        self._rows = first, last
        sheet._hyperlinks.extend(cell.hyperlink for _, cells in rows for cell in cells if cell.hyperlink)


_DAY_ZERO = date(1899, 12, 30)


def rows_xml(
    rows: Iterable[tuple[int, Iterable[Cell]]],
    attributes: Mapping[int, Mapping[str, str]],
    results: Mapping[str, float | str],
) -> str:
    """Return the content of ``sheetData``.

    ``rows`` are row numbers with their cells from left to right, ``attributes`` those of the row elements
    (height); ``results`` gives, by coordinate, what a formula gives now.
    """
    fonts: dict[int, str] = {}
    parts = []
    for number, cells in rows:
        own = "".join(f' {name}="{value}"' for name, value in dict(attributes.get(number, {})).items())
        parts.append(f'<row r="{number}"{own}>')
        parts += [_cell(cell, results, fonts) for cell in cells if cell.value is not None or cell.has_style]
        parts.append("</row>")
    return "".join(parts)


def _cell(cell: Any, results: Mapping[str, float | str], fonts: dict[int, str]) -> str:
    """Return one cell."""
    coordinate = f"{get_column_letter(cell.column)}{cell.row}"
    head = f'<c r="{coordinate}" s="{cell.style_id}"'
    value, kind = cell.value, cell.data_type
    if value is None:
        return head + "/>"
    if kind == "s":
        return f'{head} t="inlineStr"><is>{_text(value, fonts)}</is></c>'
    if kind == "f":
        return f"{head}{_computed(escape(value[1:], quote=False), results.get(coordinate))}</c>"
    number = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f"{head}><v>{number!r}</v></c>"


def _computed(formula: str, result: float | str | None) -> str:
    """Return what stands in a computed cell: the end of its tag, the formula, what it gives now."""
    if isinstance(result, str):
        return f' t="str"><f>{formula}</f><v>{escape(escaped(clean(result)), quote=False)}</v>'
    known = "" if result is None else f"<v>{result!r}</v>"
    return f"><f>{formula}</f>{known}"


def _text(value: str | CellRichText, fonts: dict[int, str]) -> str:
    """Return a text, or the runs of a text in several fonts. Spaces at its ends count."""
    if isinstance(value, str):
        return f'<t xml:space="preserve">{escape(value, quote=False)}</t>'
    return "".join(
        f"<r>{_font(run.font, fonts)}{_text(run.text, fonts)}</r>"
        if isinstance(run, TextBlock)
        else f"<r>{_text(str(run), fonts)}</r>"
        for run in value
    )


def _font(font: InlineFont, fonts: dict[int, str]) -> str:
    """Return the properties of a run; a sheet has few fonts and many runs."""
    if id(font) not in fonts:
        fonts[id(font)] = tostring(font.to_tree("rPr"), encoding="unicode")
    return fonts[id(font)]
