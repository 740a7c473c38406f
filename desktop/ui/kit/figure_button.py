"""The figures on top of the overview: each tile a button that leads to the rows that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

    from desktop.ui.kit.look import Look, Tokens

FLAT = 1.3  # of the base size: the figure where name and figure stand in one line


class FigureButton(QAbstractButton):
    """One figure with its name above and a note beside it; checked while what it counts is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._captions: tuple[str, ...] = ("",)
        self._notes: tuple[str, ...] = ()
        self._shown = ""
        self._of = ""
        self._flat = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refit)

    def say(
        self, captions: tuple[str, ...], shown: str, notes: tuple[str, ...], sentence: str, of: str = ""
    ) -> None:
        """Show other words; ``sentence`` says it all for screen readers.

        Of ``captions``, and of ``notes``, the longest first, the first one that has room is shown. ``of`` is
        what the figure is a part of, which the notes say where there is room for them.
        """
        self._captions, self._shown, self._notes, self._of = captions, shown, notes, of
        self.setAccessibleName(sentence)
        self.update()

    def set_flat(self, flat: bool) -> None:
        """Say name and figure in one line, without a note, or the name above the figure."""
        if flat != self._flat:
            self._flat = flat
            self._refit()

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
        if self._flat:
            line = QFontMetrics(self._font(FLAT, bold=True)).height()
            return QSize(self._look.tokens.px(96), line + self._look.tokens.px(6))
        lines = QFontMetrics(self._font(0.95)).height() + QFontMetrics(self._font(2.0, bold=True)).height()
        return QSize(self._look.tokens.px(120), lines + self._look.tokens.px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.tokens.px(64), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        marked = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(QColor(look.accent if marked else look.border), 2 if self.hasFocus() else 1))
        fill = look.accent_soft if self.isChecked() else look.hover if self.underMouse() else look.surface
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(edge, 8, 8)

        if self._flat:
            self._paint_flat(painter, edge.adjusted(look.px(6), 0, -look.px(6), 0))
            painter.end()
            return
        inner = edge.adjusted(look.px(16), look.px(8), -look.px(12), -look.px(6))
        caption, figure = self._font(0.95), self._font(2.0, bold=True)
        painter.setFont(caption)
        painter.setPen(QColor(look.muted))
        metrics = QFontMetrics(caption)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), self._caption(metrics, int(inner.width())))
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

    def _caption(self, metrics: QFontMetrics, room: int) -> str:
        """Return the longest caption that has room; the shortest one cut off where none has."""
        fitting = (words for words in self._captions if metrics.horizontalAdvance(words) <= room)
        return next(fitting, metrics.elidedText(self._captions[-1], Qt.TextElideMode.ElideRight, room))

    def _paint_flat(self, painter: QPainter, line: QRectF) -> None:
        look = self._look.tokens
        middle = Qt.AlignmentFlag.AlignVCenter
        caption, figure = self._font(0.86), self._font(FLAT, bold=True)
        shown = self._shown + self._of
        taken = QFontMetrics(figure).horizontalAdvance(shown) + look.px(4)
        painter.setFont(figure)
        painter.setPen(QColor(self.colour(look)))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), shown)
        painter.setFont(caption)
        painter.setPen(QColor(look.muted))
        painter.drawText(line, int(middle), self._caption(QFontMetrics(caption), int(line.width() - taken)))
