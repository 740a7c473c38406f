"""The units on the left of the checklists: a filter line, and a row with a progress bar for each."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.catalogue.model import Unit
from desktop.ui.desk import Desk
from desktop.ui.kit import progress_bar, side_list
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.ui.kit.side_list import SideList
from desktop.workspace import words
from desktop.workspace.items.model import Item, Part
from desktop.workspace.items.progress import Bar, parts_of

Index = QModelIndex | QPersistentModelIndex


class UnitRow(QStyledItemDelegate):
    """Paints one unit: name, badge of what is late, finished/total, and the bar below them."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._desk.look.tokens.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._desk.look.tokens
        bar: Bar = index.data(BAR_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = side_list.paint_ground(painter, option, look)
        inner = rect.adjusted(look.px(14), look.px(7), -look.px(14), -look.px(9))
        thick = look.px(5)
        line = QRectF(inner.left(), inner.top(), inner.width(), inner.height() - thick - look.px(5))
        line.setRight(self._paint_count(painter, line, bar))
        side_list.paint_words(painter, line, bar.name, look.font(), look.text)
        progress_bar.paint_bar(
            painter, QRectF(inner.left(), inner.bottom() - thick, inner.width(), thick), bar, look
        )
        painter.restore()

    def _paint_count(self, painter: QPainter, line: QRectF, bar: Bar) -> float:
        """Draw finished/total and the badge at the right end; return where they begin."""
        look = self._desk.look.tokens
        small = look.font(0.92)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        count = f"{bar.finished}/{bar.total}"
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        right = line.right() - QFontMetrics(small).horizontalAdvance(count) - look.px(6)
        late = dict(bar.parts)[Part.LATE]
        if not late:
            return right
        place = QRectF(line.left(), line.top(), right - line.left(), line.height())
        return side_list.paint_badge(painter, place, late, look) - look.px(6)


class UnitList(SideList):
    """Lets the user choose a unit by mouse, arrows, or the beginning of its name.

    Signals:
        chosen(str): the key of the unit that is selected now
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, "筛选单位", "筛选单位，可用简称", "责任单位")
        self._desk = desk
        self._choosing = True
        self.unit_key = ""
        self.model = UnitListModel(desk, self)
        self.shown = UnitFilter(self.model, self)
        self.nothing.setText("没有名称或简称含这些字的单位。")
        self.serve(self.shown, UnitRow(desk, self.view))
        self.filter.textChanged.connect(self._narrow)
        self.view.selectionModel().currentChanged.connect(self._on_current)

    def select(self, unit_key: str) -> None:
        """Select a unit without announcing it; a filter that hides it is cleared."""
        self.unit_key = unit_key
        if not self.shown.place_of(unit_key).isValid():
            self.filter.clear()
        self._mark()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.view.setFocus()

    def _narrow(self, text: str) -> None:
        self._choosing = False  # a unit that the filter hides stays the chosen one
        self.shown.narrow(text)
        self._choosing = True
        self.tell_rows()
        self._mark()

    def _mark(self) -> None:
        index = self.shown.place_of(self.unit_key)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def _on_current(self, current: QModelIndex) -> None:
        unit: Unit | None = current.data(VALUE)
        if self._choosing and unit is not None and unit.key != self.unit_key:
            self.unit_key = unit.key
            self.chosen.emit(unit.key)


BAR_ROLE = VALUE + 1


class UnitListModel(RowsModel[Unit]):
    """All units that have a checklist, in the order of ``checklist_units()``, and those known here only.

    The page tells it when what they are counted from may differ.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bars: dict[str, Bar] = {}
        self.count()

    def count(self) -> None:
        """Count all units' items again."""
        known = self._desk.catalogue.checklist_units()
        grouped: dict[str, list[Item]] = {unit.key: [] for unit in known}
        for item in self._desk.entered_items():
            grouped.setdefault(item.key.unit_key, []).append(item)
        former = tuple(
            Unit(key, 0, f"{words.FORMER}（{key}）", "", ()) for key in list(grouped)[len(known) :]
        )
        self._bars = {unit.key: _bar(unit, grouped[unit.key]) for unit in (*known, *former)}
        for unit in known:
            entered = sum(not item.orphaned for item in grouped[unit.key])
            untouched = len(self._desk.catalogue.measures_of(unit.key)) - entered
            self._bars[unit.key] = self._bars[unit.key].with_untouched(untouched)
        self.show((*known, *former))

    def unit(self, unit_key: str) -> Unit | None:
        """Return a unit that has a checklist, shown or not."""
        return next((unit for unit in self.rows if unit.key == unit_key), None)

    def take(self, unit_key: str, items: list[Item]) -> None:
        """Count a unit's ``items``: what the workspace holds now."""
        row = self.row_of(unit_key)
        if row >= 0:
            self._bars[unit_key] = _bar(self.rows[row], items)
            self.dataChanged.emit(self.index(row), self.index(row))

    def key(self, row: Unit) -> str:
        return row.key

    def text(self, row: Unit) -> str:
        return row.name

    def sentence(self, row: Unit) -> str:
        return self._bars[row.key].sentence

    def more(self, row: Unit, role: int) -> object:
        return self._bars[row.key] if role == BAR_ROLE else None


class UnitFilter(QSortFilterProxyModel):
    """Lets through the units whose name or alias holds what was typed."""

    def __init__(self, units: UnitListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units = units
        self._wanted = ""
        self.setSourceModel(units)

    def narrow(self, text: str) -> None:
        """Show only the units whose name or alias holds ``text``."""
        self._wanted = text.strip().casefold()
        self.invalidateFilter()

    def place_of(self, unit_key: str) -> QModelIndex:
        """Return where a unit is shown; an invalid place for one that the filter hides."""
        row = self._units.row_of(unit_key)
        return self.mapFromSource(self._units.index(row)) if row >= 0 else QModelIndex()

    def filterAcceptsRow(self, row: int, _parent: QModelIndex | QPersistentModelIndex) -> bool:
        unit = self._units.rows[row]
        return any(self._wanted in name.casefold() for name in (unit.name, *unit.aliases))


def is_former(unit: Unit) -> bool:
    """Tell whether a unit is known from the workspace only."""
    return unit.ordinal == 0 and unit.name.startswith(words.FORMER)


def _bar(unit: Unit, items: list[Item]) -> Bar:
    counts = parts_of(item for item in items if not item.orphaned or is_former(unit))
    return Bar(unit.key, unit.name, tuple(counts.items()))
