"""A dialog that asks for a reason, and lets nobody go on without one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot

LINES, WIDE = 4, 420


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """What the reason is called, the question, an example, what becomes of it, the button."""

    name: str
    question: str
    example: str
    note: str
    does: str = "确定"


class AskedReason(Dialog):
    """Signals:

    given(str): the reason
    """

    given = Signal(str)

    def __init__(self, words: ReasonWords, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(words, reason)
        self.text.textChanged.connect(self._check)
        self._check()

    def _build(self, words: ReasonWords, reason: str) -> None:
        box = widgets.column(spacing=10, margins=(20, 18, 20, 16))
        self.setLayout(box)
        head = widgets.label(words.question)
        head.setWordWrap(True)
        box.addWidget(head)
        self.text = QPlainTextEdit(reason)
        self.text.setPlaceholderText(words.example)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(words.name)
        self.text.setMinimumWidth(WIDE)
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * LINES + 20)
        box.addWidget(self.text)
        box.addWidget(widgets.label(words.note, "muted", "small"))
        foot = DialogFoot(self, words.does)
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.text.toPlainText().strip()))

    def accept(self) -> None:
        reason = self.text.toPlainText().strip()
        if reason:
            super().accept()
            self.given.emit(reason)
