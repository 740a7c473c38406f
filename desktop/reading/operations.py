"""What a person decides about a notice, by name and in order, as it is kept and replayed.

An operation is a name and arguments that are texts or whole numbers. Places (``start``, ``at``, ``end``)
count characters from the beginning of the source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.errors import KnownError
from desktop.reading.model import Label, NoticePiece, Role, ValidityKind

FORMAT = 1
MOST = 20_000
Argument = str | int | None

_PLACE, _TEXT, _OPTIONAL = (int,), (str,), (str, type(None))
_FORMS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "relabel": {"start": _PLACE, "label": _TEXT},
    "relabel_part": {"start": _PLACE, "label": _TEXT},
    "relabel_run": {"start": _PLACE, "end": _PLACE, "label": _TEXT},
    "mark": {"start": _PLACE, "end": _PLACE, "label": _TEXT},
    "merge": {"start": _PLACE},
    "split": {"at": _PLACE},
    "title": {"start": _PLACE, "end": (int, type(None))},
    "head": {"field": _TEXT, "value": _OPTIONAL},
    "term": {"kind": _TEXT, "since": _OPTIONAL, "until": _OPTIONAL, "text": _TEXT},
    "unit": {"printed": _TEXT, "name": _TEXT},
    "unit_kind": {"name": _TEXT, "kind": _TEXT},
    "role": {"start": _PLACE, "end": _PLACE, "role": _OPTIONAL},
    "answer": {"question": _TEXT, "choice": _PLACE},
}
"""The operations and what each is called with."""
HEAD_FIELDS = ("number", "title", "issuer", "addressees", "issued_on")
"""The fields of a head that are decided one by one; ``addressees`` are parted by line ends."""
_KINDS = frozenset(ValidityKind)
_DAYS = ("since", "until")
_CLOSED: Mapping[str, frozenset[str]] = {
    "label": frozenset(Label),
    "role": frozenset(Role),
    "field": frozenset(HEAD_FIELDS),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One decision. Two are equal when they do the same."""

    name: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    def text(self, argument: str) -> str:
        """Return a text argument, "" where it is None."""
        return str(self.arguments.get(argument) or "")

    def place(self, argument: str) -> int:
        """Return a whole number."""
        value = self.arguments[argument]
        assert isinstance(value, int)
        return value


def operation(name: str, arguments: Mapping[str, Any]) -> Operation:
    """Return the operation, its form checked. Raises KnownError saying what is wrong with it."""
    form = _FORMS.get(name)
    if form is None:
        raise KnownError(f"没有“{name}”这种改法。", f"可以用的是：{'、'.join(_FORMS)}。")
    for argument, kinds in form.items():
        if argument not in arguments:
            raise KnownError(f"“{name}”缺少“{argument}”。", "请补上后再试。")
        value = arguments[argument]
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise KnownError(f"“{name}”的“{argument}”不是要的那种值。", "位置要用整数，其余用文字。")
        closed = _KINDS if (name, argument) == ("term", "kind") else _CLOSED.get(argument)
        if closed is not None and value is not None and value not in closed:
            raise KnownError(
                f"“{name}”的“{argument}”不能是“{value}”。", f"可以用的是：{'、'.join(sorted(closed))}。"
            )
        if (argument in _DAYS or arguments.get("field") == "issued_on") and argument != "field":
            _check_day(value)
    unknown = [key for key in arguments if key not in form]
    if unknown and name != "answer":  # an answer also keeps what was asked and what the choice did
        raise KnownError(f"“{name}”没有“{unknown[0]}”这一项。", "请删去后再试。")
    return Operation(name, dict(arguments))


def day(text: str) -> date | None:
    """Return the day in ``YYYY-MM-DD``, None for no text. The form was checked before."""
    return date.fromisoformat(text) if text else None


