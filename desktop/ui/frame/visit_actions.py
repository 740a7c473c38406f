"""The page 走访, and what it asks the window for: the dialogs of enterprises, plans, rules, and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.visits.page import VisitsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.frame.pages import PageFrame
    from desktop.ui.visits.firm_dialog import FirmDialog
    from desktop.ui.visits.firm_import_dialog import FirmImportDialog
    from desktop.ui.visits.together_dialog import TogetherDialog
    from desktop.verdicts.asking import GroupQuestion


def page(desk: Desk, window: QWidget, frame: PageFrame) -> VisitsPage:
    """Return the page, with what it asks for done."""
    made = VisitsPage(desk)
    made.plan_asked.connect(lambda key: plan(made, desk, key, window))
    made.together_asked.connect(lambda asked: ask_together(made, desk, asked, window))
    made.firm_form_asked.connect(lambda key: fill_in(made, desk, key, window))
    made.leaflet_asked.connect(lambda key: print_leaflet(desk, key, window))
    made.record_print_asked.connect(lambda key: print_record(desk, key, window))
    made.import_asked.connect(lambda: take_list(made, desk, window))
    made.measure_chosen.connect(frame.open_measure)
    made.rules_asked.connect(frame.dialogs.show_rules)
    made.told.connect(frame.status.flash)
    return made


def ask_together(page: VisitsPage, desk: Desk, asked: GroupQuestion, window: QWidget) -> TogetherDialog:
    """Open what asks for several things of the enterprise that is shown."""
    from desktop.ui.visits.together_dialog import TogetherDialog

    dialog = TogetherDialog(desk, page.firm_key, asked, window)
    dialog.open()
    return dialog


def fill_in(page: VisitsPage, desk: Desk, key: str, window: QWidget) -> FirmDialog:
    """Open the form of an enterprise, of a new one for ""; what was kept is shown then."""
    from desktop.ui.visits.firm_dialog import FirmDialog

    dialog = FirmDialog(desk, key or None, window)
    dialog.accepted.connect(lambda: page.show_firm(dialog.key or ""))
    dialog.open()
    return dialog


def take_list(page: VisitsPage, desk: Desk, window: QWidget) -> FirmImportDialog:
    """Open what takes a list of enterprises in."""
    from desktop.ui.visits.firm_import_dialog import FirmImportDialog

    dialog = FirmImportDialog(desk, window)
    dialog.finished.connect(lambda _how: page.refresh())
    dialog.open()
    return dialog


def print_leaflet(desk: Desk, key: str, window: QWidget) -> None:
    """Show 明白纸 of an enterprise as it will be printed; names of persons are masked."""
    from desktop.ui.printing import leaflet, saving

    who = (desk.user_name,) if desk.user_name else ()
    saving.print_document(desk, window, leaflet.pages(desk, key, who), leaflet.TITLE)


def print_record(desk: Desk, key: str, window: QWidget) -> None:
    """Show the record of a visit as it will be printed, to be signed: with the names as they are."""
    from desktop.ui.printing import saving, visit_record

    saving.print_document(desk, window, visit_record.record(desk, key, with_contacts=True), "走访记录")


def plan(page: VisitsPage, desk: Desk, key: str, window: QWidget) -> None:
    """Plan a visit; others that are about then are shown first."""
    from desktop.ui.visits.plan_dialog import PlanDialog

    dialog = PlanDialog(desk, key, window)
    dialog.told.connect(page.told)
    dialog.open()
