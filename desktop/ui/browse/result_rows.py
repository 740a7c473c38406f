"""The rows of the results: which there are, what each one says, and how it is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.catalogue import spans
from desktop.catalogue.search import Hit
from desktop.ui.browse.cards import Card, of_filled, of_firm, of_hit
from desktop.ui.desk import Desk
from desktop.ui.kit import fields, marked_text
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.workspace import words
from desktop.workspace.enterprises.listing import FirmRow
from desktop.workspace.items.filled import FilledHit

Index = QModelIndex | QPersistentModelIndex
Row = Hit | FirmRow | FilledHit | str
"""A hit, an enterprise, or the words of the line above a group."""


class ResultsModel(RowsModel[Row]):
    """The measures that one search found, the enterprises and what was filled in, with a line above each."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def key(self, row: Row) -> object:
        return row.key if isinstance(row, Hit) else row

    def text(self, row: Row) -> str:
        if isinstance(row, Hit):
            return self.card(row).title
        return row if isinstance(row, str) else self.card(row).title

    def sentence(self, row: Row) -> str:
        if isinstance(row, str):
            return row
        if isinstance(row, Hit):
            where = words.paper(self._desk.catalogue, row.key)
            return " ".join(filter(None, (where, f"第{row.number}条 {self.card(row).title} {row.snippet}")))
        card = self.card(row)
        if isinstance(row, FirmRow):
            return f"{card.title}：{card.snippet}"
        where = " ".join(filter(None, (card.paper, card.where)))
        return f"{card.title}：{row.snippet}（{where}）"

    def card(self, row: Hit | FirmRow | FilledHit) -> Card:
        """Return what a row shows."""
        if isinstance(row, FirmRow):
            return of_firm(row)
        catalogue = self._desk.catalogue
        return of_hit(catalogue, row) if isinstance(row, Hit) else of_filled(catalogue, row)

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
        card = self._model.card(row)
        lines = marked_text.line_count(card.snippet, self._snippet_font(), width - look.px(28), self.LINES)
        height = look.px(10) * 2 + option.fontMetrics.height() + look.px(8)
        height += lines * marked_text.line_height(self._snippet_font()) + option.fontMetrics.height()
        height += option.fontMetrics.height() if card.paper else 0
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
        where = QRect(area.x(), top + look.px(3), area.width(), option.fontMetrics.height())
        told = ((card.where, look.accent if card.tells_why else look.faint), (card.paper, look.muted))
        for line, (said, colour) in enumerate(told):
            place = where.translated(0, line * where.height())
            shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, place.width())
            painter.setPen(QColor(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, told: str) -> None:
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
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)

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
