"""Looking for changes: by time, person, source and field, a page at a time.

A history may be very long. What is asked is answered by the indexes: on item and unit, newest first, and the
one that holds all that can be sought, so that no text is read to count or to choose.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.workspace.file.transaction import translated
from desktop.workspace.items import changes, notes
from desktop.workspace.items.model import Change, ItemKey


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose changes: one item's, one unit's, or with neither all units'."""

    unit_key: str = ""
    measure_key: str = ""

    @classmethod
    def item(cls, key: ItemKey) -> Scope:
        """Return the scope that is one item."""
        return cls(key.unit_key, key.measure_key)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which changes: days are those of the clock of then, both included; empty means any."""

    first: date | None = None
    last: date | None = None
    person: str = ""
    source: str = ""
    field: str = ""


ANYTHING = Sought()
_SOUGHT = "FROM changes INDEXED BY changes_sought WHERE before <> after"
_PIECE = 1000  # changes read at once where all are wanted


def page(
    db: sqlite3.Connection,
    scope: Scope,
    sought: Sought = ANYTHING,
    *,
    limit: int = -1,
    before: int = 0,
    set_aside: bool = True,
) -> list[Change]:
    """Return the changes of ``scope`` that are ``sought``, newest first, with what workbooks said and was not
    taken unless ``set_aside`` is false.

    At most ``limit`` (-1 is all), only those older than the change with the id ``before`` (0 begins with the
    newest): that is how one turns the page.
    """
    where, values = _where(scope, sought)
    if before:
        where, values = f"{where} AND id < ?", [*values, before]
    if sought != ANYTHING and set_aside:  # found among the short rows of the index, and only then read
        where = f"id IN (SELECT id {_SOUGHT} AND {where} ORDER BY id DESC LIMIT ?)"
        values = [*values, limit]
    return changes.select(db, where, *values, limit=limit, set_aside=set_aside)


@dataclass(frozen=True, slots=True)
class Found:
    """Changes as :func:`page` returns them, read a piece at a time whenever one goes through them.

    A history of any length takes little memory. Between the pieces others may write; what is recorded
    meanwhile is not among them.
    """

    db: sqlite3.Connection
    scope: Scope = Scope()
    sought: Sought = ANYTHING
    set_aside: bool = True

    def __iter__(self) -> Iterator[Change]:
        before = 0
        while found := page(
            self.db, self.scope, self.sought, limit=_PIECE, before=before, set_aside=self.set_aside
        ):
            yield from found
            before = found[-1].id


def count(db: sqlite3.Connection, scope: Scope, sought: Sought = ANYTHING) -> int:
    """Return how many changes of ``scope`` are ``sought``."""
    where, values = _where(scope, sought)
    with translated():
        (found,) = db.execute(f"SELECT count(*) {_SOUGHT} AND {where}", values).fetchone()
    return int(found)


def documents(db: sqlite3.Connection, scope: Scope, sought: Sought = ANYTHING) -> tuple[str, ...]:
    """Return the keys of the documents that the changes of ``scope`` concern that are ``sought``."""
    where, values = _where(scope, sought)
    with translated():
        rows = db.execute(f"SELECT DISTINCT measure_key {_SOUGHT} AND {where}", values).fetchall()
    return tuple(dict.fromkeys(ItemKey("", key).document_key for (key,) in rows))


def people(db: sqlite3.Connection, scope: Scope) -> Sequence[str]:
    """Return who made changes in ``scope``, by name."""
    where, values = _where(scope, ANYTHING)
    with translated():
        rows = db.execute(f"SELECT DISTINCT person {_SOUGHT} AND {where} ORDER BY person", values).fetchall()
    return tuple(str(person) for (person,) in rows)


def undone(db: sqlite3.Connection, found: Sequence[Change]) -> set[int]:
    """Return the ids of those of ``found`` that were taken back later and not put again since."""
    if not found:
        return set()
    ids = {change.id for change in found}
    with translated():
        rows = db.execute(
            "SELECT undoes, max(id) FROM changes WHERE undoes >= ? GROUP BY undoes", (min(ids),)
        ).fetchall()
    taken_back = dict(rows)

    def gone(change_id: int) -> bool:
        later = taken_back.get(change_id)
        return later is not None and not gone(later)

    return {change_id for change_id in ids if gone(change_id)}


def _where(scope: Scope, sought: Sought) -> tuple[str, list[object]]:
    terms: list[tuple[str, object]] = []
    if scope.unit_key:
        terms.append(("unit_key = ?", scope.unit_key))
    else:
        terms.append(("unit_key <> ?", notes.NO_UNIT))
    if scope.measure_key:
        terms.append(("measure_key = ?", scope.measure_key))
    if sought.first:
        terms.append(("at >= ?", sought.first.isoformat()))
    if sought.last and sought.last < date.max:
        terms.append(("at < ?", (sought.last + timedelta(days=1)).isoformat()))
    for column in ("person", "source", "field"):
        if value := getattr(sought, column):
            terms.append((f"{column} = ?", value))
    return " AND ".join(term for term, _ in terms), [value for _, value in terms]
