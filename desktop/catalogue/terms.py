"""What the user typed, as terms; and the one folding that queries and texts share.

Folding is Unicode NFKC followed by full case folding, so that width, case and compatibility forms do not
matter. A query is folded, then split at white space; every term must be found (AND).
"""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.catalogue.lookalikes import compatible, is_usual

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_SPACED_NUMBER = re.compile(r"第\s*(\d{1,6}|[一二三四五六七八九十百零]{1,7})\s*([条项])")
_PAPER_NUMBER = re.compile(r"第?(\d{1,6})号(?:文件?)?$", re.ASCII)
_NUMBER_FORM = re.compile(
    r"(?P<before>第|措施|第?条)?(?P<number>\d{1,6}|[一二三四五六七八九十百零]{1,7})(?P<after>[条项](?:措施)?|号措施)?"
)


@lru_cache(maxsize=1024)  # ranking, snippet and highlights fold the same text, and so does the next key typed
def fold(text: str) -> str:
    """Return ``text`` as the search compares it: NFKC, then case folded."""
    return compatible(text).casefold()


def stands(term: str, text: str) -> bool:
    """Return whether a folded term stands in ``text`` folded, of ideographs without folding it."""
    if _IDEOGRAPHS.fullmatch(term) and is_usual(text):
        return term in text
    return term in fold(text)


def paper_number(term: str) -> str:
    """Return a folded term with its 文号 in the usual form: 第3号, 03号 and 3号文 are 3号."""
    return _PAPER_NUMBER.sub(lambda found: f"{int(found[1])}号", term)


def bare(text: str) -> str:
    """Return ``text`` folded, letters and digits only: (2023)3号, 〔2023〕3号 and “2023 3号” become one."""
    return "".join(c for c in fold(text) if c.isalnum())


def split(query: str) -> tuple[str, ...]:
    """Return the terms of ``query``, folded, each one once, in the order typed; 第 16 条 is one term."""
    folded = _SPACED_NUMBER.sub(r"第\1\2", fold(query))
    return tuple(dict.fromkeys(folded.split()))


def plain_number(term: str) -> int | None:
    """Return the number that a term of at most six ASCII digits stands for, else None."""
    return int(term) if len(term) <= 6 and term.isascii() and term.isdigit() else None


def measure_number(term: str) -> int | None:
    """Return the measure number named by 第16条, 第十六条, 16条, 措施16 and the like, else None."""
    match = _NUMBER_FORM.fullmatch(term)
    if match is None or not (match["before"] or match["after"]):
        return None
    digits = match["number"]
    return int(digits) if digits.isdigit() else _chinese_number(digits)


def _chinese_number(digits: str) -> int | None:
    """Return the value of a Chinese numeral below 1000 (十六, 一百零三), or None when it is malformed."""
    match = re.fullmatch(r"(?:(.)百)?零?(?:([一二三四五六七八九]?)(十))?零?([一二三四五六七八九]?)", digits)
    if match is None:
        return None
    hundreds, tens, ten, ones = match.groups()
    value = _DIGITS.get(hundreds or "", 0) * 100 + _DIGITS.get(ones or "", 0)
    return value + (_DIGITS.get(tens or "", 1) * 10 if ten else 0)
