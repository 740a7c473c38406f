"""Words of a report that are a notice's: those in quotation marks, and sentences that copy one without marks.

What stands in quotation marks has to be so, word for word. A copied sentence may leave clauses out and put
its own words before, between and behind them; what counts is a word that is another, too many or missing in
the middle of a clause. Where too much is otherwise, it is somebody's own sentence and no copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.library.word_changes import Marked, Stretch
from desktop.proofreading.aligning import Aligned, WordEdit, aligned
from desktop.proofreading.corpus import Passage
from desktop.proofreading.folding import FoldedText

_EDGE = 4
_SMALL = 6
"""Words of an edit in a copied sentence; more are somebody's own."""
_AROUND, _AROUND_FREE = 6, 10
"""Words that must be the same around an edit, together: where a paper is spoken of, and where not."""
_LONG, _SURE = 12, 8
_SHORTENED = 2
"""So many places in the middle of clauses at which words are left out make a summary, and no copy."""
_OWN = 0.35
"""The share of words beside those that are the same from which a sentence is somebody's own."""
_IDLE = frozenset("的和及与以等将把对了在中并也其而")
_FRAMING = re.compile(
    "印发|出台|制定|发布|下发|要求|提出|明确|规定|指出|强调|包括|支持|鼓励|根据|按照|其中|通过|为了|方面|实行|开展|推动|加强|做好|一是|二是|三是"
)
_WEIGHTY = re.compile(
    "^(可以|可|应当|应|必须|不得|禁止|严禁|鼓励|支持|引导|要求|限制|原则上|一律|以上|以下|以内|以外|超过|不超过|不低于|不高于|至少|最高|最低|"
    "每年|每月|每季度|一次性|全部|部分|全额|减半|免征|减征|缓缴|之前|之后|前|后)$"
)
_DENYING = re.compile("^(不|未|非|无|不得|禁止|严禁|免)$")
"""Words on which it depends what a sentence grants or forbids."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is known to be spoken of at a place: notices, and measures, by their keys."""

    notices: frozenset[str]
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Copied:
    """Words of a report beside a passage's; ``wrong`` are the edits that count."""

    said: FoldedText
    passage: Passage
    found: Aligned
    wrong: tuple[WordEdit, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Return where it stands in the report."""
        return self.said.span(self.first, self.last)

    @property
    def first(self) -> int:
        """Return its first word, with what is wrong before it."""
        return min([self.found.first, *(edit.first for edit in self.wrong)])

    @property
    def last(self) -> int:
        """Return the end of its words, with what is wrong behind it."""
        return max([self.found.last, *(edit.last for edit in self.wrong)])

    @property
    def source_span(self) -> tuple[int, int]:
        """Return where it stands in the passage's text."""
        return self.passage.folded.span(self.found.begin, self.found.end)


def quoted(said: FoldedText, passages: Sequence[Passage]) -> Copied | None:
    """Return the passage from which words in quotation marks come, None where none has most of them."""
    best: Copied | None = None
    for passage in passages:
        if place := passage.folded.find(said.joined):
            return Copied(said, passage, Aligned(0, len(said.words), *place, (), len(said.words)), ())
        found = aligned(said, passage.folded, passage.matcher)
        if found.anchor >= _EDGE and (best is None or found.agreeing > best.found.agreeing):
            best = Copied(said, passage, found, ())
    if best is None or best.found.agreeing < len(said.words) * 0.5:
        return None
    whole = _to_the_ends(best.found, len(said.words), best.passage.folded)
    return replace(best, found=whole, wrong=whole.edits)


def copied(
    said: FoldedText, passages: Sequence[Passage], spoken: Spoken, first: int = 0, last: int = -1
) -> Iterator[Copied]:
    """Yield what of a sentence copies passages; ``spoken`` is what is known to be spoken of there."""
    last = len(said.words) if last < 0 else last
    part = said.part(first, last)
    if len(part.words) < _EDGE + 1:
        return
    best: Copied | None = None
    most = 0
    for passage in passages:
        if place := passage.folded.find(part.joined):
            best = Copied(part, passage, Aligned(0, len(part.words), *place, (), len(part.words)), ())
            break
        found = _trimmed(aligned(part, passage.folded, passage.matcher), passage.folded)
        likely = found.agreeing - len(found.edits) + (_EDGE if passage.notice in spoken.notices else 0)
        if likely > most:
            best, most = Copied(part, passage, found, ()), likely
    if best is None or not _is_copy(best, spoken):
        return
    found = best.found
    yield replace(best, wrong=faults(best, firm=best.passage.notice in spoken.notices))
    if found.first > _SMALL:
        yield from copied(said, passages, spoken, first, first + found.first)
    if len(part.words) - found.last > _SMALL:
        yield from copied(said, passages, spoken, first + found.last, last)


def told(one: Copied, report: str) -> tuple[Stretch, ...]:
    """Return the words of passage and report, those that are the same as the report has them."""
    stretches: list[Stretch] = []
    words, source = one.said.words, one.passage.folded.words
    at = one.first
    for edit in one.wrong:
        if at < edit.first:
            stretches.append(Stretch(Marked.KEPT, report[words[at].start : words[edit.first - 1].end]))
        if edit.begin < edit.end:
            gone = one.passage.text[source[edit.begin].start : source[edit.end - 1].end]
            stretches.append(Stretch(Marked.GONE, gone))
        if edit.first < edit.last:
            new = report[words[edit.first].start : words[edit.last - 1].end]
            stretches.append(Stretch(Marked.NEW, new))
        at = edit.last
    if at < one.last:
        stretches.append(Stretch(Marked.KEPT, report[words[at].start : words[one.last - 1].end]))
    return tuple(stretches)


def _trimmed(found: Aligned, source: FoldedText) -> Aligned:
    """Return ``found`` without a few words at either end that follow something else after a clause's end."""
    edits = list(found.edits)
    first, last, begin, end = found.first, found.last, found.begin, found.end
    while edits and edits[0].first - first < _SMALL and _is_break(edits[0], source):
        first, begin = edits[0].last, edits[0].end
        del edits[0]
    while edits and last - edits[-1].last < _SMALL and _is_break(edits[-1], source):
        last, end = edits[-1].first, edits[-1].begin
        del edits[-1]
    return Aligned(first, last, begin, end, tuple(edits), found.anchor)


def _is_break(edit: WordEdit, source: FoldedText) -> bool:
    """Return whether a clause of the passage ends within an edit."""
    return any(edit.begin <= cut <= edit.end for cut in source.cuts)


def _is_copy(one: Copied, spoken: Spoken) -> bool:
    """Return whether so many words are the same that they are no chance: the fewer, the surer the passage."""
    agreeing, length = one.found.agreeing, len(one.said.words)
    if one.passage.measure in spoken.measures:
        return agreeing >= _EDGE + 2 and (one.found.anchor > _EDGE or agreeing >= 0.7 * length)
    if agreeing == length >= _SMALL and one.passage.notice in spoken.notices:
        return {one.found.begin, one.found.end} <= one.passage.folded.cuts
    share = 0.5 if one.passage.notice in spoken.notices else 0.8
    return agreeing >= _LONG or (agreeing >= _SURE and agreeing >= share * length)


def faults(one: Copied, *, firm: bool = True) -> tuple[WordEdit, ...]:
    """Return those edits of a copied sentence that count; ``firm``: its notice is known to be spoken of."""
    found, said, source = one.found, one.said, one.passage.folded
    ends = [found.first, *(place for edit in found.edits for place in (edit.first, edit.last)), found.last]
    runs = [ends[at + 1] - ends[at] for at in range(0, len(ends), 2)]
    around = _AROUND if firm else _AROUND_FREE
    wrong = [
        edit
        for edit, before, behind in zip(found.edits, runs, runs[1:], strict=False)
        if before + behind >= around and _counts(edit, said, source)
    ]
    wrong = [*_before(found, said, source), *wrong, *_behind(found, said, source)]
    left_out = [
        edit
        for edit in found.edits
        if edit.first == edit.last and not (edit.begin in source.cuts and edit.end in source.cuts)
    ]
    changed = sum(max(edit.last - edit.first, edit.end - edit.begin) for edit in wrong)
    shortened = len(left_out) >= _SHORTENED or any(edit.end - edit.begin > _SMALL for edit in left_out)
    if shortened or changed > _OWN * found.agreeing:
        wrong = [edit for edit in wrong if _is_weighty(edit, said, source)]
    return tuple(wrong)


def _counts(edit: WordEdit, said: FoldedText, source: FoldedText) -> bool:
    """Return whether an edit in the middle is a fault and not the writer's own way of saying it."""
    new, gone = said.keys[edit.first : edit.last], source.keys[edit.begin : edit.end]
    if _IDLE.issuperset([*new, *gone]) or "".join([*new, *gone]) == "关于":
        return False
    if _is_weighty(edit, said, source):
        return True
    if len(new) > _SMALL or len(gone) > _SMALL:
        return False
    of_source = edit.begin in source.cuts, edit.end in source.cuts
    if not new:
        held_apart = edit.first in said.cuts and not any(of_source)  # a unit or a title stands there
        return not all(of_source) and not held_apart
    if not gone:
        return not (any(of_source) or edit.first in said.cuts or edit.last in said.cuts)
    return not all(of_source)


def _is_weighty(edit: WordEdit, said: FoldedText, source: FoldedText) -> bool:
    """Return whether an edit exchanges figures, or words on which it depends what is granted."""
    new, gone = said.words[edit.first : edit.last], source.words[edit.begin : edit.end]
    if any(word.is_number for word in new) and any(word.is_number for word in gone):
        return len(new) <= _SMALL and len(gone) <= _SMALL
    said_new, said_gone = ("".join(word.word for word in words) for words in (new, gone))
    if not said_new or not said_gone:
        return bool(_DENYING.match(said_new or said_gone))
    return bool(_WEIGHTY.match(said_new) and _WEIGHTY.match(said_gone))


def _before(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    """Return the edit at the beginning of the first clause, where one word stands for another."""
    first = max(cut for cut in said.cuts if cut <= found.first)
    begin = max(cut for cut in source.cuts if cut <= found.begin)
    new = "".join(said.keys[first : found.first])
    gone = "".join(source.keys[begin : found.begin])
    return _edge(WordEdit(first, found.first, begin, found.begin), new, gone)


def _behind(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    last = min(cut for cut in said.cuts if cut >= found.last)
    end = min(cut for cut in source.cuts if cut >= found.end)
    new = "".join(said.keys[found.last : last])
    gone = "".join(source.keys[found.end : end])
    return _edge(WordEdit(found.last, last, found.end, end), new, gone)


def _edge(edit: WordEdit, new: str, gone: str) -> list[WordEdit]:
    lengths = edit.last - edit.first, edit.end - edit.begin
    if not all(0 < length <= _EDGE for length in lengths) or abs(lengths[0] - lengths[1]) > 1:
        return []
    return [] if _FRAMING.search(new) and not (_WEIGHTY.match(new) and _WEIGHTY.match(gone)) else [edit]


def _to_the_ends(found: Aligned, length: int, source: FoldedText) -> Aligned:
    """Return ``found`` with what of a quotation lies before and behind it as edits."""
    edits = list(found.edits)
    begin, end = found.begin, found.end
    if found.first:
        lower = max(0, found.begin - found.first)
        begin = max([cut for cut in source.cuts if lower <= cut <= found.begin], default=lower)
        edits.insert(0, WordEdit(0, found.first, begin, found.begin))
    if found.last < length:
        upper = min(len(source.words), found.end + length - found.last)
        end = min([cut for cut in source.cuts if found.end <= cut <= upper], default=upper)
        edits.append(WordEdit(found.last, length, found.end, end))
    return Aligned(0, length, begin, end, tuple(edits), found.anchor)
