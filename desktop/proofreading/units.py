"""Units that a report names as responsible: whether the measure names them too, and in the same role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.catalogue.model import Measure
from desktop.catalogue.unit_names import called, normal
from desktop.library.word_changes import Stretch
from desktop.proofreading.context import ReportContext
from desktop.proofreading.corpus import Corpus
from desktop.proofreading.model import Claim, ClaimKind, ClaimSource, ClaimVerdict, Span, instead
from desktop.proofreading.pieces import SaidArticle, statements
from desktop.reading.model import Role
from desktop.reading.statements import read_statement
from desktop.reading.unit_names import same_unit, unit_likeness
from desktop.reading.units_parsed import parse

_NAME = re.compile(r"[^、，,；;／/：:\s（）()\[\]【】〔〕。]+")
_LABEL = re.compile(
    r"(?:(?P<role>责任|牵头|配合|主办|协办|承办|落实|实施|参与|主管)(?:责任)?(?:单位|部门)(?:及分工)?)\s*(?:[:：]|为|是|有|包括)"
)
_DEED = (
    r"(?:共同|具体|分别|联合|统一|等单位|等部门|等)*"
    r"(?P<deed>牵头|负责|配合|会同|落实|承办|主办|协办|承担|组织实施|为责任单位|为牵头单位|作为责任单位|作为牵头单位)"
)
_BY = re.compile(rf"由(?P<names>[\u4e00-\u9fffA-Za-z、（）()〔〕]{{2,160}}?){_DEED}")
_SPOKEN = re.compile(rf"(?:^|(?<=[，。；：:,;、\n\t（(]))(?P<names>[\u4e00-\u9fff、]{{3,90}}?){_DEED}")
_BEHIND = re.compile("(?:牵头|配合|负责|主办|协办|落实|承办|共同|具体|分别|联合|等)+$")
_AND = re.compile("和|及|与|以及|会同")
_BRACKET = frozenset("（）()〔〕")
_SEATED = re.compile("各.*(?:政府|管委会|办事处)$")
_SHORTEST = 3
_LEVELS = "省市县区州旗"
_WORDS: dict[Role | None, str] = {Role.LEAD: "牵头", Role.SUPPORT: "配合"}
_ROLES = {"牵头": "lead", "主办": "lead", "配合": "support", "协办": "support"}


@dataclass(frozen=True, slots=True)
class SaidUnit:
    """A unit that is named as responsible, in a role that the report gives it ("" for none).

    ``full`` is its name with what its neighbours say of it: 市财政局、国资委 names 市国资委.
    """

    start: int
    end: int
    name: str
    role: str
    statement: Span
    full: str = ""


def named(text: str, corpus: Corpus) -> list[SaidUnit]:
    """Return the units that a text says to be responsible, for whatever."""
    return [*_stated(text), *_spoken(text, corpus, statements(text))]


def units(
    text: str,
    said: Sequence[SaidUnit],
    corpus: Corpus,
    context: ReportContext,
    articles: Sequence[SaidArticle],
) -> Iterator[Claim]:
    """Yield a claim for each unit that is said to be responsible for a measure of the library."""
    for one in said:
        found = _measures(one.start, text, corpus, context, articles)
        if not found:
            continue
        claims = [_judged(one, measure, said, corpus) for measure in found]
        yield next((claim for claim in claims if claim.verdict is ClaimVerdict.SAME), claims[0])


def _stated(text: str) -> Iterator[SaidUnit]:
    """Yield the units behind labels, as a notice's own statements are read."""
    for span in statements(text):
        read = read_statement(text, *span)
        for mention in read.mentions:
            role = _WORDS.get(mention.role, "")
            yield SaidUnit(mention.start, mention.end, mention.printed, role, span, mention.name)


def _spoken(text: str, corpus: Corpus, taken: list[Span]) -> Iterator[SaidUnit]:
    """Yield the units of 由区工信局牵头 and 区工信局、区财政局负责."""
    seen: set[int] = set()
    for pattern in (_BY, _SPOKEN):
        for found in pattern.finditer(text):
            if any(start <= found.start() < end for start, end in taken):
                continue
            parts = list(_listed(text, *found.span("names"), corpus))
            for place, (first, end) in enumerate(parts):
                start = _begins(text, first, end, corpus, first=place == 0)
                if start is not None and end not in seen:
                    seen.add(end)
                    yield SaidUnit(start, end, text[start:end], found["deed"], found.span("names"))


