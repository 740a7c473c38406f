"""明白纸: what is said to one enterprise of the measures that fit it, before it is set on a page.

No paper of a visit has the word 检查 (国办发〔2024〕54号): of a quotation the parts between marks that hold
it are left out, of a title, a reason or a question the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.clauses import Clause
from desktop.catalogue.model import Notice
from desktop.catalogue.query import Catalogue
from desktop.catalogue.rules import RuleQuote
from desktop.catalogue.typeset import typeset
from desktop.verdicts import card as cards
from desktop.verdicts.judging import ClauseVerdict, Finding, Verdict
from desktop.verdicts.profile import Profile
from desktop.workspace import words

FORBIDDEN = "检查"
GAP = "……"
_PARTS = re.compile(r"(?:“[^”]*”|（[^）]*）|《[^》]*》|[^，。；、：])*[，。；、：]?")
_MOST_REASONS, _MOST_UNITS, _MOST_MISSING = 3, 4, 2
_CODE = re.compile("行业为[A-Z][0-9]* ")
_MOST_PAPERS = 3  # named where none of their measures is
_GENERAL, _INDUSTRY = ("划型为", "条文没有限定"), "行业为"
_LONGEST_LEAD = 40  # characters that may stand before the words by which a clause is known


@dataclass(frozen=True, slots=True)
class LeafletMeasure:
    """A measure that applies: number, title, words (one for each piece), why it concerns them, whom to ask.

    ``document`` is the key of its paper, ``notice`` of its notice; ``paper`` what that is called.
    """

    key: str
    number: str
    title: str
    pieces: tuple[str, ...]
    reason: str
    units: str
    document: str
    notice: str
    paper: str


@dataclass(frozen=True, slots=True)
class Leaflet:
    """The whole: ``measures`` that apply, one for each thing known of the firm first.

    ``asks`` are phrases for those that may apply; ``version`` is that of the data.
    """

    firm: str
    day: date
    measures: tuple[LeafletMeasure, ...]
    asks: tuple[str, ...]
    notices: Mapping[str, Notice]
    papers: Mapping[str, str]
    version: str
    visitors: str


def of(
    catalogue: Catalogue,
    clauses: Mapping[str, Sequence[Clause]],
    profile: Profile,
    day: date,
    visitors: Iterable[str] = (),
) -> Leaflet:
    """Return the leaflet of an enterprise of which that is known on a day."""
    found = cards.match(catalogue, clauses, profile)
    told = [_measure(catalogue, one) for one in _in_turn(found.found(Finding.APPLIES))]
    asks = [ask for one in found.found(Finding.MAYBE) if (ask := _ask(catalogue, one))]
    in_use = [(one.key, one.notice_key) for one in catalogue.documents[:_MOST_PAPERS]]
    keys = dict([(one.document, one.notice) for one in told] or in_use)
    papers = {key: _cited(catalogue, key) for key in keys}
    return Leaflet(
        profile.name,
        day,
        tuple(told),
        tuple(asks),
        {key: catalogue.notice_with(key) for key in keys.values()},
        papers,
        str(catalogue.meta.get("data_version", "")),
        "、".join(visitors),
    )


def quoted(pieces: Iterable[str], most: int = 0) -> str:
    """Return words of a measure without 检查, at most ``most`` characters (0: all), with …… for a gap.

    What is left out is left out between marks, so that every part stands in the source as it is here.
    """
    text, room, gap = "", most, False
    for number, piece in enumerate(pieces):
        gap = gap or (number > 0 and bool(text))
        for part in filter(None, _PARTS.findall(piece)):
            if FORBIDDEN in part:
                gap = True
                continue
            if most and len(part) > room and text:
                return f"{text.rstrip('，、；：。')}{GAP}"
            if most and len(part) > room:
                return f"{part[:most]}{GAP}"
            text = text.rstrip("，、；：。") + GAP + part if gap and text else text + part
            gap, room = False, room - len(part)
    return f"{text.rstrip('，、；：')}{GAP if gap else ''}" if text else ""


def clean_title(title: str) -> str:
    """Return the title of a measure as a paper of a visit has it: "" for one with the word."""
    return "" if FORBIDDEN in title else typeset(title)


def _in_turn(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return those that bring up something of the firm that none before them does first.

    What the firm is or has said counts before its industry, and that before nothing but its size.
    """
    left = [(one, _own(one)) for one in verdicts]
    told: list[Verdict] = []
    known: set[str] = set()

    def brings(pair: tuple[Verdict, frozenset[str]]) -> tuple[int, int, int]:
        new = pair[1] - known
        return sum(not one.startswith(_INDUSTRY) for one in new), len(new), len(pair[1])

    while left:
        best = max(left, key=brings)
        left.remove(best)
        told.append(best[0])
        known |= best[1]
    return told


