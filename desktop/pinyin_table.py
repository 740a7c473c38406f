"""Which sound each character has, and which words decide how theirs are read: ``resources/pinyin.z``.

``packaging/pinyin_table.py`` makes it from pypinyin. Of its words only those are taken apart that begin as
some piece of a text does; the others stay lines.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from desktop import paths

PATH = paths.resources() / "pinyin.z"


def sounds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of ``text`` with its sound in plain letters, "" where it has none.

    From the left, the longest word that begins at a character decides how it is read.
    """
    characters, _lines = _table()
    at = 0
    while at < len(text):
        for word, read in _words(text[at : at + 2]):
            if text.startswith(word, at):
                yield from zip(word, read, strict=True)
                at += len(word)
                break
        else:
            yield text[at], characters.get(text[at], "")
            at += 1


@lru_cache(maxsize=65_536)
def _words(begin: str) -> tuple[tuple[str, list[str]], ...]:
    """Return the words that begin with these two characters, with their sounds, the longest first."""
    characters, lines = _table()
    if len(begin) < 2:
        return ()
    ours = lines[bisect_left(lines, begin) : bisect_left(lines, f"{begin}\U0010ffff")]
    parted = (line.split(" ") for line in ours)
    found = ((word, read or [characters.get(char, "") for char in word]) for word, *read in parted)
    return tuple(sorted(found, key=lambda each: -len(each[0])))


@cache
def _table() -> tuple[dict[str, str], list[str]]:
    """Return the sounds of characters, and a line for each word, in the order of their characters."""
    single, _, phrases = zlib.decompress(PATH.read_bytes()).decode().partition("\n\n")
    characters: dict[str, str] = {}
    for line in single.splitlines():
        sound, _, chars = line.partition(" ")
        characters.update(dict.fromkeys(chars, sound))
    return characters, sorted(phrases.splitlines())
