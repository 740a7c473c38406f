"""Small pieces of the page 清单: a label that gives way, the rules, what just happened, the reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.look import Tokens
from desktop.workspace.items.model import FIELD_NAMES, Light


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where the room does not suffice."""

    def __init__(self, *looks: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        for look in looks:
            self.setProperty(look, True)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        fitting = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
        self.setToolTip(self.text() if fitting != self.text() else "")


class RuleLine(QFrame):
    """Under the table: what the lights mean, and the keys of the editors."""

    CHOSEN = "已选 {} 项 · Ctrl+T 批量设置时限"
    KEYS = "回车或 F2 编辑 · Tab 下一格 · Shift+回车 换行 · 边录边存"
    READ_ONLY = "本窗口为只读，只能查看和导出"

    def __init__(self, read_only: bool) -> None:
        super().__init__()
        self.setProperty("surface", True)
        self.setProperty("edge", "top")
        self._rules = ""
        self._read_only = read_only
        self._row = QHBoxLayout(self)
        self._lights = QLabel()
        self._lights.setTextFormat(Qt.TextFormat.RichText)
        self._lights.setMinimumWidth(1)  # cut off rather than widen the window at a large zoom
        self._lights.setProperty("muted", True)
        self._lights.setProperty("small", True)
        self._keys = ElidedLabel("muted", "small")
        self._keys.setText(self.READ_ONLY if read_only else self.KEYS)
        self._row.addWidget(self._lights)
        self._row.addStretch(1)
        self._row.addWidget(self._keys)

    def text(self) -> str:
        """Return the words of the line, without their looks."""
        return f"{self._rules} {self._keys.text()}"

    def show_chosen(self, many: int) -> None:
        """Say how many rows are selected when there are several."""
        self._keys.setText(
            self.READ_ONLY if self._read_only else self.CHOSEN.format(many) if many > 1 else self.KEYS
        )
        self._make_room()

    def show_rules(self, look: Tokens, near_days: int) -> None:
        """Say the rules of the lights in the colours of the look."""
        rules = {
            Light.RED: "已过完成时限",
            Light.YELLOW: f"{near_days}天内到期" if near_days else "当天到期",
            Light.GREEN: "按期或已完成",
            Light.GREY: "不适用；长期和未写明不亮灯",
        }
        self._rules = " ".join(f"{light}：{words}" for light, words in rules.items())
        told = (
            f'<span style="color:{look.light(light)}">●</span> {light}：{words}'
            for light, words in rules.items()
        )
        self._lights.setText("&nbsp;&nbsp;&nbsp;".join(told))
        self._row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        self._row.setSpacing(look.px(16))
        self._make_room()

    def _make_room(self) -> None:
        """Leave the keys out where they would push the rules aside."""
        margins = self._row.contentsMargins()
        need = self._lights.sizeHint().width() + self._keys.sizeHint().width() + 2 * self._row.spacing()
        self._keys.setVisible(self.width() >= need + margins.left() + margins.right())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()


class NoticeStrip(QFrame):
    """A line above the table that says what just happened, with up to two things to do about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self.words = ElidedLabel()
        self._row.addWidget(self.words, 1)
        self._actions = QHBoxLayout()
        self._row.addLayout(self._actions)
        self.close_button = widgets.button("关闭", "quiet", does=self.hide)
        self._row.addWidget(self.close_button)
        self.hide()

    def tell(self, words: str, **actions: Callable[[], object]) -> None:
        """Show ``words`` with a button for each of ``actions``, named by its label."""
        widgets.clear(self._actions)
        self.words.setText(words.replace("\n", " "))
        self._buttons = {name: widgets.button(name, "quiet", does=does) for name, does in actions.items()}
        for button in self._buttons.values():
            self._actions.addWidget(button)
        self.show()

    def tell_bad_date(self, text: str) -> None:
        """Say that a deadline was left as it was."""
        self.tell(f"“{text}”不是日期，完成时限没有改动。可写成 2026-12-31 或 2026年12月31日。")

    def tell_refused(self, number: int, values: dict[str, str], retry: Callable[[], object]) -> None:
        """Say that ``values`` of measure ``number`` were not written; they can be tried again or copied."""

        def again() -> None:
            self.hide()
            retry()

        names, text = "、".join(FIELD_NAMES[field] for field in values), "\n".join(values.values())
        self.tell(
            f"第{number}条{names}没有保存：“{text}”",
            再试一次=again,
            复制内容=lambda: QGuiApplication.clipboard().setText(text),
        )

    def button(self, name: str) -> QPushButton:
        """Return the button of one of the actions shown."""
        return self._buttons[name]

    def apply_look(self, look: Tokens) -> None:
        """Take sizes from the look."""
        self._row.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        self._row.setSpacing(look.px(10))


class ReasonDialog(QDialog):
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
        self.text.setMinimumWidth(400)
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * 4 + 20)
        box.addWidget(self.text)
        box.addWidget(widgets.label("理由必须填写，会与清单一起导出和打印。", "muted", "small"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widgets.button("取消", does=self.reject))
        self.ok_button = widgets.button("确定", "primary", does=self.accept)
        row.addWidget(self.ok_button)
        box.addLayout(row)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._check)

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.text.toPlainText().strip()))

    def accept(self) -> None:
        reason = self.text.toPlainText().strip()
        if reason:
            super().accept()
            self.given.emit(reason)
