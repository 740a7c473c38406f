"""Files dropped on the window: which they are, and the sheet that says what dropping them would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui import icons, theme

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WORDS, READ_ONLY = "松开鼠标，导入回填的工作簿", "本窗口为只读，不能导入"
MORE = "可以一次放下多个文件或整个文件夹；先看预览，确认后才并入"
ICON = 44


def files_of(data: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders on this machine that are being dropped, none for anything else."""
    urls = data.urls() if data.hasUrls() else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


class DropHint(QWidget):
    """Lies over the window while files are dragged over it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAcceptDrops(False)
        self.hide()

    def show_over(self) -> None:
        """Cover the window."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._desk.look
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
            painter.setFont(theme.font(theme.UI_FAMILIES, look.points(factor), bold=not place))
            painter.setPen(QColor(colour))
            box = QRectF(frame.left(), middle.y() + place * line, frame.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
