"""Search results in place of the tree: ranked, with highlighted titles and snippets."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
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
from desktop.catalogue.search import Filters, Hit, Results
from desktop.ui.browse import marked_text
from desktop.ui.browse.advice_list import AdviceList
from desktop.ui.browse.cards import Card, known, of_filled, of_hit
from desktop.ui.browse.listed import ListedBar
from desktop.ui.desk import Desk
from desktop.ui.kit import context_menu, fields, widgets
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.workspace.items.filled import Filled, FilledHit

Index = QModelIndex | QPersistentModelIndex
Row = Hit | FilledHit | str
"""A hit, or the words of the line above a group."""

MOST_FILLED = 200


class ResultsModel(RowsModel[Row]):
    """The measures that one search found, then a line above what was filled in, and that."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._catalogue = desk.catalogue

    def key(self, row: Row) -> object:
        return row.key if isinstance(row, Hit) else row

    def text(self, row: Row) -> str:
        if isinstance(row, Hit):
            return row.title
        return row if isinstance(row, str) else self.card(row).title

    def sentence(self, row: Row) -> str:
        if isinstance(row, str):
            return row
        if isinstance(row, Hit):
            return f"第{row.number}条 {row.title} {row.snippet}"
        card = self.card(row)
        return f"{card.title}：{row.snippet}（{card.where}）"

    def card(self, row: Hit | FilledHit) -> Card:
        """Return what a row shows."""
        return of_hit(self._catalogue, row) if isinstance(row, Hit) else of_filled(self._catalogue, row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if isinstance(index.data(VALUE), str) else super().flags(index)


class HitDelegate(QStyledItemDelegate):
    """Paints a card: number and title, two lines of snippet, where it stands; and the line between groups."""

    LINES = 2

    def __init__(self, desk: Desk, view: QListView, model: ResultsModel) -> None:
        super().__init__(view)
        self._desk, self._view, self._model = desk, view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        width = self._view.viewport().width()
        row: Row = index.data(VALUE)
        if isinstance(row, str):
            return QSize(width, option.fontMetrics.height() + look.px(14))
        lines = marked_text.line_count(
            self._model.card(row).snippet, self._snippet_font(), width - look.px(28), self.LINES
        )
        height = look.px(10) * 2 + option.fontMetrics.height() + look.px(8)
        height += lines * marked_text.line_height(self._snippet_font()) + option.fontMetrics.height()
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        row: Row = index.data(VALUE)
        painter.save()
        rect = option.rect
        if isinstance(row, str):
            self._paint_group(painter, option, row)
            painter.restore()
            return
        card = self._model.card(row)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.accent_soft if selected else look.hover))
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), look.px(3), rect.height()), QColor(look.accent))
        painter.setPen(QColor(look.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(look.px(14), look.px(10), -look.px(14), -look.px(10))
        top = self._paint_title(painter, option, area, card)
        top = marked_text.draw(
            painter,
            QRect(area.x(), top, area.width(), area.height()),
            card.snippet,
            spans.utf16(card.snippet, card.spans),
            font=self._snippet_font(),
            colour=look.muted,
            look=look,
            most_lines=self.LINES,
        )
        painter.setFont(self._snippet_font())
        painter.setPen(QColor(look.accent if card.tells_why else look.faint))
        where = QRect(area.x(), top + look.px(3), area.width(), option.fontMetrics.height())
        words = painter.fontMetrics().elidedText(card.where, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        painter.fillRect(option.rect, QColor(look.raised))
        painter.setPen(QColor(look.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        font = self._snippet_font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        area = option.rect.adjusted(look.px(14), 0, -look.px(14), 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, card: Card) -> int:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        painter.setFont(option.font)
        painter.setPen(QColor(look.faint))
        number = option.fontMetrics.horizontalAdvance("00") + look.px(10) if card.number else 0
        line = QRect(area.x(), area.y(), number, option.fontMetrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, card.number)
        bold = option.font
        bold.setBold(True)
        marked_text.draw(
            painter,
            QRect(area.x() + number, area.y(), area.width() - number, line.height()),
            card.title,
            spans.utf16(card.title, card.title_spans),
            font=bold,
            colour=look.text,
            look=look,
            most_lines=1,
        )
        return area.y() + line.height() + look.px(5)

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

    Attributes:
        filled: in how many fields something filled in was found

    Signals:
        measure_passed(str): the arrows came to another hit
        measure_chosen(str): a hit was clicked, or Enter pressed on it
        item_chosen(object): the same of something filled in, by its ``ItemKey``
        advice_taken(object): the ``Advice`` that was chosen when nothing was found
        output_asked(object): the hits are to be printed or exported; the button that asks for it
        menu_asked(str, QPoint): the menu of a measure is asked for, at a place on the screen
    """

    measure_passed = Signal(str)
    measure_chosen = Signal(str)
    item_chosen = Signal(object)
    advice_taken = Signal(object)
    output_asked = Signal(object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filled = Filled()
        self.filled = 0
        self._results = Results((), 0, ())
        self._asked: tuple[str, Filters] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._model = ResultsModel(self._desk, self)
        self.view = HitView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self._desk, self.view, self._model))
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
        self.view.selectionModel().currentChanged.connect(self._pass)
        for opened in (self.view.clicked, self.view.activated):
            opened.connect(self._choose)
        self.view.menu_asked.connect(self._ask_menu)
        self.nothing.taken.connect(self.advice_taken)
        self.bar.asked.connect(self.output_asked)
        self._desk.look.changed.connect(self.view.doItemsLayout)
        self._desk.progress_changed.connect(lambda _keys: self._look_again())
        self._desk.note_changed.connect(lambda _key: self._look_again())
        self._desk.replaced.connect(self._forget)

    def show_results(self, results: Results, text: str, filters: Filters, keep: str = "") -> None:
        """Show what a search found, and what was filled in that it finds too.

        Selects ``keep`` if it is among the measures found, else the first row, without telling.
        """
        self._results, self._asked = results, (text, filters)
        more = results.total is None or results.total > len(results.hits)
        self.bar.tell(f"{'前' if more else '共'} {len(results.hits)} 条" if results.hits else "")
        self._show_rows(keep)

    def _show_rows(self, keep: object) -> None:
        """Show the measures found and what was filled in, else what to change."""
        hits = self._results.hits
        text, filters = self._asked or ("", Filters())
        found = self._filled.search(self._desk.workspace.db, self._desk.catalogue, text, filters, MOST_FILLED)
        self.filled = found.total
        group = (f"填报内容（{found.total} 处）",) if found.hits else ()
        self._model.show((*hits, *group, *found.hits))
        self.view.scheduleDelayedItemsLayout()  # other snippets may need other heights
        self.view.setVisible(bool(self._model.rows))
        self.nothing.setVisible(not self._model.rows)
        if self._model.rows:
            first = 0 if hits else 1
            with QSignalBlocker(self):
                self.view.setCurrentIndex(self._model.index(max(first, self._model.row_of(keep))))
        else:
            self.nothing.show_advice(self._results.advice)

    def _look_again(self) -> None:
        """Show what was filled in as it is now, with the caret where it was."""
        if self._asked is not None:
            index = self.view.currentIndex()
            self._show_rows(self._model.key(index.data(VALUE)) if index.isValid() else "")

    def _forget(self) -> None:
        self._filled = Filled()
        self._look_again()

    @property
    def selected(self) -> str:
        """Return the key of the measure that the selected row is about, or an empty string."""
        index = self.view.currentIndex()
        return self._measure(index.data(VALUE)) if index.isValid() else ""

    def enter(self) -> bool:
        """Go to what was filled in if such a row is selected; return whether it is."""
        row = self.view.currentIndex().data(VALUE)
        if isinstance(row, FilledHit):
            self.item_chosen.emit(row.key)
        return isinstance(row, FilledHit)

    def step(self, step: int) -> None:
        """Select another hit, ``step`` rows on; without any, go down to what is advised."""
        if self.nothing.isVisibleTo(self):
            if step > 0:
                self.nothing.focus_first()
            return
        rows = [at for at, row in enumerate(self._model.rows) if not isinstance(row, str)]
        here = self.view.currentIndex().row()
        at = (rows.index(here) if here in rows else 0) + step
        if rows:
            self.view.setCurrentIndex(self._model.index(rows[min(max(at, 0), len(rows) - 1)]))

    def select(self, key: str) -> None:
        """Select a measure's hit without telling."""
        row = self._model.row_of(key)
        with QSignalBlocker(self):
            self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _measure(self, row: Row) -> str:
        """Return the key of the measure that a row is about; "" when the catalogue lacks it."""
        if isinstance(row, Hit):
            return row.key
        return "" if isinstance(row, str) or not known(self._desk.catalogue, row) else row.key.measure_key

    def _pass(self, index: QModelIndex) -> None:
        if index.isValid() and (key := self._measure(index.data(VALUE))):
            self.measure_passed.emit(key)

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        if key := self._measure(index.data(VALUE)):
            self.menu_asked.emit(key, place)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(VALUE)
        if isinstance(row, FilledHit):
            self.item_chosen.emit(row.key)
        elif isinstance(row, Hit):
            self.measure_chosen.emit(row.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.doItemsLayout()
