"""A text as words that can be compared: width, blanks, marks, and the way of writing figures and days apart.

百分之一 is 1%, 两个月 2个月, 3,000万元 30000000元, 二〇二五年十二月三十一日 and 2025-12-31 the same day.
Marks are no words, but where a clause ends is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from desktop.catalogue.lookalikes import is_usual, usual
from desktop.reading import days

NUMBER = "\x01"
"""The character before and after a figure or a day among the words."""
_HAN = "零〇一二两三四五六七八九十百千万亿"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
_YEAR = r"(?:(?<!\d)[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})"
_TOKEN = re.compile(
    rf"(?P<day>{days.DAY})"
    rf"|(?P<month>{_YEAR}\s*年\s*{days.SMALL}\s*月(?!\s*内))"
    rf"|(?P<year>{_YEAR}\s*年)"
    rf"|(?P<part>[百千万]分之)\s*(?P<of>{_FIGURE}|[{_HAN}]+(?:点[{_HAN}]+)?)"
    rf"|(?P<figure>{_FIGURE})\s*(?P<scale>[十百千万亿]*)(?P<sign>\s*[%‰])?"
    rf"|(?P<han>[{_HAN}]+)"
    r"|(?P<latin>[A-Za-z]+)"
    r"|(?P<mark>[,。;:!?\n\t]|\.{2,}|…)|(?P<skip>[\W_])|(?P<char>.)",
    re.DOTALL,
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE |= {ord(old): ord(new) for old, new in zip("後馀餘於並為與", "后余余于并为与", strict=True)}
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_PARTS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word: a character, a Latin word, a figure or a day, and where it stands in its text."""

    word: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Return whether it is a figure or a day."""
        return self.word[0] == NUMBER and self.word[1].isdigit()


class FoldedText:
    """Words in order, and ``cuts``: the indexes of words before which a clause begins, and the last end."""

    def __init__(self, words: Sequence[FoldedWord], cuts: frozenset[int]) -> None:
        self.words = tuple(words)
        self.cuts = cuts

    @cached_property
    def keys(self) -> list[str]:
        """Return the words alone."""
        return [word.word for word in self.words]

    @cached_property
    def joined(self) -> str:
        """Return the words in one text; figures keep apart."""
        return "".join(self.keys)

    def find(self, joined: str, begin: int = 0) -> tuple[int, int] | None:
        """Return which words are the text ``joined``, from the word ``begin`` on; None for none."""
        at = self.joined.find(joined, self._places[begin])
        if at < 0 or not joined:
            return None
        places = self._indexes
        return places[at], places[at + len(joined) - 1] + 1

    def has(self, joined: str) -> bool:
        """Return whether the text ``joined`` stands in it."""
        return joined in self.joined

    def part(self, first: int, last: int) -> FoldedText:
        """Return the words from ``first`` to before ``last``."""
        cuts = {at - first for at in self.cuts if first <= at <= last}
        return FoldedText(self.words[first:last], frozenset({0, last - first, *cuts}))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from ``first`` to before ``last`` stand; no words: where they would."""
        if first < last:
            return self.words[first].start, self.words[last - 1].end
        at = self.words[first].start if first < len(self.words) else self.words[-1].end
        return at, at

    @cached_property
    def _places(self) -> list[int]:
        places = [0]
        for key in self.keys:
            places.append(places[-1] + len(key))
        return places

    @cached_property
    def _indexes(self) -> list[int]:
        return [index for index, key in enumerate(self.keys) for _ in key]


def folded(text: str, start: int = 0, end: int | None = None) -> FoldedText:
    """Return the words of ``text[start:end]``, with their places in ``text``."""
    end = len(text) if end is None else end
    narrow = _narrow(text[start:end])
    words: list[FoldedWord] = []
    cuts = {0}
    for found in _TOKEN.finditer(narrow):
        kind = found.lastgroup
        if found["mark"]:
            cuts.add(len(words))
        elif kind != "skip":
            for word, first, last in _words(found):
                words.append(FoldedWord(word, start + first, start + last))
    cuts.add(len(words))
    return FoldedText(words, frozenset(cuts))


def folded_parts(text: str, parts: Iterable[tuple[int, int]]) -> FoldedText:
    """Return the words of some parts of a text as one; where a part ends, a clause does."""
    words: list[FoldedWord] = []
    cuts = {0}
    for start, end in parts:
        found = folded(text, start, end)
        cuts |= {len(words) + cut for cut in found.cuts}
        words += found.words
    return FoldedText(words, frozenset(cuts))


def key_of(text: str) -> str:
    """Return the words of a text in one."""
    return folded(text).joined


def _words(found: re.Match[str]) -> list[tuple[str, int, int]]:
    text, (start, end) = found[0], found.span()
    if found["day"]:
        day = days.read_day(text)
        return [(_number(day.isoformat() if day else "".join(text.split())), start, end)]
    if found["month"] or found["year"]:
        year, _, month = "".join(text.split()).partition("年")
        said = f"{days.year(year)}年" + (f"{days.number(month[:-1])}月" if month else "")
        return [(_number(said), start, end)]
    if found["part"]:
        return [(_number(_plain(_value(found["of"])) + _PARTS[found["part"]]), start, end)]
    if found["figure"]:
        value = Decimal(found["figure"].replace(",", ""))
        for scale in found["scale"]:
            value *= _SCALES[scale]
        return [(_number(_plain(value) + (found["sign"] or "").strip()), start, end)]
    if found["han"]:
        return [(_number(_plain(_value(text))), start, end)]
    if found["latin"]:
        return [(f"{NUMBER}{text.casefold()}{NUMBER}" if len(text) > 1 else text.casefold(), start, end)]
    return [(text, start, end)]


def _number(said: str) -> str:
    return f"{NUMBER}{said}{NUMBER}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def _value(said: str) -> Decimal:
    """Return the value of a figure in Chinese or Arabic digits."""
    if said[0].isascii():
        return Decimal(said.replace(",", ""))
    whole, _, parts = said.partition("点")
    if not set(whole) & set(_SCALES):
        digits = "".join(str(_VALUES[char]) for char in whole[:_MOST_DIGITS])
        return Decimal(digits + ("." + "".join(str(_VALUES.get(char, 0)) for char in parts) if parts else ""))
    total = section = digit = 0
    for char in whole[:_MOST_DIGITS]:
        if char in _VALUES:
            digit = _VALUES[char]
        elif _SCALES[char] < 10_000:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _SCALES[char]
            section = digit = 0
    return Decimal(total + section + digit)


def _narrow(text: str) -> str:
    """Return ``text``, as long as before, in the characters that a person believes to see."""
    narrow = text.translate(_WIDE)
    if is_usual(text):
        return narrow
    return "".join(plain if len(plain := usual(char)) == 1 else " " if not plain else char for char in narrow)
