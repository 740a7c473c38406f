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

CHANG = "效治丰葛垣泰岛海武阳宁白顺岭清洲钢信盛荣林平风凝裕源宏达通瑞峰运鑫泽恒旺庆利汇润晟业兴隆福茂"
"""What follows 长, above all in names, where it is read chang and no dictionary says so."""

SURNAMES = {
    "zeng": "曾",
    "xie": "解",
    "qiu": "仇",
    "shan": "单",
    "ou": "区",
    "piao": "朴",
    "zha": "查",
    "ge": "盖",
    "miao": "缪",
    "zhai": "翟",
    "yue": "乐",
    "qin": "覃",
    "bo": "柏",
    "yun": "员",
    "chong": "种",
    "wei": "隗",
}
"""Surnames that are read otherwise than the character alone; known by a 氏 or 记 behind them."""

PLACES = {
    "单县": "shan xian",
    "解州": "xie zhou",
    "洪洞": "hong tong",
    "繁峙": "fan shi",
    "会稽": "kuai ji",
    "长三角": "chang san jiao",
    "区长": "qu zhang",
    "大城县": "dai cheng xian",
    "朝阳市": "chao yang shi",
    "朝阳县": "chao yang xian",
    "都匀": "du yun",
    "都昌": "du chang",
    "于都县": "yu du xian",
    "曾都": "zeng du",
    "浚县": "xun xian",
    "涡阳": "guo yang",
    "什邡": "shi fang",
    "筠连": "jun lian",
    "荥经": "ying jing",
    "漯河": "luo he",
    "南乐": "nan le",
    "伽师": "jia shi",
}
"""Places and the like of which the dictionaries do not know how they are read."""


def made() -> str:
    """Return the table: lines of a sound and its characters, an empty line, lines of words and sounds."""
    characters = {chr(code): _sounds(chr(code))[0] for code in PINYIN_DICT}
    characters = {char: sound for char, sound in characters.items() if sound.isascii() and sound.isalpha()}
    by_sound: dict[str, list[str]] = {}
    for char, sound in sorted(characters.items()):
        by_sound.setdefault(sound, []).append(char)
    lines = [f"{sound} {''.join(chars)}" for sound, chars in sorted(by_sound.items())]
    lines.append("")
    names = _names()
    words = {word for word in PHRASES_DICT if len(word) > 1 and RE_HANS.match(word)}
    for word in sorted(words | names.keys()):
        sounds = names.get(word) or _sounds(word)
        alone = [characters.get(char, char) for char in word]
        lines.append(word if sounds == alone else f"{word} {' '.join(sounds)}")
    return "\n".join(lines)


def _names() -> dict[str, list[str]]:
    """Return what pypinyin does not know, by name."""
    made = {word: sounds.split(" ") for word, sounds in PLACES.items()}
    made |= {f"长{char}": ["chang", *_sounds(char)] for char in CHANG}
    for sound, char in SURNAMES.items():
        made |= {f"{char}{behind}": [sound, *_sounds(behind)] for behind in "氏记"}
    return made


def _sounds(words: str) -> list[str]:
    return [fold(sound) for sound in lazy_pinyin(words, errors=list)]  # type: ignore[arg-type]


if __name__ == "__main__":
    pinyin_table.PATH.write_bytes(zlib.compress(made().encode(), 9))
