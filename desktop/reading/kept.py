"""A reading as it is kept once it was decided: ``structure.json``, beside the source that it is about.

It holds pieces, head, term and all that followed from them, so that a notice stays what was accepted whatever
rules a later version proposes by. It comes from people and from other machines: what does not fit its source
is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Any

from desktop.errors import KnownError
from desktop.reading.model import (
    NO_PLACE,
    Head,
    Label,
    Mention,
    NoticePiece,
    NoticeReading,
    ReadDocument,
    ReadHeading,
    ReadMeasure,
    Role,
    Term,
    UnitStatement,
    ValidityKind,
)

FORMAT = 1
_HEAD = ("number", "title", "issuer", "issued_printed", "issued_reason")
_PIECE = ("start", "end", "label", "number", "title_start", "title_end")


def to_json(reading: NoticeReading) -> str:
    """Return a reading as it is kept, its questions and doubts left out; the same reading, the same text."""
    head, term = reading.head, reading.term
    kept = {
        "format": FORMAT,
        "source_sha256": _sha256(reading.source),
        "head": {name: getattr(head, name) for name in _HEAD}
        | {
            "addressees": list(head.addressees),
            "issued_on": _told(head.issued_on),
            "published_on": _told(head.published_on),
        },
        "term": {
            "kind": term.kind.value,
            "since": _told(term.since),
            "until": _told(term.until),
            "text": term.text,
            "start": term.start,
            "end": term.end,
        },
        "documents": [_document(document) for document in reading.documents],
        "pieces": [[getattr(piece, name) for name in _PIECE] for piece in reading.pieces],
    }
    return _lines(kept) + "\n"


def from_json(text: str, source: str) -> NoticeReading:
    """Return the reading that was kept of ``source``.

    Raises :class:`KnownError` where the text is none, is about another source, or names places that are not
    as they should be.
    """
    try:
        kept = json.loads(text)
        if kept["format"] != FORMAT:
            raise _wrong("由另一版本的程序写成")
        if kept["source_sha256"] != _sha256(source):
            raise _wrong("与原文不是一对")
        return _read(kept, source)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        raise _wrong("内容不完整，或不合格式") from error


def _wrong(reason: str) -> KnownError:
    return KnownError(f"发文的结构文件{reason}，没有采用。", "请重新录入这份发文，或换一个发文包。")


def _document(document: ReadDocument) -> dict[str, Any]:
    told = asdict(document)
    for measure in told["measures"]:
        for stated in measure["statements"]:
            del stated["doubts"]
    return told


def _lines(value: Any, indent: str = "") -> str:
    """Return JSON in which each measure, heading and piece has a line of its own."""
    if isinstance(value, dict) and indent.count("  ") < 3 and "ordinal" not in value:
        inner = ",\n".join(f"{indent}  {json.dumps(k)}: {_lines(v, indent + '  ')}" for k, v in value.items())
        return f"{{\n{inner}\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        inner = ",\n".join(f"{indent}  {_lines(each, indent + '  ')}" for each in value)
        return f"[\n{inner}\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def _read(kept: dict[str, Any], source: str) -> NoticeReading:
    pieces = tuple(_piece(each, source) for each in kept["pieces"])
    if any(a.end > b.start for a, b in pairwise(pieces)):
        raise _wrong("中有的段落相互重叠")
    held = sum(_characters(source[piece.start : piece.end]) for piece in pieces)
    head, term = kept["head"], kept["term"]
    documents = tuple(_read_document(each, source, pieces) for each in kept["documents"])
    return NoticeReading(
        source=source,
        pieces=pieces,
        head=Head(
            number=_text(head["number"]),
            title=_text(head["title"]),
            issuer=_text(head["issuer"]),
            addressees=tuple(map(_text, head["addressees"])),
            issued_on=_day(head["issued_on"]),
            issued_printed=_text(head["issued_printed"]),
            issued_reason=_text(head["issued_reason"]),
            published_on=_day(head["published_on"]),
        ),
        term=Term(
            ValidityKind(term["kind"]),
            _day(term["since"]),
            _day(term["until"]),
            _text(term["text"]),
            *_span([term["start"], term["end"]], source),
        ),
        documents=documents,
        questions=(),
        left_over=_characters(source) - held,
    )


def _piece(kept: Sequence[Any], source: str) -> NoticePiece:
    start, end, label, number, title_start, title_end = kept
    _span([start, end], source, empty=False)
    _span([title_start, title_end], source, start, end)
    return NoticePiece(start, end, Label(label), _text(number), title_start, title_end)


def _read_document(kept: dict[str, Any], source: str, pieces: Sequence[NoticePiece]) -> ReadDocument:
    categories = tuple(_heading(each, source) for each in kept["categories"])
    groups = tuple(_heading(each, source) for each in kept["groups"])
    starts = {piece.start for piece in pieces if piece.label is Label.MEASURE}
    ends = {piece.end for piece in pieces}
    measures = tuple(_measure(each, source) for each in kept["measures"])
    whole = (
        [measure.ordinal for measure in measures] == list(range(1, len(measures) + 1))
        and all(a.end <= b.start for a, b in pairwise(measures))
        and all(measure.start in starts and measure.end in ends for measure in measures)
        and all(_within(one.category, categories) and _within(one.group, groups) for one in measures)
        and all(_within(group.category, categories) for group in groups)
    )
    if not whole:
        raise _wrong("中的措施与段落对不上")
    spans = [kept[f"{name}_span"] for name in ("title", "preamble", "closing")]
    title, preamble, closing = (None if each is None else _span(each, source) for each in spans)
    return ReadDocument(_text(kept["title"]), title, preamble, closing, categories, groups, measures)


def _within(index: int | None, held: Sequence[ReadHeading]) -> bool:
    return index is None or (type(index) is int and 0 <= index < len(held))


def _heading(kept: dict[str, Any], source: str) -> ReadHeading:
    span = _span([kept["start"], kept["end"]], source, empty=False)
    return ReadHeading(_text(kept["number"]), _text(kept["title"]), *span, kept["category"])


def _measure(kept: dict[str, Any], source: str) -> ReadMeasure:
    start, end = _span([kept["start"], kept["end"]], source, empty=False)
    title = _span([kept["title_start"], kept["title_end"]], source, start, end)
    return ReadMeasure(
        kept["ordinal"],
        _text(kept["number"]),
        _text(kept["title"]),
        *title,
        start,
        end,
        kept["category"],
        kept["group"],
        tuple(_statement(each, source, start, end) for each in kept["statements"]),
    )


def _statement(kept: dict[str, Any], source: str, start: int, end: int) -> UnitStatement:
    first, last = _span([kept["start"], kept["end"]], source, start, end, empty=False)
    mentions = tuple(_mention(each, source, first, last) for each in kept["mentions"])
    return UnitStatement(first, last, mentions, tuple(map(_text, kept["notes"])))


def _mention(kept: dict[str, Any], source: str, start: int, end: int) -> Mention:
    span = _span([kept["start"], kept["end"]], source, start, end, empty=False)
    name = _text(kept["name"])
    if not name.strip():
        raise _wrong("中有的责任单位没有名称")
    role = None if kept["role"] is None else Role(kept["role"])
    return Mention(*span, source[span[0] : span[1]], name, role, _text(kept["rule"]))


def _span(
    kept: Sequence[Any], source: str, start: int = 0, end: int | None = None, *, empty: bool = True
) -> tuple[int, int]:
    """Return a span that lies within ``source[start:end]``; none at all where ``empty`` allows that."""
    first, last = kept
    if type(first) is not int or type(last) is not int:
        raise TypeError(kept)
    if empty and first == last == NO_PLACE:
        return first, last
    if not start <= first < last <= (len(source) if end is None else end):
        raise _wrong("中有的位置不在原文里")
    return first, last


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _told(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _characters(text: str) -> int:
    return sum(not (char.isspace() or char in "\ufeff\u200b\u200c\u200d") for char in text)


def _sha256(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
