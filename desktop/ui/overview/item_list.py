"""The rows behind a picture: each one an item, with how far its deadline is or how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.catalogue.typeset import typeset
from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.rows_model import VALUE, RowsModel
from desktop.workspace import words
from desktop.workspace.items.model import Light
from desktop.workspace.items.progress import due_words

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.empty_card import EmptyCard
    from desktop.ui.kit.look import Tokens
    from desktop.ui.overview.figures import Figures
    from desktop.workspace.items.model import Item, ItemKey

UNDER, STANDING = VALUE + 1, VALUE + 2
ROW, LOW_ROW = 50, 44


class ItemsModel(RowsModel["Item"]):
    """The items of one set. Roles: ``UNDER`` (second line), ``STANDING`` (the words at the end)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def key(self, row: Item) -> ItemKey:
        return row.key

    def text(self, row: Item) -> str:
        return f"{row.number}. {typeset(row.title)}"

    def more(self, row: Item, role: int) -> object:
        if role == UNDER:
            return self._under(row)
        return self._standing(row) if role == STANDING else None

    def _under(self, item: Item) -> str:
        catalogue = self._desk.catalogue
        unit = words.unit(catalogue, item.key.unit_key)
        if paper := words.paper(catalogue, item.key.measure_key):
            unit = f"{unit} · {paper}"
        still = item.entry.deadline.due and item.light in (Light.RED, Light.YELLOW, Light.GREEN)
        return f"{unit} · 时限 {item.entry.deadline.words}" if still else unit

    def _standing(self, item: Item) -> str:
        due = item.entry.deadline.due
        if item.light in (Light.RED, Light.YELLOW) and due:
            return due_words(due, self._desk.today())
        return item.entry.status.value

    def sentence(self, row: Item) -> str:
        owner = f"，责任人{row.entry.owner}" if row.entry.owner else ""
        catalogue = self._desk.catalogue
        unit, paper = words.unit(catalogue, row.key.unit_key), words.paper(catalogue, row.key.measure_key)
        named = "，".join(filter(None, (f"{row.cited} {typeset(row.title)}", paper, unit)))
        return (
            f"{named}，{row.entry.status}，完成时限{row.entry.deadline.words}{owner}，{self._standing(row)}"
        )


class ItemDelegate(ChoiceDelegate):
    """Paints the light, the measure's title over the unit's name, and how the item stands."""

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        item: Item = index.data(VALUE)
        lit = item.light in (Light.RED, Light.YELLOW)
        colour = QColor(look.light(item.light) if lit else look.status(item.entry.status))
        dot, gap = look.px(9), look.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(area.left(), area.center().y() - dot / 2, dot, dot))

        middle = Qt.AlignmentFlag.AlignVCenter
        standing = index.data(STANDING)
        width = self.metrics().horizontalAdvance(standing) + 2
        painter.setFont(self.font())
        painter.setPen(QColor(look.told(item.light) if lit else look.muted))
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), standing)

        left = area.left() + dot + gap
        room = area.right() - width - gap - left
        half = self.metrics().height() * 0.98
        top = area.center().y() - half
        self._line(painter, QRectF(left, top, room, half), index.data(), 1.0, look.text)
        under = QRectF(left, area.center().y(), room, half)
        self._line(painter, under, index.data(UNDER), 0.92, look.muted)
        painter.setPen(QColor(look.border))
        line = area.adjusted(0, 0, 0, -0.5)
        painter.drawLine(line.bottomLeft(), line.bottomRight())

    def _line(self, painter: QPainter, area: QRectF, text: str, factor: float, colour: str) -> None:
        painter.setFont(self.font(factor))
        painter.setPen(QColor(colour))
        shown = self.metrics(factor).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)


class RowList(ChoiceList):
    """The rows of the set that is shown."""

    def __init__(self, desk: Desk, name: str) -> None:
        model = ItemsModel(desk)
        super().__init__(desk.look, model, ItemDelegate(desk.look), name)
        self.rows = model

    def row_height(self) -> int:
        look = self._look.tokens
        return look.px(LOW_ROW if look.low(self) else ROW)


def due_is_empty(card: EmptyCard, found: Figures, near_days: int) -> None:
    """Say why nothing is late or due soon."""
    if found.untouched:
        card.say(
            "还没有填报",
            "发给各单位填报，或者在“清单”页直接填写；逾期的和快到期的会列在这里。",
            drawing="checklist",
            action="去填写清单",
            quiet=True,
        )
        return
    missing = found.without_deadline()
    aside = f"另有 {missing} 项未写完成时限，不计逾期。" if missing else ""
    card.say("没有逾期", f"也没有 {near_days} 天内到期的事项。{aside}", drawing="check")
