"""What taking a returned workbook in would do, before anything is written: the preview, and the choices.

A plan depends on what stands in the workspace now, and on the plans before it: two workbooks of one unit are
put in an order that does not depend on the order in which they were opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.errors import RuleError
from desktop.workspace import words
from desktop.workspace.items import confirmation, entries
from desktop.workspace.items.model import FIELD_NAMES, ItemKey, Status
from desktop.workspace.returns import counting, kept_lines, matching, moved, records, rounds, three_way
from desktop.workspace.returns.counting import NOT_SAID, Counting
from desktop.workspace.returns.receipts import FileState, RefusedRow
from desktop.workspace.returns.returned import AddedRow, Returned
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one workbook. ``lines`` are all fields compared, also those that stay as they are.

    ``reason`` says why the whole file is refused or nothing happens. ``known`` is when this very file was
    taken in before, "" if never; ``twin`` the name of a file of the same import that says just the same.
    Lines are chosen on with :func:`decide`; ``left_out`` says that the user does not want the file taken in.
    ``again`` is the import whose open questions it holds, and no file was read for it; 0 for a file that was.

    ``counts_for`` is the round whose answer it is although that did not send it, "" for none; ``offered`` the
    one whose answer it would be if someone said so (:mod:`desktop.workspace.returns.counting`).
    """

    file: Returned
    unit_key: str
    state: FileState
    reason: str = ""
    lines: tuple[ComparedField, ...] = ()
    rows_refused: tuple[RefusedRow, ...] = ()
    added: tuple[AddedRow, ...] = ()
    notes: tuple[str, ...] = ()
    known: str = ""
    twin: str = ""
    left_out: bool = False
    again: int = 0
    compared: tuple[ComparedField, ...] = field(default=(), repr=False)
    """The lines before the rules had their say (see :func:`three_way.settle`)."""
    counts_for: str = ""
    offered: str = ""

    @property
    def round_key(self) -> str:
        """Return the round whose answer it is, "" for none."""
        return self.counts_for or self.file.round_key

    @property
    def changed(self) -> int:
        """Return how many fields will change."""
        return sum(line.outcome != line.ours for line in self.lines)

    @property
    def unchanged(self) -> int:
        """Return how many fields stay as they are, because nothing else came back."""
        return 0 if self.again else sum(line.kind is FieldOutcome.SAME for line in self.lines)

    @property
    def conflicts(self) -> tuple[ComparedField, ...]:
        """Return the lines on which someone must still choose."""
        return tuple(line for line in self.lines if line.open)

    @property
    def decided(self) -> bool:
        """Tell whether something was chosen."""
        return any(line.choice is not Choice.UNDECIDED for line in self.compared)

    @property
    def tells(self) -> bool:
        """Tell whether taking it in would leave anything behind, be it only that the unit has answered."""
        if self.state is FileState.REFUSED or self.twin:
            return False
        return self.decided or bool(self.counts_for) if self.known else bool(self.compared)

    @property
    def document_keys(self) -> tuple[str, ...]:
        """Return the documents for which it has answers, in the order of its rows."""
        return tuple(dict.fromkeys(line.key.document_key for line in self.compared))

    @property
    def refusals(self) -> tuple[tuple[int, str], ...]:
        """Return what is refused within the file, rows and single fields, as (sheet row, reason)."""
        fields = [
            (line.row, f"{FIELD_NAMES[line.field]}：{line.reason}")
            for line in self.lines
            if line.kind is FieldOutcome.REFUSED
        ]
        return tuple(sorted([(row.row, row.reason) for row in self.rows_refused] + fields))


def plan(
    db: sqlite3.Connection, catalogue: Catalogue, returned: Returned, today: date, *, by: str = ""
) -> Plan:
    """Return what taking ``returned`` in would do; see :func:`plan_all`."""
    return plan_all(db, catalogue, (returned,), today, by=by)[0]


def plan_all(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    files: Sequence[Returned],
    today: date,
    *,
    by: str = "",
    said: Counting = NOT_SAID,
) -> tuple[Plan, ...]:
    """Return what taking ``files`` in together would do, in their order.

    ``by`` is who would take them in: that decides whether 已销号 is allowed. ``said`` is for which round the
    workbooks count that no open round sent. Writes nothing.
    """
    here: dict[ItemKey, dict[str, str]] = {}
    return together(db, [_plan(db, catalogue, file, today, by, here, said) for file in files], by)


