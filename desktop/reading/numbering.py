"""Printed numbers: 一、（二） 3. ４． 第五条 第六章 （7） ⑧ and the like, as form and value.

A form is what a number looks like; numbers of one form make one sequence. Where several forms stand in a
notice, an outer one (一、) holds inner ones (（一）, 1.).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

_HAN = "〇零一二三四五六七八九十百"
_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
YEAR = re.compile(r"[12]\d{3}\s*[年\-—~]")


class NumberForm(IntEnum):
    """What a printed number looks like, the outer forms first."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    HAN = 3
    ARTICLE = 4
    HAN_BRACKET = 5
    DIGIT = 6
    DIGIT_BRACKET = 7
    CIRCLE = 8


SUB_ITEMS = frozenset({NumberForm.DIGIT_BRACKET, NumberForm.CIRCLE})
"""Forms that count things within a paragraph."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number in the source: ``source[start:end]`` is it, mark and brackets included.

    ``after`` is where the words begin that it numbers. ``doubtful`` says that a digit follows, so that it may
    be no number at all but a decimal or a day.
    """

    form: NumberForm
    value: int
    start: int
    end: int
    after: int
    doubtful: bool = False


_FORMS: tuple[tuple[NumberForm, str], ...] = (
    (NumberForm.PART, rf"第\s*([{_HAN}\d]{{1,4}})\s*部分\s*[、:：]?"),
    (NumberForm.CHAPTER, rf"第\s*([{_HAN}\d]{{1,4}})\s*章"),
    (NumberForm.SECTION, rf"第\s*([{_HAN}\d]{{1,4}})\s*节"),
    (NumberForm.ARTICLE, rf"第\s*([{_HAN}\d]{{1,5}})\s*条(?!例)(?:之[一二三四五])?(?:\s*[：:])?"),
    (NumberForm.HAN_BRACKET, rf"[（(〔\[【﹙]\s*([{_HAN}]{{1,4}})\s*[）)〕\]】﹚]\s*[、．.]?"),
    (NumberForm.HAN_BRACKET, r"([㈠-㈩])"),
    (NumberForm.HAN, rf"(?<![{_HAN}第\d])([{_HAN}]{{1,4}})\s*[、．.]"),
    (NumberForm.DIGIT_BRACKET, r"[（(﹙]\s*(\d{1,2})\s*[）)﹚]\s*[、．.]?"),
    (NumberForm.DIGIT_BRACKET, r"(?<![\dA-Za-z.．])(\d{1,2})\s*[）)]"),
    (NumberForm.DIGIT_BRACKET, r"([⑴-⒇])"),
    (NumberForm.DIGIT, r"(?<![\dA-Za-z.．%％])(\d{1,3})\s*[.．、]"),
    (NumberForm.DIGIT, r"([⒈-⒛])"),
    (NumberForm.CIRCLE, r"([①-⑳])"),
)
_ANY = re.compile("|".join(f"(?P<f{place}>{words})" for place, (_, words) in enumerate(_FORMS)))
_BULLET = re.compile(r"[●★☆•■□◆◇▲△▪○◎※#*]{1,3}\s*")
_NO_ARTICLE = re.compile(
    r"\s*(?:第|、|，|,|至)|(?:规定|到|和|或|及|与|的|所|中|款|项|明确|要求|执行|措施|政策|内容)"
)
_ENUMERATED = re.compile(
    rf"\s*[{_HAN}]{{1,3}}\s*[、等级类]|\s*[项款目条](?:[、，。；至和或的中所]|规定|情形)|\s*[、，。；]"
)


def han_value(printed: str) -> int:
    """Return the value of 十二, 二〇, １２, ⑫, ㈢; 0 where it is none."""
    text = unicodedata.normalize("NFKC", printed).strip("()（）. ")
    if text.isdigit():
        return int(text)
    if not text or any(char not in _VALUES and char not in "十百" for char in text):
        return 0
    if not set(text) & {"十", "百"}:
        return int("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        else:
            digit = _VALUES[char]
    return total + (digit or 0)


def numbers_in(source: str, start: int, end: int) -> list[PrintedNumber]:
    """Return everything in ``source[start:end]`` that may be a printed number, in order."""
    found = []
    place = start
    while match := _ANY.search(source, place, end):
        place = match.end()
        number = _number(source, match, end)
        if number:
            found.append(number)
        else:
            place = match.start() + 1
    return found


def number_at(source: str, start: int, end: int) -> PrintedNumber | None:
    """Return the number that ``source[start:end]`` begins with, if need be behind a bullet; else None."""
    bullet = _BULLET.match(source, start, end)
    match = _ANY.match(source, bullet.end() if bullet else start, end)
    return _number(source, match, end) if match else None


def _number(source: str, match: re.Match[str], end: int) -> PrintedNumber | None:
    place = next(index for index in range(len(_FORMS)) if match[f"f{index}"] is not None)
    form = _FORMS[place][0]
    printed = next(group for group in match.groups()[match.re.groupindex[f"f{place}"] :] if group)
    value = han_value(printed)
    after = match.end()
    while after < end and source[after].isspace():
        after += 1
    rest = source[after : after + 12]
    if not value:
        return None
    if form is NumberForm.ARTICLE and _NO_ARTICLE.match(source, match.end(), end):
        return None
    if form in (NumberForm.HAN, NumberForm.HAN_BRACKET) and _ENUMERATED.match(rest):
        return None
    doubtful = False
    if form is NumberForm.DIGIT:
        if rest and rest[0] in "%％。，；）)":
            return None
        doubtful = after == match.end() and rest[:1].isdigit() and not YEAR.match(rest)
    return PrintedNumber(form, value, match.start(), match.end(), after, doubtful)
