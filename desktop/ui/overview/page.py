"""The page 总览: how far all units are, as pictures, each leading to its rows.

A unit's bar leads to its checklist. A tile or a category's bar shows its items in the card on the right,
where what is late or due soon stands otherwise; each row there leads to the item. The round's tile shows
there who has answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.empty_card import ROOMY, EmptyCard
from desktop.ui.kit.fields import there
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.overview import figures, item_list
from desktop.ui.overview.bars import CATEGORY_ROW, UNIT_ROW, BarList, Legend
from desktop.ui.overview.demands import DemandTile
from desktop.ui.overview.figures import Tile
from desktop.ui.overview.item_list import RowList
from desktop.ui.overview.paper_choice import PaperChoice
from desktop.ui.overview.tiles import TileButton
from desktop.ui.rounds import figures as round_figures
from desktop.ui.rounds.card import RoundCard
from desktop.ui.rounds.send_menu import ABOUT, SEND
from desktop.ui.rounds.tile import RoundTile
from desktop.workspace.items import settings
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QFrame, QVBoxLayout

    from desktop.ui.desk import Desk
    from desktop.ui.overview.figures import Figures
    from desktop.ui.rounds.figures import RoundFigures
    from desktop.workspace.returns.rounds import Round


DUE = "逾期与临期"
TILE_SHARE, ROUND_SHARE = 10, 16  # of the width of the row of tiles
EXPLAINED = 300  # from this height on, at zoom 1, there is room to say what the colours mean
NARROW = 1000  # below this width, at zoom 1, units and categories take turns


class OverviewPage(QWidget):
    """The page.

    Signals:
        unit_chosen(str): the key of a unit whose checklist is asked for
        category_chosen(str): the key of a category whose text is asked for
        item_chosen(str, str): unit key and measure key of one item

    Attributes: ``round`` is the card behind the round's tile, with the signals of what is asked for there;
    ``papers`` the choice of what is counted.
    """

    unit_chosen = Signal(str)
    category_chosen = Signal(str)
    item_chosen = Signal(str, str)

    ROUND = "填报轮次"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice: Tile | str = ""
        self._round_key = ""
        self._asked: RoundFigures | None = None
        self._categories_up = False
        self._figures: Figures
        self._build()
        self._connect()
        self._fit()
        self.refresh()

    def refresh(self) -> None:
        """Count everything again."""
        lets = self.papers.lets
        self._figures = figures.figures(
            self.papers.catalogue,
            filter(lets, self._desk.entered_items()),
            lambda: filter(lets, self._desk.every_item()),
        )
        near_days = settings.near_days(self._desk.workspace.db)
        for tile, button in self._tiles.items():
            figure = self._figures.count(tile)
            button.show_figure(figure, figures.tile_note(self._figures, tile, near_days))
        self._units.show_bars(self._figures.units)
        self._categories.show_bars(self._figures.groups)
        self._grouped.setText("按发文" if origin.several(self.papers.catalogue) else "按类别")
        self._show_round()
        self._show_rows()

    def show_set(self, choice: Tile | str) -> None:
        """Show the items of a tile, of a category (its key), or with ``""`` what is late and due soon.

        ``ROUND`` shows who has answered the round.
        """
        self._choice = choice
        self._show_rows()

    def show_round(self, key: str = "") -> None:
        """Show who has answered a round, the newest one for ""."""
        self._round_key = key
        self._show_round()
        self.show_set(self.ROUND)

    @property
    def asked(self) -> Round | None:
        """Return the round that is shown, or would be, None when there is none."""
        return self._asked.asked if self._asked else None

    # ---- inside

    def _show_round(self) -> None:
        db, catalogue = self._desk.workspace.db, self._desk.catalogue
        known = rounds.every(db)
        meant = rounds.current(known) or next(iter(known), None)
        asked = next((one for one in known if one.key == self._round_key), meant)
        today = self._desk.today()
        self._asked = round_figures.figures(db, catalogue, asked, today) if asked else None
        self._round_tile.show_round(self._asked)
        self.round.show_round(self._asked, known)
        self.send_button.setText(self.round.send_words)

    def _show_rows(self) -> None:
        choice, found, catalogue = self._choice, self._figures, self._desk.catalogue
        self._round_tile.setChecked(choice == self.ROUND)
        self._show_foot()
        for tile, button in self._tiles.items():
            button.setChecked(tile is choice)
        if choice == self.ROUND:
            self._show_round_card()
            return
        self._categories.choose(self._categories.bars.row_of(choice))
        category = "" if isinstance(choice, Tile) else choice
        if isinstance(choice, Tile):
            title, items = str(choice), found.in_tile(choice)
            self._empty.say("没有这样的事项", f"目前没有“{choice}”的事项。")
        elif category:
            title = typeset(catalogue.category(category).heading)
            items = figures.in_category(found, catalogue, category)
        else:
            title, items = DUE, found.due()
            item_list.due_is_empty(self._empty, found, settings.near_days(self._desk.workspace.db))
        self._title.setText(title)
        self._title.setToolTip(plain.tip(title))
        self._count.setText(f"{len(items)} 项" if items else "")
        self._read.setVisible(bool(category))
        self._back.setVisible(bool(choice))
        self._rows.setAccessibleName(f"{title}，{len(items)}项")
        self._rows.rows.show(items)
        self._stack.setCurrentWidget(self._rows if items else self._empty)

    def _show_foot(self) -> None:
        """Offer sending below the rows where there is room; the round's card has a foot of its own."""
        self._foot.setVisible(self._choice != self.ROUND and self._desk.look.tokens.zoom <= ROOMY)

    def _show_round_card(self) -> None:
        self._categories.choose(-1)
        found = self._asked
        self._title.setText(found.asked.name if found else self.ROUND)
        self._title.setToolTip(plain.tip(found.sentence if found else ""))
        self._count.setText(f"{len(found.stands.returned)} / {len(found.stands.due)} 已回" if found else "")
        self._read.hide()
        self._back.show()
        self._stack.setCurrentWidget(self.round)

    def _build(self) -> None:
        self.setObjectName("overview")
        self._outer = widgets.column()
        self.setLayout(self._outer)
        self._tiles = {tile: TileButton(self._desk.look, tile) for tile in Tile}
        self._tile_row, self._card_row = QHBoxLayout(), QHBoxLayout()
        for button in self._tiles.values():
            self._tile_row.addWidget(button, TILE_SHARE)
        self._round_tile = RoundTile(self._desk.look)
        self._demand_tile = DemandTile(self._desk)
        self._tile_row.addWidget(self._demand_tile, TILE_SHARE)
        self._tile_row.addWidget(self._round_tile, ROUND_SHARE)
        self.papers = PaperChoice(self._desk)
        self._outer.addWidget(self.papers)
        self._outer.addLayout(self._tile_row)
        self._outer.addLayout(self._card_row, 1)
        self._units = BarList(self._desk.look, "按责任单位", UNIT_ROW)
        self._categories = BarList(self._desk.look, "按类别", CATEGORY_ROW)
        self._cards: list[QVBoxLayout] = []
        self._by_unit, self._by_category = self._unit_card(), self._category_card()
        self._card_row.addWidget(self._by_unit, 11)
        self._card_row.addWidget(self._by_category, 11)
        self._card_row.addWidget(self._row_card(), 10)

    def _unit_card(self) -> QFrame:
        self._to_categories = widgets.button("看类别", "quiet", does=lambda: self._turn(categories=True))
        title = widgets.label("按责任单位", "heading")
        card = self._card(title, self._units, self._to_categories, _hint("完成 / 事项"))
        self._legend = Legend(self._desk.look)  # for when the categories' card, with its own, is not seen
        there(card.layout()).addWidget(self._legend)
        return card

    def _category_card(self) -> QFrame:
        self._to_units = widgets.button("看单位", "quiet", does=lambda: self._turn(categories=False))
        self._grouped = widgets.label("按类别", "heading")
        card = self._card(self._grouped, self._categories, self._to_units, _hint("完成 / 事项"))
        self._category_legend = Legend(self._desk.look)
        there(card.layout()).addWidget(self._category_legend)
        return card

    def _row_card(self) -> QFrame:
        self._title, self._count = ElidedLabel("heading"), _hint("")
        self._read = widgets.button(
            "查阅原文", "quiet", does=self._read_category, tip="在“查阅”页看这一类的措施"
        )
        self._back = widgets.button("返回", "quiet", does=lambda: self.show_set(""), tip=f"回到{DUE} (Esc)")
        self._rows = RowList(self._desk, DUE)
        self._empty = EmptyCard(self._desk.look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._rows)
        self._stack.addWidget(self._empty)
        self.round = RoundCard(self._desk)
        self._stack.addWidget(self.round)
        card = self._card(self._title, self._stack, self._count, self._read, self._back)
        self.send_button = widgets.button(SEND, "primary", tip=ABOUT)
        self.send_button.setEnabled(not self._desk.read_only)
        self._foot = QWidget()
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addWidget(self.send_button)
        self._foot_row.addStretch(1)
        there(card.layout()).addWidget(self._foot)
        return card

    def _card(self, title: QWidget, body: QWidget, *asides: QWidget) -> QFrame:
        card, inside, top = widgets.frame("card"), widgets.column(), QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        for aside in asides:
            top.addWidget(aside)
        inside.addLayout(top)
        inside.addWidget(body, 1)
        card.setLayout(inside)
        self._cards.append(inside)
        return card

    def _connect(self) -> None:
        for tile, button in self._tiles.items():
            button.clicked.connect(lambda checked, tile=tile: self.show_set(tile if checked else ""))
        self.send_button.clicked.connect(lambda: self.round.sending.open_at(self.send_button))
        self._round_tile.clicked.connect(lambda checked: self.show_set(self.ROUND if checked else ""))
        self.round.unit_chosen.connect(lambda unit: self.item_chosen.emit(unit.key, unit.measure_key))
        self.round.round_chosen.connect(self.show_round)
        self._units.chosen.connect(lambda index: self.unit_chosen.emit(index.data(VALUE).key))
        self._categories.chosen.connect(self._choose_category)
        self.papers.changed.connect(self._take_papers)
        self._rows.chosen.connect(self._choose_item)
        self._empty.asked.connect(lambda: self.unit_chosen.emit(self._figures.units[0].key))
        self._desk.progress_changed.connect(self._take_up)
        self._desk.catalogue_changed.connect(self._take_catalogue)
        self._desk.settings_changed.connect(self._take_up)
        self._desk.look.changed.connect(self._fit)

    def _take_up(self) -> None:
        """Count again now if anyone is looking; otherwise showing the page does it."""
        if self.isVisible():
            self.refresh()

    def _choose_category(self, index: QModelIndex) -> None:
        key = index.data(VALUE).key
        if origin.several(self.papers.catalogue):  # the bars are those of papers
            self.papers.choose(key)
        else:
            self.show_set("" if key == self._choice else key)

    def _take_catalogue(self) -> None:
        self.papers.offer()
        self._take_papers()

    def _take_papers(self) -> None:
        """Count what another choice of papers is about; a category of others is not shown any more."""
        if not isinstance(self._choice, Tile) and self._choice != self.ROUND:
            self._choice = ""
        self.refresh()

    def _choose_item(self, index: QModelIndex) -> None:
        key = index.data(VALUE).key
        self.item_chosen.emit(key.unit_key, key.measure_key)

    def _read_category(self) -> None:
        self.category_chosen.emit(str(self._choice))

    def _turn(self, *, categories: bool) -> None:
        """Where only one of the two pictures has room, show the other one."""
        self._categories_up = categories
        self._fit()
        (self._categories if categories else self._units).setFocus()

    def _fit(self) -> None:
        px, low = self._desk.look.tokens.px, self._desk.look.tokens.low(self)
        above = px(6 if low else 10)
        self._outer.setContentsMargins(px(16), above, px(16), above)
        self._outer.setSpacing(px(6 if low else 9))
        for button in (*self._tiles.values(), self._demand_tile, self._round_tile):
            button.set_flat(low)
        narrow = self.width() < px(NARROW)
        self._by_unit.setVisible(not narrow or not self._categories_up)
        self._by_category.setVisible(not narrow or self._categories_up)
        explained = self.height() >= px(EXPLAINED)
        self._legend.setVisible(narrow and explained)
        self._category_legend.setVisible(explained)
        self._to_units.setVisible(narrow)
        self._to_categories.setVisible(narrow)
        self._foot_row.setContentsMargins(px(8), px(6), px(8), px(6))
        self._show_foot()
        for row in (self._tile_row, self._card_row):
            row.setSpacing(px(6 if low else 12))
        for inside in self._cards:
            inside.setContentsMargins(px(8), px(3 if low else 7), px(8), px(2 if low else 4))
            inside.setSpacing(px(4))
            inside.itemAt(0).layout().setContentsMargins(px(8), 0, px(8), 0)

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._choice:
            self.show_set("")
        else:
            super().keyPressEvent(event)


def _hint(text: str) -> QLabel:
    return widgets.label(text, "muted", "small")
