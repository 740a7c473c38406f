"""The dialogs that belong to the whole window; each of their rooms is opened when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.demands.books import DemandBooks
    from desktop.ui.desk import Desk
    from desktop.ui.merging.package_runs import PackageRuns
    from desktop.ui.safety.sealing import Sealing


class Dialogs(QObject):
    """Settings, backups, the list of keys, and what stood in the way of writing.

    Signals:
        begins(): a dialog is about to open; what was just typed is to be saved first
        told(str): what was just done, for the status line

    Attributes:
        sealing: what is to be done about the passphrase once the window is closed, None for nothing
    """

    begins = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.sealing: Sealing | None = None
        desk.write_failed.connect(self.show_problem)

    @cached_property
    def packages(self) -> PackageRuns:
        """Return what writes packages and takes them in, made at first need."""
        from desktop.ui.merging.package_runs import PackageRuns

        made = PackageRuns(self._desk, self._window)
        made.begins.connect(self.begins)
        made.told.connect(self.told)
        return made

    @cached_property
    def demand_books(self) -> DemandBooks:
        """Return what sends units their demands and takes them back, made at first need."""
        from desktop.ui.demands.books import DemandBooks

        made = DemandBooks(self._desk, self._window)
        made.told.connect(self.told)
        return made

    def ask_ledger(self, what: str) -> None:
        """Ask how and where to write 走访台账 or 诉求台账."""
        from desktop.ui.export.field_ledgers import FieldLedgerRun

        self.begins.emit()
        FieldLedgerRun(self._desk, self._window, what).ask()

    def show_same_firms(self) -> None:
        """Show records that may be one enterprise."""
        from desktop.ui.visits.merge_dialog import MergeDialog

        self.begins.emit()
        MergeDialog(self._desk, self._window).open()

    def show_retention(self) -> None:
        """Show what is past its period of retention."""
        from desktop.ui.merging.retention_dialog import RetentionDialog

        self.begins.emit()
        RetentionDialog(self._desk, self._window).open()

    def show_rules(self) -> None:
        """Show the rules by which measures are found to fit."""
        from desktop.ui.visits.rules_dialog import RulesDialog

        RulesDialog(self._desk, self._window).open()

    def show_settings(self, *, person: bool = False) -> None:
        """Open the settings, at who is at this machine when ``person`` is to be changed."""
        from desktop.ui.frame.settings_dialog import SettingsDialog

        self.begins.emit()
        dialog = SettingsDialog(self._desk, self._window)
        dialog.backups_asked.connect(self.show_backups)
        dialog.passphrase_asked.connect(self.show_passphrase)
        if person:
            dialog.ask_person()
        dialog.open()

    def show_passphrase(self, takes_off: bool) -> None:
        """Ask for a new passphrase of the workspace, or with ``takes_off`` whether it is to have none."""
        from desktop.ui.safety.passphrase_dialog import SealDialog

        self.begins.emit()
        dialog = SealDialog(self._desk, self._window, takes_off=takes_off)
        dialog.asked.connect(self._close_to_seal)
        dialog.open()

    def _close_to_seal(self, wanted: Sealing) -> None:
        """Close the window, so that the workspace can be converted; where it stays, nothing is converted."""
        self.sealing = wanted
        if not self._window.close():
            self.sealing = None

    def show_backups(self) -> None:
        """Open the list of backups."""
        from desktop.ui.safety.backup_dialog import BackupDialog

        self.begins.emit()
        BackupDialog(self._desk, self._window).open()

    def show_guide(self, page: int) -> None:
        """Open the manual at the task of the dialog in front or else of ``page``; an open one comes forward.

        One that is opened over a dialog can be read beside it, and is gone with it.
        """
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QApplication, QDialog

        from desktop.ui.frame.rail import PAGES
        from desktop.ui.help import context
        from desktop.ui.help.guide_window import GuideWindow

        over = QApplication.activeModalWidget() or self._window
        around = [over]
        while (parent := around[-1].parentWidget()) is not None:
            around.append(parent)
        if any(isinstance(one, GuideWindow) for one in around):
            return
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        standing = next(iter(over.findChildren(GuideWindow, options=direct)), None)
        try:
            guide = standing or GuideWindow(self._desk, over)
        except KnownError as problem:
            self.show_problem(problem)
            return
        if isinstance(over, QDialog) and standing is None:
            over.finished.connect(guide.close)
            guide.rejected.connect(over.activateWindow)
        guide.open_at(context.task(PAGES[page][0], [type(one).__name__ for one in around]))

    def show_keys(self) -> None:
        """Open the list of keys."""
        from desktop.ui.frame.help_dialog import HelpDialog

        HelpDialog(self._window).open()

    def look_around(self) -> None:
        """Show what is where in the window, one thing after the other."""
        from desktop.ui.frame import first_look

        first_look.begin(self._window)

    def show_about(self) -> None:
        """Say what this copy of the program is."""
        from desktop.ui.help.about_dialog import AboutDialog

        AboutDialog(self._desk, self._window).open()

    def show_problem(self, problem: KnownError) -> None:
        """Say why something was not written."""
        from desktop.ui.kit import messages

        messages.show_problem(self._window, problem)
