"""What a table colours by the word that stands in a cell, so that the colour follows when it is changed."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange.sheets.styles import fill
from desktop.workspace.items.model import Light, Status


def colour_by_word(sheet: Worksheet, area: str, colours: Mapping[Status, str] | Mapping[Light, str]) -> None:
    """Colour the cells of ``area`` that hold one of the words, each in its colour (ARGB)."""
    for word, colour in colours.items():
        look = DifferentialStyle(fill=fill(colour))
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word.value}"'], dxf=look)
        sheet.conditional_formatting.add(area, rule)
