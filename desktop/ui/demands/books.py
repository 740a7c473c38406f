"""诉求办理表: a unit's demands sent out as a workbook, and what it wrote looked at, taken in, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.errors import KnownError
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit import asking, messages, widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.told_table import ToldRow, ToldTable
from desktop.workspace import words
from desktop.workspace.demands import demands, taking
from desktop.workspace.demands.taking import Taken
from desktop.workspace.file import store
from desktop.workspace.items import changes
from desktop.workspace.journal.model import Stamp

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.demands.returned import DemandAnswer, ReturnedDemands
    from desktop.workspace.demands.taking import DemandOutcome, DemandReceipt

WHAT = "诉求办理表"
SENDING = "把一个单位正在办理的诉求装成工作簿，由单位填写办理情况后发回，再在这里收回。"
WILL_BE = {Taken.ADOPTED: "将采用", Taken.REFUSED: "不采用"}
"""What is said of a row before anything is written."""
LATER = "发出之后又有办理的，也接着现在的进展采用回填内容"


class SendDemandsDialog(Dialog):
    """Asks which unit's open demands go out.

    Signals:
        asked(str, bool): the key of the unit, and whether names and phones are written as they are
    """

    asked = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("发出诉求办理表")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        told = widgets.label(SENDING, "muted")
        told.setWordWrap(True)
        box.addWidget(told)
        self.unit = QComboBox()
        self.unit.setAccessibleName("发给哪个单位")
        found = [one for one in demands.every(desk.workspace.db) if one.is_open]
        for key in dict.fromkeys(unit for one in found for unit in one.units):
            count = sum(key in one.units for one in found)
            self.unit.addItem(f"{words.unit(desk.catalogue, key)}（{count} 件）", key)
        box.addWidget(self.unit)
        self.contacts = TickBox("人名、电话照原样写出", desk.look)
        box.addWidget(self.contacts)
        foot = DialogFoot(self, "导出……")
        self.ok_button = foot.ok_button
        self.ok_button.setEnabled(self.unit.count() > 0)
        box.addLayout(foot)
        self.setMinimumWidth(px(420))

    def accept(self) -> None:
        super().accept()
        self.asked.emit(str(self.unit.currentData()), self.contacts.isChecked())


class TakeDemandsDialog(Dialog):
    """Shows what a workbook that came back would do; nothing is written before it is accepted."""

    def __init__(self, desk: Desk, book: ReturnedDemands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._book = desk, book
        self.setWindowTitle("收回诉求办理表")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        for note in book.notes:
            line = widgets.label(note, "warn")
            line.setWordWrap(True)
            box.addWidget(line)
        self.count = widgets.label("", "heading")
        box.addWidget(self.count)
        self.table = ToldTable(desk.look, (), "各行怎样")
        box.addWidget(self.table, 1)
        self.theirs = TickBox(LATER, desk.look)
        box.addWidget(self.theirs)
        foot = DialogFoot(self, "并入")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.theirs.toggled.connect(lambda _on: self.refresh())
        widgets.resize_within(self, px(760), px(440))
        self.refresh()

    def refresh(self) -> None:
        """Work out on a copy what would come of it."""
        desk = self._desk
        stamp = Stamp(desk.user_name, changes.IMPORT, desk.now())
        with store.opened_in_memory(desk.workspace.folder) as copy:
            receipt = taking.take(copy.db, self._book, stamp, theirs=self.theirs.isChecked())
        answers = {row.row: row.answer for row in self._book.rows}
        self.table.rows.show([_told(one, answers[one.row]) for one in receipt.rows])
        self.count.setText(_counted(receipt, WILL_BE))
        moved_on = any(one.taken is Taken.CONFLICT for one in receipt.rows)
        self.theirs.setVisible(moved_on or self.theirs.isChecked())
        self.ok_button.setEnabled(any(one.taken is Taken.ADOPTED for one in receipt.rows))


class DemandBooks(QObject):
    """Sends these workbooks out and takes them back, for a window.

    Signals:
        told(str): what was done, in words
    """

    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.sending = WorkbookRun(desk, window, f"导出{WHAT}", quick=True)

    def ask_send(self) -> SendDemandsDialog:
        """Ask which unit's demands go out."""
        dialog = SendDemandsDialog(self._desk, self._window)
        dialog.asked.connect(self._ask_file)
        dialog.open()
        return dialog

    def _ask_file(self, unit: str, with_contacts: bool) -> None:
        what = f"{words.unit(self._desk.catalogue, unit)}-{WHAT}"
        self.sending.ask_for(what, lambda path: self.send(unit, path, with_contacts=with_contacts))

    def send(self, unit: str, path: Path, *, with_contacts: bool) -> None:
        """Write the workbook of a unit."""
        self.sending.begin(_work(self._desk, unit, path, with_contacts=with_contacts), path.parent)

    def ask_take(self) -> None:
        """Ask for a workbook that came back."""
        if self._desk.may_write():
            start = asking.folder(self._desk.setting("ui.import_folder"))
            asking.ask_existing(
                self._window, f"收回{WHAT}", start, lambda paths: self.look(paths[0]), asking.BOOKS
            )

    def look(self, path: Path) -> TakeDemandsDialog | None:
        """Show what a workbook would do; None, and a message, for what is none."""
        from desktop.exchange.demands import returned

        try:
            book = returned.read(path)
        except KnownError as problem:
            self._desk.tell_problem(problem)
            return None
        dialog = TakeDemandsDialog(self._desk, book, self._window)
        dialog.accepted.connect(lambda: self.take(book, theirs=dialog.theirs.isChecked()))
        dialog.open()
        return dialog

    def take(self, book: ReturnedDemands, *, theirs: bool) -> None:
        """Take a workbook in as one write; it can be taken back at once."""
        done = self._desk.demands.take(book, theirs=theirs)
        if done is not None:
            self.told.emit(f"已并入{WHAT}：{_counted(done, {})}")

    def ask_undo(self) -> None:
        """Ask whether the workbook that was taken in last is to be taken back."""
        last = next((one for one in taking.receipts(self._desk.workspace.db) if not one.undone), None)
        if last is None:
            messages.show_message(self._window, f"没有可以撤销的{WHAT}。")
            return
        messages.ask(
            self._window,
            f"撤销并入的“{last.file}”？",
            "之后又有办理的诉求保留现有进展。",
            "撤销并入",
            "取消",
            lambda: self.undo(last.key),
        )

    def undo(self, key: str) -> None:
        """Take one workbook back."""
        done = self._desk.demands.untake(key)
        if done is not None:
            self.told.emit(f"已撤销“{done[0].file}”的并入")


