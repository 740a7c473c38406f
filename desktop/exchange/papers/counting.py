"""Numbers as Word prints them: the number formats of ECMA-376, part 1, section 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEPS = (("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def counted(number: int, form: str) -> str:
    """Return ``number`` (from 0 to 9,999) in a format; in European digits when the format is not known."""
    if form == "none":
        return ""
    if not 0 <= number <= 9_999:
        return str(number)
    return _FORMS.get(form, str)(number)


def chinese(number: int) -> str:
    """Return ``number`` as people count: 十, 二十一, 一百零三."""
    return _words(number, "零一二三四五六七八九", _STEPS[0])


def _words(number: int, digits: str, steps: tuple[str, ...]) -> str:
    if number == 0:
        return digits[0]
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += (digits[0] if gap and said else "") + digits[digit] + steps[place]
            gap = False
        else:
            gap = True
    if 10 <= number < 20:
        return said.removeprefix(digits[1]) if steps is _STEPS[0] else said
    return said


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _formal(number: int) -> str:
    return _words(number, _FORMAL, _STEPS[1])


def _of(first: str, count: int) -> Callable[[int], str]:
    """Return the format of ``count`` characters that follow each other from ``first``, which is 1."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _circled(number: int) -> str:
    for first, start, last in ((1, "①", 20), (21, "㉑", 35), (36, "㊱", 50)):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return str(number)


def _letters(number: int) -> str:
    """Return a, b, … z, aa, bb, … as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10) if number else "0"


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said += letters * (number // value)
        number %= value
    return said


def _round_of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number else "0"


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _of("⒈", 20),
    "decimalEnclosedParen": _of("⑴", 20),
    "ideographEnclosedCircle": _of("㊀", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _round_of(_STEMS),
    "ideographZodiac": _round_of(_BRANCHES),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
}
