"""A visit as plain values, and the words of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from desktop.workspace.journal.model import Record, text_in

Word = TypeVar("Word", bound=StrEnum)

NOUN = "visit"
EXPLAINED, ADVICE, FILE, JOINED, CORRECTION = "explained", "advice", "evidence", "joined", "correction"
"""What a visit has several of; each is a field ``kind/key`` of its own, so that no two machines conflict."""


class VisitKind(StrEnum):
    """方式 of a visit."""

    ON_SITE = "实地"
    MEETING = "座谈"
    REMOTE = "电话/线上"


class VisitState(StrEnum):
    """计划 until it takes place, 草稿 while it is written, 定稿 when only corrections follow."""

    PLANNED = "计划"
    DRAFT = "草稿"
    FINAL = "定稿"


class Confirmation(StrEnum):
    """How the enterprise confirmed the record."""

    SIGNED = "签字"
    SEALED = "盖章"
    SPOKEN = "口头"
    NONE = "无"


class Wish(StrEnum):
    """What the enterprise said of a measure that was explained."""

    TOLD = "已讲"
    APPLY = "想申请"
    ENJOYS = "已享受"
    NO_NEED = "不需要"


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody of the enterprise who was there."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class FirmAdvice:
    """建议 of the enterprise, and what was answered."""

    key: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class VisitFile:
    """A photo or file of a visit: its name, and its content by SHA-256 and bytes."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class JoinedUnit:
    """A unit that goes along instead of coming another day."""

    key: str
    unit: str
    visitors: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Something that was put right after 定稿: which fields, why, by whom and when."""

    fields: tuple[str, ...]
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``enterprise`` is the key of its record, ``explained`` maps measures' keys to a Wish.

    ``day`` is None only where the write that says it has not arrived yet. ``card`` is what was shown then
    (facts, verdicts, versions), kept when the visit became final.
    ``conflicts`` are the fields about which machines disagree.
    """

    key: str
    number: str
    enterprise: str
    day: date | None
    kind: VisitKind = VisitKind.ON_SITE
    state: VisitState = VisitState.DRAFT
    unit: str = ""
    place: str = ""
    visitors: tuple[str, ...] = ()
    met: tuple[Met, ...] = ()
    summary: str = ""
    explained: Mapping[str, Wish] = field(default_factory=dict)
    advice: tuple[FirmAdvice, ...] = ()
    files: tuple[VisitFile, ...] = ()
    joined: tuple[JoinedUnit, ...] = ()
    confirmation: Confirmation = Confirmation.NONE
    card: Mapping[str, Any] | None = None
    corrections: tuple[Correction, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Tell whether only corrections may follow."""
        return self.state is VisitState.FINAL


FIELD_WORDS = {
    "enterprise": "企业",
    "date": "日期",
    "kind": "方式",
    "state": "状态",
    "unit": "走访单位",
    "place": "地点",
    "visitors": "走访人",
    "met": "企业参加人",
    "summary": "企业近况",
    "confirmation": "确认方式",
    EXPLAINED: "讲解的措施",
    ADVICE: "建议",
    FILE: "照片和附件",
    JOINED: "一并走访的单位",
}


def field_words(name: str) -> str:
    """Return what people call a field of a visit."""
    return FIELD_WORDS.get(name.partition("/")[0], name)


def visit_of(record: Record) -> Visit:
    """Return the visit that a record is; what is no such value, whoever put it there, is passed over."""
    values = record.values
    return Visit(
        record.key,
        number=record.text("number"),
        enterprise=record.text("enterprise"),
        day=record.day("date"),
        kind=_one_of(VisitKind, values.get("kind"), VisitKind.ON_SITE),
        state=_one_of(VisitState, values.get("state"), VisitState.DRAFT),
        unit=record.text("unit"),
        place=record.text("place"),
        visitors=tuple(str(one) for one in _list(values.get("visitors"))),
        met=tuple(
            Met(text_in(one, "name"), text_in(one, "post"))
            for one in _list(values.get("met"))
            if isinstance(one, dict)
        ),
        summary=record.text("summary"),
        explained={key: _one_of(Wish, one, Wish.TOLD) for key, one in record.under(EXPLAINED).items()},
        advice=tuple(
            FirmAdvice(key, text_in(one, "text"), text_in(one, "answer"))
            for key, one in record.parts_under(ADVICE)
        ),
        files=tuple(
            VisitFile(key, text_in(one, "name"), one["size"] if isinstance(one.get("size"), int) else 0)
            for key, one in record.parts_under(FILE)
        ),
        joined=tuple(
            JoinedUnit(key, text_in(one, "unit"), text_in(one, "visitors"))
            for key, one in record.parts_under(JOINED)
        ),
        confirmation=_one_of(Confirmation, values.get("confirmation"), Confirmation.NONE),
        card=values["card"] if isinstance(values.get("card"), dict) else None,
        corrections=tuple(
            Correction(
                tuple(map(str, _list(one.get("fields")))),
                *(text_in(one, name) for name in ("reason", "by", "at")),
            )
            for _, one in sorted(record.parts_under(CORRECTION), key=_written)
        ),
        conflicts=record.conflicts,
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _one_of(words: type[Word], value: object, otherwise: Word) -> Word:
    return next((one for one in words if one == value), otherwise)


def _written(part: tuple[str, dict[str, Any]]) -> tuple[str, str]:
    return text_in(part[1], "at"), part[0]
