"""What was found in a report: a claim, where it stands, whether the library says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.library.word_changes import Marked, Stretch

_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
Span = tuple[int, int]


class ClaimKind(StrEnum):
    """What a place of a report claims; the values are those of the command line."""

    QUOTATION = "quotation"
    FIGURE = "figure"
    NUMBER = "number"
    ARTICLE = "article"
    UNIT = "unit"
    DATE = "date"
    VALIDITY = "validity"


KIND_NAMES = {
    ClaimKind.QUOTATION: "引文",
    ClaimKind.FIGURE: "数字",
    ClaimKind.NUMBER: "文号",
    ClaimKind.ARTICLE: "条号",
    ClaimKind.UNIT: "单位",
    ClaimKind.DATE: "日期",
    ClaimKind.VALIDITY: "有效期",
}


class ClaimVerdict(StrEnum):
    """Whether the library says the same; the values are those of the command line."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


VERDICT_NAMES = {
    ClaimVerdict.DIFFERS: "有出入",
    ClaimVerdict.UNKNOWN: "查无",
    ClaimVerdict.SAME: "一致",
}
"""In the order in which people read them."""


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """Where the library says it: ``text`` is ``start`` to ``end`` of the measure's text.

    Where ``measure`` is "" they are places of the notice's source; -1 where the notice prints no such words
    (a number of measures), which ``text`` then states.
    """

    notice: str
    document: str
    measure: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: ``text`` is ``start`` to ``end`` of the report, in code points.

    ``difference`` has the words of the library and of the report in order, as
    :func:`desktop.library.word_changes.word_changes` gives them: gone is what only the library says, new what
    only the report says. Empty unless the verdict is that it differs.
    """

    kind: ClaimKind
    start: int
    end: int
    text: str
    verdict: ClaimVerdict
    source: ClaimSource | None = None
    difference: tuple[Stretch, ...] = ()


def on_one_line(words: str) -> str:
    """Return words without the line ends and blanks between them, but for those between Latin words."""
    return " ".join(_BESIDE_HAN.sub("", words).split())


def instead(source: str, said: str) -> tuple[Stretch, ...]:
    """Return the difference of a claim that is wrong as a whole."""
    return (Stretch(Marked.GONE, source), Stretch(Marked.NEW, said))
