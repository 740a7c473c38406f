"""What the window does with rounds, returned workbooks, receipts and the ledger.

The rooms for it are made at first need: nothing of this is on the way to the first page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.export.ledger import LedgerRun
    from desktop.ui.intake.reading import IntakeRun
    from desktop.ui.intake.receipt_dialog import ReceiptDialog
    from desktop.ui.rounds.card import RoundCard
    from desktop.ui.rounds.changing import RoundChanges
    from desktop.ui.rounds.send_menu import SendMenu
    from desktop.ui.rounds.sending import RoundRun
    from desktop.workspace.returns.rounds import Round


class RoundActions(QObject):
    """What is done, and the wiring of the places that ask for it.

    Signals:
        begins(): something is about to be done; what was just typed is to be saved first
        round_wanted(str): the round of that key is to be shown, the newest one for ""
        item_wanted(object): the item of that ``ItemKey`` is to be shown
        told(str): something small was done, in words
    """

    begins = Signal()
    round_wanted = Signal(str)
    item_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    @cached_property
    def intake_run(self) -> IntakeRun:
        """Return what reads workbooks and opens the preview."""
        from desktop.ui.intake.reading import IntakeRun

        made = IntakeRun(self._desk, self._window)
        made.wanted.connect(self.item_wanted)
        return made

    @cached_property
    def round_run(self) -> RoundRun:
        """Return what begins rounds, sends their workbooks and reminds of them."""
        from desktop.ui.rounds.sending import RoundRun

        made = RoundRun(self._desk, self._window)
        made.begun.connect(lambda one: self.show_round(one.key))
        made.told.connect(self.told)
        return made

    @cached_property
    def round_changes(self) -> RoundChanges:
        """Return what renames, extends, closes, reopens and withdraws rounds."""
        from desktop.ui.rounds.changing import RoundChanges

        made = RoundChanges(self._desk, self._window)
        made.changed.connect(self._take_changed)
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

        self.begins.emit()
        dialog = ReceiptDialog(self._desk, self._window)
        dialog.wanted.connect(self.item_wanted)
        dialog.import_asked.connect(self.import_files)
        dialog.decide_asked.connect(lambda intake_id: self.decide(intake_id=intake_id))
        dialog.open()
        return dialog

    def decide(self, *, intake_id: int = 0, round_key: str = "", unit_key: str = "") -> None:
        """Decide on what an import, a round, a unit, or any of them left open; no workbook is needed."""
        from desktop.workspace.returns.open_questions import OpenScope

        if self._may_write():
            self.intake_run.decide(OpenScope(intake_id, round_key, unit_key))

    # ---- rounds and ledger

    def new_round(self, unit_keys: tuple[str, ...] = ()) -> None:
        """Open the dialog for a new round of these units, all of them for ()."""
        self.begins.emit()
        self.round_run.ask_new(unit_keys)

    def show_round(self, key: str = "") -> None:
        """Show on the overview who has answered a round, the newest one for ""."""
        self.round_wanted.emit(key)

    def export_ledger(self) -> None:
        """Ask what the ledger is to tell and where to, then write it."""
        self.begins.emit()
        self.ledger_run.ask()

    def serve(self, card: RoundCard) -> None:
        """Do what is asked for on the round's card."""
        self.serve_sending(card.sending)
        card.import_asked.connect(self.import_files)
        card.decide_asked.connect(lambda key, unit: self.decide(round_key=key, unit_key=unit))
        card.name_asked.connect(lambda asked: self.round_changes.ask_name(asked))
        card.day_asked.connect(lambda asked: self.round_changes.ask_day(asked))
        card.close_asked.connect(lambda asked: self.round_changes.ask_close(asked))
        card.reopen_asked.connect(lambda asked: self.round_changes.ask_reopen(asked))
        card.withdraw_asked.connect(lambda asked: self.round_changes.ask_withdraw(asked))
        card.record_asked.connect(lambda asked: self.round_changes.show_record(asked))
        card.copy_asked.connect(lambda asked: self.round_run.copy_reminder(asked))
        card.reminder_asked.connect(lambda asked: self.round_run.ask_reminder(asked))

    def serve_sending(self, menu: SendMenu) -> None:
        """Do what is asked for in a menu of what can be sent."""
        menu.new_asked.connect(self.new_round)
        menu.again_asked.connect(self._send_again)

    # ---- inside

    def _take_changed(self, one: Round, words: str) -> None:
        self.round_wanted.emit(one.key)
        self.told.emit(words)

    def _send_again(self, asked: Round, unit_keys: tuple[str, ...]) -> None:
        self.begins.emit()
        self.round_run.ask_again(asked, unit_keys)

    def _may_write(self) -> bool:
        """Save what was just typed; where nothing can be written, say so."""
        self.begins.emit()
        return self._desk.may_write()
