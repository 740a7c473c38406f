"""What a cell shows of a number: its format code applied, as far as spreadsheet programs agree on it.

Codes are those of ECMA-376, part 1, section 18.8.31; the ones that a cell names only by number are in section
18.8.30, for which those of Chinese (zh-cn) are taken. A unit means what it sees: 12 under ``0"户"`` is 12户,
and the day 2026-03-01 under ``yyyy年m月`` is a month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum, auto
from itertools import pairwise

GENERAL = "General"

BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<wide>.)|\*(?P<filled>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<noon>上午/下午|AM/PM|A/P)|(?P<general>General|G/通用格式)"
    r"|(?P<science>E[+-])|(?P<moment>y+|m+|d+|h+|s+|a{3,}|e+|b+|g+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CURRENCY = re.compile(r"\$([^-]*)(-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CHINESE_DIGITS = re.compile(r"dbnum\d", re.IGNORECASE)  # a day written so is the same day
_COLOUR = re.compile(
    r"(black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|[黑蓝青绿洋品红白黄]+色?|颜色 ?\d+)",
    re.IGNORECASE,
)


class What(Enum):
    """What a format makes of a number."""

    NUMBER = auto()
    DAY = auto()  # year, month and day are shown
    PART_OF_DAY = auto()  # some of them
    TIME = auto()  # none of them


@dataclass(frozen=True, slots=True)
class Shown:
    """``text`` as it is seen, None when this program does not know; ``what`` it is."""

    text: str | None
    what: What


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def show(code: str, number: float, day: date | None) -> Shown:
    """Return how ``number`` looks under the format ``code``; ``day`` is its day in its workbook."""
    sections = _sections(code)
    negative_has_own = number < 0 and len(sections) > 1
    chosen = (
        sections[1] if negative_has_own else sections[2] if number == 0 and len(sections) > 2 else sections[0]
    )
    tokens = _meaningful(chosen)
    if tokens is None:
        return Shown(None, What.NUMBER)
    if any(token.kind in ("moment", "elapsed", "noon") for token in tokens):
        return _moment(tokens, number, day)
    return Shown(_number(tokens, abs(number) if negative_has_own else number), What.NUMBER)


def digits(value: float) -> str:
    """Return a number in full: no ``.0``, no exponent where it can be helped."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _sections(code: str) -> list[list[_Token]]:
    """Return the code's sections (positive, negative, zero, text), each in tokens."""
    sections: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append(_Token(kind, text))
    return sections


def _meaningful(tokens: list[_Token]) -> list[_Token] | None:
    """Return the tokens with brackets resolved; None when one is not known here, such as a condition."""
    kept = []
    for token in tokens:
        if token.kind != "bracket":
            kept.append(token)
        elif _ELAPSED.fullmatch(token.text):
            kept.append(_Token("elapsed", token.text.lower()))
        elif currency := _CURRENCY.fullmatch(token.text):
            kept.append(_Token("quoted", currency[1]))
        elif _CHINESE_DIGITS.fullmatch(token.text):
            kept.append(_Token("chinese", ""))
        elif not _COLOUR.fullmatch(token.text):
            return None
    return kept


# ---- days and times


def _moment(tokens: list[_Token], number: float, day: date | None) -> Shown:
    letters = _units(tokens)
    shown = {letter for letter in letters if letter in ("y", "m", "d")}
    what = What.DAY if shown == {"y", "m", "d"} else What.PART_OF_DAY if shown else What.TIME
    if number < 0 or (day is None and (shown or number >= 1) and "elapsed" not in {t.kind for t in tokens}):
        return Shown(None, what)
    if (
        shown == {"y", "m"}
        and day
        and any(t.kind == "moment" and len(t.text) > 2 and t.text[0] in "mM" for t in tokens)
    ):
        return Shown(f"{day.year}年{day.month}月", what)
    text = _moment_text(tokens, letters, number, day)
    return Shown(text, what)


def _units(tokens: list[_Token]) -> list[str]:
    """Return for each token its unit (y, m, d, h, n for minutes, s, a for weekdays), "" for others.

    ``m`` after hours or before seconds is minutes.
    """
    letters = []
    for token in tokens:
        letter = token.text[:1].lower() if token.kind in ("moment", "elapsed") else ""
        letters.append("y" if letter == "e" else letter)
    places = [at for at, letter in enumerate(letters) if letter]
    for before, at in pairwise([-1, *places]):
        if letters[at] == "m" and before >= 0 and letters[before] == "h":
            letters[at] = "n"
    for at, after in pairwise(places):
        if letters[at] == "m" and letters[after] == "s":
            letters[at] = "n"
    return letters


