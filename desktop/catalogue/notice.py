"""Read a notice's source text into its nouns.

Known form: a web page's head with 发布日期; the letter (文号, title, addressees, what it issues, signature,
date); then each issued paper: title, preamble, categories, measures, closing clause. One letter may issue
several papers, each numbered from 1. Anything else stops with the line and the reason: nothing is guessed
and, below the 文号, no text is dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.catalogue import letter as letters
from desktop.catalogue import paper as papers
from desktop.catalogue.model import Citation, Document, Measure, Notice
from desktop.catalogue.parsed import ParsedNotice, Place
from desktop.catalogue.source import Paragraph, paragraphs
from desktop.errors import NoticeError

_CITED = re.compile(rf"《([^《》]+)》(?:[(（]({letters.NUMBER})[)）])?")


@dataclass(frozen=True, slots=True)
class _Titled:
    """A paper's title and the paragraphs below it, up to the next paper."""

    title: str
    place: Place
    below: tuple[Paragraph, ...]


def parse(source: str, slug: str) -> ParsedNotice:
    """Return the notice in ``source``; ``slug`` is its folder's name and key, e.g. czbf-2023-3.

    Raises :class:`NoticeError` with line and reason when the form is broken.
    """
    lines = tuple(paragraphs(source))
    letter = letters.parse(lines)
    _check_slug(slug, letter.number)
    found = _titled(lines, letter)
    letter_lines = [line for line in lines[letter.first :] if line.end <= found[0].place.start]
    places = {slug: _place(letter_lines)}
    documents: list[Document] = []
    parsed: list[papers.NoticePaper] = []
    for ordinal, titled in enumerate(found, start=1):
        key = f"{slug}.{ordinal}"
        paper = papers.parse(key, titled.place.line, titled.below)
        places[f"{key}.title"] = titled.place
        if paper.preamble:
            places[f"{key}.preamble"] = _place(paper.preamble)
        if paper.closing:
            places[f"{key}.closing"] = _place([paper.closing])
        for category, heading in zip(paper.categories, paper.headings, strict=True):
            places[category.key] = _place([heading])
        preamble = places.get(f"{key}.preamble")
        words = source[preamble.start : preamble.end] if preamble else ""
        documents.append(Document(key, slug, ordinal, titled.title, words))
        parsed.append(paper)
    measures = tuple(measure for paper in parsed for measure in paper.measures)
    return ParsedNotice(
        source=source,
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        notice=_notice(slug, letter, parsed, lines[-1].line),
        documents=tuple(documents),
        categories=tuple(category for paper in parsed for category in paper.categories),
        measures=measures,
        named=tuple(unit for paper in parsed for unit in paper.named),
        citations=_citations(documents, measures, places),
        places=places,
    )


def _check_slug(slug: str, number: str) -> None:
    """Raise unless the folder's name carries the notice's year and number, e.g. …-2023-3."""
    year_and_number = "-".join(re.findall(r"\d+", number))
    if not re.fullmatch(rf"[a-z]+-{year_and_number}", slug):
        raise NoticeError(
            0, f"文件夹名“{slug}”应为发文代字的拼音首字母加“-{year_and_number}”，与{number}对应。"
        )


def _titled(lines: Sequence[Paragraph], letter: letters.Letter) -> list[_Titled]:
    """Find each issued paper by its title, which may be printed on several lines."""
    starts: list[tuple[int, int]] = []
    after = letter.last + 1
    for title in letter.issues:
        place = _title_lines(lines, after, title)
        if place is None:
            raise NoticeError(lines[letter.last].line, f"成文日期之后没有找到印发的文件《{title}》。")
        starts.append(place)
        after = place[1]
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return [
        _Titled(title, _place(lines[start:below]), tuple(lines[below:end]))
        for title, (start, below), end in zip(letter.issues, starts, ends, strict=True)
    ]


def _title_lines(lines: Sequence[Paragraph], after: int, title: str) -> tuple[int, int] | None:
    """Return from which to before which paragraph ``title`` is printed."""
    for start in range(after, len(lines)):
        printed = ""
        for index in range(start, len(lines)):
            printed += lines[index].text
            if printed == title:
                return start, index + 1
            if not title.startswith(printed):
                break
    return None


def _place(lines: Sequence[Paragraph]) -> Place:
    return Place(lines[0].start, lines[-1].end, lines[0].line)


def _notice(
    slug: str, letter: letters.Letter, parsed: Sequence[papers.NoticePaper], last_line: int
) -> Notice:
    """Return the notice; its papers must state one and the same last day, after its issue."""
    for paper in parsed:
        if paper.closing and paper.valid_until != parsed[-1].valid_until:
            raise NoticeError(paper.closing.line, "各文件写明的有效期不一致。")
    closing, valid_until = parsed[-1].closing, parsed[-1].valid_until
    if closing is None or valid_until is None:
        raise NoticeError(last_line, "末尾没有写明有效期的条款（“……有效期至2025年12月31日”）。")
    if valid_until < letter.issued_on:
        raise NoticeError(closing.line, "有效期早于成文日期。")
    return Notice(
        key=slug,
        number=letter.number,
        title=letter.title,
        issuer=letter.issuer,
        addressees=letter.addressees,
        published_on=letter.published_on,
        issued_on=letter.issued_on,
        issued_printed=letter.issued_printed,
        issued_reason=letter.issued_reason,
        valid_until=valid_until,
        validity_text=closing.text,
    )


def _citations(
    documents: Sequence[Document], measures: Sequence[Measure], places: Mapping[str, Place]
) -> tuple[Citation, ...]:
    """Return what preambles and measures name in 《》, in the order of the source.

    What the notice issues itself is a document and no citation, wherever it is named.
    """
    own = {document.title for document in documents}
    texts = [
        (document.key, "", document.preamble, places[f"{document.key}.preamble"].start)
        for document in documents
        if document.preamble
    ]
    texts += [(measure.document_key, measure.key, measure.text, measure.start) for measure in measures]
    return tuple(
        Citation(
            document_key, measure_key, found[1], found[2] or "", start + found.start(), start + found.end()
        )
        for document_key, measure_key, text, start in sorted(texts, key=lambda piece: piece[3])
        for found in _CITED.finditer(text)
        if found[1] not in own
    )
