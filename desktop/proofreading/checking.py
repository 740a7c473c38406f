"""A report checked: every claim in it that speaks of the library, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.proofreading import amounts, attribution, mentions, pieces, quoted, terms, titles, units, wraps
from desktop.proofreading.context import ReportContext, SpokenPassage
from desktop.proofreading.corpus import Corpus, Passage, pieces_of, ranked
from desktop.proofreading.folding import folded, folded_parts
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict, Span
from desktop.proofreading.quoted import Copied, Spoken
from desktop.proofreading.spans import SpanSet, begun_in

_ATTRIBUTED = re.compile(
    r"(?:规定|明确|提出|要求|指出|强调|写明|载明|原文|文中|文件|通知|措施|条)[^。；\n]{0,8}[:：，,]?\s*$"
)
_ELLIPSIS = re.compile(r"(?:…+|\.{3,})")
_LISTED = 8
"""Words of copied words that are listed where nothing is wrong with them."""


def check(text: str, corpus: Corpus, cancelled: Callable[[], bool] = lambda: False) -> tuple[Claim, ...]:
    """Return the claims of a report, in the order of the text; all that were found when it was ``cancelled``.

    Nothing is asked but the corpus: the same text and notices give the same claims.
    """
    plain = wraps.unwrapped(text)
    found = []
    for claim in _Check(plain.text, corpus, cancelled).claims():
        start, end = plain.span(claim.start, claim.end)
        found.append(replace(claim, start=start, end=end, text=text[start:end]))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


class _Check:
    """One report on its way to its claims."""

    def __init__(self, text: str, corpus: Corpus, cancelled: Callable[[], bool]) -> None:
        self._text, self._corpus, self._cancelled = text, corpus, cancelled
        self._numbers = pieces.numbers(text)
        self._articles = pieces.articles(text)
        self._quotations = pieces.quotations(text)
        self._units = units.named(text, corpus)
        named_units = [(one.start, one.end) for one in self._units]
        holes = [*pieces.no_words(text), *pieces.statements(text), *named_units]
        self._holes = SpanSet(holes)
        self._unquoted = SpanSet([*holes, *self._quotations])
        named, self._titled = titles.titles_named(text, pieces.titles(text), self._numbers, corpus)
        named += mentions.numbers_named(self._numbers, corpus)
        self._context = ReportContext(text, sorted(named, key=lambda one: one.start))
        self._near = corpus.near(text)
        self._attributed: dict[int, Claim] = {}

    def claims(self) -> Iterator[Claim]:
        copied = [*self._quoted(), *self._sentences()]
        found = [
            *self._attributed.values(),
            *self._titled,
            *mentions.numbers(self._text, self._numbers, self._corpus, self._context),
            *mentions.articles(self._text, self._articles, self._corpus, self._context),
            *terms.terms(self._text, self._corpus, self._context),
            *units.units(self._text, self._units, self._corpus, self._context, self._articles),
        ]
        found = [
            one for one in found if self._attributed.get(one.start, one) is one
        ]  # a paper that is named wrongly is told once
        yield from map(self._verbatim, found)
        told = [(one.start, one.end) for one in found if one.kind is not ClaimKind.QUOTATION]
        taken = SpanSet(told)
        for kind, one in copied:
            if isinstance(one, Claim):
                yield one
                continue
            for figure in amounts.of_copied(self._text, one):
                if not taken.holds((figure.start, figure.end)):
                    yield figure
            if one.wrong and amounts.only_figures(one):
                continue
            if one.wrong or kind == "quoted" or one.found.agreeing >= _LISTED:
                yield self._claim(one)
        told += [one.span for _, one in copied if isinstance(one, Copied)]
        yield from amounts.in_own_words(self._text, self._own_words(), SpanSet(told))

    def _quoted(self) -> Iterator[tuple[str, Copied | Claim]]:
        for span in self._quotations:
            if self._cancelled():
                return
            for part in _parts(self._text, span):
                said = folded_parts(self._text, pieces.without(part, self._holes.touching(part)))
                if len(said.words) < pieces.SHORTEST_QUOTATION - 2:
                    continue
                found = quoted.quoted(said, self._candidates(part))
                if found:
                    found = self._whose(found, span, marked=True)
                    self._speaks(found)
                    yield "quoted", found
                elif self._is_attributed(span):
                    yield (
                        "quoted",
                        Claim(ClaimKind.QUOTATION, *part, self._text[slice(*part)], ClaimVerdict.UNKNOWN),
                    )

    def _sentences(self) -> Iterator[tuple[str, Copied]]:
        for span in pieces.sentences(self._text):
            if self._cancelled():
                return
            passages = self._candidates(span)
            said = folded_parts(self._text, pieces.without(span, self._holes.touching(span)))
            if not any(passage.folded.has(said.joined) for passage in passages):
                said = folded_parts(self._text, pieces.without(span, self._unquoted.touching(span)))
            for found in quoted.copied(said, passages, self._spoken(span)):
                held = self._whose(found, found.span, marked=False)
                self._speaks(held)
                yield "copied", held

    def _whose(self, one: Copied, span: Span, *, marked: bool) -> Copied:
        """Return copied words beside those of the notice that is said to have them, where it has them."""
        named = attribution.said_to_be(self._text, span, self._context, marked=marked)
        if named is None or named.notice == one.passage.notice:
            return one
        own = ranked(pieces_of(self._text[slice(*span)]), self._near, frozenset({named.notice}))
        held = [passage for passage in own if passage.notice == named.notice]
        if found := attribution.of_its_own(one, held, marked=marked):
            return found
        if claim := attribution.of_another(one, named, self._text, self._corpus):
            self._attributed.setdefault(claim.start, claim)
        return one

    def _candidates(self, span: Span) -> list[Passage]:
        """Return the passages that a span may come from, those of the notice that is spoken of first."""
        spoken = self._spoken(span)
        found = ranked(pieces_of(self._text[slice(*span)]), self._near, spoken.notices)
        found += [self._corpus.by_measure[key] for key in sorted(spoken.measures)]
        return sorted(dict.fromkeys(found), key=lambda one: one.notice not in spoken.notices)

    def _spoken(self, span: Span) -> Spoken:
        """Return what is known to be spoken of in a span: of its line the measures before it and the 条号."""
        notices = self._firm(span[0])
        line = self._context.line(span[0])
        measures = {one.passage.measure for one in self._context.said((line[0], span[1]))} - {""}
        measures |= {
            measure.key
            for said in begun_in(self._articles, *line)
            for notice in notices
            for number in said.numbers
            for measure in self._corpus.numbered(notice, number)
        }
        return Spoken(notices, frozenset(measures))

    def _firm(self, at: int) -> frozenset[str]:
        notice = self._context.notice(at)
        return frozenset({notice}) if notice else frozenset()

    def _speaks(self, one: Copied) -> None:
        self._context.speaks(SpokenPassage(*one.span, one.passage, one.found.agreeing))

    def _is_attributed(self, span: Span) -> bool:
        """Return whether a quotation claims to be a notice's of the library."""
        sentence = self._context.sentence(span[0])
        ahead = self._text[sentence[0] : span[0] - 1]
        named = [one for one in self._context.named(sentence) if one.end <= span[0]]
        if named:
            return bool(named[-1].notice) and bool(_ATTRIBUTED.search(ahead))
        return bool(begun_in(self._articles, sentence[0], span[0])) and bool(self._context.notice(span[0]))

    def _own_words(self) -> Iterator[tuple[Span, Sequence[Passage]]]:
        """Yield the sentences that are about measures, with these."""
        for span in pieces.sentences(self._text):
            line = self._context.line(span[0])
            found = [one.passage for one in self._context.said(line) if one.passage.measure]
            for said in begun_in(self._articles, *line):
                if notice := self._context.notice(said.start):
                    found += [
                        self._corpus.by_measure[measure.key]
                        for number in said.numbers
                        for measure in self._corpus.numbered(notice, number)
                    ]
            if found:
                yield span, list(dict.fromkeys(found))

    def _verbatim(self, one: Claim) -> Claim:
        """Return a claim as the same where the notice prints its line and the one before."""
        if one.verdict is ClaimVerdict.SAME:
            return one
        start, end = self._context.line(one.start)
        above = self._context.line(len(self._text[:start].rstrip()))[0]
        words = folded(self._text, above, end).joined
        spoken = [each.passage.notice for each in self._context.said((start, end))]
        for notice in dict.fromkeys([self._context.notice(one.start), *spoken, self._context.mostly]):
            frame = self._corpus.frames.get(notice)
            if frame and (place := frame.whole.find(words)):
                source = frame.source(*frame.whole.span(*place))
                return replace(one, verdict=ClaimVerdict.SAME, source=source, difference=())
        return one

    def _claim(self, one: Copied) -> Claim:
        start, end = one.span
        verdict = ClaimVerdict.DIFFERS if one.wrong else ClaimVerdict.SAME
        difference = quoted.told(one, self._text) if one.wrong else ()
        source = one.passage.source(*one.source_span)
        return Claim(ClaimKind.QUOTATION, start, end, self._text[start:end], verdict, source, difference)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts of a quotation between ellipses."""
    start = span[0]
    for found in _ELLIPSIS.finditer(text, *span):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < span[1]:
        yield start, span[1]
