"""One step of a demand: asks exactly what the act has to state, and says what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.errors import RuleError
from desktop.ui.demands import told
from desktop.ui.demands.due_field import DueField
from desktop.ui.demands.unit_fields import UnitField, UnitsLine
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.demands import acting, chosen, limits, suggested
from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit
from desktop.workspace.demands.process import Party, Required, Satisfaction

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.demands.chain import DemandChain
    from desktop.workspace.demands.model import Demand
    from desktop.workspace.demands.process import DemandAct

HOWS = ("电话", "当面", "短信", "微信", "书面")
MODES = (suggested.ALONE, suggested.TOGETHER, suggested.EACH)
MOST, LINES, WIDE = 400, 3, 460


class ActDialog(Dialog):
    """Takes a demand one step further when it is accepted; refused, it stays with all that was typed."""

    def __init__(
        self, desk: Desk, demand: Demand, chain: DemandChain, act: DemandAct, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._demand, self._chain, self._act = desk, demand, chain, act
        self._needs = acting.required(act)
        self.setWindowTitle(f"{act.name} · {demand.number}")
        self._build()

    # ---- what is asked

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(12), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        about = widgets.label(" ".join(self._demand.text.split()), "muted")
        about.setWordWrap(True)
        about.setMaximumHeight(QFontMetrics(about.font()).lineSpacing() * 2 + 2)
        box.addWidget(about)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(px(12))
        self.form.setVerticalSpacing(px(8))
        box.addLayout(self.form)
        self._build_fields()
        self.problem = widgets.label("", "warn")
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        self.problem.setMinimumWidth(px(WIDE))
        box.addWidget(self.problem)
        foot = DialogFoot(self, self._act.name)
        self.ok_button = foot.ok_button
        box.addLayout(foot)

    def _build_fields(self) -> None:
        needs, desk = self._needs, self._desk
        self.unit = QComboBox()
        if Party.SUPPORT in self._act.who:
            self._units = [one.unit for one in self._chain.supports]
            self.unit.addItems([told.unit(desk.catalogue, key) for key in self._units])
            self._row("协办单位", self.unit)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumWidth(desk.look.tokens.px(WIDE - 110))
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * LINES + 16)
        called = next((one for one in (Required.ANSWER, Required.REASON) if one in needs), None)
        if called:
            self._row(str(called), self.text)
        self.lead = UnitField(desk.catalogue)
        self.supports = UnitsLine(desk.catalogue)
        self.mode = ChoiceRow(desk.look, "办理方式", MODES)
        self.due = DueField(desk)
        if Required.LEAD in needs:
            self._fill_units()
            for name, field in (
                ("主办单位", self.lead),
                ("协办单位", self.supports),
                ("办理方式", self.mode),
            ):
                self._row(name, field)
        if Required.LEAD in needs or Required.DUE in needs:
            self._row("办理时限" if Required.DUE in needs else "办理时限（可不填）", self.due)
            self.due.show_day(self._demand.due if not self._chain.assignment else None, desk.today())
        self.asked_by = _line("提出人")
        if Required.ASKED_BY in needs:
            self._row("企业提出人", self.asked_by)
        self.satisfaction = ChoiceRow(desk.look, "满意度", list(Satisfaction))
        if Required.SATISFACTION in needs:
            self._row("企业评价", self.satisfaction)
        self._build_told()
        if not called:
            self._row("说明（可不填）", self.text)
        self.by = _line("经办人")
        self.by.setText(desk.user_name)
        self._row("经办人", self.by)
        self.day = self._day_field("办理日期")
        self._row("办理日期", self.day)

    def _build_told(self) -> None:
        self.how = QComboBox()
        self.how.setEditable(True)
        self.how.addItems(HOWS)
        self.how.setAccessibleName("告知方式")
        self.told_on = self._day_field("告知日期")
        self.whom = _line("告知何人")
        self.whom.setPlaceholderText("企业何人")
        if Required.TOLD in self._needs:
            row = QHBoxLayout()
            row.setSpacing(self._desk.look.tokens.px(8))
            for field in (self.how, self.told_on):
                field.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
                row.addWidget(field, 1)
            self.form.addRow("如何告知企业", row)
            self._row("告知何人（可不填）", self.whom)

    def _fill_units(self) -> None:
        chain, demand = self._chain, self._demand
        lead = chain.lead or demand.unit
        supports = tuple(one.unit for one in chain.supports) if chain.assignment else demand.supports
        if not lead and demand.measure:
            found = suggested.units(self._desk.catalogue, demand.measure)
            lead, supports = found.lead, found.supports
        self.lead.show_unit(lead)
        self.supports.show_units(supports)
        self.mode.choose(MODES[1] if supports else MODES[0])

    def _day_field(self, name: str) -> QDateEdit:
        today = self._desk.today()
        made = QDateEdit(QDate(today.year, today.month, today.day))
        calendar.pop_up(made, self._desk.look.tokens)
        made.setAccessibleName(name)
        made.setMaximumDate(made.date())
        return made

    def _row(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(field.accessibleName() or name)
        if not isinstance(field, QPlainTextEdit):
            field.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
        self.form.addRow(name, field)

    # ---- what is told

    @property
    def step(self) -> DemandStep:
        """Return the step as it is filled in."""
        needs = self._needs
        assigns = Required.LEAD in needs
        step = DemandStep(self._act.name, _day(self.day), self.by.text(), text=self.text.toPlainText())
        if Party.SUPPORT in self._act.who and self.unit.currentIndex() >= 0:
            step = replace(step, unit=self._units[self.unit.currentIndex()])
        if Required.TOLD in needs:
            how = FirmTold(self.how.currentText(), _day(self.told_on), self.whom.text())
            step = replace(step, told=how)
        if assigns:
            supports = tuple(map(SupportUnit, self.supports.keys))
            step = replace(step, lead=self.lead.key, supports=supports, mode=self.mode.word)
        if assigns or Required.DUE in needs:
            step = replace(step, due=self.due.value)
        if Required.ASKED_BY in needs:
            step = replace(step, asked_by=self.asked_by.text())
        if Required.SATISFACTION in needs and self.satisfaction.word:
            step = replace(step, satisfaction=Satisfaction(self.satisfaction.word))
        return step

    def accept(self) -> None:
        db = self._desk.workspace.db
        process = chosen.process_of(db, self._demand.process)
        step = self.step
        by = step.by.strip() or self._desk.user_name
        typed_by = self._desk.user_name if self._desk.user_name != by else ""
        step = replace(step, by=by, entered_by=typed_by)
        try:
            chain = acting.take(process, self._chain, step, self._desk.today(), "new")
            limits.check_stated(process, chosen.calendar(db), chain)
        except RuleError as refused:
            self.problem.setText(f"{refused.message}\n{refused.hint}".strip())
            self.problem.setVisible(True)
            return
        if self._desk.demands.act(self._demand.key, step):
            super().accept()


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(MOST)
    return made


def _day(field: QDateEdit) -> date:
    chosen_day = field.date()
    return date(chosen_day.year(), chosen_day.month(), chosen_day.day())
