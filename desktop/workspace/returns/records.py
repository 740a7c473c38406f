"""What the workspace remembers of imports, as the import itself and the rounds need it: written and asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict

from desktop.workspace.file.transaction import translated
from desktop.workspace.items import changes
from desktop.workspace.items.model import Change
from desktop.workspace.returns.receipts import ReceiptFile
from desktop.workspace.returns.three_way import ComparedField


def begin(db: sqlite3.Connection, at: str, by: str) -> int:
    """Keep that an import happens; inside its transaction. Returns its id."""
    number = db.execute("INSERT INTO intakes (at, person) VALUES (?, ?)", (at, by)).lastrowid
    assert number is not None
    return number


def add_file(
    db: sqlite3.Connection, intake_id: int, position: int, file: ReceiptFile, known: str = ""
) -> int:
    """Keep a workbook of the import ``intake_id``, without its lines and changes; returns its id.

    ``position`` is its place among the files of the import; ``known`` when it was taken in before.
    """
    details = {
        "rows_refused": [asdict(row) for row in file.rows_refused],
        "added": [asdict(row) for row in file.added],
        "missing": [asdict(key) for key in file.missing],
        "notes": list(file.notes),
        "left_out": file.left_out,
        "documents": list(file.document_keys),
    }
    number = db.execute(
        "INSERT INTO intake_files (intake_id, position, path_name, file_sha256, size, unit_key, round_key,"
        " state, reason, known, unchanged, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            intake_id,
            position,
            file.path_name,
            file.file_sha256,
            file.size,
            file.unit_key,
            file.round_key,
            file.state,
            file.reason,
            known,
            file.unchanged,
            json.dumps(details, ensure_ascii=False),
        ),
    ).lastrowid
    assert number is not None
    return number


def add_lines(db: sqlite3.Connection, file_id: int, lines: Iterable[ComparedField]) -> None:
    """Keep the lines of a workbook."""
    db.executemany(
        "INSERT INTO intake_lines (file_id, sheet_row, unit_key, measure_key, number, field, unit_name, kind,"
        " choice, base, ours, theirs, value, guess, question, reason, other, before, sheet)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                file_id,
                line.row,
                line.key.unit_key,
                line.key.measure_key,
                line.number,
                line.field,
                line.unit_name,
                line.kind,
                line.choice,
                line.base,
                line.ours,
                line.theirs,
                line.value,
                line.guess,
                line.question,
                line.reason,
                line.other,
                line.before,
                line.sheet,
            )
            for line in lines
        ],
    )


def holding(db: sqlite3.Connection, intake_id: int = 0) -> tuple[int, str] | None:
    """Return (id, when it was undone) of an import; of the newest that holds for 0. None: there is none."""
    where = "id = ?" if intake_id else "? = 0 AND undone_at = ''"
    row = db.execute(
        f"SELECT id, undone_at FROM intakes WHERE {where} ORDER BY id DESC LIMIT 1", (intake_id,)
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def is_undone(db: sqlite3.Connection, intake_id: int) -> bool:
    """Tell whether an import stands taken back; 0 is none."""
    return bool(intake_id and (found := holding(db, intake_id)) and found[1])


def mark_undone(db: sqlite3.Connection, intake_id: int, at: str, by: str) -> None:
    """Keep when an import was taken back, "" for one that holds again; inside that transaction."""
    db.execute("UPDATE intakes SET undone_at = ?, undone_by = ? WHERE id = ?", (at, by, intake_id))


def imported_again(db: sqlite3.Connection, intake_id: int) -> str:
    """Return the name of a workbook of this import that a later one that holds took in anew; "" for none.

    One that only decided on what this import left open is no such import.
    """
    row = db.execute(
        "SELECT later.path_name FROM intake_files AS own JOIN intake_files AS later"
        " ON later.file_sha256 = own.file_sha256 AND later.unit_key = own.unit_key AND later.id > own.id"
        " JOIN intakes ON intakes.id = later.intake_id WHERE own.intake_id = ? AND later.intake_id <> ?"
        " AND own.state <> 'refused' AND later.state <> 'refused' AND undone_at = '' AND later.known = ''"
        " ORDER BY later.id LIMIT 1",
        (intake_id, intake_id),
    ).fetchone()
    return str(row[0]) if row else ""


def changes_of(db: sqlite3.Connection, intake_id: int) -> list[Change]:
    """Return the changes with an effect that an import made, newest first."""
    files = "SELECT id FROM intake_files WHERE intake_id = ?"
    return changes.select(db, f"undoes IS NULL AND intake_file IN ({files})", intake_id)


def taken_in(db: sqlite3.Connection, file_sha256: str, unit_key: str) -> str:
    """Return when this very file was taken in for the unit, by an import that holds; "" when it was not."""
    with translated():
        row = db.execute(
            "SELECT at FROM intake_files JOIN intakes ON intakes.id = intake_id"
            " WHERE file_sha256 = ? AND unit_key = ? AND state <> 'refused' AND undone_at = '' AND known = ''"
            " ORDER BY intake_files.id LIMIT 1",
            (file_sha256, unit_key),
        ).fetchone()
    return str(row[0]) if row else ""


def documents_back(db: sqlite3.Connection, round_key: str) -> dict[str, set[str]]:
    """Return the documents for which each unit answered in a round, by imports that hold.

    A unit of which that was not kept with one of its workbooks is left out.
    """
    with translated():
        rows = db.execute(
            "SELECT unit_key, json_extract(details, '$.documents') FROM intake_files"
            " JOIN intakes ON intakes.id = intake_id"
            " WHERE round_key = ? AND state <> 'refused' AND undone_at = ''",
            (round_key,),
        ).fetchall()
    untold = {unit_key for unit_key, told in rows if told is None}
    found: dict[str, set[str]] = {}
    for unit_key, told in rows:
        if unit_key not in untold:
            found.setdefault(unit_key, set()).update(json.loads(told))
    return found


def came_back(db: sqlite3.Connection, round_key: str) -> dict[str, set[str]]:
    """Return the hashes of the workbooks that each unit sent back in a round, by imports that hold."""
    with translated():
        rows = db.execute(
            "SELECT unit_key, file_sha256 FROM intake_files JOIN intakes ON intakes.id = intake_id"
            " WHERE round_key = ? AND state <> 'refused' AND undone_at = ''",
            (round_key,),
        ).fetchall()
    found: dict[str, set[str]] = {}
    for unit_key, digest in rows:
        found.setdefault(unit_key, set()).add(digest)
    return found