def _listed(text: str, start: int, end: int, corpus: Corpus) -> Iterator[Span]:
    """Yield the names of a list; 各县（市、区）政府 as the reader of notices parts them."""
    if text[start:end].count("各") or not _BRACKET.isdisjoint(text[start:end]):
        for mention in parse(text, start, end).mentions:
            yield mention.start, mention.end
        return
    for name in _NAME.finditer(text, start, end):
        if normal(name[0]) in corpus.names:
            yield name.span()
        else:
            yield from _parted(text, name.start(), name.end())


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names in 区工信局和区财政局, without words of role behind them."""
    behind = _BEHIND.search(text, start, end)
    end = behind.start() if behind else end
    for found in _AND.finditer(text, start, end):
        left, right = text[start : found.start()], text[found.end() : end]
        if all(unit_likeness(each) == "sure" for each in (left, right)):
            yield from _parted(text, start, found.start())
            start = found.end()
    if start < end:
        yield start, end


def _begins(text: str, start: int, end: int, corpus: Corpus, *, first: bool) -> int | None:
    """Return where a unit's name begins that ends at ``end``, None where none does."""
    places = range(start, end - _SHORTEST + 1) if first else (start,)
    for at in places:
        if normal(text[at:end]) in corpus.names:
            return at - 1 if at > start and text[at - 1] in _LEVELS else at
    whole = text[start:end]
    seated = whole[0] in _LEVELS or _SEATED.match(whole)
    return start if seated and unit_likeness(whole) == "sure" else None


def _measures(
    at: int, text: str, corpus: Corpus, context: ReportContext, articles: Sequence[SaidArticle]
) -> list[Measure]:
    """Return the measures of which a place speaks: by their words in its line, else by their 条号.

    Where its line has neither, those of the line before it, of which it then is the rest.
    """
    line = context.line(at)
    if context.is_of_another(at):
        return []
    for span in (line, context.line(max(0, line[0] - 1))):
        spoken = [one for one in context.said(span) if one.passage.measure]
        numbers = [one for one in articles if span[0] <= one.start < span[1]]
        if spoken:
            before = [one for one in spoken if one.start <= at]
            nearest = before[-1] if before else spoken[0]
            between = [one for one in numbers if nearest.end <= one.start <= at] if before else []
            if not between:
                same = [one for one in spoken if before and one.end > nearest.start]
                return [corpus.catalogue.measure(one.passage.measure) for one in same or [nearest]]
        if numbers:
            before_it = [one for one in numbers if one.start <= at]
            one = before_it[-1] if before_it else numbers[0]
            notice = context.meant(one.start)
            return [measure for number in one.numbers for measure in corpus.numbered(notice, number)]
        if line[0] == 0 or not _alone(text[line[0] : at]):
            break
    return []


def _alone(before: str) -> bool:
    return not re.search("[\u4e00-\u9fff]{6,}", before) or bool(_LABEL.search(before))


def _judged(one: SaidUnit, measure: Measure, said: Sequence[SaidUnit], corpus: Corpus) -> Claim:
    """Return the claim that a measure names a unit."""
    passage = corpus.by_measure[measure.key]
    duties = corpus.catalogue.duties_of(measure.key)
    named = {duty.unit_key: duty for duty in duties}
    unit = corpus.names.get(normal(one.name)) or corpus.names.get(normal(one.full))
    duty = named.get(unit.key) if unit else None
    own = {key: corpus.catalogue.unit(key) for key in named}
    if duty is None:
        alike = [key for key, each in own.items() if _means(one.name, called(each))]
        duty = named[alike[0]] if alike else None
    start, end = measure.unit_spans[-1] if measure.unit_spans else (0, len(measure.text))
    if duty:
        source = passage.source(duty.start, duty.end) if duty.start >= 0 else passage.source(start, end)
        role = _ROLES.get(one.role, "")
        if role and duty.role and {role, duty.role} == {"lead", "support"}:
            whole = {"lead": "牵头", "support": "配合"}
            difference = instead(f"{one.name}（{whole[duty.role]}）", f"{one.name}（{whole[role]}）")
            return _claim(one, ClaimVerdict.DIFFERS, source, difference)
        return _claim(one, ClaimVerdict.SAME, source)
    listed = {
        corpus.names[normal(each.name)].key
        for each in said
        if each.statement == one.statement and normal(each.name) in corpus.names
    }
    left = [each.name for key, each in own.items() if key not in listed] or [
        each.name for each in own.values()
    ]
    instead_of = "、".join(left) if own else "（没有写明责任单位）"
    return _claim(one, ClaimVerdict.DIFFERS, passage.source(start, end), instead(instead_of, one.name))


def _means(name: str, others: tuple[str, ...]) -> bool:
    """Return whether a name is another way of writing one of ``others``: 区工业和信息化局, 工信局."""
    plain = normal(name)
    for other in map(normal, others):
        if plain == other or (len(plain) >= _SHORTEST and other.endswith(plain)):
            return True
        if any(same_unit([one, each]) for one in (plain, f"区{plain}") for each in (other,) if one != each):
            return True
    return False


def _claim(
    one: SaidUnit, verdict: ClaimVerdict, source: ClaimSource, difference: tuple[Stretch, ...] = ()
) -> Claim:
    return Claim(ClaimKind.UNIT, one.start, one.end, one.name, verdict, source, difference)
