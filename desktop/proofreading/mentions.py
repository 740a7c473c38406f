"""文号 and 条号: whether the library has them, and whether the right one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.catalogue import papers
from desktop.catalogue.model import Measure, Notice
from desktop.library.word_changes import word_changes
from desktop.proofreading.context import NoticeMention, ReportContext, SpokenPassage
from desktop.proofreading.corpus import Corpus
from desktop.proofreading.folding import key_of
from desktop.proofreading.model import Claim, ClaimKind, ClaimSource, ClaimVerdict, Span, instead
from desktop.proofreading.pieces import SaidArticle, SaidNumber

_SHORT_TITLE = 4
_LEADS_ON = re.compile(r"(?:\s|规定|明确|提出|要求|指出|如下|[：:])*")
_UP_TO_TITLE = re.compile(r"(?:[\s“\"「『《（(【:：，,、.．]|关于|规定的?|明确的?|提出的?|要求的?|即|的|中)*")
_AHEAD = 60
"""Characters behind a 条号 in which the title of its measure may stand."""
CLOSE = 3
"""Characters between a title and its 文号, or a paper and its 条号: 》（, ）."""


def numbers_named(said: Sequence[SaidNumber], corpus: Corpus) -> list[NoticeMention]:
    """Return which papers the 文号 name; those that are near one of the library and not it name none."""
    found = []
    for one in said:
        known = known_number(one, corpus)
        if known:
            start, _, notice = known
            found.append(NoticeMention(start, one.end, notice.key if notice else ""))
        elif one.bracketed and not _nearest(one, corpus):
            found.append(NoticeMention(one.start, one.end, ""))
    return found


def numbers(text: str, said: Sequence[SaidNumber], corpus: Corpus, context: ReportContext) -> Iterator[Claim]:
    """Yield a claim for each 文号."""
    for one in said:
        if known := known_number(one, corpus):
            start, source, _ = known
            wanted = _titled(one.start, corpus, context) if known[2] else None
            if wanted and known[2] and wanted.key != known[2].key:
                yield _wrong(text, start, one.end, wanted, corpus)
            else:
                yield Claim(
                    ClaimKind.NUMBER, start, one.end, text[start : one.end], ClaimVerdict.SAME, source
                )
            continue
        if not one.bracketed:
            continue
        near = _nearest(one, corpus)
        meant = _titled(one.start, corpus, context) or (near and corpus.notices.get(context.meant(one.start)))
        if meant and meant.number and (near is None or meant.key in near):
            word = papers.numbered(meant.number)
            start = one.start
            if word and text[start : one.end].find(word[0][:2]) > 0:
                start += text[start : one.end].find(word[0][:2])
            yield _wrong(text, start, one.end, meant, corpus)
        else:
            yield Claim(ClaimKind.NUMBER, one.start, one.end, text[one.start : one.end], ClaimVerdict.UNKNOWN)


def articles(
    text: str, said: Sequence[SaidArticle], corpus: Corpus, context: ReportContext
) -> Iterator[Claim]:
    """Yield a claim for each 条号 that is one of a notice of the library."""
    for place, one in enumerate(said):
        printed = text[one.start : one.end]
        notice = _of_article(one, context)
        if notice is None:
            continue
        named = _named(one, printed, corpus, notice)
        meant = _headed(text, one, corpus, notice) or [
            corpus.catalogue.measure(each.passage.measure) for each in _evidence(text, said, place, context)
        ]
        of_notice = [each for each in meant if not notice or corpus.by_measure[each.key].notice == notice]
        is_another = of_notice and not {each.key for each in of_notice} & {each.key for each in named}
        is_there = bool(notice) and all(corpus.numbered(notice, number) for number in one.numbers)
        if not notice and not is_another:
            continue
        if (is_there and not is_another) or _verbatim(text, one, corpus, notice):
            yield _article(text, one, ClaimVerdict.SAME, corpus, named[0] if named else None)
        elif is_another:
            found = _article(text, one, ClaimVerdict.DIFFERS, corpus, of_notice[0])
            yield replace(found, difference=instead(of_notice[0].cited, printed))
        else:
            yield _article(text, one, ClaimVerdict.UNKNOWN, corpus, None)


def _named(one: SaidArticle, printed: str, corpus: Corpus, notice: str) -> list[Measure]:
    """Return the measures of a notice that a 条号 may mean."""
    named = [measure for number in one.numbers for measure in corpus.numbered(notice, number)]
    exactly = [measure for measure in named if key_of(measure.cited) == key_of(printed)]
    return exactly if one.in_part and exactly else named


def scope(text: str, said: Sequence[SaidArticle], place: int) -> tuple[Span, Span]:
    """Return the words that a 条号 may be about: those behind it and those before it, in its line."""
    one = said[place]
    first = text.rfind("\n", 0, one.start) + 1
    last = text.find("\n", one.end)
    last = len(text) if last < 0 else last
    if _LEADS_ON.fullmatch(text, one.end, last):
        last = max(last, text.find("\n", last + 1))  # the words begin on the next line
    behind = min([other.start for other in said[place + 1 :] if other.start < last], default=last)
    ahead = max([other.end for other in said[:place] if other.end > first], default=first)
    return (one.end, behind), (ahead, one.start)


def _evidence(
    text: str, said: Sequence[SaidArticle], place: int, context: ReportContext
) -> list[SpokenPassage]:
    """Return the passages of measures that the words around a 条号 are taken from, most words first."""
    behind, ahead = scope(text, said, place)
    bracketed = text[said[place].end : said[place].end + 1] in ("）", ")", "】", "]")
    for span in (ahead, behind) if bracketed else (behind, ahead):
        found = [one for one in context.said(span) if one.passage.measure]
        if found:
            most = max(one.words for one in found)
            return sorted((one for one in found if 2 * one.words >= most), key=lambda one: -one.words)
        if not bracketed and len(text[slice(*span)].strip(" 　，,。；;、）)和及与\t")) > CLOSE:
            return []
    return []


def _headed(text: str, one: SaidArticle, corpus: Corpus, notice: str) -> list[Measure]:
    """Return the measures whose title stands right behind a 条号: 第8条“加大普惠金融供给”."""
    begin = _UP_TO_TITLE.match(text, one.end)
    words = key_of(text[begin.end() if begin else one.end : one.end + _AHEAD])
    found = [
        (len(title), measure)
        for title, measure in corpus.headings(notice)
        if len(title) >= _SHORT_TITLE and words.startswith(title)
    ]
    longest = max((length for length, _ in found), default=0)
    return [measure for length, measure in found if length == longest]


def _of_article(one: SaidArticle, context: ReportContext) -> str | None:
    """Return the notice of a 条号, "" where nothing says which; None for one of a paper that is not here."""
    near = [each for each in context.named(context.sentence(one.start)) if each.end <= one.start]
    if near and not near[-1].notice and one.start - near[-1].end <= CLOSE:
        return None
    if context.is_of_another(one.start):
        return None
    return context.meant(one.start)


def _verbatim(text: str, one: SaidArticle, corpus: Corpus, notice: str) -> bool:
    """Return whether the notice itself prints the 条号 with the words around it."""
    line = text.rfind("\n", 0, one.start) + 1
    before = key_of(text[max(line, one.start - 8) : one.start])[-4:]
    behind = key_of(text[one.end : one.end + 10])[:5]
    words = before + key_of(text[one.start : one.end]) + behind
    if len(before) + len(behind) < 4 or not notice:
        return False
    return corpus.frames[notice].whole.has(words)


def _article(
    text: str, one: SaidArticle, verdict: ClaimVerdict, corpus: Corpus, measure: Measure | None
) -> Claim:
    source = None
    if measure:
        passage = corpus.by_measure[measure.key]
        begin = len(measure.label)
        source = passage.source(0, begin + len(measure.title) if measure.title else len(passage.text))
    return Claim(ClaimKind.ARTICLE, one.start, one.end, text[one.start : one.end], verdict, source)


def known_number(one: SaidNumber, corpus: Corpus) -> tuple[int, ClaimSource | None, Notice | None] | None:
    """Return where a 文号 begins, its source and its notice (None: a cited paper); None: unknown."""
    for (word, year, number), notice in corpus.numbers.items():
        if (year, number) == (one.year, one.number) and one.word.endswith(word):
            return one.start + len(one.word) - len(word), _printed(notice, corpus), notice
    for (word, year, number), source in corpus.cited.items():
        if (year, number) == (one.year, one.number) and one.word.endswith(word):
            return one.start + len(one.word) - len(word), source, None
    printed = corpus.printed_number(one.word, one.year, one.number)
    return (one.start, printed, None) if printed else None


def _nearest(one: SaidNumber, corpus: Corpus) -> set[str] | None:
    """Return the notices whose 文号 differs in one of its three parts only, None for none."""
    found = set()
    for (word, year, number), notice in corpus.numbers.items():
        same = (one.word.endswith(word), one.year == year, one.number == number)
        if sum(same) == 2 or (same[0] and one.word == word):
            found.add(notice.key)
    return found or None


def _titled(at: int, corpus: Corpus, context: ReportContext) -> Notice | None:
    """Return the notice whose title stands before a 文号, None for none."""
    ahead = [one for one in context.mentions if 0 < at - one.end <= CLOSE]
    return corpus.notices.get(ahead[-1].notice) if ahead else None


def _wrong(text: str, start: int, end: int, meant: Notice, corpus: Corpus) -> Claim:
    printed = text[start:end]
    return Claim(
        ClaimKind.NUMBER,
        start,
        end,
        printed,
        ClaimVerdict.DIFFERS,
        _printed(meant, corpus),
        word_changes(meant.number, printed),
    )


def _printed(notice: Notice, corpus: Corpus) -> ClaimSource | None:
    frame = corpus.frames[notice.key]
    at = frame.text.find(notice.number)
    return frame.source(at, at + len(notice.number)) if at >= 0 else None
