"""并入回执: what an import did to each workbook's fields; exported, and taken back as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import verbs
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.intake import outcomes, receipt_rows, writing
from desktop.ui.intake.panes import FilePanes
from desktop.ui.intake.rows import Row, Sort
from desktop.ui.intake.workbook_list import ALL, Tone, WorkbookEntry
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace import words
from desktop.workspace.returns import receipts, rounds
from desktop.workspace.returns.receipts import FileState, ReceiptHead

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.returns.receipts import Receipt, ReceiptFile

EXPORT = "导出并入回执"
BACK = "把这次导入的全部改动退回导入前，先列出会退回什么"
BACK_AGAIN = "把这次导入的改动重新并入，先列出会并入什么"


class ReceiptView(QWidget):
    """Shows one receipt.

    Signals:
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
        undone(): the import was taken back, or in again
        decide_asked(int): the id of the import, on whose open questions the user wants to decide
    """

    wanted = Signal(object)
    undone = Signal()
    decide_asked = Signal(int)

    def __init__(self, desk: Desk, *, decides: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._decides = decides and not desk.read_only
        self._receipt: Receipt | None = None
        self._run = WorkbookRun(desk, self, EXPORT)
        self._build()
        self._connect()
        self._take_look()

    @property
    def receipt(self) -> Receipt | None:
        """Return the receipt shown."""
        return self._receipt

    def show_receipt(self, one: Receipt) -> None:
        """Show a receipt."""
        one = self._receipt = replace(one, files=self._in_order(one.files))
        self._title.setText(f"{words.moment(one.at)} 由 {one.by} 导入")
        self._about.setText(outcomes.receipt(ReceiptHead.of(one)))
        gone = f"已于 {words.moment(one.undone_at)} 由 {one.undone_by} 撤销" if one.undone_at else ""
        self._gone.setText(gone)
        self._gone.setVisible(bool(gone))
        self.undo_button.setText("恢复本次导入" if gone else "撤销本次导入")
        self.undo_button.setToolTip(plain.tip(BACK_AGAIN if gone else BACK))
        self.undo_button.setEnabled(bool(one.id) and not self._desk.read_only)
        self.export_button.setEnabled(bool(one.id))
        waiting = sum(len(file.conflicts) for file in one.files)
        self.decide_button.setText(f"{verbs.DECIDE.words} {waiting} 处")
        self.decide_button.setVisible(self._decides and bool(waiting))
        self.panes.show_files([self._whole(one), *(self._entry(file) for file in one.files)])
        self.panes.choose(ALL)

    def undo(self) -> None:
        """Ask, then take the import back as a whole, or in again; show the receipt as it is then."""
        one = self._receipt
        if one is None:
            return

        def show() -> None:
            self.show_receipt(receipts.receipt(self._desk.workspace.db, one.id))
            self.undone.emit()

        writing.ask_back(self._desk, one, self, show)

    def export(self) -> None:
        """Ask for a file and write the receipt to it."""
        if self._receipt is not None:
            self._run.ask_for(f"并入回执第{self._receipt.id}号", self.write)

    def write(self, path: Path) -> None:
        """Write the receipt to ``path``."""
        assert self._receipt is not None
        self._run.begin(_work(self._desk, self._receipt, path), path.parent)

    # ---- inside

    def _decide(self) -> None:
        if self._receipt is not None:
            self.decide_asked.emit(self._receipt.id)

    def _in_order(self, files: tuple[ReceiptFile, ...]) -> tuple[ReceiptFile, ...]:
        """Return the workbooks in the order of the units, those of none last."""
        places = {unit.key: place for place, unit in enumerate(self._desk.catalogue.checklist_units())}
        return tuple(sorted(files, key=lambda file: (places.get(file.unit_key, len(places)), file.path_name)))

    def _whole(self, one: Receipt) -> WorkbookEntry:
        changed = sum(len(file.changes) for file in one.files)
        return WorkbookEntry.of_all(
            len(one.files),
            undecided=sum(len(file.conflicts) for file in one.files),
            changed=f"更新 {changed} 处" if changed else "",
            refused=sum(file.state is FileState.REFUSED for file in one.files),
        )

    def _entry(self, file: ReceiptFile) -> WorkbookEntry:
        tone = Tone.TAKEN if file.changes else Tone.PLAIN
        if file.left_out:
            tone = Tone.PLAIN
        elif file.state is FileState.REFUSED:
            tone = Tone.REFUSED
        elif file.conflicts:
            tone = Tone.OPEN
        unit = words.unit(self._desk.catalogue, file.unit_key) or words.UNKNOWN_UNIT
        files = self._receipt.files if self._receipt is not None else ()
        several = sum(each.unit_key == file.unit_key for each in files) > 1
        return WorkbookEntry.of(
            unit, file.path_name, outcomes.taken(file), tone, known=bool(file.unit_key), several=several
        )

    def _rows(self, file: int) -> list[Row]:
        if self._receipt is None:
            return []
        files = range(len(self._receipt.files)) if file == ALL else (file,)
        told: list[Row] = []
        for place in files:
            one = self._receipt.files[place]
            if file == ALL:
                entry = self._entry(one)
                under = f"{outcomes.taken(one)} · {one.path_name}"
                told.append(Row(Sort.FILE, place, ("file",), (entry.name,), under=under))
            told += receipt_rows.of_receipt(self._desk.catalogue, place, one)
        return told

    def _build(self) -> None:
        self._box = widgets.column()
        self.setLayout(self._box)
        head, self._head = widgets.frame("surface", edge="bottom"), QHBoxLayout()
        head.setLayout(self._head)
        self._title, self._about, self._gone = (
            widgets.label("", "heading"),
            ElidedLabel("muted"),
            widgets.label(""),
        )
        self._gone.setProperty("warn", True)
        self.undo_button = widgets.button("撤销本次导入", does=self.undo, tip=BACK)
        self.export_button = widgets.button("导出回执……", does=self.export)
        self.decide_button = widgets.button("", "primary", does=self._decide, tip=verbs.DECIDE.tip)
        for widget, stretch in ((self._title, 0), (self._about, 1), (self._gone, 0)):
            self._head.addWidget(widget, stretch)
        for button in (self.export_button, self.undo_button, self.decide_button):
            self._head.addWidget(button)
        self.panes = FilePanes(self._desk, receipt_rows.COLUMNS, self._rows)
        self.panes.empty.say("没有内容", "这份工作簿中没有可以比对的内容。", drawing="checklist")
        self._box.addWidget(head)
        self._box.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.panes.table.wanted.connect(self.wanted)
        self._desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._head.setContentsMargins(px(16), px(9), px(16), px(9))
        self._head.setSpacing(px(10))


def _work(desk: Desk, one: Receipt, path: Path) -> Work:
    catalogue, today, now = desk.catalogue, desk.today(), desk.now()
    names = {each.key: each.name for each in rounds.every(desk.workspace.db)}

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.reports import receipt

        receipt.write(
            path,
            catalogue,
            one,
            today,
            round_names=names,
            at=now,
            report=report,
            cancelled=cancelled,
        )
        return Outcome((path,))

    return work
