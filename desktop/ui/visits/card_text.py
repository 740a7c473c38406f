"""What the card says of a measure: lines of text with the measure's own words, and where these stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.catalogue import typeset
from desktop.verdicts import words
from desktop.verdicts.judging import ClauseVerdict, Finding, MissingFact, Reason, Verdict

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.catalogue.rules import RuleQuote

ELLIPSIS = "……"
SIZED = ("employees", "revenue", "assets")
YES, NO, OPEN, DECIDED = "✓", "✗", "？", "！"


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line under a mark; ``spans`` of the text (code points) are the words that it turns on."""

    mark: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()


def lines(measure: Measure, verdict: Verdict) -> tuple[CardLine, ...]:
    """Return why a measure is found so, clause by clause, and what only the unit can find."""
    return tuple(_lines(measure, verdict))


def missing(clause: ClauseVerdict) -> str:
    """Return what is not known for a clause: 行业和规模 where the size lacks nearly all that makes it."""
    named = {one.key: one.name for one in clause.missing}
    if "industry" in named and sum(key in SIZED for key in named) > 1:
        rest = (name for key, name in named.items() if key not in (*SIZED, "industry"))
        return "、".join(("行业和规模", *rest))
    return "、".join(named.values())


def _lines(measure: Measure, verdict: Verdict) -> Iterator[CardLine]:
    for each in verdict.clauses:
        match each.finding:
            case Finding.APPLIES:
                why = _because(each.reasons_for)
                yield _line(YES, why, measure, each, each.reasons_for)
            case Finding.NO:
                why = f"{_because(each.reasons_against)}，这一款不适用"
                yield _line(NO, why, measure, each, each.reasons_against)
            case Finding.MAYBE:
                yield _line(OPEN, f"还不知道{missing(each)}", measure, each, each.missing)
    if decided := dict.fromkeys(typeset.typeset(quote.words) for quote in verdict.unit_decides):
        yield CardLine(DECIDED, f"{words.UNIT_DECIDES}：{'、'.join(decided)}")


def _because(reasons: Sequence[Reason]) -> str:
    return "，".join(dict.fromkeys(reason.words for reason in reasons))


def _line(
    mark: str, why: str, measure: Measure, judged: ClauseVerdict, told: Sequence[Reason | MissingFact]
) -> CardLine:
    """Return ``why``, and the words of the clause in which those that it turns on are marked."""
    marked = [(one.start, one.start + len(one.quote)) for one in told]
    text, spans = f"{why}：", []
    shown = typeset.typeset(measure.text)
    for at, quote in enumerate(judged.clause.quotes):
        text += ELLIPSIS if at else ""
        for first, last in _cut(quote, marked):
            if any(a <= first and last <= b for a, b in marked):
                spans.append((len(text), len(text) + last - first))
            text += shown[first:last]
    return CardLine(mark, text, tuple(spans))


def _cut(quote: RuleQuote, marked: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a quotation between which it is marked or not."""
    end = quote.start + len(quote.words)
    within = {place for span in marked for place in span if quote.start < place < end}
    return itertools.pairwise(sorted({quote.start, end, *within}))