def _check_day(value: object) -> None:
    if not value:
        return
    try:
        date.fromisoformat(str(value))
    except ValueError as error:
        raise KnownError(f"“{value}”不是日期。", "日期要写成 2026-03-01 这样。") from error


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided about a source: the pieces that it began with, if they were kept, and the operations.

    ``done`` of the operations hold; those after it were undone. ``source_sha256`` is that of the source in
    UTF-8, "" where it is not said.
    """

    operations: tuple[Operation, ...]
    done: int
    source_sha256: str = ""
    pieces: tuple[NoticePiece, ...] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


def to_json(decisions: Decisions) -> str:
    """Return decisions as JSON that people can read: an operation a line."""
    lines = [
        json.dumps({"do": one.name, **one.arguments}, ensure_ascii=False) for one in decisions.operations
    ]
    head: dict[str, Any] = {
        "format": FORMAT,
        "source_sha256": decisions.source_sha256,
        "done": decisions.done,
        **decisions.notes,
    }
    told = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    pieces = [json.dumps(_piece_to_list(one), ensure_ascii=False) for one in decisions.pieces or ()]
    rows = ",\n  ".join(lines)
    kept = ",\n  ".join(pieces)
    began = f',\n "pieces": [\n  {kept}\n ]' if decisions.pieces is not None else ""
    return f'{told},\n "operations": [\n  {rows}\n ]{began}\n}}\n'


def from_json(text: str) -> Decisions:
    """Return the decisions in a JSON text; a bare list of operations will do.

    Raises KnownError saying which operation is wrong.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KnownError("决定文件不是 JSON，没有采用。", "请检查文件是否完整。") from error
    if isinstance(said, list):
        said = {"format": FORMAT, "operations": said}
    if not isinstance(said, dict) or not isinstance(said.get("operations"), list):
        raise KnownError("决定文件里没有“operations”，没有采用。", "请按说明的格式写。")
    if said.get("format", FORMAT) != FORMAT:
        raise KnownError("决定文件是别的版本的程序写的，没有采用。", "请用较新版本的程序打开。")
    if len(said["operations"]) > MOST:
        raise KnownError(f"决定文件里有{MOST}步以上，没有采用。", "请检查是否选对了文件。")
    operations = tuple(_operation(number, one) for number, one in enumerate(said["operations"], 1))
    done = said.get("done", len(operations))
    if not isinstance(done, int) or not 0 <= done <= len(operations):
        raise KnownError("决定文件里的“done”不对，没有采用。", "请删去这一项，或改成步数。")
    pieces = said.get("pieces")
    notes = {key: value for key, value in said.items() if isinstance(value, str) and key != "source_sha256"}
    return Decisions(
        operations,
        done,
        str(said.get("source_sha256") or ""),
        None if pieces is None else _pieces(pieces),
        notes,
    )


def _operation(number: int, said: object) -> Operation:
    if not isinstance(said, dict) or not isinstance(said.get("do"), str):
        raise KnownError(f"决定文件的第{number}步没有“do”，没有采用。", "请按说明的格式写。")
    arguments = {key: value for key, value in said.items() if key != "do"}
    try:
        return operation(said["do"], arguments)
    except KnownError as error:
        raise KnownError(f"决定文件的第{number}步：{error.message}没有采用。", error.hint) from error


def _piece_to_list(piece: NoticePiece) -> list[str | int | float]:
    return [
        piece.start,
        piece.end,
        piece.label.value,
        piece.number,
        piece.title_start,
        piece.title_end,
        piece.confidence,
        piece.reason,
    ]


def _pieces(said: object) -> tuple[NoticePiece, ...]:
    try:
        assert isinstance(said, Sequence)
        return tuple(
            NoticePiece(int(a), int(b), Label(c), str(d), int(e), int(f), float(g), str(h))
            for a, b, c, d, e, f, g, h in said
        )
    except (AssertionError, ValueError, TypeError) as error:
        raise KnownError("决定文件里的段落不对，没有采用。", "请删去“pieces”一项，再试一次。") from error
