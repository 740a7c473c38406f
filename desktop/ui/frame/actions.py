"""The window's actions: what each verb of :mod:`desktop.ui.verbs` does when the window is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from desktop.ui import verbs
from desktop.ui.frame.rail import BROWSE, CHECKLIST, LIBRARY, OVERVIEW, PROOFREADING, VISITS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.ui.browse.page import BrowsePage
    from desktop.ui.checklist.page import ChecklistPage
    from desktop.ui.desk import Desk
    from desktop.ui.frame.dialogs import Dialogs
    from desktop.ui.frame.print_actions import PrintActions
    from desktop.ui.frame.round_actions import RoundActions
    from desktop.ui.frame.search_bar import SearchBar
    from desktop.ui.frame.status_line import StatusLine
    from desktop.ui.kit.message_line import MessageLine
    from desktop.ui.verbs import Verb
    from desktop.ui.visits.page import VisitsPage


class Frame(Protocol):
    """What the verbs are asked of: the window, as far as they know it."""

    desk: Desk
    browse: BrowsePage
    search: SearchBar
    status: StatusLine
    rounds: RoundActions
    dialogs: Dialogs

    @property
    def printing(self) -> PrintActions:
        """Return what prints and saves as PDF."""

    @property
    def page(self) -> int:
        """Return the number of the page shown."""

    @property
    def checklist(self) -> ChecklistPage:
        """Return the page 清单."""

    @property
    def visits(self) -> VisitsPage:
        """Return the page 走访."""

    def show_page(self, number: int) -> None:
        """Show a page."""

    def open_unit(self, unit_key: str, measure_key: str = "") -> None:
        """Show a unit's list in 清单."""

    def focus_list(self) -> None:
        """Put the caret into the page's list."""

    def flush(self) -> None:
        """Save what was just typed."""

    def announce(self, words: str, **actions: Callable[[], object]) -> MessageLine:
        """Put a line above the pages."""


def _focus_search(at: Frame) -> None:
    at.search.field.setFocus()
    at.search.field.selectAll()


def _go(at: Frame, step: int) -> None:
    at.show_page(BROWSE)
    at.browse.go(step)


def _open_note(at: Frame) -> None:
    at.show_page(BROWSE)
    at.browse.reader.open_note()


def _export(at: Frame) -> None:
    at.show_page(CHECKLIST)
    at.checklist.export()


def _undo(at: Frame) -> None:
    """Take back what was entered last in this window where it is seen: notes in 查阅, else entries."""
    from desktop.ui.history import steps
    from desktop.workspace.history.steps import Kind

    at.flush()
    if at.page == BROWSE:
        if step := steps.undo_last(at.desk, Kind.NOTES):
            at.status.flash(step.words)
        elif steps.can_undo(at.desk, Kind.ITEMS):
            at.status.flash("没有可以撤销的批注；清单中的录入请在清单页撤销")
        else:
            at.status.flash("没有可以撤销的录入")
    elif at.page == VISITS:
        at.status.flash("已撤销刚才对企业情况的改动" if at.visits.undo() else "没有可以撤销的改动")
    elif steps.can_undo(at.desk, Kind.ITEMS):
        at.show_page(CHECKLIST)
        at.checklist.undo()
    else:
        at.status.flash("没有可以撤销的录入")


def _redo(at: Frame) -> None:
    """Put again what was taken back last where it is seen."""
    from desktop.ui.history import steps
    from desktop.workspace.history.steps import Kind

    at.flush()
    if at.page == BROWSE:
        step = steps.redo(at.desk, Kind.NOTES)
        at.status.flash(step.words if step else "没有可以重做的批注")
    elif steps.can_redo(at.desk, Kind.ITEMS):
        at.show_page(CHECKLIST)
        at.checklist.redo()
    else:
        at.status.flash("没有可以重做的录入")


