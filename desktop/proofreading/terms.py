"""What a report says of a whole notice: until when it is valid, when it was issued, how many measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from desktop.catalogue.model import Notice
from desktop.library.word_changes import Stretch
from desktop.proofreading.context import ReportContext
from desktop.proofreading.corpus import Corpus
from desktop.proofreading.model import Claim, ClaimKind, ClaimSource, ClaimVerdict, instead
from desktop.reading import days
from desktop.reading.numbering import han_value

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_MONTH = rf"{days.DAY}|(?:[12]\d{{3}}|[一二][零〇○一二三四五六七八九]{{3}})\s*年\s*{days.SMALL}\s*月"
_UNTIL = re.compile(
    r"(?:有效期限?|执行期限?|施行期限?|实施期限?|政策期限?|期限|执行|施行|实施|有效|适用)[^。；;\n\d]{0,6}?"
    rf"(?:至|到|截至|截止|延长至|[:：])\s*(?P<day>{days.DAY_OR_END})"
)
_ENDS = re.compile(rf"(?P<day>{days.DAY})\s*(?:止|到期|届满|失效|前有效|起失效|起废止|终止)")
_PERIOD = re.compile(rf"有效期限?\s*(?:为|是|[:：])?\s*(?P<length>{days.LENGTH})")
_SINCE = re.compile(rf"自\s*(?P<day>{days.DAY})\s*起\s*(?:正式)?(?:施行|实施|执行|生效)")
_DEED = "印发|出台|发布|公布|下发|制发|成文|发文"
_ISSUED = (
    re.compile(rf"(?:(?:{_DEED})(?:日期|时间)\s*(?:[:：]|为|是)?|(?:{_DEED})于)\s*(?P<day>{_MONTH})"),
    re.compile(rf"(?P<day>{_MONTH})(?P<between>[^。；;\n\d]{{0,90}}?)(?P<deed>{_DEED})"),
    re.compile(rf"号\s*[，,、;；]\s*(?P<day>{_MONTH})"),
)
_PUBLISHED = re.compile("发布|公布")
_TOLD = "共有|共计|共|包括|包含|提出|推出|出台|制定|印发|明确|含|涉及|分为|分|涵盖|形成|组成|的"
_COUNT = re.compile(
    rf"(?:(?:{_TOLD})(?:了)?|》|方面|大类|类别|部分)[^。；;\n，,、\d]{{0,6}}?(?P<number>{_NUMBER})\s*"
    r"(?P<of>条|项)(?:(?:具体|惠企|政策|支持|纾困|帮扶|若干|主要|务实|工作|针对性|助企)*(?:措施|举措|政策|条款))?"
)
_PARTS = re.compile(rf"(?P<number>{_NUMBER})\s*(?:个|大)?\s*(?:方面|大类|类别|大方面)")
_OF_PART = re.compile("其中|每|第|负责|承担|落实|已|完成|推进|涉及我|牵头|部分提出|方面提出")


def terms(text: str, corpus: Corpus, context: ReportContext) -> Iterator[Claim]:
    """Yield the claims about validity, days and numbers of measures of the notices that are spoken of."""
    narrow = days.narrow(text)
    seen: set[int] = set()
    for claim in (
        *_validity(narrow, text, corpus, context),
        *_days(narrow, text, corpus, context),
        *_counts(narrow, text, corpus, context),
    ):
        if claim.start not in seen:
            seen.add(claim.start)
            yield claim


def _validity(narrow: str, text: str, corpus: Corpus, context: ReportContext) -> Iterator[Claim]:
    for found in (*_UNTIL.finditer(narrow), *_ENDS.finditer(narrow)):
        notice = corpus.notices.get(context.notice(found.start()))
        day = days.read_day(found["day"])
        if notice is None:
            continue
        start, end = found.span("day")
        if notice.valid_until == day and day:
            yield _said(text, start, end, ClaimKind.VALIDITY, _term(notice, corpus))
        else:
            printed = days.day_words(notice.valid_until) if notice.valid_until else notice.validity_text
            difference = instead(printed or "（没有写明有效期）", text[start:end])
            yield _said(text, start, end, ClaimKind.VALIDITY, _term(notice, corpus), difference)
    for found in _PERIOD.finditer(narrow):
        notice = corpus.notices.get(context.notice(found.start()))
        if notice is None:
            continue
        start, end = found.span("length")
        stated = _PERIOD.search(days.narrow(notice.validity_text))
        said, held = days.read_length(found["length"]), stated and days.read_length(stated["length"])
        if said and said == held:
            yield _said(text, start, end, ClaimKind.VALIDITY, _term(notice, corpus))
        else:
            difference = instead(notice.validity_text or "（没有写明有效期）", text[start:end])
            yield _said(text, start, end, ClaimKind.VALIDITY, _term(notice, corpus), difference)


def _days(narrow: str, text: str, corpus: Corpus, context: ReportContext) -> Iterator[Claim]:
    for found in _SINCE.finditer(narrow):
        notice = corpus.notices.get(context.notice(found.start()))
        first = notice and (notice.valid_from or notice.issued_on)
        if notice and first:
            yield _day(found, text, (first,), _term(notice, corpus))
    for place, pattern in enumerate(_ISSUED):
        for found in pattern.finditer(narrow):
            notice = _issued(found, place, corpus, context)
            if notice is None:
                continue
            right = [notice.issued_on]
            if place == 1 or _PUBLISHED.match(found[0]):
                right += [notice.published_on] if _PUBLISHED.search(found[0]) else []
            if wanted := tuple(day for day in right if day):
                if _PUBLISHED.match(found[0]) and notice.published_on:
                    wanted = (notice.published_on, *wanted)
                yield _day(found, text, wanted, _issue(notice, wanted[0], corpus))


def _issued(found: re.Match[str], place: int, corpus: Corpus, context: ReportContext) -> Notice | None:
    """Return the notice whose day of issue is said: one that is named there, none where another is."""
    named = context.named(context.sentence(found.start("day")))
    if place == 0 and not named:
        return corpus.notices.get(context.notice(found.start()))
    if not named or any(not one.notice for one in named):
        return None
    return corpus.notices.get(context.notice(found.start("day")))


def _day(
    found: re.Match[str],
    text: str,
    wanted: tuple[date, ...],
    source: ClaimSource | None,
) -> Claim:
    said = "".join(found["day"].split())
    day = days.read_day(said)
    whole = re.fullmatch(days.DAY, said)
    start, end = found.span("day")
    for right in wanted:
        if day and (day == right or (not whole and (day.year, day.month) == (right.year, right.month))):
            return _said(text, start, end, ClaimKind.DATE, source)
    difference = instead(days.day_words(wanted[0]), text[start:end])
    return _said(text, start, end, ClaimKind.DATE, source, difference)


def _counts(narrow: str, text: str, corpus: Corpus, context: ReportContext) -> Iterator[Claim]:
    for pattern, of_measures in ((_COUNT, True), (_PARTS, False)):
        for found in pattern.finditer(narrow):
            start, end = found.span("number")
            span = context.sentence(start)
            clause = re.split("[，,：:]", narrow[span[0] : start])[-1]
            names = any(name in clause for name in _unit_names(corpus))
            if _OF_PART.search(clause) or names or narrow[start - 1] == "第":
                continue
            notice = corpus.notices.get(context.notice(start))
            named = [one for one in context.named(context.line(start)) if one.notice]
            if notice is None or not named or notice.key not in {one.notice for one in named}:
                continue
            measures = corpus.measures(notice.key)
            parts = {one.category_key for one in measures}
            right = len(measures) if of_measures else len(parts)
            source = ClaimSource(
                notice.key, "", "", -1, -1, f"{right}条措施" if of_measures else f"{right}个方面"
            )
            said = han_value(found["number"])
            documents = corpus.catalogue.documents_in(notice.key)
            counts = {right, *(corpus.catalogue.count_in(one.key) for one in documents if of_measures)}
            if said in counts:
                yield _said(text, start, end, ClaimKind.FIGURE, source)
            elif of_measures or right > 1:
                yield _said(text, start, end, ClaimKind.FIGURE, source, instead(str(right), text[start:end]))


def _unit_names(corpus: Corpus) -> list[str]:
    return [unit.name for unit in corpus.catalogue.units]


def _said(
    text: str,
    start: int,
    end: int,
    kind: ClaimKind,
    source: ClaimSource | None,
    difference: tuple[Stretch, ...] = (),
) -> Claim:
    verdict = ClaimVerdict.DIFFERS if difference else ClaimVerdict.SAME
    return Claim(kind, start, end, text[start:end], verdict, source, difference)


def _term(notice: Notice, corpus: Corpus) -> ClaimSource | None:
    return _place(notice.validity_text, notice, corpus)


def _issue(notice: Notice, day: date, corpus: Corpus) -> ClaimSource | None:
    printed = notice.issued_printed if day == notice.issued_on else ""
    for words in (printed, days.day_words(day), day.isoformat()):
        if source := _place(words, notice, corpus):
            return source
    return None


def _place(words: str, notice: Notice, corpus: Corpus) -> ClaimSource | None:
    frame = corpus.frames[notice.key]
    at = frame.text.rfind(words) if words else -1
    return frame.source(at, at + len(words)) if at >= 0 else None
