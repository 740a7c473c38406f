"""The enterprises on the left of 走访: a filter line, a row for each, and what makes new ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.kit import side_list, widgets
from desktop.ui.kit.rows_model import VALUE, Index, RowsModel
from desktop.ui.kit.side_list import SideList
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
        demands = f"，{row.demands} 件诉求未办结" if row.demands else ""
        return f"{row.name}，{below(row, self.today)}{demands}"


class FirmDelegate(QStyledItemDelegate):
    """Paints one enterprise: name, badge of open demands, and what it is below."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._desk.look.tokens.px(57))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._desk.look.tokens
        row: FirmRow = index.data(VALUE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = side_list.paint_ground(painter, option, look)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(look.border))
        inner = rect.adjusted(look.px(14), look.px(9), -look.px(12), -look.px(9))
        half = inner.height() / 2
        name = QRectF(inner.left(), inner.top(), inner.width(), half)
        if row.demands:
            name.setRight(side_list.paint_badge(painter, name, row.demands, look) - look.px(6))
        side_list.paint_words(painter, name, row.name, look.font(bold=True), look.text)
        second = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        side_list.paint_words(painter, second, below(row, self._desk.today()), look.font(0.9), look.muted)
        painter.restore()


class FirmPane(SideList):
    """Lets one choose an enterprise by name, code or pinyin.

    Signals:
        chosen(str): the key of the enterprise that is selected now
        new_asked(), import_asked(): one is to be added, or a list read
    """

    chosen = Signal(str)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        asks, spoken = "筛选企业（名称、代码、拼音）", "筛选企业，可用名称、信用代码、拼音"
        super().__init__(desk.look, asks, spoken, "企业")
        self._desk = desk
        self._choosing = True
        self._all = FirmList(())
        self.firm_key = ""
        self.model = FirmRows(desk.today(), self)
        self.box.addWidget(self._built_foot())
        self.serve(self.model, FirmDelegate(desk, self.view))
        self.filter.textChanged.connect(lambda _text: self._narrow())
        self.view.selectionModel().currentChanged.connect(self._on_current)

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
        self.nothing.setText("没有符合的企业。" if total else "还没有企业。")
        self.tell_rows()
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

    def fit(self) -> None:
        super().fit()
        px = self._desk.look.tokens.px
        self._foot.setContentsMargins(px(12), px(8), px(12), px(8))
        self._foot.setSpacing(px(6))
