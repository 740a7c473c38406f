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
from desktop.workspace.items import journalled

_COLUMNS = "id, at, person, unit_key, measure_key, field, after"
_CHANGES = f"SELECT {_COLUMNS} FROM changes WHERE before <> after ORDER BY id"
_WRITES = (
    "SELECT machine, counter, value FROM journal"
    f" WHERE noun NOT IN ('{journalled.ITEM}', '{journalled.NOTE}') AND blank = 0 ORDER BY machine, counter"
)
"""What was written of enterprises, visits and demands; that of checklists and notes is among the changes."""


class Contents(Holdings):
    """What a workspace holds, and the words for it."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """Return the figures, e.g. 45项有填报，310次改动，走访5次."""
        more = (
            (self.files, "佐证材料{}份"),
            (self.rounds, "填报轮次{}个"),
            (self.firms, "企业{}家"),
            (self.visits, "走访{}次"),
            (self.demands, "诉求{}件"),
        )
        told = [words.format(number) for number, words in more if number]
        if self.changes or (told and not (self.firms or self.visits or self.demands)):
            told[:0] = [f"{self.entries}项有填报", f"{self.changes}次改动"]
        return "，".join(told) or "没有填报内容"

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
    """Return how many changes ``present`` has that ``other`` has not: lost if that takes its place.

    Both have today's tables. What was deleted for good is no loss.
    """
    with translated():
        return _missed(present, other, _CHANGES, 1) + _missed(present, other, _WRITES, 2)


def _missed(present: sqlite3.Connection, other: sqlite3.Connection, rows: str, key: int) -> int:
    """Return how many ``rows``, in the order of their first ``key`` columns, ``other`` lacks."""
    missed = 0
    with closing(other.execute(rows)) as kept:
        there = kept.fetchone()
        for row in present.execute(rows):  # neither is in memory
            while there is not None and there[:key] < row[:key]:
                there = kept.fetchone()
            missed += there != row
    return missed
