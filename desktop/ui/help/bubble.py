"""A bubble beside a thing in the window: what it is for, a ring around it, and the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit import widgets

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look

WIDE, ARROW, GAP, EDGE = 300, 9, 5, 8  # pixels at zoom 1: the bubble, its point, what is left around things
ON = (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Ring(QWidget):
    """A line around a thing; the mouse goes through it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.tokens.accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


class Bubble(QWidget):
    """Stands beside one thing after the other in a window, and follows them.

    Signals:
        went_on(), left(): the next one is asked for, or no further one
    """

    went_on = Signal()
    left = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self._target: QWidget | None = None
        self._around = QRect()
        self._ring = Ring(look, window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.words = widgets.label("", "strong"), widgets.label("")
        self.words.setWordWrap(True)
        self.count = widgets.label("", "muted", "small")
        self.skip_button = widgets.button("跳过", "quiet", does=self.left.emit, tip="结束介绍（Esc）")
        self.next_button = widgets.button("下一步", "primary", does=self.went_on.emit)
        self._box = widgets.column()
        for label in (self.title, self.words):
            self._box.addWidget(label)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.count)
        self._foot.addStretch(1)
        for button in (self.skip_button, self.next_button):
            self._foot.addWidget(button)
        self._box.addLayout(self._foot)
        self.setLayout(self._box)
        window.installEventFilter(self)
        look.changed.connect(self.place)

    def tell(self, target: QWidget, title: str, words: str, count: str, *, last: bool) -> None:
        """Say what ``target`` is for."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target
        target.installEventFilter(self)
        self.title.setText(title)
        self.words.setText(words)
        self.count.setText(count)
        self.next_button.setText("开始使用" if last else "下一步")
        self.skip_button.setVisible(not last)
        self.setAccessibleName(f"{title}：{words}")
        self.place()
        self.setFocus()

    def leave(self) -> None:
        """Go, and with it the ring."""
        self._window.removeEventFilter(self)
        if self._target is not None:
            self._target.removeEventFilter(self)
        for part in (self._ring, self):
            part.hide()
            part.deleteLater()

    def place(self) -> None:
        """Stand beside the thing where there is most room, never over it; not at all while it is hidden."""
        target = self._target
        if target is None:
            return
        seen = target.isVisible()
        self._ring.setVisible(seen)
        self.setVisible(seen)
        if not seen:
            return
        px = self._look.tokens.px
        inside, point = px(14), px(ARROW)
        self._box.setSpacing(px(8))
        self._box.setContentsMargins(point + inside, point + inside, point + inside, point + px(12))
        around = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        self._ring.setGeometry(around.adjusted(-3, -3, 3, 3))
        self.setFixedWidth(min(px(WIDE), self._window.width() - 2 * EDGE))
        self.setFixedHeight(self._box.totalHeightForWidth(self.width()))
        self.move(self._beside(around))
        self._around = around.translated(-self.pos())
        self._ring.raise_()
        self.raise_()
        self.update()

    def _beside(self, around: QRect) -> QPoint:
        """Return where to stand: right of what is at the left edge, below what is above, else above."""
        room, gap = self._window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE), self._look.tokens.px(GAP)
        if around.right() + gap + self.width() <= room.right() and around.width() < self.width():
            x, y = around.right() + gap, around.center().y() - self.height() // 2
        elif around.bottom() + gap + self.height() <= room.bottom():
            x, y = around.left(), around.bottom() + gap
        else:
            x, y = around.left(), around.top() - gap - self.height()
        x = max(room.left(), min(x, room.right() - self.width()))
        return QPoint(x, max(room.top(), min(y, room.bottom() - self.height())))

    # ---- Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look.tokens
        point = look.px(ARROW)
        body = self.rect().adjusted(point, point, -point, -point)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.accent), 1.5))
        painter.setBrush(QColor(look.surface))
        painter.drawRoundedRect(body, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawPolygon(self._point(body, point))

    def _point(self, body: QRect, deep: int) -> QPolygonF:
        """Return the little triangle that points at the thing."""
        tip = self._around.center()
        if self._around.right() < 0:
            x, out = body.left(), -deep
            y = max(body.top() + 2 * deep, min(tip.y(), body.bottom() - 2 * deep))
            corners = ((x, y - deep), (x + out, y), (x, y + deep))
        else:
            y, out = (body.top(), -deep) if tip.y() < 0 else (body.bottom(), deep)
            x = max(body.left() + 2 * deep, min(tip.x(), body.right() - 2 * deep))
            corners = ((x - deep, y), (x, y + out), (x + deep, y))
        return QPolygonF([QPointF(*corner) for corner in corners])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ON:
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self.place()
        return super().eventFilter(watched, event)
