"""What the catalogue holds, as plain values.

Offsets (``start``, ``end``) count code points from the beginning of the notice's source text, after UTF-8
decoding and with its line ends as they are. ``text`` is always the source verbatim;
:mod:`desktop.catalogue.typeset` gives the form that people read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNASSIGNED = "unassigned"
UNASSIGNED_NAME = "未明确责任单位"


@dataclass(frozen=True, slots=True)
class Notice:
    """发文: the issued paper. ``issued_printed`` is what the source shows where ``issued_on`` was read.

    ``number`` is the 文号, "" where the paper has none; the dates are None where it states none.
    ``valid_from`` and ``valid_until`` are the first and last day, only where they are given or follow from a
    given day; ``validity_kind`` is how it says so, a value of
    :class:`desktop.reading.model.ValidityKind`, ``validity_text`` its words.
    """

    key: str
    number: str
    title: str
    issuer: str
    addressees: tuple[str, ...]
    published_on: date | None
    issued_on: date | None
    issued_printed: str
    issued_reason: str
    valid_until: date | None
    validity_text: str
    validity_kind: str = "day"
    valid_from: date | None = None

    @property
    def called(self) -> str:
        """Return what people call it: its 文号, or its title where it has none."""
        return self.number or f"《{self.title}》"

    @property
    def issued(self) -> str:
        """Return when it was issued, e.g. 2023年2月10日印发; "" where it does not say so."""
        day = self.issued_on
        return f"{day.year}年{day.month}月{day.day}日印发" if day else ""


@dataclass(frozen=True, slots=True)
class Document:
    """措施文件: one numbered set of measures issued by a notice."""

    key: str
    notice_key: str
    ordinal: int
    title: str
    preamble: str


@dataclass(frozen=True, slots=True)
class Category:
    """类别: ``label`` is the printed ordinal without the mark, e.g. 一; ``title`` is verbatim."""

    key: str
    document_key: str
    ordinal: int
    label: str
    title: str

    @property
    def heading(self) -> str:
        """Return the heading as people write it, e.g. 一、加大纾困资金支持."""
        return f"{self.label}、{self.title}"


@dataclass(frozen=True, slots=True)
class Unit:
    """责任单位: ``kind`` is one of :data:`desktop.catalogue.vocabulary.UNIT_KINDS`."""

    key: str
    ordinal: int
    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """措施: ``text`` is the whole paragraph as in the source, number and brackets included.

    ``body_start`` and ``body_end`` delimit, within ``text``, what stands between the title and the bracketed
    unit list; ``units_start`` is where the bracket opens within ``text``, or -1. ``line`` is the 1-based line
    in the source.
    """

    key: str
    document_key: str
    category_key: str
    number: int
    title: str
    text: str
    start: int
    end: int
    line: int
    body_start: int
    body_end: int
    units_start: int
    text_sha256: str

    @property
    def cited(self) -> str:
        """Return how people refer to it within its document, e.g. 第16条."""
        return f"第{self.number}条"

    @property
    def body(self) -> str:
        """Return the words between the title and the bracketed unit list, verbatim."""
        return self.text[self.body_start : self.body_end]

    @property
    def printed_units(self) -> str:
        """Return the bracketed unit list, verbatim, or an empty string."""
        return self.text[self.units_start :] if self.units_start >= 0 else ""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """责任: ``position`` is the 1-based place in which the unit is printed."""

    measure_key: str
    unit_key: str
    position: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper that the notice names. ``measure_key`` is empty when the preamble names it.

    ``number`` is its 文号 where printed, else empty; ``start`` and ``end`` are offsets in the source.
    """

    document_key: str
    measure_key: str
    title: str
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A value of a closed vocabulary: ``kind`` is ``beneficiary`` (适用对象) or ``support`` (支持方式)."""

    key: str
    kind: str
    ordinal: int
    name: str


@dataclass(frozen=True, slots=True)
class MeasureTag:
    """A tag on a measure; ``quote`` stands at ``start`` within the measure's text and justifies it."""

    measure_key: str
    tag_key: str
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure or a condition of a measure, quoted from its text.

    ``kind`` is ``figure`` (a number that binds, e.g. 1%以下) or ``condition`` (who or when, e.g. 符合条件的).
    ``label`` says in a few words what it is about.
    """

    measure_key: str
    kind: str
    label: str
    quote: str
    start: int
