"""有效期: from when and until when a notice says that it holds.

Read from the closing, the letter and the notes, never from a measure, whose own deadlines are no term of
the notice. A last day is only what the words print (有效期至2025年12月31日) or what follows from a printed
first day (自2026年3月18日起施行，有效期3年). 自印发之日起 and 自发布之日起 name no day of the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.reading import term_words as words
from desktop.reading.days import last_day, narrow, number, read_day, read_length
from desktop.reading.model import NoticeDoubt, Term, ValidityKind


@dataclass(frozen=True, slots=True)
class _Fact:
    """A match in a sentence; ``rank`` is 0 where the sentence speaks of the notice itself."""

    start: int
    end: int
    words: str
    value: str
    rank: int


def read_term(
    source: str,
    spans: Sequence[tuple[int, int]],
    issued_on: date | None = None,
    published_on: date | None = None,
) -> Term:
    """Return the term that ``spans`` of the source state; the spans come in the order of their weight.

    ``issued_on`` and ``published_on`` serve :attr:`Term.likely_until` alone. Two different last days give the
    first one and a doubt.
    """
    sentences = [sentence for span in spans for sentence in _sentences(source, *span)]
    since = _first_day(_find(sentences, words.SINCE))
    base = next(iter(_find(sentences, (words.SINCE_BASE,), plain=True)), None)
    term = (
        _by_day(sentences)
        or _by_plan(sentences)
        or _by_period(sentences, since)
        or _by_words(sentences, words.EVENT, ValidityKind.EVENT)
        or _by_words(sentences, words.OTHER, ValidityKind.OTHER)
    )
    if term is None:
        fact = next(iter(_find(sentences, (words.LASTING,))), None) or (since[0] if since else base)
        term = Term(start=fact.start, end=fact.end) if fact else Term()
    if since:
        term = replace(term, since=since[1])
        if term.until and term.until < since[1]:
            backwards = _doubt(since[0], f"施行日期“{since[0].words}”晚于有效期的终止日期，哪一个写错了？")
            term = replace(term, doubts=(*term.doubts, backwards))
    for fact in (since[0] if since else None, base):
        term = _widened(source, term, fact)
    if term.end > 0:
        term = replace(term, text=source[term.start : term.end])
    return _likely(term, base, sentences, issued_on, published_on) if not since else term


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence without its blanks: ``places[i]`` is where its character ``i`` stands in the source."""

    text: str
    places: tuple[int, ...]

    @property
    def of_notice(self) -> bool:
        return bool(re.match(r".{0,30}?(?:本|上述|以上|此|该|这些)", self.text))


def _sentences(source: str, start: int, end: int) -> Iterator[_Sentence]:
    places = [at for at in range(start, end) if not source[at].isspace()]
    text = narrow("".join(source[at] for at in places))
    at = 0
    for found in re.finditer(r"[。；;]|$", text):
        if found.start() > at:
            yield _Sentence(text[at : found.start()], tuple(places[at : found.start()]))
        at = found.end()


def _find(
    sentences: Iterable[_Sentence], patterns: Sequence[re.Pattern[str]], *, plain: bool = False
) -> list[_Fact]:
    """Return the matches, those in sentences about the notice first; each sentence by its first pattern."""
    found: list[_Fact] = []
    for sentence in sentences:
        for pattern in patterns:
            match = next(
                (m for m in pattern.finditer(sentence.text) if plain or _is_of_term(sentence, m)), None
            )
            if match:
                groups = match.groupdict()
                value = next((text for text in groups.values() if text), "")
                place = sentence.places
                rank = 0 if sentence.of_notice else 1
                if words.OF_ANOTHER.search(sentence.text[: match.start()]):
                    rank = 2
                found.append(_Fact(place[match.start()], place[match.end() - 1] + 1, match[0], value, rank))
                break
    return sorted(found, key=lambda fact: fact.rank)


def _is_of_term(sentence: _Sentence, match: re.Match[str]) -> bool:
    if not words.OF_ITSELF.search(sentence.text):
        return False
    before = sentence.text[: match.end()]
    if before.count("《") > before.count("》"):
        return False  # of the title of a paper (《……（2031—2035年）》)
    return not words.OF_OTHERS.search(sentence.text[: match.start()])


