"""What a term may mean, and how the index is asked for it.

A term means its own characters wherever they stand in a title or a text. Only a term that stands nowhere in
the catalogue is read in another way, in this order: a measure's number (第16条), a name (文号, category, unit
or alias, tag, cited paper), pinyin. So the measures found for words are always exactly those that contain
them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.catalogue import terms, tokens
from desktop.catalogue.lookalikes import usual

if TYPE_CHECKING:
    from desktop.catalogue.spelled import SpelledWords

SPELLED = ("category", "group", "unit")  # the kinds of names that are found by pinyin
_MOST_NAMES = 100  # letters that begin more names than these, in very many categories, mean none of them

KINDS = {
    "category": "类别",
    "group": "分组",
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
    for what is. ``number`` is the measure number named; ``names`` what else the term stands for; ``words``
    what of titles and texts it spells, ``initials`` its letters if they are those of a title.
    """

    term: str
    other: str = ""
    literal: bool = False
    number: int | None = None
    names: tuple[Name, ...] = ()
    words: SpelledWords | None = None
    initials: str = ""

    @property
    def whole(self) -> str:
        """Return the FTS5 expression for the measures meant."""
        return tokens.phrase(self.term) if self.literal else self.other

    @property
    def title(self) -> str:
        """Return the FTS5 expression for the measures meant by their title; empty when none can be."""
        if self.literal:
            return tokens.phrase(self.term, tokens.TITLE)
        either = [*(self.words.tagged(tokens.TITLE) if self.words else ()), *_by_initials(self.initials)]
        return any_of(either) if either else ""

    @property
    def spelled(self) -> str:
        """Return the FTS5 expression for the measures in which what the letters spell stands; "" for none."""
        either = [*(self.words.whole() if self.words else ()), *_by_initials(self.initials)]
        return any_of(either) if either else ""

    def spelled_in(self, text: str) -> tuple[str, ...]:
        """Return the words that the term spells and that stand in a folded text."""
        return self.words.standing(text) if self.words else ()

    def spelled_in_title(self, title: str, initials: str) -> tuple[str, ...]:
        """Return the words that the term spells and that stand in a folded title with these initials."""
        if self.initials and self.initials in initials:
            from desktop.catalogue import pinyin

            return (*self.spelled_in(title), pinyin.place(title, initials, self.initials))
        return self.spelled_in(title)


def literal(term: str) -> Reading:
    """Return the reading of a folded term as its own characters; a number also helps the ranking."""
    return Reading(term, literal=True, number=terms.plain_number(term))


def read(db: sqlite3.Connection, term: str, scope: str = "") -> Reading | None:
    """Return what ``term`` means in this catalogue, or None when it means nothing.

    ``scope`` is the FTS5 expression for the notices that are searched; empty for all of them.
    """
    if exists(db, tokens.phrase(term), scope):
        return literal(term)
    seen = terms.fold(usual(term))
    if seen != term and seen:
        return read(db, seen, scope)
    number = terms.measure_number(term)
    if number is not None and exists(db, numbered(number), scope):
        return Reading(term, numbered(number), number=number)
    bare = terms.bare(terms.paper_number(term))
    names = _named(db, tokens.phrase(bare, tokens.NAME), scope) if bare else ()
    if names:
        return Reading(term, any_of(quote_names(names)), names=names)
    return _spelled(db, term, scope)


def exists(db: sqlite3.Connection, match: str, scope: str = "") -> bool:
    """Return whether any measure matches, within the scope if there is one."""
    wanted = all_of([match, scope]) if scope else match
    found = db.execute("SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1", (wanted,))
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


def _spelled(db: sqlite3.Connection, term: str, scope: str) -> Reading | None:
    from desktop.catalogue import pinyin
    from desktop.catalogue.spelled import Letters

    letters = pinyin.spelling(term)
    if not letters:
        return None
    words: SpelledWords | None = Letters(db, letters).words()
    named = [*(words.tagged(tokens.NAME) if words else ()), tokens.phrase(letters, tokens.NAME_PINYIN)]
    names = _named(db, any_of(named), scope, SPELLED, _MOST_NAMES + 1)
    if len(names) > _MOST_NAMES:
        names = ()
    if words and not (words.every and exists(db, any_of(words.whole()), scope)):
        words = None
    initials = letters if exists(db, tokens.phrase(letters, tokens.PINYIN), scope) else ""
    reading = Reading(term, names=names, words=words, initials=initials)
    either = [*quote_names(names), *filter(None, [reading.spelled])]
    return replace(reading, other=any_of(either)) if either else None


def _by_initials(letters: str) -> list[str]:
    return [tokens.phrase(letters, tokens.PINYIN)] if letters else []


def _named(
    db: sqlite3.Connection,
    match: str,
    scope: str,
    kinds: Iterable[str] = tuple(KINDS),
    limit: int = -1,
) -> tuple[Name, ...]:
    """Return the first ``limit`` names of these kinds that match, in their order; all when it is negative.

    Those that lead to nothing within the scope are left out.
    """
    marks = ",".join(f"'{kind}'" for kind in kinds)
    rows = db.execute(
        "SELECT n.token, n.kind, n.label FROM search_index JOIN search_names n ON n.id = -search_index.rowid"
        f" WHERE search_index MATCH ? AND n.kind IN ({marks}) ORDER BY search_index.rowid DESC LIMIT ?",
        (match, limit),
    )
    found = dict.fromkeys(Name(*row) for row in rows.fetchall())
    return tuple(name for name in found if not scope or exists(db, tokens.quoted(name.token), scope))
