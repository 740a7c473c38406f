"""Words in a PDF that can be copied and searched as they are written.

Many typefaces draw 小 (U+5C0F) and the radical ⼩ (U+2F29) with one glyph. Of each glyph, a PDF made by Qt
names only one character, often the radical: what is copied then looks right, and is not the notice's text.
The map from glyphs to characters is plain text in the file, four hexadecimal digits each, so that the
character that was meant can be put in its place without moving anything else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QRawFont

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_CHARACTERS = re.compile(rb"\[[^\]]*\]")
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
