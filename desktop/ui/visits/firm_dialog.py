"""新增企业 and 编辑企业: all that is kept of an enterprise, on one screen; what is typed is kept as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.classification import credit_code
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.visits.firm_contacts import FirmContacts
from desktop.ui.visits.firm_facts import FirmFacts
from desktop.ui.visits.firm_figures import FirmFigures
from desktop.ui.visits.firm_industry import IndustryField
from desktop.workspace.enterprises import enterprises, judged
from desktop.workspace.enterprises.duplicates import KnownFirms
from desktop.workspace.enterprises.model import TAXPAYERS, TEXTS, Enterprise, fields_of
from desktop.workspace.enterprises.recording import LIMITS

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WIDE, TALL = 1000, 650  # pixels at zoom 1
NOTES_LINES = 3
UNKNOWN = "未知"
MOST_ALIKE = 2
HINTS = {"name": "营业执照上的名称", "uscc": "18位，可以先不填", "town": "", "address": ""}


class FirmDialog(Dialog):
    """Fills in an enterprise, or a new one without ``key``; accepted, ``key`` is that of what was kept."""

    def __init__(self, desk: Desk, key: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.key = key
        self._known: KnownFirms | None = None
        self._firm = enterprises.one(desk.workspace.db, key) if key else Enterprise("", "")
        self.setWindowTitle("编辑企业" if key else "新增企业")
        self._build()
        self._show()
        self._began = self.fields()
        self._connect()
        self._check()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(20), px(16), px(20), px(14)))
        self.setLayout(box)
        columns = QHBoxLayout()
        columns.setSpacing(px(14))
        columns.addWidget(self._column(self._left(), "企业基本情况"), 5)
        columns.addWidget(self._column(self._right(), "企业的资质、情况和打算"), 4)
        box.addLayout(columns, 1)
        self.size_line = widgets.label("", "small", selectable=True)
        self.size_line.setWordWrap(True)
        strip = widgets.frame(edge="top")
        under = widgets.column(margins=(0, px(8), 0, 0))
        under.addWidget(self.size_line)
        strip.setLayout(under)
        box.addWidget(strip)
        foot = DialogFoot(self, "保存" if self.key else "新增")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        widgets.resize_within(self, px(WIDE), px(TALL))

    def _column(self, inside: QVBoxLayout, name: str) -> QScrollArea:
        px = self._desk.look.tokens.px
        canvas, area = QWidget(), QScrollArea()
        canvas.setObjectName("canvas")
        inside.setContentsMargins(px(2), px(2), px(12), px(2))
        canvas.setLayout(inside)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(name)
        area.setWidget(canvas)
        area.setMinimumWidth(canvas.minimumSizeHint().width() + px(14))
        return area

    def _left(self) -> QVBoxLayout:
        look = self._desk.look
        box = widgets.column(spacing=look.tokens.px(3))
        self.lines = {name: QLineEdit() for name in HINTS}
        for name, line in self.lines.items():
            line.setAccessibleName(TEXTS[name])
            line.setPlaceholderText(HINTS[name])
            line.setMaxLength(LIMITS[name])
            line.setMinimumHeight(look.tokens.px(TOUCH))
        self.alike, self.code = widgets.label("", "warn", "small"), widgets.label("", "warn", "small")
        for told in (self.alike, self.code):
            told.setWordWrap(True)
            told.hide()
        self.industry = IndustryField(self._desk)
        self.figures = FirmFigures(self._desk)
        self.taxpayer = ChoiceRow(look, "增值税纳税人身份", [*TAXPAYERS.values(), UNKNOWN])
        self.contacts = FirmContacts(self._desk)
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName(TEXTS["notes"])
        self.notes.setTabChangesFocus(True)
        tall = QFontMetrics(look.tokens.font()).lineSpacing()
        self.notes.setFixedHeight(tall * NOTES_LINES + look.tokens.px(18))
        place = QHBoxLayout()
        place.setSpacing(look.tokens.px(6))
        for name, stretch in (("town", 2), ("address", 5)):
            part = widgets.column(spacing=look.tokens.px(3))
            self._titled(part, TEXTS[name], self.lines[name])
            place.addLayout(part, stretch)
        self._titled(box, TEXTS["name"], self.lines["name"], self.alike)
        self._titled(box, TEXTS["uscc"], self.lines["uscc"], self.code)
        self._titled(box, TEXTS["industry"], self.industry)
        self._titled(box, "", self.figures)
        self._titled(box, "增值税纳税人身份", self.taxpayer)
        box.addLayout(place)
        self._titled(box, "联系人", self.contacts)
        self._titled(box, TEXTS["notes"], self.notes)
        box.addStretch(1)
        return box

    def _right(self) -> QVBoxLayout:
        box = widgets.column()
        self.facts = FirmFacts(self._desk)
        box.addWidget(self.facts)
        box.addStretch(1)
        return box

    def _titled(self, box: QVBoxLayout, words: str, *parts: QWidget) -> None:
        if words:
            title = widgets.label(words, "muted", "small")
            title.setBuddy(parts[0])
            box.addWidget(title)
        for part in parts:
            box.addWidget(part)
        box.addSpacing(self._desk.look.tokens.px(5))

    def _show(self) -> None:
        one = self._firm
        for name, line in self.lines.items():
            line.setText(getattr(one, name))
        self.industry.show_industry(one.industry)
        self.figures.show_firm(one)
        self.taxpayer.choose(TAXPAYERS.get(one.taxpayer or "", UNKNOWN))
        self.contacts.show_contacts(one.contacts)
        self.facts.show_facts(one.facts)
        self.notes.setPlainText(one.notes)
        self.lines["name"].setFocus()
        self.lines["name"].deselect()

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textChanged.connect(lambda _text: self._check())
        for part in (self.industry, self.figures, self.facts):
            part.typed.connect(self._check)

    def fields(self) -> dict[str, Any]:
        """Return what stands in the form, as :func:`recording.edit` takes it."""
        words = self.taxpayer.word
        return {
            **{name: line.text() for name, line in self.lines.items()},
            "industry": self.industry.text,
            "taxpayer": next((key for key, said in TAXPAYERS.items() if said == words), None),
            "notes": self.notes.toPlainText(),
            **self.figures.fields(),
            **self.contacts.fields(),
            **self.facts.fields(),
        }

    @property
    def changed(self) -> bool:
        """Return whether something was typed."""
        return self.fields() != self._began

    def _check(self) -> None:
        """Say what is to be said of what stands there now."""
        checked = credit_code.check(self.lines["uscc"].text())
        passed = checked.state == credit_code.PASSED
        self.code.setText("校验通过" if passed else checked.words)
        self.code.setVisible(bool(self.code.text()))
        widgets.set_look(self.code, "warn", not passed)
        widgets.set_look(self.code, "muted", passed)
        now = replace(
            self._firm,
            industry=self.industry.text,
            figures=self._figures(),
            facts=self.facts.known(),
        )
        size = judged.size_of(now, self._desk.today())
        word = judged.size_words(size)
        reason = size.reason.removeprefix(word).lstrip("，：")
        said = word.removeprefix("规模")
        self.size_line.setText("　".join(filter(None, (f"规模：{said}", reason))))
        self._name_alike()
        writable = not self._desk.read_only
        self.ok_button.setEnabled(writable and bool(self.lines["name"].text().strip()))

    def _figures(self) -> tuple[Any, ...]:
        """Return the figures as they would be: what is typed in place of what is kept for the same day."""
        typed = self.figures.figures()
        gone = {name for name, value in self.figures.fields().items() if value is None}
        said = {f"figure/{one.indicator}/{one.day or ''}" for one in typed} | gone
        kept = [one for one in self._firm.figures if f"figure/{one.indicator}/{one.day or ''}" not in said]
        return (*kept, *typed)

    def _name_alike(self) -> None:
        """Name the enterprises that a new one may be."""
        name, uscc = self.lines["name"].text().strip(), self.lines["uscc"].text()
        if self.key or not (name or uscc):
            self.alike.hide()
            return
        if self._known is None:
            self._known = KnownFirms(enterprises.recorded(self._desk.workspace.db))
        found = self._known.alike(name, uscc)
        told = [f"与已有的“{firm.name}”可能是同一家：{why}。" for firm, why, _sure in found[:MOST_ALIKE]]
        self.alike.setText("\n".join(told))
        self.alike.setVisible(bool(told))
        self.ok_button.setText("仍然新增" if told else "新增")

    def accept(self) -> None:
        wrong = self.figures.wrong()
        if wrong is not None:
            wrong.line.setFocus()
            return
        name = self.lines["name"].text().strip()
        if not name:
            return
        given = self.fields()
        if self.key:
            kept = {**fields_of(self._firm), **self._began}
            changed = {field: value for field, value in given.items() if kept.get(field) != value}
            done = not changed or self._desk.firms.edit(self.key, changed)
        else:
            self.key = self._desk.firms.add(name, given)
            done = self.key is not None
        if done:
            super().accept()

    def reject(self) -> None:
        if self.changed:
            gone = self.DialogCode.Rejected
            question = ("不保存刚才填写的内容？", "关闭后不能恢复。", "不保存", "继续填写")
            messages.ask(self, *question, lambda: self.done(gone))
            return
        super().reject()
