"""The window: the pages, what stands around them, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import TITLE
from desktop.ui import origin, verbs
from desktop.ui.browse.page import BrowsePage
from desktop.ui.desk import Desk
from desktop.ui.frame import leaving, window_state
from desktop.ui.frame.actions import Actions
from desktop.ui.frame.dialogs import Dialogs
from desktop.ui.frame.header import Header
from desktop.ui.frame.rail import BROWSE, CHECKLIST, LIBRARY, OVERVIEW, PAGES, PROOFREADING, VISITS, Rail
from desktop.ui.frame.round_actions import RoundActions
from desktop.ui.frame.searching import Searching, open_firm
from desktop.ui.frame.status_line import StatusLine
from desktop.ui.frame.top_lines import TopLines
from desktop.ui.frame.window_state import WindowState
from desktop.ui.kit import style_sheet

if TYPE_CHECKING:
    from desktop.ui.checklist.page import ChecklistPage
    from desktop.ui.frame.browse_menus import BrowseMenus
    from desktop.ui.frame.print_actions import PrintActions
    from desktop.ui.frame.window_drop import DropSheet
    from desktop.ui.kit.message_line import MessageLine
    from desktop.ui.library.page import LibraryPage
    from desktop.ui.overview.page import OverviewPage
    from desktop.ui.proofreading.page import ProofreadingPage
    from desktop.ui.visits.page import VisitsPage
    from desktop.workspace.items.model import ItemKey

Page = TypeVar("Page", bound=QWidget)


class Window(QMainWindow):
    """One window, its pages, and the ways between them.

    Attributes:
        desk: what all pages share
        browse, checklist, visits, overview, library, proofreading: the pages, made when first shown
        dialogs: the dialogs of the whole window
        verbs: an action for each verb that can be asked of it
        lines: what stands between header and page
        printing: what is printed and saved as PDF
        rounds: what is done with rounds and with what comes back

    Files dropped on it, where no list takes them, are returned workbooks, a 发文包 or a 数据包.

    Signals:
        painted(): the window stands on the screen for the first time
    """

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        style_sheet.apply(_application(), desk.look.tokens)
        self._stands = False
        self._pages: dict[int, QWidget] = {}
        self._build()
        self._connect()
        self._take_look()
        self._take_state()

    def _build(self) -> None:
        self._name()
        self.rounds = RoundActions(self.desk, self)
        self.dialogs = Dialogs(self.desk, self)
        self.verbs = Actions(self, self)
        self.rail = Rail(self.desk.look, self.verbs)
        self.header = Header(self.desk, self.verbs)
        self.search = self.header.search
        self.lines = TopLines(self.desk)
        self.stack = QStackedWidget()
        self.stack.setObjectName("desk")
        self.status = StatusLine(self.desk)
        self.browse = BrowsePage(self.desk)
        self.searching = Searching(self.search, self.browse, self)
        self._put(BROWSE, self.browse)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.lines)
        right.addWidget(self.stack, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(across, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(640, 360)
        self.search.field.setAcceptDrops(False)  # a file dropped there is meant for the window
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.searching.browse_wanted.connect(self._show_found)
        self.rounds.begins.connect(self.flush)
        self.rounds.round_wanted.connect(self._show_round)
        self.rounds.item_wanted.connect(self.open_item)
        self.browse.measure_shown.connect(lambda _key: self._follow_shown())
        self.browse.unit_chosen.connect(self.open_unit)
        self.browse.menu_asked.connect(lambda *asked: self.browse_menus.open(*asked))
        self.browse.suggestions_decided.connect(lambda *asked: self.library.changes.decide(*asked))
        self.searching.item_wanted.connect(self.open_item)
        self.searching.firm_wanted.connect(lambda key: open_firm(self, key))
        self.browse.output_asked.connect(self.header.open_listed)
        self.dialogs.begins.connect(self.flush)
        for tells in (self.rounds, self.browse, self.dialogs):
            tells.told.connect(self.status.flash)
        self.desk.look.changed.connect(self._take_look)
        self.desk.catalogue_changed.connect(self._take_catalogue)

    @cached_property
    def printing(self) -> PrintActions:
        """Return what prints and saves as PDF, made when it is first asked to."""
        from desktop.ui.frame.print_actions import PrintActions, in_view

        made = PrintActions(self.desk, self, lambda: in_view(self))
        made.told.connect(self.status.flash)
        return made

    @cached_property
    def browse_menus(self) -> BrowseMenus:
        """Return the menus of 查阅, made when one is first asked for."""
        from desktop.ui.frame.browse_menus import BrowseMenus

        return BrowseMenus(self, self.verbs, self)

    @cached_property
    def drop_sheet(self) -> DropSheet:
        """Return what lies over the window while files are held over it, made when they first are."""
        from desktop.ui.frame import library_actions, window_drop

        made = window_drop.DropSheet(self.desk, self)
        made.dropped.connect(lambda paths: library_actions.take_dropped(paths, self, self))
        return made

    # ---- pages

    @cached_property
    def checklist(self) -> ChecklistPage:
        """Return the page 清单, made at first need."""
        from desktop.ui.frame import pages

        return self._put(CHECKLIST, pages.checklist(self))

    @cached_property
    def overview(self) -> OverviewPage:
        """Return the page 总览, made at first need."""
        from desktop.ui.frame import pages

        return self._put(OVERVIEW, pages.overview(self))

    @cached_property
    def library(self) -> LibraryPage:
        """Return the page 发文库, made at first need."""
        from desktop.ui.frame import library_actions

        made = library_actions.page(self.desk, self, self.open_measure)
        made.changes.begins.connect(self.flush)
        return self._put(LIBRARY, made)

    @cached_property
    def visits(self) -> VisitsPage:
        """Return the page 走访, made at first need."""
        from desktop.ui.frame import visit_actions

        return self._put(VISITS, visit_actions.page(self.desk, self, self))

    @cached_property
    def proofreading(self) -> ProofreadingPage:
        """Return the page 核查, made at first need."""
        from desktop.ui.frame import proofreading_actions

        return self._put(PROOFREADING, proofreading_actions.page(self.desk, self))

    @property
    def page(self) -> int:
        """Return the number of the page shown."""
        return next(number for number, page in self._pages.items() if page is self.stack.currentWidget())

    def show_page(self, number: int) -> None:
        """Show a page by its number."""
        self.flush()
        self.stack.setCurrentWidget(self._page(number))
        self.rail.select(number)
        self.header.show_for(number, self.focus_list)
        self._show_validity()

    def _page(self, number: int) -> QWidget:
        return cast(QWidget, getattr(self, PAGES[number][0]))  # no other one is made for it

    def open_measure(self, key: str) -> None:
        """Show a measure in 查阅."""
        self.show_page(BROWSE)
        self.browse.show_measure(key)

    def open_category(self, category_key: str) -> None:
        """Show the first measure of a category in 查阅, with the tree ordered by category."""
        self.search.ask_for()
        self.browse.navigator.set_order("category")
        self.open_measure(self.desk.catalogue.measures_in(category_key)[0].key)

    def open_unit(self, unit_key: str, measure_key: str = "") -> None:
        """Show a unit's list in 清单, at the row of a measure if one is named."""
        self.show_page(CHECKLIST)
        self.checklist.show_unit(unit_key, measure_key)

    def open_item(self, key: ItemKey) -> None:
        """Show an item's row in 清单."""
        self.open_unit(key.unit_key, key.measure_key)
        self.checklist.table.setFocus()

    def focus_list(self) -> None:
        """Put the caret into the page's list."""
        focus = getattr(self.stack.currentWidget(), "focus_list", None)
        if focus is not None:
            focus()

    def _show_round(self, key: str) -> None:
        self.show_page(OVERVIEW)
        self.overview.show_round(key)

    # ---- the rest

    def announce(self, words: str, **actions: Callable[[], object]) -> MessageLine:
        """Put a line above the pages with a button for each of ``actions``; closed, it is gone."""
        return self.lines.announce(words, **actions)

    def flush(self) -> None:
        """Save what was just typed on any page."""
        for page in self._pages.values():
            if flush := getattr(page, "flush", None):
                flush()

    def _put(self, number: int, page: Page) -> Page:
        self._pages[number] = page
        self.stack.addWidget(page)
        return page

    def _show_found(self) -> None:
        if self.stack.currentWidget() is not self.browse:
            self.show_page(BROWSE)

    def _follow_shown(self) -> None:
        self._show_ways()
        self._show_validity()

    def _show_ways(self) -> None:
        """Allow the ways back and forward that there are."""
        self.verbs[verbs.GO_BACK].setEnabled(self.browse.can_go_back)
        self.verbs[verbs.GO_FORWARD].setEnabled(self.browse.can_go_forward)

    def _take_state(self) -> None:
        """Open the window as it was left: size, page, measure, unit, order of the tree."""
        state = window_state.read(self.desk)
        window_state.take_size(self, self.desk)
        self.browse.navigator.open_in(state.order)
        if state.measure_key:
            self.browse.show_measure(state.measure_key)
        self.show_page(state.page)
        if CHECKLIST in self._pages and state.unit_key:
            self.checklist.show_unit(state.unit_key)
        self._show_ways()
        self.browse.focus_list()

    def _state(self) -> WindowState:
        unit_key = self.checklist.unit_key if CHECKLIST in self._pages else ""
        return WindowState(self.page, self.browse.last_measure_key, self.browse.navigator.order, unit_key)

    def _take_look(self) -> None:
        style_sheet.apply(_application(), self.desk.look.tokens)
        self._show_validity()

    def _take_catalogue(self) -> None:
        """Other notices are in use: the page 查阅 knows already, the others see to it themselves."""
        self._name()
        self.lines.take_library()
        self.search.take_catalogue()
        self.status.take_catalogue()
        self._show_validity()
        self._show_ways()

    def _name(self) -> None:
        """Name the window for what is in use; where it ends so, Qt adds no name."""
        self.setWindowTitle(f"{origin.in_use(self.desk.catalogue)} — {TITLE}")

    def _show_validity(self) -> None:
        """Speak of the notice of the measure in the reader, on other pages of all that are in use."""
        reading = self.stack.currentWidget() is self.browse
        self.lines.validity.show_for(self.browse.measure_key if reading else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self.header, self.rail, self.status, self.lines):
            part.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._stands:
            self._stands = True
            QTimer.singleShot(0, self.painted.emit)  # when all that it holds is painted too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from desktop.ui.kit import context_menu

        if not (context_menu.ask_by_keys(self, event) or self.searching.leave_by(event, self.page)):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The first time only: from then on the sheet sees to what is dragged."""
        if not self.drop_sheet.take(event, letting_go=False):
            super().dragEnterEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not leaving.may_close(self, self.desk, self.flush):
            event.ignore()
            return
        self.status.stop()
        self.search.stop()
        window_state.write(self, self.desk, self._state())
        super().closeEvent(event)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
