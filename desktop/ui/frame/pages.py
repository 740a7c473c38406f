"""清单 and 总览 as the window shows them: made at first need, with what they ask the window for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.overview.page import OverviewPage

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.frame.dialogs import Dialogs
    from desktop.ui.frame.print_actions import PrintActions
    from desktop.ui.frame.round_actions import RoundActions
    from desktop.ui.frame.status_line import StatusLine


class PageFrame(Protocol):
    """What the pages ask of the window."""

    desk: Desk
    dialogs: Dialogs
    rounds: RoundActions
    status: StatusLine

    @property
    def printing(self) -> PrintActions:
        """Return what prints and saves as PDF."""

    def open_measure(self, key: str) -> None:
        """Show a measure in 查阅."""

    def open_category(self, category_key: str) -> None:
        """Show the first measure of a category in 查阅."""

    def open_unit(self, unit_key: str, measure_key: str = "") -> None:
        """Show a unit's list in 清单."""


def checklist(window: PageFrame) -> ChecklistPage:
    """Return the page 清单."""
    made = ChecklistPage(window.desk)
    made.measure_chosen.connect(window.open_measure)
    made.print_asked.connect(lambda: window.printing.print_one("unit"))
    made.pdf_asked.connect(lambda: window.printing.save_one("unit"))
    made.decide_asked.connect(lambda unit_key: window.rounds.decide(unit_key=unit_key))
    made.settings_asked.connect(lambda: window.dialogs.show_settings(person=True))
    made.told.connect(window.status.flash)
    window.rounds.serve_sending(made.head.sending)
    return made


def overview(window: PageFrame) -> OverviewPage:
    """Return the page 总览."""
    made = OverviewPage(window.desk)
    made.unit_chosen.connect(window.open_unit)
    made.item_chosen.connect(window.open_unit)
    made.category_chosen.connect(window.open_category)
    window.rounds.serve(made.round)
    return made
