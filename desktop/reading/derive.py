"""Documents, categories, groups and measures as they follow from labelled pieces.

A pure function of source and pieces, the same for a proposal and for what a person made of it. A document
begins with its title; a notice without titles below its letter is one document. A heading that holds
measures is a category, one that holds none is not. A measure lasts from its piece over the continuations and
statements of units that follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.reading.model import (
    NO_PLACE,
    Label,
    NoticePiece,
    ReadDocument,
    ReadHeading,
    ReadMeasure,
    UnitStatement,
)
from desktop.reading.roles import settle
from desktop.reading.unwrapped import stated_as, stated_in

_WITHIN = frozenset({Label.CONTINUATION, Label.UNITS})
_ENDS = frozenset({Label.HEADING, Label.GROUP, Label.MEASURE, Label.TITLE})
_RULES_STAND_IN = frozenset({Label.LETTER, Label.PREAMBLE, Label.NOTE, Label.CLOSING})

Span = tuple[int, int]


@dataclass(slots=True)
class _Part:
    """A heading, a group or a measure while its document is put together."""

    piece: NoticePiece
    end: int
    category: int | None = None
    group: int | None = None
    within: list[NoticePiece] = field(default_factory=list)
    holds: bool = False


def documents_of(
    source: str, pieces: Sequence[NoticePiece], title: str = "", names: Mapping[str, str] | None = None
) -> tuple[ReadDocument, ...]:
    """Return the documents of a notice; ``title`` is what one without a title of its own is called.

    ``names`` gives printed names of units the names that a person decided on, "" for what names no unit.
    """
    letter = [piece for piece in pieces if piece.label is Label.LETTER]
    return tuple(_document(source, part, letter, title, names or {}) for part in papers(pieces))


def papers(pieces: Sequence[NoticePiece]) -> tuple[tuple[NoticePiece, ...], ...]:
    """Return the pieces of each document: from a title, or from the first of those above it, to the next."""
    begun: list[list[NoticePiece]] = [[]]
    bodied = False
    for piece in pieces:
        if piece.label is Label.TITLE and bodied:
            begun.append([])
            bodied = False
        bodied = bodied or piece.label in (Label.MEASURE, Label.HEADING, Label.GROUP)
        begun[-1].append(piece)
    return tuple(
        tuple(each) for each in begun if any(p.label in _ENDS or p.label is Label.PREAMBLE for p in each)
    )


def _document(
    source: str,
    pieces: Sequence[NoticePiece],
    letter: Sequence[NoticePiece],
    title: str,
    names: Mapping[str, str],
) -> ReadDocument:
    categories, groups, measures = _parts(pieces)
    used = [part for part in categories if part.holds]
    grouped = [part for part in groups if part.holds]
    statements = settle(
        source,
        [_statements(source, part) for part in measures],
        [
            (piece.start, piece.end)
            for piece in dict.fromkeys([*letter, *pieces])
            if piece.label in _RULES_STAND_IN
        ],
    )
    titles = [piece for piece in pieces if piece.label is Label.TITLE]
    return ReadDocument(
        title="".join("".join(source[p.start : p.end].split()) for p in titles) or title,
        title_span=_span(titles),
        preamble_span=_span(piece for piece in pieces if piece.label is Label.PREAMBLE),
        closing_span=_span(piece for piece in pieces if piece.label is Label.CLOSING),
        categories=tuple(_heading(source, part) for part in used),
        groups=tuple(_heading(source, part, _index(used, categories, part.category)) for part in grouped),
        measures=tuple(
            ReadMeasure(
                ordinal=ordinal,
                number=part.piece.number,
                title=_title(source, part.piece),
                title_start=part.piece.title_start,
                title_end=part.piece.title_end,
                start=part.piece.start,
                end=part.end,
                category=_index(used, categories, part.category),
                group=_index(grouped, groups, part.group),
                statements=tuple(_named(statement, names) for statement in stated),
            )
            for ordinal, (part, stated) in enumerate(zip(measures, statements, strict=True), start=1)
        ),
    )


def _parts(pieces: Sequence[NoticePiece]) -> tuple[list[_Part], list[_Part], list[_Part]]:
    """Return headings, groups and measures in order, each knowing what holds it and what it holds."""
    categories: list[_Part] = []
    groups: list[_Part] = []
    measures: list[_Part] = []
    category: int | None = None
    group: int | None = None
    opened: _Part | None = None
    for piece in pieces:
        if piece.label is Label.HEADING:
            categories.append(_Part(piece, piece.end))
            category, group, opened = len(categories) - 1, None, None
        elif piece.label is Label.GROUP:
            groups.append(_Part(piece, piece.end, category))
            group, opened = len(groups) - 1, None
        elif piece.label is Label.MEASURE:
            opened = _Part(piece, piece.end, category, group, [piece])
            measures.append(opened)
            for part in [categories[category]] if category is not None else []:
                part.holds = True
            for part in [groups[group]] if group is not None else []:
                part.holds = True
        elif piece.label in _WITHIN and opened:
            opened.within.append(piece)
            opened.end = piece.end
        elif piece.label is not Label.NOISE:
            opened = None
    return categories, groups, measures


def _statements(source: str, part: _Part) -> tuple[UnitStatement, ...]:
    found: list[UnitStatement] = []
    for piece in part.within:
        stated = stated_in(source, piece.start, piece.end)
        if not stated and piece.label is Label.UNITS:
            stated = (stated_as(source, piece.start, piece.end),)
        found.extend(stated)
    return tuple(found)


def _named(statement: UnitStatement, names: Mapping[str, str]) -> UnitStatement:
    if not any(mention.printed in names for mention in statement.mentions):
        return statement
    decided = [replace(m, name=names.get(m.printed, m.name)) for m in statement.mentions]
    return replace(
        statement,
        mentions=tuple(mention for mention in decided if mention.name),
        notes=(*statement.notes, *(mention.printed for mention in decided if not mention.name)),
        doubts=tuple(
            doubt
            for doubt in statement.doubts
            if doubt.kind not in ("name", "run-on")
            or not any(
                m.start < doubt.end and doubt.start < m.end and m.printed in names for m in statement.mentions
            )
        ),
    )


def _index(kept: Sequence[_Part], parts: Sequence[_Part], place: int | None) -> int | None:
    if place is None or not parts[place].holds:
        return None
    return next(index for index, part in enumerate(kept) if part is parts[place])


def _heading(source: str, part: _Part, category: int | None = None) -> ReadHeading:
    piece = part.piece
    return ReadHeading(piece.number, _title(source, piece), piece.start, piece.end, category)


def _title(source: str, piece: NoticePiece) -> str:
    if piece.title_start == NO_PLACE:
        return ""
    return " ".join(source[piece.title_start : piece.title_end].split())


def _span(pieces: Iterable[NoticePiece]) -> Span | None:
    found = list(pieces)
    return (found[0].start, found[-1].end) if found else None
