"""The list at the left of a page: a line that filters it, its rows, and words where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
)

from desktop.ui.kit import fields, widgets
from desktop.ui.kit.fields import there

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QStyledItemDelegate

    from desktop.ui.kit.look import Look, Tokens

INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SideList(QFrame):
    """Rows of one line of height each. What stands in them, and what filters them, is for its subclass.

    Attributes:
        filter: the line, in ``filter_frame``
        view: the rows
        nothing: what is said where there are none
        box: all of it, one below the other
    """

    def __init__(self, look: Look, asks: str, spoken: str, name: str) -> None:
        """``asks`` stands in the empty line, ``spoken`` is read out for it, ``name`` for the rows."""
        super().__init__()
        self._side_look = look
        self.setProperty("surface", True)
        self.box = widgets.column()
        self.setLayout(self.box)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(asks)
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(spoken)
        self.filter.installEventFilter(self)
        self.filter_frame = widgets.frame()
        inside = widgets.column()
        inside.addWidget(self.filter)
        self.filter_frame.setLayout(inside)
        self.view = QListView()
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(name)
        self.nothing = widgets.label("", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setWordWrap(True)
        self._stack = widgets.stacked(self.view, self.nothing)
        self.box.addWidget(self.filter_frame)
        self.box.addLayout(self._stack, 1)

    def serve(self, model: QAbstractItemModel, delegate: QStyledItemDelegate) -> None:
        """Show the rows of ``model`` as ``delegate`` paints them."""
        self.view.setModel(model)
        self.view.setItemDelegate(delegate)
        self._side_look.changed.connect(self.fit)
        self.fit()

    def tell_rows(self) -> None:
        """Show the rows, or the words where there are none."""
        self._stack.setCurrentIndex(0 if self.view.model().rowCount() else 1)

    def fit(self) -> None:
        """Take sizes from the look again."""
        px = self._side_look.tokens.px
        there(self.filter_frame.layout()).setContentsMargins(px(12), px(10), px(12), px(8))
        self.nothing.setContentsMargins(px(12), px(16), px(12), 0)
        self.view.doItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if event.key() in INTO_LIST and self.view.model().rowCount():
                self.view.setFocus()
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.view.model().index(0, 0))
                return True
        return super().eventFilter(watched, event)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, look: Tokens) -> QRectF:
    """Paint what shows that a row is chosen, or under the mouse; return its area."""
    option = fields.of_option(option)
    rect = QRectF(option.rect)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(look.accent_soft))
        painter.fillRect(QRectF(rect.left(), rect.top(), look.px(3), rect.height()), QColor(look.accent))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(look.hover))
    return rect


def paint_words(painter: QPainter, area: QRectF, words: str, font: QFont, colour: str) -> None:
    """Write one line that ends in an ellipsis where the room does not suffice."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)


def paint_badge(painter: QPainter, line: QRectF, count: int, look: Tokens) -> float:
    """Paint a number that calls for something at the right end of ``line``; return where it begins."""
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
