"""更正 of a final record: the reason asked for first, and the corrections so far as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace import words
from desktop.workspace.visits.model import field_words

if TYPE_CHECKING:
    from desktop.workspace.visits.model import Correction, Visit

LINES = 4


class CorrectionDialog(Dialog):
    """Asks why a final record is to be changed.

    Signals:
        given(str): the reason
    """

    given = Signal(str)

    def __init__(self, visit: Visit, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("更正走访记录")
        self._build(visit)
        self.text.textChanged.connect(self._check)
        self._check()

    def _build(self, visit: Visit) -> None:
        box = widgets.column(spacing=10, margins=(20, 18, 20, 16))
        self.setLayout(box)
        head = widgets.label(f"{visit.number}已定稿。为什么要更正？")
        head.setWordWrap(True)
        box.addWidget(head)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("更正理由")
        self.text.setPlaceholderText("例如：企业来电说明参加人姓名有误")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumWidth(420)
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * LINES + 20)
        box.addWidget(self.text)
        box.addWidget(widgets.label("理由必须填写。更正前的内容保留，可以查到。", "muted", "small"))
        foot = DialogFoot(self, "开始更正")
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.text.toPlainText().strip()))

    def accept(self) -> None:
        reason = self.text.toPlainText().strip()
        if reason:
            super().accept()
            self.given.emit(reason)


def told(correction: Correction) -> str:
    """Return a correction as a line: when, who, what and why."""
    fields = "、".join(dict.fromkeys(map(field_words, correction.fields)))
    return f"{words.moment(correction.at)}　{correction.by}更正{fields}：{correction.reason}"
