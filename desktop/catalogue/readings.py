"""What a term may mean, and how the index is asked for it.

A term means its own characters wherever they stand in a title or a text. Only a term that stands nowhere in
the catalogue is read in another way, in this order: a measure's number (第16条), a name (文号, category, unit
or alias, tag, cited paper), pinyin. So the measures found for words are always exactly those that contain
them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.catalogue import pinyin, terms, tokens
from desktop.catalogue.lookalikes import usual

KINDS = {
    "category": "类别",
    "unit": "责任单位",
    "beneficiary": "适用对象",
    "support": "支持方式",
    "number": "文号",
    "paper": "文件",
    "citation": "引用文件",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a term stands for. ``token`` is that of the measures it leads to."""

    token: str
    kind: str
    label: str

    @property
    def reason(self) -> str:
        """Return the name with what it is, e.g. 责任单位：区财政局."""
        return f"{KINDS[self.kind]}：{self.label}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a term.

    ``literal`` tells whether the term's own characters are meant; if not, ``other`` is the FTS5 expression
    for what is. ``number`` is the measure number named; ``names`` what else the term stands for; ``letters``
    the pinyin read from it, ``in_titles`` whether any title is spelled like it.
    """

    term: str
    other: str = ""
    literal: bool = False
    number: int | None = None
    names: tuple[Name, ...] = ()
    letters: str = ""
    in_titles: bool = False

    @property
    def whole(self) -> str:
        """Return the FTS5 expression for the measures meant."""
        return tokens.phrase(self.term) if self.literal else self.other

    @property
    def title(self) -> str:
        """Return the FTS5 expression for the measures meant by their title; empty when none can be."""
        if self.literal:
            return tokens.phrase(self.term, tokens.TITLE)
        return _spelled_title(self.letters) if self.in_titles else ""


def literal(term: str) -> Reading:
    """Return the reading of a folded term as its own characters; a number also helps the ranking."""
    return Reading(term, literal=True, number=terms.plain_number(term))


def read(db: sqlite3.Connection, term: str) -> Reading | None:
    """Return what ``term`` means in this catalogue, or None when it means nothing."""
    if exists(db, tokens.phrase(term)):
        return literal(term)
    seen = terms.fold(usual(term))
    if seen != term and seen:
        return read(db, seen)
    number = terms.measure_number(term)
    if number is not None and exists(db, numbered(number)):
        return Reading(term, numbered(number), number=number)
    names = _named(db, "instr(bare, ?)", terms.bare(terms.paper_number(term)))
    if names:
        return Reading(term, any_of(quote_names(names)), names=names)
    return _spelled(db, term)


def exists(db: sqlite3.Connection, match: str) -> bool:
    """Return whether any measure matches."""
    found = db.execute("SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1", (match,))
    return found.fetchone() is not None


def numbered(number: int) -> str:
    """Return the FTS5 expression for the measures with this number."""
    return tokens.quoted(tokens.word(tokens.NUMBER, str(number)))


def all_of(expressions: Iterable[str]) -> str:
    """Return the FTS5 expression for what matches every one."""
    return " AND ".join(expressions)


def any_of(expressions: Iterable[str]) -> str:
    """Return the FTS5 expression, in brackets, for what matches at least one."""
    return f"({' OR '.join(expressions)})"


def quote_names(names: Sequence[Name]) -> list[str]:
    """Return the distinct FTS5 expressions of names."""
    return [tokens.quoted(token) for token in dict.fromkeys(name.token for name in names)]


def _spelled(db: sqlite3.Connection, term: str) -> Reading | None:
    letters = pinyin.spelling(term)
    if not letters:
        return None
    names = _named(db, "instr(spellings, ' ' || ?)", letters)
    in_titles = exists(db, _spelled_title(letters))
    either = quote_names(names) + [_spelled_title(letters)] * in_titles
    return (
        Reading(term, any_of(either), names=names, letters=letters, in_titles=in_titles) if either else None
    )


def _spelled_title(letters: str) -> str:
    # A single initial has a token of its own, because so many spellings begin with it.
    return tokens.quoted(tokens.word(tokens.PINYIN, letters), prefix=len(letters) > 1)


def _named(db: sqlite3.Connection, condition: str, value: str) -> tuple[Name, ...]:
    """Return the names that fulfil a condition with one parameter."""
    if not value:
        return ()
    rows = db.execute(f"SELECT token, kind, label FROM search_names WHERE {condition} ORDER BY id", (value,))
    return tuple(dict.fromkeys(Name(*row) for row in rows))
