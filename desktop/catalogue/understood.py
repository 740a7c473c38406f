"""What a term means in a catalogue.

A term means its own characters wherever they stand in a title or a text. Only a term that stands nowhere in
the catalogue is read in another way, in this order: a measure's number (第16条), a name (文号, category, unit
or alias, tag, cited paper), pinyin. So the measures found for words are always exactly those that contain
them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from desktop.catalogue import terms, tokens
from desktop.catalogue.lookalikes import usual
from desktop.catalogue.matches import exists, matches_any
from desktop.catalogue.readings import KINDS, Name, Reading, any_of, literal, numbered, quote_names

if TYPE_CHECKING:
    from desktop.catalogue.spelled import SpelledWords

SPELLED = ("category", "group", "unit")  # the kinds of names that are found by pinyin
MOST_NAMES = 100  # of more the index is asked by their pairs; letters that spell more mean none of them


def read(db: sqlite3.Connection, term: str, scope: str = "", absent: bool = False) -> Reading | None:
    """Return what ``term`` means in this catalogue, or None when it means nothing.

    ``scope`` is the FTS5 expression for the notices that are searched; empty for all of them. ``absent`` is
    for a term that is known to stand nowhere.
    """
    if not absent and exists(db, literal(term), scope):
        return literal(term)
    seen = terms.fold(usual(term))
    if seen != term and seen:
        return read(db, seen, scope)
    number = terms.measure_number(term)
    if number is not None and matches_any(db, numbered(number), scope):
        return Reading(term, numbered(number), number=number)
    return _named(db, term, scope) or _spelled(db, term, scope)


def _named(db: sqlite3.Connection, term: str, scope: str) -> Reading | None:
    bare = terms.bare(terms.paper_number(term))
    if not bare:
        return None
    most = MOST_NAMES if len(bare) > 1 else None  # the index knows of pairs only which measures share them
    names = _names(db, tokens.parts(bare, tokens.NAME), lambda name, _: bare in name, most=most)
    if names is None:
        shared = Reading(term, tokens.parts(bare, tokens.SHARED), name=bare)
        return shared if not scope or exists(db, shared, scope) else None
    names = _within(db, names, scope)
    return Reading(term, any_of(quote_names(names)), names=names) if names else None


def _spelled(db: sqlite3.Connection, term: str, scope: str) -> Reading | None:
    from desktop import pinyin
    from desktop.catalogue.spelled import Letters

    letters = pinyin.spelling(term)
    if not letters:
        return None
    words: SpelledWords | None = Letters(db, letters).words()
    names = _names_spelled(db, letters, words, scope)
    if words and not (words.every and exists(db, _meaning(term, words=words), scope)):
        words = None
    initials = letters if exists(db, _meaning(term, initials=letters), scope) else ""
    reading = Reading(term, names=names, words=words, initials=initials)
    either = [*quote_names(names), *filter(None, [reading.spelled])]
    return replace(reading, other=any_of(either)) if either else None


def _meaning(term: str, words: SpelledWords | None = None, initials: str = "") -> Reading:
    reading = Reading(term, words=words, initials=initials)
    return replace(reading, other=reading.spelled)


def _names_spelled(
    db: sqlite3.Connection, letters: str, words: SpelledWords | None, scope: str
) -> tuple[Name, ...]:
    """Return the names that are spelled so; none of them when they are too many to mean anything."""

    def fits(name: str, initials: str) -> bool:
        return letters in initials or (words is not None and bool(words.standing(name)))

    named = [*(words.tagged(tokens.NAME) if words else ()), tokens.parts(letters, tokens.NAME_PINYIN)]
    names = _names(db, any_of(named), fits, SPELLED, MOST_NAMES)
    return _within(db, names or (), scope)


def _names(
    db: sqlite3.Connection,
    match: str,
    fits: Callable[[str, str], bool],
    kinds: Iterable[str] = tuple(KINDS),
    most: int | None = None,
) -> tuple[Name, ...] | None:
    """Return the names of these kinds that match and fit, in their order; None when more than ``most`` do.

    ``fits`` is asked with the bare name and its initials.
    """
    marks = ",".join(f"'{kind}'" for kind in kinds)
    rows = db.execute(
        "SELECT n.token, n.kind, n.label, n.bare, n.initials FROM search_index"
        " JOIN search_names n ON n.id = -search_index.rowid"
        f" WHERE search_index MATCH ? AND n.kind IN ({marks}) ORDER BY search_index.rowid DESC",
        (match,),
    )
    fitting = (Name(*of) for *of, bare, initials in rows if fits(bare, initials))
    found = list(islice(fitting, None if most is None else most + 1))
    return tuple(dict.fromkeys(found)) if most is None or len(found) <= most else None


def _within(db: sqlite3.Connection, names: tuple[Name, ...], scope: str) -> tuple[Name, ...]:
    """Return those of the names that lead to something within the scope."""
    return tuple(name for name in names if not scope or matches_any(db, tokens.quoted(name.token), scope))
