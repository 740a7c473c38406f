"""What the window does with rounds, returned workbooks, receipts and the ledger.

The rooms for it are made at first need: nothing of this is on the way to the first page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.ui.export.ledger import LedgerRun
    from desktop.ui.frame.window import Window
    from desktop.ui.intake.reading import IntakeRun
    from desktop.ui.intake.receipt_dialog import ReceiptDialog
    from desktop.ui.rounds.card import RoundCard
    from desktop.ui.rounds.sending import RoundRun
    from desktop.workspace.items.model import ItemKey
    from desktop.workspace.returns.rounds import Round


class RoundVerbs:
    """The verbs, and the wiring of the places that ask for them."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._desk = window.desk

    @cached_property
    def intake_run(self) -> IntakeRun:
        """Return what reads workbooks and opens the preview."""
        from desktop.ui.intake.reading import IntakeRun

        made = IntakeRun(self._desk, self._window)
        made.wanted.connect(self._show_item)
        return made

    @cached_property
    def round_run(self) -> RoundRun:
        """Return what begins rounds, sends their workbooks and reminds of them."""
        from desktop.ui.rounds.sending import RoundRun

        made = RoundRun(self._desk, self._window)
        made.begun.connect(lambda one: self.show_round(one.key))
        made.told.connect(self._window.status.flash)
        return made

    @cached_property
    def ledger_run(self) -> LedgerRun:
        """Return what writes the ledger."""
        from desktop.ui.export.ledger import LedgerRun

        return LedgerRun(self._desk, self._window)

    # ---- what comes back

    def import_files(self) -> None:
        """Ask for workbooks and read them."""
        if self._may_write():
            self.intake_run.ask_files()

    def import_folder(self) -> None:
        """Ask for a folder of workbooks and read them."""
        if self._may_write():
            self.intake_run.ask_folder()

    def read(self, paths: Iterable[Path]) -> None:
        """Read these workbooks and folders."""
        if self._may_write():
            self.intake_run.read(paths)

    def show_receipts(self) -> ReceiptDialog:
        """Open the receipts of all imports; return the dialog."""
        from desktop.ui.intake.receipt_dialog import ReceiptDialog

        self._window.flush()
        dialog = ReceiptDialog(self._desk, self._window)
        dialog.wanted.connect(self._show_item)
        dialog.import_asked.connect(self.import_files)
        dialog.open()
        return dialog

    # ---- rounds and ledger

    def new_round(self) -> None:
        """Open the dialog for a new round."""
        self._window.flush()
        self.round_run.ask_new()

    def show_round(self, key: str = "") -> None:
        """Show on the overview who has answered a round, the newest one for ""."""
        self._window.show_overview()
        self._window.overview.show_round(key)

    def export_ledger(self) -> None:
        """Ask what the ledger is to tell and where to, then write it."""
        self._window.flush()
        self.ledger_run.ask()

    def serve(self, card: RoundCard) -> None:
        """Do what is asked for on the round's card."""
        card.new_asked.connect(self.new_round)
        card.import_asked.connect(self.import_files)
        card.again_asked.connect(self._send_again)
        card.copy_asked.connect(lambda asked: self.round_run.copy_reminder(asked))
        card.reminder_asked.connect(lambda asked: self.round_run.ask_reminder(asked))

    def open_menu(self, button: QWidget) -> None:
        """Open the menu of all this below a button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu."""
        menu, may = QMenu(self._window), not self._desk.read_only
        menu.addAction("新建填报轮次……\tCtrl+Shift+N", self.new_round).setEnabled(may)
        menu.addAction("本轮情况、催报、再次导出", self.show_round)
        menu.addSeparator()
        menu.addAction("导入回填……\tCtrl+I", self.import_files).setEnabled(may)
        menu.addAction("导入整个文件夹……", self.import_folder).setEnabled(may)
        menu.addAction("导入记录……\tCtrl+Shift+I", self.show_receipts)
        menu.addSeparator()
        menu.addAction("导出台账……\tCtrl+L", self.export_ledger)
        return menu

    # ---- inside

    def _send_again(self, asked: Round, unit_keys: tuple[str, ...]) -> None:
        self._window.flush()
        self.round_run.ask_again(asked, unit_keys)

    def _show_item(self, key: ItemKey) -> None:
        self._window.open_unit(key.unit_key, key.measure_key)

    def _may_write(self) -> bool:
        """Save what was just typed; where nothing can be written, say so."""
        self._window.flush()
        return self._desk.may_write()
