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
from desktop.proofreading.edges import IDLE, WEIGHTY, added, before, behind, clipped
from desktop.proofreading.folding import NUMBER, FoldedText

_EDGE = 4
_SMALL = 6
"""Words of an edit in a copied sentence; more are somebody's own."""
_AROUND, _AROUND_FREE = 6, 10
"""Words that must be the same around an edit, together: where a paper is spoken of, and where not."""
_LONG, _SURE = 12, 8
_ONE_WORD = 2
"""Characters of most words."""
_SUMMED_UP = 5
"""Words left out at the beginning or end of a clause that are no slip: 根据实际情况."""
_SHORTENED = 2
"""So many places in the middle of clauses at which words are left out make a summary, and no copy."""
_OWN = 0.35
"""The share of words beside those that are the same from which a sentence is somebody's own."""
_DENYING = re.compile("^(不|未|非|无|不得|禁止|严禁|免)$")
_WEIGHS = re.compile(f"[不未非无免{NUMBER}]|禁止|以上|以下|以内|最高|最低|全部|部分")
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
        """Return where it stands in the passage's text, with what was left out at its ends."""
        begin = min([self.found.begin, *(edit.begin for edit in self.wrong)])
        end = max([self.found.end, *(edit.end for edit in self.wrong)])
        return self.passage.folded.span(begin, end)


def quoted(said: FoldedText, passages: Sequence[Passage]) -> Copied | None:
    """Return the passage from which words in quotation marks come, None where none has most of them."""
    best: Copied | None = None
    for passage in passages:
        if place := passage.folded.find(said.joined):
            whole = Aligned(0, len(said.words), *place, (), len(said.words))
            return Copied(said, passage, whole, tuple(clipped(whole, said, passage.folded)))
        found = aligned(said, passage.folded, passage.matcher)
        if found.anchor >= _EDGE and (best is None or found.agreeing > best.found.agreeing):
            best = Copied(said, passage, found, ())
    if best is None or best.found.agreeing < len(said.words) * 0.5:
        return None
    whole = _to_the_ends(best.found, len(said.words), best.passage.folded)
    faulty = {*whole.edits, *clipped(whole, said, best.passage.folded)}
    return replace(best, found=whole, wrong=tuple(sorted(faulty, key=_place)))


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
        found = _trimmed(aligned(part, passage.folded, passage.matcher), part, passage.folded)
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


def _trimmed(found: Aligned, said: FoldedText, source: FoldedText) -> Aligned:
    """Return ``found`` without a few words at either end that follow something else after a clause's end.

    A whole clause with one word for another, or without its 不, is no such end.
    """
    edits = list(found.edits)
    first, last, begin, end = found.first, found.last, found.begin, found.end
    while edits and edits[0].first - first < _SMALL and _is_break(edits[0], said, source):
        if first in said.cuts and begin in source.cuts and _is_slip(edits[0], said, source):
            break
        first, begin = edits[0].last, edits[0].end
        del edits[0]
    while edits and last - edits[-1].last < _SMALL and _is_break(edits[-1], said, source):
        if last in said.cuts and end in source.cuts and _is_slip(edits[-1], said, source):
            break
        last, end = edits[-1].first, edits[-1].begin
        del edits[-1]
    return Aligned(first, last, begin, end, tuple(edits), found.anchor)


def _is_break(edit: WordEdit, said: FoldedText, source: FoldedText) -> bool:
    """Return whether a clause of the passage ends within an edit, or one of the report amid it."""
    if any(edit.first < cut < edit.last for cut in said.cuts):
        return True
    return any(edit.begin <= cut <= edit.end for cut in source.cuts)


def _is_slip(edit: WordEdit, said: FoldedText, source: FoldedText) -> bool:
    """Return whether an edit is one word for another, or turns a clause round."""
    if 0 < edit.last - edit.first == edit.end - edit.begin <= _ONE_WORD:
        return True
    return _is_weighty(edit, said, source)


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
        for edit, ahead, after in zip(found.edits, runs, runs[1:], strict=False)
        if ahead + after >= around and _counts(edit, said, source)
    ]
    wrong = [*before(found, said, source), *wrong, *behind(found, said, source)]
    left_out = [
        edit
        for edit in found.edits
        if edit.first == edit.last and not (edit.begin in source.cuts and edit.end in source.cuts)
    ]
    changed = sum(max(edit.last - edit.first, edit.end - edit.begin) for edit in wrong)
    shortened = len(left_out) >= _SHORTENED or any(edit.end - edit.begin > _SMALL for edit in left_out)
    if shortened or changed > _OWN * found.agreeing or _is_own_deed(found, said):
        wrong = [edit for edit in wrong if _is_weighty(edit, said, source)]
    else:
        wrong += clipped(found, said, source)
    return tuple(sorted({*wrong, *added(found, said, source)}, key=_place))


def _is_own_deed(found: Aligned, said: FoldedText) -> bool:
    """Return whether the clause goes on with a figure of its own: 组织对接活动4场."""
    over = min(cut for cut in said.cuts if cut >= found.last)
    return any(word.is_number for word in said.words[found.last : min(over, found.last + 2)])


def _counts(edit: WordEdit, said: FoldedText, source: FoldedText) -> bool:
    """Return whether an edit in the middle is a fault and not the writer's own way of saying it."""
    new, gone = said.keys[edit.first : edit.last], source.keys[edit.begin : edit.end]
    if IDLE.issuperset([*new, *gone]) or "".join([*new, *gone]) == "关于":
        return False
    if _is_weighty(edit, said, source):
        return True
    if len(new) > _SMALL or len(gone) > _SMALL:
        return False
    of_source = edit.begin in source.cuts, edit.end in source.cuts
    if not new and any(of_source) and len(gone) >= _SUMMED_UP and not _WEIGHS.search("".join(gone)):
        return False
    if not new:
        held_apart = edit.first in said.cuts and not any(of_source)  # a unit or a title stands there
        return not all(of_source) and not held_apart
    if not gone:
        if len(new) == 1 and new[0] in (*said.keys[edit.first - 1 : edit.first], *said.keys[edit.last :][:1]):
            return True  # a character twice
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
    return bool(WEIGHTY.match(said_new) and WEIGHTY.match(said_gone))


def _place(edit: WordEdit) -> tuple[int, int, int, int]:
    return edit.first, edit.last, edit.begin, edit.end


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
