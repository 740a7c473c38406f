"""The middle column of a record: measures to tick as explained, and what the enterprise said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.kit import check_boxes
from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.visits.explained_rows import ExplainedModel, ExplainedRow, FitSection
from desktop.workspace.visits.model import Wish

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.look import Look, Tokens

WISHES = (Wish.APPLY, Wish.ENJOYS, Wish.NO_NEED)
ROW = 36  # pixels at zoom 1: what a finger presses
BOX, GAP, CHIP, CHIP_PAD = 18, 8, 26, 9
KEYS = {Qt.Key.Key_1: Wish.APPLY, Qt.Key.Key_2: Wish.ENJOYS, Qt.Key.Key_3: Wish.NO_NEED}


class ExplainedDelegate(ChoiceDelegate):
    """Paints box, number and title; at the end what is found, or once it is ticked what one may say of it.

    Attributes: ``writable``, whether something can be chosen.
    """

    writable = True

    def chips(self, area: QRectF, row: ExplainedRow) -> list[tuple[Wish, QRectF]]:
        """Return which words stand at the end of a row, and where: all three until one was chosen."""
        if row.wish is None or (row.wish is Wish.TOLD and not self.writable):
            return []
        look = self.look.tokens
        words = WISHES if row.wish is Wish.TOLD else (row.wish,)
        found: list[tuple[Wish, QRectF]] = []
        right, metrics = area.right(), self.metrics(0.92)
        for wish in reversed(words):
            wide = metrics.horizontalAdvance(wish) + 2 * look.px(CHIP_PAD)
            tall = look.px(CHIP)
            found.insert(0, (wish, QRectF(right - wide, area.center().y() - tall / 2, wide, tall)))
            right -= wide + look.px(4)
        return found

    def inner(self, area: QRectF) -> QRectF:
        """Return where a row's contents stand."""
        margin = self.look.tokens.px(8)
        return area.adjusted(margin, 0, -margin, 0)

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        row: ExplainedRow = index.data(VALUE)
        if row.is_head:
            self._paint_head(painter, area, row, look)
            return
        box = look.px(BOX)
        place = QRectF(area.left(), area.center().y() - box / 2, box, box)
        check_boxes.draw(painter, place, look, ticked=row.wish is not None)
        left, right = area.left() + box + look.px(GAP), area.right()
        chips = self.chips(area, row)
        for wish, rect in chips:
            self._paint_chip(painter, rect, wish, look, chosen=wish is row.wish)
        if chips:
            right = chips[0][1].left()
        else:
            painter.setFont(self.font(0.92))
            painter.setPen(QColor(look.near if row.section is FitSection.MAYBE else look.muted))
            said = QRectF(area.center().x(), area.top(), area.width() / 2, area.height())
            words = str(row.wish or row.said)
            right -= min(self.metrics(0.92).horizontalAdvance(words), int(said.width()))
            self._line(painter, said, words, 0.92, Qt.AlignmentFlag.AlignRight)
        if row.number:
            painter.setPen(QColor(look.text))
            painter.setFont(self.font(bold=True))
            painter.drawText(QRectF(left, area.top(), 200, area.height()), _middle(), row.number)
            left += self.metrics(bold=True).horizontalAdvance(row.number) + look.px(5)
        painter.setPen(QColor(look.text))
        painter.setFont(self.font())
        self._line(painter, QRectF(left, area.top(), right - left - look.px(GAP), area.height()), row.title)
        painter.setPen(QColor(look.border))
        line = area.adjusted(0, 0, 0, -0.5)
        painter.drawLine(line.bottomLeft(), line.bottomRight())

    def _paint_head(self, painter: QPainter, area: QRectF, row: ExplainedRow, look: Tokens) -> None:
        colours = {FitSection.APPLIES: look.green, FitSection.MAYBE: look.near, FitSection.OTHER: look.muted}
        dot = look.px(9)
        middle = area.center().y() + look.px(3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours[row.section]))
        painter.drawEllipse(QPointF(area.left() + dot / 2, middle), dot / 2, dot / 2)
        painter.setPen(QColor(colours[row.section]))
        painter.setFont(self.font(bold=True))
        place = area.adjusted(dot + look.px(6), look.px(6), 0, 0)
        words = f"{row.title} {row.number}".rstrip()
        painter.drawText(place, _middle(), words)
        if row.said:
            painter.setFont(self.font(0.92))
            painter.setPen(QColor(look.accent))
            wide = self.metrics(bold=True).horizontalAdvance(words) + look.px(10)
            painter.drawText(place.adjusted(wide, 0, 0, 0), _middle(), row.said)

    def _paint_chip(self, painter: QPainter, rect: QRectF, wish: Wish, look: Tokens, *, chosen: bool) -> None:
        painter.setPen(QPen(QColor(look.accent if chosen else look.field), 1))
        painter.setBrush(QColor(look.accent_soft if chosen else look.surface))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(look.accent if chosen else look.text))
        painter.setFont(self.font(0.92, bold=chosen))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(wish))

    def _line(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        factor: float = 1.0,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        fitting = self.metrics(factor).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), fitting)


def _middle() -> int:
    return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ExplainedList(ChoiceList):
    """The list. Space ticks a row or takes the tick off; ← and → go through what the enterprise said.

    Signals:
        said(str, object): a measure is to stand so, by its key: a Wish, None for not explained
        folded(): the other measures are to be shown, or hidden again
    """

    said = Signal(str, object)
    folded = Signal()

    def __init__(self, look: Look) -> None:
        self.rows = ExplainedModel()
        self._delegate_of_rows = ExplainedDelegate(look)
        super().__init__(look, self.rows, self._delegate_of_rows, "讲解了哪些措施")
        self._pressed_at: QPointF | None = None
        self.chosen.connect(self._take)

    @property
    def writable(self) -> bool:
        """Tell whether something can be ticked."""
        return self._delegate_of_rows.writable

    def set_writable(self, on: bool) -> None:
        """Let rows be ticked, or only read."""
        self._delegate_of_rows.writable = on
        self.viewport().update()

    def row_height(self) -> int:
        return self._look.tokens.px(ROW)

    def _take(self, index: QModelIndex) -> None:
        row: ExplainedRow = index.data(VALUE)
        at, self._pressed_at = self._pressed_at, None
        if row.is_head:
            self.folded.emit()
            return
        if at is not None:
            area = self._delegate_of_rows.inner(QRectF(self.visualRect(index)))
            for wish, rect in self._delegate_of_rows.chips(area, row):
                if rect.adjusted(-3, -4, 3, 4).contains(at):
                    self._say(row, Wish.TOLD if row.wish is wish else wish)
                    return
        self._say(row, None if row.wish else Wish.TOLD)

    def _say(self, row: ExplainedRow, wish: Wish | None) -> None:
        if self.writable:
            self.said.emit(row.key, wish)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two taps in a row are two taps

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._pressed_at = None
        row: ExplainedRow | None = self.currentIndex().data(VALUE)
        key = Qt.Key(event.key())
        if row is not None and not row.is_head and not event.modifiers():
            if key in KEYS:
                self._say(row, Wish.TOLD if row.wish is KEYS[key] else KEYS[key])
                return
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row.wish is not None:
                every = (Wish.TOLD, *WISHES)
                step = 1 if key == Qt.Key.Key_Right else -1
                self._say(row, every[(every.index(row.wish) + step) % len(every)])
                return
        super().keyPressEvent(event)
