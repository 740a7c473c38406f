"""What can be printed, and how it gets on paper or into a PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter, QRawFont

from desktop import TITLE
from desktop.disk import write_beside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtGui import QFont

    from desktop.ui.printing.paper import Paper


PDF_DOTS = 600


def save_pdf(paper: Paper, path: Path) -> None:
    """Write the paper as a PDF, beside ``path`` first and then moved into place.

    Raises KnownError when the file is open elsewhere, the disk is full or the folder forbidden; what was at
    ``path`` stays then.
    """
    made = pdf(paper)
    with write_beside(path) as new:
        new.write_bytes(made)


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS)
    writer.setPageLayout(paper.layout)
    writer.setTitle(paper.title)
    writer.setCreator(TITLE)
    paper.draw(writer, PDF_DOTS)
    del writer  # the file's end is written when the writer goes
    return quotable(bytes(buffer.data().data()), paper.words(), paper.fonts())


_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_CHARACTERS = re.compile(rb"\[[^\]]*\]|(?m:(?<=> )<[0-9A-Fa-f]{4}>$)")  # a list of them, or the only one
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]{4})>")


def quotable(pdf: bytes, words: str, fonts: Iterable[QFont]) -> bytes:
    """Return ``pdf`` with each glyph standing for a character of ``words``, all that was set in ``fonts``."""
    used = sorted(set(words))
    meant: dict[str, str] = {}
    drawn = [(raw, _glyphs(raw, used)) for raw in map(QRawFont.fromFont, fonts)]

    def own(found: re.Match[bytes]) -> bytes:
        named = chr(int(found[1], 16))
        if named not in meant:
            meant[named] = named if named in used else _same_glyph(named, drawn)
        return b"<%04X>" % ord(meant[named])

    def mend(found: re.Match[bytes]) -> bytes:
        return _CHARACTERS.sub(lambda listed: _CHARACTER.sub(own, listed[0]), found[0])

    return _MAP.sub(mend, pdf)


def _glyphs(raw: QRawFont, used: Iterable[str]) -> dict[int, str]:
    """Return which character each glyph draws, of those that are used and on the basic plane."""
    found = {}
    for character in used:
        if ord(character) <= 0xFFFF:
            glyph = _glyph(raw, character)
            if glyph:
                found[glyph] = character
    return found


def _same_glyph(named: str, drawn: Iterable[tuple[QRawFont, dict[int, str]]]) -> str:
    """Return the used character that is drawn with the glyph of ``named``; ``named`` if there is none."""
    for raw, characters in drawn:
        glyph = _glyph(raw, named)
        if glyph in characters:
            return characters[glyph]
    return named


def _glyph(raw: QRawFont, character: str) -> int:
    indexes = raw.glyphIndexesForString(character)
    return int(indexes[0]) if indexes else 0
