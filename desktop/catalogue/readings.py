"""What a term may mean, and how the index is asked for it.

A reading gives FTS5 expressions, which leave nothing out, and tells of a measure that they gave whether it
really fits. Which reading a term has is for :mod:`desktop.catalogue.understood` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.catalogue import terms, tokens

if TYPE_CHECKING:
    from desktop.catalogue.spelled import SpelledWords

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
    for what is. ``number`` is the measure number named; ``names`` what else the term stands for, ``name`` the
    piece that they all have where they are too many to be listed; ``words`` what of titles and texts it
    spells, ``initials`` its letters if they are those of a title.
    """

    term: str
    other: str = ""
    literal: bool = False
    number: int | None = None
    names: tuple[Name, ...] = ()
    name: str = ""
    words: SpelledWords | None = None
    initials: str = ""

    @property
    def whole(self) -> str:
        """Return the FTS5 expression for the measures meant, and perhaps others that do not :meth:`fit`."""
        return tokens.parts(self.term) if self.literal else self.other

    @property
    def exact(self) -> bool:
        """Return whether :attr:`whole` gives no others."""
        if self.literal:
            return len(self.term) <= tokens.EXACT
        return (self.words is None or self.words.exact) and max(
            len(self.initials), len(self.name)
        ) <= tokens.EXACT

    def fit(self, title: str, text: str, initials: str) -> bool:
        """Return whether a measure has what is looked for; that it has a number or a name is not looked at.

        ``initials`` are those of the title.
        """
        if self.literal:
            return terms.stands(self.term, text) or terms.stands(self.term, title)
        if self.initials and self.initials in initials:
            return True
        return self.words is not None and self.words.fit(terms.fold(title), terms.fold(text))

    def fit_title(self, title: str, initials: str) -> bool:
        """Return whether it stands in a folded title."""
        if self.literal:
            return self.term in title
        return bool(self.spelled_in_title(title, initials))

    @property
    def title(self) -> str:
        """Return the FTS5 expression for the measures meant by their title; empty when none can be."""
        if self.literal:
            return tokens.parts(self.term, tokens.TITLE)
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
            from desktop import pinyin

            return (*self.spelled_in(title), pinyin.place(title, initials, self.initials))
        return self.spelled_in(title)


def literal(term: str) -> Reading:
    """Return the reading of a folded term as its own characters; a number also helps the ranking."""
    return Reading(term, literal=True, number=terms.plain_number(term))


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


def _by_initials(letters: str) -> list[str]:
    return [tokens.parts(letters, tokens.PINYIN)] if letters else []
