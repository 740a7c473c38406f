"""The list of enterprises: a row for each, looked through at each key without SQL; sizes judged when seen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from desktop import pinyin
from desktop.classification import credit_code
from desktop.pinyin import NameSounds
from desktop.workspace.enterprises import enterprises, judged
from desktop.workspace.enterprises.model import MERGED, NOUN, enterprise_of
from desktop.workspace.enterprises.names import firm_name
from desktop.workspace.file.transaction import translated
from desktop.workspace.journal.model import Record

_VISIT, _PLANNED = "visit", "计划"
_SHOWN = ("name", "uscc", "town", MERGED)


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A row of the list. ``visited`` is the day of the last visit, ``demands`` how many demands are open.

    ``data`` is the record as it was read with the rest, ``as_of`` the day of which its size is told.
    ``former`` are names and codes of the records that were merged into it, by which it is found too.
    """

    key: str
    name: str
    uscc: str
    town: str
    visited: date | None
    demands: int
    data: str
    as_of: date
    former: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> str:
        """Return its size in words. It is judged when it is asked for: of most rows nobody sees it."""
        return _size_and_industry(self.data, self.as_of)[0]

    @property
    def industry(self) -> str:
        """Return its industry in words, as it was typed where there is none such."""
        return _size_and_industry(self.data, self.as_of)[1]


class FirmList:
    """Rows in their order, ready to be filtered by name, code and pinyin."""

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
        return [
            (
                "\n".join(map(firm_name, (row.name, *(name for name, _ in row.former)))),
                firm_name(row.town),
                "\n".join(map(credit_code.normal, (row.uscc, *(code for _, code in row.former)))),
            )
            for row in self.rows
        ]

    @cached_property
    def _sounds(self) -> list[NameSounds]:
        """Return how each name sounds; made when letters are first typed."""
        return [pinyin.of_name(firm_name(row.name), _syllables(row.name)) for row in self.rows]


def rows(
    db: sqlite3.Connection, as_of: date, demands: Mapping[str, int] | None = None
) -> tuple[FirmRow, ...]:
    """Return a row for each firm as it is known on a day, by how its name sounds, then by name and key.

    What is shorter stands before what it begins.

    ``demands`` is how many open demands each record has, by its key; those of merged records count for the
    firm, as their visits do.
    """
    records = _records(db)
    named = {key for key, _data, _shown in records}
    into = {key: merged for key, _data, (*_, merged) in records if merged in named}
    visited: dict[str, date] = {}
    for key, day in _last_visits(db, as_of).items():
        own = enterprises.resolved(into, key)
        visited[own] = max(day, visited.get(own, day))
    counted: dict[str, int] = {}
    for key, count in (demands or {}).items():
        own = enterprises.resolved(into, key)
        counted[own] = counted.get(own, 0) + count
    own_keys = {key: enterprises.resolved(into, key) for key in into}
    former: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, _data, (name, uscc, *_) in records:
        if (own := own_keys.get(key, key)) != key:
            former[own] = (*former.get(own, ()), (name, uscc))
    found = [
        FirmRow(
            key, name, uscc, town, visited.get(key), counted.get(key, 0), data, as_of, former.get(key, ())
        )
        for key, data, (name, uscc, town, _merged) in records
        if own_keys.get(key, key) == key
    ]
    return tuple(sorted(found, key=lambda row: (" ".join(_syllables(row.name)), row.name, row.key)))


def _records(db: sqlite3.Connection) -> list[tuple[str, str, list[str]]]:
    """Return key, data and texts (_SHOWN) of each record that has a name; the rest is read when shown."""
    fields = ", ".join(f"'$.{name}'" for name in _SHOWN)
    with translated():
        found = db.execute(
            f"SELECT key, data, json_extract(data, {fields}) FROM records WHERE noun = ?", (NOUN,)
        )
        read = found.fetchall()
    shown = json.loads(f"[{','.join(texts for _key, _data, texts in read)}]")
    return [
        (key, data, [one if isinstance(one, str) else "" for one in texts])
        for (key, data, _), texts in zip(read, shown, strict=True)
        if texts[0] and isinstance(texts[0], str)
    ]


@lru_cache(maxsize=20_000)
def _syllables(name: str) -> tuple[str, ...]:
    return tuple(pinyin.syllables(firm_name(name)))


@lru_cache(maxsize=5_000)
def _size_and_industry(data: str, as_of: date) -> tuple[str, str]:
    one = enterprise_of(Record(NOUN, "", json.loads(data), ()))
    industry = one.known_industry
    return judged.size_words(judged.size_of(one, as_of)), industry.words if industry else one.industry


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
