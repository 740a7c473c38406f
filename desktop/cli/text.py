"""Plain text in columns, for terminals in which a Chinese character is two cells wide."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

# Punctuation that may not begin a line.
NOT_FIRST = "，。、；：！？）》”’】〕"


def printable(text: str) -> str:
    """Return ``text`` with control characters but line ends as spaces: nothing steers the terminal."""
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(character: str) -> str:
    steers = unicodedata.category(character) == "Cc" and character != "\n"
    return " " if steers else character


def width(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    return sum(map(_CELLS.__getitem__, text))


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
        begin, used = 0, 0
        for first, end, wide in _pieces(paragraph):
            if used + wide > cells and begin < first and paragraph[first:end] not in NOT_FIRST:
                lines.append(paragraph[begin:first].rstrip())
                blank = paragraph[first].isspace()
                begin, used = (end, 0) if blank else (first, wide)
            else:
                used += wide
        lines.append(paragraph[begin:].rstrip())
    return lines


class _Cells(dict[str, int]):
    """How many cells each character takes, found out when it is first met."""

    def __missing__(self, character: str) -> int:
        zero = unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf")
        cells = 0 if zero else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        self[character] = cells
        return cells


_CELLS = _Cells()


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield begin, end and cells of what stays whole: single wide characters, spaces, runs of the rest."""
    begin, joined = 0, 0
    for at, character in enumerate(text):
        wide = _CELLS[character]
        if wide < 2 and not character.isspace():
            joined += wide
            continue
        if begin < at:
            yield begin, at, joined
        yield at, at + 1, wide
        begin, joined = at + 1, 0
    if begin < len(text):
        yield begin, len(text), joined


def tell_unread(names: Iterable[str]) -> None:
    """Say which names of a file were not known."""
    print(printable(f"文件中有不认识的项目，没有采用：{'、'.join(names)}。"), file=sys.stderr)
