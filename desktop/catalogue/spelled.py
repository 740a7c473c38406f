"""What letters may be read as: the words of the catalogue that are spelled so.

Letters are syllables, the last one unfinished if need be (``danb``), or initials (``zjtx``); initials of
titles are tokens of the index and not looked at here. The words are put together from the pairs in
``search_sounds``: each next pair begins with the character that the last one ends with. So a word may be made
that stands nowhere; it finds nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from desktop.catalogue import tokens

MOST_LETTERS = 60
MOST_WORDS = 1000
FEWEST_INITIALS = 4  # fewer stand in nearly any text; they are only looked for in titles
MOST_BY_INITIALS = 100  # initials of more words than these say as little
MOST_PAIRS = 1000  # two letters of more pairs than these are not looked at any further
FEW_WORDS = 16  # so many are taken as they are, of more only those that stand somewhere
MOST_COUNTED = 128  # of more words nobody counts how often they stand in a text


@dataclass(frozen=True)
class SpelledWords:
    """``anywhere`` are folded words looked for in whole texts, ``in_titles`` those only in titles."""

    anywhere: tuple[str, ...]
    in_titles: tuple[str, ...]

    @cached_property
    def every(self) -> tuple[str, ...]:
        """Return all of them."""
        return tuple(dict.fromkeys([*self.anywhere, *self.in_titles]))

    def standing(self, folded: str) -> tuple[str, ...]:
        """Return those of all words that stand in a folded text."""
        if folded not in self._stood:
            beginning = [words for char, words in self._by_first.items() if char in folded]
            self._stood[folded] = tuple(word for words in beginning for word in words if word in folded)
        return self._stood[folded]

    def fit(self, title: str, text: str) -> bool:
        """Return whether a word stands where it is looked for, in a folded title or a folded text."""
        found = self.standing(title)
        if not self.in_titles:
            return bool(found) or bool(self.standing(text))
        return bool(found) or not self._anywhere.isdisjoint(self.standing(text))

    @cached_property
    def exact(self) -> bool:
        """Return whether the index alone knows where they stand."""
        return all(len(word) <= tokens.EXACT for word in self.every)

    @cached_property
    def _anywhere(self) -> frozenset[str]:
        return frozenset(self.anywhere)

    def count(self, folded: str) -> int:
        """Return how often they stand in a folded text; of very many words nobody counts it."""
        return sum(map(folded.count, self.standing(folded))) if len(self.every) <= MOST_COUNTED else 0

    @cached_property
    def _stood(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.every:
            found.setdefault(word[0], []).append(word)
        return found

    def whole(self) -> Iterator[str]:
        """Yield FTS5 expressions; what has a word fits at least one."""
        yield from map(tokens.parts, self.anywhere)
        for word in self.in_titles:
            yield tokens.parts(word, tokens.TITLE)

    def tagged(self, tag: str) -> Iterator[str]:
        """Yield the same for what has a word behind ``tag``: TITLE or NAME."""
        for word in self.every:
            yield tokens.parts(word, tag)


NOTHING = SpelledWords((), ())


class Letters:
    """Plain letters a to z, and what of the catalogue they spell."""

    def __init__(self, db: sqlite3.Connection, letters: str) -> None:
        self._db = db
        self._letters = letters if len(letters) <= MOST_LETTERS else ""
        self._known: dict[str, list[str]] = {}
        self._standing: dict[str, bool] = {}

    def words(self) -> SpelledWords:
        """Return the words of texts and titles that are spelled so."""
        if not self._letters:
            return NOTHING
        anywhere = list(self._single())
        titles = list(self._begun()) if len(self._letters) > 1 else []
        anywhere += islice(self._spelled(), MOST_WORDS)
        if len(self._letters) >= FEWEST_INITIALS:
            anywhere += self._by_initials()
        return SpelledWords(tuple(dict.fromkeys(anywhere)), tuple(dict.fromkeys(titles)))

    @cached_property
    def _leads_on(self) -> list[bool]:
        """For each place, whether the letters from there on are syllables, the last perhaps unfinished."""
        leads_on = [self._is_begun(at) for at in range(len(self._letters))]
        for at in reversed(range(len(leads_on))):
            leads_on[at] = leads_on[at] or any(leads_on[at + len(s)] for s in self._beginnings(at))
        return leads_on

    def _is_begun(self, at: int) -> bool:
        """Return whether a syllable begins with, or is, all letters from ``at`` on."""
        rest = self._letters[at:]
        return any(sound.startswith(rest) for sound in self._sounds(at))

    def _single(self) -> Iterator[str]:
        """Yield the characters for which all letters are one whole syllable."""
        sql = "SELECT characters FROM search_sounds WHERE initials = ? AND syllables = ?"
        for (characters,) in self._db.execute(sql, (self._letters[0], self._letters)):
            yield characters

    def _begun(self) -> Iterator[str]:
        """Yield the characters in titles whose syllable begins with all letters."""
        sql = (
            "SELECT characters FROM search_sounds"
            " WHERE initials = ? AND syllables > ? AND syllables < ? AND in_title"
        )
        values = (self._letters[0], self._letters, f"{self._letters}{{")
        for (characters,) in self._db.execute(sql, values):
            yield characters

    def _sounds(self, at: int) -> list[str]:
        """Return the syllables with the initial that stands at ``at``."""
        initial = self._letters[at]
        if initial not in self._known:
            sql = "SELECT DISTINCT syllables FROM search_sounds WHERE initials = ?"
            self._known[initial] = [sound for (sound,) in self._db.execute(sql, (initial,))]
        return self._known[initial]

    def _beginnings(self, at: int) -> list[str]:
        """Return the whole syllables that stand at ``at`` with something behind them."""
        rest = self._letters[at:]
        return [s for s in self._sounds(at) if len(s) < len(rest) and rest.startswith(s)]

    def _spelled(self) -> Iterator[str]:
        """Yield the words of two syllables or more.

        They grow from their beginnings; where many might go on, those that stand nowhere are left out first.
        """
        growing: dict[tuple[int, str], list[str]] = {}
        for sound in self._beginnings(0):
            for following, words in self._next(len(sound), sound):
                growing.setdefault((len(sound) + len(following), following), []).extend(words)
        for at in range(len(self._letters) + 1):
            for sound in [sound for place, sound in growing if place == at]:
                words = self._real(growing[at, sound])
                if at == len(self._letters):
                    yield from words
                    continue
                for following, pairs in self._next(at, sound):
                    grown = growing.setdefault((at + len(following), following), [])
                    grown += _joined(words, pairs)

    def _next(self, at: int, sound: str) -> Iterator[tuple[str, list[str]]]:
        """Yield what may follow a syllable at ``at``, and the pairs of both; the last may be a beginning."""
        rest = self._letters[at:]
        yield rest, self._pairs(sound, rest, f"{rest}{{")
        for following in self._beginnings(at):
            if self._leads_on[at + len(following)]:
                yield following, self._pairs(sound, following, following)

    def _real(self, words: list[str]) -> list[str]:
        """Return the words, of many only those that may stand somewhere; many have the same end."""
        if len(words) <= FEW_WORDS:
            return words
        return [
            word for word in words if len(word) < 3 or (self._may_stand(word[-3:]) and self._may_stand(word))
        ]

    def _may_stand(self, word: str) -> bool:
        if word not in self._standing:
            sql = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
            found = self._db.execute(sql, (tokens.parts(word),)).fetchone()
            self._standing[word] = found is not None
        return self._standing[word]

    def _pairs(self, first: str, second: str, last: str) -> list[str]:
        """Return the pairs read ``first`` and anything from ``second`` to ``last``."""
        sql = "SELECT characters FROM search_sounds WHERE initials = ? AND syllables BETWEEN ? AND ?"
        values = (first[0] + second[0], f"{first} {second}", f"{first} {last}")
        return [characters for (characters,) in self._db.execute(sql, values)]

    def _by_initials(self) -> list[str]:
        """Return the words whose initials the letters are; none when they are too many to mean anything."""
        sql = "SELECT DISTINCT characters FROM search_sounds WHERE initials = ? LIMIT ?"
        pairs: list[list[str]] = []
        for at in range(len(self._letters) - 1):
            found = self._db.execute(sql, (self._letters[at : at + 2], MOST_PAIRS + 1)).fetchall()
            if not 0 < len(found) <= MOST_PAIRS:
                return []
            pairs.append([characters for (characters,) in found])
        counts = Counter(pair[0] for pair in pairs[-1])
        for each in reversed(pairs[:-1]):
            before: Counter[str] = Counter()
            for pair in each:
                before[pair[0]] += counts[pair[-1]]
            counts = before
        if counts.total() > MOST_BY_INITIALS:
            return []
        words = pairs[0]
        for each in pairs[1:]:
            words = _joined(words, each)
        return words


def _joined(words: list[str], pairs: list[str]) -> list[str]:
    """Return each word with each pair that begins with its last character."""
    following: dict[str, list[str]] = {}
    for pair in pairs:
        following.setdefault(pair[0], []).append(pair[1:])
    return [word + rest for word in words for rest in following.get(word[-1], ())]
