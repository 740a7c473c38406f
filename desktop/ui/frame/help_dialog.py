"""快捷键: the three steps of a round, and every key of :mod:`desktop.ui.verbs`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import verbs
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.verbs import Verb

COLUMNS = 3
SPACING, AROUND, INSIDE = 36, 80, 8

#: The way of a round: its name, what is done, and the verb that begins it.
STEPS = (
    (
        "一、发出",
        "点“发给各单位填报”新建一轮：选责任单位，定反馈时限，为每个单位写好一份带填写说明的工作簿，发给他们填。",
        verbs.NEW_ROUND,
    ),
    (
        "二、收回",
        "把交回的工作簿拖到窗口上，或用“导入回填”。逐处比对，拿不准的先问；确认以后才写入，可以整次撤销。",
        verbs.IMPORT,
    ),
    (
        "三、上报",
        "在“总览”看进展、逾期和未交回的单位。“导出台账”得到全部事项、汇总和改动；清单可以打印或存为 PDF。",
        verbs.LEDGER,
    ),
)


class HelpDialog(Dialog):
    """Says how a round goes, then lists the keys by groups; scrolls where the window is too low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = widgets.room_of(self)
        canvases = (_canvas(columns) for columns in range(COLUMNS, 0, -1))
        canvas = next(
            (made for made in canvases if made.sizeHint().width() + AROUND <= room.width()), _canvas(1)
        )
        area = QScrollArea()
        area.setAccessibleName("快捷键")
        area.setWidgetResizable(True)
        area.setWidget(canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(20)
        layout.addWidget(area)
        layout.addLayout(DialogFoot(self, "关闭", cancel=""))
        need = canvas.sizeHint()
        widgets.resize_within(self, need.width() + AROUND, need.height() + 2 * AROUND)


def _canvas(columns: int) -> QWidget:
    """Return all that there is to say, in so many columns."""
    canvas = QWidget()
    canvas.setObjectName("canvas")
    content = widgets.column(spacing=16, margins=(INSIDE, INSIDE, INSIDE, INSIDE))
    content.addLayout(_steps(COLUMNS if columns > 1 else 1))
    content.addLayout(_columns(columns))
    canvas.setLayout(content)
    return canvas


def _steps(columns: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(SPACING // 3)
    for at, (title, told, verb) in enumerate(STEPS):
        text = widgets.label(told)
        text.setWordWrap(True)
        text.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # keys say how wide it is
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        keys = widgets.label(f"{verb.words}：{verb.readable_keys[0]}", "muted")
        card = widgets.frame("card")
        step = widgets.column(spacing=4, margins=(16, 10, 16, 10))
        for each in (widgets.label(title, "heading"), text, keys):
            step.addWidget(each)
        step.setStretch(1, 1)
        card.setLayout(step)
        grid.addWidget(card, at // columns, at % columns)
    return grid


def _columns(count: int) -> QHBoxLayout:
    """Return all groups, the longest first, each in the column that is the shortest so far."""
    groups: dict[str, list[Verb]] = {}
    for verb in verbs.EVERY:
        if verb.keys:
            groups.setdefault(verb.group, []).append(verb)
    columns = [widgets.column(spacing=16) for _ in range(count)]
    filled = [0] * count
    for title, of_group in sorted(groups.items(), key=lambda group: -len(group[1])):
        into = filled.index(min(filled))
        columns[into].addLayout(_group(title, of_group))
        filled[into] += len(of_group) + 2
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    for column in columns:
        column.addStretch(1)
        row.addLayout(column, 1)
    return row


def _group(title: str, of_group: list[Verb]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.addWidget(widgets.label(title, "section"), 0, 0, 1, 2)
    for row, each in enumerate(of_group, start=1):
        keys = widgets.label("  或  ".join(each.readable_keys), "muted")
        grid.addWidget(keys, row, 0)
        grid.addWidget(widgets.label(each.words), row, 1)
    grid.setColumnMinimumWidth(0, 110)
    grid.setColumnStretch(1, 1)
    return grid
