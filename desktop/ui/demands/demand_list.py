"""A list of demands: how each stands and what it is about, what is asked for, who handles it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.demands import told
from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import enterprises
from desktop.workspace.items.model import Light

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.ui.desk import Desk
    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.look import Tokens
    from desktop.workspace.demands.demands import DemandStanding
    from desktop.workspace.demands.model import Demand

STATE, HANDLED, WHOSE = VALUE + 1, VALUE + 2, VALUE + 3
ROW = 86  # pixels at zoom 1
_URGENCY = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2, Light.GREY: 3}


def urgency(one: DemandStanding) -> tuple[bool, int, date]:
    """Return by what demands are put in order: open ones first, the latest of those at the head."""
    due = one.next_limit.due if one.next_limit else date.max
    return not one.demand.is_open, _URGENCY[one.light], due


class DemandsModel(RowsModel["DemandStanding"]):
    """How demands stand. Roles: ``STATE`` (words of the pill), ``HANDLED`` (the last line), ``WHOSE``.

    ``firms`` are the names of enterprises by key, empty where all demands are of one.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.firms: Mapping[str, str] = {}

    def key(self, row: DemandStanding) -> object:
        return row.demand.key

    def text(self, row: DemandStanding) -> str:
        return " ".join(row.demand.text.split())

    def more(self, row: DemandStanding, role: int) -> object:
        if role == STATE:
            return told.state(row, self._desk.today())
        if role == HANDLED:
            parts = (told.limit(row.next_limit), told.handled(self._desk.catalogue, row.demand))
            return "　".join(filter(None, parts))
        if role == WHOSE:
            return "　".join(filter(None, (self.firms.get(row.demand.enterprise, ""), row.demand.number)))
        return None

    def sentence(self, row: DemandStanding) -> str:
        demand = row.demand
        state = told.state(row, self._desk.today())
        handled = self.more(row, HANDLED)
        return f"{self.more(row, WHOSE)}，{state}，{demand.category}，{demand.text}，{handled}"


class DemandDelegate(ChoiceDelegate):
    """Paints a card: pills, the words of the enterprise, who handles it."""

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        row: DemandStanding = index.data(VALUE)
        frame = area.adjusted(-look.px(8), look.px(2), look.px(8), -look.px(4))
        painter.setPen(QPen(QColor(look.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inner = frame.adjusted(look.px(10), look.px(7), -look.px(10), -look.px(6))
        third = inner.height() / 3
        left = self._pill(painter, inner, third, index.data(STATE), look.told(row.light), look)
        rest = inner.adjusted(left + look.px(6), 0, 0, 0)
        left += look.px(6) + self._pill(painter, rest, third, str(row.demand.category), look.muted, look)
        number = QRectF(inner.left() + left + look.px(8), inner.top(), inner.width() - left, third)
        self._line(painter, number, index.data(WHOSE), 0.85, look.faint)
        middle = QRectF(inner.left(), inner.top() + third, inner.width(), third)
        self._line(painter, middle, index.data(), 1.0, look.text)
        self._line(painter, middle.translated(0, third), index.data(HANDLED), 0.9, look.muted)

    def _pill(
        self, painter: QPainter, area: QRectF, tall: float, words: str, colour: str, look: Tokens
    ) -> float:
        wide = self.metrics(0.9).horizontalAdvance(words) + look.px(18)
        box = QRectF(area.left() + 0.5, area.top() + 0.5, wide, tall - 1)
        tint = QColor(colour)
        painter.setPen(QPen(tint, 1))
        tint.setAlpha(26 if not look.dark else 40)
        painter.setBrush(tint)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(colour))
        painter.setFont(self.font(0.9))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return wide

    def _line(self, painter: QPainter, area: QRectF, text: str, factor: float, colour: str) -> None:
        painter.setFont(self.font(factor))
        painter.setPen(QColor(colour))
        room = max(int(area.width()), 0)
        shown = self.metrics(factor).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)


class DemandList(ChoiceList):
    """The list; Enter or a click chooses one."""

    def __init__(self, desk: Desk, name: str = "诉求") -> None:
        self.rows = DemandsModel(desk)
        self._desk = desk
        super().__init__(desk.look, self.rows, DemandDelegate(desk.look), name)

    def show_demands(self, found: Iterable[Demand]) -> None:
        """Show demands of one enterprise as they stand today."""
        self.rows.show(demands.standings(self._desk.workspace.db, found, self._desk.today()))

    def show_of_all(self, found: Iterable[DemandStanding]) -> None:
        """Show demands of any enterprise, the most urgent first, each with whose it is."""
        shown = sorted(found, key=urgency)
        if shown:
            every = enterprises.recorded(self._desk.workspace.db)
            self.rows.firms = {one.key: one.name for one in every}
        self.rows.show(shown)

    def key_of(self, index: Index) -> str:
        """Return the key of the demand in a row."""
        row: DemandStanding = index.data(VALUE)
        return row.demand.key

    def wanted_height(self) -> int:
        """Return how high the list must be to show all of it."""
        return self.row_height() * self.rows.rowCount() + 2

    def row_height(self) -> int:
        return self._look.tokens.px(ROW)
