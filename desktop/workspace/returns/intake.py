"""导入回填: takes planned workbooks in, all of them in one transaction.

What a unit wrote and was not taken is kept in the history as 未采用的回填值; what belongs to no item stays in
the receipt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import changes, checklist, entries, notes, rules
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.returns import plans, receipts, records, three_way
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState, Receipt, ReceiptFile, RefusedRow
from desktop.workspace.returns.returned import AddedRow
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


Given = dict[tuple[ItemKey, str], tuple[str, str]]
"""By item and field: the workbook of this import whose answer stands there now, what stood there before."""
_NOTE_HEAD = 100  # characters for whose row it was


def apply(
    db: sqlite3.Connection, catalogue: Catalogue, made: Sequence[Plan], *, by: str, at: datetime
) -> Receipt:
    """Take the workbooks of the plans ``made`` in, with what was chosen on their lines.

    One transaction for all of them: when this returns, all is on disk with its receipt; when it raises
    KnownError, nothing is. What changed in the workspace since the plan was made is compared anew. Of what
    earlier imports left open only what was chosen on is written. Returns the receipt; one with the id 0,
    which is not kept, when there was nothing to take in.
    """
    moment = changes.Origin(by, changes.IMPORT, at).moment
    made = [each for each in made if each.decided or not each.again]
    with transaction(db):
        if not any(each.tells for each in made):
            files = tuple(_file(each, (), ()) for each in made)
            return Receipt(0, moment, by, "", "", files)
        intake_id = records.begin(db, moment, by)
        given: Given = {}
        for index in plans.in_order(db, made):
            _take_in(db, catalogue, made[index], intake_id, index, by, at, given)
    return receipts.receipt(db, intake_id)


def _take_in(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    made: Plan,
    intake_id: int,
    position: int,
    by: str,
    at: datetime,
    given: Given,
) -> None:
    """Write what one workbook changes, and its part of the receipt.

    Of a workbook that was taken in before, only what was chosen since is written: the rest is kept already.
    ``given`` are the answers that the workbooks before it have left; its own are added.
    """
    if made.twin or made.left_out:
        made = plans.bare(made)
    if not made.known and (known := records.taken_in(db, made.file.file_sha256, made.unit_key)):
        made = plans.spent(made, known)
    made = replace(made, added=tuple(_with_room(db, added) for added in made.added))
    lines = made.lines
    if made.state is not FileState.REFUSED:
        now = {key: entries.values(db, key) for key in dict.fromkeys(line.key for line in made.compared)}
        lines = plans.settle_rows(
            plans.forbid(
                db,
                three_way.renew(line, now[line.key][line.field], *given.get((line.key, line.field), ())),
                by,
            )
            for line in made.compared
        )
    made = plans.judged(made, lines)
    file_id = records.add_file(db, intake_id, position, _file(made, (), ()), made.known)
    origin = changes.Origin(by, changes.IMPORT, at, file=file_id)
    for key in dict.fromkeys(line.key for line in lines):
        _write(db, catalogue, key, [line for line in lines if line.key == key], origin, made.known)
    for row in made.rows_refused if made.state is not FileState.REFUSED else ():
        _set_row_aside(db, catalogue, row, origin)
    for added in made.added:
        if added.keep and added.after is not None:
            _note(db, catalogue, added, origin)
    told = [line for line in lines if _is_told(line) and not (made.known and line.open)]
    records.add_lines(db, file_id, told)
    given |= {
        (line.key, line.field): (made.file.path_name, line.here)
        for line in lines
        if line.outcome != line.ours
    }


def _is_told(line: ComparedField) -> bool:
    """Tell whether a line belongs in the receipt beside the changes."""
    return line.kind is not FieldOutcome.SAME and (
        line.kind is not FieldOutcome.TAKE or line.choice is not Choice.UNDECIDED
    )


def _write(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    lines: Sequence[ComparedField],
    origin: changes.Origin,
    known: str,
) -> None:
    """Let one item be as its lines say, and keep beside it what was not taken."""
    measure = checklist.measure_of(catalogue, key)
    origin = replace(origin, batch=changes.next_batch(db))
    then = {**entries.values(db, key), **{line.field: line.outcome for line in lines}}
    entries.write(db, key, measure, then, origin)
    aside = [(line.field, line.outcome, rules.visible(line.theirs)) for line in lines if line.loses]
    if aside and not known:
        kept = entries.load_one(db, key)
        revision = kept.entry.revision if kept else 0
        changes.set_aside(db, key, aside, origin, measure.text_sha256, revision)


def _set_row_aside(
    db: sqlite3.Connection, catalogue: Catalogue, row: RefusedRow, origin: changes.Origin
) -> None:
    """Keep what was written in a refused row with the item that it is about, if it is one of ours."""
    if row.key is None or not row.values:
        return
    if checklist.lacking(catalogue, (row.key,)):
        return
    now = entries.values(db, row.key)
    aside = [(name, now[name], rules.visible(value)) for name, value in row.values.items()]
    digest = catalogue.measure(row.key.measure_key).text_sha256
    changes.set_aside(db, row.key, aside, origin, digest, 0)


def _with_room(db: sqlite3.Connection, added: AddedRow) -> AddedRow:
    """Return ``added``, not to be kept as a note when the note has no room for it: the receipt keeps it."""
    if not added.keep or added.after is None:
        return replace(added, keep=False)
    length = len(notes.note(db, added.after.measure_key)) + len(added.text)
    return replace(added, keep=length + _NOTE_HEAD <= notes.LIMIT)


def _note(db: sqlite3.Connection, catalogue: Catalogue, added: AddedRow, origin: changes.Origin) -> None:
    """Put a row that was added by hand under the note on the measure above it."""
    assert added.after is not None
    unit = catalogue.unit(added.after.unit_key).name
    before = notes.note(db, added.after.measure_key)
    told = f"【{unit}回填时增加】{added.text}"
    text = rules.visible(f"{before}\n{told}" if before else told)
    notes.write(db, catalogue, added.after.measure_key, text, origin)


def _file(made: Plan, made_changes: tuple[Change, ...], lines: tuple[ComparedField, ...]) -> ReceiptFile:
    return ReceiptFile(
        0,
        made.file.path_name,
        made.file.file_sha256,
        made.file.size,
        made.unit_key,
        made.round_key,
        made.state,
        made.reason,
        made_changes,
        made.unchanged,
        lines,
        made.rows_refused,
        made.added,
        made.file.missing,
        made.notes,
        made.left_out,
        document_keys=made.document_keys,
    )
