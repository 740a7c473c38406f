"""The rows of a returned checklist: which item each one is, what it says, what was added and what is gone.

A row is known by its hidden key, wherever it was moved; without one by the words of its measure, if they
are exactly those of one item that no other row has. A row that stands there twice with different answers is
refused both times: which of them holds is not for a program to guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.errors import RuleError
from desktop.exchange.checklists.columns import MEASURE
from desktop.exchange.returned import answers, table
from desktop.exchange.returned.identity import Identity, SentRow
from desktop.exchange.returned.package import Package
from desktop.exchange.returned.sheet_cells import CellKind, SheetRow
from desktop.exchange.returned.table import FoundTable
from desktop.workspace.items import deadline
from desktop.workspace.items.deadline import UNSTATED, Deadline
from desktop.workspace.items.model import FIELD_NAMES, ItemKey
from desktop.workspace.items.typed_dates import Around
from desktop.workspace.returns.returned import NO_REVISION, AddedRow, Cell, ReturnedRow, place

_LEADING = re.compile(r"\s*(\d{1,3})\s*[.．、]")
_OURS = re.compile(r"亮灯（按|填报：|附：第\d+项|第\d+项：填报之后")
_LONGEST_ADDED = 5_000
_SHOWN_NOTE = 60
_LONG = 100
_MOST_SENT = 1_000_000
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class ReadChecklist:
    """One checklist, read: see :class:`~desktop.workspace.returns.returned.Returned`."""

    title: str
    unit_key: str
    rows: tuple[ReturnedRow, ...]
    added: tuple[AddedRow, ...]
    missing: tuple[ItemKey, ...]
    notes: tuple[str, ...]

    @property
    def document_key(self) -> str:
        """Return the document of which it has most rows, "" where it has none that is known."""
        counted = Counter(row.key.document_key for row in self.rows if row.key)
        return counted.most_common(1)[0][0] if counted else ""


def match(package: Package, found: FoundTable, said: Identity) -> ReadChecklist:
    """Return what the checklist ``found`` says. Raises RefusedError when answers are formulas."""
    own = {row.number: key for row in found.rows if (key := table.own_key(found, row))}
    emptied = [row for row in found.rows if row.number in own and _is_empty(found, row)]
    gone = {row.number for row in emptied}
    lines = [row for row in found.rows if row.number not in gone]
    unit_key = said.unit_key or table.majority(own.values())
    sent = {key: row for key, row in said.rows.items() if key.unit_key == unit_key}
    keys = table.row_items(found, lines, own, sent)
    _refuse_formulas(package, found, [row for row in lines if row.number in keys])

    rows: list[ReturnedRow] = []
    added: list[AddedRow] = []
    notes = _notes_on_columns(found)
    notes += [f"第{row.number}行的内容已被清空，按删去这一行处理，没有改动该事项。" for row in emptied]
    above: ItemKey | None = None
    sent_text = "\n".join(text for row in sent.values() for text in row.values.values())[:_MOST_SENT]
    for row in lines:
        if row.number in keys:
            above = keys[row.number] or above
            rows.append(_row(found, row, keys[row.number], said, sent))
            key = keys[row.number]
            was = sent.get(key) if key else None
            notes += _beside(found, row, was.evidence if was else "")
        elif text := _added(found, row, sent_text):
            added.append(AddedRow(row.number, text, above))
    present = {row.key for row in rows}
    missing = tuple(key for key in sent if key not in present)
    return ReadChecklist(found.title, unit_key, once(rows), tuple(added), missing, tuple(notes))


def without_copies(package: Package, checklists: Sequence[ReadChecklist]) -> tuple[ReadChecklist, ...]:
    """Return the checklists, each unit's once for each document.

    Raises RefusedError when a unit has two for the same document that differ.
    """
    kept: dict[tuple[str, str], ReadChecklist] = {}
    for one in checklists:
        first = kept.setdefault((one.unit_key, one.document_key), one)
        if first is one:
            continue
        if _content(first) != _content(one):
            raise package.refused(
                f"中工作表“{first.title}”和“{one.title}”是同一单位的清单而内容不同，无法判断以哪一张为准",
                "请删去其中一张，保存后再导入。",
            )
        note = f"工作表“{one.title}”与“{first.title}”内容相同，只读取了一张。"
        kept[one.unit_key, one.document_key] = replace(first, notes=(*first.notes, note))
    return tuple(kept.values())


def _content(one: ReadChecklist) -> object:
    return {(row.key, row.text, tuple(row.values.items())) for row in one.rows}, {
        row.text for row in one.added
    }


def _is_empty(found: FoundTable, row: SheetRow) -> bool:
    """Say whether nothing is left of a row but what is hidden."""
    hidden = found.hidden()
    return not any(cell.text.strip() for column, cell in row.cells.items() if column not in hidden)


def _refuse_formulas(package: Package, found: FoundTable, lines: Sequence[SheetRow]) -> None:
    """Raise RefusedError when a cell that is read holds a formula: what it shows is nobody's answer."""
    heads = {column: FIELD_NAMES[name] for name, column in found.fields()}
    heads |= {found.columns[head]: head for head in (MEASURE, table.ITEM) if head in found.columns}
    places = [
        f"第{row.number}行“{head}”"
        for row in lines
        for column, head in heads.items()
        if (cell := row.cells.get(column)) and cell.kind is CellKind.FORMULA
    ]
    if places:
        more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
        where = f"工作表“{found.title}”{'、'.join(places[:_MOST_PLACES])}{more}"
        raise package.refused(
            f"含有公式（{where}）",
            "请把这些单元格改成直接填写的文字或日期（复制后选择性粘贴为“数值”），保存后再导入；"
            "WPS 中嵌入单元格的图片也是公式，请移出单元格。",
        )


