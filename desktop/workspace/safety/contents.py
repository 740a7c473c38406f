"""What a workspace or a backup of it holds, in figures, and what one has that the other lacks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

from desktop.workspace import words
from desktop.workspace.file import holdings, packed
from desktop.workspace.file.holdings import Holdings
from desktop.workspace.file.transaction import translated

_COLUMNS = "id, at, person, unit_key, measure_key, field, after"
_CHANGES = f"SELECT {_COLUMNS} FROM changes WHERE before <> after ORDER BY id"


class Contents(Holdings):
    """What a workspace holds, and the words for it."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """Return the figures, e.g. 45项有填报，310次改动，佐证材料12份."""
        if not self.changes and not self.files and not self.rounds:
            return "没有填报内容"
        told = [f"{self.entries}项有填报", f"{self.changes}次改动"]
        told += [f"佐证材料{self.files}份"] if self.files else []
        told += [f"填报轮次{self.rounds}个"] if self.rounds else []
        return "，".join(told)

    @property
    def last(self) -> str:
        """Return when and by whom the newest change was made, e.g. 2026-11-20 09:14（张三）, or ""."""
        when = words.moment(self.last_at)
        return f"{when}（{self.last_by}）" if when and self.last_by else when


def of(db: sqlite3.Connection) -> Contents:
    """Return what the open workspace or backup ``db`` holds. Raises DamagedError when it cannot be read."""
    return Contents(*astuple(holdings.of(db)))


def of_file(path: Path, *, thorough: bool = False) -> Contents:
    """Return what the backup at ``path`` holds; ``thorough`` checks each of its pages as well.

    A packed one tells it without being unpacked, unless ``thorough``. Raises DamagedError when it is not
    whole, KnownError when it cannot be read.
    """
    told = packed.about(path)
    if told is not None and not thorough:
        return Contents(*astuple(told.holdings))
    with packed.opened(path, thorough=thorough) as db:
        return of(db)


def lost(present: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """Return how many changes ``present`` has that ``other`` has not: lost if that takes its place."""
    gone = 0
    with translated(), closing(other.execute(_CHANGES)) as kept:
        there = kept.fetchone()
        for change in present.execute(_CHANGES):  # both in the order of their ids, and neither in memory
            while there is not None and there[0] < change[0]:
                there = kept.fetchone()
            gone += there != change
    return gone
