"""Search results in place of the tree: ranked, with highlighted titles and snippets."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
)

from desktop.catalogue.search import Filters, Hit, Results
from desktop.ui.browse.advice_list import AdviceList
from desktop.ui.browse.cards import known
from desktop.ui.browse.found_firms import FoundFirms
from desktop.ui.browse.listed import ListedBar
from desktop.ui.browse.result_rows import HitDelegate, ResultsModel, Row
from desktop.ui.desk import Desk
from desktop.ui.kit import context_menu, widgets
from desktop.ui.kit.rows_model import VALUE
from desktop.workspace.enterprises.listing import FirmRow
from desktop.workspace.items.filled import Filled, FilledHit

MOST_FILLED = 200


class HitView(QListView):
    """The hits as a list. A right click selects nothing: another hit may be compared with the one shown.

    Signals:
        menu_asked(QModelIndex, QPoint): the menu of a row is asked for, at a place on the screen
    """

    menu_asked = Signal(QModelIndex, QPoint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = context_menu.row_meant(self, event)
        if index.isValid():
            self.menu_asked.emit(index, place)


class ResultList(QFrame):
    """The left column of 查阅 while something is searched for.

    Attributes:
        filled: in how many fields something filled in was found
        firms: the enterprises found

    Signals:
        measure_passed(str): the arrows came to another hit
        measure_chosen(str): a hit was clicked, or Enter pressed on it
        item_chosen(object): the same of something filled in, by its ``ItemKey``
        firm_chosen(str): the same of an enterprise
        advice_taken(object): the ``Advice`` that was chosen when nothing was found
        output_asked(object): the hits are to be printed or exported; the button that asks for it
        menu_asked(str, QPoint): the menu of a measure is asked for, at a place on the screen
    """

    measure_passed = Signal(str)
    measure_chosen = Signal(str)
    item_chosen = Signal(object)
    firm_chosen = Signal(str)
    advice_taken = Signal(object)
    output_asked = Signal(object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filled = Filled()
        self.filled = 0
        self.firms = FoundFirms(desk)
        self._results = Results((), 0, ())
        self._asked: tuple[str, Filters] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._model = ResultsModel(self._desk, self)
        self.view = HitView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self._desk, self.view, self._model))
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("搜索结果")
        self.nothing = AdviceList(self._desk)
        self.bar = ListedBar(self._desk.look)
        layout = widgets.column()
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nothing, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._pass)
        for opened in (self.view.clicked, self.view.activated):
            opened.connect(self._choose)
        self.view.menu_asked.connect(self._ask_menu)
        self.nothing.taken.connect(self.advice_taken)
        self.bar.asked.connect(self.output_asked)
        self._desk.look.changed.connect(self.view.doItemsLayout)
        self._desk.progress_changed.connect(lambda _keys: self._look_again())
        self._desk.note_changed.connect(lambda _key: self._look_again())
        self._desk.replaced.connect(self._forget)

    def show_results(self, results: Results, text: str, filters: Filters, keep: str = "") -> None:
        """Show what a search found, and what was filled in that it finds too.

        Selects ``keep`` if it is among the measures found, else the first row, without telling.
        """
        self._results, self._asked = results, (text, filters)
        more = results.total is None or results.total > len(results.hits)
        self.bar.tell(f"{'前' if more else '共'} {len(results.hits)} 条" if results.hits else "")
        self._show_rows(keep)

    def _show_rows(self, keep: object) -> None:
        """Show the measures, the enterprises and what was filled in, else what to change."""
        hits = self._results.hits
        text, filters = self._asked or ("", Filters())
        found = self._filled.search(self._desk.workspace.db, self._desk.catalogue, text, filters, MOST_FILLED)
        self.filled = found.total
        group = (f"填报内容（{found.total} 处）",) if found.hits else ()
        firms = self.firms.search(text, filters)
        more = f"，先列 {len(firms)} 家" if self.firms.total > len(firms) else ""
        above = (f"企业（{self.firms.total} 家{more}）",) if firms else ()
        self._model.show((*hits, *above, *firms, *group, *found.hits))
        self.view.scheduleDelayedItemsLayout()  # other snippets may need other heights
        self.view.setVisible(bool(self._model.rows))
        self.nothing.setVisible(not self._model.rows)
        if self._model.rows:
            first = 0 if hits else 1
            with QSignalBlocker(self):
                self.view.setCurrentIndex(self._model.index(max(first, self._model.row_of(keep))))
        else:
            self.nothing.show_advice(self._results.advice)

    @property
    def others(self) -> str:
        """Return the words for what was found besides measures, "" for nothing."""
        return "和".join(["企业"] * bool(self.firms.total) + ["填报内容"] * bool(self.filled))

    def _look_again(self) -> None:
        """Show what was filled in as it is now, with the caret where it was."""
        if self._asked is not None:
            index = self.view.currentIndex()
            self._show_rows(self._model.key(index.data(VALUE)) if index.isValid() else "")

    def _forget(self) -> None:
        self._filled = Filled()
        self.firms.forget()
        self._look_again()

    @property
    def selected(self) -> str:
        """Return the key of the measure that the selected row is about, or an empty string."""
        index = self.view.currentIndex()
        return self._measure(index.data(VALUE)) if index.isValid() else ""

    def enter(self) -> bool:
        """Go to what was filled in, or to an enterprise, if such a row is selected; return whether it is."""
        row = self.view.currentIndex().data(VALUE)
        if isinstance(row, FilledHit | FirmRow):
            self._choose(self.view.currentIndex())
        return isinstance(row, FilledHit | FirmRow)

    def step(self, step: int) -> None:
        """Select another hit, ``step`` rows on; without any, go down to what is advised."""
        if self.nothing.isVisibleTo(self):
            if step > 0:
                self.nothing.focus_first()
            return
        rows = [at for at, row in enumerate(self._model.rows) if not isinstance(row, str)]
        here = self.view.currentIndex().row()
        at = (rows.index(here) if here in rows else 0) + step
        if rows:
            self.view.setCurrentIndex(self._model.index(rows[min(max(at, 0), len(rows) - 1)]))

    def select(self, key: str) -> None:
        """Select a measure's hit without telling."""
        row = self._model.row_of(key)
        with QSignalBlocker(self):
            self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _measure(self, row: Row) -> str:
        """Return the key of the measure that a row is about; "" when the catalogue lacks it."""
        if isinstance(row, Hit):
            return row.key
        return (
            ""
            if isinstance(row, str | FirmRow) or not known(self._desk.catalogue, row)
            else row.key.measure_key
        )

    def _pass(self, index: QModelIndex) -> None:
        if index.isValid() and (key := self._measure(index.data(VALUE))):
            self.measure_passed.emit(key)

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        if key := self._measure(index.data(VALUE)):
            self.menu_asked.emit(key, place)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(VALUE)
        if isinstance(row, FilledHit):
            self.item_chosen.emit(row.key)
        elif isinstance(row, FirmRow):
            self.firm_chosen.emit(row.key)
        elif isinstance(row, Hit):
            self.measure_chosen.emit(row.key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.firms.is_stale:
            self._look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.doItemsLayout()
