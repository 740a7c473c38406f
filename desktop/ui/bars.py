"""Progress as bars: one row per unit or category, as long as it has items, in parts by how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from desktop.ui.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.overview_figures import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QPaintEvent

    from desktop.ui.desk import Desk
    from desktop.ui.overview_figures import Bar
    from desktop.ui.theme import Tokens

BAR = Qt.ItemDataRole.UserRole
THICK = 12
LEAST_ROW, MOST_ROW = 22, 30


def brush(part: Part, look: Tokens) -> QBrush:
    """Return how a part is filled; 不适用 is hatched, so that it reads as left out."""
    if part is Part.NOT_APPLICABLE:
        return QBrush(QColor(look.faint), Qt.BrushStyle.BDiagPattern)
    colours = {
        Part.FINISHED: look.green,
        Part.UNDER_WAY: look.blue,
        Part.LATE: look.red,
        Part.NOT_STARTED: look.track,
    }
    return QBrush(QColor(colours[part]))


class BarModel(QAbstractListModel):
    """The bars of one picture; ``BAR`` gives the :class:`~desktop.ui.overview_figures.Bar`."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the bars shown."""
        return self._bars

    def show(self, bars: Sequence[Bar]) -> None:
        """Show these bars; the same rows with other figures keep the place of the caret."""
        same = [bar.key for bar in bars] == [bar.key for bar in self._bars]
        if same and bars:
            self._bars = tuple(bars)
            self.dataChanged.emit(self.index(0), self.index(len(bars) - 1))
            return
        self.beginResetModel()
        self._bars = tuple(bars)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row of a bar, or -1."""
        return next((row for row, bar in enumerate(self._bars) if bar.key == key), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._bars)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        bar = self._bars[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return bar.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return bar.sentence
        return bar if role == BAR else None


class BarDelegate(ChoiceDelegate):
    """Paints name, bar and finished/total. ``longest`` is the total that fills the whole width."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.longest = 1
        self.name_width = 0

    def measure(self, bars: Sequence[Bar], width: int) -> None:
        """Find the width that the names need, at most half of ``width``, and the longest bar."""
        names = self.metrics()
        widest = max((names.horizontalAdvance(bar.name) for bar in bars), default=0)
        self.name_width = min(widest + self.desk.look.px(2), width // 2)
        self.longest = max((bar.total for bar in bars), default=1) or 1

    def paint_row(self, painter: QPainter, area: QRectF, index: QModelIndex, look: Tokens) -> None:
        bar: Bar = index.data(BAR)
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


def paint_bar(painter: QPainter, area: QRectF, bar: Bar, look: Tokens) -> None:
    """Fill ``area`` with the parts of a bar, each as long as its share."""
    if not bar.total or area.width() <= 0:
        return
    outline = QPainterPath()
    outline.addRoundedRect(area, 3, 3)
    painter.save()
    painter.setClipPath(outline)
    left = area.left()
    for part, count in bar.parts:
        width = area.width() * count / bar.total
        painter.fillRect(QRectF(left, area.top(), width, area.height()), brush(part, look))
        left += width
    painter.restore()


class BarList(ChoiceList):
    """The bars of all units, or of all categories."""

    def __init__(self, desk: Desk, name: str) -> None:
        model = BarModel()
        super().__init__(desk, model, BarDelegate(desk), name)
        self.bars = model

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, in this order."""
        self.bars.show(bars)
        self.fit()

    def row_height(self) -> int:
        look = self._desk.look
        self._delegate.measure(self.bars.bars, self.viewport().width())
        rows = max(self.bars.rowCount(), 1)
        return max(look.px(LEAST_ROW), min(look.px(MOST_ROW), self.viewport().height() // rows))


class Legend(QWidget):
    """What the colours of the bars mean."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._delegate = BarDelegate(desk)
        self.setAccessibleName("图例：" + "、".join(Part))
        desk.look_changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._delegate.metrics(0.92).height() + self._desk.look.px(8))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._desk.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._delegate.font(0.92))
        side, left = look.px(10), float(look.px(8))
        for part in Part:
            top = (self.height() - side) / 2
            box = QPainterPath()
            box.addRoundedRect(QRectF(left, top, side, side), 2, 2)
            painter.fillPath(box, brush(part, look))
            left += side + look.px(5)
            width = self._delegate.metrics(0.92).horizontalAdvance(part)
            painter.setPen(QColor(look.muted))
            painter.drawText(
                QRectF(left, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), part
            )
            left += width + look.px(12)
        painter.end()
