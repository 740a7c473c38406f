"""统一社会信用代码 as people and Excel write it: put into one form, looked at, never refused.

GB 32100-2015: 18 of the digits and of the capitals without I, O, S, V, Z; the last one checks the others,
modulo 31. The check is our own because stdnum's, with which the tests compare it, loads OpenSSL, which the
package leaves out, and takes only digits for the first eight places, where the rural collectives have N and
others Y.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
PASSED, WRONG_CHECK, WRONG_LENGTH, WRONG_CHARACTERS, EMPTY, LOST = (
    "通过",
    "校验位不符",
    "位数不对",
    "含有不能用的字符",
    "未填",
    "可能已丢失数字",
)

_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_EXACT = 15  # digits of a number that a worksheet keeps
_SCIENTIFIC = re.compile(r"\d(\.\d*)?E\+?\d+")
_ZEROS = re.compile(r"0+")
_BETWEEN = re.compile(r"[\s'\"\-‐-―−\u200b-\u200f\ufeff]+")


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """A code in its one form (capitals, nothing between), one of the states above, and a sentence for people.

    ``words`` is empty where there is nothing to say.
    """

    code: str
    state: str
    words: str = ""


def check(text: str) -> CodeCheck:
    """Look at a code as typed: full width, lower case and blanks are put right, the rest is said."""
    code = normal(text)
    if not code:
        return CodeCheck("", EMPTY)
    if _SCIENTIFIC.fullmatch(code):
        return _lost(code)
    bad = "".join(dict.fromkeys(char for char in code if char not in ALPHABET))
    if bad:
        return CodeCheck(code, WRONG_CHARACTERS, f"信用代码中不会有“{bad}”，请对照营业执照核对。")
    if len(code) != LENGTH:
        return CodeCheck(code, WRONG_LENGTH, _length_words(len(code)))
    if code[-1] == check_character(code):
        return CodeCheck(code, PASSED)
    if code.isdigit() and code.endswith("000"):
        return _lost(code)
    return CodeCheck(code, WRONG_CHECK, "末位校验不符，可能有一位写错，请对照营业执照核对。")


def from_cell(value: object, number_format: str = "General") -> CodeCheck:
    """Look at what a cell of a worksheet holds: a text, or the number that was made of a code.

    A number keeps 15 digits, so a longer one has lost its last ones, and ``9.11E+17`` all but a few; a format
    of zeros only (``000000``) has kept the zeros in front.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(Decimal(f"{value:.{_EXACT}g}"))  # what a worksheet shows of it
    if isinstance(value, int) and not isinstance(value, bool):
        code = str(value)
        if len(code) > _EXACT:
            return _lost(code)
        return check(code.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else code)
    return check("" if value is None else str(value))


def normal(text: str) -> str:
    """Return a code in its one form: half width, capitals, without blanks, hyphens and Excel's apostrophe."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_character(code: str) -> str:
    """Return the last character that the first 17 ask for; all must be of :data:`ALPHABET`."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(code, _WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


def _lost(code: str) -> CodeCheck:
    words = "单元格存成了数字，后几位可能已经丢失，请对照营业执照重新填写，并把单元格格式设为“文本”。"
    return CodeCheck(code, LOST, words)


def _length_words(length: int) -> str:
    old = "，可能是旧的注册号" if length == 15 else "，可能是组织机构代码" if length == 9 else ""
    return f"信用代码应为 {LENGTH} 位，现为 {length} 位{old}。"
