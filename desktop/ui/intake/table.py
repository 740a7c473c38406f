"""The table of an import: choosing on its rows by mouse and keyboard, and how wide and high its cells are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.desk import Desk
from desktop.ui.intake import cells, rows
from desktop.ui.intake.model import CONTINUED, ROW, IntakeModel
from desktop.ui.intake.rows import SPANNING, Option, Row, Sort
from desktop.ui.kit import context_menu, fields, plain
from desktop.ui.kit.table_view import RowsView

Index = QModelIndex | QPersistentModelIndex

LEAST = {rows.MEASURE: 116, rows.FIELD: 86, rows.BASE: 84, rows.OURS: 92, rows.THEIRS: 104, rows.VERDICT: 180}
SHARES = {rows.MEASURE: 3, rows.BASE: 4, rows.OURS: 4, rows.THEIRS: 6, rows.VERDICT: 4}
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class IntakeDelegate(QStyledItemDelegate):
    """Paints from the look's tokens; ``hovered`` is the choice under the mouse."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.hovered: tuple[int, Option] | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look, row = self._desk.look.tokens, index.data(ROW)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(cells.ground(row, selected, look)))
        hovered = self.hovered[1] if self.hovered and self.hovered[0] == index.row() else None
        cells.paint(painter, option.rect, row, index.column(), index.data(CONTINUED), look, hovered)
        painter.save()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        wide = option.rect.width()
        return QSize(wide, self.height(index, wide))

    def height(self, index: Index, width: int) -> int:
        """Return how high a cell of ``width`` pixels must be to show all of its words."""
        row, continued = index.data(ROW), index.data(CONTINUED)
        return cells.height(row, index.column(), continued, width, self._desk.look.tokens) + 1


class IntakeTable(RowsView):
    """Shows an :class:`IntakeModel`.

    Signals:
        chosen(object, object): a :class:`Row` and the :class:`Option` that was chosen on it
        unfolded(int): the fold of this workbook is to be opened or closed
        wanted(object): the :class:`ItemKey` of a row is to be shown in its checklist
    """

    chosen = Signal(object, object)
    unfolded = Signal(int)
    wanted = Signal(object)

    def __init__(self, desk: Desk, model: IntakeModel, name: str) -> None:
        super().__init__(name)
        self._desk = desk
        self._model = model
        self._delegate = IntakeDelegate(desk, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)

    def _connect(self) -> None:
        self._model.modelReset.connect(self._begin)
        self._model.dataChanged.connect(self._fit_changed)
        self._desk.look.changed.connect(self.fit)

    # ---- rows

    def current_row(self) -> Row | None:
        """Return the selected row."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def go(self, place: int) -> None:
        """Select a row and scroll to it."""
        index = self._model.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_to_next_open(self) -> None:
        """Select the next row on which someone must choose."""
        place = self._model.next_open(self.currentIndex().row())
        if place >= 0:
            self.go(place)

    def row_menu(self, index: QModelIndex) -> QMenu:
        menu, row = QMenu(self), self._model.row(index.row())
        for place, option in enumerate(row.options, start=1):
            action = plain.line(menu, option.words, str(place))
            action.setCheckable(True)
            action.setChecked(option.on)
            action.triggered.connect(lambda _on, option=option: self.chosen.emit(row, option))
        if row.options:
            menu.addSeparator()
        self.add_copying(menu, index)
        if row.key is not None and row.key.unit_key:
            menu.addSeparator()
            menu.addAction("在清单中查看", lambda: self.wanted.emit(row.key))
        return menu

    # ---- sizes

    def fit(self) -> None:
        """Share the width among the columns, make each row as high as its words."""
        px = self._desk.look.tokens.px
        room = self.viewport().width()
        spare = max(0, room - sum(px(width) for width in LEAST.values()))
        shares = sum(SHARES.values())
        widths = {
            column: px(width) + spare * SHARES.get(column, 0) // shares for column, width in LEAST.items()
        }
        widths[rows.THEIRS] += max(0, room - sum(widths.values())) if spare else 0
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        for place in range(self._model.rowCount()):
            self._fit_row(place)

    def _begin(self) -> None:
        self.clearSpans()
        for place in range(self._model.rowCount()):
            if self._model.row(place).sort in SPANNING:
                self.setSpan(place, 0, 1, len(LEAST))
        self._delegate.hovered = None
        self.fit()

    def _fit_row(self, place: int) -> None:
        widths = [self.columnWidth(column) for column in LEAST]
        if self._model.row(place).sort in SPANNING:
            tall = self._delegate.height(self._model.index(place, 0), sum(widths))
        else:
            indexes = (self._model.index(place, column) for column in LEAST)
            tall = max(
                self._delegate.height(index, width) for index, width in zip(indexes, widths, strict=True)
            )
        self.setRowHeight(place, tall)

    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for place in range(first.row(), last.row() + 1):
            self._fit_row(place)

    # ---- mouse and keyboard

    def _option_at(self, point: QPoint) -> tuple[int, Option] | None:
        index = self.indexAt(point)
        if not index.isValid() or index.column() != rows.VERDICT:
            return None
        row, rect = self._model.row(index.row()), self.visualRect(index)
        found = cells.option_at(row, rect, self._desk.look.tokens, point.toPointF())
        return (index.row(), found) if found else None

    def _activate(self, place: int) -> None:
        row = self._model.row(place)
        if row.sort is Sort.FOLD:
            self.unfolded.emit(row.file)
        elif row.options:
            verdict = self._model.index(place, rows.VERDICT)
            menu = self.row_menu(verdict)
            below = self.visualRect(verdict).topLeft() + QPoint(0, self._desk.look.tokens.px(30))
            context_menu.open_at(menu, self.viewport().mapToGlobal(below))
            menu.setActiveAction(menu.actions()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, place = self.current_row(), self.currentIndex().row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_1
        if row is not None and plain and 0 <= digit < len(row.options):
            self.chosen.emit(row, row.options[digit])
        elif row is not None and plain and event.key() in OPENING:
            self._activate(place)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self._model.row(index.row())
        if found := self._option_at(point):
            self.chosen.emit(row, found[1])
        elif row.sort is Sort.FOLD:
            self.unfolded.emit(row.file)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._option_at(event.position().toPoint()))
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, found: tuple[int, Option] | None) -> None:
        if found != self._delegate.hovered:
            self._delegate.hovered = found
            cursor = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
