"""导入记录: every import with its receipt, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from desktop.ui import verbs
from desktop.ui.intake import outcomes
from desktop.ui.intake.receipt_view import ReceiptView
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.widgets import fill
from desktop.workspace import words
from desktop.workspace.returns import receipts

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import ItemKey


class ReceiptDialog(Dialog):
    """Shows one receipt at a time, the one that is chosen in the list above it.

    Signals:
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
        import_asked(): there is no import yet, and the user wants one
        decide_asked(int): the id of an import, on whose open questions the user wants to decide
    """

    wanted = Signal(object)
    import_asked = Signal()
    decide_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("导入记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(self, parent)
        self._build()
        self._connect()
        self._take_look()
        self._take()

    def _take(self) -> None:
        """Take the imports from the workspace in figures, and keep the place in the list."""
        place = max(self.choice.currentIndex(), 0)
        self._imports = receipts.heads(self._desk.workspace.db)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for one in self._imports:
                gone = "（已撤销）" if one.undone_at else ""
                told = outcomes.receipt(one)
                self.choice.addItem(f"第 {one.id} 号 · {words.moment(one.at)} · {told}{gone}")
            self.choice.setCurrentIndex(min(place, len(self._imports) - 1))
        self._show(self.choice.currentIndex())
        self._stack.setCurrentWidget(self.view if self._imports else self._empty)
        self.choice.setVisible(bool(self._imports))
        self._head.setStretch(0, 0 if self._imports else 1)

    def _show(self, place: int) -> None:
        """Take the receipt of an import from the workspace and show it."""
        if 0 <= place < len(self._imports):
            self.view.show_receipt(receipts.receipt(self._desk.workspace.db, self._imports[place].id))

    def _build(self) -> None:
        box = widgets.column()
        self.setLayout(box)
        head, self._head = widgets.frame("surface", edge="bottom"), QHBoxLayout()
        head.setLayout(self._head)
        self.choice = QComboBox()
        self.choice.setAccessibleName("导入记录")
        self.choice.setMinimumContentsLength(20)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._head.addWidget(widgets.label("导入记录", "section"))
        self._head.addWidget(self.choice, 1)
        self.close_button = widgets.button("关闭", does=self.reject)
        self._head.addWidget(self.close_button)
        self.view = ReceiptView(self._desk)
        self._empty = EmptyCard(self._desk.look)
        text = (
            f"把各单位交回的工作簿拖到窗口上，或按 {verbs.IMPORT.keys[0]} 选择文件；"
            "每次导入都会在这里留下回执。"
        )
        self._empty.say(
            "还没有导入过", text, drawing="folder", action="" if self._desk.read_only else "导入回填"
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        box.addWidget(head)
        box.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._show)
        self.view.undone.connect(self._take)
        self.view.wanted.connect(self._go)
        self.view.decide_asked.connect(self._decide)
        self._empty.asked.connect(self._ask)
        self._desk.look.changed.connect(self._take_look)

    def _go(self, key: ItemKey) -> None:
        self.accept()
        self.wanted.emit(key)

    def _decide(self, intake_id: int) -> None:
        self.accept()
        self.decide_asked.emit(intake_id)

    def _ask(self) -> None:
        self.accept()
        self.import_asked.emit()

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._head.setContentsMargins(px(16), px(8), px(16), px(8))
        self._head.setSpacing(px(10))
