"""One unit's checklist as a sheet: the head, the table to fill in, the rules under it.

Columns A to M are for people. N to P are hidden and say which row this is when the sheet comes back, whatever
was sorted or inserted: the item's key, the revision of the entry, the hash of the measure's text.
"""

from __future__ import annotations

from desktop.exchange.sheets.layout import SheetColumn
from desktop.workspace.items.model import FIELD_NAMES

MEASURE = "措施"
COLUMNS = (
    SheetColumn("序号", 4.5, 4.5),
    SheetColumn("类别", 9, 7.5),
    SheetColumn(MEASURE, 36, 26),
    SheetColumn("责任单位", 11, 9),
    SheetColumn("完成时限", 12, 12),
    SheetColumn("状态", 8, 8),
    SheetColumn("责任人", 7.5, 7.5),
    SheetColumn("工作进展", 16.5, 10),
    SheetColumn("存在问题", 12, 7.5),
    SheetColumn("下一步举措", 12, 7.5),
    SheetColumn("佐证材料", 8, 6.5),
    SheetColumn("不适用理由", 7, 7),
    SheetColumn("亮灯", 4.5, 4.5),
)
HIDDEN = ("事项标识", "基准版本", "原文校验码")


def number(title: str) -> int:
    """Return where the column of that title stands, from 1."""
    return [column.title for column in COLUMNS].index(title) + 1


STATUS_COLUMN, DEADLINE_COLUMN = number(FIELD_NAMES["status"]), number(FIELD_NAMES["deadline"])
