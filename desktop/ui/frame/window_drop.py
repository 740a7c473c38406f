"""Files dropped on the window: which they are, and the sheet that says what dropping them would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDropEvent, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.kit import icons
from desktop.ui.kit.fields import there
from desktop.ui.kit.file_drop import local_files

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


WORDS, READ_ONLY = "松开鼠标，导入回填的工作簿、数据包或发文包", "本窗口为只读，不能导入"
MORE = "可以一次放下多个文件或整个文件夹；先看预览，确认后才并入"
ICON = 44
DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
OVER = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress)
"""What the program hears of only when nothing is dragged any more."""


class DropSheet(QWidget):
    """Lies over a window while files are dragged over it, and takes what is dropped there.

    A program that ends amid dragging says no more; the sheet goes with the next move of the mouse or key.

    Signals:
        dropped(tuple): the paths
    """

    dropped = Signal(tuple)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in OVER:
            self.hide()
        elif watched is not self.parentWidget():
            return False
        elif kind == QEvent.Type.Resize:
            self.setGeometry(there(self.parentWidget()).rect())
        elif kind == QEvent.Type.DragLeave:
            self.hide()
        elif isinstance(event, QDropEvent) and kind in DRAGGED:
            return self.take(event, letting_go=kind == QEvent.Type.Drop)
        return super().eventFilter(watched, event)

    def show_over(self) -> None:
        """Cover the window."""
        self.setGeometry(there(self.parentWidget()).rect())
        self.raise_()
        self.show()
        there(QApplication.instance()).installEventFilter(self)

    def take(self, event: QDropEvent, *, letting_go: bool) -> bool:
        """Say that files may be dropped, or take them; anything else is left alone."""
        paths = local_files(event.mimeData())
        if not paths:
            self.hide()
            return False
        event.acceptProposedAction()
        if letting_go:  # the program that they come from waits for an answer
            self.hide()
            QTimer.singleShot(0, lambda: self.dropped.emit(paths))
        elif self.isHidden():
            self.show_over()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        there(QApplication.instance()).removeEventFilter(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._desk.look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(look.surface)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(28, 28, -28, -28)
        painter.setPen(QPen(QColor(look.accent), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 12, 12)
        size, middle = look.px(ICON), frame.center()
        drawing = icons.pixmap("folder", look.accent, size, self.devicePixelRatioF())
        painter.drawPixmap(int(middle.x() - size / 2), int(middle.y() - size * 1.5), drawing)
        line = look.px(30)
        words = READ_ONLY if self._desk.read_only else WORDS
        lines = ((words, 1.4, look.text), ("" if self._desk.read_only else MORE, 1.0, look.muted))
        for place, (text, factor, colour) in enumerate(lines):
            painter.setFont(look.font(factor, bold=not place))
            painter.setPen(QColor(colour))
            box = QRectF(frame.left(), middle.y() + place * line, frame.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
