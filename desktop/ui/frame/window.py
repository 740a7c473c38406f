"""Lines above the pages that say something once: closed, they are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.catalogue import store
from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.search import Filters, Results
from desktop.ui.browse.page import BrowsePage
from desktop.ui.desk import Desk
from desktop.ui.frame import shortcuts_dialog, window_state
from desktop.ui.frame.actions import Commands
from desktop.ui.frame.header import Header
from desktop.ui.frame.print_actions import Output
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW, Rail
from desktop.ui.frame.round_actions import RoundVerbs
from desktop.ui.frame.status_line import StatusLine
from desktop.ui.frame.window_drop import DropSheet
from desktop.ui.kit import messages, style_sheet
from desktop.ui.kit.message_line import Banner, NoticeStrip

if TYPE_CHECKING:
    from desktop.ui.checklist.page import ChecklistPage
    from desktop.ui.desk import Desk
    from desktop.ui.overview.page import OverviewPage


CHECK_AFTER_MS = 300


class Window(QMainWindow):
    """One window, its pages, and the ways between them.

    Attributes:
        desk: what all pages share
        above: the column of what stands above the pages: header, banners, strips
        browse, checklist, overview: the pages; the last two are made when they are first shown
        rounds: what is done with rounds and with what comes back

    Files dropped anywhere on it, where no list of its own takes them, are read as returned workbooks.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        style_sheet.apply(_application(), desk.look.tokens)
        self._pages: dict[int, QWidget] = {}
        self._checklist: ChecklistPage | None = None
        self._overview: OverviewPage | None = None
        self._build()
        self._connect()
        self._take_look()
        window_state.restore(self)
        self._check.start()

    def _build(self) -> None:
        self.setWindowTitle(f"惠企措施手册 — {self.desk.catalogue.notice.number}")
        self.rail = Rail(self.desk)
        self.header = Header(self.desk)
        self.search = self.header.search
        self._validity = Banner(self.desk.look)
        self._lock = Banner(self.desk.look)
        self.stack = QStackedWidget()
        self.stack.setObjectName("desk")
        self.status = StatusLine(self.desk)
        self.browse = BrowsePage(self.desk)
        self._put(BROWSE, self.browse)
        self.output = Output(self)
        self.rounds = RoundVerbs(self)
        self.commands = Commands(self)
        self.above = right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.header, self._validity, self._lock):
            right.addWidget(widget)
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
        self.setMinimumSize(900, 540)
        self.search.field.setAcceptDrops(False)  # a file dropped there is meant for the window
        self.drop_sheet = DropSheet(self.desk, self)
        if self.desk.read_only:
            self.header.set_read_only()
        self._check = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)

    def _connect(self) -> None:
        self._check.timeout.connect(self.check_data)
        self.rail.page_chosen.connect(self.show_page)
        self.rail.settings_asked.connect(self.commands.show_settings)
        self.rail.help_asked.connect(self.commands.show_shortcuts)
        self.rail.theme_asked.connect(self.commands.toggle_dark)
        self.search.asked.connect(self._search)
        self.search.moved.connect(self.browse.results.move)
        self.search.entered.connect(self._enter_result)
        self.search.left.connect(self.commands.leave_search)
        self.header.back_asked.connect(self.commands.go_back)
        self.header.forward_asked.connect(self.commands.go_forward)
        self.header.zoom_asked.connect(self.desk.look.step_zoom)
        self.header.print_asked.connect(self.output.print_one)
        self.header.pdf_asked.connect(self.output.save_one)
        self.drop_sheet.dropped.connect(self.rounds.read)
        self.header.import_asked.connect(self.rounds.import_files)
        self.header.ledger_asked.connect(self.rounds.export_ledger)
        self.header.round_menu_asked.connect(self.rounds.open_menu)
        self.browse.searched.connect(self._show_count)
        self.browse.measure_shown.connect(lambda _key: self.show_trail())
        self.browse.unit_chosen.connect(self.open_unit)
        self.browse.tag_chosen.connect(lambda kind, key: self.search.ask_for(**{kind: key}))
        self.browse.told.connect(self.status.flash)
        self.desk.write_failed.connect(lambda problem: messages.show_problem(self, problem))
        self.desk.look.changed.connect(self._take_look)
        for shortcut in shortcuts_dialog.WINDOW:
            for keys in shortcut.keys:
                QShortcut(QKeySequence(keys), self, getattr(self.commands, shortcut.does))

    # ---- pages

    @property
    def checklist(self) -> ChecklistPage:
        """Return the page 清单, made at first need."""
        if self._checklist is None:
            from desktop.ui.checklist.page import ChecklistPage

            self._checklist = page = ChecklistPage(self.desk)
            page.measure_chosen.connect(self.open_measure)
            page.print_asked.connect(lambda: self.output.print_one("unit"))
            page.pdf_asked.connect(lambda: self.output.save_one("unit"))
            self._put(CHECKLIST, page)
        return self._checklist

    @property
    def overview(self) -> OverviewPage:
        """Return the page 总览, made at first need."""
        if self._overview is None:
            from desktop.ui.overview.page import OverviewPage

            self._overview = page = OverviewPage(self.desk)
            page.unit_chosen.connect(self.open_unit)
            page.item_chosen.connect(self.open_unit)
            page.category_chosen.connect(self.open_category)
            self.rounds.serve(page.round)
            self._put(OVERVIEW, page)
        return self._overview

    @property
    def has_checklist(self) -> bool:
        """Return whether the page 清单 was made."""
        return self._checklist is not None

    @property
    def page(self) -> int:
        """Return the number of the page shown."""
        return next(number for number, page in self._pages.items() if page is self.stack.currentWidget())

    def show_page(self, number: int) -> None:
        """Show a page by its number."""
        self.flush()
        page = (self.browse, self.checklist, self.overview)[number] if number else self.browse
        self.stack.setCurrentWidget(page)
        self.rail.select(number)
        self.header.show_for(number)

    def show_browse(self) -> None:
        """Show 查阅."""
        self.show_page(BROWSE)

    def show_checklist(self) -> None:
        """Show 清单."""
        self.show_page(CHECKLIST)

    def show_overview(self) -> None:
        """Show 总览."""
        self.show_page(OVERVIEW)

    def open_measure(self, key: str) -> None:
        """Show a measure in 查阅."""
        self.show_browse()
        self.browse.show_measure(key)

    def open_category(self, category_key: str) -> None:
        """Show the first measure of a category in 查阅, with the tree ordered by category."""
        self.search.ask_for()
        self.browse.navigator.set_order("category")
        self.open_measure(self.desk.catalogue.measures_in(category_key)[0].key)

    def open_unit(self, unit_key: str, measure_key: str = "") -> None:
        """Show a unit's list in 清单, at the row of a measure if one is named."""
        self.show_checklist()
        self.checklist.show_unit(unit_key, measure_key)

    def unit_in_view(self) -> str:
        """Return the unit that the page shows: the list's in 清单, else the first one of the measure."""
        if self.page == CHECKLIST:
            return self.checklist.unit_key
        order, key = self.browse.branch
        units = self.desk.catalogue.units_of(self.browse.measure_key)
        return key if order == "unit" else (units[0].key if units else UNASSIGNED)

    # ---- the rest

    def say_locked(self, words: str) -> None:
        """Say above the pages why this window is read-only."""
        self._lock.say(words)

    def check_data(self) -> None:
        """Check the bundled database against its own hashes and say how that went."""
        problems = store.verify(self.desk.measures)
        words = "原文校验通过" if not problems else f"原文校验未通过：{problems[0]}"
        self.status.set_check(words, bad=bool(problems))

    def flush(self) -> None:
        """Save what was just typed on any page."""
        for page in self._pages.values():
            flush = getattr(page, "flush", None)
            if flush is not None:
                flush()

    def _put(self, number: int, page: QWidget) -> None:
        self._pages[number] = page
        self.stack.addWidget(page)

    def _search(self, text: str, filters: Filters) -> None:
        if not self.search.is_empty() and self.stack.currentWidget() is not self.browse:
            self.show_browse()
        self.browse.search(text, filters)

    def _enter_result(self) -> None:
        self.show_browse()
        if self.browse.searching and self.browse.measure_key:
            self.browse.show_measure(self.browse.measure_key)

    def _show_count(self, results: Results | None) -> None:
        if results is None:
            self.search.field.set_hint("Ctrl+F")
            return
        many = f"{results.total} 条" if results.total is not None else f"{len(results.hits)} 条以上"
        self.search.field.set_hint(f"{many} · Esc 返回目录")

    def show_trail(self) -> None:
        """Say in the header whether there is a way back or forward."""
        self.header.show_trail(self.browse.trail.can_go_back, self.browse.trail.can_go_forward)

    def _take_look(self) -> None:
        style_sheet.apply(_application(), self.desk.look.tokens)
        validity = self.desk.validity
        self._validity.say(
            _validity_words(validity.valid_until, validity.days_past) if validity.expired else ""
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._check.stop()
        self.flush()
        window_state.remember(self)
        super().closeEvent(event)


def _validity_words(until: date, days: int) -> str:
    return (
        f"本文件有效期至 {until.year}年{until.month}月{until.day}日，"
        f"<b>已过有效期 {days} 天</b>。引用前请核实是否有延续或替代文件。"
    )


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


BELOW_BANNERS = 3  # header, validity and read-only come before


class Strip(NoticeStrip):
    """One such line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.close_button.clicked.connect(self.deleteLater)
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _take_look(self) -> None:
        self.apply_look(self._desk.look.tokens)


def put(window: Window, words: str, **actions: Callable[[], object]) -> Strip:
    """Put a line with ``words`` above the window's pages, with a button for each of ``actions``."""
    strip = Strip(window.desk)
    window.above.insertWidget(BELOW_BANNERS, strip)
    strip.tell(words, **actions)
    return strip
