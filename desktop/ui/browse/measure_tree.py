"""The tree of measures as it is painted, and how the mouse works on it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop.ui.browse import navigator_model
from desktop.ui.browse.navigator_model import DOCUMENT, KIND_ROLE, UNDER_ROLE
from desktop.ui.desk import Desk
from desktop.ui.kit import fields, icons

Index = QModelIndex | QPersistentModelIndex


class NavigatorDelegate(QStyledItemDelegate):
    """Paints a branch (count at the right) or a measure (number, title, star and note marks).

    A paper has a second line, and says when it is past its day; what is below another branch is not bold.
    """

    def __init__(self, desk: Desk, view: QTreeView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        branch = index.data(navigator_model.NUMBER_ROLE) is None
        tall = 48 if index.data(UNDER_ROLE) else 34 if branch else 30
        return QSize(option.rect.width(), self._desk.look.tokens.px(tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        painter.save()
        current = self._view.currentIndex()
        selected = index == current
        whole = QRect(0, option.rect.y(), self._view.viewport().width(), option.rect.height())
        if selected or self._hovered(option):
            painter.fillRect(whole, QColor(look.accent_soft if selected else look.hover))
            if selected:
                painter.fillRect(QRect(0, whole.y(), look.px(3), whole.height()), QColor(look.accent))
        first = not current.isValid() and index.row() == 0 and not index.parent().isValid()
        if (selected or first) and self._view.hasFocus():
            painter.setPen(QColor(look.accent))
            painter.drawRect(whole.adjusted(0, 0, -1, -1))
        area = option.rect.adjusted(look.px(2), 0, -look.px(12), 0)
        number = index.data(navigator_model.NUMBER_ROLE)
        if number is None:
            self._paint_branch(painter, option, area, index)
        else:
            self._paint_measure(painter, option, area, index)
        painter.restore()

    def _hovered(self, option: QStyleOptionViewItem) -> bool:
        """Tell whether the mouse is over the row; only there Qt's class of styles is asked for."""
        if not self._view.underMouse():
            return False
        from PySide6.QtWidgets import QStyle

        return bool(fields.of_option(option).state & QStyle.StateFlag.State_MouseOver)

    def _paint_branch(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index
    ) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        if under := index.data(UNDER_ROLE):
            below = area.adjusted(0, area.height() // 2 - look.px(1), 0, -look.px(5))
            area = area.adjusted(0, look.px(4), 0, -area.height() // 2)
            painter.setFont(look.font(0.92))
            painter.setPen(QColor(look.muted))
            self._draw_elided(painter, below, under)
        painter.setFont(option.font)
        count = str(index.data(navigator_model.COUNT_ROLE))
        wide = option.fontMetrics.horizontalAdvance(count) + look.px(10)
        painter.setPen(QColor(look.faint))
        painter.drawText(area, middle | right, count)
        if mark := self._mark(index):
            painter.setFont(look.font(0.85))
            painter.setPen(QColor(look.warn))
            painter.drawText(area.adjusted(0, 0, -wide, 0), middle | right, mark)
            wide += painter.fontMetrics().horizontalAdvance(mark) + look.px(8)
        inner = index.parent().isValid() and index.data(KIND_ROLE) != navigator_model.CATEGORY
        bold = option.font
        bold.setBold(not inner)
        painter.setFont(bold)
        painter.setPen(QColor(look.muted if inner else look.text))
        self._draw_elided(painter, area.adjusted(0, 0, -wide, 0), index.data())

    def _mark(self, index: Index) -> str:
        """Return what is to be known of a paper at once: that it is past its day."""
        if index.data(KIND_ROLE) != DOCUMENT:
            return ""
        catalogue = self._desk.catalogue
        document = catalogue.document_with(index.data(navigator_model.KEY_ROLE))
        validity = self._desk.validity_of(catalogue.notice_with(document.notice_key))
        return validity.mark if validity.expired else ""

    def _paint_measure(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index
    ) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        numbers = option.fontMetrics.horizontalAdvance("00")
        painter.setPen(QColor(look.faint))
        place = QRect(area.x(), area.y(), numbers, area.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, flags, str(index.data(navigator_model.NUMBER_ROLE)))
        right = 0
        size = look.px(13)
        for role, name in ((navigator_model.STARRED_ROLE, "star-on"), (navigator_model.NOTED_ROLE, "note")):
            if index.data(role):
                right += size + look.px(4)
                mark = icons.pixmap(name, look.accent, size, self._view.devicePixelRatioF())
                painter.drawPixmap(area.right() - right + look.px(4), area.center().y() - size // 2, mark)
        painter.setPen(QColor(look.text))
        self._draw_elided(painter, area.adjusted(numbers + look.px(10), 0, -right, 0), index.data())

    @staticmethod
    def _draw_elided(painter: QPainter, area: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class MeasureTree(QTreeView):
    """A tree view whose branch marks are icons of the look.

    A right click selects nothing: what is selected stands in the reader, and another row may be compared
    with that.

    Signals:
        menu_asked(QModelIndex, QPoint): the menu of a row is asked for, at a place on the screen
    """

    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("措施目录")

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Set a paper off from what is above it."""
        if index.data(KIND_ROLE) == DOCUMENT:
            look, rect = self._desk.look.tokens, fields.of_option(option).rect
            whole = QRect(0, rect.y(), self.viewport().width(), rect.height())
            painter.fillRect(whole, QColor(look.raised))
            painter.setPen(QColor(look.border))
            painter.drawLine(whole.topLeft(), whole.topRight())
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.data(navigator_model.NUMBER_ROLE) is not None:
            return
        look = self._desk.look.tokens
        size = look.px(12)
        name = "down" if self.isExpanded(index) else "forward"
        mark = icons.pixmap(name, look.faint, size, self.devicePixelRatioF())
        painter.drawPixmap(rect.right() - size - look.px(3), rect.center().y() - size // 2, mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from desktop.ui.kit import context_menu

        index, place = context_menu.row_meant(self, event)
        if index.isValid():
            self.menu_asked.emit(index, place)