DOES: dict[Verb, Callable[[Frame], object]] = {
    verbs.SHOW_BROWSE: lambda at: at.show_page(BROWSE),
    verbs.SHOW_CHECKLIST: lambda at: at.show_page(CHECKLIST),
    verbs.SHOW_VISITS: lambda at: at.show_page(VISITS),
    verbs.SHOW_OVERVIEW: lambda at: at.show_page(OVERVIEW),
    verbs.SHOW_LIBRARY: lambda at: at.show_page(LIBRARY),
    verbs.SHOW_PROOFREADING: lambda at: at.show_page(PROOFREADING),
    verbs.TAKE_PACKAGE: lambda at: at.dialogs.packages.ask_take(),
    verbs.WRITE_PACKAGE: lambda at: at.dialogs.packages.ask_export(),
    verbs.DECIDE_MERGED: lambda at: at.dialogs.packages.decide(),
    verbs.ARRIVALS: lambda at: at.dialogs.packages.show_arrivals(),
    verbs.VISIT_LEDGER: lambda at: at.dialogs.ask_ledger("走访台账"),
    verbs.DEMAND_LEDGER: lambda at: at.dialogs.ask_ledger("诉求台账"),
    verbs.SAME_FIRMS: lambda at: at.dialogs.show_same_firms(),
    verbs.RETENTION: lambda at: at.dialogs.show_retention(),
    verbs.SEND_DEMANDS: lambda at: at.dialogs.demand_books.ask_send(),
    verbs.TAKE_DEMANDS: lambda at: at.dialogs.demand_books.ask_take(),
    verbs.UNTAKE_DEMANDS: lambda at: at.dialogs.demand_books.ask_undo(),
    verbs.FOCUS_LIST: lambda at: at.focus_list(),
    verbs.FOCUS_SEARCH: _focus_search,
    verbs.NEXT_MATCH: lambda at: at.browse.step_match(1),
    verbs.PREVIOUS_MATCH: lambda at: at.browse.step_match(-1),
    verbs.NEXT_MEASURE: lambda at: at.browse.step_measure(1),
    verbs.PREVIOUS_MEASURE: lambda at: at.browse.step_measure(-1),
    verbs.GO_BACK: lambda at: _go(at, -1),
    verbs.GO_FORWARD: lambda at: _go(at, 1),
    verbs.FAVOURITE: lambda at: at.browse.reader.toggle_favourite(),
    verbs.NOTE: _open_note,
    verbs.COPY_WITH_SOURCE: lambda at: at.browse.reader.copying.copy_with_source(),
    verbs.COPY_TEXT: lambda at: at.browse.reader.copying.copy_text(),
    verbs.COPY_CITATION: lambda at: at.browse.reader.copying.copy_citation(),
    verbs.OPEN_SOURCE: lambda at: at.browse.beside.show_source(),
    verbs.COMPARE: lambda at: at.browse.beside.compare(),
    verbs.PRINT: lambda at: at.printing.print_shown(),
    verbs.SAVE_PDF: lambda at: at.printing.save_shown(),
    verbs.EXPORT: _export,
    verbs.PRINT_MEASURE: lambda at: at.printing.print_one("measure"),
    verbs.PRINT_CATEGORY: lambda at: at.printing.print_one("category"),
    verbs.PRINT_NOTICE: lambda at: at.printing.print_one("notice"),
    verbs.PRINT_LISTED: lambda at: at.printing.print_one("listed"),
    verbs.PRINT_UNIT: lambda at: at.printing.print_one("unit"),
    verbs.SAVE_MEASURE: lambda at: at.printing.save_one("measure"),
    verbs.SAVE_CATEGORY: lambda at: at.printing.save_one("category"),
    verbs.SAVE_NOTICE: lambda at: at.printing.save_one("notice"),
    verbs.SAVE_LISTED: lambda at: at.printing.save_one("listed"),
    verbs.EXPORT_LISTED: lambda at: at.printing.export_listed(),
    verbs.SAVE_UNIT: lambda at: at.printing.save_one("unit"),
    verbs.IMPORT: lambda at: at.rounds.import_files(),
    verbs.IMPORT_FOLDER: lambda at: at.rounds.import_folder(),
    verbs.RECEIPTS: lambda at: at.rounds.show_receipts(),
    verbs.DECIDE: lambda at: at.rounds.decide(),
    verbs.NEW_ROUND: lambda at: at.rounds.new_round(),
    verbs.SHOW_ROUND: lambda at: at.rounds.show_round(),
    verbs.LEDGER: lambda at: at.rounds.export_ledger(),
    verbs.ZOOM_IN: lambda at: at.desk.look.step_zoom(1),
    verbs.ZOOM_OUT: lambda at: at.desk.look.step_zoom(-1),
    verbs.ZOOM_RESET: lambda at: at.desk.look.step_zoom(0),
    verbs.DARK: lambda at: at.desk.look.set_dark(not at.desk.look.tokens.dark),
    verbs.UNDO: _undo,
    verbs.REDO: _redo,
    verbs.SETTINGS: lambda at: at.dialogs.show_settings(),
    verbs.BACKUPS: lambda at: at.dialogs.show_backups(),
    verbs.HELP: lambda at: at.dialogs.show_guide(at.page),
    verbs.KEYS: lambda at: at.dialogs.show_keys(),
    verbs.LOOK_AROUND: lambda at: at.dialogs.look_around(),
    verbs.ABOUT: lambda at: at.dialogs.show_about(),
}


class Actions(Mapping["Verb", "QAction"]):
    """An action of the window for each verb that is asked of it."""

    def __init__(self, frame: Frame, owner: QWidget) -> None:
        may = not frame.desk.read_only
        self._made = {
            verb: verbs.action(verb, owner, partial(does, frame), may_write=may)
            for verb, does in DOES.items()
        }

    def __getitem__(self, verb: Verb) -> QAction:
        """Return a verb's action."""
        return self._made[verb]

    def __iter__(self) -> Iterator[Verb]:
        """Go through the verbs."""
        return iter(self._made)

    def __len__(self) -> int:
        """Return how many verbs there are."""
        return len(self._made)

    def do(self, verb: Verb) -> None:
        """Do what a verb asks for, if it is allowed."""
        self._made[verb].trigger()
