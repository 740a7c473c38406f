"""The columns of a checklist on the screen, and which of its rows a filter lets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.workspace.items.deadline import UNSTATED
from desktop.workspace.items.model import Item, Light, Status


@dataclass(frozen=True, slots=True)
class ChecklistColumn:
    """One column. ``field`` is the entry's field that is edited in it, or empty.

    ``width`` is in device-independent pixels at zoom 1; a column with a ``share`` takes that part of what is
    left over, and never less than ``width``.
    """

    title: str
    field: str
    width: int
    share: int = 0


COLUMNS = (
    ChecklistColumn("序号", "", 46),
    ChecklistColumn("措施", "", 184, 5),
    ChecklistColumn("状态", "status", 82),
    ChecklistColumn("完成时限", "deadline", 98),
    ChecklistColumn("亮灯", "", 50),
    ChecklistColumn("责任人", "owner", 76, 1),
    ChecklistColumn("工作进展", "progress", 128, 7),
    ChecklistColumn("存在问题", "problems", 112, 5),
    ChecklistColumn("下一步举措", "next_step", 112, 5),
    ChecklistColumn("佐证材料", "", 108, 4),
)
_TITLES = [column.title for column in COLUMNS]
NUMBER, TITLE, STATUS, DEADLINE, LIGHT = map(_TITLES.index, ("序号", "措施", "状态", "完成时限", "亮灯"))
OWNER, PROGRESS, PROBLEMS, NEXT_STEP, EVIDENCE = map(
    _TITLES.index, ("责任人", "工作进展", "存在问题", "下一步举措", "佐证材料")
)
TEXT_COLUMNS = frozenset(
    at for at, column in enumerate(COLUMNS) if column.field not in ("", "status", "deadline")
)


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A choice in the filter above the table: its name and the rows that it lets through."""

    name: str
    lets: Callable[[Item], bool]


def _with_status(status: Status) -> RowFilter:
    return RowFilter(str(status), lambda item: item.entry.status is status)


EVERYTHING = RowFilter("全部", lambda _item: True)
ROW_FILTERS = (
    EVERYTHING,
    RowFilter("逾期", lambda item: item.light is Light.RED),
    RowFilter("临期", lambda item: item.light is Light.YELLOW),
    *(_with_status(status) for status in Status),
    RowFilter("未写明时限", lambda item: item.entry.deadline == UNSTATED),
)


def widths(room: int, zoom: Callable[[float], int]) -> list[int]:
    """Return the width of each column so that together they fill ``room`` pixels, if they can.

    ``zoom`` turns a length at zoom 1 into pixels.
    """
    least = [zoom(column.width) for column in COLUMNS]
    spare = max(0, room - sum(least))
    shares = sum(column.share for column in COLUMNS)
    made = [width + spare * column.share // shares for width, column in zip(least, COLUMNS, strict=True)]
    made[PROGRESS] += max(0, room - sum(made)) if spare else 0
    return made