def _moment_text(tokens: list[_Token], letters: list[str], number: float, day: date | None) -> str | None:
    seconds = int(Decimal(repr(number % 1)) * 86_400 + Decimal("0.5"))
    whole = int(number) * 86_400 + seconds
    hours, minutes = divmod(seconds // 60, 60)
    noon = any(token.kind == "noon" for token in tokens)
    made = []
    for token, letter in zip(tokens, letters, strict=True):
        long = len(token.text)
        if token.kind == "elapsed":
            size = {"h": 3600, "m": 60, "n": 60, "s": 1}[letter]
            made.append(f"{whole // size:0{long}}")
        elif token.kind == "noon":
            made.append("上午" if hours < 12 else "下午")
        elif not letter:
            made.append(_literal(token))
        elif letter == "h":
            made.append(f"{(hours % 12 or 12) if noon else hours:0{min(long, 2)}}")
        elif letter == "n":
            made.append(f"{minutes:0{min(long, 2)}}")
        elif letter == "s":
            made.append(f"{seconds % 60:0{min(long, 2)}}")
        elif letter in "ymda" and day is not None:
            made.append(_of_day(letter, long, day))
        else:
            return None
    return "".join(made).strip()


def _of_day(letter: str, long: int, day: date) -> str:
    if letter == "y":
        return f"{day.year:04}" if long > 2 else f"{day.year % 100:02}"
    if letter == "m":
        return _MONTHS[day.month - 1] if long > 2 else f"{day.month:0{long}}"
    if letter == "a":
        return ("星期" if long > 3 else "") + _DAYS[day.weekday()]
    return _ENGLISH_DAYS[day.weekday()][: 3 if long == 3 else None] if long > 2 else f"{day.day:0{long}}"


def _literal(token: _Token) -> str:
    if token.kind == "wide":
        return " "
    return "" if token.kind == "filled" else token.text


# ---- numbers


def _number(tokens: list[_Token], number: float) -> str | None:
    kinds = [token.kind for token in tokens]
    texts = [token.text for token in tokens]
    if "science" in kinds or "chinese" in kinds or ("digit" in kinds and "/" in texts):
        return None
    sign = "-" if number < 0 else ""
    if "general" in kinds:
        whole = "".join(digits(abs(number)) if t.kind == "general" else _literal(t) for t in tokens)
        return (sign + whole).strip()
    if "digit" not in kinds:
        if not tokens or any(token.text == "@" and token.kind == "other" for token in tokens):
            return sign + digits(abs(number))
        return "".join(map(_literal, tokens)).strip()
    first, last = kinds.index("digit"), len(kinds) - 1 - kinds[::-1].index("digit")
    before, pattern, after = tokens[:first], tokens[first : last + 1], tokens[last + 1 :]
    if _is(pattern[-1:], ".") or _is(after[:1], "."):
        after = after[1:]
    thousands = 0
    while _is(after[:1], ","):
        after, thousands = after[1:], thousands + 1
    percent = sum(token.kind == "other" and token.text == "%" for token in tokens)
    try:
        value = Decimal(repr(abs(number))) * 100**percent / Decimal(1000) ** thousands
        body = _digits_in(pattern, value)
    except InvalidOperation:
        return None
    if not body.strip("0.,"):
        sign = ""
    lead, tail = "".join(map(_literal, before)), "".join(map(_literal, after))
    return (sign + lead + body + tail).strip()


def _is(tokens: list[_Token], text: str) -> bool:
    return bool(tokens) and tokens[0].kind == "other" and tokens[0].text == text


def _digits_in(pattern: list[_Token], value: Decimal) -> str:
    """Return ``value`` in a pattern that begins and ends with a digit."""
    points = [at for at, token in enumerate(pattern) if token.kind == "other" and token.text == "."]
    point = points[0] if points else len(pattern)
    left, right = pattern[:point], pattern[point + 1 :]
    decimals = sum(token.kind == "digit" for token in right)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = any(token.kind == "other" and token.text == "," for token in left)
    shown = _fraction([token for token in right if token.text != ","], fraction)
    return _whole([token for token in left if token.text != ","], whole.lstrip("0"), grouped) + (
        "." + shown if points and (shown or not right) else ""
    )


def _whole(pattern: list[_Token], number: str, grouped: bool) -> str:
    """Fill the places of ``pattern`` from the right; the first one takes all that is left."""
    places = [at for at, token in enumerate(pattern) if token.kind == "digit"]
    made: list[str] = []
    put = 0
    for at in range(len(pattern) - 1, -1, -1):
        token = pattern[at]
        if token.kind != "digit":
            made.append(_literal(token) if number or not places or at > places[0] else "")
            continue
        taken, number = (number, "") if at == places[0] else (number[-1:], number[:-1])
        for digit in reversed(taken or {"0": "0", "?": " ", "#": ""}[token.text]):
            if grouped and put and put % 3 == 0 and digit.isdigit():
                made.append(",")
            made.append(digit)
            put += digit.isdigit()
    return "".join(reversed(made))


def _fraction(pattern: list[_Token], number: str) -> str:
    """Fill the places after the point; what only may be shown (``#``) is left out where zeros end it."""
    made, at = [], 0
    needed = max((i for i, t in enumerate(pattern) if t.text in "0?" and t.kind == "digit"), default=-1)
    for place, token in enumerate(pattern):
        if token.kind != "digit":
            made.append(_literal(token))
            continue
        if place > needed and not number[at:].strip("0"):
            at += 1
            continue
        made.append(number[at] if token.text != "?" or number[at:].strip("0") else " ")
        at += 1
    return "".join(made)
