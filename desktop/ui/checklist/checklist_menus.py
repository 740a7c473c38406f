"""The menus of the checklist's table: the statuses, and what can be done with a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.workspace.items.model import Status

if TYPE_CHECKING:
    from desktop.ui.checklist.table import ChecklistTable
    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import Item

CONFIRMING = "销号是对完成情况的确认：请先填“已完成”，再由他人核实后填“已销号”。"
ANOTHER = "换人操作时，请先在设置中改“本机使用人”。"


def status_menu(table: ChecklistTable, desk: Desk, item: Item) -> QMenu:
    """Return a menu of the five values; those that the rules do not allow now are disabled and say why."""
    menu = QMenu("状态", table)
    menu.setToolTipsVisible(True)
    for status in Status:
        action = menu.addAction(f"{status}……" if status is Status.NOT_APPLICABLE else str(status))
        action.setCheckable(True)
        action.setChecked(status is item.entry.status)
        action.triggered.connect(lambda _on, s=status: table.status_chosen.emit(item.key, s))
        if status is Status.CLOSED and (refusal := desk.closing_refusal(item)):
            claimed = item.entry.status is Status.DONE
            action.setEnabled(False)
            action.setText(f"{status}（{'须由另一人确认' if claimed else '先填已完成'}）")
            action.setToolTip(f"{refusal}。\n{CONFIRMING}{ANOTHER if claimed else ''}")
            if claimed:
                change = menu.addAction("　换人核实：设置本机使用人……", table.user_wanted.emit)
                change.setToolTip(f"{refusal}。现在的使用人是“{desk.user_name}”。")
    return menu


def row_menu(table: ChecklistTable, desk: Desk, item: Item) -> QMenu:
    """Return the menu of a row; what is said of several rows is done to those that are selected."""
    menu = QMenu(table)
    read = menu.addAction("在查阅中打开", lambda: table.opened.emit(item.key.measure_key))
    read.setEnabled(not item.orphaned)
    menu.addAction("复制措施名称", lambda: QGuiApplication.clipboard().setText(item.title))
    menu.addSeparator()
    status = menu.addMenu(status_menu(table, desk, item))
    status.setEnabled(not desk.read_only and not item.orphaned)
    many = len(table.selected_items())
    words = f"批量设置时限（已选 {many} 项）……" if many > 1 else "设置时限……"
    deadlines = menu.addAction(words, table.deadlines_wanted.emit)
    deadlines.setEnabled(many > 0 and not desk.read_only)
    menu.addSeparator()
    menu.addAction("佐证材料", table.evidence_wanted.emit)
    menu.addAction("修改记录", table.history_wanted.emit)
    return menu
