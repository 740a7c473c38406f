"""查阅: navigator or results on the left, the reader in the middle, the facts on the right."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.browse.columns import Columns
from desktop.ui.browse.facts import Facts
from desktop.ui.browse.navigator import MEASURE, Navigator
from desktop.ui.browse.reader import Reader
from desktop.ui.browse.visited import Visited
from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.catalogue.search import Filters, Results
    from desktop.ui.browse.beside import Beside
    from desktop.ui.browse.listed import Listed
    from desktop.ui.browse.results import ResultList

MOST_HITS = 200
TEXT = "text"


class BrowsePage(QWidget):
    """Shows measures.

    A measure that was *opened* (clicked, entered, chosen in the tree, reached by a link, 下一条 or 上一条) is
    on the trail that leads back; one that a search brings into the reader while typing, or that the arrows
    pass, is not.

    Signals:
        measure_shown(str): a measure is in the reader, or was opened there; "" when none is any more
        searched(object): the ``Results`` now shown, or None when the tree is back
        item_chosen(object): the ``ItemKey`` of something filled in that was found and is wanted
        firm_chosen(str): an enterprise that was found is wanted
        advice_taken(object): the :class:`desktop.catalogue.advice.Advice` on what to search for instead
        unit_chosen(str, str), tag_chosen(str, str): see :class:`desktop.ui.browse.facts.Facts`
        suggestions_decided(object, bool): see :class:`desktop.ui.browse.facts.Facts`
        menu_asked(str, str, QPoint): a menu, at a place on the screen, for the ``TEXT`` of the measure in the
            reader, for a ``MEASURE``, or for a branch of the tree: its order, its key
        told(str): a short message for the status line
        output_asked(object): what is listed is to be printed or exported; the button that asks for it
    """

    measure_shown = Signal(str)
    searched = Signal(object)
    item_chosen = Signal(object)
    firm_chosen = Signal(str)
    advice_taken = Signal(object)
    unit_chosen = Signal(str, str)
    tag_chosen = Signal(str, str)
    suggestions_decided = Signal(object, bool)
    menu_asked = Signal(str, str, QPoint)
    told = Signal(str)
    output_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._results: Results | None = None
        self._asked: tuple[str, Filters | None] = ("", None)
        self._unfolded = False  # for the results only
        self.visited = Visited()
        self.branch: tuple[str, str] = ("", "")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.navigator = Navigator(self._desk)
        self.reader = Reader(self._desk)
        self.facts = Facts(self._desk)
        self.columns = Columns(self._desk, self.reader, self.facts)
        self._left = self.columns.left
        self._left.addWidget(self.navigator)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.columns)

    def _connect(self) -> None:
        self.navigator.measure_chosen.connect(self._open)
        self.navigator.branch_chosen.connect(self._keep_branch)
        self.navigator.output_asked.connect(self.output_asked)
        self.reader.stepped.connect(self.step_measure)
        self.reader.match_asked.connect(self.step_match)
        self.reader.told.connect(self.told)
        self.reader.menu_asked.connect(lambda place: self.menu_asked.emit(TEXT, self.measure_key, place))
        self.navigator.menu_asked.connect(self.menu_asked)
        self.reader.comparison_asked.connect(lambda: self.beside.compare())
        for asks in (self.reader, self.facts):
            asks.source_asked.connect(lambda: self.beside.show_source())
        self.facts.unit_chosen.connect(self.unit_chosen)
        self.facts.tag_chosen.connect(self.tag_chosen)
        self.facts.suggestions_decided.connect(self.suggestions_decided)
        self.facts.measure_wanted.connect(self.show_measure)
        self.facts.wording_wanted.connect(lambda old: self.beside.show_wording(old))
        self.facts.comparison_wanted.connect(lambda key: self.beside.compare(key))
        self._desk.catalogue_changed.connect(self._take_catalogue)

    @cached_property
    def results(self) -> ResultList:
        """Return the results, made at the first search."""
        from desktop.ui.browse.results import ResultList

        made = ResultList(self._desk)
        made.measure_passed.connect(self._show)
        made.measure_chosen.connect(self._open)
        made.menu_asked.connect(lambda key, place: self.menu_asked.emit(MEASURE, key, place))
        made.item_chosen.connect(self.item_chosen)
        made.firm_chosen.connect(self.firm_chosen)
        made.advice_taken.connect(self.advice_taken)
        made.output_asked.connect(self.output_asked)
        self._left.addWidget(made)
        return made

    @cached_property
    def beside(self) -> Beside:
        """Return what opens beside the reader, made when it is first asked for."""
        from desktop.ui.browse.beside import Beside

        made = Beside(self._desk, self, lambda: self.measure_key, self.visited.before)
        self.measure_shown.connect(made.follow)
        return made

    # ---- showing

    @property
    def measure_key(self) -> str:
        """Return the key of the measure in the reader; an empty string when a search found none."""
        return self.reader.measure.key if self.reader.measure else ""

    @property
    def last_measure_key(self) -> str:
        """Return the key of the measure in the reader, else of the one opened last."""
        return self.measure_key or self.visited.here

    @property
    def searching(self) -> bool:
        """Return whether results stand in place of the tree."""
        return self._results is not None

    @property
    def listed(self) -> Listed:
        """Return the hits while searching, else the favourites where these are listed."""
        from desktop.ui.browse import listed

        text, filters = self._asked
        if self._results is not None and filters is not None:
            keys = [hit.key for hit in self._results.hits]
            return listed.of_search(self._desk.catalogue, text, filters, keys)
        return listed.Listed(listed.FAVOURITES, tuple(one.key for one in self.navigator.favourites))

    def show_measure(self, key: str) -> None:
        """Open a measure and select it wherever the left column holds it."""
        self._open(key)
        self.navigator.select(key)
        if self.searching:
            self.results.select(key)

    def search(self, text: str, filters: Filters) -> None:
        """Show results for text and filters; nothing to search for brings the tree back."""
        from desktop.catalogue import search

        if not text.strip() and filters == search.Filters():
            self.leave_search()
            return
        if not self.searching:
            self._unfolded = self.columns.unfold_left()
        self._results = search.search(
            self._desk.measures, text, filters, MOST_HITS, self._desk.catalogue.scope
        )
        self._asked = (text, filters)
        in_tree = self.navigator.isAncestorOf(self.window().focusWidget() or self)
        self._left.setCurrentWidget(self.results)
        self.results.show_results(self._results, text, filters, keep=self.measure_key)
        if in_tree:
            self.results.view.setFocus()  # not what stands above it
        if key := self.results.selected:
            self._show(key)
        else:
            self._show_nothing()
        self.searched.emit(self._results)

    def leave_search(self) -> None:
        """Bring the tree back, with the measure in the reader selected, the one opened last if none is."""
        if self._results is None:
            return
        self._results = None
        if self._unfolded:
            self.columns.unfold_left(False)
        self._left.setCurrentWidget(self.navigator)
        if key := self.last_measure_key:
            self.navigator.select(key)
            self._show(key)
        self.searched.emit(None)

    def pass_hits(self, step: int) -> None:
        """Go to another hit, ``step`` further on, while searching."""
        if self.searching:
            self.results.step(step)

    def step_measure(self, step: int) -> None:
        """Go to the next or previous hit while searching, else to the neighbour in its paper."""
        if self._results is not None:
            self.results.step(step)
            self.open_shown()
            return
        shown = self.reader.measure
        catalogue = self._desk.catalogue
        measures = catalogue.measures_in_document(shown.document_key) if shown else catalogue.measures
        keys = [measure.key for measure in measures]
        at = keys.index(self.measure_key) + step if self.measure_key in keys else 0
        if 0 <= at < len(keys):
            self.show_measure(keys[at])
        else:
            self.told.emit("已是最后一条" if step > 0 else "已是第一条")

    def step_match(self, step: int) -> None:
        """Go to the next or previous match, on to the neighbouring hit when this measure has no more."""
        if self._results is None:
            self.told.emit("先在搜索框输入要查找的词")
            return
        if self.reader.step_match(step):
            return
        before = self.measure_key
        self.results.step(step)
        if self.measure_key == before:
            self.told.emit("没有更多匹配")
        else:
            self.open_shown()
            self.reader.step_match(step)

    def open_shown(self) -> None:
        """Let the measure in the reader count as opened."""
        if self.measure_key:
            self._open(self.measure_key)

    @property
    def can_go_back(self) -> bool:
        """Return whether there is a way back."""
        return self.visited.can_go_back or self._aside

    @property
    def can_go_forward(self) -> bool:
        """Return whether there is a way forward."""
        return self.visited.can_go_forward

    def go(self, step: int) -> None:
        """Go back (-1) or forward (+1) along the trail; back to it from a measure not on it."""
        key = self.visited.here if step < 0 and self._aside else self.visited.go(step)
        if key is not None:
            self.show_measure(key)

    @property
    def _aside(self) -> bool:
        """Whether the measure in the reader is not the one opened last."""
        return bool(self.visited.here) and self.measure_key != self.visited.here

    def focus_list(self) -> None:
        """Put the caret into the tree or the results."""
        self.columns.unfold_left()
        (self.results.view if self.searching else self.navigator.tree).setFocus()

    def flush(self) -> None:
        """Save what was just typed."""
        self.reader.flush()

    # ---- inside

    def _take_catalogue(self) -> None:
        """Show what is in use now: the same measure if it still is, else the first one.

        While searching, whoever searches does so again.
        """
        catalogue, key = self._desk.catalogue, self.last_measure_key
        self.reader.show_nothing()  # the same measure is to be shown anew
        self.visited.keep(catalogue.has)
        self._keep_branch("", "")
        self.navigator.take_catalogue()
        if self.searching:
            return
        first = catalogue.first
        if shown := key if catalogue.has(key) else first.key if first else "":
            self.show_measure(shown)
        else:
            self._show_nothing()

    def _open(self, key: str) -> None:
        """Show a measure, unless the reader does, and put it on the trail."""
        self.visited.visit(key)
        if key != self.measure_key:
            self._show(key)
            return
        self._keep_branch("category", self._desk.catalogue.measure(key).category_key)
        self.measure_shown.emit(key)

    def _show(self, key: str) -> None:
        """Set the reader, with matches marked, and the facts if it is another measure."""
        measure = self._desk.catalogue.measure(key)
        other = key != self.measure_key
        self.columns.show_reader(True)
        self.reader.show_measure(measure, self._results.marked if self._results else ())
        if other:
            self.facts.show_measure(measure)
        self._keep_branch("category", measure.category_key)
        self.measure_shown.emit(key)

    def _show_nothing(self) -> None:
        """Empty the reader: what was found before has nothing to do with what is asked now."""
        self.reader.show_nothing()
        self.columns.show_reader(False, self.results.others if self.searching else "")
        self.measure_shown.emit("")

    def _keep_branch(self, order: str, key: str) -> None:
        self.branch = (order, key)
