"""并入回执: which workbooks were taken in when and by whom, what each changed and what it did not."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.errors import KnownError
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import changes
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.returns.kept_lines import LINE, line_of, open_by_file
from desktop.workspace.returns.returned import AddedRow
from desktop.workspace.returns.three_way import ComparedField


class FileState(StrEnum):
    """What became, or would become, of a workbook."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of which nothing is taken, and why. ``values`` is what the unit wrote in it, by field.

    ``row`` and ``sheet`` are as in :class:`~desktop.workspace.returns.returned.ReturnedRow`.
    """

    row: int
    number: int
    reason: str
    key: ItemKey | None
    values: Mapping[str, str]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """One workbook of an import.

    ``changes`` are those that had an effect, ``unchanged`` counts the fields that stayed as they were.
    ``lines`` are the fields that someone chose or must still choose, or that a rule forbade, with both
    values and what was chosen; ``rows_refused``, ``added`` and ``missing`` concern whole rows. ``left_out``
    says that the user did not want the workbook taken in; ``settled`` are the fields that were left open then
    and on which nobody need choose now. ``document_keys`` are the documents for which it has answers, none
    where that was not kept.
    """

    id: int
    path_name: str
    file_sha256: str
    size: int
    unit_key: str
    round_key: str
    state: FileState
    reason: str
    changes: tuple[Change, ...]
    unchanged: int
    lines: tuple[ComparedField, ...]
    rows_refused: tuple[RefusedRow, ...]
    added: tuple[AddedRow, ...]
    missing: tuple[ItemKey, ...]
    notes: tuple[str, ...]
    left_out: bool = False
    settled: frozenset[tuple[ItemKey, str]] = frozenset()
    document_keys: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[ComparedField, ...]:
        """Return the lines on which someone must still choose."""
        return tuple(line for line in self.lines if self.waits(line))

    def waits(self, line: ComparedField) -> bool:
        """Tell whether someone must still choose on one of the lines."""
        return line.open and (line.key, line.field) not in self.settled


@dataclass(frozen=True, slots=True)
class Receipt:
    """One import. ``id`` is 0 when nothing was to be written; ``undone_at`` is "" while it holds."""

    id: int
    at: str
    by: str
    undone_at: str
    undone_by: str
    files: tuple[ReceiptFile, ...]


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """One import in figures: how many workbooks, how many of them not taken, how many fields changed, on
    how many someone must still choose, how many rows refused. The rest is as in :class:`Receipt`.
    """

    id: int
    at: str
    undone_at: str
    files: int
    refused: int
    changed: int
    conflicts: int
    rows_refused: int

    @classmethod
    def of(cls, one: Receipt) -> ReceiptHead:
        """Return the figures of a receipt."""
        return cls(
            one.id,
            one.at,
            one.undone_at,
            len(one.files),
            sum(file.state is FileState.REFUSED for file in one.files),
            sum(len(file.changes) for file in one.files),
            sum(len(file.conflicts) for file in one.files),
            sum(len(file.rows_refused) for file in one.files),
        )


_HEADS = """
    SELECT intakes.id, intakes.at, undone_at, count(state), coalesce(sum(state = 'refused'), 0), sum((
        SELECT count(*) FROM changes
        WHERE intake_file = intake_files.id AND undoes IS NULL AND adopted AND before <> after
    )), coalesce(sum(json_array_length(details, '$.rows_refused')), 0)
    FROM intakes LEFT JOIN intake_files ON intake_id = intakes.id GROUP BY intakes.id ORDER BY intakes.id DESC
"""


def heads(db: sqlite3.Connection) -> tuple[ReceiptHead, ...]:
    """Return all imports in figures, newest first."""
    with translated():
        rows = db.execute(_HEADS).fetchall()
        imports = dict(db.execute("SELECT id, intake_id FROM intake_files"))
    waiting = Counter(imports[file] for file, _ in open_by_file(db, "true"))
    return tuple(
        ReceiptHead(number, at, undone_at, files, refused, changed, waiting[number], rows_refused)
        for number, at, undone_at, files, refused, changed, rows_refused in rows
    )


def receipts(db: sqlite3.Connection, limit: int = -1) -> tuple[Receipt, ...]:
    """Return the imports, newest first, at most ``limit`` of them; -1 is all."""
    return _select(db, "true", (), limit)


def receipt(db: sqlite3.Connection, intake_id: int) -> Receipt:
    """Return one import. Raises KnownError when there is none with this id."""
    found = _select(db, "id = ?", (intake_id,), 1)
    if not found:
        raise KnownError(f"没有编号为{intake_id}的并入回执。", "请在导入记录中查看已有的编号。")
    return found[0]


def _select(
    db: sqlite3.Connection, where: str, values: tuple[object, ...], limit: int
) -> tuple[Receipt, ...]:
    with translated():
        rows = db.execute(
            f"SELECT id, at, person, undone_at, undone_by FROM intakes WHERE {where}"
            " ORDER BY id DESC LIMIT ?",
            (*values, limit),
        ).fetchall()
    return tuple(
        Receipt(number, at, by, undone_at, undone_by, _files(db, number))
        for number, at, by, undone_at, undone_by in rows
    )


def _files(db: sqlite3.Connection, intake_id: int) -> tuple[ReceiptFile, ...]:
    with translated():
        rows = db.execute(
            "SELECT id, path_name, file_sha256, size, unit_key, round_key, state, reason, unchanged, details"
            " FROM intake_files WHERE intake_id = ? ORDER BY position",
            (intake_id,),
        ).fetchall()
        lines = {
            row[0]: db.execute(
                f"SELECT {LINE} FROM intake_lines WHERE file_id = ? ORDER BY id", (row[0],)
            ).fetchall()
            for row in rows
        }
    waiting = {(file, line.key, line.field) for file, line in open_by_file(db, "intake_id = ?", intake_id)}
    return tuple(_file(db, row, [line_of(line) for line in lines[row[0]]], waiting) for row in rows)


def _file(
    db: sqlite3.Connection,
    row: Sequence[Any],
    lines: list[ComparedField],
    waiting: set[tuple[int, ItemKey, str]],
) -> ReceiptFile:
    """Return the workbook of ``row`` with its ``lines``; ``waiting`` are the fields still open, by file."""
    number, path_name, digest, size, unit_key, round_key, state, reason, unchanged, details = row
    told = json.loads(details)
    return ReceiptFile(
        number,
        path_name,
        digest,
        size,
        unit_key,
        round_key,
        FileState(state),
        reason,
        tuple(reversed(changes.select(db, "intake_file = ? AND undoes IS NULL", number))),
        unchanged,
        tuple(lines),
        tuple(RefusedRow(**{**refused, "key": _key(refused["key"])}) for refused in told["rows_refused"]),
        tuple(AddedRow(**{**added, "after": _key(added["after"])}) for added in told["added"]),
        tuple(ItemKey(**key) for key in told["missing"]),
        tuple(told["notes"]),
        bool(told.get("left_out")),
        frozenset(
            (line.key, line.field)
            for line in lines
            if line.open and (number, line.key, line.field) not in waiting
        ),
        tuple(told.get("documents", ())),
    )


def _key(told: Mapping[str, str] | None) -> ItemKey | None:
    return ItemKey(**told) if told else None
