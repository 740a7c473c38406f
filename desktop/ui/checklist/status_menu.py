"""The menu of the statuses that an item may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.ui.kit import plain
from desktop.workspace.items.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import Item

CONFIRMING = "销号是对完成情况的确认：请先填“已完成”，再由他人核实后填“已销号”。"
ANOTHER = "换人操作时，请先在设置中改“本机使用人”。"


def made(
    owner: QWidget,
    desk: Desk,
    item: Item,
    chosen: Callable[[Status], object],
    change_user: Callable[[], object],
) -> QMenu:
    """Return a menu of the five values; those that the rules do not allow now are disabled and say why."""
    menu = QMenu("状态", owner)
    menu.setToolTipsVisible(True)
    for status in Status:
        action = menu.addAction(f"{status}……" if status is Status.NOT_APPLICABLE else str(status))
        action.setCheckable(True)
        action.setChecked(status is item.entry.status)
        action.triggered.connect(lambda _on, s=status: chosen(s))
        if status is Status.CLOSED and (refusal := desk.closing_refusal(item)):
            claimed = item.entry.status is Status.DONE
            action.setEnabled(False)
            action.setText(f"{status}（{'须由另一人确认' if claimed else '先填已完成'}）")
            action.setToolTip(plain.tip(f"{refusal}。\n{CONFIRMING}{ANOTHER if claimed else ''}"))
            if claimed:
                change = menu.addAction("　换人核实：设置本机使用人……", change_user)
                change.setToolTip(plain.tip(f"{refusal}。现在的使用人是“{desk.user_name}”。"))
    return menu
