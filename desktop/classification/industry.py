"""The industries of GB/T 4754-2017 (国民经济行业分类): codes read as people write them, and searched for.

``resources/classification/industries.tsv`` lists 20 sections (门类, a letter), 97 divisions (大类, two
digits), 473 groups (中类, three) and 1,381 classes (小类, four): those of 2017, with 群众文体活动 (887) and
the two classes of 929 as the amendment of 2019 has them. A code counts the digits from the division on; the
letter before it only repeats the section. A group that is not divided has one class, its code with 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from desktop import paths
from desktop.errors import KnownError

STANDARD = "国民经济行业分类（GB/T 4754-2017）"
LEVELS = ("门类", "大类", "中类", "小类")

_WRITTEN = re.compile(r"([A-Z])?(\d*)(?![A-Z0-9])[-、,.:_]*(.*)")
_HINT = "已按原样保留。可输入 C33、33、K7010 这样的代码，或按名称、拼音查找。"


@dataclass(frozen=True, slots=True)
class Industry:
    """A section, division, group or class: the section's letter, digits (a section has none), the name."""

    section: str
    digits: str
    name: str

    @property
    def code(self) -> str:
        """Return the code with its letter: ``C``, ``C33``, ``K7010``."""
        return self.section + self.digits

    @property
    def division(self) -> str:
        """Return the two digits of the division, empty for a section."""
        return self.digits[:2]

    @property
    def level(self) -> str:
        """Return which level it is, one of :data:`LEVELS`."""
        return LEVELS[max(len(self.digits) - 1, 0)]

    @property
    def words(self) -> str:
        """Return code and name: ``C33 金属制品业``."""
        return f"{self.code} {self.name}"

    @property
    def path_words(self) -> str:
        """Return the words of all levels from the section down, joined by ``›``."""
        return " › ".join(one.words for one in above(self))


@dataclass(frozen=True, slots=True)
class IndustryCheck:
    """What was made of a text: the industry, or None with words and a hint that say why; nothing is refused.

    With an industry, words may still say what does not fit, such as another name behind the code.
    """

    industry: Industry | None
    words: str = ""
    hint: str = ""


def check(text: str) -> IndustryCheck:
    """Read a code (``C33``, ``33``, ``K7010``, full width, lower case, a name behind it) or an official name.

    An empty text has neither industry nor words.
    """
    plain = folded(text)
    if not plain:
        return IndustryCheck(None)
    found = _WRITTEN.fullmatch(plain)
    letter, digits, rest = found.groups() if found else ("", "", plain)
    if not letter and not digits:
        return _named(text, plain)
    industry = table().get(digits or letter)
    if industry is None:
        return _unknown(text, digits)
    if letter and industry.section != letter:
        right = table()[industry.section].words
        words = f"行业代码 {letter}{digits} 的门类字母与代码不一致：{digits} 属于 {right}。"
        return IndustryCheck(None, words, f"已按原样保留。如行业为{industry.name}，请改为 {industry.code}。")
    if rest and rest != folded(industry.name):
        return IndustryCheck(industry, f"代码后所写的名称与 {industry.words} 不一致，请核对。")
    return IndustryCheck(industry)


def parse(text: str) -> Industry:
    """Return the industry that a text names (see :func:`check`).

    Raises KnownError where there is none, or where letter and digits do not belong together.
    """
    read = check(text)
    if read.industry is None:
        raise KnownError(read.words or "未填写行业代码。", read.hint)
    return read.industry


def above(industry: Industry) -> tuple[Industry, ...]:
    """Return the levels of an industry from its section down to itself."""
    digits = industry.digits
    codes = (industry.section, *(digits[:length] for length in range(2, len(digits) + 1)))
    return tuple(table()[code] for code in codes)


@cache
def classes(industry: Industry) -> tuple[Industry, ...]:
    """Return the classes (小类) of an industry, itself where it is one."""
    return tuple(
        one
        for one in table().values()
        if len(one.digits) == 4 and one.section == industry.section and one.digits.startswith(industry.digits)
    )


@cache
def table() -> Mapping[str, Industry]:
    """Return all industries in the order of the standard, by their digits; sections by their letter."""
    found: dict[str, Industry] = {}
    section = ""
    for code, name in _lines():
        section = code if code.isalpha() else section
        found[code] = Industry(section, "" if code.isalpha() else code, name)
    return found


def folded(text: str) -> str:
    """Return a text as codes and names are compared: NFKC, upper case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _lines() -> Iterator[tuple[str, str]]:
    path = paths.resources() / "classification" / "industries.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, name = line.partition("\t")
            yield code, name


def _named(text: str, plain: str) -> IndustryCheck:
    """Read an official name; of levels that share it the highest counts."""
    same = [one for one in table().values() if folded(one.name) == plain]
    if not same:
        return IndustryCheck(None, f"“{text.strip()}”不是{STANDARD}中的代码或名称。", _HINT)
    if any(same[0] not in above(one) for one in same):
        codes = "、".join(one.code for one in same)
        return IndustryCheck(None, f"“{text.strip()}”可指 {codes}，请写代码。", _HINT)
    return IndustryCheck(same[0])


def _unknown(text: str, digits: str) -> IndustryCheck:
    """Say that there is no such code, and name the nearest level that there is."""
    words = f"{STANDARD}中没有代码“{text.strip()}”。"
    near = next((table()[digits[:length]] for length in (3, 2) if digits[:length] in table()), None)
    return IndustryCheck(None, words, f"{_HINT}相近的有 {near.words}。" if near else _HINT)
