"""A notice as read and decided, as what the catalogue holds: every notice comes in this way.

Keys count: document ``<notice>.<n>``, category ``<document>.c<nn>``, group ``.g<nn>``, measure ``.m<nn>``, by
place and never by what is printed. In a notice that was amended, measures have the numbers that
:mod:`desktop.catalogue.key_numbers` keeps.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from desktop.catalogue import citing, joined_lines, key_numbers
from desktop.catalogue.key_numbers import KeyNumbers
from desktop.catalogue.model import (
    Category,
    Citation,
    Document,
    Measure,
    MeasureGroup,
    Notice,
    no_category,
)
from desktop.catalogue.parsed import NamedUnit, ParsedNotice, Place, Segment
from desktop.reading.model import (
    NO_PLACE,
    Label,
    Mention,
    NoticePiece,
    NoticeReading,
    ReadDocument,
    ReadHeading,
    ReadMeasure,
    Role,
)

_CITED = re.compile(r"《([^《》]+)》(?:[(（]([\u4e00-\u9fff]{2,}[〔\[(（【]\d{4}[〕\])）】]\d{1,4}号)[)）])?")
_IN_MEASURE = frozenset({Label.MEASURE, Label.CONTINUATION, Label.UNITS})
_IN_LETTER = frozenset({Label.HEAD, Label.LETTER, Label.SIGNATURE})
_HAN_NUMBER = re.compile("([零〇一二三四五六七八九十百]+)[、.．]")
_TITLE_END = re.compile(r"[。：:；;．.！!？?]?\s*")
_SENTENCE_ENDS = "。；：！？…）〕］】》”.;:!?)]"
_AFTER_UNITS = "。；;，,、.． \t\n\u3000"
_STRONGEST = {Role.LEAD: 0, Role.JOINT: 1, Role.SUPPORT: 2, None: 3}

Span = tuple[int, int]


def nouns(reading: NoticeReading, key: str, numbers: KeyNumbers | None = None) -> ParsedNotice:
    """Return what a notice holds, under ``key``; ``numbers`` are those of its measures' keys, if kept."""
    return _Nouns(reading, key, numbers).parsed()


