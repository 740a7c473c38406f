"""What the catalogue holds, as plain values.

Offsets (``start``, ``end``) count code points from the beginning of the notice's source text, after UTF-8
decoding and with its line ends as they are. ``text`` is the source verbatim, hard wraps apart;
:mod:`desktop.catalogue.typeset` gives the form that people read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

UNASSIGNED = "unassigned"
UNASSIGNED_NAME = "未明确责任单位"
NO_CATEGORY = "未分类别"
READ_LATE = ("text", "unit_spans", "start", "end", "line", "body_start", "body_end", "units_start")
"""What of a measure of a large library is read when it is shown."""
_SHOWN_TITLE = 24
_NUMERALS = frozenset("零〇一二三四五六七八九十百")
_CLAUSE = re.compile(r"[。；;，,：:\n]")


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


def headed(label: str, title: str) -> str:
    """Return a heading as people write it: 一、加大支持; （一）资金; 第一章　总则."""
    if label and _NUMERALS.issuperset(label):
        return f"{label}、{title}"
    return f"{label}　{title}" if label.startswith("第") and title else f"{label}{title}"


@dataclass(frozen=True, slots=True)
class Category:
    """类别: ``label`` is the printed ordinal, 一 where 一、 is printed, else whole; ``title`` is verbatim.

    Measures that stand under no heading have one that is not printed: ``ordinal`` 0, ``title``
    :data:`NO_CATEGORY`, the key that :func:`no_category` gives.
    """

    key: str
    document_key: str
    ordinal: int
    label: str
    title: str

    @property
    def heading(self) -> str:
        """Return the heading as people write it, e.g. 一、加大纾困资金支持."""
        return headed(self.label, self.title)

    @property
    def printed(self) -> bool:
        """Return whether the notice prints it."""
        return self.ordinal > 0


def no_category(document_key: str) -> str:
    """Return the key of the category that a document's measures are in where it prints none."""
    return f"{document_key}.c00"


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """分组 between category and measure; ``category_key`` is "" where it stands under no category."""

    key: str
    document_key: str
    category_key: str
    ordinal: int
    label: str
    title: str

    @property
    def heading(self) -> str:
        """Return the heading as people write it, e.g. （一）资金支持."""
        return headed(self.label, self.title)


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
    """措施: ``text`` is what it says, number and statements of units included.

    It is the source verbatim but for what hard wraps put in: lines of one paragraph are joined, paragraphs
    stand on lines of their own. ``number`` is unique in its document; ``label`` is what is printed (16.
    三、 （二） 第四条), "" where nothing is; ``ordinal`` counts from 1 within the document; ``cited`` is how
    people refer to it within its document, e.g. 第16条, 第三条, 第二部分第1条. ``title`` is "" where the text
    gives none. ``group_key`` is "" where it stands in no group.

    ``body_start`` and ``body_end`` delimit, within ``text``, what stands between the title and the statement
    of units at the end; ``units_start`` is where that one begins within ``text``, or -1. ``unit_spans`` are
    all statements of units, as ranges of ``text``. ``line`` is the 1-based line in the source.
    """

    key: str
    document_key: str
    category_key: str
    number: int
    title: str
    text: str = field(compare=False)  # text_sha256 tells texts apart
    start: int = field(compare=False)
    end: int = field(compare=False)
    line: int = field(compare=False)
    body_start: int = field(compare=False)
    body_end: int = field(compare=False)
    units_start: int = field(compare=False)
    text_sha256: str
    ordinal: int = 0
    label: str = ""
    cited: str = ""
    group_key: str = ""
    unit_spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    _read: Callable[[str, str], Any] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def stored(cls, read: Callable[[str, str], Any], values: dict[str, Any]) -> Measure:
        """Return a measure of these ``values``; what they lack is ``read`` each time it is asked for.

        ``read`` is called with the measure's key and the name of what is wanted: :data:`READ_LATE`.
        """
        made = object.__new__(cls)
        for name, value in values.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_read", read)
        return made

    def __getattr__(self, name: str) -> Any:
        """Return what is read only when it is asked for."""
        if name not in READ_LATE or self._read is None:
            raise AttributeError(name)
        return self._read(self.key, name)

    def __post_init__(self) -> None:
        if not self.ordinal:
            object.__setattr__(self, "ordinal", self.number)
        if not self.cited:
            object.__setattr__(self, "cited", f"第{self.number}条")
        if not self.unit_spans and self.units_start >= 0:
            object.__setattr__(self, "unit_spans", ((self.units_start, len(self.text)),))

    @property
    def called(self) -> str:
        """Return its title; where it has none, what it says first, cut short with …."""
        if self.title:
            return self.title
        words = self.body.strip() or self.text.strip()
        first = _CLAUSE.split(words, maxsplit=1)[0]
        return first if len(first) <= _SHOWN_TITLE else f"{first[:_SHOWN_TITLE]}…"

    @property
    def body(self) -> str:
        """Return the words between the title and the statement of units at the end, verbatim."""
        return self.text[self.body_start : self.body_end]

    @property
    def printed_units(self) -> str:
        """Return the statements of units, verbatim, one after the other, or an empty string."""
        return "".join(self.text[start:end] for start, end in self.unit_spans)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """责任: ``position`` is the 1-based place in which the unit is printed.

    ``role`` is a value of :class:`desktop.reading.model.Role`, "" where the text gives none; ``rule`` is the
    words or the rule that gave it. ``start`` and ``end`` are where the unit's name first stands in the
    measure's text.
    """

    measure_key: str
    unit_key: str
    position: int
    role: str = ""
    rule: str = ""
    start: int = -1
    end: int = -1


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
    """A tag on a measure; ``quote`` stands at ``start`` within the measure's text and justifies it.

    ``suggested`` is true while nobody has confirmed it (自动建议).
    """

    measure_key: str
    tag_key: str
    quote: str
    start: int
    suggested: bool = False


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
    suggested: bool = False