def _told(one: DemandOutcome, answer: DemandAnswer) -> ToldRow:
    """Return a row of the plan: what becomes of an answer, and what the unit wrote."""
    due = f"申请延期至{answer.due}" if answer.due else ""
    wrote = "，".join(" ".join(text.split()) for text in (answer.text, due, answer.reason) if text)
    acts = "：".join(filter(None, ("、".join(one.acts), wrote)))
    kind = WILL_BE.get(one.taken, str(one.taken))
    return ToldRow(kind, f"第{one.row}行　{one.number}", "；".join(filter(None, (acts, one.reason))))


def _counted(receipt: DemandReceipt, names: Mapping[Taken, str]) -> str:
    count = {kind: sum(one.taken is kind for one in receipt.rows) for kind in Taken}
    told = (f"{names.get(kind, kind)} {number}" for kind, number in count.items() if number)
    return " · ".join(told) or "没有内容"


def _work(desk: Desk, unit: str, path: Path, *, with_contacts: bool) -> Work:
    workspace, catalogue, today, at = desk.workspace, desk.catalogue, desk.today(), desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.demands import unit_book

        with store.read_again(workspace) as db:
            unit_book.write(
                path,
                catalogue,
                db,
                unit,
                today,
                with_contacts=with_contacts,
                at=at,
                report=report,
                cancelled=cancelled,
            )
        return Outcome((path,))

    return work
