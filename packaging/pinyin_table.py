"""Writes ``resources/pinyin.z``, the readings of characters and words that the program builds its index with.

The program takes in notices by itself and cannot ask pypinyin, whose dictionaries are ten times as large. The
table keeps what it says, without tones: which sound each character has, and which words there are, with the
sounds of those that are not read as their characters alone.

    python packaging/pinyin_table.py
"""

from __future__ import annotations

import zlib

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

from desktop import pinyin_table
from desktop.catalogue.terms import fold


def made() -> str:
    """Return the table: lines of a sound and its characters, an empty line, lines of words and sounds."""
    characters = {chr(code): _sounds(chr(code))[0] for code in PINYIN_DICT}
    characters = {char: sound for char, sound in characters.items() if sound.isascii() and sound.isalpha()}
    by_sound: dict[str, list[str]] = {}
    for char, sound in sorted(characters.items()):
        by_sound.setdefault(sound, []).append(char)
    lines = [f"{sound} {''.join(chars)}" for sound, chars in sorted(by_sound.items())]
    lines.append("")
    for word in sorted(word for word in PHRASES_DICT if len(word) > 1 and RE_HANS.match(word)):
        sounds = _sounds(word)
        alone = [characters.get(char, char) for char in word]
        lines.append(word if sounds == alone else f"{word} {' '.join(sounds)}")
    return "\n".join(lines)


def _sounds(words: str) -> list[str]:
    return [fold(sound) for sound in lazy_pinyin(words, errors=list)]  # type: ignore[arg-type]


if __name__ == "__main__":
    pinyin_table.PATH.write_bytes(zlib.compress(made().encode(), 9))
