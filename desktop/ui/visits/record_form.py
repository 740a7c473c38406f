"""The left column of a record: when, how, who, where, how the enterprise is doing, how it confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.visits.record_advice import AdviceRows
from desktop.workspace.visits import people
from desktop.workspace.visits.model import Confirmation, VisitKind

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.visits.model import Visit

LINES = {"visitors": "走访人", "met": "企业参加人", "place": "地点"}
HINTS = {
    "visitors": "张某、李某",
    "met": "王某（厂长）、赵某（财务）",
    "place": "",
    "summary": "订单、用工、资金、成本，准备做什么",
}
MOST = 4000  # characters of a line; what is kept of it has limits of its own
SUMMARY_LINES = 4
BESIDE = 350  # pixels at zoom 1 below which 方式 stands below 日期


class RecordForm(QWidget):
    """Shows these fields of a visit and tells what is typed.

    Signals:
        typed(str, object, bool): a field is to be so; whether nothing more is typed to it
    """

    typed = Signal(str, object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        look = self._desk.look
        self._box = widgets.column(spacing=look.tokens.px(4))
        self.setLayout(self._box)
        self.day = QDateEdit()
        calendar.pop_up(self.day, look.tokens)
        self.day.setAccessibleName("日期")
        self.kind = ChoiceRow(look, "方式", list(VisitKind))
        self._beside = QHBoxLayout()
        for words, widget, stretch in (("日期", self.day, 0), ("方式", self.kind, 1)):
            part = self._titled(words, widget, widgets.column(spacing=look.tokens.px(4)))
            part.addStretch(1)
            self._beside.addLayout(part, stretch)
        self._box.addLayout(self._beside)
        self.lines = {name: QLineEdit() for name in LINES}
        for name, line in self.lines.items():
            line.setAccessibleName(LINES[name])
            line.setPlaceholderText(HINTS[name])
            line.setMaxLength(MOST)
            self._titled(LINES[name], line, self._box)
            if name == "visitors":
                self.joined = widgets.label("", "muted", "small", selectable=True)
                self.joined.setWordWrap(True)
                self._box.addWidget(self.joined)
        self.summary = QPlainTextEdit()
        self.summary.setTabChangesFocus(True)
        self.summary.setAccessibleName("企业近况")
        self.summary.setPlaceholderText(HINTS["summary"])
        self._titled("企业近况", self.summary, self._box)
        self.confirmation = ChoiceRow(look, "确认方式", list(Confirmation))
        self._titled("确认方式", self.confirmation, self._box)
        self.advice = AdviceRows(look)
        self._titled("企业建议", self.advice, self._box)
        self._box.addStretch(1)

    def _titled(self, words: str, widget: QWidget, box: QVBoxLayout) -> QVBoxLayout:
        title = widgets.label(words, "muted", "small")
        title.setBuddy(widget)
        box.addWidget(title)
        box.addWidget(widget)
        box.addSpacing(self._desk.look.tokens.px(4))
        return box

    def _connect(self) -> None:
        self.day.dateChanged.connect(lambda day: self.typed.emit("date", _day(day), True))
        self.kind.chosen.connect(lambda word: self.typed.emit("kind", word, True))
        self.confirmation.chosen.connect(lambda word: self.typed.emit("confirmation", word, True))
        read: dict[str, Callable[[str], Any]] = {"visitors": people.names, "met": people.met, "place": str}
        for name, line in self.lines.items():
            line.textEdited.connect(lambda words, name=name: self.typed.emit(name, read[name](words), False))
        self.summary.textChanged.connect(
            lambda: self.typed.emit("summary", self.summary.toPlainText(), False)
        )
        self.advice.typed.connect(lambda key, one: self.typed.emit(f"advice/{key}", one, one is None))
        self._desk.look.changed.connect(self._take_look)

    def show_visit(self, visit: Visit, held: frozenset[str], *, fresh: bool) -> None:
        """Show a visit; what is ``held``, or has the caret, stays as it was typed unless it is ``fresh``."""
        with QSignalBlocker(self.day), QSignalBlocker(self.summary):
            if visit.day and (fresh or "date" not in held):
                self.day.setDate(QDate(visit.day.year, visit.day.month, visit.day.day))
            if fresh or not (self.summary.hasFocus() or "summary" in held):
                _let_be(self.summary, visit.summary)
        said = {
            "visitors": people.names_line(visit.visitors),
            "met": people.met_line(visit.met),
            "place": visit.place,
        }
        for name, line in self.lines.items():
            if fresh or not (line.hasFocus() or name in held):
                line.setText(said[name])
        joined = "；".join(f"{one.unit} {one.visitors}".strip() for one in visit.joined)
        self.joined.setText(f"一并走访：{joined}")
        self.joined.setVisible(bool(joined))
        self.kind.choose(visit.kind)
        self.confirmation.choose(visit.confirmation)
        self.advice.show_advice(visit.advice, fresh=fresh)

    def set_writable(self, on: bool) -> None:
        """Let what stands there be changed, or only read and copied."""
        for line in self.lines.values():
            line.setReadOnly(not on)
        self.summary.setReadOnly(not on)
        self.day.setEnabled(on)
        self.kind.setEnabled(on)
        self.confirmation.setEnabled(on)
        self.advice.set_writable(on)

    def focus_first(self) -> None:
        """Put the caret where one begins: who goes, or once that is known how the enterprise is doing."""
        (self.summary if self.lines["visitors"].text() else self.lines["visitors"]).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widgets.stack(self._beside, self.width() < self._desk.look.tokens.px(BESIDE))

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        for field in (self.day, *self.lines.values()):
            field.setMinimumHeight(px(TOUCH))
        self._beside.setSpacing(px(6))
        height = QFontMetrics(self._desk.look.tokens.font()).lineSpacing()
        self.summary.setFixedHeight(height * SUMMARY_LINES + px(18))


def _let_be(field: QPlainTextEdit, words: str) -> None:
    if field.toPlainText() != words:
        field.setPlainText(words)


def _day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())
