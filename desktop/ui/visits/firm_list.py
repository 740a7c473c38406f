"""The enterprises on the left of 走访: a filter line, a row for each, and what makes new ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui.kit import fields, widgets
from desktop.ui.kit.fields import there
from desktop.ui.kit.rows_model import VALUE, Index, RowsModel
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import listing
from desktop.workspace.enterprises.listing import FirmList, FirmRow

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from desktop.ui.desk import Desk

NOT_YET = "还没有走访"


def below(row: FirmRow, today: date) -> str:
    """Return the second line of a row: size, industry, last visit."""
    visited = NOT_YET
    if row.visited is not None:
        year = "" if row.visited.year == today.year else f"{row.visited.year}年"
        visited = f"{year}{row.visited.month}月{row.visited.day}日走访"
    return " · ".join(filter(None, (row.size, row.industry.partition(" ")[2] or row.industry, visited)))


def _open_demands(desk: Desk) -> Counter[str]:
    """Return how many demands of each record are open."""
    return Counter(one.enterprise for one in demands.every(desk.workspace.db) if one.is_open)


class FirmRows(RowsModel[FirmRow]):
    """The enterprises that fit the filter."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today

    def key(self, row: FirmRow) -> str:
        return row.key

    def text(self, row: FirmRow) -> str:
        return row.name

    def sentence(self, row: FirmRow) -> str:
        demands = f"，{row.demands}项诉求未办结" if row.demands else ""
        return f"{row.name}，{below(row, self.today)}{demands}"


class FirmDelegate(QStyledItemDelegate):
    """Paints one enterprise: name, badge of open demands, and what it is below."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._desk.look.tokens.px(57))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look, rect = self._desk.look.tokens, QRectF(option.rect)
        row: FirmRow = index.data(VALUE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), look.px(3), rect.height()), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.hover))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(look.border))
        inner = rect.adjusted(look.px(14), look.px(9), -look.px(12), -look.px(9))
        half = inner.height() / 2
        name = QRectF(inner.left(), inner.top(), inner.width(), half)
        if row.demands:
            name.setRight(self._badge(painter, name, row.demands) - look.px(6))
        self._line(painter, name, row.name, look.text, 1.0, bold=True)
        second = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        model = index.model()
        today = model.today if isinstance(model, FirmRows) else date.today()
        self._line(painter, second, below(row, today), look.muted, 0.9)
        painter.restore()

    def _line(
        self, painter: QPainter, area: QRectF, words: str, colour: str, factor: float, *, bold: bool = False
    ) -> None:
        font = self._desk.look.tokens.font(factor, bold=bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _badge(self, painter: QPainter, line: QRectF, count: int) -> float:
        """Draw how many demands are open at the right end; return where that begins."""
        look = self._desk.look.tokens
        font = look.font(0.82, bold=True)
        tall = look.px(16)
        wide = max(tall + look.px(2), QFontMetrics(font).horizontalAdvance(str(count)) + look.px(10))
        box = QRectF(line.right() - wide, line.center().y() - tall / 2, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.red))
        painter.drawRoundedRect(box, tall / 2, tall / 2)
        painter.setFont(font)
        painter.setPen(QColor(look.accent_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))
        return box.left()


class FirmPane(QFrame):
    """Lets one choose an enterprise by name, code or pinyin.

    Signals:
        chosen(str): the key of the enterprise that is selected now
        new_asked(), import_asked(): one is to be added, or a list read
    """

    chosen = Signal(str)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choosing = True
        self._all = FirmList(())
        self.firm_key = ""
        self.setProperty("surface", True)
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        box = widgets.column()
        self.setLayout(box)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("筛选企业（名称、代码、拼音）")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("筛选企业，可用名称、信用代码、拼音")
        self._filter_frame = widgets.frame()
        inside = widgets.column()
        inside.addWidget(self.filter)
        self._filter_frame.setLayout(inside)
        self.model = FirmRows(self._desk.today(), self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(FirmDelegate(self._desk, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName("企业")
        self._stack = widgets.rows_or_words(self.view, widgets.label("", "muted"))
        self._nothing = there(self._stack.widget(1))
        box.addWidget(self._filter_frame)
        box.addLayout(self._stack, 1)
        box.addWidget(self._built_foot())

    def _built_foot(self) -> QFrame:
        made = widgets.frame(edge="top")
        self.new_button = widgets.button("＋ 新增企业", does=self.new_asked.emit)
        self.import_button = widgets.button("从 Excel 导入", does=self.import_asked.emit)
        self._count = widgets.label("", "muted", "small")
        self._foot = QHBoxLayout(made)
        self._foot.addWidget(self.new_button)
        self._foot.addWidget(self.import_button)
        self._foot.addStretch(1)
        self._foot.addWidget(self._count)
        for button in (self.new_button, self.import_button):
            button.setEnabled(not self._desk.read_only)
        return made

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._narrow())
        self.filter.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self._desk.look.changed.connect(self._take_look)

    def refresh(self) -> None:
        """Take the enterprises anew; the chosen one stays so, or the first becomes it."""
        self.model.today = self._desk.today()
        db = self._desk.workspace.db
        self._all = FirmList(listing.rows(db, self.model.today, _open_demands(self._desk)))
        if self.firm_key not in {row.key for row in self._all.rows}:
            self.firm_key = ""
        self._narrow()
        if not self.firm_key and self.model.rows:
            self.select(self.model.rows[0].key)
            self.chosen.emit(self.firm_key)

    def select(self, key: str) -> None:
        """Select an enterprise without announcing it; a filter that hides it is cleared."""
        self.firm_key = key
        if self.model.row_of(key) < 0:
            self.filter.clear()
        self._mark()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        (self.view if self.model.rows else self.filter).setFocus()

    def _narrow(self) -> None:
        self._choosing = False  # an enterprise that the filter hides stays the chosen one
        text = self.filter.text()
        self.model.show(self._all.filtered(text))
        self._choosing = True
        total = len(self._all.rows)
        self._nothing.setText("没有符合的企业。" if total else "还没有企业。")  # type: ignore[attr-defined]
        self._stack.setCurrentIndex(0 if self.model.rows else 1)
        shown = len(self.model.rows)
        self._count.setText(f"{shown}/{total} 户" if shown < total else f"{total} 户")
        self._mark()

    def _mark(self) -> None:
        row = self.model.row_of(self.firm_key)
        index = self.model.index(row)
        self._choosing = False
        self.view.setCurrentIndex(index)
        self._choosing = True
        if index.isValid():
            self.view.scrollTo(index)

    def _on_current(self, current: QModelIndex) -> None:
        row: FirmRow | None = current.data(VALUE)
        if self._choosing and row is not None and row.key != self.firm_key:
            self.firm_key = row.key
            self.chosen.emit(row.key)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        there(self._filter_frame.layout()).setContentsMargins(px(12), px(10), px(12), px(8))
        self._foot.setContentsMargins(px(12), px(8), px(12), px(8))
        self._foot.setSpacing(px(6))
        self.view.doItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            down = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in down and self.model.rows:
                self.view.setFocus()
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.model.index(0))
                return True
        return super().eventFilter(watched, event)