class _Nouns:
    """One notice on its way into the catalogue."""

    def __init__(self, reading: NoticeReading, key: str, numbers: KeyNumbers | None) -> None:
        self._source, self._reading, self._key = reading.source, reading, key
        counts = [len(document.measures) for document in reading.documents]
        self._numbers = (numbers or key_numbers.counted(counts)).documents
        self._line_starts = [0, *(found.end() for found in re.finditer("\r\n?|\n", reading.source))]
        self._places: dict[str, Place] = {}
        self._segments: dict[str, tuple[Segment, ...]] = {}

    def parsed(self) -> ParsedNotice:
        documents: list[Document] = []
        categories: list[Category] = []
        groups: list[MeasureGroup] = []
        measures: list[Measure] = []
        named: list[NamedUnit] = []
        self._letter()
        for ordinal, read in enumerate(self._reading.documents, start=1):
            document = self._document(f"{self._key}.{ordinal}", ordinal, read)
            of_document = list(self._categories(document.key, read.categories))
            of_groups = list(self._groups(document.key, read.groups, of_document))
            documents.append(document)
            categories += of_document
            groups += of_groups
            for measure, mentions in self._measures(document, read, of_document, of_groups):
                measures.append(measure)
                named += self._named(measure, mentions)
        return ParsedNotice(
            source=self._source,
            sha256=hashlib.sha256(self._source.encode()).hexdigest(),
            notice=self._notice(),
            documents=tuple(documents),
            categories=tuple(categories),
            measures=tuple(measures),
            named=tuple(named),
            citations=tuple(self._citations(documents, measures)),
            places=self._places,
            groups=tuple(groups),
            segments={key: found for key, found in self._segments.items() if len(found) > 1},
        )

    def _notice(self) -> Notice:
        head, term = self._reading.head, self._reading.term
        title = head.title or next((one.title for one in self._reading.documents if one.title), "")
        return Notice(
            key=self._key,
            number=head.number,
            title=title,
            issuer=head.issuer,
            addressees=head.addressees,
            published_on=head.published_on,
            issued_on=head.issued_on,
            issued_printed=head.issued_printed,
            issued_reason=head.issued_reason,
            valid_until=term.until,
            validity_text=term.text,
            validity_kind=term.kind.value,
            valid_from=term.since,
        )

    def _place(self, key: str, span: Span | None) -> None:
        if span:
            line = bisect_right(self._line_starts, span[0])
            self._places[key] = Place(*span, line)

    def _letter(self) -> None:
        """Keep where the letter stands: from its first piece below the page's head to the first document."""
        pieces = self._reading.pieces
        begins = _begins(self._reading.documents[:1], len(self._source))
        above = [one for one in pieces if one.end <= begins and one.label in _IN_LETTER]
        number = self._reading.head.number
        if any(one.label is Label.LETTER for one in above):
            words = [self._source[one.start : one.end] for one in above]
            first = words.index(number) if number in words else 0
            self._place(self._key, (above[first].start, above[-1].end))

    def _document(self, key: str, ordinal: int, read: ReadDocument) -> Document:
        self._place(f"{key}.title", read.title_span)
        self._place(f"{key}.preamble", read.preamble_span)
        self._place(f"{key}.closing", read.closing_span)
        preamble = self._joined(f"{key}.preamble", read.preamble_span, {Label.PREAMBLE})
        return Document(key, self._key, ordinal, read.title or self._reading.head.title, preamble)

    def _joined(self, key: str, span: Span | None, labels: set[Label] | frozenset[Label]) -> str:
        """Return the words of the pieces of a span as people read them, and keep what they are made of."""
        if span is None:
            return ""
        paragraphs: list[list[Span]] = []
        before: NoticePiece | None = None
        for one in self._within(span):
            if one.label in labels:
                if before and self._goes_on(before, one):
                    paragraphs[-1].append((one.start, one.end))
                else:
                    paragraphs.append([(one.start, one.end)])
                before = one
        text, self._segments[key] = joined_lines.joined(self._source, paragraphs or [[span]])
        return text

    def _goes_on(self, before: NoticePiece, piece: NoticePiece) -> bool:
        """Return whether a piece goes on in the middle of a sentence of the one before it."""
        return (
            piece.label is Label.CONTINUATION
            and before.label is not Label.UNITS
            and before.end != before.title_end
            and self._source[before.end - 1] not in _SENTENCE_ENDS
        )

    def _within(self, span: Span) -> Iterator[NoticePiece]:
        return (one for one in self._reading.pieces if span[0] <= one.start and one.end <= span[1])

    def _categories(self, document: str, headings: Sequence[ReadHeading]) -> Iterator[Category]:
        for ordinal, read in enumerate(headings, start=1):
            category = Category(
                f"{document}.c{ordinal:02}", document, ordinal, _label(read.number), self._title(read)
            )
            self._place(category.key, (read.start, read.end))
            yield category

    def _groups(
        self, document: str, headings: Sequence[ReadHeading], categories: Sequence[Category]
    ) -> Iterator[MeasureGroup]:
        for ordinal, read in enumerate(headings, start=1):
            above = "" if read.category is None else categories[read.category].key
            key = f"{document}.g{ordinal:02}"
            self._place(key, (read.start, read.end))
            yield MeasureGroup(key, document, above, ordinal, _label(read.number), self._title(read))

    def _title(self, read: ReadHeading) -> str:
        piece = next((one for one in self._reading.pieces if one.start == read.start), None)
        return self._words(piece.title_start, piece.title_end) if piece else read.title

    def _words(self, start: int, end: int) -> str:
        """Return a title as people read it, "" where it has no place."""
        return joined_lines.joined(self._source, [[(start, end)]])[0] if start != NO_PLACE else ""

    def _measures(
        self,
        of: Document,
        read: ReadDocument,
        categories: Sequence[Category],
        groups: Sequence[MeasureGroup],
    ) -> Iterator[tuple[Measure, list[Mention]]]:
        document, in_keys = of.key, self._numbers[of.ordinal - 1]
        printed = [_printed(one, categories, groups) for one in read.measures]
        numbers, cited = citing.numbers(printed), citing.citations(printed)
        for one, number, words, in_key in zip(read.measures, numbers, cited, in_keys, strict=True):
            key = f"{document}.m{in_key:02}"
            text = self._joined(key, (one.start, one.end), _IN_MEASURE)
            segments = self._segments[key]
            spans = tuple(
                (joined_lines.in_text(segments, stated.start), joined_lines.in_text(segments, stated.end))
                for stated in one.statements
            )
            units_start = _trailing(text, spans)
            yield (
                Measure(
                    key=key,
                    document_key=document,
                    category_key=no_category(document)
                    if one.category is None
                    else categories[one.category].key,
                    number=number,
                    title=self._words(one.title_start, one.title_end),
                    text=text,
                    start=one.start,
                    end=one.end,
                    line=bisect_right(self._line_starts, one.start),
                    body_start=_body_start(text, one, segments),
                    body_end=len(text) if units_start < 0 else len(text[:units_start].rstrip()),
                    units_start=units_start,
                    text_sha256=hashlib.sha256(text.encode()).hexdigest(),
                    ordinal=one.ordinal,
                    label=one.number,
                    cited=words,
                    group_key="" if one.group is None else groups[one.group].key,
                    unit_spans=spans,
                ),
                [mention for stated in one.statements for mention in stated.mentions],
            )

    def _named(self, measure: Measure, mentions: Sequence[Mention]) -> Iterator[NamedUnit]:
        """Yield each unit once: where it is first named, in the strongest of its roles."""
        by_name: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_name.setdefault(mention.name, []).append(mention)
        segments = self._segments[measure.key]
        for position, (name, found) in enumerate(by_name.items(), start=1):
            told = min(found, key=lambda mention: _STRONGEST[mention.role])
            yield NamedUnit(
                measure.key,
                name,
                position,
                measure.line,
                told.role.value if told.role else "",
                told.rule,
                joined_lines.in_text(segments, found[0].start),
                joined_lines.in_text(segments, found[0].end),
            )

    def _citations(self, documents: Sequence[Document], measures: Sequence[Measure]) -> Iterator[Citation]:
        """Yield what preambles and measures name in 《》, in the order of the source.

        What the notice issues itself is a document and no citation, wherever it is named.
        """
        own = {document.title for document in documents}
        texts = [(one.key, "", one.preamble, f"{one.key}.preamble") for one in documents if one.preamble]
        texts += [(one.document_key, one.key, one.text, one.key) for one in measures]
        found = [
            Citation(
                document,
                measure,
                cited[1],
                cited[2] or "",
                joined_lines.in_source(self._segments[key], cited.start()),
                joined_lines.in_source(self._segments[key], cited.end() - 1) + 1,
            )
            for document, measure, text, key in texts
            for cited in _CITED.finditer(text)
            if cited[1] not in own
        ]
        yield from sorted(found, key=lambda citation: citation.start)


