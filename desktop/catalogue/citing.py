"""How the measures of one document are numbered and cited: the rules of docs/data.md, "Numbers".

A printed label is what stands in front of a measure: ``16.``, ``三、``, ``（二）``, ``第四条``. Whether it
tells a measure from all others in its document decides how the measure is cited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_WHOLE = re.compile(r"第.+[条项款]")
_BRACKETED = re.compile(r"[（(](.+)[)）]")
_PLAIN = re.compile(r"[0-9０-９]+|[零〇一二两三四五六七八九十百]+")
_PART = re.compile(r"第.+[章节编部篇][分]?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A measure's printed label with those of its category and group, each "" where there is none.

    ``category_title`` and ``group_title`` stand in where a heading has no label; ``category`` and ``group``
    tell headings apart, None where the measure stands under none.
    """

    label: str
    category: int | None = None
    category_label: str = ""
    category_title: str = ""
    group: int | None = None
    group_label: str = ""
    group_title: str = ""


def value(label: str) -> int | None:
    """Return the number that a printed label names (16., 十六、, （三）, 第四条), None if it names none."""
    found = _PLAIN.search(label)
    if found is None:
        return None
    digits = found[0]
    if digits.isdecimal():
        return int(digits)
    total = ones = 0
    for char in digits:
        if char in _TENS:
            total += (ones or 1) * _TENS[char]
            ones = 0
        else:
            ones = _DIGITS[char]
    return total + ones


def numbers(measures: Sequence[Printed]) -> list[int]:
    """Return a number for each measure of a document, no two the same.

    It is the printed one if all are printed and rise through the whole document, else the measure's place in
    the document, counted from 1.
    """
    printed = [value(measure.label) for measure in measures]
    known = [number for number in printed if number is not None]
    if len(known) == len(measures) and all(a < b for a, b in zip([0, *known], known, strict=False)):
        return known
    return list(range(1, len(measures) + 1))


def citations(measures: Sequence[Printed]) -> list[str]:
    """Return how each measure of a document is cited within it; no two are cited alike."""
    ways = (_alone, _in_category, _in_group)
    cited = [""] * len(measures)
    for way in ways:
        cited = [way(measure, at) for at, measure in enumerate(measures, 1)]
        if len(set(cited)) == len(cited):
            return cited
    twice = Counter(cited)
    return [words if twice[words] == 1 else f"{words}（全文第{at}条）" for at, words in enumerate(cited, 1)]


def _alone(measure: Printed, at: int) -> str:
    label = measure.label.strip()
    if not label:
        return f"第{at}条"
    if _WHOLE.fullmatch(label):
        return label
    if found := _BRACKETED.search(label):
        return f"第（{found[1].strip()}）项"
    return f"第{found[0]}条" if (found := _PLAIN.search(label)) else label


def _in_category(measure: Printed, at: int) -> str:
    if measure.category is None:
        return _alone(measure, at)
    return _part(measure.category_label, measure.category_title) + _alone(measure, at)


def _in_group(measure: Printed, at: int) -> str:
    if measure.group is None:
        return _in_category(measure, at)
    group = measure.group_label.strip() or f"“{measure.group_title}”"
    group = re.sub("[、.．]$", "", group)
    category = "" if measure.category is None else _part(measure.category_label, measure.category_title)
    return category + group + _alone(measure, at)


def _part(label: str, title: str) -> str:
    """Return how a category is named in front of a measure: 第二部分, 第二章, “加大支持”."""
    label = label.strip()
    if not label:
        return f"“{title}”"
    if _PART.fullmatch(label):
        return label
    if found := _BRACKETED.search(label):
        return f"第（{found[1].strip()}）部分"
    return f"第{found[0]}部分" if (found := _PLAIN.search(label)) else label
