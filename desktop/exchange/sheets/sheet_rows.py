"""A sheet's rows as XML, in place of openpyxl's: several times as fast, and formulas carry their results.

openpyxl writes a formula without its result. Programs that compute show it at once, but previews on phones
and in mail show an empty cell. The elements are those of ECMA-376, part 1, section 18.3.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

from desktop.exchange.sheets.cells import clean, escaped

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
        return f"{head}{_computed(escape(value[1:]), results.get(coordinate))}</c>"
    number = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f"{head}><v>{number!r}</v></c>"


def _computed(formula: str, result: float | str | None) -> str:
    """Return what stands in a computed cell: the end of its tag, the formula, what it gives now."""
    if isinstance(result, str):
        return f' t="str"><f>{formula}</f><v>{escape(escaped(clean(result)))}</v>'
    known = "" if result is None else f"<v>{result!r}</v>"
    return f"><f>{formula}</f>{known}"


def _text(value: str | CellRichText, fonts: dict[int, str]) -> str:
    """Return a text, or the runs of a text in several fonts. Spaces at its ends count."""
    if isinstance(value, str):
        return f'<t xml:space="preserve">{escape(value)}</t>'
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
