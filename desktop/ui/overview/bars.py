"""Progress as bars: one row per unit or category, as long as it has items, in parts by how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.progress_bar import paint_bar, paint_part
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.ui.kit.style_sheet import TARGET
from desktop.workspace.items.model import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.look import Look, Tokens
    from desktop.workspace.items.progress import Bar


THICK = 12
UNIT_ROW, CATEGORY_ROW = 32, 42  # most, when there is room
NAME_SHARE = 0.58  # of a row's width, for the longest names at large sizes


class BarModel(RowsModel["Bar"]):
    """The bars of one picture."""

    def key(self, row: Bar) -> str:
        return row.key

    def text(self, row: Bar) -> str:
        return row.name

    def sentence(self, row: Bar) -> str:
        return row.sentence


class BarDelegate(ChoiceDelegate):
    """Paints name, bar and finished/total. ``longest`` is the total that fills the whole width."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.longest = 1
        self.name_width = 0

    def measure(self, bars: Sequence[Bar], width: int) -> None:
        """Find the width that the names need, at most their share of ``width``, and the longest bar."""
        names = self.metrics()
        widest = max((names.horizontalAdvance(bar.name) for bar in bars), default=0)
        self.name_width = min(widest + self.look.tokens.px(2), int(width * NAME_SHARE))
        self.longest = max((bar.total for bar in bars), default=1) or 1

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        bar: Bar = index.data(VALUE)
        gap, count_width = look.px(10), self.metrics(0.92).horizontalAdvance("00/00")
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self.font())
        painter.setPen(QColor(look.text))
        name = self.metrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, self.name_width)
        painter.drawText(QRectF(area.left(), area.top(), self.name_width, area.height()), middle, name)
        painter.setFont(self.font(0.92))
        painter.setPen(QColor(look.muted))
        painter.drawText(area, middle | int(Qt.AlignmentFlag.AlignRight), f"{bar.finished}/{bar.total}")
        left = area.left() + self.name_width + gap
        full = area.right() - count_width - gap - left
        thick = look.px(THICK)
        length = max(full * bar.total / self.longest, 0.0)
        paint_bar(painter, QRectF(left, area.center().y() - thick / 2, length, thick), bar, look)


class BarList(ChoiceList):
    """The bars of all units, or of all categories; ``most`` is the height of a row when there is room."""

    def __init__(self, look: Look, name: str, most: int) -> None:
        model = BarModel()
        self._bar_delegate = BarDelegate(look)
        super().__init__(look, model, self._bar_delegate, name)
        self.bars = model
        self._most = most

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, in this order."""
        self.bars.show(bars)
        self.fit()

    def row_height(self) -> int:
        look = self._look.tokens
        self._bar_delegate.measure(self.bars.rows, self.viewport().width())
        rows = max(self.bars.rowCount(), 1)
        return max(look.px(TARGET), TARGET, min(look.px(self._most), self.viewport().height() // rows))


class Legend(QWidget):
    """What the colours of the bars mean; on two lines when one is too narrow."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._delegate = BarDelegate(look)
        self.setAccessibleName("图例：" + "、".join(Part))
        look.changed.connect(self._fit)
        self._fit()

    def _places(self) -> list[tuple[Part, QRectF]]:
        """Return where each part's entry stands."""
        look, names = self._look.tokens, self._delegate.metrics(0.92)
        line = names.height() + look.px(4)
        found: list[tuple[Part, QRectF]] = []
        left, top = float(look.px(8)), 0.0
        for part in Part:
            width = look.px(16) + names.horizontalAdvance(part)
            if found and left + width > self.width() - look.px(8):
                left, top = float(look.px(8)), top + line
            found.append((part, QRectF(left, top, width, line)))
            left += width + look.px(12)
        return found

    def _fit(self) -> None:
        self.setFixedHeight(int(self._places()[-1][1].bottom()) + self._look.tokens.px(4))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look.tokens
        side = look.px(10)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._delegate.font(0.92))
        for part, place in self._places():
            box = QRectF(place.left(), place.center().y() - side / 2, side, side)
            paint_part(painter, box, part, look)
            painter.setPen(QColor(look.muted))
            words = place.adjusted(look.px(15), 0, 2, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), part)
        painter.end()
