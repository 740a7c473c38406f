"""The figures on top of the overview: each tile a button that leads to the rows that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

    from desktop.ui.kit.look import Look, Tokens


class FigureButton(QAbstractButton):
    """One figure with its name above and a note beside it; checked while what it counts is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._captions: tuple[str, ...] = ("",)
        self._notes: tuple[str, ...] = ()
        self._shown = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refit)

    def say(self, captions: tuple[str, ...], shown: str, notes: tuple[str, ...], sentence: str) -> None:
        """Show other words; ``sentence`` says it all for screen readers.

        Of ``captions``, and of ``notes``, the longest first, the first one that has room is shown.
        """
        self._captions, self._shown, self._notes = captions, shown, notes
        self.setAccessibleName(sentence)
        self.update()

    def colour(self, look: Tokens) -> str:
        """Return the colour of the figure."""
        return look.text

    def note_colour(self, look: Tokens) -> str:
        """Return the colour of the note."""
        return look.muted

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()

    def _font(self, factor: float, *, bold: bool = False) -> QFont:
        return self._look.tokens.font(factor, bold=bold)

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._font(0.95)).height() + QFontMetrics(self._font(2.0, bold=True)).height()
        return QSize(self._look.tokens.px(120), lines + self._look.tokens.px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.tokens.px(72), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        marked = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(QColor(look.accent if marked else look.border), 1))
        fill = look.accent_soft if self.isChecked() else look.hover if self.underMouse() else look.surface
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(edge, 8, 8)

        inner = edge.adjusted(look.px(16), look.px(8), -look.px(12), -look.px(6))
        caption, figure = self._font(0.95), self._font(2.0, bold=True)
        painter.setFont(caption)
        painter.setPen(QColor(look.muted))
        metrics, room = QFontMetrics(caption), int(inner.width())
        fitting = (words for words in self._captions if metrics.horizontalAdvance(words) <= room)
        name = next(fitting, metrics.elidedText(self._captions[-1], Qt.TextElideMode.ElideRight, room))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), name)
        painter.setFont(figure)
        painter.setPen(QColor(self.colour(look)))
        bottom = int(Qt.AlignmentFlag.AlignBottom)
        painter.drawText(inner, bottom, self._shown)

        taken = QFontMetrics(figure).horizontalAdvance(self._shown) + look.px(8)
        beside = inner.adjusted(
            taken, 0, 0, -QFontMetrics(figure).descent() + QFontMetrics(caption).descent()
        )
        painter.setFont(caption)
        painter.setPen(QColor(self.note_colour(look)))
        note = next(
            (words for words in self._notes if metrics.horizontalAdvance(words) <= beside.width()), ""
        )
        painter.drawText(beside, bottom, note)
        painter.end()