def together(db: sqlite3.Connection, made: Sequence[Plan], by: str) -> tuple[Plan, ...]:
    """Return the plans of one import as they follow on one another, each where it was.

    Where several answer the same cell, the later one is compared with the answer that the earlier one leaves
    there; of files that say just the same, one has a say. To be asked again after each choice.
    """
    then = list(made)
    left: dict[tuple[ItemKey, str], tuple[str, str, str]] = {}
    seen: dict[tuple[str, str], str] = {}
    for index in in_order(db, made):
        each = made[index]
        if each.state is FileState.REFUSED:
            continue
        identity = (each.file.file_sha256, each.unit_key)
        compared = tuple(
            forbid(db, three_way.renew(line, *left.get((line.key, line.field), (line.here,))), by)
            for line in each.compared
        )
        each = then[index] = _settled(replace(each, compared=compared, twin=seen.get(identity, "")))
        if each.state is not FileState.REFUSED:
            seen.setdefault(identity, each.file.path_name)
        for line in each.lines:
            if line.outcome != line.ours:
                left[line.key, line.field] = (line.outcome, each.file.path_name, line.here)
    return tuple(then)


def refused(path_name: str, reason: str, *, file_sha256: str = "", size: int = 0) -> Plan:
    """Return the plan of a file that could not even be read."""
    file = Returned(path_name, file_sha256, size, 0, "", "", "", "", "", ())
    return Plan(file, "", FileState.REFUSED, reason)


def spent(made: Plan, known: str) -> Plan:
    """Return the plan of a workbook that turns out to have been taken in already, at ``known``."""
    lines = tuple(three_way.spent(line) for line in made.compared)
    return _settled(replace(made, known=known, compared=lines, rows_refused=(), added=()))


def decide(made: Plan, line: ComparedField, choice: Choice, value: str = "") -> Plan:
    """Return the plan with ``choice`` on ``line``, one of its lines; the rules of its row are applied anew.

    Raises RuleError as :func:`three_way.decide` does.
    """
    compared = tuple(
        three_way.decide(each, choice, value) if _is(each, line) else each for each in made.compared
    )
    return _settled(replace(made, compared=compared))


def decide_all(made: Plan, choice: Choice) -> Plan:
    """Return the plan with ``choice`` on every line that someone must still choose on and that offers it."""
    compared = tuple(
        three_way.decide(line, choice) if line.open and choice in line.choices else line
        for line in made.compared
    )
    return _settled(replace(made, compared=compared))


def keep_added(made: Plan, added: AddedRow, keep: bool) -> Plan:
    """Return the plan with one of the rows added by hand taken as a note, or not."""
    place = added.sheet, added.row
    rows = (replace(each, keep=keep) if (each.sheet, each.row) == place else each for each in made.added)
    return replace(made, added=tuple(rows))


LEFT_OUT = "由使用人选择不并入，文件原样不动。"


def leave_out(made: Plan) -> Plan:
    """Return the plan of a workbook that the user does not want taken in; its choices are remembered."""
    return replace(made, state=FileState.REFUSED, reason=LEFT_OUT, lines=(), left_out=True)


def take_up(made: Plan) -> Plan:
    """Return the plan of a workbook that is wanted after all, with the choices that were made on it."""
    return _settled(replace(made, state=FileState.ACCEPTED, left_out=False))


def bare(made: Plan) -> Plan:
    """Return the plan of a twin, or of a workbook left out, without all that the workbook says."""
    file = replace(made.file, rows=(), added=(), missing=(), notes=())
    return replace(made, file=file, lines=(), compared=(), rows_refused=(), added=(), notes=())


def in_order(db: sqlite3.Connection, plans: Sequence[Plan]) -> list[int]:
    """Return the places of ``plans`` in the order in which they are to be taken in.

    By the round, oldest first, then by the file's hash, whatever it is called.
    """
    ages = {one.key: -age for age, one in enumerate(rounds.every(db))}
    oldest = -len(ages)
    files = [made.file for made in plans]
    return sorted(
        range(len(files)),
        key=lambda index: (ages.get(files[index].round_key, oldest), files[index].file_sha256),
    )


