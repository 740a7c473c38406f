"""The head of a record: whose it is, whether it is saved, and what can be done with the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.catalogue.validity import date_words
from desktop.ui import verbs
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.visits.record_correction import told
from desktop.workspace.visits.model import VisitState

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look
    from desktop.workspace.visits.model import Visit


_NEXT = {VisitState.PLANNED: "开始走访", VisitState.DRAFT: "定稿", VisitState.FINAL: "更正……"}


class RecordHead(QWidget):
    """Title, buttons, and the corrections so far.

    Signals:
        back_asked(), print_asked(), files_asked(), finish_asked(): a button was pressed
    """

    back_asked = Signal()
    print_asked = Signal()
    files_asked = Signal()
    finish_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._build()
        look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        box = widgets.column(spacing=4)
        self.setLayout(box)
        self._row = QHBoxLayout()
        self.back_button = widgets.button("← 返回", "quiet", does=self.back_asked.emit, tip="返回企业（Esc）")
        self._about = ElidedLabel("muted")
        self.print_button = widgets.button("打印签字页", does=self.print_asked.emit)
        self.files_button = widgets.button("附件", does=self.files_asked.emit)
        self.finish_button = widgets.button(
            "定稿", "primary", does=self.finish_asked.emit, tip=verbs.FINISH_VISIT.hint
        )
        self._row.addWidget(self.back_button)
        self._row.addWidget(widgets.label("走访记录", "heading"))
        self._row.addWidget(self._about, 1)
        for button in (self.print_button, self.files_button, self.finish_button):
            self._row.addWidget(button)
        box.addLayout(self._row)
        self.corrections = widgets.label("", "muted", "small", selectable=True)
        self.corrections.setWordWrap(True)
        box.addWidget(self.corrections)

    def show_visit(self, visit: Visit, firm: str, *, correcting: bool, held: bool) -> None:
        """Show whose record it is and how it stands; ``held``: something of it is not on the disk yet."""
        day = date_words(visit.day) if visit.day else ""
        state = _state(visit, correcting=correcting, held=held)
        self._about.setText(" · ".join(filter(None, (firm, day, state, visit.number))))
        count = len(visit.files)
        self.files_button.setText(f"附件 {count}" if count else "附件")
        self.finish_button.setText("完成更正" if correcting else _NEXT[visit.state])
        self.corrections.setText("\n".join(map(told, visit.corrections)))
        self.corrections.setVisible(bool(visit.corrections))

    def _take_look(self) -> None:
        px = self._look.tokens.px
        self._row.setSpacing(px(8))
        for button in (self.back_button, self.print_button, self.files_button, self.finish_button):
            button.setMinimumHeight(px(TOUCH))


def _state(visit: Visit, *, correcting: bool, held: bool) -> str:
    if correcting:
        return "正在更正，按“完成更正”保存"
    if visit.is_final:
        return "已定稿，只读"
    if held:
        return "正在保存……"
    return "计划，边录边存" if visit.state is VisitState.PLANNED else "草稿，边录边存"
