"""What a workspace or a backup of it holds, in figures, and what one has that the other lacks.

A backup may be older than some of the tables; what it does not know, it has none of.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.workspace import words
from desktop.workspace.file import seal
from desktop.workspace.file.connection import connect
from desktop.workspace.file.transaction import damaged, rotten, translated

_COLUMNS = "id, at, person, unit_key, measure_key, field, after"
_CHANGES = f"SELECT {_COLUMNS} FROM changes WHERE before <> after ORDER BY id"


@dataclass(frozen=True, slots=True)
class Contents:
    """Figures of a workspace. ``last_at`` and ``last_by`` are time and person of the newest change, or ""."""

    entries: int
    changes: int
    files: int
    rounds: int
    last_at: str
    last_by: str

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
    with translated():
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        last = db.execute(
            "SELECT at, person FROM changes WHERE before <> after ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return Contents(
            entries=_count(db, "entries WHERE revision > 0"),
            changes=_count(db, "changes WHERE before <> after"),
            files=_count(db, "evidence WHERE attached") if "evidence" in tables else 0,
            rounds=_count(db, "rounds") if "rounds" in tables else 0,
            last_at=str(last[0]) if last else "",
            last_by=str(last[1]) if last else "",
        )


def of_file(path: Path, *, thorough: bool = False) -> Contents:
    """Return what the backup at ``path`` holds; ``thorough`` checks each of its pages as well.

    Raises DamagedError when it is not whole, KnownError when it cannot be read.
    """
    if thorough and seal.is_broken(path):
        raise rotten()
    with closing(connect(path, "immutable=1")) as db:
        if thorough:
            with translated():
                (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise damaged()
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


def _count(db: sqlite3.Connection, what: str) -> int:
    (found,) = db.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(found)
