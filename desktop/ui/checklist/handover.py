"""责任人变更: who takes over, and which of a unit's items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.catalogue.model import Unit
from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.check_boxes import TickDelegate
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.workspace.items.model import Item
from desktop.workspace.items.rules import LIMITS

EVERYBODY, NOBODY = "不分原责任人", "未填写责任人"
KEY = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class HandoverDialog(QDialog):
    """Asks for a name and the items that go over.

    Signals:
        given(str, object): the new name, and the list of items as they are now
    """

    given = Signal(str, object)

    def __init__(self, desk: Desk, unit: Unit, items: Sequence[Item], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._items = desk, tuple(items)
        self.setWindowTitle("责任人变更")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(unit)
        self._connect()
        self._check()

    def _build(self, unit: Unit) -> None:
        look = self._desk.look
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        box.addWidget(widgets.label(f"{unit.name}：责任事项移交", "heading"))
        to = QHBoxLayout()
        to.addWidget(widgets.label("移交给"))
        self.name = QLineEdit()
        self.name.setPlaceholderText("新责任人姓名")
        self.name.setAccessibleName("新责任人")
        self.name.setMaxLength(LIMITS["owner"])
        to.addWidget(self.name, 1)
        box.addLayout(to)
        which = QHBoxLayout()
        which.addWidget(widgets.label("移交哪些事项", "section"))
        self.owners = ChoiceButton("原责任人")
        self._names = list(dict.fromkeys(item.entry.owner for item in self._items))
        self.owners.offer([EVERYBODY, *(name or NOBODY for name in self._names)])
        which.addStretch(1)
        which.addWidget(self.owners)
        box.addLayout(which)
        self.list = QListWidget()
        self.list.setAccessibleName("移交的事项")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setItemDelegate(TickDelegate(self._desk, self.list))
        self.list.setSpacing(look.px(2))
        for place, item in enumerate(self._items):
            row = QListWidgetItem(_named(item))
            row.setData(KEY, place)
            row.setCheckState(CHECKED)
            self.list.addItem(row)
        self.list.setMinimumHeight(look.px(120))
        frame = widgets.frame("card")
        inside = widgets.column(margins=(6, 6, 6, 6))
        inside.addWidget(self.list)
        frame.setLayout(inside)
        box.addWidget(frame, 1)
        self.told = widgets.label("", "muted", "small")
        self.told.setWordWrap(True)
        box.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(widgets.button("取消", does=self.reject))
        self.ok_button = widgets.button("移交", "primary", does=self.accept)
        self.ok_button.setDefault(True)
        buttons.addWidget(self.ok_button)
        box.addLayout(buttons)
        widgets.resize_within(self, look.px(560), look.px(480))

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check)
        self.list.itemChanged.connect(self._check)
        self.owners.chosen.connect(self._choose_owner)

    def chosen(self) -> list[Item]:
        """Return the items that are ticked."""
        rows = (self.list.item(at) for at in range(self.list.count()))
        return [self._items[row.data(KEY)] for row in rows if row.checkState() is CHECKED]

    def going(self) -> list[Item]:
        """Return the ticked items whose person really changes."""
        name = self.name.text().strip()
        return [item for item in self.chosen() if item.entry.owner != name]

    def _choose_owner(self, place: int) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            row = self.list.item(at)
            owner = self._items[row.data(KEY)].entry.owner
            wanted = place == 0 or owner == self._names[place - 1]
            row.setCheckState(CHECKED if wanted else UNCHECKED)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._check()

    def _check(self) -> None:
        name, chosen, going = self.name.text().strip(), self.chosen(), self.going()
        self.ok_button.setEnabled(bool(name and going))
        already = len(chosen) - len(going)
        if name and already:
            told = f"已选 {len(chosen)} 项，其中 {already} 项的责任人本来就是{name}，不再变更。"
        else:
            told = f"已选 {len(chosen)} 项。"
        self.told.setText(f"{told}移交记为一次改动，可以一次撤销；移交后可打印移交单签字。")

    def accept(self) -> None:
        name, going = self.name.text().strip(), self.going()
        if name and going:
            super().accept()
            self.given.emit(name, going)


def _named(item: Item) -> str:
    owner = item.entry.owner or "未填写"
    return f"第{item.number}条 {typeset(item.title)}　责任人：{owner}　{item.entry.status}"
