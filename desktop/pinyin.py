"""Pinyin in plain letters: of the texts of a catalogue, and of any name that is looked for.

Of a catalogue *sounds* are kept: neighbouring characters with the pinyin that they have where they stand, so
that a character of several readings has the right one. ``ü`` is kept as v and as u.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product

_TONES = "\u0304\u0301\u030c\u0300"
_QUOTES = frozenset('“”‘’《》「」『』"')  # marks that nobody spells: 走“专精特新” sounds like 走专精特新


def syllables(text: str) -> list[str]:
    """Return the sound of each character of a folded text, its own where it has no pinyin.

    Words decide how a character is read.
    """
    from desktop import pinyin_table

    return [sound or char for char, sound in pinyin_table.sounds(text)]


Heard = tuple[str, str, str]
"""Two neighbours, quotation marks between them included, and their sounds."""


def neighbours(text: str, sounds: list[str]) -> set[Heard]:
    """Return each two neighbours of a text once; ``sounds`` are its :func:`syllables`.

    Those with quotation marks between them are neighbours as well as each of them with the marks.
    """
    found = set(zip(map("".join, pairwise(text)), sounds, sounds[1:], strict=False))
    if not _QUOTES.isdisjoint(text):
        before = -1
        for at, char in enumerate(text):
            if char in _QUOTES:
                continue
            if 0 <= before < at - 1:
                found.add((text[before : at + 1], sounds[before], sounds[at]))
            before = at
    return found


def pairs(heard: Iterable[Heard]) -> Iterator[tuple[str, str]]:
    """Yield ``(sounds, characters)`` of neighbours that both have a sound, e.g. ``dan bao``, 担保."""
    for characters, sound, after in heard:
        if _spelled(sound) and _spelled(after):
            for first, second in product(ways(sound), ways(after)):
                yield f"{first} {second}", characters


def singles(heard: Iterable[Heard]) -> Iterator[tuple[str, str, str]]:
    """Yield ``(sound, character, where)`` for each character that has a sound, where another follows.

    ``where`` is the character with the one after it: enough to tell which of several readings is meant.
    """
    for characters, sound, _after in heard:
        if len(characters) == 2 and _spelled(sound):
            yield sound, characters[0], characters


def last(text: str, sounds: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the same for the character at the end of a text, which stands with the one before it."""
    if text and _spelled(sounds[-1]):
        yield sounds[-1], text[-1], text[-2:]


def ways(sound: str) -> tuple[str, ...]:
    """Return how one syllable may be typed: ``lv`` also as ``lu``."""
    return (sound, sound.replace("v", "u")) if "v" in sound else (sound,)


def initials(text: str, sounds: Sequence[str]) -> str:
    """Return the first letter of the sound of each letter, digit or Han character of a folded text."""
    return "".join(sound[0] for char, sound in zip(text, sounds, strict=True) if char.isalnum())


@dataclass(frozen=True, slots=True)
class NameSounds:
    """How a name sounds: its initials, its syllables run together, and where each of these begins. ü is u."""

    initials: str
    letters: str
    starts: tuple[int, ...]

    def holds(self, typed: str) -> bool:
        """Tell whether the syllables from one of them on begin with ``typed``."""
        return typed in self.letters and any(self.letters.startswith(typed, start) for start in self.starts)


def of_name(text: str, heard: Sequence[str] = ()) -> NameSounds:
    """Return how a folded name sounds; ``heard`` are its :func:`syllables` where these are known."""
    heard = heard or syllables(text)
    spoken = [sound.replace("v", "u") for char, sound in zip(text, heard, strict=True) if char.isalnum()]
    starts = tuple(accumulate(map(len, spoken[:-1]), initial=0))
    return NameSounds(initials(text, heard), "".join(spoken), starts)


def typed_name(term: str) -> str:
    """Return the letters of a folded term as :class:`NameSounds` has them, empty where it is no pinyin."""
    return spelling(term).replace("v", "u")


def place(text: str, letters: str, typed: str) -> str:
    """Return the piece of a folded text whose initials were ``typed``, else an empty string.

    ``letters`` are the :func:`initials` of the text.
    """
    at = letters.find(typed)
    if at < 0:
        return ""
    sounding = [place for place, char in enumerate(text) if char.isalnum()]
    return text[sounding[at] : sounding[at + len(typed) - 1] + 1]


def spelling(term: str) -> str:
    """Return the letters of a folded term that may be pinyin (``xi'an`` → ``xian``), else an empty string.

    ü is v, and marks of tone say nothing: ``lǚyóu`` → ``lvyou``.
    """
    parted = unicodedata.normalize("NFD", term.replace("'", "")).replace("u\u0308", "v")
    letters = "".join(char for char in parted if char not in _TONES)
    return letters if letters.isascii() and letters.isalpha() else ""


def _spelled(sound: str) -> bool:
    return sound.isascii() and sound.isalpha()
