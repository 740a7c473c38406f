"""The lines that receipts keep: what a workbook said of a field, and which still wait for a choice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.workspace.file.transaction import translated
from desktop.workspace.items import entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

LINE = (
    "sheet_row, intake_lines.unit_key, measure_key, number, field, unit_name, base, ours, theirs, kind,"
    " choice, value, question, guess, intake_lines.reason, other, before, sheet"
)


def line_of(row: Sequence[Any]) -> ComparedField:
    """Return the line that the columns ``LINE`` of ``row`` hold."""
    sheet_row, unit_key, measure_key, number, field, unit_name, base, ours, theirs, kind, choice, *rest = row
    value, question, guess, reason, other, before, sheet = rest
    return ComparedField(
        sheet_row,
        ItemKey(unit_key, measure_key),
        number,
        field,
        unit_name,
        base,
        ours,
        theirs,
        FieldOutcome(kind),
        Choice(choice),
        value,
        question,
        guess,
        reason,
        other,
        before,
        sheet,
    )


_UNDECIDED = """
    kind IN ('conflict', 'ask') AND choice = '' AND undone_at = '' AND NOT EXISTS (
        SELECT 1 FROM intake_lines AS later
        JOIN intake_files AS later_file ON later_file.id = later.file_id
        JOIN intakes AS later_intake ON later_intake.id = later_file.intake_id
        WHERE later_file.file_sha256 = intake_files.file_sha256 AND later_intake.undone_at = ''
        AND later.id > intake_lines.id AND later.unit_key = intake_lines.unit_key
        AND later.measure_key = intake_lines.measure_key AND later.field = intake_lines.field
    )
"""


def open_lines(db: sqlite3.Connection, round_key: str = "", file_sha256: str = "") -> list[ComparedField]:
    """Return the lines on which someone must still choose, of a round or of one file, or all."""
    where = "(? = '' OR round_key = ?) AND (? = '' OR file_sha256 = ?)"
    return [line for _, line in open_by_file(db, where, round_key, round_key, file_sha256, file_sha256)]


def open_by_file(db: sqlite3.Connection, where: str, *values: object) -> list[tuple[int, ComparedField]]:
    """Return (id in ``intake_files``, line) of what is open where an SQL condition holds, oldest first.

    A line is settled when it was chosen on later, when the field holds something else by now, or when its
    import was undone.
    """
    with translated():
        rows = db.execute(
            f"SELECT file_id, {LINE} FROM intake_lines JOIN intake_files ON intake_files.id = file_id"
            f" JOIN intakes ON intakes.id = intake_id WHERE {_UNDECIDED} AND {where}"
            " ORDER BY intake_lines.id",
            values,
        ).fetchall()
    lines = [(int(file_id), line_of(row)) for file_id, *row in rows]
    now = {key: entries.values(db, key) for key in dict.fromkeys(line.key for _, line in lines)}
    return [(file_id, line) for file_id, line in lines if now[line.key][line.field] == line.ours]
