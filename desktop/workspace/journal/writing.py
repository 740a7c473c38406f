"""Writing to the journal: one edit is one batch of writes by this machine, each replacing what stands."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import identity, marks, state
from desktop.workspace.journal.model import PURGED, Edit, Stamp, Write, WriteId, dumped

_INSERT = (
    "INSERT INTO journal (machine, counter, noun, record, field, value, seen, batch, at, person, source,"
    " session) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def new_key() -> str:
    """Return a key for a record that no other machine will ever make."""
    return secrets.token_hex(8)


def write(
    db: sqlite3.Connection, edits: Iterable[Edit], stamp: Stamp, *, grow: bool = True
) -> WriteId | None:
    """Make one edit, as one transaction or within the one that is open; returns its batch.

    A field on which all machines agree on that value already is no part of it; None when nothing is left. An
    edit of one field within a session lets the newest write of that field grow, when ``grow`` and when that
    one was made in it and has not left this machine.
    """
    wanted = tuple(edits)
    with transaction(db):
        for noun, key in dict.fromkeys((one.noun, one.record) for one in wanted):
            if state.is_purged(db, noun, key):
                raise RuleError(
                    "这条记录的内容已按保留期限彻底删除，不能再写入，没有改动任何内容。",
                    "需要时请重新登记一条。",
                )
        kept = {
            one: state.standing(db, one.noun, one.record, one.field)
            for one in dict.fromkeys(map(_place, wanted))
        }
        new = [one for one in wanted if _differs(kept[_place(one)], one.value)]
        if not new:
            return None
        machine = identity.current(db)
        if grow and len(new) == 1:
            grown = _grown(db, machine, new[0], kept[_place(new[0])], stamp)
            if grown is not None:
                _show(db, new)
                return grown
        batch = _append(db, machine, [(one, kept[_place(one)]) for one in new], stamp)
        _show(db, new)
        return batch


def undo(db: sqlite3.Connection, batch: WriteId, stamp: Stamp) -> WriteId | None:
    """Let each field that an edit wrote be as it was before, where nobody has written to it since.

    Returns the batch of doing so, None when nothing is left to take back.
    """
    with transaction(db):
        return write(db, undoing(db, batch), stamp, grow=False)


def undoing(db: sqlite3.Connection, batch: WriteId) -> list[Edit]:
    """Return the edits that take one back."""
    rows = db.execute(f"SELECT {state.COLUMNS} FROM journal WHERE batch = ?", (str(batch),)).fetchall()
    edits = []
    for made in map(state.written, rows):
        stands = state.standing(db, made.noun, made.record, made.field)
        if tuple(one.id for one in stands) == (made.id,):
            edits.append(Edit(made.noun, made.record, made.field, _before(db, made)))
    return edits


def purge(db: sqlite3.Connection, noun: str, keys: Sequence[str], stamp: Stamp) -> None:
    """Delete the contents of records for good, here and wherever this arrives; their names stay.

    Raises RuleError, and changes nothing, for a record that is not there.
    """
    with transaction(db):
        for key in keys:
            if state.record(db, noun, key) is None:
                raise RuleError("要删除的内容已不在工作库中，没有改动任何内容。", "请重新打开列表再选。")
            write(db, [Edit(noun, key, PURGED, True)], stamp, grow=False)
            blank(db, noun, key)


def blank(db: sqlite3.Connection, noun: str, key: str) -> None:
    """Take the contents out of all writes of a record but those that say so; inside a transaction."""
    db.execute(
        "UPDATE journal SET value = 'null', blank = 1 WHERE noun = ? AND record = ? AND field <> ?",
        (noun, key, PURGED),
    )
    state.compute(db, [(noun, key)])


def _place(edit: Edit) -> Edit:
    return Edit(edit.noun, edit.record, edit.field, None)


def _differs(stands: tuple[Write, ...], value: Any) -> bool:
    if not stands:
        return value is not None
    return any(dumped(one.value) != dumped(value) for one in stands)


def _before(db: sqlite3.Connection, made: Write) -> Any:
    """Return what stood of a field before ``made``: what all agreed on, or the first of what they did not."""
    known = {**dict(made.seen), made.id.machine: made.id.counter - 1}
    earlier = state.history(db, made.noun, made.record, made.field)
    stood = state.unseen(one for one in earlier if one.id.counter <= known.get(one.id.machine, 0))
    return stood[0].value if stood else None


def _grown(
    db: sqlite3.Connection, machine: str, edit: Edit, stands: tuple[Write, ...], stamp: Stamp
) -> WriteId | None:
    if not stamp.session or len(stands) != 1:
        return None
    last = stands[0]
    if (last.id.machine, last.session, last.by, last.source) != (
        machine,
        stamp.session,
        stamp.by,
        stamp.source,
    ):
        return None
    done = db.execute(
        "UPDATE journal SET value = ?, at = ? WHERE machine = ? AND counter = ? AND sealed = 0",
        (dumped(edit.value), stamp.moment, *last.id),
    )
    return last.batch if done.rowcount == 1 else None


def _append(
    db: sqlite3.Connection, machine: str, edits: Sequence[tuple[Edit, tuple[Write, ...]]], stamp: Stamp
) -> WriteId:
    last = marks.last(db, machine)
    batch = WriteId(machine, last + 1)
    for counter, (edit, stands) in enumerate(edits, start=last + 1):
        known = state.all_known(stands)
        for one in stands:
            known[one.id.machine] = max(known.get(one.id.machine, 0), one.id.counter)
        seen = dumped([str(WriteId(*each)) for each in sorted(known.items())])
        by = (str(batch), stamp.moment, stamp.by, stamp.source, stamp.session)
        place = (edit.noun, edit.record, edit.field)
        db.execute(_INSERT, (machine, counter, *place, dumped(edit.value), seen, *by))
        db.execute("DELETE FROM standing WHERE noun = ? AND record = ? AND field = ?", place)
        db.execute(
            "INSERT INTO standing (noun, record, field, machine, counter) VALUES (?, ?, ?, ?, ?)",
            (*place, machine, counter),
        )
    return batch


def _show(db: sqlite3.Connection, edits: Sequence[Edit]) -> None:
    """Let the rows of ``records`` be as these edits make them: all machines agree on what is written here."""
    for (noun, key), group in groupby(edits, key=lambda one: (one.noun, one.record)):
        state.alter(db, noun, key, {one.field: one.value for one in group})
