"""The search over the measures: any text in, ranked hits with snippets and highlights out.

See docs/search.md for what is found and in which order. Everything is read from the tables that
:mod:`desktop.catalogue.index` made; nothing is kept between two searches.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.catalogue import terms
from desktop.catalogue.matches import Filters, MeasureRow, names_of, scope_of
from desktop.catalogue.ranking import best
from desktop.catalogue.readings import Name, Reading, literal
from desktop.catalogue.snippets import snippet
from desktop.catalogue.spans import Span, find
from desktop.catalogue.understood import read

if TYPE_CHECKING:
    from desktop.catalogue.advice import Advice

__all__ = ["Filters", "Hit", "Results", "search"]

_ANYTHING = Filters()
_FEW_KEYS = 500  # SQLite before 3.32 takes no more than 999 values
_FEW_WORDS = 16  # a query with more terms is text pasted in: they are only taken literally


@dataclass(frozen=True, slots=True)
class Hit:
    """One measure found.

    ``category`` is its heading. ``snippet`` is a piece of the text after the title, verbatim but for … at
    cut ends; ``spans`` and ``title_spans`` are code-point ranges to highlight in ``snippet`` and ``title``.
    ``reason`` says why a measure was found that does not contain the words themselves, e.g.
    责任单位：区财政局; else it is empty.
    """

    key: str
    number: int
    title: str
    category: str
    snippet: str
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
    reason: str = ""
    document_key: str = ""

    @property
    def notice_key(self) -> str:
        """Return the key of the notice that issued it."""
        return self.document_key.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    ``total`` is None when there are more measures than were counted. ``terms`` are the folded terms that were
    looked for, ``marked`` what stands for them in the texts, to be highlighted there; ``advice`` says what to
    change, only when nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int | None
    terms: tuple[str, ...]
    advice: tuple[Advice, ...] = ()
    marked: tuple[str, ...] = ()


def search(
    db: sqlite3.Connection,
    text: str,
    filters: Filters = _ANYTHING,
    limit: int = 50,
    documents: Sequence[str] = (),
) -> Results:
    """Return the best ``limit`` measures for ``text`` that pass the filters; all of them when ``limit`` is 0.

    ``documents`` are the keys of those that are searched, and what a term means is what it means in them; all
    where none is named. Text without any term finds every measure that passes the filters, in order. No text
    is an error.
    """
    scope = scope_of(filters, documents)
    words = terms.split(text)
    readings: Sequence[Reading] = [literal(word) for word in words]
    found, total = best(db, readings, filters, limit, scope)
    if not found and 0 < len(words) <= _FEW_WORDS:
        absent = len(words) == 1 and filters == _ANYTHING
        understood = [read(db, word, scope, absent) for word in words]
        meant = [reading for reading in understood if reading]
        if len(meant) == len(words) and meant != readings:
            readings = meant
            found, total = best(db, readings, filters, limit, scope)
    else:
        understood = []
    if not found:
        from desktop.catalogue import advice

        return Results(
            (), 0, words, advice.suggest(db, understood, words, filters, scope_of(_ANYTHING, documents))
        )
    named = names_of(db, found, readings)
    return Results(_hits(db, found, readings, named), total, words, marked=_marked(readings, named))


def documents_but(db: sqlite3.Connection, out_of_use: Collection[str]) -> list[str]:
    """Return the keys of the documents to search where some notices are not in use; none where all are."""
    if not out_of_use:
        return []
    found = db.execute("SELECT key, notice_key FROM documents ORDER BY key").fetchall()
    used = [key for key, notice in found if notice not in out_of_use]
    return used if len(used) < len(found) else []


def _marked(readings: Sequence[Reading], named: Mapping[int, Sequence[Name]]) -> tuple[str, ...]:
    marked: dict[str, None] = {}
    for reading in readings:
        if reading.literal:
            marked[reading.term] = None
        marked |= dict.fromkeys(reading.words.every if reading.words else ())
    labels = dict.fromkeys(name.label for names in named.values() for name in names)
    return tuple(marked | dict.fromkeys(map(terms.fold, labels)))


def _hits(
    db: sqlite3.Connection,
    found: Sequence[MeasureRow],
    readings: Sequence[Reading],
    named: Mapping[int, Sequence[Name]],
) -> tuple[Hit, ...]:
    words = [reading.term for reading in readings if reading.literal]
    others = [reading for reading in readings if not reading.literal]
    headings = _headings(db, found)
    if not others:
        return tuple(_hit(row, headings, words, find(row.title, words)) for row in found)
    return tuple(_other_hit(row, headings, words, others, named.get(row.row, ())) for row in found)


def _headings(db: sqlite3.Connection, rows: Sequence[MeasureRow]) -> dict[str | None, str]:
    """Return the headings of the rows' categories, and "" for none."""
    keys = tuple({row.category_key for row in rows if row.category_key})
    chosen = f" WHERE key IN ({','.join('?' * len(keys))})" if len(keys) <= _FEW_KEYS else ""
    found = db.execute(f"SELECT key, heading FROM categories{chosen}", keys if chosen else ())
    return {None: "", **dict(found.fetchall())}


def _hit(
    row: MeasureRow,
    headings: Mapping[str | None, str],
    shown: Sequence[str],
    title_spans: tuple[Span, ...],
    reason: str = "",
) -> Hit:
    piece, spans = snippet(row.text, shown, row.body_start)
    heading = headings[row.category_key]
    return Hit(row.key, row.number, row.title, heading, piece, spans, title_spans, reason, row.document_key)


def _other_hit(
    row: MeasureRow,
    headings: Mapping[str | None, str],
    words: Sequence[str],
    others: Sequence[Reading],
    names: Sequence[Name],
) -> Hit:
    """Return the hit for a query in which some terms are not meant literally, with the reason."""
    title, text = terms.fold(row.title), terms.fold(row.text)
    reasons = [name.reason for name in names]
    reasons += [f"条号：第{row.number}条" for reading in others if reading.number == row.number]
    labels = [terms.fold(name.label) for name in names]
    shown = [*words, *labels, *(word for each in others for word in each.spelled_in(text))]
    spelled = [word for each in others for word in each.spelled_in_title(title, row.initials)]
    return _hit(row, headings, shown, find(row.title, [*words, *spelled]), "；".join(dict.fromkeys(reasons)))
