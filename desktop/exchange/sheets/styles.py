"""The looks of cells, by name, and the colours of a status and a light: fixed, or by the word in the cell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, assert_never

from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Color, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.sheets.layout import BODY_SIZE, CODE_SIZE
from desktop.workspace.items.model import Light, Status

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
STANDARD_FONT, STANDARD_SIZE = "Arial", 10  # its digits are 7 pixels wide
TITLE_SIZE, SECTION_SIZE = 20, 14
DATE_FORMAT = "yyyy-mm-dd"
COUNT_FORMAT = "0;;;"  # a zero shows nothing
TEXT_FORMAT = "@"  # what is typed stays text: no 3-5 becomes a date, no leading - a formula

INK, RED, BLUE, HEAD_FILL = "FF000000", "FFC00000", "FF1F4E79", "FFEDEDED"


def _status_fill(status: Status) -> str:
    match status:
        case Status.NOT_STARTED:
            return "FFFFFFFF"
        case Status.UNDER_WAY:
            return "FFDDEBF7"
        case Status.DONE:
            return "FFE2EFDA"
        case Status.CLOSED:
            return "FFC6E0B4"
        case Status.NOT_APPLICABLE:
            return "FFD9D9D9"
    assert_never(status)


def _light_fill(light: Light) -> str:
    match light:
        case Light.RED:
            return "FFF4B6B6"
        case Light.YELLOW:
            return "FFFFE699"
        case Light.GREEN:
            return "FFC6E0B4"
        case Light.GREY:
            return "FFEDEDED"
    assert_never(light)


STATUS_FILL: Mapping[Status, str] = {status: _status_fill(status) for status in Status}
LIGHT_FILL: Mapping[Light, str] = {light: _light_fill(light) for light in Light}
"""Colours as ARGB."""


class CellLook(StrEnum):
    """The styles, by name."""

    TITLE = "清单标题"
    SUBTITLE = "清单依据"
    FACT_LEFT = "清单说明左"
    FACT_MIDDLE = "清单说明中"
    FACT_ALERT = "清单说明警示"
    FACT_RIGHT = "清单说明右"
    HEAD = "清单表头"
    TEXT = "清单正文"
    CENTRE = "清单居中"
    FILL = "清单填报"
    FILL_LONG = "清单填报长文"
    FILL_CENTRE = "清单填报居中"
    DATE = "清单日期"
    NOTE = "清单附注"
    NUMBER = "清单数字"
    PART = "清单图中数字"
    SHARE = "清单占比"
    LINK = "清单链接"
    TOTAL = "清单合计"
    TOTAL_SHARE = "清单合计占比"
    CODE = "清单代码"
    ALERT = "清单醒目"
    SECTION = "清单分节"


Styles = Mapping[str, StyleArray]


def status_look(status: Status) -> str:
    """Return the name of the style of a status cell."""
    return f"清单状态{status.value}"


def light_look(light: Light) -> str:
    """Return the name of the style of a light cell."""
    return f"清单亮灯{light.value}"


def add_styles(workbook: Workbook) -> Styles:
    """Add the parts of all styles to ``workbook`` and return what a cell needs to take each of them on.

    The standard font, by whose digits programs measure widths, is one that each of them has or draws alike.
    The styles are bound but not listed under their names: writing the list takes as long as writing a sheet.
    """
    standard = Font(name=STANDARD_FONT, family=2, sz=STANDARD_SIZE)
    made_of: Any = workbook
    made_of._fonts[0] = standard
    made_of._named_styles["Normal"].font = standard
    made = _every_style()
    for style in made:
        style.bind(workbook)
    return {style.name: style.as_tuple() for style in made}


def fill(colour: str) -> PatternFill:
    """Return a plain fill, usable in a cell and in a conditional format alike."""
    return PatternFill("solid", fgColor=colour, bgColor=colour)


@cache
def head_run() -> InlineFont:
    """Return the font of a measure's title at the beginning of its text."""
    return InlineFont(rFont=BODY_FONT, charset=134, family=1, b=True, sz=BODY_SIZE, color=Color(rgb=INK))


