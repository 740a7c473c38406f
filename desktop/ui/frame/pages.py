"""清单 and 总览 as the window shows them: made at first need, with what they ask the window for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.overview.page import OverviewPage

if TYPE_CHECKING:
    from desktop.ui.frame.window import Window


def checklist(window: Window) -> ChecklistPage:
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


def overview(window: Window) -> OverviewPage:
    """Return the page 总览."""
    made = OverviewPage(window.desk)
    made.unit_chosen.connect(window.open_unit)
    made.item_chosen.connect(window.open_unit)
    made.category_chosen.connect(window.open_category)
    window.rounds.serve(made.round)
    return made