def _own(judged: Verdict | ClauseVerdict) -> frozenset[str]:
    """Return what is known of the firm itself and speaks for it, size aside."""
    return frozenset(one.words for one in judged.reasons_for if not one.words.startswith(_GENERAL))


def _measure(catalogue: Catalogue, verdict: Verdict) -> LeafletMeasure:
    measure = catalogue.measure(verdict.measure_key)
    holding = [one for one in verdict.clauses if one.finding is Finding.APPLIES]
    clause = max(holding, key=_weight)
    pieces = _passage(typeset(measure.text), clause.clause.quotes)
    told = dict.fromkeys(_CODE.sub("行业为", one.words) for one in clause.reasons_for)
    reasons = [reason for reason in told if FORBIDDEN not in reason]
    names = [unit.name for unit in catalogue.units_of(measure.key)]
    more = f"等{len(names)}家" if len(names) > _MOST_UNITS else ""
    return LeafletMeasure(
        measure.key,
        str(measure.number),
        clean_title(measure.called),
        pieces,
        "；".join(reasons[:_MOST_REASONS]) or clause.clause.offer,
        "、".join(names[:_MOST_UNITS]) + more,
        measure.document_key,
        catalogue.notice_of(measure).key,
        words.document(catalogue, measure.document_key),
    )


def _weight(judged: ClauseVerdict) -> tuple[bool, int]:
    """Return how well a clause tells why: whether its words can be printed, how much is the firm's own."""
    printable = bool(quoted(one.words for one in judged.clause.quotes))
    return printable, len(_own(judged))


def _passage(text: str, quotes: Sequence[RuleQuote]) -> tuple[str, ...]:
    """Return the words of a clause: one quotation with all of its part of the sentence, several as they are.

    ``text`` is the whole measure as it is typeset.
    """
    if len(quotes) > 1:
        return tuple(typeset(one.words) for one in quotes)
    start, end = quotes[0].start, quotes[0].start + len(quotes[0].words)
    before = max(text.rfind(mark, 0, start) for mark in "，。；：") + 1
    if start - before <= _LONGEST_LEAD and _is_whole(text[before:start]):
        start = before
    after = min((at for mark in "，。；：" if (at := text.find(mark, end)) >= 0), default=end)
    if text[end - 1] not in "，。；：" and _is_whole(text[end:after]):
        end = after
    return (text[start : end + 1] if text[end : end + 1] == "。" else text[start:end],)


def _is_whole(text: str) -> bool:
    """Tell whether each quotation, title and bracket of a text begins and ends in it."""
    return all(text.count(opened) == text.count(closed) for opened, closed in ("“”", "（）", "《》"))


def _ask(catalogue: Catalogue, verdict: Verdict) -> str:
    measure = catalogue.measure(verdict.measure_key)
    names = list(dict.fromkeys(one.name for one in verdict.missing if FORBIDDEN not in one.name))
    title = clean_title(measure.called)
    if not names or not title:
        return ""
    more = "等" if len(names) > _MOST_MISSING else ""
    return f"{measure.number} {title}（需确认{'、'.join(names[:_MOST_MISSING])}{more}）"


def _cited(catalogue: Catalogue, key: str) -> str:
    document = catalogue.document_with(key)
    number = catalogue.notice_with(document.notice_key).number
    return f"《{typeset(document.title)}》" + (f"（{number}）" if number else "")
