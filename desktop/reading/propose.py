"""A notice's text read: cut into labelled pieces, and the nouns that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.errors import KnownError
from desktop.reading.blocks import Block
from desktop.reading.cutting import cut
from desktop.reading.derive import documents_of
from desktop.reading.doubts import questions_about
from desktop.reading.frame import is_title
from desktop.reading.heads import read_head
from desktop.reading.labelling import label
from desktop.reading.model import Head, Label, NoticePiece, NoticeReading, Term, ValidityKind
from desktop.reading.term import read_term
from desktop.reading.unit_names import names_its_unit
from desktop.reading.unwrapped import stated_in
from desktop.reading.wording import ANNOUNCED, MINUTES, OFFICIAL, OWN_TERM, TELLING, UNIT_COLUMN

_LEAST_WORDS = 5
_LEAST_TELLING = 2
_LEAST_STATED = 2
_NO_NOTICE = "这份文件不像是惠企措施的发文，没有读出内容。"
_OTHER_FILE = "请检查是否选对了文件；文件本身没有改动。"


def propose(source: str) -> NoticeReading:
    """Read a notice's text; :class:`KnownError` where it is no notice at all."""
    if not source.strip():
        raise KnownError("文件里没有文字，不能读成发文。", "请检查是否选对了文件，或改用粘贴文字的办法。")
    blocks = cut(source)
    names_units = _names_units(source, blocks)
    if not names_units and not is_notice(source):
        raise KnownError(_NO_NOTICE, _OTHER_FILE)
    reading = reading_of(source, label(source, blocks))
    measured = any(document.measures for document in reading.documents)
    if not names_units and not measured and not _is_sent(reading):
        raise KnownError(_NO_NOTICE, _OTHER_FILE)
    return reading


def _names_units(source: str, blocks: Sequence[Block]) -> bool:
    """Return whether a text says who carries things out: behind a label, in a table's column, or twice."""
    if UNIT_COLUMN.search(source):
        return True
    count = 0
    for block in blocks:
        for statement in stated_in(source, block.start, block.end):
            if not statement.mentions or not all(names_its_unit(m.name) for m in statement.mentions):
                continue
            if ANNOUNCED.search(source, statement.start, statement.end):
                return True
            count += 1
    return count >= _LEAST_STATED and not MINUTES.search(source)


def reading_of(
    source: str,
    pieces: Sequence[NoticePiece],
    head: Head | None = None,
    term: Term | None = None,
    names: Mapping[str, str] | None = None,
) -> NoticeReading:
    """Return the reading that follows from ``pieces``, as proposed or as a person adjusted them.

    ``head`` and ``term`` are read from the pieces where they are None. ``names`` gives printed names of units
    the names that were decided, "" for what names no unit.
    """
    pieces = tuple(pieces)
    head = head or read_head(source, pieces)
    documents = documents_of(source, pieces, head.title, names)
    term = term or _term(source, pieces, head)
    questions = questions_about(source, pieces, documents, head, term)
    return NoticeReading(source, pieces, head, term, documents, questions, left_over(source, pieces))


def _term(source: str, pieces: Sequence[NoticePiece], head: Head) -> Term:
    """Return the term; where no part that may state it does, what the tail of the last measure says of it."""
    term = read_term(source, _term_spans(pieces), head.issued_on, head.published_on)
    if term.kind is not ValidityKind.NONE:
        return term
    last = max((at for at, piece in enumerate(pieces) if piece.label is Label.MEASURE), default=len(pieces))
    tail = [piece for piece in pieces[last:] if piece.label in (Label.MEASURE, Label.CONTINUATION)]
    spans = [found.span() for piece in tail for found in OWN_TERM.finditer(source, piece.start, piece.end)]
    found = read_term(source, spans, head.issued_on, head.published_on)
    return found if found.kind is not ValidityKind.NONE else term


def left_over(source: str, pieces: Sequence[NoticePiece]) -> int:
    """Return how many characters that are no blanks lie in no piece, or in more than one."""
    held = bytearray(len(source))
    for piece in pieces:
        for place in range(piece.start, piece.end):
            held[place] = min(held[place] + 1, 2)
    return sum(1 for char, count in zip(source, held, strict=True) if count != 1 and not _is_blank(char))


def _term_spans(pieces: Sequence[NoticePiece]) -> list[tuple[int, int]]:
    """Return where a term may stand, the likeliest places first: closing, last notes, letter, preamble."""
    weights = (Label.CLOSING, Label.NOTE, Label.LETTER, Label.PREAMBLE, Label.HEAD)
    return [
        (piece.start, piece.end)
        for label in weights
        for piece in (reversed(pieces) if label is Label.NOTE else pieces)
        if piece.label is label
    ]


def is_notice(source: str) -> bool:
    """Return whether ``source`` uses the words of notices, and not just one or two of them."""
    telling = {found[0] for found in TELLING.finditer(source)}
    words = {found[0] for found in OFFICIAL.finditer(source)}
    return len(telling) >= _LEAST_TELLING and len(words | telling) >= _LEAST_WORDS


def _is_sent(reading: NoticeReading) -> bool:
    """Return whether a text without measures has number, letter or title of a paper, or names units."""
    labels = {piece.label for piece in reading.pieces}
    titled = any(
        piece.label is Label.HEAD and is_title(" ".join(reading.source[piece.start : piece.end].split()))
        for piece in reading.pieces
    )
    stray = any(question.key.startswith("stray") for question in reading.questions)
    return bool(reading.head.number) or bool(labels & {Label.LETTER, Label.TITLE}) or titled or stray


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\ufeff\u200b\u200c\u200d"
