"""What a person has to decide about a reading: a question for each place that can be read in two ways.

A choice ``does`` one of: ``keep`` (as it is), ``relabel`` (the piece at ``start`` gets ``label``),
``relabel_part`` (so do all measures and notes below the heading at ``start``), ``edit`` (by hand).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.reading.blocks import line_of
from desktop.reading.derive import papers
from desktop.reading.model import (
    LABEL_NAMES,
    Head,
    Label,
    NoticeChoice,
    NoticeDoubt,
    NoticePiece,
    NoticeQuestion,
    ReadDocument,
    Term,
)
from desktop.reading.numbering import SUB_ITEMS, NumberForm, number_at
from desktop.reading.unwrapped import stated_in
from desktop.reading.wording import ANNOUNCED

ASKED_BELOW = 0.5
"""A piece of less confidence is asked about."""

_NUMBERED = frozenset({Label.HEADING, Label.GROUP, Label.MEASURE, Label.NOTE, Label.PREAMBLE, Label.CLOSING})
_NO_UNITS = frozenset(
    {Label.HEADING, Label.GROUP, Label.NOTE, Label.PREAMBLE, Label.CLOSING, Label.ATTACHMENT}
)
_OTHERS = {
    Label.MEASURE: (Label.NOTE, Label.CONTINUATION),
    Label.CONTINUATION: (Label.NOTE, Label.MEASURE),
    Label.NOTE: (Label.MEASURE, Label.CONTINUATION),
    Label.HEADING: (Label.MEASURE, Label.NOTE),
    Label.ATTACHMENT: (Label.NOTE, Label.TITLE),
}
_NEARLY_ALL = 0.6
_QUOTED = 18


def questions_about(
    source: str,
    pieces: Sequence[NoticePiece],
    documents: Sequence[ReadDocument],
    head: Head,
    term: Term,
) -> tuple[NoticeQuestion, ...]:
    """Return the questions in the order of their places, one for each thing that is not sure."""
    found = [
        *_labels(source, pieces),
        *(question for paper in papers(pieces) for question in _numbers(source, paper)),
        *_strays(source, pieces),
        *_unread(source, pieces),
        *_without_units(source, documents),
        *_twice(source, documents),
        *(
            _doubt(source, doubt)
            for document in documents
            for measure in document.measures
            for statement in measure.statements
            for doubt in statement.doubts
        ),
        *(_doubt(source, doubt) for doubt in (*head.doubts, *term.doubts)),
    ]
    if not any(document.measures for document in documents):
        found.append(_none(source))
    return tuple(sorted({each.key: each for each in found}.values(), key=lambda each: (each.start, each.key)))


def _ask(
    source: str, kind: str, start: int, end: int, text: str, choices: Sequence[NoticeChoice]
) -> NoticeQuestion:
    return NoticeQuestion(f"{kind}-{start}", line_of(source, start), start, end, text, tuple(choices))


def _quote(source: str, start: int, end: int) -> str:
    words = " ".join(source[start:end].split())
    return words if len(words) <= _QUOTED else words[:_QUOTED] + "…"


def _relabel(piece: NoticePiece, label: Label, does: str = "relabel") -> NoticeChoice:
    return NoticeChoice(LABEL_NAMES[label], does, {"start": piece.start, "label": label.value})


def _labels(source: str, pieces: Sequence[NoticePiece]) -> Iterator[NoticeQuestion]:
    for piece in pieces:
        if piece.confidence >= ASKED_BELOW:
            continue
        does = "relabel_part" if piece.label is Label.HEADING else "relabel"
        choices = [_relabel(piece, piece.label)]
        choices += [_relabel(piece, label, does) for label in _OTHERS.get(piece.label, (Label.NOTE,))]
        quoted = _quote(source, piece.start, piece.end)
        if piece.reason.endswith("？"):
            text = f"“{quoted}”：{piece.reason}"
        else:
            text = f"“{quoted}”是{LABEL_NAMES[piece.label]}吗？{piece.reason}"
        yield _ask(source, "label", piece.start, piece.end, text, choices)


def _twice(source: str, documents: Sequence[ReadDocument]) -> Iterator[NoticeQuestion]:
    """Ask where a document has the title or the first words of an earlier one: the same, pasted twice."""
    seen: set[str] = set()
    for document in (each for each in documents if each.measures):
        first = document.measures[0]
        marks = {
            "".join(words.split()) for words in (document.title, source[first.start : first.end]) if words
        }
        if marks & seen:
            start, end = document.title_span or (first.start, first.end)
            text = f"“{_quote(source, start, end)}”前面已经有过：是同一份粘贴了两次吗？"
            choices = (NoticeChoice("确是另一份", "keep"), NoticeChoice("是重复的，我来改", "edit"))
            yield _ask(source, "twice", start, end, text, choices)
        seen |= marks


def _numbers(source: str, pieces: Sequence[NoticePiece]) -> Iterator[NoticeQuestion]:
    """Ask where the printed numbers of a document do not run."""
    last: dict[NumberForm, int] = {}
    anew: set[NumberForm] = set()
    usual: NumberForm | None = None
    for piece in pieces:
        if piece.label not in _NUMBERED:
            continue
        number = number_at(source, piece.start, piece.end) if piece.number else None
        if number is None:
            if piece.label is Label.HEADING:
                anew = set(NumberForm)
            elif piece.label is Label.MEASURE and usual is not None:
                last[usual] = last.get(usual, 0) + 1
            continue
        if number.form in SUB_ITEMS and piece.label is not Label.MEASURE:
            continue
        before = last.get(number.form, 0)
        if number.value != before + 1 and not (number.value == 1 and (number.form in anew or not before)):
            told = f"前一个编号是第{before}" if before else "前面没有第1"
            text = f"编号不连续：{told}，这里是“{piece.number}”。是否缺了一条，或编号有误？"
            yield _ask(source, "number", piece.start, piece.end, text, _printed(piece))
        doubled = number_at(source, number.after, piece.end)
        if doubled and doubled.form is number.form:
            text = f"“{piece.number}”之后又是一个编号，是否多了一个？"
            yield _ask(source, "twice", piece.start, piece.end, text, _printed(piece))
        last[number.form] = number.value
        anew.discard(number.form)
        anew |= {form for form in NumberForm if form > number.form}
        if piece.label is Label.MEASURE:
            usual = number.form
            if number.form is NumberForm.DIGIT:
                anew.discard(NumberForm.HAN_BRACKET)


def _printed(piece: NoticePiece) -> tuple[NoticeChoice, ...]:
    return (
        NoticeChoice("原文就是这样", "keep"),
        NoticeChoice("我来改", "edit", {"start": piece.start}),
    )


def _unread(source: str, pieces: Sequence[NoticePiece]) -> Iterator[NoticeQuestion]:
    """Ask about words that announce units in a measure where no statement was read."""
    for piece in pieces:
        if piece.label not in (Label.MEASURE, Label.CONTINUATION, Label.UNITS):
            continue
        read = [(s.start, s.end) for s in stated_in(source, piece.start, piece.end)]
        for found in ANNOUNCED.finditer(source, piece.start, piece.end):
            if not any(start - 2 <= found.start() < end for start, end in read):
                text = f"“{_quote(source, found.start(), piece.end)}”像是责任单位，但没有读出来。"
                yield _ask(source, "unread", found.start(), found.end(), text, _printed(piece))


def _strays(source: str, pieces: Sequence[NoticePiece]) -> Iterator[NoticeQuestion]:
    """Ask about statements of units that stand in no measure."""
    for piece in pieces:
        if piece.label not in _NO_UNITS or piece.confidence < ASKED_BELOW:
            continue
        for statement in stated_in(source, piece.start, piece.end):
            if statement.mentions and not any(doubt.kind == "bare" for doubt in statement.doubts):
                text = f"这里写了责任单位，但“{_quote(source, piece.start, piece.end)}”不是措施。应归哪一条？"
                choices = (_relabel(piece, piece.label), _relabel(piece, Label.MEASURE))
                yield _ask(source, "stray", statement.start, statement.end, text, choices)


def _without_units(source: str, documents: Sequence[ReadDocument]) -> Iterator[NoticeQuestion]:
    """Ask about measures that state no units where nearly all of their document do."""
    for document in documents:
        bare = [m for m in document.measures if not any(s.mentions for s in m.statements)]
        stated = len(document.measures) - len(bare)
        if not bare or stated < 2 or stated < _NEARLY_ALL * len(document.measures):
            continue
        told = {
            measure.category for measure in document.measures if any(s.mentions for s in measure.statements)
        }
        for measure in bare:
            if measure.category is not None and measure.category not in told:
                continue  # a whole part without units is asked about once, at its heading
            text = f"“{_quote(source, measure.start, measure.end)}”没有读出责任单位，其他措施都有。"
            choices = (
                NoticeChoice("原文没有写", "keep"),
                NoticeChoice("我来标出", "edit", {"start": measure.start}),
                NoticeChoice("这一段是说明", "relabel", {"start": measure.start, "label": Label.NOTE.value}),
            )
            yield _ask(source, "units", measure.start, measure.end, text, choices)


def _doubt(source: str, doubt: NoticeDoubt) -> NoticeQuestion:
    choices = (NoticeChoice("是", "keep"), NoticeChoice("不是，我来改", "edit", {"start": doubt.start}))
    return _ask(source, doubt.kind or "doubt", max(doubt.start, 0), max(doubt.end, 0), doubt.text, choices)


def _none(source: str) -> NoticeQuestion:
    start = len(source) - len(source.lstrip())
    text = "没有读出措施：是还没有标出来，还是这份文件里本来没有？"
    return _ask(source, "none", start, start, text, (NoticeChoice("我来标出", "edit", {"start": start}),))
