"""诉求 in the overview: a tile that counts those that are open, and the picture of all behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.demands import figures
from desktop.ui.demands.demand_list import DemandList
from desktop.ui.demands.figures import DemandSet
from desktop.ui.demands.panel import DemandDialog
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.figure_button import FigureButton
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.overview.bars import CATEGORY_ROW, UNIT_ROW, BarList, Legend

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.ui.desk import Desk
    from desktop.ui.kit.look import Look, Tokens


class DemandTile(FigureButton):
    """Counts the demands that are open, and says how many of them are late."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self._desk = desk
        self._late = 0
        self.setCheckable(False)
        self.clicked.connect(lambda: DemandsDialog(desk, self).open())
        desk.demands.changed.connect(lambda _key: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        found = [one for one in figures.every(self._desk) if one.demand.is_open]
        self._late = sum(one.is_late for one in found)
        note = f"逾期 {self._late} 件" if self._late else ""
        sentence = f"企业诉求：未结束{len(found)}件" + (f"，逾期{self._late}件" if self._late else "")
        self.say(("企业诉求", "诉求"), str(len(found)), (note,), sentence)
        self.setToolTip(plain.tip(f"{sentence}\n点击看各单位和类别"))

    def colour(self, look: Tokens) -> str:
        return look.red if self._late else look.text

    def note_colour(self, look: Tokens) -> str:
        return look.red if self._late else look.muted

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)


class SetTile(FigureButton):
    """Counts the demands of a set."""

    def __init__(self, look: Look, wanted: DemandSet) -> None:
        super().__init__(look)
        self._set = wanted
        self._count = 0

    def show_count(self, count: int, note: str) -> None:
        """Show another count."""
        self._count = count
        self.say((self._set,), str(count), (note,), f"{self._set}：{count}件，{note}".rstrip("，"))

    def colour(self, look: Tokens) -> str:
        meant = {DemandSet.LATE: look.red, DemandSet.ANSWERED: look.green, DemandSet.SATISFIED: look.green}
        return meant.get(self._set, look.text) if self._count else look.faint


class DemandsDialog(Dialog):
    """All demands as pictures; a tile or a bar narrows the list, a row opens the demand."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._set, self._category = DemandSet.OPEN, ""
        self._unit: str | None = None
        self.setWindowTitle("企业诉求")
        self._build()
        self._connect()
        self.refresh()
        widgets.fill(self, parent)

    def _build(self) -> None:
        px, look = self._desk.look.tokens.px, self._desk.look
        box = widgets.column(spacing=px(10), margins=(px(16), px(12), px(16), px(12)))
        self.setLayout(box)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.tiles = {wanted: SetTile(look, wanted) for wanted in DemandSet}
        for tile in self.tiles.values():
            row.addWidget(tile)
        box.addLayout(row)
        self.units = BarList(look, "按主办单位", UNIT_ROW)
        self.categories = BarList(look, "按诉求类别", CATEGORY_ROW)
        self.list = DemandList(self._desk)
        self.title = widgets.label("", "heading")
        cards = QHBoxLayout()
        cards.setSpacing(px(12))
        cards.addWidget(self._card(widgets.label("按主办单位", "heading"), self.units), 10)
        cards.addWidget(self._card(widgets.label("按诉求类别", "heading"), self.categories), 9)
        cards.addWidget(self._card(self.title, self.list), 13)
        box.addLayout(cards, 1)
        box.addWidget(Legend(look))
        box.addLayout(DialogFoot(self, "关闭", cancel=""))

    def _card(self, title: QWidget, body: QWidget) -> QFrame:
        px = self._desk.look.tokens.px
        card = widgets.frame("card")
        inside = widgets.column(spacing=px(4), margins=(px(10), px(8), px(10), px(6)))
        inside.addWidget(title)
        inside.addWidget(body, 1)
        card.setLayout(inside)
        return card

    def _connect(self) -> None:
        for wanted, tile in self.tiles.items():
            tile.clicked.connect(lambda _on, wanted=wanted: self.show_set(wanted))
        self.units.chosen.connect(lambda index: self.narrow(unit=index.data(VALUE).key))
        self.categories.chosen.connect(lambda index: self.narrow(category=index.data(VALUE).key))
        self.list.chosen.connect(self._open)
        self._desk.demands.changed.connect(lambda _key: self.refresh())

    def show_set(self, wanted: DemandSet) -> None:
        """List the demands of a set, of all units and categories."""
        self._set, self._unit, self._category = wanted, None, ""
        self.refresh()

    def narrow(self, *, unit: str | None = None, category: str | None = None) -> None:
        """List of the set only those of a unit, or of a category; asked for again, all of it."""
        self._unit = None if unit == self._unit else unit
        self._category = "" if category == self._category else category or ""
        self.refresh()

    def refresh(self) -> None:
        """Count and list again."""
        every = figures.every(self._desk)
        notes = {DemandSet.OPEN: f"共 {len(every)} 件", DemandSet.SATISFIED: figures.note(every)}
        for wanted, tile in self.tiles.items():
            count = sum(figures.belongs(one, wanted) for one in every)
            tile.show_count(count, notes.get(wanted, ""))
            tile.setChecked(wanted is self._set)
        self.units.show_bars(figures.by_unit(self._desk.catalogue, every))
        self.categories.show_bars(figures.by_category(every))
        self.units.choose(-1 if self._unit is None else self.units.bars.row_of(self._unit))
        self.categories.choose(self.categories.bars.row_of(self._category))
        shown = [one for one in every if figures.belongs(one, self._set)]
        if self._unit is not None:
            shown = [one for one in shown if one.demand.lead == self._unit]
        if self._category:
            shown = [one for one in shown if one.demand.category == self._category]
        self.list.show_of_all(shown)
        self.title.setText(f"{self._set} {len(shown)} 件")

    def _open(self, index: QModelIndex) -> None:
        dialog = DemandDialog(self._desk, self.list.key_of(index), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
