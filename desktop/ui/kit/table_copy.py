"""Rows of a table on the clipboard, twice: as an HTML table and as tab-separated text.

Excel, WPS, LibreOffice and Word take the HTML, everything else takes the text. Cells are words and stay
words: none becomes a formula, a date or a rounded number. In HTML the format of each cell says so
(``mso-number-format`` for Excel and WPS, ``sdnum`` for LibreOffice); the text has no formats, and there an
apostrophe goes before what a spreadsheet would calculate, or shorten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

from desktop.ui.kit import clipboard

_ACTIVE = re.compile(r"\s*[=+\-@＝＋－＠]\s*\S|0\d+$|\d{12,}$")
"""A formula, also one in full-width signs or after a space; digits that lose a zero or their last places."""

_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>'
    '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'
)
_FOOT = "</table></body></html>"
_CELL = "style='vertical-align:top;mso-number-format:\"\\@\"' sdnum='2052;0;@'"
_BREAK = '<br style="mso-data-placement:same-cell">'


def mime(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> QMimeData:
    """Return what to put on the clipboard for rows of words under titles."""
    made = clipboard.empty()
    made.setText(text(titles, rows))
    made.setHtml(html(titles, rows))
    return made


def text(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a line for each row, its cells parted by tabs, with line breaks kept inside quoted cells."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in (titles, *rows))


def html(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a page with one table."""
    head = "".join(_cell("th", title) for title in titles)
    lines = ("".join(_cell("td", words) for words in row) for row in rows)
    return _HEAD + "".join(f"<tr>{line}</tr>" for line in (head, *lines)) + _FOOT


def _quoted(words: str) -> str:
    words = "\n".join(_lines(words))
    if _ACTIVE.match(words):
        words = f"'{words}"
    if any(mark in words for mark in '\t\n"'):
        words = '"{}"'.format(words.replace('"', '""'))
    return words


def _cell(tag: str, words: str) -> str:
    return f"<{tag} {_CELL}>{_BREAK.join(map(escape, _lines(words)))}</{tag}>"


def _lines(words: str) -> list[str]:
    """Return the lines of a cell without the characters that no clipboard takes."""
    return ["".join(c for c in line if c == "\t" or c >= " ") for line in words.splitlines()] or [""]