def _every_style() -> list[NamedStyle]:
    """Return every style, new: a style belongs to one workbook."""
    body, code, head = _font(BODY_FONT), _font(BODY_FONT, CODE_SIZE), _font(HEAD_FONT)
    thin = Side(style="thin", color=INK)
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    left, centre, right = (Alignment(h, "center", wrap_text=True) for h in ("left", "center", "right"))
    locked, unlocked = Protection(locked=True), Protection(locked=False)

    def style(
        name: str,
        font: Font,
        alignment: Alignment,
        border: Border | None = box,
        protection: Protection = locked,
        number_format: str = "General",
        colour: str = "",
    ) -> NamedStyle:
        return NamedStyle(
            name,
            font=font,
            alignment=alignment,
            border=border,
            protection=protection,
            number_format=number_format,
            fill=fill(colour) if colour else None,
        )

    made = [
        style(CellLook.TITLE, _font(TITLE_FONT, TITLE_SIZE), centre, None),
        style(CellLook.SUBTITLE, body, centre, None),
        style(CellLook.FACT_LEFT, head, left, None),
        style(CellLook.FACT_MIDDLE, head, centre, None),
        style(CellLook.FACT_ALERT, _font(HEAD_FONT, colour=RED), centre, None),
        style(CellLook.FACT_RIGHT, body, right, None),
        style(CellLook.HEAD, head, centre, colour=HEAD_FILL),
        style(CellLook.TEXT, body, left),
        style(CellLook.CENTRE, body, centre),
        style(CellLook.FILL, body, left, protection=unlocked, number_format=TEXT_FORMAT),
        style(
            CellLook.FILL_LONG,
            body,
            Alignment("left", "top", wrap_text=True),
            protection=unlocked,
            number_format=TEXT_FORMAT,
        ),
        style(CellLook.FILL_CENTRE, body, centre, protection=unlocked, number_format=TEXT_FORMAT),
        style(CellLook.DATE, body, centre, protection=unlocked, number_format=DATE_FORMAT),
        style(CellLook.NOTE, body, left, None),
        style(CellLook.NUMBER, body, centre),
        style(CellLook.PART, body, centre, number_format=COUNT_FORMAT),
        style(CellLook.SHARE, body, centre, number_format="0%"),
        style(CellLook.LINK, _font(BODY_FONT, colour=BLUE), left),
        style(CellLook.TOTAL, head, centre, colour=HEAD_FILL),
        style(CellLook.TOTAL_SHARE, head, centre, number_format="0%", colour=HEAD_FILL),
        style(CellLook.ALERT, _font(HEAD_FONT, colour=RED), centre),
        style(CellLook.SECTION, _font(HEAD_FONT, SECTION_SIZE), Alignment("left", "bottom"), None),
        style(CellLook.CODE, code, Alignment(vertical="center"), None, number_format=TEXT_FORMAT),
    ]
    made += [
        style(
            status_look(status), body, centre, protection=unlocked, number_format=TEXT_FORMAT, colour=colour
        )
        for status, colour in STATUS_FILL.items()
    ]
    made += [style(light_look(light), head, centre, colour=colour) for light, colour in LIGHT_FILL.items()]
    return made


def _font(name: str, size: int = BODY_SIZE, colour: str = INK) -> Font:
    """Return a Chinese font; family 1 (roman) for those with serifs, 2 (swiss) for 黑体."""
    return Font(name=name, charset=134, family=2 if name == HEAD_FONT else 1, sz=size, color=colour)


def colour_by_word(sheet: Worksheet, area: str, colours: Mapping[Status, str] | Mapping[Light, str]) -> None:
    """Colour the cells of ``area`` that hold one of the words, each in its colour (ARGB)."""
    for word, colour in colours.items():
        look = DifferentialStyle(fill=fill(colour))
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word.value}"'], dxf=look)
        sheet.conditional_formatting.add(area, rule)
