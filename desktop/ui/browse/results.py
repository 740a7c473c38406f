"""Search results in place of the tree: ranked, with highlighted titles and snippets."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.catalogue import spans
from desktop.catalogue.search import Hit, Results
from desktop.catalogue.typeset import typeset
from desktop.ui.browse import marked_text
from desktop.ui.browse.advice_list import AdviceList
from desktop.ui.browse.listed import ListedBar
from desktop.ui.desk import Desk
from desktop.ui.kit import context_menu, fields, widgets
from desktop.ui.kit.rows_model import VALUE, RowsModel

Index = QModelIndex | QPersistentModelIndex


class ResultsModel(RowsModel[Hit]):
    """The hits of one search."""

    def key(self, row: Hit) -> str:
        return row.key

    def text(self, row: Hit) -> str:
        return row.title

    def sentence(self, row: Hit) -> str:
        return f"第{row.number}条 {row.title} {row.snippet}"


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: number and title, two lines of snippet, category and units."""

    LINES = 2

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        width = self._view.viewport().width()
        hit: Hit = index.data(VALUE)
        lines = marked_text.line_count(
            typeset(hit.snippet), self._snippet_font(), width - look.px(28), self.LINES
        )
        height = look.px(10) * 2 + option.fontMetrics.height() + look.px(8)
        height += lines * marked_text.line_height(self._snippet_font()) + option.fontMetrics.height()
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        hit: Hit = index.data(VALUE)
        painter.save()
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.accent_soft if selected else look.hover))
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), look.px(3), rect.height()), QColor(look.accent))
        painter.setPen(QColor(look.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(look.px(14), look.px(10), -look.px(14), -look.px(10))
        top = self._paint_title(painter, option, area, hit)
        top = marked_text.draw(
            painter,
            QRect(area.x(), top, area.width(), area.height()),
            typeset(hit.snippet),
            spans.utf16(hit.snippet, hit.spans),
            font=self._snippet_font(),
            colour=look.muted,
            look=look,
            most_lines=self.LINES,
        )
        painter.setFont(self._snippet_font())
        painter.setPen(QColor(look.accent if hit.reason else look.faint))
        where = QRect(area.x(), top + look.px(3), area.width(), option.fontMetrics.height())
        words = painter.fontMetrics().elidedText(self._where(hit), Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, hit: Hit) -> int:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        painter.setFont(option.font)
        painter.setPen(QColor(look.faint))
        number = option.fontMetrics.horizontalAdvance("00") + look.px(10)
        line = QRect(area.x(), area.y(), number, option.fontMetrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(hit.number))
        bold = option.font
        bold.setBold(True)
        marked_text.draw(
            painter,
            QRect(area.x() + number, area.y(), area.width() - number, line.height()),
            hit.title,
            spans.utf16(hit.title, hit.title_spans),
            font=bold,
            colour=look.text,
            look=look,
            most_lines=1,
        )
        return area.y() + line.height() + look.px(5)

    def _where(self, hit: Hit) -> str:
        if hit.reason:
            return hit.reason
        units = self._desk.catalogue.units_of(hit.key)
        if not units:
            return f"{hit.category} · 未明确责任单位"
        more = f" 等{len(units)}个单位" if len(units) > 1 else ""
        return f"{hit.category} · {units[0].name}{more}"

    def _snippet_font(self) -> Any:
        font = self._view.font()
        font.setPointSizeF(self._desk.look.tokens.points(0.94))
        return font


class HitView(QListView):
    """The hits as a list. A right click selects nothing: another hit may be compared with the one shown.

    Signals:
        menu_asked(QModelIndex, QPoint): the menu of a row is asked for, at a place on the screen
    """

    menu_asked = Signal(QModelIndex, QPoint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = context_menu.row_meant(self, event)
        if index.isValid():
            self.menu_asked.emit(index, place)


class ResultList(QFrame):
    """The left column of 查阅 while something is searched for.

    Signals:
        measure_passed(str): the arrows came to another hit
        measure_chosen(str): a hit was clicked, or Enter pressed on it
        advice_taken(object): the ``Advice`` that was chosen when nothing was found
        output_asked(object): the hits are to be printed or exported; the button that asks for it
        menu_asked(str, QPoint): the menu of a measure is asked for, at a place on the screen
    """

    measure_passed = Signal(str)
    measure_chosen = Signal(str)
    advice_taken = Signal(object)
    output_asked = Signal(object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self._model = ResultsModel(self)
        self.view = HitView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self._desk, self.view))
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("搜索结果")
        self.nothing = AdviceList(self._desk)
        self.bar = ListedBar(self._desk.look)
        layout = widgets.column()
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nothing, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(
            lambda index: self._tell(self.measure_passed, index)
        )
        for opened in (self.view.clicked, self.view.activated):
            opened.connect(lambda index: self._tell(self.measure_chosen, index))
        self.view.menu_asked.connect(lambda index, place: self.menu_asked.emit(index.data(VALUE).key, place))
        self.nothing.taken.connect(self.advice_taken)
        self.bar.asked.connect(self.output_asked)
        self._desk.look.changed.connect(self.view.doItemsLayout)

    def show_results(self, results: Results, keep: str = "") -> None:
        """Show the hits of a search; select ``keep`` if it is among them, else the first, without telling."""
        self._model.show(results.hits)
        self.view.scheduleDelayedItemsLayout()  # other snippets may need other heights
        self.view.setVisible(bool(results.hits))
        self.nothing.setVisible(not results.hits)
        more = results.total is None or results.total > len(results.hits)
        self.bar.tell(f"{'前' if more else '共'} {len(results.hits)} 条" if results.hits else "")
        if results.hits:
            with QSignalBlocker(self):
                self.view.setCurrentIndex(self._model.index(max(0, self._model.row_of(keep))))
        else:
            self.nothing.show_advice(results.advice)

    @property
    def selected(self) -> str:
        """Return the key of the measure whose hit is selected, or an empty string."""
        index = self.view.currentIndex()
        return index.data(VALUE).key if index.isValid() else ""

    def step(self, step: int) -> None:
        """Select another hit, ``step`` rows on; without any, go down to what is advised."""
        if self.nothing.isVisibleTo(self):
            if step > 0:
                self.nothing.focus_first()
            return
        row = self.view.currentIndex().row() + step
        row = min(max(row, 0), self._model.rowCount() - 1)
        if row >= 0:
            self.view.setCurrentIndex(self._model.index(row))

    def select(self, key: str) -> None:
        """Select a measure's hit without telling."""
        row = self._model.row_of(key)
        with QSignalBlocker(self):
            self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _tell(self, told: SignalInstance, index: QModelIndex) -> None:
        if index.isValid():
            told.emit(index.data(VALUE).key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.doItemsLayout()