def _first_day(facts: Iterable[_Fact]) -> tuple[_Fact, date] | None:
    return next(((fact, day) for fact in facts if (day := read_day(fact.value))), None)


def _by_day(sentences: Sequence[_Sentence]) -> Term | None:
    days = [(fact, read_day(fact.value)) for fact in _find(sentences, words.UNTIL)]
    days += [
        (fact, day - timedelta(days=1))
        for fact in _find(sentences, (words.STOPS,))
        if (day := read_day(fact.value))
    ]
    days += [(fact, _same_year(fact.words)) for fact in _find(sentences, (words.UNTIL_SAME_YEAR,))]
    if not days:
        return None
    fact, until = days[0]
    doubts = [_doubt(fact, text) for text in _unclear(fact, until)]
    doubts += [
        _doubt(other, f"有效期的终止日期写了两个：“{fact.words}”和“{other.words}”，以哪个为准？")
        for other, day in days[1:]
        if day != until and other.rank == fact.rank
    ]
    return Term(ValidityKind.DAY, None, until, "", fact.start, fact.end, doubts=tuple(doubts[:1]))


def _by_plan(sentences: Sequence[_Sentence]) -> Term | None:
    fact = next(iter(_find(sentences, (words.PLANS_END,))), None)
    if not fact:
        return None
    doubt = _doubt(fact, f"“{fact.words}”没有写明日期，有效期到哪一天？")
    return Term(ValidityKind.EVENT, None, None, "", fact.start, fact.end, doubts=(doubt,))


def _same_year(printed: str) -> date | None:
    found = words.UNTIL_SAME_YEAR.search(printed)
    first = read_day(found["first"]) if found else None
    return read_day(f"{first.year}年{found['month']}月{found['of_month']}日") if first and found else None


def _unclear(fact: _Fact, day: date | None) -> Iterator[str]:
    if day is None:
        yield f"“{fact.words}”中的日期不成立，有效期到哪一天？"
    elif fact.rank == 2:
        yield f"“{fact.words}”写在另一份文件的名称之后，是本文件的有效期，还是那份文件的？"
    elif re.fullmatch(r"\d{4}年", fact.value):
        yield f"“{fact.words}”没有写到月日，是否到这一年的12月31日？"


def _doubt(fact: _Fact, text: str) -> NoticeDoubt:
    return NoticeDoubt(fact.start, fact.end, text, "day")


def _by_period(sentences: Sequence[_Sentence], since: tuple[_Fact, date] | None) -> Term | None:
    for fact in _find(sentences, words.PERIOD):
        length = read_length(fact.value)
        until = last_day(since[1], length) if since and length else None
        return Term(ValidityKind.PERIOD, None, until, "", fact.start, fact.end)
    return None


def _by_words(
    sentences: Sequence[_Sentence], patterns: Sequence[re.Pattern[str]], kind: ValidityKind
) -> Term | None:
    fact = next(iter(_find(sentences, patterns)), None)
    return Term(kind, None, None, "", fact.start, fact.end) if fact else None


def _widened(source: str, term: Term, fact: _Fact | None) -> Term:
    """Return the term with the words of its beginning, where they stand near those of its end."""
    if fact is None or term.end < 0:
        return term
    start, end = min(term.start, fact.start), max(term.end, fact.end)
    between = source[min(term.end, fact.end) : max(term.start, fact.start)]
    return replace(term, start=start, end=end) if len(between) <= 30 else term


def _likely(
    term: Term,
    base: _Fact | None,
    sentences: Sequence[_Sentence],
    issued_on: date | None,
    published_on: date | None,
) -> Term:
    """Return the term with what would follow, were it counted from the notice's printed date."""
    if base is None or not (day := issued_on or published_on):
        return term
    since = day + timedelta(days=number(base.value) if base.value else 0)
    until = None
    if term.kind is ValidityKind.PERIOD and (periods := _find(sentences, words.PERIOD)):
        length = read_length(periods[0].value)
        until = last_day(since, length) if length else None
    what = "成文日期" if issued_on else "发布日期"
    reason = f"“{base.words}”按{what}{day.year}年{day.month}月{day.day}日推算。"
    return replace(term, likely_since=since, likely_until=until, likely_reason=reason)
