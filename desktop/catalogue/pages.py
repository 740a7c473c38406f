"""Give a finished, vacuumed SQLite file the same bytes whichever SQLite wrote it.

Two things differ between runs and versions though the content does not: header fields that count changes and
name the SQLite version, and what was left in the unused middle of a page. Places are those of SQLite's file
format, sections 1.3 (header) and 1.6 (b-tree pages).
"""

from __future__ import annotations

from pathlib import Path

_CHANGE_COUNTER = slice(24, 28)
_COUNTER_AND_VERSION = slice(92, 100)
_FIXED_COUNTER = (1).to_bytes(4, "big")
_FIXED_VERSION = (3_040_000).to_bytes(4, "big")

_INTERIOR = (2, 5)
_LEAF = (10, 13)


def settle(path: Path) -> None:
    """Rewrite the file at ``path``; nobody may have it open."""
    data = bytearray(path.read_bytes())
    data[_CHANGE_COUNTER] = _FIXED_COUNTER
    data[_COUNTER_AND_VERSION] = _FIXED_COUNTER + _FIXED_VERSION
    page_size = _number(data, 16)
    for start in range(0, len(data), page_size):
        _clear_unused(data, start)
    path.write_bytes(data)


def _clear_unused(data: bytearray, start: int) -> None:
    """Zero what lies between a b-tree page's cell pointers and its cells; overflow pages begin with 0."""
    head = start + 100 if start == 0 else start
    if data[head] not in _INTERIOR + _LEAF:
        return
    pointers = head + (12 if data[head] in _INTERIOR else 8)
    unused = slice(pointers + 2 * _number(data, head + 3), start + _number(data, head + 5))
    data[unused] = bytes(unused.stop - unused.start)


def _number(data: bytearray, offset: int) -> int:
    """Return the two-byte number at ``offset``."""
    return int.from_bytes(data[offset : offset + 2], "big")