def _begins(documents: Sequence[ReadDocument], otherwise: int) -> int:
    """Return where the first of the documents begins."""
    for one in documents:
        starts = [span[0] for span in (one.title_span, one.preamble_span) if span]
        starts += [heading.start for heading in (*one.categories, *one.groups)]
        starts += [measure.start for measure in one.measures]
        return min(starts, default=otherwise)
    return otherwise


def _label(number: str) -> str:
    found = _HAN_NUMBER.fullmatch(number.strip())
    return found[1] if found else number.strip()


def _printed(
    measure: ReadMeasure, categories: Sequence[Category], groups: Sequence[MeasureGroup]
) -> citing.Printed:
    category = None if measure.category is None else categories[measure.category]
    group = None if measure.group is None else groups[measure.group]
    return citing.Printed(
        measure.number,
        measure.category,
        category.label if category else "",
        category.title if category else "",
        measure.group,
        group.label if group else "",
        group.title if group else "",
    )


def _body_start(text: str, measure: ReadMeasure, segments: Sequence[Segment]) -> int:
    """Return where what follows the title begins; the number, where there is no title."""
    if measure.title_end == NO_PLACE:
        at = len(measure.number) if text.startswith(measure.number) else 0
        return at + len(text[at:]) - len(text[at:].lstrip())
    at = joined_lines.in_text(segments, measure.title_end)
    found = _TITLE_END.match(text, at)
    return found.end() if found else at


def _trailing(text: str, spans: Sequence[Span]) -> int:
    """Return where the statements of units begin that end the text, -1 where none does."""
    begins, end = -1, len(text)
    for start, stop in reversed(spans):
        if text[stop:end].strip(_AFTER_UNITS):
            break
        begins = end = start
    return begins
