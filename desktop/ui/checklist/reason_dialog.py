"""Small pieces of the page 清单: a label that gives way, the rules, what just happened, the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot


class ReasonDialog(Dialog):
    """Asks why an item does not apply; without a reason it cannot be set so.

    Signals:
        given(str): the reason
    """

    given = Signal(str)

    def __init__(self, title: str, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("不适用理由")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(title, reason)
        self._connect()
        self._check()

    def _build(self, title: str, reason: str) -> None:
        box = widgets.column(spacing=10, margins=(20, 18, 20, 16))
        self.setLayout(box)
        head = widgets.label(f"“{title}”为什么不适用？")
        head.setWordWrap(True)
        box.addWidget(head)
        self.text = QPlainTextEdit(reason)
        self.text.setPlaceholderText("例如：本年度无此项预算安排")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("不适用理由")
        self.text.setMinimumWidth(400)
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * 4 + 20)
        box.addWidget(self.text)
        box.addWidget(widgets.label("理由必须填写，会与清单一起导出和打印。", "muted", "small"))
        foot = DialogFoot(self, "确定")
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._check)

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.text.toPlainText().strip()))

    def accept(self) -> None:
        reason = self.text.toPlainText().strip()
        if reason:
            super().accept()
            self.given.emit(reason)
