"""批量设置时限: one deadline for the rows that were chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.checklist.deadline_picker import DeadlineChoice
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.items import deadline
from desktop.workspace.items.model import Item

MOST_NAMED = 5


class DeadlineDialog(Dialog):
    """Asks for a deadline and says what it replaces.

    Signals:
        given(str): the deadline as it is stored
    """

    given = Signal(str)

    def __init__(self, desk: Desk, items: Sequence[Item], parent: QWidget) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        self.setWindowTitle("批量设置时限" if len(items) > 1 else "设置时限")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(desk)
        self._connect()
        self._check()

    def _build(self, desk: Desk) -> None:
        look = desk.look.tokens
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        many = f"为选中的 {len(self._items)} 项设置完成时限" if len(self._items) > 1 else "设置完成时限"
        box.addWidget(widgets.label(many, "heading"))
        told = widgets.label(_named(desk.catalogue, self._items), "muted")
        told.setWordWrap(True)
        box.addWidget(told)
        known = {item.entry.deadline for item in self._items}
        self.choice = DeadlineChoice(known.pop() if len(known) == 1 else deadline.UNSTATED, look)
        if self.choice.value() == deadline.UNSTATED:
            self.choice.choose(deadline.DeadlineKind.DAY)
        box.addWidget(self.choice, 1)
        self._replaces = widgets.label("", "small")
        self._replaces.setWordWrap(True)
        box.addWidget(self._replaces)
        foot = DialogFoot(self, "确定")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.setMinimumWidth(look.px(400))

    def _connect(self) -> None:
        self.choice.changed.connect(self._check)

    def _check(self) -> None:
        chosen = self.choice.value()
        self.ok_button.setEnabled(chosen is not None)
        held = [item for item in self._items if item.entry.deadline not in (deadline.UNSTATED, chosen)]
        words = "时段的开始日期和结束日期都要填，开始不晚于结束。" if chosen is None else ""
        if chosen is not None and held:
            words = f"其中 {len(held)} 项已有别的时限，将被替换；可以撤销。"
        self._replaces.setText(words)
        widgets.set_look(self._replaces, "muted", chosen is not None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choice.focus()

    def accept(self) -> None:
        chosen = self.choice.value()
        if chosen is not None:
            super().accept()
            self.given.emit(chosen.stored)


def _named(catalogue: Catalogue, items: Sequence[Item]) -> str:
    if len(items) == 1:
        return f"{origin.item(catalogue, items[0])} {typeset(items[0].title)}"
    numbers = "、".join(origin.item(catalogue, item) for item in items[:MOST_NAMED])
    return f"{numbers}等" if len(items) > MOST_NAMED else numbers
