"""What the preview of an import shows, row by row, and what it shares with a receipt. No widget here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.ui.intake import outcomes
from desktop.workspace import words
from desktop.workspace.items.model import FIELD_NAMES, ItemKey
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.returns.receipts import RefusedRow
    from desktop.workspace.returns.returned import AddedRow

MEASURE, FIELD, BASE, OURS, THEIRS, VERDICT = range(6)
COLUMNS = ("措施", "栏目", "发出时", "本库现有", "单位回填", "处理")
ASIDE = "没有采用，原文记入修改记录"
NOT_TAKEN, LEFT_OUT, GONE = "not taken", "left out", "gone"
"""What the place of a row begins with that says so of a workbook, or of what cannot be decided any more."""


class Sort(Enum):
    """What a row is about."""

    FILE = auto()
    OPEN = auto()
    TAKEN = auto()
    KEPT = auto()
    REFUSED = auto()
    ADDED = auto()
    REMARK = auto()
    FOLD = auto()
    SAME = auto()


SPANNING = frozenset({Sort.FILE, Sort.REMARK, Sort.FOLD})


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that may be chosen; ``on`` when it is what will happen."""

    choice: Choice
    words: str
    on: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells`` are its words by column, of which spanning rows have only the first.

    ``file`` is the place of its workbook; ``line`` what can be chosen on, or None; ``added`` one that
    the unit added.
    """

    sort: Sort
    file: int
    place: tuple[object, ...]
    cells: tuple[str, ...]
    options: tuple[Option, ...] = ()
    note: str = ""
    under: str = ""
    line: ComparedField | None = None
    added: AddedRow | None = None
    key: ItemKey | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what stays the same of a row whatever is chosen on it."""
        return (self.file, *self.place)

    @property
    def in_any_filter(self) -> bool:
        """Return whether nobody may miss it: someone must choose, or it says why a workbook is refused."""
        return self.sort is Sort.OPEN or self.place[0] in (NOT_TAKEN, LEFT_OUT, GONE)

    @property
    def sentence(self) -> str:
        """Return the row in words, for screen readers and to be copied."""
        if self.sort in SPANNING:
            return "，".join(filter(None, (self.cells[0], self.under)))
        named = (f"{name}：{cell}" for name, cell in zip(COLUMNS, self.cells, strict=True) if cell)
        return "；".join((*named, *([self.note] if self.note else [])))


def of_plan(catalogue: Catalogue, file: int, plan: Plan, unfolded: bool) -> Iterator[Row]:
    """Yield the rows of a workbook that is to be taken in; ``unfolded`` shows what stays as it is too."""
    if plan.left_out:
        yield left_out(file, plan.reason, "要并入它，按“重新并入”；已做的选择都还在。")
        return
    notes, gone = (plan.notes[:1], plan.notes[1:]) if plan.again else (plan.notes, ())
    yield from remarks(file, notes, plan.reason, plan.state is FileState.REFUSED)
    yield from (Row(Sort.REMARK, file, (GONE, place), (told,)) for place, told in enumerate(gone))
    if plan.twin:
        return
    told: list[tuple[tuple[str, int], int, Row]] = []
    for order, line in enumerate(plan.lines):
        if line.kind is not FieldOutcome.SAME:
            told.append(((line.sheet, line.row), order, of_line(catalogue, file, line)))
    told += [((row.sheet, row.row), -1, of_refused(catalogue, file, row)) for row in plan.rows_refused]
    told += [((row.sheet, row.row), -1, of_added(catalogue, file, row, possible=True)) for row in plan.added]
    yield from (row for _, _, row in sorted(told, key=lambda each: each[:2]))
    yield from missing(catalogue, file, plan.file.missing)
    same = [] if plan.again else [line for line in plan.lines if line.kind is FieldOutcome.SAME]
    if same:
        verb = "收起" if unfolded else "展开"
        yield Row(Sort.FOLD, file, ("fold",), (f"{len(same)} 处与发出时或现有内容相同，不变",), under=verb)
    if unfolded:
        yield from (of_line(catalogue, file, line) for line in same)


def of_line(catalogue: Catalogue, file: int, line: ComparedField) -> Row:
    """Return the row of one field."""
    cells = (
        measure(catalogue, line.key),
        words.field(line.field),
        *three(line),
        verdict(line),
    )
    options = tuple(
        Option(choice, outcomes.choice(line, choice), _is_on(line, choice)) for choice in _ordered(line)
    )
    return Row(
        _sort(line),
        file,
        (line.row, line.key, line.field),
        cells,
        options,
        note=joined(note_on(line), "没有选择时，暂按另一份" if line.other and line.open else ""),
        line=line if options else None,
        key=line.key,
    )


def _place(row: int, sheet: str) -> str:
    """Return where a row of the workbook stands, with its sheet where the unit has several."""
    return f"{sheet}\n第 {row} 行" if sheet else f"第 {row} 行"


def of_refused(catalogue: Catalogue, file: int, row: RefusedRow) -> Row:
    """Return the row of a sheet row of which nothing is taken."""
    known = row.key is not None and _knows(catalogue, row.key)
    name = measure(catalogue, row.key) if known and row.key else _place(row.row, row.sheet)
    written = "\n".join(
        f"{FIELD_NAMES.get(field, field)}：{words.value(field, text)}"
        for field, text in row.values.items()
        if text
    )
    aside = ASIDE if written and known else "没有采用，记入回执" if written else ""
    cells = (name, "整行", "", "", written, "不采用")
    place = ("refused", row.sheet, row.row)
    return Row(Sort.REFUSED, file, place, cells, note=joined(row.reason, aside), key=row.key)


