"""The menus of a checklist's rows: the statuses, and what can be done with one row or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.ui import verbs
from desktop.ui.checklist import columns
from desktop.ui.history import steps
from desktop.ui.kit import plain
from desktop.workspace.history.steps import Kind
from desktop.workspace.items.model import Status

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from desktop.ui.checklist.table import ChecklistTable
    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import Item


CONFIRMING = "销号是对完成情况的确认：请先填“已完成”，再由他人核实后填“已销号”。"
ANOTHER = "换人操作时，请先在设置中改“本机使用人”。"


def of_status(table: ChecklistTable, desk: Desk, item: Item) -> QMenu:
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
            action.setToolTip(plain.tip(f"{refusal}。\n{CONFIRMING}{ANOTHER if claimed else ''}"))
            if claimed:
                change = menu.addAction("　换人核实：设置本机使用人……", table.user_wanted.emit)
                change.setToolTip(plain.tip(f"{refusal}。现在的使用人是“{desk.user_name}”。"))
    return menu


def of_row(table: ChecklistTable, desk: Desk, index: QModelIndex) -> QMenu:
    """Return the menu of a row; what is said of several rows is done to those that are selected."""
    menu, item = QMenu(table), table.item(index.row())
    known = not item.orphaned
    read = menu.addAction("在查阅中打开", lambda: table.opened.emit(item.key.measure_key))
    read.setEnabled(known)
    menu.addSeparator()
    table.add_copying(menu, index)
    quote = verbs.line(menu, verbs.COPY_WITH_SOURCE, lambda: _quote(table, desk, item))
    quote.setEnabled(known)
    menu.addSeparator()
    fill = verbs.line(menu, verbs.EDIT_CELL, lambda: table.edit(index), "填写这一格")
    fill.setEnabled(bool(index.flags() & Qt.ItemFlag.ItemIsEditable) and index.column() != columns.STATUS)
    status = menu.addMenu(of_status(table, desk, item))
    status.setEnabled(known and not desk.read_only)
    many = len(table.selected_items())
    words = f"批量设置时限（已选 {many} 项）" if many > 1 else "设置时限"
    deadlines = verbs.line(menu, verbs.DEADLINES, table.deadlines_wanted.emit, words, asks=True)
    deadlines.setEnabled(many > 0 and not desk.read_only)
    menu.addSeparator()
    verbs.line(menu, verbs.EVIDENCE, table.evidence_wanted.emit)
    verbs.line(menu, verbs.HISTORY, table.history_wanted.emit)
    undo = verbs.line(menu, verbs.UNDO, table.undo_wanted.emit)
    undo.setEnabled(steps.can_undo(desk, Kind.ITEMS) and not desk.read_only)
    return menu


def _quote(table: ChecklistTable, desk: Desk, item: Item) -> None:
    from desktop.catalogue import quotation

    measure = desk.catalogue.measure(item.key.measure_key)
    words = quotation.with_source(desk.catalogue, (measure,), desk.today())
    QGuiApplication.clipboard().setText(words)
    table.copied.emit(f"已复制第{measure.number}条原文和出处")
