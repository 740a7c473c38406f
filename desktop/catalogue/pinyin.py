"""Pinyin in plain letters: computed when the database is built, compared when it is searched.

A title is kept as its syllables, one for each letter, digit or Han character; punctuation has none. A
spelling matches from a syllable boundary on, as initials (``zjtx``) or in full (``danbao``), and may end
within a syllable (``danb``). ü is written v or u.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from desktop.catalogue.terms import fold

_TONES = "\u0304\u0301\u030c\u0300"


def syllables(text: str) -> tuple[str, ...]:
    """Return one syllable for each sounding character of ``text``. Needs pypinyin, at build time only."""
    from pypinyin import lazy_pinyin

    spelled = lazy_pinyin(text, errors=_letters)  # type: ignore[arg-type]  # a list is allowed
    return tuple(fold(sound) for sound, c in zip(spelled, text, strict=True) if c.isalnum())


def spellings(sounds: Sequence[str]) -> tuple[str, ...]:
    """Return what a prefix query must find: from each syllable on, in full and as initials; each initial."""
    found = set()
    for form in _forms(sounds):
        for at in range(len(form)):
            found.add("".join(form[at:]))
            found.add("".join(sound[0] for sound in form[at:]))
            found.add(form[at][0])
    return tuple(sorted(found))


def spelling(term: str) -> str:
    """Return the letters of a folded term that may be pinyin (``xi'an`` → ``xian``), else an empty string.

    ü is v, and marks of tone say nothing: ``lǚyóu`` → ``lvyou``.
    """
    parted = unicodedata.normalize("NFD", term.replace("'", "")).replace("u\u0308", "v")
    letters = "".join(char for char in parted if char not in _TONES)
    return letters if letters.isascii() and letters.isalpha() else ""


def place(text: str, sounds: Sequence[str], letters: str) -> tuple[int, int] | None:
    """Return the span of ``text`` that ``letters`` spell, or None; ``sounds`` are its :func:`syllables`."""
    sounding = [at for at, c in enumerate(text) if c.isalnum()]
    for form in _forms(sounds):
        for at in range(len(form)):
            count = _initials(form[at:], letters) or _full(form[at:], letters)
            if count:
                return sounding[at], sounding[at + count - 1] + 1
    return None


def _letters(unspelled: str) -> list[str]:
    """Return characters without pinyin one by one, so that there is a syllable for each character."""
    return list(unspelled)


def _forms(sounds: Sequence[str]) -> list[Sequence[str]]:
    if any("v" in sound for sound in sounds):
        return [sounds, [sound.replace("v", "u") for sound in sounds]]
    return [sounds]


def _initials(sounds: Sequence[str], letters: str) -> int:
    fits = len(letters) <= len(sounds) and all(s[0] == c for s, c in zip(sounds, letters, strict=False))
    return len(letters) if fits else 0


def _full(sounds: Sequence[str], letters: str) -> int:
    spelled = ""
    for count, sound in enumerate(sounds, 1):
        spelled += sound
        if spelled.startswith(letters):
            return count
        if not letters.startswith(spelled):
            break
    return 0
