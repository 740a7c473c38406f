"""导入回填 and 继续决定 at the size of the window: first the preview, then, once confirmed, the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.ui import verbs
from desktop.ui.intake import writing
from desktop.ui.intake.draft import Draft
from desktop.ui.intake.preview import IntakePreview
from desktop.ui.intake.receipt_view import ReceiptView
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.jobs import JobRun
from desktop.ui.kit.widgets import ElidedLabel, fill
from desktop.workspace.returns import open_questions
from desktop.workspace.returns.open_questions import OpenScope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import ItemKey
    from desktop.workspace.returns.plans import Plan
    from desktop.workspace.returns.receipts import Receipt


TITLE = "导入回填"


class IntakeDialog(Dialog):
    """Decides on planned workbooks, takes them in and shows the receipt.

    Attributes: ``preview`` of what is not taken in yet, ``receipt`` of what was.

    Signals:
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
        taken(object): the :class:`Receipt` of an import that was just written
    """

    wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, desk: Desk, plans: Sequence[Plan], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run = JobRun(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(self, parent)
        self._build()
        self._connect()
        self._take_look()
        self.show_plans(plans)

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """Show what would become of these workbooks."""
        self._draft = Draft(self._desk, plans, self)
        self.setWindowTitle(verbs.DECIDE.words if self._draft.again else TITLE)
        self.preview = IntakePreview(self._desk, self._draft)
        self.preview.confirmed.connect(self.confirm)
        self.preview.left.connect(self.reject)
        self.preview.wanted.connect(self._go)
        self._stack.addWidget(self.preview)
        self._stack.setCurrentWidget(self.preview)
        self.preview.panes.table.setFocus()

    @property
    def _scope(self) -> OpenScope:
        """Return where to look for what these workbooks left open."""
        return OpenScope(files=tuple(plan.file.file_sha256 for plan in self._draft.plans))

    def confirm(self) -> None:
        """Save a backup, then take in what was planned and decided."""
        if not self._run.running and self._draft.worth_taking and not self._desk.read_only:
            self._run.begin(writing.backing_up(self._desk), writing.BACKUP, quick=True)

    def _take_in(self) -> None:
        made = writing.take_in(self._desk, self._draft.plans)
        if made is not None:
            self._show_result(made)
            self.taken.emit(made)

    def _show_result(self, made: Receipt) -> None:
        self.receipt.show_receipt(made)
        done = "已经记下所做的决定" if self._draft.again else "已经并入"
        words = f"{done}，回执已保存在“导入记录”中。" if made.id else "没有可以并入的内容，什么也没有改变。"
        if left := self._offer():
            words = f"{done}。还有 {left} 处没有决定，暂时保留本库内容，可以现在继续决定。"
        self._said.setText(words)
        self._stack.setCurrentWidget(self._done)
        self.close_button.setFocus()

    def _offer(self) -> int:
        """Offer to go on where something is left to be decided; return on how much."""
        left = open_questions.count(self._desk.workspace.db, self._scope)
        self.go_on_button.setVisible(bool(left))
        return left

    def _go_on(self) -> None:
        """Decide on what was left open, by what stands in the workspace now."""
        self.show_plans(writing.plan_again(self._desk, self._scope))

    def reject(self) -> None:
        """Leave; what was chosen and not taken in is given up only when the user says so."""
        if self._stack.currentWidget() is self.preview and self._draft.decided:
            words, more = "放弃这次导入？", "已做的选择不会保留；工作簿原样不动，可以重新导入。"
            if self._draft.again:
                words, more = "放弃这次所做的选择？", "各处仍是待决定，以后可以继续决定。"
            messages.ask(self, words, more, "放弃", "继续处理", lambda: self.done(0))
        else:
            super().reject()

    def _go(self, key: ItemKey) -> None:
        self.accept()
        self.wanted.emit(key)

    def _build(self) -> None:
        box = widgets.column()
        self.setLayout(box)
        self._stack = QStackedWidget()
        box.addWidget(self._stack)
        self._done = QWidget()
        inside = widgets.column()
        self._done.setLayout(inside)
        self.receipt = ReceiptView(self._desk, decides=False)
        inside.addWidget(self.receipt, 1)
        foot, self._foot = widgets.frame("surface", edge="top"), QHBoxLayout()
        foot.setLayout(self._foot)
        self._said = ElidedLabel("muted")
        self.go_on_button = widgets.button(verbs.DECIDE.words, does=self._go_on)
        self.close_button = widgets.button("完成", "primary", does=self.accept)
        self.close_button.setDefault(True)
        self._foot.addWidget(self._said, 1)
        self._foot.addWidget(self.go_on_button)
        self._foot.addWidget(self.close_button)
        inside.addWidget(foot)
        self._stack.addWidget(self._done)

    def _connect(self) -> None:
        self._run.done.connect(self._take_in)
        self.receipt.wanted.connect(self._go)
        self.receipt.undone.connect(self._offer)
        self._desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._foot.setContentsMargins(px(16), px(8), px(16), px(8))
        self._foot.setSpacing(px(8))
