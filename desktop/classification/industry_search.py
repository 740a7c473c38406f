"""Looking for an industry by code, name and pinyin (initials or whole syllables), ranked for a pick list."""

from __future__ import annotations

from functools import cache

from desktop import pinyin
from desktop.classification.industry import Industry, folded, table
from desktop.pinyin import NameSounds

NAMED, CODED, BEGINS, HOLDS, INITIALS_BEGIN, SOUNDS_BEGIN, INITIALS_HOLD, SOUNDS_HOLD, NOT = range(9)


def find(text: str, limit: int = 50) -> tuple[Industry, ...]:
    """Return the industries that fit every word of a text, best first; no text, none.

    A word fits by code (``C33``, ``33``, what begins so), by name or part of it, or by the pinyin of a part.
    Of a class and its undivided group, which share a name, only the group is found, unless the code names the
    class.
    """
    words = [folded(word) for word in text.split()]
    if not any(words):
        return ()
    ranked = []
    for place, (industry, name) in enumerate(_names()):
        rank = max(_rank(industry, name, word) for word in words)
        if rank < NOT and not (_repeats(industry) and not _coded(industry, words)):
            ranked.append((rank, len(industry.digits), place, industry))
    return tuple(industry for *_, industry in sorted(ranked)[:limit])


def _rank(industry: Industry, name: str, word: str) -> int:
    """Return how a folded word fits an industry of a folded name, the smaller the better."""
    if word in (industry.code, industry.digits, name):
        return NAMED
    if industry.code.startswith(word) or (word.isdigit() and industry.digits.startswith(word)):
        return CODED
    if word in name:
        return BEGINS if name.startswith(word) else HOLDS
    typed = pinyin.typed_name(word.casefold())
    return _rank_of_sounds(_sounds()[industry.digits or industry.section], typed) if typed else NOT


def _rank_of_sounds(sounds: NameSounds, typed: str) -> int:
    if typed in sounds.initials:
        return INITIALS_BEGIN if sounds.initials.startswith(typed) else INITIALS_HOLD
    if sounds.letters.startswith(typed):
        return SOUNDS_BEGIN
    return SOUNDS_HOLD if sounds.holds(typed) else NOT


@cache
def _names() -> list[tuple[Industry, str]]:
    """Return the industries with their folded names."""
    return [(industry, folded(industry.name)) for industry in table().values()]


@cache
def _sounds() -> dict[str, NameSounds]:
    """Return how each name sounds, by the key of the table; made once, when letters are first looked for."""
    return {key: pinyin.of_name(folded(industry.name).casefold()) for key, industry in table().items()}


def _repeats(industry: Industry) -> bool:
    """Tell whether a class is all of its group."""
    digits = industry.digits
    return len(digits) == 4 and digits.endswith("0") and table()[digits[:3]].name == industry.name


def _coded(industry: Industry, words: list[str]) -> bool:
    return any(word in (industry.code, industry.digits) for word in words)
