"""The preview of an import: what would change, what is asked, what is refused; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.errors import KnownError
from desktop.ui import verbs
from desktop.ui.intake import outcomes, rows
from desktop.ui.intake.panes import FilePanes
from desktop.ui.intake.rows import Row, Sort
from desktop.ui.intake.value_dialog import ValueDialog
from desktop.ui.intake.workbook_list import ALL, Tone, WorkbookEntry
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace import words
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice, ComparedField

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.intake.draft import Draft
    from desktop.ui.intake.rows import Option

LEAVE_OUT, TAKE_UP = "不并入这份", "重新并入"
KEYS = "1–4 选择 · 回车 列出选项 · F8 下一处待决定"


class IntakePreview(QWidget):
    """Shows a :class:`Draft` and lets the user decide.

    Signals:
        confirmed(): take it in
        left(): leave everything as it is
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
    """

    confirmed = Signal()
    left = Signal()
    wanted = Signal(object)

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__()
        self._desk = desk
        self._draft = draft
        self._unfolded: set[int] = set()
        self._kept_in_sight: set[tuple[object, ...]] = set()
        self._build()
        self._connect()
        self._take_look()
        self.only_open.setChecked(bool(draft.open))
        self._show()
        if self.panes.model.rowCount():
            self.panes.table.go(max(self.panes.model.next_open(-1), 0))

    # ---- what is shown

    def _show(self) -> None:
        plans, missing = self._draft.plans, self._draft.open
        self._about.setText(outcomes.sentence(plans))
        self.only_open.setText(f"只看需要决定的 {missing}" if missing else "只看需要决定的")
        self.panes.show_files([self._whole(), *(self._entry(plan) for plan in plans)])
        self._rest.setEnabled(bool(missing))
        self.next_button.setEnabled(bool(missing))
        then = "仍是“待决定”" if self._draft.again else "先保留本库，记为“待决定”"
        told = f"还有 {missing} 处没有决定：{then}，以后可以继续决定。" if missing else ""
        if self._desk.read_only:
            told = "本窗口为只读，只能查看，不能并入。"
        elif not self._draft.worth_taking:
            told = f"还有 {missing} 处待决定，请选择。" if missing else "没有可以并入的内容。"
        self._hint.setText(told or KEYS)
        widgets.set_look(self._hint, "warn", bool(told))
        self.confirm_button.setEnabled(self._draft.worth_taking and not self._desk.read_only)
        self._say_empty()
        self._offer_leaving()

    def _say_empty(self) -> None:
        if self.only_open.isChecked():
            self.panes.empty.say(
                "没有需要决定的", "全部可以按“处理”一栏并入。", drawing="check", action="看全部内容"
            )
        else:
            self.panes.empty.say("没有内容", "这份工作簿中没有可以比对的内容。", drawing="checklist")

    def _whole(self) -> WorkbookEntry:
        plans, changed = self._draft.plans, self._draft.changed_fields
        return WorkbookEntry.of_all(
            len(plans),
            undecided=self._draft.open,
            changed=f"将更新 {changed} 处" if changed else "",
            refused=sum(plan.state is FileState.REFUSED and not plan.left_out for plan in plans),
        )

    def _entry(self, plan: Plan) -> WorkbookEntry:
        tone = Tone.PLAIN
        if plan.state is FileState.REFUSED:
            tone = Tone.PLAIN if plan.left_out else Tone.REFUSED
        elif plan.conflicts:
            tone = Tone.OPEN
        elif plan.changed:
            tone = Tone.TAKEN
        unit = words.unit(self._desk.catalogue, plan.unit_key) or words.UNKNOWN_UNIT
        several = sum(each.unit_key == plan.unit_key for each in self._draft.plans) > 1
        return WorkbookEntry.of(
            unit,
            plan.file.path_name,
            outcomes.state(plan),
            tone,
            known=bool(plan.unit_key),
            several=several,
        )

    def _rows(self, file: int) -> list[Row]:
        files = range(len(self._draft.plans)) if file == ALL else (file,)
        return [row for each in files for row in self._rows_of(each, headed=file == ALL)]

    def _rows_of(self, file: int, *, headed: bool) -> list[Row]:
        plan = self._draft.plans[file]
        told = list(rows.of_plan(self._desk.catalogue, file, plan, file in self._unfolded))
        if self.only_open.isChecked():
            told = [row for row in told if row.in_any_filter or row.identity in self._kept_in_sight]
            self._kept_in_sight.update(row.identity for row in told)
        if headed and (told or not self.only_open.isChecked()):
            entry = self._entry(plan)
            under = f"{outcomes.state(plan)} · {plan.file.path_name}"
            told.insert(0, Row(Sort.FILE, file, ("file",), (entry.name,), under=under))
        return told

    # ---- what is done

    def choose(self, row: Row, option: Option) -> None:
        """Choose on a row; what is to be filled in instead is asked for."""
        try:
            if row.added is not None:
                self._draft.keep_added(row.file, row.added, option.choice is Choice.THEIRS)
            elif row.line is not None and option.choice is Choice.VALUE:
                self._ask_value(row)
            elif row.line is not None:
                undone = option.on and row.line.choice is not Choice.UNDECIDED
                self._draft.decide(row.file, row.line, Choice.UNDECIDED if undone else option.choice)
        except KnownError as problem:
            messages.show_problem(self, problem)

    def _ask_value(self, row: Row) -> None:
        assert row.line is not None
        dialog = ValueDialog(self._desk, row.cells[rows.MEASURE], row.line, self)
        line = row.line
        dialog.given.connect(lambda value: self._fill_in(row.file, line, value))
        dialog.open()

    def _fill_in(self, file: int, line: ComparedField, value: str) -> None:
        try:
            self._draft.decide(file, line, Choice.VALUE, value)
        except KnownError as problem:
            messages.show_problem(self, problem)

    def leave_out(self, file: int, out: bool) -> None:
        """Leave a workbook out of the import, or let it in again, and go to what is said of it."""
        self._draft.leave_out(file, out)
        head = self.panes.model.place_of((file, "file"))
        self.panes.table.go(max(head, 0))

    def file_menu(self, file: int) -> QMenu:
        """Return the menu of what can be done with a workbook."""
        menu = QMenu(self)
        out = not self._draft.plans[file].left_out
        words = LEAVE_OUT if out else TAKE_UP
        menu.addAction(words, lambda: self.leave_out(file, out)).setEnabled(self._may_toggle(file))
        return menu

    def _toggle_file(self) -> None:
        """Leave out the workbook that is chosen or whose row is, or let it in again."""
        file = self._file_at_hand()
        if self._may_toggle(file):
            self.leave_out(file, not self._draft.plans[file].left_out)

    def _file_at_hand(self) -> int:
        """Return the workbook that is chosen; among all of them that of the current row, else ``ALL``."""
        row = self.panes.table.current_row()
        return row.file if self.panes.file == ALL and row is not None else self.panes.file

    def _may_toggle(self, file: int) -> bool:
        return file != ALL and (self._draft.plans[file].left_out or self._draft.may_leave_out(file))

    def _offer_leaving(self) -> None:
        file = self._file_at_hand()
        self.leave_button.setEnabled(self._may_toggle(file))
        self.leave_button.setText(TAKE_UP if file != ALL and self._draft.plans[file].left_out else LEAVE_OUT)

    def _open_file_menu(self, point: QPoint) -> None:
        index = self.panes.files.indexAt(point)
        if index.isValid() and index.row() > 0 and not self._draft.again:
            menu = self.file_menu(index.row() - 1)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.panes.files.viewport().mapToGlobal(point))

    def _filter(self) -> None:
        self._kept_in_sight.clear()
        self._say_empty()
        self.panes.refresh()
        if self.panes.model.rowCount():
            self.panes.table.go(max(self.panes.model.next_open(-1), 0))

    def _unfold(self, file: int) -> None:
        self._unfolded ^= {file}
        self.panes.refresh()

    def _go_on(self) -> None:
        """Go to the next open row; in another workbook when this one has none left."""
        if self.panes.model.next_open(-1) < 0 and self._draft.open:
            self.panes.choose(ALL)
        self.panes.table.go_to_next_open()
        self.panes.table.setFocus()

    # ---- made of

    def _build(self) -> None:
        self._box = widgets.column()
        self.setLayout(self._box)
        head, self._head = widgets.frame("surface", edge="bottom"), QHBoxLayout()
        head.setLayout(self._head)
        self._about = ElidedLabel("muted")
        self.only_open = widgets.button("只看需要决定的", "chip", tip="只显示须由您选择的各项")
        self.only_open.setCheckable(True)
        self.leave_button = widgets.button(LEAVE_OUT, does=self._toggle_file, tip=verbs.LEAVE_OUT.hint)
        if self._draft.again:
            self.leave_button.hide()
        title = verbs.DECIDE.words if self._draft.again else "导入预览"
        for widget, stretch in (
            (widgets.label(title, "heading"), 0),
            (self._about, 1),
            (self.leave_button, 0),
            (self.only_open, 0),
        ):
            self._head.addWidget(widget, stretch)
        self.panes = FilePanes(self._desk, rows.COLUMNS, self._rows)
        foot, self._foot = widgets.frame("surface", edge="top"), QHBoxLayout()
        foot.setLayout(self._foot)
        self._hint = ElidedLabel("muted", "small")
        self.next_button = widgets.button("下一处", does=self._go_on, tip=verbs.NEXT_OPEN.hint)
        self._rest = widgets.button("其余全部 ▾", tip="给还没有决定的各处选择同一种处理")
        self._rest_menu = QMenu(self._rest)
        for choice in (Choice.OURS, Choice.THEIRS, Choice.BOTH):
            self._rest_menu.addAction(
                outcomes.CHOICES[choice], lambda choice=choice: self._draft.decide_rest(choice, self._files())
            )
        self._rest.setMenu(self._rest_menu)
        self.cancel_button = widgets.button("取消", does=self.left.emit, tip="不并入，什么也不改变（Esc）")
        confirm = "确认所做的决定" if self._draft.again else "确认并入"
        self.confirm_button = widgets.button(
            confirm, "primary", does=self.confirmed.emit, tip=verbs.CONFIRM_IMPORT.hint
        )
        self._foot.addWidget(self._hint, 1)
        for button in (self.next_button, self._rest, self.cancel_button, self.confirm_button):
            self._foot.addWidget(button)
        self._box.addWidget(head)
        self._box.addWidget(self.panes, 1)
        self._box.addWidget(foot)

    def _files(self) -> list[int] | None:
        return None if self.panes.file == ALL else [self.panes.file]

    def _connect(self) -> None:
        self._draft.changed.connect(self._show)
        self.only_open.toggled.connect(self._filter)
        self.panes.empty.asked.connect(lambda: self.only_open.setChecked(False))
        self.panes.table.chosen.connect(self.choose)
        self.panes.table.unfolded.connect(self._unfold)
        self.panes.table.wanted.connect(self.wanted)
        self.panes.file_chosen.connect(self._offer_leaving)
        self.panes.table.selectionModel().currentChanged.connect(self._offer_leaving)
        self.panes.files.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.panes.files.customContextMenuRequested.connect(self._open_file_menu)
        self._desk.look.changed.connect(self._take_look)
        verbs.action(verbs.LEAVE_OUT, self, self._toggle_file)
        verbs.action(verbs.NEXT_OPEN, self, self._go_on)
        verbs.action(verbs.CONFIRM_IMPORT, self, self.confirm_button.click)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._head.setContentsMargins(px(16), px(9), px(16), px(9))
        self._head.setSpacing(px(12))
        self._foot.setContentsMargins(px(16), px(8), px(16), px(8))
        self._foot.setSpacing(px(8))