def of_added(catalogue: Catalogue, file: int, row: AddedRow, *, possible: bool) -> Row:
    """Return the row of one that the unit added; ``possible``: it can still be chosen what becomes of it."""
    after = row.after
    name = _place(row.row, row.sheet)
    if after is None or not _knows(catalogue, after):
        cells = (name, "单位增加的行", "", "", row.text, "只留在回执")
        return Row(Sort.ADDED, file, ("added", row.sheet, row.row), cells, added=row)
    number = words.number(catalogue, after.measure_key)
    keep, leave = f"记入{number}批注", "只留在回执"
    options = (Option(Choice.OURS, leave, not row.keep), Option(Choice.THEIRS, keep, row.keep))
    cells = (
        f"{name}\n在{number}之后",
        "单位增加的行",
        "",
        "",
        row.text,
        keep if row.keep else leave,
    )
    place = ("added", row.sheet, row.row)
    return Row(Sort.ADDED, file, place, cells, options if possible else (), added=row, key=after)


def measure(catalogue: Catalogue, key: ItemKey) -> str:
    """Return number and title of an item's measure."""
    if not _knows(catalogue, key):
        return key.measure_key
    one = catalogue.measure(key.measure_key)
    paper = words.paper(catalogue, key.measure_key)
    return "\n".join(filter(None, (f"{one.number}. {typeset(one.called)}", paper)))


def _knows(catalogue: Catalogue, key: ItemKey) -> bool:
    try:
        catalogue.measure(key.measure_key)
    except KeyError:
        return False
    return True


def left_out(file: int, reason: str, hint: str = "") -> Row:
    """Return the row that says of a workbook that the user left it out."""
    return Row(Sort.REMARK, file, (LEFT_OUT,), (reason,), under=hint)


def remarks(file: int, notes: Iterable[str], reason: str, refused: bool) -> Iterator[Row]:
    """Yield what is to be said of a whole workbook: why it is refused or does nothing, what was noticed."""
    if reason:
        first, _, hint = reason.partition("\n")
        head = f"未并入：{first}" if refused else first
        spot = NOT_TAKEN if refused else "reason"
        yield Row(Sort.REMARK, file, (spot,), (head,), under=hint, note="refused" if refused else "")
    for place, note in enumerate(notes):
        yield Row(Sort.REMARK, file, ("note", place), (note,))


def missing(catalogue: Catalogue, file: int, keys: Iterable[ItemKey]) -> Iterator[Row]:
    """Yield what is to be said of the items that are no longer in a workbook, if there are any."""
    gone = [measure(catalogue, key) for key in keys]
    if gone:
        told = f"工作簿中少了 {len(gone)} 条，这些条保持本库现有内容"
        yield Row(Sort.REMARK, file, ("missing",), (told,), under="、".join(gone))


def three(line: ComparedField) -> tuple[str, str, str]:
    """Return base, ours and theirs as they are shown; what another workbook says stands under theirs."""
    base = outcomes.UNKNOWN if line.base is None else words.value(line.field, line.base)
    ours = words.value(line.field, line.here)
    theirs = words.value(line.field, line.theirs)
    told = "\n".join(filter(None, (theirs, outcomes.other(line))))
    return base, outcomes.SAME if ours == base else ours, told


def _sort(line: ComparedField) -> Sort:
    if line.kind is FieldOutcome.SAME:
        return Sort.SAME
    if line.kind is FieldOutcome.REFUSED:
        return Sort.REFUSED
    if line.open:
        return Sort.OPEN
    return Sort.TAKEN if line.outcome != line.ours else Sort.KEPT


def _ordered(line: ComparedField) -> tuple[Choice, ...]:
    """Return the choices with what came back first where nothing speaks against it."""
    if line.kind in (FieldOutcome.TAKE, FieldOutcome.ASK) and Choice.THEIRS in line.choices:
        return (Choice.THEIRS, *(choice for choice in line.choices if choice is not Choice.THEIRS))
    return line.choices


def _is_on(line: ComparedField, choice: Choice) -> bool:
    if line.choice is Choice.UNDECIDED:
        return line.kind is FieldOutcome.TAKE and choice is Choice.THEIRS
    return line.choice is choice


def verdict(line: ComparedField) -> str:
    """Return what becomes of a field, in a few words."""
    if line.kind is FieldOutcome.SAME:
        return "不变"
    if line.kind is FieldOutcome.REFUSED:
        return "不采用"
    if line.open:
        return "请选择"
    on = next((each for each in line.choices if _is_on(line, each)), Choice.THEIRS)
    return outcomes.choice(line, on)


def note_on(line: ComparedField) -> str:
    """Return what is to be said of a field besides: the question, the reason, what is filled in instead."""
    if line.kind is FieldOutcome.REFUSED:
        return joined(line.reason, ASIDE if line.loses else "")
    if line.choice is Choice.VALUE and line.reason:
        return line.reason
    if line.choice is Choice.VALUE:
        return f"将填：{words.value(line.field, line.value)}"
    if line.choice is Choice.OURS and line.loses:
        return ASIDE
    asked = line.question if line.kind is FieldOutcome.ASK and line.open else ""
    return joined(asked, line.reason)


def joined(*told: str) -> str:
    """Return sentences as one, the empty ones left out."""
    return "；".join(text for text in told if text)
