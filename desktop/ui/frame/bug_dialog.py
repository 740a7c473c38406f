"""What the user is told of a mistake of the program, with a report to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import TITLE
from desktop.ui.kit import icons, messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.look import look_of

HAPPENED = "程序出现意外错误，刚才的操作可能没有完成。"
SAVED = "已录入的内容都已保存，可以继续使用。"
NOT_SAVED = "最后录入的一处没有保存，请先把它复制到别处；此前录入的内容都已保存。"
TO_DO = (
    "请复制下面的报告发给维护人员，并说明当时在做什么。报告中没有姓名、电话和填报的内容。"
    "同样的错误再次出现时，请关闭程序后重新打开。"
)


class BugDialog(Dialog):
    """Says what happened, whether what was entered is saved, and what to do; does not block."""

    def __init__(self, report: str, saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(report, SAVED if saved else NOT_SAVED)

    def add(self, report: str) -> None:
        """Put a further mistake below those that the report has."""
        self.report.appendPlainText(f"\n{report}")

    def _build(self, report: str, saved: str) -> None:
        mark = widgets.label()
        red = look_of(self).red
        mark.setPixmap(icons.pixmap("warning", red, 28, self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = widgets.column(spacing=8)
        for words, look in ((HAPPENED + saved, ()), (TO_DO, ("muted",))):
            line = widgets.label(words, *look, selectable=True)
            line.setWordWrap(True)
            line.setMinimumWidth(480)
            said.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(mark)
        head.addLayout(said, 1)
        self.report = messages.copyable(report, "错误报告")
        self.report.setMinimumHeight(200)
        copy = messages.copy_button("复制报告", self.report)
        box = widgets.column(spacing=16, margins=(22, 20, 22, 16))
        box.addLayout(head)
        box.addWidget(self.report, 1)
        foot = DialogFoot(self, "继续使用", copy, cancel="")
        box.addLayout(foot)
        self.setLayout(box)
        foot.focus_default()
