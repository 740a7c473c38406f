"""The steps of the wizard in one line: which is done, which is shown, which comes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop.ui.kit import plain
from desktop.ui.kit.look import Look
from desktop.ui.kit.style_sheet import TARGET

DOT = 20
GAP = 26


class StepButton(QAbstractButton):
    """A step: a number in a circle, or a tick, and its name, which gives way where there is no room."""

    def __init__(self, look: Look, number: int, name: str) -> None:
        super().__init__()
        self._look, self._number, self.step_name = look, number, name
        self.is_done = self.is_short = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain.tip(name))

    def take(self, *, done: bool, shown: bool, reachable: bool) -> None:
        """Take how the step stands."""
        self.is_done = done
        self.setChecked(shown)
        self.setEnabled(reachable)
        stands = "，正在这一步" if shown else "，已看过" if done else ""
        self.setAccessibleName(f"第{self._number}步：{self.step_name}{stands}")
        self.updateGeometry()
        self.update()

    def wide(self, *, short: bool) -> int:
        """Return how many pixels it takes with its name or without."""
        look = self._look.tokens
        name = (
            0 if short else QFontMetrics(look.font(bold=True)).horizontalAdvance(self.step_name) + look.px(6)
        )
        return max(look.px(DOT) + name + look.px(10), TARGET)

    def sizeHint(self) -> QSize:
        short = self.is_short and not self.isChecked()
        return QSize(self.wide(short=short), max(self._look.tokens.px(DOT + 10), TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, left = look.px(DOT), look.px(4)
        circle = QRectF(left, (self.height() - side) / 2, side, side)
        shown = self.isChecked()
        ground = look.accent if shown else look.green if self.is_done else look.track
        ink = look.accent_text if shown or self.is_done else look.muted
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(circle)
        painter.setPen(QColor(ink))
        painter.setFont(look.font(0.9, bold=True))
        mark = "✓" if self.is_done and not shown else str(self._number)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, mark)
        if not self.is_short or shown:
            painter.setPen(QColor(look.accent if shown else look.text if self.is_done else look.muted))
            painter.setFont(look.font(bold=shown))
            room = QRectF(circle.right() + look.px(6), 0, self.width() - circle.right(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.step_name)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


class StepRail(QWidget):
    """The steps side by side.

    Signals:
        wanted(int): the place of the step that was pressed
    """

    wanted = Signal(int)

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.buttons = [StepButton(look, number, name) for number, name in enumerate(names, 1)]
        for at, button in enumerate(self.buttons):
            self._row.addWidget(button)
            button.clicked.connect(lambda _on=False, at=at: self.wanted.emit(at))
        self._row.addStretch(1)
        look.changed.connect(self._fit)

    def show_step(self, shown: int, done: int, reachable: bool) -> None:
        """Show which step one is at; those before ``done`` were seen, others can be reached if so."""
        for at, button in enumerate(self.buttons):
            button.take(done=at < done and at != shown, shown=at == shown, reachable=at == 0 or reachable)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(button.wide(short=not button.isChecked()) for button in self.buttons), TARGET)

    def _fit(self) -> None:
        gap = self._look.tokens.px(GAP)
        whole = sum(button.wide(short=False) for button in self.buttons) + gap * (len(self.buttons) - 1)
        short = whole > self.width()
        self._row.setSpacing(0 if short else gap)
        for button in self.buttons:
            button.is_short = short
            button.updateGeometry()
            button.update()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines between the steps."""
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._look.tokens.border), 1))
        for one, other in zip(self.buttons, self.buttons[1:], strict=False):
            y = self.height() / 2
            painter.drawLine(QPointF(one.geometry().right() + 2, y), QPointF(other.x() - 2, y))
