"""The navigator: the tree, and the choice of what it is ordered by."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.catalogue.model import Measure
from desktop.ui import origin, verbs
from desktop.ui.browse import navigator_model
from desktop.ui.browse.measure_tree import MeasureTree, NavigatorDelegate
from desktop.ui.browse.navigator_model import FAVOURITES, KIND_ROLE
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.workspace.items import notes

if TYPE_CHECKING:
    from desktop.ui.browse.listed import ListedBar

MEASURE = "measure"
MOST_UNFOLDED = 150  # measures
ORDERS = (("category", "类别"), ("unit", "责任单位"), ("beneficiary", "适用对象"), (FAVOURITES, "收藏"))


class Navigator(QFrame):
    """The left column of 查阅 while nothing is searched for.

    Signals:
        measure_chosen(str): a measure was selected
        branch_chosen(str, str): kind and key of the branch that was selected
        output_asked(object): the favourites are to be printed or exported; the button that asks for it
        menu_asked(str, str, QPoint): the menu of a measure or of a branch is asked for: ``MEASURE`` or the
            kind of branch, the key, a place on the screen
    """

    measure_chosen = Signal(str)
    branch_chosen = Signal(str, str)
    output_asked = Signal(object)
    menu_asked = Signal(str, str, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._order = ""
        self._build()
        self._connect()
        self.take_look()
        self.set_order("category")

    def _build(self) -> None:
        self._orders = QButtonGroup(self)
        segments = widgets.frame(name="segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for at, (_, title) in enumerate(ORDERS):
            choice = widgets.button(title, "segment", tip=f"按{title}" if title != "收藏" else "只看收藏")
            choice.setCheckable(True)
            self._orders.addButton(choice, at)
            row.addWidget(choice, 1)
        self._model = navigator_model.NavigatorModel(self._marks, self)
        self.tree = MeasureTree(self._desk)
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(NavigatorDelegate(self._desk, self.tree))
        self._empty = widgets.label(
            f"还没有收藏。\n打开一条措施，点“收藏”或按 {verbs.FAVOURITE.keys[0]}，\n它就会出现在这里。",
            "muted",
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.addWidget(segments)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(below, 1)

    def _connect(self) -> None:
        self._orders.idClicked.connect(lambda at: self.set_order(ORDERS[at][0]))
        self.tree.selectionModel().currentChanged.connect(self._tell)
        self.tree.clicked.connect(self._toggle)
        self.tree.menu_asked.connect(self._ask_menu)
        self._desk.favourites_changed.connect(self._follow_favourites)
        self._desk.note_changed.connect(lambda _key: self._model.refresh_marks())
        self._desk.look.changed.connect(self.take_look)

    @cached_property
    def bar(self) -> ListedBar:
        """Return the line above the favourites, made when there are some to be shown."""
        from desktop.ui.browse.listed import ListedBar

        made = ListedBar(self._desk.look)
        made.asked.connect(self.output_asked)
        self._column.insertWidget(1, made)
        return made

    @property
    def order(self) -> str:
        """Return what the tree is ordered by: ``category``, ``unit``, ``beneficiary`` or ``favourite``."""
        return self._order

    def open_in(self, order: str) -> None:
        """Order the tree as it was left; it is made in the order by category."""
        if order != self._order:
            self.set_order(order)

    def set_order(self, order: str) -> None:
        """Order the tree anew, keeping the selected measure selected."""
        known = [name for name, _ in ORDERS]
        order = order if order in known else "category"
        chosen = self.tree.currentIndex().data(navigator_model.KEY_ROLE)
        self._order = order
        self._orders.button(known.index(order)).setChecked(True)
        catalogue = self._desk.catalogue
        if order == FAVOURITES:
            branches = navigator_model.of_favourites(catalogue, self.favourites)
        else:
            branches = navigator_model.ORDERED[order](catalogue)
        self._model.set_branches(branches)
        self._stack.setCurrentIndex(0 if branches else 1)
        count = len(self.favourites)
        if count or "bar" in vars(self):
            self.bar.tell(f"共 {count} 条" if count else "")
        if order in ("category", FAVOURITES):
            self._unfold_all()
        if chosen:
            self.select(chosen)

    def take_catalogue(self) -> None:
        """Show what is in use now, in the same order."""
        self.take_look()
        self.set_order(self._order)

    def _unfold_all(self) -> None:
        """Open every branch, of a large library only what leads to its papers."""
        if self._desk.catalogue.count <= MOST_UNFOLDED:
            self.tree.expandAll()
        elif not origin.several(self._desk.catalogue):
            self.tree.expandToDepth(0)

    def unfold(self, key: str) -> None:
        """Open a branch that is closed, close one that is open."""
        self._toggle(self._model.find(key))

    def measures_of(self, key: str) -> tuple[Measure, ...]:
        """Return the measures of a branch."""
        return self._model.measures_of(key)

    def is_unfolded(self, key: str) -> bool:
        """Return whether a branch is open."""
        return self.tree.isExpanded(self._model.find(key))

    def select(self, key: str) -> None:
        """Select a measure or branch without telling; one that the tree does not hold leaves no selection."""
        index = self._model.find(key, self.tree.currentIndex())
        with QSignalBlocker(self):
            self.tree.setCurrentIndex(index)
        if index.isValid():
            self.tree.scrollTo(index)

    def take_look(self) -> None:
        """Take colours and sizes from the desk."""
        narrow = origin.several(self._desk.catalogue)  # for there are more levels then
        self.tree.setIndentation(self._desk.look.tokens.px(18 if narrow else 22))
        self.tree.doItemsLayout()

    @property
    def favourites(self) -> tuple[Measure, ...]:
        """Return the favourites, while they are what is listed."""
        if self._order != FAVOURITES:
            return ()
        catalogue = self._desk.catalogue
        starred = filter(catalogue.has, notes.favourites(self._desk.workspace.db))
        measures = map(catalogue.measure, starred)
        return tuple(sorted(measures, key=lambda measure: (measure.document_key, measure.number)))

    def _marks(self) -> tuple[set[str], set[str]]:
        return set(notes.favourites(self._desk.workspace.db)), notes.noted(self._desk.workspace.db)

    def _follow_favourites(self) -> None:
        if self._order == FAVOURITES:
            self.set_order(FAVOURITES)
        else:
            self._model.refresh_marks()

    def _toggle(self, index: QModelIndex) -> None:
        if self._model.measure(index) is None:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        measure = self._model.measure(index)
        key = measure.key if measure else index.data(navigator_model.KEY_ROLE)
        self.menu_asked.emit(MEASURE if measure else index.data(KIND_ROLE), key, place)

    def _tell(self, index: QModelIndex) -> None:
        measure = self._model.measure(index)
        if measure is not None:
            self.measure_chosen.emit(measure.key)
        elif index.isValid():
            self.branch_chosen.emit(index.data(KIND_ROLE), index.data(navigator_model.KEY_ROLE))