def _row(
    found: FoundTable, row: SheetRow, key: ItemKey | None, said: Identity, sent: Mapping[ItemKey, SentRow]
) -> ReturnedRow:
    """Return what one item's row says."""
    told = sent.get(key) if key else None
    text = found.text(row, MEASURE)
    leading = _LEADING.match(text)
    base = told.values if told else {}
    former = base.get("deadline", "")
    around = Around(said.sent_on, _deadline(former))
    values = {
        name: _cell(found, row, name, column, base.get(name, ""), around)
        for name, column in found.fields()
        if name not in {table.FIELDS[head] for head in found.twice}
    }
    return ReturnedRow(
        row=row.number,
        key=key,
        number=told.number if told else int(leading[1]) if leading else 0,
        base_revision=told.revision if told else _revision(found.text(row, table.REVISION)),
        base_text_sha256=told.text_sha256 if told else found.text(row, table.DIGEST).strip(),
        text=text,
        base=base,
        values=values,
    )


def _cell(found: FoundTable, row: SheetRow, name: str, column: int, base: str, around: Around) -> Cell:
    """Return the answer in one cell.

    One that is covered by merged cells and empty may share the answer shown there, or have lost its own;
    whatever it is, somebody must say so.
    """
    raw = row.cells.get(column)
    area = found.covered(row.number, column) if raw is None else None
    if area is None:
        return answers.read(name, raw, base, around)
    head = FIELD_NAMES[name]
    shown = found.shown_in(area)
    if shown is not None and found.heading(area.left) in table.FIELDS:
        same = answers.read(name, shown, base, around) if area.left == column else None
        guess = (same.value or same.guess) if same else ""
        where = f"第{area.top}行" if area.top != row.number else f"“{found.heading(area.left)}”"
        question = f"“{head}”与{where}合并成了一格（“{answers.short(shown.text)}”），这一项应填什么？"
        return Cell("", None, question, guess)
    if base:
        question = f"“{head}”被合并单元格盖住，原来的“{answers.short(base)}”不见了，应填什么？"
        return Cell("", None, question)
    return answers.read(name, None, base, around)


def once(rows: Sequence[ReturnedRow]) -> tuple[ReturnedRow, ...]:
    """Return the rows, copies that say the same once; copies that differ are all refused."""
    said: dict[ItemKey | None, dict[object, tuple[str, int]]] = {}
    kept: list[ReturnedRow] = []
    for row in rows:
        ways = said.setdefault(row.key, {})
        way = (row.text, *row.values.items())
        if row.key is None or way not in ways:
            ways[way] = row.sheet, row.row
            kept.append(row)
    reasons = {key: _differing(list(ways.values())) for key, ways in said.items() if key and len(ways) > 1}
    return tuple(replace(row, refused=reasons[row.key]) if row.key in reasons else row for row in kept)


def _differing(places: Sequence[tuple[str, int]]) -> str:
    more = f"等{len(places)}" if len(places) > _MOST_PLACES else ""
    if any(sheet for sheet, _ in places):
        shown = "、".join(place(number, sheet) for sheet, number in places[:_MOST_PLACES])
        where = f"{shown}{more and f'{more}行'}"
    else:
        where = f"第{'、'.join(str(number) for _, number in places[:_MOST_PLACES])}{more}行"
    return f"{where}是同一事项而内容不同，无法判断以哪一行为准"


def _added(found: FoundTable, row: SheetRow, sent_text: str) -> str:
    """Return what a row that belongs to no item says, "" when it is one of the lines under the table.

    Some of those continue an answer that was too long for its row; ``sent_text`` is all that was sent out.
    """
    hidden = found.hidden()
    parts = [
        (found.heading(column), "（公式）" if cell.kind is CellKind.FORMULA else cell.text.strip())
        for column, cell in sorted(row.cells.items())
        if cell.text.strip() and column not in hidden
    ]
    text = "；".join(f"{head}：{words}" if head and len(parts) > 1 else words for head, words in parts)
    if len(parts) == 1 and (_OURS.match(text) or (len(text) > _LONG and text in sent_text)):
        return ""
    return text if len(text) <= _LONGEST_ADDED else f"{text[:_LONGEST_ADDED]}……（其余见原文件）"


def _notes_on_columns(found: FoundTable) -> list[str]:
    """Return in words which columns could not be read."""
    notes = [f"没有找到“{head}”一列，这一列没有读取。" for head in found.gone]
    notes += [f"“{head}”有不止一列，无法判断以哪一列为准，没有读取。" for head in found.twice]
    return notes


def _beside(found: FoundTable, row: SheetRow, evidence: str) -> list[str]:
    """Return in words what stands in a row beside the answers, under 佐证材料 and in columns of the unit's.

    ``evidence`` is what went out under 佐证材料 and is no news. Files are added, not named; and a column that
    the checklist does not have belongs to no field.
    """
    notes = []
    for column, cell in sorted(row.cells.items()):
        head = found.heading(column)
        known = head == table.EVIDENCE and cell.text.split() == evidence.split()
        if cell.text.strip() and not known and (head == table.EVIDENCE or not found.is_ours(column)):
            shown = "公式" if cell.kind is CellKind.FORMULA else f"“{answers.short(cell.text, _SHOWN_NOTE)}”"
            advice = "请另行添加佐证材料" if head == table.EVIDENCE else "清单没有这一栏，没有读取"
            where = f"“{answers.short(head)}”" if head else "表格以外"
            notes.append(f"第{row.number}行{where}写有{shown}，{advice}。")
    return notes


def _revision(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_REVISION


def _deadline(stored: str) -> Deadline:
    try:
        return deadline.parse(stored)
    except RuleError:
        return UNSTATED
