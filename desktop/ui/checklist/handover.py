"""责任人变更: who takes over which of a unit's items, the hand-over itself, and 移交单 on paper or as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.catalogue.model import Unit
from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.desk import Desk
from desktop.ui.history import steps
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.check_boxes import TickDelegate
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.items import changes
from desktop.workspace.items.model import Item
from desktop.workspace.items.rules import LIMITS

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.ui.printing.paper import Paper


EVERYBODY, NOBODY = "不分原责任人", "未填写责任人"
KEY = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class HandoverDialog(Dialog):
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
        look = self._desk.look.tokens
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
        self.list.setItemDelegate(TickDelegate(self._desk.look, self.list))
        self.list.setSpacing(look.px(2))
        for place, item in enumerate(self._items):
            row = QListWidgetItem(_named(self._desk.catalogue, item))
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
        foot = DialogFoot(self, "移交")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
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
        with QSignalBlocker(self.list):
            for at in range(self.list.count()):
                row = self.list.item(at)
                owner = self._items[row.data(KEY)].entry.owner
                wanted = place == 0 or owner == self._names[place - 1]
                row.setCheckState(CHECKED if wanted else UNCHECKED)
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


def _named(catalogue: Catalogue, item: Item) -> str:
    owner = item.entry.owner or "未填写"
    return f"{origin.item(catalogue, item)} {typeset(item.title)}　责任人：{owner}　{item.entry.status}"


def ask(desk: Desk, unit: Unit, items: Sequence[Item], window: QWidget) -> HandoverDialog:
    """Ask who takes which of ``items`` over, do it as one edit, and offer the sheet. Returns the dialog."""
    dialog = HandoverDialog(desk, unit, items, window)
    dialog.given.connect(lambda name, going: hand_over(desk, unit, name, going, window))
    dialog.open()
    return dialog


def hand_over(desk: Desk, unit: Unit, name: str, items: Sequence[Item], window: QWidget) -> None:
    """Let ``name`` answer for ``items`` and offer the sheet to be signed."""
    if desk.edit_each([item.key for item in items], {"owner": name}):
        HandedOver(desk, unit, name, items, window).open()


class HandedOver(Dialog):
    """Says what was handed over; prints the sheet, or takes the hand-over back.

    ``items`` are those that went over, as they were before.
    """

    def __init__(self, desk: Desk, unit: Unit, name: str, items: Sequence[Item], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._unit, self._name, self._before = desk, unit, name, tuple(items)
        self._made = changes.newest(desk.workspace.db)
        self.setWindowTitle("责任人变更")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = widgets.column(spacing=10, margins=(22, 20, 22, 16))
        self.setLayout(box)
        former = "、".join(dict.fromkeys(item.entry.owner or "（未填写）" for item in items))
        told = widgets.label(f"{unit.name}的 {len(items)} 项已由{former}移交给{name}。", selectable=True)
        told.setWordWrap(True)
        told.setMinimumWidth(420)
        box.addWidget(told)
        note = widgets.label("移交单列明各事项的现状，供移交人、接收人、监交人签字。", "muted", "small")
        box.addWidget(note)
        row = QHBoxLayout()
        self.undo_button = widgets.button("撤销这次移交", does=self.undo)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self.pdf_button = widgets.button("移交单存为 PDF……", does=self._ask_pdf)
        self.print_button = widgets.button("打印移交单……", "primary", does=self.print_sheet)
        self.print_button.setDefault(True)
        row.addWidget(self.pdf_button)
        row.addWidget(self.print_button)
        row.addWidget(widgets.button("关闭", does=self.accept))
        box.addSpacing(6)
        box.addLayout(row)

    @property
    def title(self) -> str:
        """Return what the sheet is called."""
        return f"{self._unit.name}-责任事项移交单-{self._desk.today():%Y%m%d}"

    def paper(self) -> Paper:
        """Return the sheet, with the items as they are now and who answered for them before."""
        from desktop.ui.printing import handover

        owners = {item.key: item.entry.owner for item in self._before}
        items = [self._desk.item(item.key) for item in self._before]
        return handover.handover(self._desk, self._unit.key, items, self._name, owners)

    def print_sheet(self) -> None:
        """Show the sheet as it will be printed."""
        from desktop.ui.printing import saving

        saving.print_document(self._desk, self, self.paper(), self.title)

    def save_pdf(self, path: Path) -> None:
        """Save the sheet as a PDF, or say what was in the way."""
        from desktop.ui.printing import saving

        saving.save(self._desk, self, self.paper(), path, self._tell_saved)

    def undo(self) -> None:
        """Take the hand-over back."""
        self.accept()
        steps.undo_change(self._desk, self._made)

    def _ask_pdf(self) -> None:
        from desktop.ui.printing import saving

        saving.ask(self._desk, self, self.paper(), self.title, self._tell_saved, "移交单存为 PDF")

    def _tell_saved(self, path: Path) -> None:
        messages.show_message(self, f"移交单已存为 {path.name}。", f"存放在 {path.parent}")
