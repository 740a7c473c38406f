"""继续决定: what imports left open, asked again without the workbooks.

The receipt of an import keeps what a workbook said wherever someone must still choose. Made into plans again,
that is decided on like a workbook that was just read, compared with what the workspace holds now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.workspace import words
from desktop.workspace.file.transaction import translated
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import FIELD_NAMES, ItemKey
from desktop.workspace.returns import plans, three_way
from desktop.workspace.returns.kept_lines import LINE, line_of, open_by_file
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import Returned
from desktop.workspace.returns.three_way import ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


@dataclass(frozen=True, slots=True)
class OpenScope:
    """Which open questions are meant: those of an import, of a round, of a unit, of files; with "" of all."""

    intake_id: int = 0
    round_key: str = ""
    unit_key: str = ""
    files: tuple[str, ...] = ()
    """Hashes of workbooks, whichever import took them in."""


EVERYTHING = OpenScope()


def count(db: sqlite3.Connection, scope: OpenScope = EVERYTHING) -> int:
    """Return on how many fields someone must still choose."""
    return len(_open(db, scope))


def plan_again(
    db: sqlite3.Connection, catalogue: Catalogue, scope: OpenScope = EVERYTHING, *, by: str
) -> tuple[Plan, ...]:
    """Return a plan for each workbook that left something open in ``scope``, oldest import first.

    Its lines are the open ones, and 状态 and 不适用理由 of their items, which are decided together. What
    belongs to no item any more is told in the notes. To be chosen on, then taken in as
    any other plan; of one on which nobody chose nothing is kept.
    """
    files: dict[int, list[ComparedField]] = {}
    for file_id, line in _open(db, scope):
        files.setdefault(file_id, []).append(line)
    among = ", ".join("?" * len(files))
    with translated():
        rows = db.execute(
            "SELECT intake_files.id, intake_id, at, path_name, file_sha256, size, unit_key, round_key"
            f" FROM intake_files JOIN intakes ON intakes.id = intake_id WHERE intake_files.id IN ({among})"
            " ORDER BY intake_id, position",
            tuple(files),
        ).fetchall()
    made = [_plan(db, catalogue, row, files[row[0]], by) for row in rows]
    return plans.together(db, made, by)


def _open(db: sqlite3.Connection, scope: OpenScope) -> list[tuple[int, ComparedField]]:
    among = ", ".join("?" * len(scope.files))
    where = (
        "(? = 0 OR intake_id = ?) AND (? = '' OR round_key = ?) AND (? = '' OR intake_lines.unit_key = ?)"
        f" AND ({not scope.files} OR file_sha256 IN ({among}))"
    )
    asked = (scope.intake_id, scope.round_key, scope.unit_key)
    return open_by_file(db, where, *(each for one in asked for each in (one, one)), *scope.files)


def _plan(
    db: sqlite3.Connection, catalogue: Catalogue, row: Sequence[Any], lines: Sequence[ComparedField], by: str
) -> Plan:
    """Return the plan of the workbook of ``row``, as it is selected above, with the ``lines`` open in it."""
    file_id, intake_id, at, path_name, digest, size, unit_key, round_key = row
    read = _texts_read(db, file_id)
    gone = {line: why for line in lines if (why := _why_not(catalogue, line.key, read))}
    decidable = [line for line in lines if line not in gone]
    notes = [f"继续决定{words.moment(at)}第{intake_id}号导入留下的内容，没有再读文件。"]
    notes += [
        f"{words.line(catalogue, line.key, line.number)}“{FIELD_NAMES[line.field]}”不能再决定：{why}。"
        "单位回填的原文保留在导入记录中。"
        for line, why in gone.items()
    ]
    compared: list[ComparedField] = []
    for key in dict.fromkeys(line.key for line in decidable):
        asked = {line.field: line for line in decidable if line.key == key}
        compared += _whole_row(db, file_id, asked, entries.values(db, key))
    return Plan(
        Returned(path_name, digest, size, 0, "", "", "", unit_key, round_key, ()),
        unit_key,
        FileState.ACCEPTED,
        notes=tuple(notes),
        known=at,
        again=intake_id,
        compared=tuple(plans.forbid(db, line, by) for line in compared),
    )


def _texts_read(db: sqlite3.Connection, file_id: int) -> dict[ItemKey, str]:
    """Return with which text of the measure, by its hash, a workbook was taken in; as far as it is known."""
    with translated():
        rows = db.execute(
            "SELECT unit_key, measure_key, text_sha256 FROM changes WHERE intake_file = ?", (file_id,)
        ).fetchall()
    return {ItemKey(unit, measure): digest for unit, measure, digest in rows}


def _why_not(catalogue: Catalogue, key: ItemKey, read: Mapping[ItemKey, str]) -> str:
    """Return why nothing can be decided on an item any more, "" when it can."""
    if checklist.lacking(catalogue, (key,)):
        return "现有的措施数据中没有这个事项"
    now = catalogue.measure(key.measure_key).text_sha256
    return "" if read.get(key, now) == now else "措施原文在导入之后变了"


def _whole_row(
    db: sqlite3.Connection, file_id: int, asked: dict[str, ComparedField], now: dict[str, str]
) -> list[ComparedField]:
    """Return the open lines of one item, compared anew, with its 状态 and its 不适用理由."""
    one = next(iter(asked.values()))
    blank = ComparedField(
        one.row, one.key, one.number, "", one.unit_name, None, "", "", FieldOutcome.SAME, sheet=one.sheet
    )
    found: dict[str, ComparedField] = {}
    for field in FIELD_NAMES:
        if field in asked:
            found[field] = three_way.renew(asked[field], now[field])
        elif field in ("status", "reason"):
            found[field] = three_way.silent(replace(blank, field=field, ours=now[field]))
    if "status" in asked and "reason" not in asked:  # it waited for its status
        found["reason"] = _reason(db, file_id, found["reason"])
    return list(found.values())


def _reason(db: sqlite3.Connection, file_id: int, line: ComparedField) -> ComparedField:
    """Return ``line`` of 不适用理由 with what the workbook said of it, if that could not be taken alone."""
    with translated():
        row = db.execute(
            f"SELECT {LINE} FROM intake_lines WHERE file_id = ? AND unit_key = ? AND measure_key = ?"
            " AND field = 'reason' AND kind = ? ORDER BY id DESC LIMIT 1",
            (file_id, line.key.unit_key, line.key.measure_key, FieldOutcome.REFUSED),
        ).fetchone()
    return three_way.again(replace(line_of(row), ours=line.ours)) if row else line
