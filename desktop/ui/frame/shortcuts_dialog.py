"""The page under F1: every key of :mod:`desktop.ui.verbs`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import verbs
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.verbs import Verb

COLUMNS = 3


class ShortcutsDialog(Dialog):
    """Lists the shortcuts in columns of groups; scrolls where the window is too low for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        canvas.setLayout(_columns())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(canvas)
        room = parent.window().size() if parent is not None else canvas.sizeHint()
        need = canvas.sizeHint()
        area.setMinimumSize(
            min(need.width() + 16, room.width() - 80), min(need.height(), room.height() - 160)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 16)
        layout.setSpacing(20)
        layout.addWidget(area)
        layout.addLayout(DialogFoot(self, "关闭", cancel=""))


def _columns() -> QHBoxLayout:
    """Return all groups, the longest first, each in the column that is the shortest so far."""
    groups: dict[str, list[Verb]] = {}
    for verb in verbs.EVERY:
        if verb.keys:
            groups.setdefault(verb.group, []).append(verb)
    columns = [widgets.column(spacing=16) for _ in range(COLUMNS)]
    filled = [0] * COLUMNS
    for title, of_group in sorted(groups.items(), key=lambda group: -len(group[1])):
        into = filled.index(min(filled))
        columns[into].addLayout(_group(title, of_group))
        filled[into] += len(of_group) + 2
    row = QHBoxLayout()
    row.setSpacing(36)
    for column in columns:
        column.addStretch(1)
        row.addLayout(column)
    return row


def _group(title: str, of_group: list[Verb]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.addWidget(widgets.label(title, "section"), 0, 0, 1, 2)
    for row, each in enumerate(of_group, start=1):
        keys = widgets.label("  或  ".join(each.readable_keys), "muted")
        grid.addWidget(keys, row, 0)
        grid.addWidget(widgets.label(each.words), row, 1)
    grid.setColumnMinimumWidth(0, 110)
    grid.setColumnStretch(1, 1)
    return grid
