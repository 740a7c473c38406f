"""从 Excel 导入企业: which column is what, what becomes of each row, all of it taken in at one go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QBoxLayout, QDateEdit, QFrame, QHBoxLayout, QWidget

from desktop.exchange.enterprises.headings import NAME, UNIT_FACTORS
from desktop.exchange.returned.package import shown_name
from desktop.ui.kit import asking, calendar, plain, widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.visits.firm_import_choice import FirmImportChoice
from desktop.ui.visits.firm_import_columns import FirmImportColumns
from desktop.ui.visits.firm_import_rows import FirmImportModel, FirmImportTable
from desktop.ui.visits.firm_import_run import FirmImportRun, ReadList
from desktop.workspace.enterprises.intake import FirmAsks, FirmChoice, FirmPlan, FirmReceipt, LineAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.exchange.enterprises.lists import FirmSheet
    from desktop.ui.desk import Desk

WIDE, TALL, SIDE = 1180, 680, 380  # pixels at zoom 1
KINDS = "企业名单 (*.xlsx *.csv *.txt)"
UNITS = ("万元", *(unit for unit in UNIT_FACTORS if unit != "万元"))
ALL, ASKED = "全部", "有提示的"
SHOWN = (ALL, ASKED, *(str(choice) for choice in FirmChoice))
MOST_ASKED = 4
NOTHING = "选择企业名单（Excel 工作簿或 CSV），也可以把文件拖到这里。写入之前可以逐条核对。"


class FirmImportDialog(Dialog):
    """Takes a list of enterprises in. ``path`` is read at once where it is given.

    Attributes:
        read, found: what was read and what is planned, None before that
        answers: what was decided about rows, by number
        receipt: what the last import did
    """

    def __init__(self, desk: Desk, parent: QWidget, path: Path | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.read: ReadList | None = None
        self.found: FirmPlan | None = None
        self.receipt: FirmReceipt | None = None
        self.answers: dict[int, LineAnswer] = {}
        self.run = FirmImportRun(desk, self)
        self.setWindowTitle("从 Excel 导入企业")
        self._build()
        self._connect()
        self._update()
        if path is not None:
            self.run.read_file(path)

    # ---- what it is made of

    def _build(self) -> None:
        look = self._desk.look
        px = look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(20), px(16), px(20), px(14)))
        self.setLayout(box)
        self.message = MessageLine(look)
        box.addWidget(self.message)
        self.file_button = widgets.button("选择文件……", does=self.ask_file)
        self.file_name = ElidedLabel("muted")
        self.sheet = ChoiceButton("工作表")
        self.shown = ChoiceButton("显示")
        self.shown.offer(SHOWN)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.file_button)
        row.addWidget(self.sheet)
        row.addWidget(self.file_name, 1)
        row.addWidget(self.shown)
        box.addLayout(row)
        self.columns = FirmImportColumns(self._desk)
        self.model = FirmImportModel(self)
        self.table = FirmImportTable(self._desk, self.model)
        self.choice = FirmImportChoice(self._desk)
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        inside.addWidget(self._side())
        inside.addWidget(self._rows(), 1)
        self._body = QWidget()
        self._body.setLayout(inside)
        empty = widgets.label(NOTHING, "muted")
        self._stack = widgets.rows_or_words(self._body, empty)
        box.addLayout(self._stack, 1)
        self.counts = widgets.label("", selectable=True)
        self.counts.setAccessibleName("将要导入的企业数")
        foot = DialogFoot(self, "导入")
        foot.insertWidget(0, self.counts)
        self.ok_button, self.cancel_button = foot.ok_button, foot.cancel_button
        box.addLayout(foot)
        widgets.resize_within(self, px(WIDE), px(TALL))

    def _side(self) -> QWidget:
        px = self._desk.look.tokens.px
        side = _card()
        side.setFixedWidth(px(SIDE))
        box = widgets.column(spacing=px(8), margins=(px(12), px(10), px(4), px(10)))
        side.setLayout(box)
        box.addWidget(widgets.label("各栏目读作什么", "section"))
        box.addWidget(self.columns, 1)
        self.day = QDateEdit(QDate(self._desk.today().year - 1, 12, 31))
        calendar.pop_up(self.day, self._desk.look.tokens)
        self.day.setAccessibleName("没有写明年度的数据的日期")
        self.day.setEnabled(False)
        self.dated = TickBox("未写明年度的算作", self._desk.look)
        self.unit = ChoiceButton("未写明单位的金额按")
        self.unit.offer(UNITS)
        for words, field in ((self.dated, self.day), (widgets.label("未写明单位的金额按"), self.unit)):
            row = QHBoxLayout()
            row.addWidget(words)
            row.addWidget(field)
            row.addStretch(1)
            box.addLayout(row)
        self.asked = widgets.label("", "warn", "small")
        self.asked.setWordWrap(True)
        box.addWidget(self.asked)
        return side

    def _rows(self) -> QWidget:
        px = self._desk.look.tokens.px
        made = _card()
        box = QBoxLayout(QBoxLayout.Direction.TopToBottom, made)
        box.setContentsMargins(1, 1, 1, px(8))
        box.setSpacing(px(8))
        box.addWidget(self.table, 1)
        box.addWidget(self.choice)
        return made

    def _connect(self) -> None:
        self.run.read.connect(self._take_list)
        self.run.planned.connect(self._take_plan)
        self.run.taken.connect(self._take_receipt)
        self.run.missed.connect(self._update)
        self.sheet.chosen.connect(lambda _at: self._take_sheet())
        self.shown.chosen.connect(lambda _at: self._show_rows())
        self.columns.chosen.connect(self._plan)
        self.dated.toggled.connect(self.day.setEnabled)
        self.dated.toggled.connect(lambda _on: self._propose())
        self.day.dateChanged.connect(lambda _day: self._propose())
        self.unit.chosen.connect(lambda _at: self._propose())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.choice.chosen.connect(self._answer)
        self.choice.code_given.connect(self._answer_code)
        self._drop = FileDrop(self)
        self._drop.dropped.connect(lambda paths: self.run.read_file(paths[0]))

    # ---- a file, a sheet, a plan

    def ask_file(self) -> None:
        """Ask for a file and read it."""
        start = asking.folder(self._desk.setting("ui.firm_folder"))
        asking.ask_existing(self, "选择企业名单", start, self._read_chosen, KINDS)

    def _read_chosen(self, chosen: Sequence[Path]) -> None:
        self._desk.remember_place({"firm_folder": str(chosen[0].parent)})
        self.run.read_file(chosen[0])

    @property
    def _chosen_sheet(self) -> FirmSheet | None:
        return self.read.sheets[self.sheet.place] if self.read else None

    def _take_list(self, read: ReadList) -> None:
        former, self.read = self.read, read
        if former is not None and (former.path, former.sheets) == (read.path, read.sheets):
            self._plan()  # only the enterprises that are here are others: what was decided stays
            return
        self.file_name.setText(plain.caption(shown_name(read.path)))
        self.sheet.offer([sheet.title for sheet in read.sheets])
        self.sheet.choose(0)
        self._take_sheet()

    def _take_sheet(self) -> None:
        sheet = self._chosen_sheet
        self.answers, self.found = {}, None
        if sheet is not None:
            self.columns.show_sheet(sheet, self._given_day(), self._given_unit())
            self._plan()

    def _propose(self) -> None:
        self.columns.propose(self._given_day(), self._given_unit())
        self._plan()

    def _given_day(self) -> date | None:
        day = self.day.date()
        return date(day.year(), day.month(), day.day()) if self.dated.isChecked() else None

    def _given_unit(self) -> str:
        return UNITS[self.unit.place] if self.unit.place else ""

    def _plan(self) -> None:
        sheet = self._chosen_sheet
        if sheet is not None and self.read is not None:
            self.run.plan(sheet, self.columns.mapping, self.read.existing, self.answers)
            self._update()

    def _take_plan(self, found: FirmPlan) -> None:
        self.found = found
        self.table.asked = {one.row for one in found.questions if one.row}
        told = [one.text for one in found.questions if one.about is FirmAsks.COLUMN]
        if NAME not in {use.target for use in self.columns.mapping.values()}:
            told.insert(0, "请指明哪一栏是企业名称，否则一家也不能导入。")
        self.asked.setText("\n".join(told[:MOST_ASKED]))
        self.asked.setVisible(bool(told))
        self._show_rows()
        self._update()

    # ---- rows

    def _show_rows(self) -> None:
        chosen = {line.number for line in self.table.chosen_lines()}
        wanted = self.shown.text_chosen
        rows = self.found.rows if self.found else ()
        self.model.show(
            [row for row in rows if wanted in (ALL, str(row.choice)) or (wanted == ASKED and row.marks)]
        )
        self.table.choose_numbers(chosen)
        self._offer()

    def _offer(self) -> None:
        lines = self.table.chosen_lines()
        lost = (
            {one.row for one in self.found.questions if one.about is FirmAsks.CODE} if self.found else set()
        )
        self.choice.show_lines(
            lines,
            self.answers.get(lines[0].number) if lines else None,
            {line.number for line in lines} & lost,
        )

    def _answer(self, choice: FirmChoice) -> None:
        for line in self.table.chosen_lines():
            held = self.answers.get(line.number, LineAnswer())
            self.answers[line.number] = replace(held, choice=choice)
        self._plan()

    def _answer_code(self, code: str) -> None:
        for line in self.table.chosen_lines()[:1]:
            held = self.answers.get(line.number, LineAnswer())
            self.answers[line.number] = replace(held, uscc=code)
        self._plan()

    # ---- taking in

    def accept(self) -> None:
        if self.found is not None and self.ok_button.isEnabled():
            self.run.take_in(self.found)
            self._update()

    def _take_receipt(self, receipt: FirmReceipt) -> None:
        self.receipt = receipt
        words = told(receipt)
        if receipt.batch is None:
            self.message.tell(words)
        else:
            self.message.tell(words, 撤销=self.undo)
        if self.cancel_button is not None:
            self.cancel_button.setText("关闭")
        self.found = None
        self._update()

    def undo(self) -> None:
        """Take the last import back."""
        if self.receipt is not None and self.receipt.batch and self._desk.firms.undo(self.receipt.batch):
            self.message.tell("已撤销这次导入；已有走访或诉求的企业、之后又改过的内容没有动。")
            self.receipt = None
            if self.read is not None:
                self.run.read_file(self.read.path)

    def _update(self) -> None:
        self._stack.setCurrentIndex(0 if self.read else 1)
        self.sheet.setVisible(self.read is not None and len(self.read.sheets) > 1)
        self.shown.setVisible(self.read is not None)
        found = self.found
        new, fill, skip = (found.count(choice) if found else 0 for choice in FirmChoice)
        asked = len(self.table.asked) if found else 0
        said = f"新增 {new} 家，补充 {fill} 家，跳过 {skip} 行" + (f"；{asked} 行请核对" if asked else "")
        self.counts.setText(said if found else "")
        self.ok_button.setText(f"导入 {new + fill} 家" if found else "导入")
        self.ok_button.setEnabled(bool(new + fill) and not self.run.running)


def told(receipt: FirmReceipt) -> str:
    """Return what an import did, in words."""
    same = f"，{receipt.same} 家没有新内容" if receipt.same else ""
    return f"已导入：新增 {receipt.added} 家，补充 {receipt.filled} 家{same}，跳过 {receipt.skipped} 行。"


def _card() -> QFrame:
    made = widgets.frame("card")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made
