"""What the keyboard asks of the window: a method for each key in ``shortcuts_dialog``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.frame import shortcuts_dialog
from desktop.ui.frame.rail import CHECKLIST

if TYPE_CHECKING:
    from desktop.ui.frame.window import Window


class Commands:
    """The window's verbs, by name."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._desk = window.desk
        self._browse = window.browse

    def show_browse(self) -> None:
        """Show 查阅."""
        self._window.show_browse()

    def show_checklist(self) -> None:
        """Show 清单."""
        self._window.show_checklist()

    def show_overview(self) -> None:
        """Show 总览."""
        self._window.show_overview()

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self._window.search.field.setFocus()
        self._window.search.field.selectAll()

    def focus_list(self) -> None:
        """Put the caret into the page's list."""
        focus = getattr(self._window.stack.currentWidget(), "focus_list", None)
        if focus is not None:
            focus()

    def leave_search(self) -> None:
        """Empty the search and bring the tree back."""
        self._window.search.ask_for()
        self._browse.focus_list()

    def next_match(self) -> None:
        """Go to the next match."""
        self._browse.step_match(1)

    def previous_match(self) -> None:
        """Go to the previous match."""
        self._browse.step_match(-1)

    def next_measure(self) -> None:
        """Go to the next measure."""
        self._browse.step_measure(1)

    def previous_measure(self) -> None:
        """Go to the previous measure."""
        self._browse.step_measure(-1)

    def go_back(self) -> None:
        """Go back along the trail."""
        self._window.show_browse()
        self._browse.go(-1)

    def go_forward(self) -> None:
        """Go forward along the trail."""
        self._window.show_browse()
        self._browse.go(1)

    def toggle_favourite(self) -> None:
        """Put the measure shown among the favourites or take it out."""
        self._browse.reader.toggle_favourite()

    def open_note(self) -> None:
        """Open the note on the measure shown."""
        self._window.show_browse()
        self._browse.reader.open_note()

    def copy_text(self) -> None:
        """Copy the measure shown."""
        self._browse.reader.copy_text()

    def copy_citation(self) -> None:
        """Copy the citation of the measure shown."""
        self._browse.reader.copy_citation()

    def print_page(self) -> None:
        """Print what is shown: the measure, or the unit's list."""
        self._window.output.print_shown()

    def save_pdf(self) -> None:
        """Save what is shown as a PDF."""
        self._window.output.save_shown()

    def export(self) -> None:
        """Export checklists as workbooks."""
        self._window.show_checklist()
        self._window.checklist.export()

    def import_files(self) -> None:
        """Ask for workbooks that the units sent back."""
        self._window.rounds.import_files()

    def show_receipts(self) -> None:
        """Open the receipts of all imports."""
        self._window.rounds.show_receipts()

    def new_round(self) -> None:
        """Begin a round."""
        self._window.rounds.new_round()

    def export_ledger(self) -> None:
        """Export the ledger."""
        self._window.rounds.export_ledger()

    def zoom_in(self) -> None:
        """Enlarge all text."""
        self._desk.look.step_zoom(1)

    def zoom_out(self) -> None:
        """Shrink all text."""
        self._desk.look.step_zoom(-1)

    def zoom_reset(self) -> None:
        """Set all text to its own size."""
        self._desk.look.step_zoom(0)

    def toggle_dark(self) -> None:
        """Change between the dark and the light appearance."""
        self._desk.look.set_dark(not self._desk.look.tokens.dark)

    def undo(self) -> None:
        """Take back what was entered last in this window, and show where that was."""
        self._window.flush()
        if not self._desk.can_undo:
            self._window.status.flash("没有可以撤销的录入")
        elif self._window.page == CHECKLIST:
            self._window.checklist.undo()
        elif self._desk.undo_last():
            self._window.status.flash("已撤销上一次录入")

    def show_settings(self) -> None:
        """Open the settings."""
        from desktop.ui.frame.settings_dialog import SettingsDialog

        SettingsDialog(self._desk, self._window).open()

    def show_backups(self) -> None:
        """Open the list of backups."""
        from desktop.ui.safety.backup_dialog import BackupDialog

        self._window.flush()
        BackupDialog(self._desk, self._window).open()

    def show_shortcuts(self) -> None:
        """Open the list of shortcuts."""
        shortcuts_dialog.ShortcutsDialog(self._window).open()
