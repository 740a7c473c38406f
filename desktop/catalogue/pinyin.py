"""Pinyin in plain letters, read from the texts when the database is built.

What is kept are *sounds*: neighbouring characters of the catalogue with the pinyin that they have where they
stand, so that a character of several readings has the right one. ``ü`` is kept as v and as u.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import product

_TONES = "\u0304\u0301\u030c\u0300"
_QUOTES = frozenset('“”‘’《》「」『』"')  # marks that nobody spells: 走“专精特新” sounds like 走专精特新


def syllables(text: str) -> list[str]:
    """Return the sound of each character of a folded text, its own where it has no pinyin.

    Words decide how a character is read.
    """
    from desktop.catalogue import pinyin_table

    return [sound or char for char, sound in pinyin_table.sounds(text)]


def pairs(text: str, sounds: list[str]) -> Iterator[tuple[str, str]]:
    """Yield ``(sounds, characters)`` of each two neighbours that both have a sound, e.g. ``dan bao``, 担保.

    Quotation marks between the two are part of the characters. ``sounds`` are the text's :func:`syllables`.
    """
    before = -1
    for at, sound in enumerate(sounds):
        if not _spelled(sound):
            if text[at] not in _QUOTES:
                before = -1
            continue
        if before >= 0:
            characters = text[before : at + 1]
            for first, second in product(ways(sounds[before]), ways(sound)):
                yield f"{first} {second}", characters
        before = at


def singles(text: str, sounds: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield ``(sound, character, where)`` for each character that has a sound.

    ``where`` is the character with the one after it, at the end of a text with the one before it: enough to
    tell which of several readings is meant.
    """
    for at, sound in enumerate(sounds):
        if _spelled(sound):
            where = text[at : at + 2] if at + 1 < len(text) else text[max(0, at - 1) :]
            yield sound, text[at], where


def ways(sound: str) -> tuple[str, ...]:
    """Return how one syllable may be typed: ``lv`` also as ``lu``."""
    return (sound, sound.replace("v", "u")) if "v" in sound else (sound,)


def initials(text: str, sounds: list[str]) -> str:
    """Return the first letter of the sound of each letter, digit or Han character of a folded text."""
    return "".join(sound[0] for char, sound in zip(text, sounds, strict=True) if char.isalnum())


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
