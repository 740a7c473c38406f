"""Characters that only look like the usual ones, as PDFs, text recognition and input methods leave them.

Full and half width, compatibility forms and the radicals of Kangxi are Unicode's NFKC. The radicals of its
supplement are not: which ideograph each one looks like is the property Equivalent_Unified_Ideograph of the
Unicode Character Database (version 14). What has no look at all, such as a zero-width space, goes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲"
    "⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢"
    "⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒"
    "㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马"
    "骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)

_USUAL = str.maketrans(_RADICALS, _IDEOGRAPHS)
_UNSEEN = frozenset({"Cf"})  # zero-width spaces and joiners, soft hyphen, byte order mark, directions
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # which drawing of a character is meant


_WIDE = "，：；（）！？％＋"  # NFKC turns each into one ASCII character


def usual(text: str) -> str:
    """Return ``text`` in the characters that a person believes to see; its length may differ."""
    if not _unusual().search(text):
        return compatible(text)
    plain = unicodedata.normalize("NFKC", text.translate(_USUAL))
    if plain.isascii():
        return plain
    return "".join(char for char in plain if not _is_unseen(char))


def is_usual(text: str) -> bool:
    """Return whether ``text`` holds only ASCII, ideographs, their punctuation, and _WIDE."""
    return not _unusual().search(text)


def compatible(text: str) -> str:
    """Return the NFKC form of ``text``; that of ordinary Chinese text sooner than ``unicodedata`` does."""
    if _unusual().search(text):
        return unicodedata.normalize("NFKC", text)
    for char in _WIDE:
        if char in text:
            text = text.replace(char, chr(ord(char) - 0xFEE0))
    return text


@cache
def _unusual() -> re.Pattern[str]:
    """Return what finds characters other than ASCII, ideographs, their punctuation, and _WIDE."""
    return re.compile(
        f"[^\\x00-\\x7f\u4e00-\u9fff\u3001\u3002\u3008-\u3011\u3014\u3015\u2014\u2018-\u201d{_WIDE}]"
    )


def _is_unseen(char: str) -> bool:
    if unicodedata.category(char) in _UNSEEN:
        return True
    return unicodedata.category(char) == "Mn" and any(ord(char) in span for span in _SELECTORS)
