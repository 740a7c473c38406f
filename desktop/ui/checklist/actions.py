"""What can be done with the rows of a checklist: statuses, deadlines, files, hand-over, taking back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.ui.checklist.reason_dialog import ReasonDialog
from desktop.ui.evidence.checking import CheckRun
from desktop.ui.history.export import HistoryExport
from desktop.workspace.evidence import attached
from desktop.workspace.items.model import ItemKey, Status

if TYPE_CHECKING:
    from desktop.ui.checklist.page import ChecklistPage


class Deeds:
    """The page's verbs. Each of them first writes what is being typed."""

    def __init__(self, page: ChecklistPage) -> None:
        self._page = page
        self._desk = page.desk
        self.history_export = HistoryExport(page.desk, page)
        self.check_run = CheckRun(page.desk, page)
        self.check_run.checked.connect(page.notice.tell)

    # ---- entries

    def set_status(self, key: ItemKey, status: Status) -> None:
        """Write a status; 不适用 asks for the reason first."""
        write = self._page.model.write
        item = self._desk.item(key)
        if status is not Status.NOT_APPLICABLE:
            if status is not item.entry.status:
                write(key, {"status": str(status)})
            return
        dialog = ReasonDialog(typeset(item.title), item.entry.reason, self._page)
        dialog.given.connect(lambda reason: write(key, {"status": str(status), "reason": reason}))
        dialog.open()

    def ask_deadline(self) -> None:
        """Ask for a deadline and write it for the selected rows, as one edit."""
        from desktop.ui.checklist.deadline_dialog import DeadlineDialog

        self._page.table.leave()
        items = self._page.table.selected_items()
        if not items or self._desk.read_only:
            return
        dialog = DeadlineDialog(self._desk, items, self._page)
        dialog.given.connect(lambda stored: self.set_deadline([item.key for item in items], stored))
        dialog.open()

    def set_deadline(self, keys: list[ItemKey], stored: str) -> bool:
        """Write one deadline for these rows; return whether it reached the disk."""
        written = self._desk.edit_each(keys, {"deadline": stored})
        if written and len(keys) > 1:
            self._page.notice.tell(f"已为 {len(keys)} 项设置完成时限。", 撤销=self.undo)
        return written

    def ask_hand_over(self) -> None:
        """Ask who takes the unit's items over from whom."""
        from desktop.ui.checklist import handover

        self._page.table.leave()
        unit = self._page.unit
        items = [item for item in self._desk.items(self._page.unit_key) if not item.orphaned]
        if unit is not None and items and not self._desk.read_only:
            handover.ask(self._desk, unit, items, self._page)

    def ask_user(self) -> None:
        """Open the settings at 本机使用人."""
        from desktop.ui.frame.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._desk, self._page.window())
        dialog.user.setFocus()
        dialog.user.selectAll()
        dialog.open()

    # ---- files

    def attach(self, key: ItemKey, paths: tuple[Path, ...]) -> None:
        """Attach files to a row and show them."""
        self._page.table.leave()
        self._page.table.select_measure(key.measure_key)
        self._page.head.evidence_button.setChecked(True)
        self._page.evidence.attach(key, paths)

    def tell_removed(self, name: str) -> None:
        """Say that a file was taken off, and offer to take that back."""
        self._page.notice.tell(f"已移除“{name}”，文件仍保存在工作库中。", 撤销=self.undo)

    def check_files(self) -> None:
        """Read the files of all units again, byte by byte."""
        files = [
            one
            for unit in self._desk.catalogue.checklist_units()
            for one in attached.of_unit(self._desk.workspace.db, unit.key)
        ]
        if files:
            self.check_run.check(files)
        else:
            self._page.notice.tell("工作库中还没有佐证材料。")

    def export_all(self) -> None:
        """Ask for a file and export all units to it."""
        self._page.flush()
        self._page.export_run.ask_all()

    def export_each(self) -> None:
        """Ask for a folder and export each unit to a workbook of its own."""
        self._page.flush()
        self._page.export_run.ask_each()

    def take_evidence_along(self, on: bool) -> None:
        """Let 佐证材料 go along with what is exported, or not."""
        self._page.export_run.with_evidence = on

    # ---- taking back

    def undo(self) -> None:
        """Take back the last edit of this window and show where that was."""
        self._page.notice.hide()
        self._page.table.leave()
        self._showing_changes(self._desk.undo_last)

    def undo_change(self, change_id: int) -> None:
        """Take back one change of the history and show where that was."""
        self._showing_changes(lambda: self._desk.undo(change_id))

    def _showing_changes(self, act: Callable[[], bool]) -> None:
        changed: list[ItemKey] = []
        self._desk.progress_changed.connect(changed.extend)
        try:
            act()
        finally:
            self._desk.progress_changed.disconnect(changed.extend)
        if changed:
            self._page.show_unit(changed[0].unit_key, changed[0].measure_key)
