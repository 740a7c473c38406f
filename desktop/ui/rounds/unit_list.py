"""The units of a round's group, each with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter

from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.context_menu import row_meant
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.ui.rounds.figures import Group, UnitStand

if TYPE_CHECKING:
    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.look import Look, Tokens

ROW = 46


class StandModel(RowsModel[UnitStand]):
    """The units of one group."""

    def text(self, row: UnitStand) -> str:
        return row.name

    def sentence(self, row: UnitStand) -> str:
        return _sentence(row)


def _sentence(unit: UnitStand) -> str:
    return f"{unit.name}，{unit.told}，{unit.under}"


class StandDelegate(ChoiceDelegate):
    """Paints a dot, the unit's name over what is known of its workbooks, and what came of it."""

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        unit: UnitStand = index.data(VALUE)
        colour = QColor(_colour(unit, look))
        dot, gap = look.px(9), look.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(area.left(), area.center().y() - dot / 2, dot, dot))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font())
        quiet = Group.MISSING in unit.groups and not unit.late
        painter.setPen(QColor(look.muted) if quiet else colour)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), unit.told)
        left = area.left() + dot + gap
        room = area.right() - self.metrics().horizontalAdvance(unit.told) - gap - left
        half = self.metrics().height() * 0.98
        lines = ((unit.name, 1.0, look.text, -half), (unit.under, 0.92, look.muted, 0.0))
        for text, factor, ink, shift in lines:
            box = QRectF(left, area.center().y() + shift, room, half)
            painter.setFont(self.font(factor))
            painter.setPen(QColor(ink))
            shown = self.metrics(factor).elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(box, int(middle), shown)
        painter.setPen(QColor(look.border))
        line = area.adjusted(0, 0, 0, -0.5)
        painter.drawLine(line.bottomLeft(), line.bottomRight())


class StandList(ChoiceList):
    """The units of the chosen group.

    Signals:
        menu_asked(QModelIndex, QPoint): what can be done with a unit is asked for, at a point of the screen
    """

    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, look: Look) -> None:
        model = StandModel()
        super().__init__(look, model, StandDelegate(look), "本轮各单位")
        self.stands = model

    def row_height(self) -> int:
        return self._look.tokens.px(ROW)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = row_meant(self, event)
        if index.isValid():
            self.menu_asked.emit(index, place)


def _colour(unit: UnitStand, look: Tokens) -> str:
    if Group.MISSING in unit.groups:
        return look.red if unit.late else look.grey
    return look.near if unit.lacking or unit.groups & {Group.TORN, Group.REPEATED} else look.green
