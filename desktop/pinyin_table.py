"""Which sound each character has, and which words decide how theirs are read: ``resources/pinyin.z``.

``packaging/pinyin_table.py`` makes it from pypinyin. Reading it takes a twentieth of a second, and only what
builds an index does so.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache

from desktop import paths

PATH = paths.resources() / "pinyin.z"


def sounds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of ``text`` with its sound in plain letters, "" where it has none.

    From the left, the longest word that begins at a character decides how it is read.
    """
    characters, words, longest = _table()
    at = 0
    while at < len(text):
        first = text[at]
        if first not in longest:
            yield first, characters.get(first, "")
            at += 1
            continue
        for length in range(min(longest[first], len(text) - at), 1, -1):
            word = text[at : at + length]
            if word in words:
                read = words[word]
                yield from zip(word, read or [characters.get(char, "") for char in word], strict=True)
                at += length
                break
        else:
            yield first, characters.get(first, "")
            at += 1


@cache
def _table() -> tuple[dict[str, str], dict[str, list[str]], dict[str, int]]:
    """Return the sounds of characters, the words, and the length of the longest word by first character."""
    single, _, phrases = zlib.decompress(PATH.read_bytes()).decode().partition("\n\n")
    characters: dict[str, str] = {}
    for line in single.splitlines():
        sound, _, chars = line.partition(" ")
        characters |= dict.fromkeys(chars, sound)
    words: dict[str, list[str]] = {}
    longest: dict[str, int] = {}
    for line in phrases.splitlines():
        word, *read = line.split(" ")
        words[word] = read
        longest[word[0]] = max(longest.get(word[0], 1), len(word))
    return characters, words, longest
