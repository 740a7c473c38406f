"""What the reading of a notice's text gives, as plain values.

Offsets (``start``, ``end``) count code points from the beginning of the source text, which is never changed:
a line end that a page lost, or a hard wrap that it put in, is a matter of where pieces begin and end. Blank
space between two pieces belongs to none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

NO_PLACE = -1


class Label(StrEnum):
    """What a piece of a notice is."""

    HEAD = "head"
    LETTER = "letter"
    TITLE = "title"
    PREAMBLE = "preamble"
    HEADING = "heading"
    GROUP = "group"
    MEASURE = "measure"
    CONTINUATION = "continuation"
    UNITS = "units"
    NOTE = "note"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ATTACHMENT = "attachment"
    NOISE = "noise"


LABEL_NAMES: Mapping[Label, str] = {
    Label.HEAD: "文头",
    Label.LETTER: "通知正文",
    Label.TITLE: "文件标题",
    Label.PREAMBLE: "引言",
    Label.HEADING: "类别",
    Label.GROUP: "分组",
    Label.MEASURE: "措施",
    Label.CONTINUATION: "接上段",
    Label.UNITS: "责任单位",
    Label.NOTE: "说明",
    Label.CLOSING: "结尾条款",
    Label.SIGNATURE: "落款",
    Label.ATTACHMENT: "附件",
    Label.NOISE: "页面杂项",
}
"""What people call a label."""


class Role(StrEnum):
    """角色 of a unit, only where the text gives it."""

    LEAD = "lead"
    SUPPORT = "support"
    JOINT = "joint"


ROLE_NAMES: Mapping[Role, str] = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.JOINT: "联合"}


@dataclass(frozen=True, slots=True)
class NoticePiece:
    """One labelled stretch of the source, ``source[start:end]`` without the space around it.

    ``number`` is the label printed in front of it (``一、``, ``（二）``, ``3.``, ``第四条``), "" where
    there is none. ``title_start`` and ``title_end`` delimit the title of a heading, group, measure or
    document in the source, without number and end mark; both are :data:`NO_PLACE` where it has none.
    ``confidence`` is from 0 to 1; ``reason`` says in a Chinese sentence why it was labelled so.
    """

    start: int
    end: int
    label: Label
    number: str = ""
    title_start: int = NO_PLACE
    title_end: int = NO_PLACE
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDoubt:
    """Something that a rule could not decide: the place ``source[start:end]`` and a Chinese question.

    ``kind`` says what it is about, for whoever offers answers: ``name`` (is this a unit?), ``run-on`` (one
    name or two?), ``bracket`` (never closed), ``bare`` (is this a statement of units?), ``star`` (what does
    the mark mean?), ``role``, ``day``, ``number``.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit as a statement of units prints it: ``source[start:end] == printed``.

    ``name`` is the full name where ``printed`` is shortened by its neighbours (财政局 after 市人社局 is
    市财政局), else the same. ``rule`` is the words or the rule that gave the role, "" where there is none.
    """

    start: int
    end: int
    printed: str
    name: str
    role: Role | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class UnitStatement:
    """One printed statement of who carries a measure out: a bracket, or a line of its own.

    ``notes`` are what stands in it and names no unit (下同, 列第一位的为牵头单位), ``doubts`` what could
    not be decided.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = ()
    doubts: tuple[NoticeDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """A measure as read: from ``start`` to ``end`` with its continuations and statements of units.

    ``ordinal`` counts from 1 within the document, whatever is printed. ``category`` and ``group`` are indexes
    into those of the document, None where it stands under none. ``title`` is "" where the text gives none.
    """

    ordinal: int
    number: str
    title: str
    title_start: int
    title_end: int
    start: int
    end: int
    category: int | None
    group: int | None
    statements: tuple[UnitStatement, ...]


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading that holds measures, or a group below one; ``category`` is None but for a group."""

    number: str
    title: str
    start: int
    end: int
    category: int | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One numbered set of measures. Spans are ``(start, end)``, None where the document has no such part."""

    title: str
    title_span: tuple[int, int] | None
    preamble_span: tuple[int, int] | None
    closing_span: tuple[int, int] | None
    categories: tuple[ReadHeading, ...]
    groups: tuple[ReadHeading, ...]
    measures: tuple[ReadMeasure, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the measures: "" or None where the text does not say it.

    ``issued_printed`` is what the source shows where ``issued_on`` was read, ``issued_reason`` why it was
    read so when that is not plain.
    """

    number: str = ""
    title: str = ""
    issuer: str = ""
    addressees: tuple[str, ...] = ()
    issued_on: date | None = None
    issued_printed: str = ""
    issued_reason: str = ""
    published_on: date | None = None
    doubts: tuple[NoticeDoubt, ...] = ()


class ValidityKind(StrEnum):
    """How a notice says until when it holds: a day, a period, an event, another paper's term, not at all."""

    DAY = "day"
    PERIOD = "period"
    EVENT = "event"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Term:
    """有效期 as the notice states it: ``text`` is its words, ``start`` and ``end`` where they stand.

    ``since`` and ``until`` are the first and the last day, None where no day is given nor follows from a
    given day. 自印发之日起 gives none: on which day a notice was given out is not what its date says. What
    would follow if it were counted from its date are ``likely_since`` and ``likely_until``, to be offered
    and never taken; ``likely_reason`` says how they were counted.
    """

    kind: ValidityKind = ValidityKind.NONE
    since: date | None = None
    until: date | None = None
    text: str = ""
    start: int = NO_PLACE
    end: int = NO_PLACE
    likely_since: date | None = None
    likely_until: date | None = None
    likely_reason: str = ""
    doubts: tuple[NoticeDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeChoice:
    """One answer to a question: what the button says, and what it does.

    ``does`` is the name of an operation on the reading, ``arguments`` what it is called with.
    """

    words: str
    does: str
    arguments: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoticeQuestion:
    """What a person has to decide. ``key`` stays the same when the same text is read again.

    ``line`` is the 1-based line in the source, ``start`` and ``end`` the place that it is about. The first of
    ``choices`` is what the proposal took for granted.
    """

    key: str
    line: int
    start: int
    end: int
    text: str
    choices: tuple[NoticeChoice, ...]


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """A notice's text as read: the pieces, in the order of the source, and what follows from them.

    ``left_over`` counts the characters (blanks apart) that stand in no piece.
    """

    source: str
    pieces: tuple[NoticePiece, ...]
    head: Head
    term: Term
    documents: tuple[ReadDocument, ...]
    questions: tuple[NoticeQuestion, ...]
    left_over: int = 0