def _plan(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    file: Returned,
    today: date,
    by: str,
    here: dict[ItemKey, dict[str, str]],
    said: Counting,
) -> Plan:
    """Return the plan of ``file`` alone; ``here`` remembers what the workspace holds."""
    try:
        source = matching.identify(db, catalogue, file, today)
    except RuleError as error:
        return Plan(file, matching.unit_of(catalogue, file), FileState.REFUSED, str(error))
    unit_key = source.unit_key
    counted = counting.judge(db, file, unit_key, said, today)
    if counted.refused:
        return Plan(file, unit_key, FileState.REFUSED, counted.refused, offered=counted.offered)
    rows, rows_refused = matching.match(db, catalogue, file, source)
    known = records.taken_in(db, file.file_sha256, unit_key)
    still_open = _still_open(db, file.file_sha256) if known else set()
    compared: list[ComparedField] = []
    for row in rows:
        if row.key not in here:
            here[row.key] = entries.values(db, row.key)
        ours = here[row.key]
        for line in three_way.compare_row(
            row.row, row.key, row.number, source.unit_name, row.base, ours, row.values, row.sheet
        ):
            waits = (line.key, line.field) in still_open
            compared.append(forbid(db, line, by) if waits or not known else three_way.spent(line))
    notes = (*source.notes, *counted.notes, *file.notes)
    if not known and (shifted := moved.example(rows)):
        question = moved.question(*(words.line(catalogue, row.key, row.number) for row in shifted))
        compared = [three_way.doubted(line, question) for line in compared]
        notes = (question, *notes)
    return Plan(
        file,
        unit_key,
        FileState.ACCEPTED,
        rows_refused=() if known else rows_refused,
        added=() if known else file.added,
        notes=notes,
        known=known,
        compared=tuple(compared),
        counts_for=counted.round_key,
        offered=counted.offered,
    )


def _still_open(db: sqlite3.Connection, file_sha256: str) -> set[tuple[ItemKey, str]]:
    """Return the fields of a workbook taken in before on which someone must still choose.

    A reason waits for its status.
    """
    found = {(line.key, line.field) for line in kept_lines.open_lines(db, file_sha256=file_sha256)}
    return found | {(key, "reason") for key, field in found if field == "status"}


def forbid(db: sqlite3.Connection, line: ComparedField, by: str) -> ComparedField:
    """Return ``line``, refused when it would let an item be 已销号 that ``by`` cannot confirm."""
    wanted = line.guess if line.kind is FieldOutcome.ASK else line.theirs
    if (
        line.field != "status"
        or wanted != Status.CLOSED
        or line.kind in (FieldOutcome.SAME, FieldOutcome.REFUSED)
    ):
        return line
    claimed = line.other and line.ours == Status.DONE
    reason = (
        confirmation.BY_UNIT if claimed else confirmation.refusal(db, line.key, line.ours, by, imported=True)
    )
    return replace(line, kind=FieldOutcome.REFUSED, reason=reason) if reason else line


def _is(one: ComparedField, other: ComparedField) -> bool:
    return (one.sheet, one.row, one.key, one.field) == (other.sheet, other.row, other.key, other.field)


def _settled(made: Plan) -> Plan:
    """Return the plan with the rules applied to each row, and its state."""
    return judged(made, settle_rows(made.compared))


def judged(made: Plan, lines: tuple[ComparedField, ...]) -> Plan:
    """Return the plan with these lines and the state that follows from them."""
    if made.state is FileState.REFUSED:
        return made
    if made.twin:
        told = f"与“{made.twin}”内容完全相同，没有重复并入。"
        return replace(made, lines=(), state=FileState.UNCHANGED, reason=told)
    state, reason = _verdict(made, lines)
    return replace(made, lines=lines, state=state, reason=reason)


def settle_rows(compared: Iterable[ComparedField]) -> tuple[ComparedField, ...]:
    """Return the lines with those refused that would break a rule of their item."""
    rows: dict[tuple[str, int, ItemKey], list[ComparedField]] = {}
    for line in compared:
        rows.setdefault((line.sheet, line.row, line.key), []).append(line)
    return tuple(line for row in rows.values() for line in three_way.settle(row))


def _verdict(made: Plan, lines: Sequence[ComparedField]) -> tuple[FileState, str]:
    if any(line.open for line in lines):
        return FileState.CONFLICTS, ""
    if any(line.outcome != line.ours for line in lines) or any(row.keep for row in made.added):
        return FileState.ACCEPTED, ""
    if made.again:
        return FileState.UNCHANGED, ""
    if made.known and not made.decided:
        return FileState.UNCHANGED, f"这个文件已于{words.moment(made.known)}并入，没有重复并入。"
    if not lines:
        told = "没有一行可以并入，原因见各行。" if made.rows_refused else "没有找到清单的任何一行，没有并入。"
        return FileState.REFUSED, told
    return FileState.UNCHANGED, ""
