"""What a receipt shows of a workbook, row by row. No widget here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.ui.intake import outcomes, rows
from desktop.ui.intake.rows import Row, Sort
from desktop.workspace import words
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.items.model import Change
    from desktop.workspace.returns.receipts import ReceiptFile

COLUMNS = ("措施", "栏目", "发出时", "本库原有", "单位回填", "结果")
STILL_OPEN = "按“继续决定”可以选择，也可以在清单中直接填写"
SETTLED = "现在不用再决定"
ASKING = ("？", "?", "。")


def of_receipt(catalogue: Catalogue, file: int, one: ReceiptFile) -> Iterator[Row]:
    """Yield the rows of a workbook that was taken in."""
    if one.left_out:
        yield rows.left_out(file, one.reason)
        return
    yield from rows.remarks(file, one.notes, one.reason, one.state is FileState.REFUSED)
    chosen = {(line.key, line.field): line for line in one.lines}
    for change in one.changes:
        line = chosen.pop((change.key, change.field), None)
        yield _of_change(catalogue, file, change, line)
    yield from (_settled(catalogue, file, line, one.waits(line)) for line in chosen.values())
    yield from (rows.of_refused(catalogue, file, row) for row in one.rows_refused)
    yield from (rows.of_added(catalogue, file, row, possible=False) for row in one.added)
    yield from rows.missing(catalogue, file, one.missing)
    if one.unchanged:
        yield Row(Sort.REMARK, file, ("same",), (f"{one.unchanged} 处与发出时或现有内容相同，不变",))


def _of_change(catalogue: Catalogue, file: int, change: Change, line: ComparedField | None) -> Row:
    before, after = (words.value(change.field, text) for text in (change.before, change.after))
    base, ours, theirs = before, outcomes.SAME, after  # only what was not touched here is taken unasked
    verdict, note = "已采用", ""
    if line is not None:
        base, ours, theirs = rows.three(line)
        if line.choice is not Choice.UNDECIDED:
            verdict = f"已选：{outcomes.chosen(line)}"
        note = f"现为：{after}" if after != words.value(line.field, line.theirs) else ""
    field = words.field(change.field)
    if not change.key.unit_key:  # a row of the unit's own, added to the note on a measure
        field, base, ours = "批注", "", before
    cells = (rows.measure(catalogue, change.key), field, base, ours, theirs, verdict)
    place = (change.id,)
    return Row(Sort.TAKEN, file, place, cells, note=note, key=change.key)


def _settled(catalogue: Catalogue, file: int, line: ComparedField, waits: bool) -> Row:
    """Return the row of a field that did not change, for which someone chose or must, or a rule spoke."""
    kept = "暂按另一份" if line.other else "保留本库"
    open_then = f"待决定，{kept}" if waits else f"当时待决定，{kept}"
    verdict = open_then if line.open else rows.verdict(line)
    cells = (
        rows.measure(catalogue, line.key),
        words.field(line.field),
        *rows.three(line),
        verdict,
    )
    sort = Sort.OPEN if waits else Sort.REFUSED if line.kind is FieldOutcome.REFUSED else Sort.KEPT
    after = STILL_OPEN if waits else SETTLED if line.open else ""
    asked = rows.note_on(line)
    note = f"{asked}{after}" if asked.endswith(ASKING) else rows.joined(asked, after)
    return Row(sort, file, (line.row, line.key, line.field), cells, note=note, key=line.key)
