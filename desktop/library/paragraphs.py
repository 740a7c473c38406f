"""A whole paper of measures, paragraph by paragraph: also what stands above, between and below the measures.

The database holds the measures and what they stand under; what a paragraph is besides stands in the notice's
own files, by which it was built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.catalogue import joined_lines, notice_folder
from desktop.library import folders
from desktop.reading.model import NO_PLACE, Label, NoticePiece, ReadDocument

_OF_MEASURES = frozenset({Label.MEASURE, Label.CONTINUATION, Label.UNITS})
_LEFT_OUT = frozenset({Label.NOISE, Label.HEAD})
_SENTENCE_ENDS = "。；：！？…）〕］】》”.;:!?)]"


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """One paragraph of a paper: what it is, its words with hard wraps taken out, where it begins.

    ``start`` is its place in the source and ``line`` the line, from 1. ``title_end`` is where in ``text`` the
    title ends, 0 where there is none. One with the label MEASURE stands for the whole measure that begins
    there, whose further paragraphs are not told.
    """

    label: Label
    text: str
    title_end: int
    start: int
    line: int


def of_document(workspace: Path, notice_key: str, ordinal: int, source: str) -> tuple[PaperParagraph, ...]:
    """Return the paragraphs of a notice's paper, counted from 1, below its title, in their order.

    Left out are words of a web page, what the notice says about itself above the text (文号, 发文机关), and
    the letter with which a paper of its own title was sent. ``source`` is the notice's text. Raises
    :class:`KnownError` where its files cannot be read, or are of another text.
    """
    own = notice_key in folders.own_keys()
    folder = (paths.resources() / "notices" if own else folders.root(workspace)) / notice_key
    if not own:
        notice_folder.ensure_structure(folder)
    reading = notice_folder.reading(folder, source)
    meant, *below = reading.documents[ordinal - 1 :]
    begins = _begins(meant, 0) if ordinal > 1 or meant.title_span else 0
    ends = _begins(below[0], len(source)) if below else len(source)
    pieces = [one for one in reading.pieces if begins <= one.start < ends]
    return tuple(_paragraphs(source, meant, pieces))


def _paragraphs(source: str, of: ReadDocument, pieces: Iterable[NoticePiece]) -> Iterator[PaperParagraph]:
    lines = [found.end() for found in re.finditer("\r\n?|\n", source)]
    measures = [(one.start, one.end) for one in of.measures]
    for group in _joined(source, of, pieces):
        first = group[0]
        if first.label in _OF_MEASURES and any(start < first.start < end for start, end in measures):
            continue
        spans = [(one.start, one.end) for one in group]
        text, segments = joined_lines.joined(source, [spans])
        titled = first.title_end != NO_PLACE
        yield PaperParagraph(
            first.label,
            text,
            joined_lines.in_text(segments, first.title_end) if titled else 0,
            first.start,
            sum(end <= first.start for end in lines) + 1,
        )


def _joined(source: str, of: ReadDocument, pieces: Iterable[NoticePiece]) -> list[list[NoticePiece]]:
    """Return the pieces to be told, those together that are one paragraph."""
    found: list[list[NoticePiece]] = []
    title = of.title_span or (0, 0)
    for one in pieces:
        if one.label in _LEFT_OUT or title[0] <= one.start < title[1]:
            continue
        goes_on = one.label is Label.CONTINUATION and found and found[-1][-1].label not in _OF_MEASURES
        if goes_on and source[found[-1][-1].end - 1] not in _SENTENCE_ENDS:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _begins(document: ReadDocument, otherwise: int) -> int:
    """Return where a paper begins."""
    spans = [span for span in (document.title_span, document.preamble_span) if span]
    starts = [one.start for one in (*document.categories, *document.groups)]
    starts += [one.start for one in document.measures]
    return min([*(span[0] for span in spans), *starts], default=otherwise)
