"""Words that a report says to be one notice's and that are another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.proofreading import quoted
from desktop.proofreading.context import NoticeMention, ReportContext
from desktop.proofreading.corpus import Corpus, Passage, printed
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict, Span, instead
from desktop.proofreading.quoted import Copied
from desktop.proofreading.spans import begun_in

_ARTICLE = "第[^，。；《》“”]{1,14}?[条项]"
_SAYS = "规定|明确|提出|指出|强调|写明|载明"
_LEADS_TO = re.compile(
    rf"(?:[\s》〕\])）】，,、:：“\"「『]|文件|[（(，,]?(?:以下|下)[^）)]{{1,20}}[）)]|"
    rf"{_ARTICLE}|{_SAYS}|要求|中|里|就|还|也|已|的|等|关于|通知)*"
)
_FIRMLY = re.compile(rf"{_ARTICLE}|{_SAYS}")
_BEHIND = re.compile(
    r"[”\"」』]?[。；;]?[”\"」』]?\s*[（(\[【](?:依据|根据|见|详见|参见|摘自|出自|引自|来源|出处)?[:：]?《?"
)
_HELD, _ALIKE = 0.6, 0.85
"""The share of words that make them a notice's own: in quotation marks, and without."""
_FEWEST = 8


def said_to_be(text: str, span: Span, context: ReportContext, *, marked: bool) -> NoticeMention | None:
    """Return the place that says whose the words of a span are, None where nothing says it plainly.

    ``marked`` are words in quotation marks: before others there has to be a 条号, or that it is said there.
    """
    ahead = context.named((context.sentence(span[0])[0], span[0]))
    if ahead:
        between = text[ahead[-1].end : span[0]]
        plain = _LEADS_TO.fullmatch(between) and (marked or _FIRMLY.search(between))
        return ahead[-1] if plain and ahead[-1].notice else None
    found = _BEHIND.match(text, span[1]) or _BEHIND.match(text, context.sentence(span[0])[1])
    behind = begun_in(context.mentions, found.end() - 1, found.end() + 2) if found else ()
    return behind[0] if behind and behind[0].notice else None


def of_its_own(one: Copied, own: Sequence[Passage], *, marked: bool) -> Copied | None:
    """Return the same words beside passages ``own`` of the notice said to have them, None for none."""
    said = one.said.part(one.first, one.last)
    found = quoted.quoted(said, own)
    if found is None or found.found.agreeing < (_HELD if marked else _ALIKE) * len(said.words):
        return None
    return found if marked else replace(found, wrong=quoted.faults(found))


def of_another(one: Copied, named: NoticeMention, text: str, corpus: Corpus) -> Claim | None:
    """Return the claim that a notice was named whose these words are not."""
    if one.found.agreeing < _FEWEST:
        return None
    said = text[named.start : named.end]
    right = corpus.notices[one.passage.notice]
    is_title = text[named.start - 1 : named.start] == "《"
    kind = ClaimKind.QUOTATION if is_title else ClaimKind.NUMBER
    meant = right.title if is_title or not right.number else right.number
    source = printed(corpus.frames[right.key], meant, 0) if meant else one.passage.source(*one.source_span)
    difference = instead(meant or source.text, said)
    return Claim(kind, named.start, named.end, said, ClaimVerdict.DIFFERS, source, difference)
