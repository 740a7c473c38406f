"""What can be done with the rows of a checklist: statuses, deadlines, files, hand-over, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.catalogue.typeset import typeset
from desktop.ui.checklist.reason_dialog import ReasonDialog
from desktop.ui.evidence.checking import CheckRun
from desktop.ui.history import steps
from desktop.ui.history.export import HistoryExport
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import changes, typed_dates
from desktop.workspace.items.model import FIELD_NAMES, ItemKey, Status
from desktop.workspace.items.typed_dates import Around, Asked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.catalogue.model import Unit
    from desktop.ui.checklist.model import ChecklistModel
    from desktop.ui.checklist.table import ChecklistTable
    from desktop.ui.desk import Desk
    from desktop.ui.history.steps import Step
    from desktop.ui.kit.message_line import MessageLine


class ChecklistActions(QObject):
    """What the page does. Each of it first writes what is being typed.

    Signals:
        items_wanted(tuple): the items of these ``ItemKey`` values are to be shown, as something changed there
    """

    items_wanted = Signal(tuple)

    def __init__(
        self,
        desk: Desk,
        model: ChecklistModel,
        table: ChecklistTable,
        message: MessageLine,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._model, self._table, self._message = desk, model, table, message
        self._parent = parent
        self.history_export = HistoryExport(desk, parent)
        self.check_run = CheckRun(desk, parent)
        self.check_run.checked.connect(message.tell)

    def show_wording(self, key: ItemKey) -> None:
        """Show how a measure was worded when its entry was made, and what was changed since."""
        from desktop.ui.history import wording_dialog
        from desktop.workspace.items import entries

        kept = entries.load_one(self._desk.workspace.db, key)
        old = wording_dialog.entered_for(self._desk, key.measure_key, kept.text_sha256) if kept else None
        if old is None:
            self._message.tell("录入时的措施文字没有保留下来，请在查阅中核对现行文字。")
        else:
            wording_dialog.WordingDialog(self._desk, key.measure_key, old, self._parent).open()

    # ---- entries

    def set_status(self, key: ItemKey, status: Status) -> None:
        """Write a status; 不适用 asks for the reason first."""
        write = self._model.write
        item = self._desk.item(key)
        if status is not Status.NOT_APPLICABLE:
            if status is not item.entry.status:
                write(key, {"status": str(status)})
            return
        dialog = ReasonDialog(typeset(item.title), item.entry.reason, self._parent)
        dialog.given.connect(lambda reason: write(key, {"status": str(status), "reason": reason}))
        dialog.open()

    def ask_deadline(self) -> None:
        """Ask for a deadline and write it for the selected rows, as one edit."""
        from desktop.ui.checklist.deadline_dialog import DeadlineDialog

        self._table.leave()
        items = self._table.selected_items()
        if not items or self._desk.read_only:
            return
        dialog = DeadlineDialog(self._desk, items, self._parent)
        dialog.given.connect(lambda stored: self.set_deadline([item.key for item in items], stored))
        dialog.open()

    def set_deadline(self, keys: list[ItemKey], stored: str) -> bool:
        """Write one deadline for these rows; return whether it reached the disk."""
        written = self._desk.edit_each(keys, {"deadline": stored})
        if written and len(keys) > 1:
            self._message.tell(f"已为 {len(keys)} 项设置完成时限。", 撤销=self._undoing_newest())
        return written

    def tell_bad_date(self, key: ItemKey, text: str) -> None:
        """Say that a deadline was left as it was, or ask for the one that was probably meant."""
        former = self._desk.item(key).entry.deadline
        reading = typed_dates.read(text, Around(self._desk.today(), former))
        if not isinstance(reading, Asked):
            self._message.tell(typed_dates.refusal(text))
            self._message.warn()
            return
        meant = reading.guess.stored

        def take() -> None:
            self._message.hide()
            self._model.write(key, {"deadline": meant})
            self._table.setFocus()

        self._message.tell(f"{reading.why}没有改动任何内容。", 是=take, 不是=self._message.hide)
        self._message.warn()
        self._message.button("是").setFocus()

    def tell_refused(self, key: ItemKey, values: dict[str, str]) -> None:
        """Say that ``values`` were not written; they can be tried again or copied."""

        def again() -> None:
            self._message.hide()
            self._model.write(key, values)

        number = words.number(self._desk.catalogue, key.measure_key)
        names, text = "、".join(FIELD_NAMES[field] for field in values), "\n".join(values.values())
        self._message.tell(
            f"{number}{names}没有保存：“{text}”",
            再试一次=again,
            复制内容=lambda: QGuiApplication.clipboard().setText(text),
        )
        self._message.warn()

    def ask_hand_over(self, unit: Unit | None) -> None:
        """Ask who takes a unit's items over from whom."""
        from desktop.ui.checklist import handover

        self._table.leave()
        items = [item for item in self._desk.items(unit.key) if not item.orphaned] if unit else []
        if unit is not None and items and not self._desk.read_only:
            handover.ask(self._desk, unit, items, self._parent)

    # ---- files

    def tell_removed(self, name: str) -> None:
        """Say that a file was taken off, and offer to take that back."""
        self._message.tell(f"已移除“{name}”，文件仍保存在工作库中。", 撤销=self._undoing_newest())

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
            self._message.tell("工作库中还没有佐证材料。")

    # ---- taking back

    def undo(self) -> None:
        """Take back the last edit of this window, say what that was and show where."""
        self._table.leave()
        self._show(steps.undo_last(self._desk, Kind.ITEMS), 重做=self.redo)

    def redo(self) -> None:
        """Put again what was taken back last, say what that was and show where."""
        self._table.leave()
        self._show(steps.redo(self._desk, Kind.ITEMS), 撤销=self.undo)

    def undo_change(self, change_id: int) -> None:
        """Take back one change of the history, say what that was and show where."""
        self._table.leave()
        self._show(steps.undo_change(self._desk, change_id), 重做=self.redo)

    def _undoing_newest(self) -> Callable[[], None]:
        """Return what takes back the edit made just now, also when others have followed."""
        newest = changes.newest(self._desk.workspace.db)
        return lambda: self.undo_change(newest)

    def _show(self, step: Step | None, **ways: Callable[[], None]) -> None:
        if step is None:
            self._message.hide()
            return
        self.items_wanted.emit(step.keys)
        self._message.tell(f"{step.words}。", **ways)
