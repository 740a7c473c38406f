"""The list of enterprises: a row for each, prepared once, looked through at each key without SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop import pinyin
from desktop.classification import credit_code
from desktop.pinyin import NameSounds
from desktop.workspace.enterprises import enterprises, judged
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.enterprises.names import firm_name
from desktop.workspace.file.transaction import translated

_VISIT, _PLANNED = "visit", "计划"


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A row of the list. ``visited`` is the day of the last visit, ``demands`` how many demands are open.

    ``size`` and ``industry`` are said in words; ``industry`` as it was typed where there is none such.
    """

    key: str
    name: str
    uscc: str
    size: str
    industry: str
    town: str
    visited: date | None
    demands: int


class FirmList:
    """Rows by name, ready to be filtered by name, code and pinyin."""

    def __init__(self, rows: tuple[FirmRow, ...]) -> None:
        self.rows = rows

    def filtered(self, text: str) -> tuple[FirmRow, ...]:
        """Return the rows that fit every word of a text, in their order; no text, all.

        A word fits by part of the name or of the town, by part of the code, by initials, or by the pinyin of
        a part of the name.
        """
        parts = [(word, credit_code.normal(part)) for part in text.split() if (word := firm_name(part))]
        kept = list(range(len(self.rows))) if parts or not text.strip() else []
        for word, code in parts:
            typed = pinyin.typed_name(word)
            kept = [at for at in kept if self._fits(at, word, code, typed)]
        return tuple(self.rows[at] for at in kept)

    def _fits(self, at: int, word: str, code: str, typed: str) -> bool:
        name, town, uscc = self._texts[at]
        if word in name or word in town or code in uscc:
            return True
        if not typed:
            return False
        sounds = self._sounds[at]
        return typed in sounds.initials or sounds.holds(typed)

    @cached_property
    def _texts(self) -> list[tuple[str, str, str]]:
        return [(firm_name(row.name), firm_name(row.town), credit_code.normal(row.uscc)) for row in self.rows]

    @cached_property
    def _sounds(self) -> list[NameSounds]:
        """Return how each name sounds; made when letters are first typed."""
        return [pinyin.of_name(name) for name, _, _ in self._texts]


def rows(
    db: sqlite3.Connection, as_of: date, demands: Mapping[str, int] | None = None
) -> tuple[FirmRow, ...]:
    """Return a row for each firm as it is known on a day, by name.

    ``demands`` is how many open demands each record has, by its key; those of merged records count for the
    firm, as their visits do.
    """
    records = enterprises.recorded(db)
    into = enterprises.ways(records)
    visited: dict[str, date] = {}
    for key, day in _last_visits(db, as_of).items():
        own = enterprises.resolved(into, key)
        visited[own] = max(day, visited.get(own, day))
    counted: dict[str, int] = {}
    for key, count in (demands or {}).items():
        own = enterprises.resolved(into, key)
        counted[own] = counted.get(own, 0) + count
    return tuple(
        _row(one, as_of, visited.get(one.key), counted.get(one.key, 0))
        for one in enterprises.standing(records)
    )


def _row(one: Enterprise, as_of: date, visited: date | None, demands: int) -> FirmRow:
    industry = one.known_industry
    return FirmRow(
        one.key,
        one.name,
        one.uscc,
        judged.size_words(judged.size_of(one, as_of)),
        industry.words if industry else one.industry,
        one.town,
        visited,
        demands,
    )


def _last_visits(db: sqlite3.Connection, as_of: date) -> dict[str, date]:
    """Return the day of the last visit that took place, by the key of the record visited."""
    with translated():
        found = db.execute(
            "SELECT json_extract(data, '$.enterprise'), max(json_extract(data, '$.date')) FROM records"
            " WHERE noun = ? AND coalesce(json_extract(data, '$.state'), '') <> ?"
            " AND json_extract(data, '$.date') <= ? GROUP BY 1",
            (_VISIT, _PLANNED, as_of.isoformat()),
        ).fetchall()
    days = {}
    for key, written in found:
        try:
            days[str(key)] = date.fromisoformat(written)
        except (TypeError, ValueError):
            continue
    return days
