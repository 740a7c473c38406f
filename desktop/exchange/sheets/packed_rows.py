"""The rows of a long table as the XML that they become, packed in memory while the rest is made."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_EFFORT = 1  # of 9: they are unpacked again when the workbook is saved
_TOGETHER = 200_000  # characters


class PackedRows:
    """Rows from the number ``first`` on; ``count`` says how many there are.

    A packed row takes some hundred bytes, as cells of openpyxl it takes ten thousand.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self.count = 0
        self._packing = zlib.compressobj(_EFFORT)
        self._packed: list[bytes] = []
        self._waiting: list[str] = []
        self._length = 0

    def add(self, xml: str) -> None:
        """Add the next row."""
        self.count += 1
        self._waiting.append(xml)
        self._length += len(xml)
        if self._length > _TOGETHER:
            self._pack()

    def pieces(self) -> Iterator[bytes]:
        """Yield the XML of all rows, a piece at a time; nothing can be added afterwards."""
        self._pack()
        self._packed.append(self._packing.flush())
        unpacking = zlib.decompressobj()
        for piece in self._packed:
            yield unpacking.decompress(piece)

    def _pack(self) -> None:
        self._packed.append(self._packing.compress("".join(self._waiting).encode()))
        self._waiting.clear()
        self._length = 0
