"""Plain text in columns, for terminals in which a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# Punctuation that may not begin a line.
NOT_FIRST = "，。、；：！？）》”’】〕"


def printable(text: str) -> str:
    """Return ``text`` with control characters but line ends as spaces: nothing steers the terminal."""
    return "".join(" " if unicodedata.category(c) == "Cc" and c != "\n" else c for c in text)


def width(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    return sum(_cells(character) for character in text)


def pad(text: str, cells: int) -> str:
    """Return ``text`` filled with spaces up to ``cells`` terminal cells."""
    return text + " " * max(0, cells - width(text))


def table(rows: Iterable[Sequence[str]], indent: str = "", gap: str = "  ") -> str:
    """Return ``rows`` as lines with aligned columns; the last column is neither padded nor cut."""
    lines = [[printable(cell).replace("\n", " ") for cell in row] for row in rows]
    if not lines:
        return ""
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        indent + gap.join([*(pad(c, w) for c, w in zip(row[:-1], widths, strict=False)), row[-1]]).rstrip()
        for row in lines
    )


def wrap(text: str, cells: int) -> list[str]:
    """Return ``text`` broken into lines of at most ``cells`` cells (one more for a closing mark).

    Chinese may break anywhere but before closing punctuation; runs of Latin letters, digits and option names
    stay whole where they fit.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line) + width(piece) > cells and piece not in NOT_FIRST:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _pieces(text: str) -> list[str]:
    """Split ``text`` into what stays whole: single wide characters, spaces, and runs of anything else."""
    pieces: list[str] = []
    joins = False
    for character in text:
        narrow = _cells(character) < 2 and not character.isspace()
        if narrow and joins:
            pieces[-1] += character
        else:
            pieces.append(character)
        joins = narrow
    return pieces
