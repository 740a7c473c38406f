"""The sheets of one unit taken together: it has one for each document, and may have moved rows between them.

A row belongs to the item that its key names, on whichever sheet it stands. Where a unit has several sheets,
rows and notes say on which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.exchange.returned import rows
from desktop.exchange.returned.identity import Identity
from desktop.exchange.returned.rows import ReadChecklist
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns.returned import AddedRow, ReturnedRow


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """All that one unit's sheets say: see :class:`~desktop.workspace.returns.returned.Returned`."""

    unit_key: str
    rows: tuple[ReturnedRow, ...]
    added: tuple[AddedRow, ...]
    missing: tuple[ItemKey, ...]
    notes: tuple[str, ...]


def joined(checklists: Sequence[ReadChecklist], said: Identity) -> tuple[ReadUnit, ...]:
    """Return the checklists unit by unit, in the order of their first sheets."""
    by_unit: dict[str, list[ReadChecklist]] = {}
    for one in checklists:
        by_unit.setdefault(one.unit_key, []).append(one)
    return tuple(_joined(unit_key, sheets, said) for unit_key, sheets in by_unit.items())


def _joined(unit_key: str, sheets: Sequence[ReadChecklist], said: Identity) -> ReadUnit:
    if len(sheets) == 1:
        (one,) = sheets
        return ReadUnit(unit_key, one.rows, one.added, one.missing, (*_absent(sheets, said), *one.notes))
    found = [replace(row, sheet=sheet.title) for sheet in sheets for row in sheet.rows]
    present = {row.key for row in found}
    gone = (key for sheet in sheets for key in sheet.missing)
    return ReadUnit(
        unit_key,
        rows.once(found),
        tuple(replace(row, sheet=sheet.title) for sheet in sheets for row in sheet.added),
        tuple(key for key in dict.fromkeys(gone) if key not in present),
        (
            *_absent(sheets, said),
            *(note for sheet in sheets for note in _strays(sheet, said)),
            *(f"工作表“{sheet.title}”：{note}" for sheet in sheets for note in sheet.notes),
        ),
    )


def _absent(sheets: Sequence[ReadChecklist], said: Identity) -> list[str]:
    """Return in words of which documents that were sent to the unit not one row came back."""
    unit_key = sheets[0].unit_key
    sent = dict.fromkeys(key.document_key for key in said.rows if key.unit_key == unit_key)
    back = {row.key.document_key for sheet in sheets for row in sheet.rows if row.key}
    gone = [key for key in sent if key not in back]
    if len(sent) < 2 or not back:
        return []
    return [
        f"没有找到{_called(said, key)}的清单（工作表可能已被删去），该文件的各项没有改动。" for key in gone
    ]


def _strays(sheet: ReadChecklist, said: Identity) -> list[str]:
    """Return in words which rows stand on the sheet of another document than theirs."""
    keys = [row.key.document_key for row in sheet.rows if row.key]
    return [
        f"工作表“{sheet.title}”中有{keys.count(key)}行属于{_called(said, key)}，按所属文件读取。"
        for key in dict.fromkeys(keys)
        if key != sheet.document_key
    ]


def _called(said: Identity, document_key: str) -> str:
    return said.called.get(document_key) or "另一份文件"
