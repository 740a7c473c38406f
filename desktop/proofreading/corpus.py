"""The notices in use as passages to compare a report with: each measure, and what stands around them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from desktop.catalogue import citing, papers
from desktop.catalogue.model import Measure, Notice, Unit
from desktop.catalogue.query import Catalogue
from desktop.catalogue.unit_names import called, normal
from desktop.proofreading.folding import FoldedText, folded, folded_parts, key_of
from desktop.proofreading.model import ClaimSource, Span
from desktop.proofreading.pieces import no_words, without

_NO_HAN = re.compile("[^\u4e00-\u9fff]+")
_PIECE = 4
"""Characters of the pieces by which passages are found."""
_COMMON = 40
"""A piece in more passages than these says nothing of which one is meant."""


_MOST = 4
"""Passages with which a sentence is compared, of the notices that are spoken of and of any."""


@dataclass(frozen=True)
class Passage:
    """A measure, or what a notice says around its measures (``measure`` is "").

    ``text`` is the measure's text or the notice's source; ``parts`` are what belongs to it: no printed
    number, no statement of units, in a source no measure.
    """

    notice: str
    document: str
    measure: str
    text: str
    parts: tuple[Span, ...]

    @cached_property
    def folded(self) -> FoldedText:
        """Return the words that are compared: those of its parts, but for 文号, titles and 条号."""
        holes = no_words(self.text)
        return folded_parts(self.text, [each for part in self.parts for each in without(part, holes)])

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """Return what finds runs of words of others in its words."""
        return SequenceMatcher(None, (), self.folded.keys, autojunk=False)

    @cached_property
    def whole(self) -> FoldedText:
        """Return all words of its text."""
        return folded(self.text)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Return the pieces by which it is found: every second one, so that a run of one more has one."""
        plain = _NO_HAN.sub("", "".join([self.text[start:end] for start, end in self.parts]))
        return frozenset([plain[at : at + _PIECE] for at in range(0, len(plain) - _PIECE + 1, 2)])

    def source(self, start: int, end: int) -> ClaimSource:
        """Return a place of it."""
        return ClaimSource(self.notice, self.document, self.measure, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """A title as words; ``notice`` is whose it is, "" for another paper's that a notice names."""

    words: str
    notice: str
    source: ClaimSource


def pieces_of(text: str) -> frozenset[str]:
    """Return the pieces of a text: all runs of so many ideographs, marks apart."""
    plain = _NO_HAN.sub("", text)
    return frozenset(map("".join, zip(*(plain[at:] for at in range(_PIECE)), strict=False)))


class Corpus:
    """The notices in use, ready to be compared with; made once for a catalogue, and only read."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.notices = {notice.key: notice for notice in catalogue.notices}
        sources = dict(db.execute("SELECT key, source FROM notices"))
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        passages: list[Passage] = []
        of_notice = {document.key: document.notice_key for document in catalogue.documents}
        self._of_document = of_notice
        self._headings: dict[str, list[tuple[str, Measure]]] = {}
        for key, document, label, text, spans, start, end in db.execute(
            "SELECT key, document_key, label, text, unit_spans, source_start, source_end FROM measures"
        ):
            if notice := of_notice.get(document):
                held[notice].append((start, end))
                begin = len(label) if label and text.startswith(label) else 0
                holes = [(first, last) for first, last in json.loads(spans or "[]")]
                parts = without((begin, len(text)), holes)
                passages.append(Passage(notice, document, key, text, tuple(parts)))
        for key in self.notices:
            source = sources[key]
            document = catalogue.documents_in(key)[0].key
            around = without((0, len(source)), held[key])
            passages.append(Passage(key, document, "", source, tuple(around)))
        self.passages = tuple(passages)
        self.by_measure = {passage.measure: passage for passage in passages if passage.measure}
        self.frames = {passage.notice: passage for passage in passages if not passage.measure}

    def near(self, text: str) -> dict[str, list[Passage]]:
        """Return the pieces that passages share with a text, and the passages that have each."""
        wanted = pieces_of(text)
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            for piece in passage.pieces & wanted:
                found[piece].append(passage)
        return found

    def measures(self, notice: str) -> list[Measure]:
        """Return a notice's measures."""
        documents = self.catalogue.documents_in(notice)
        return [one for each in documents for one in self.catalogue.measures_in_document(each.key)]

    def numbered(self, notice: str, number: int) -> list[Measure]:
        """Return those measures of a notice that are or may be cited by a number."""
        return [
            one
            for one in self.measures(notice)
            if number in (one.number, citing.value(one.label) or one.number)
        ]

    def headings(self, notice: str) -> list[tuple[str, Measure]]:
        """Return the titles of a notice's measures, as words, with their measures."""
        if notice not in self._headings:
            self._headings[notice] = [(key_of(one.title), one) for one in self.measures(notice)]
        return self._headings[notice]

    @cached_property
    def numbers(self) -> dict[tuple[str, int, int], Notice]:
        """Return the notices by their 文号."""
        found = ((papers.numbered(notice.number), notice) for notice in self.catalogue.notices)
        return {number: notice for number, notice in found if number}

    @cached_property
    def cited(self) -> dict[tuple[str, int, int], ClaimSource]:
        """Return the 文号 of other papers that the notices name, and where."""
        found: dict[tuple[str, int, int], ClaimSource] = {}
        for cited in self.catalogue.citations:
            if number := papers.numbered(cited.number):
                frame = self.frames[self._of_document[cited.document_key]]
                at = frame.text.find(cited.number, cited.start)
                found.setdefault(number, frame.source(at, at + len(cited.number)))
        return found

    def printed_number(self, word: str, year: int, number: int) -> ClaimSource | None:
        """Return where a notice prints a 文号, None where none does."""
        wanted = re.compile(
            rf"{re.escape(word[-4:])}\s*[〔\[(（【［]\s*{year}\s*[〕\])）】］]\s*{number}\s*号"
        )
        for frame in self.frames.values():
            if found := wanted.search(frame.text):
                return frame.source(*found.span())
        return None

    @cached_property
    def titles(self) -> list[KnownTitle]:
        """Return each title that a notice has or names."""
        found: list[KnownTitle] = []
        for key, notice in self.notices.items():
            frame = self.frames[key]
            own = [notice.title, *(document.title for document in self.catalogue.documents_in(key))]
            for title in dict.fromkeys(filter(None, own)):
                found.append(KnownTitle(key_of(title), key, printed(frame, title, 0)))
        for cited in self.catalogue.citations:
            frame = self.frames[self._of_document[cited.document_key]]
            source = printed(frame, cited.title, cited.start)
            found.append(KnownTitle(key_of(cited.title), "", source))
        return found

    @cached_property
    def names(self) -> dict[str, Unit]:
        """Return the units by all that they are called."""
        found: dict[str, Unit] = {}
        for unit in self.catalogue.units:
            for name in called(unit):
                found.setdefault(normal(name), unit)
        return found


def printed(frame: Passage, title: str, begin: int) -> ClaimSource:
    """Return where a notice prints a title, on one line or on several."""
    at = frame.text.find(title, begin)
    if at >= 0:
        return frame.source(at, at + len(title))
    on_lines = re.compile(r"\s*".join(re.escape(char) for char in "".join(title.split())))
    if place := on_lines.search(frame.text, begin):
        return frame.source(*place.span())
    return ClaimSource(frame.notice, "", "", -1, -1, title)


def ranked(pieces: Iterable[str], near: dict[str, list[Passage]], notices: frozenset[str]) -> list[Passage]:
    """Return the passages that share most of what is rare with ``pieces``: of ``notices``, and of any."""
    weights: Counter[int] = Counter()
    passages: dict[int, Passage] = {}
    for piece in pieces:
        holding: Sequence[Passage] = near.get(piece, ())
        rare = len(holding) <= _COMMON
        for passage in holding:
            if not rare and passage.notice not in notices:
                continue
            weights[id(passage)] += 1000 // len(holding)
            passages[id(passage)] = passage
    best = [passages[key] for key, _ in weights.most_common()]
    return [*[one for one in best if one.notice in notices][:_MOST], *best[:_MOST]]
