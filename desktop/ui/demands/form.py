"""The fields of a demand: what is asked for, what it rests on, who should handle it by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.demands.due_field import DueField
from desktop.ui.demands.unit_fields import UnitField, UnitsLine
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.workspace import words
from desktop.workspace.demands import chosen, suggested
from desktop.workspace.demands.model import Demand, DemandCategory, DemandNature
from desktop.workspace.demands.process import FINISH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.ui.desk import Desk

NO_MEASURE = "不依据措施"
TEXT_LINES = 3
NEW = Demand("", "", "", "", None)


class DemandForm(QWidget):
    """Shows a demand and tells what is typed.

    Signals:
        typed(str, object, bool): a field is to be so; whether nothing more is typed to it
    """

    typed = Signal(str, object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._measures: list[str] = []
        self._start = desk.today()
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        catalogue = self._desk.catalogue
        self._box = widgets.column(spacing=self._desk.look.tokens.px(6))
        self.setLayout(self._box)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("诉求内容")
        self.text.setPlaceholderText("企业提出了什么，照原话记")
        self.category, self.measure = QComboBox(), QComboBox()
        self.category.addItems(list(DemandCategory))
        self.nature = ChoiceRow(self._desk.look, "性质", list(DemandNature))
        self.lead = UnitField(catalogue)
        self.supports = UnitsLine(catalogue)
        self.due = DueField(self._desk)
        self.lead_title = widgets.label("主办单位", "muted", "small")
        for box, name in ((self.category, "类别"), (self.measure, "依据措施")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self._box.addLayout(titled("诉求内容", self.text))
        self.grid = QGridLayout()
        self.grid.addLayout(titled("类别", self.category), 0, 0)
        self.grid.addLayout(titled("依据措施", self.measure), 0, 1)
        lead = widgets.column(spacing=2)
        lead.addWidget(self.lead_title)
        lead.addWidget(self.lead)
        self.grid.addLayout(lead, 1, 0)
        self.grid.addLayout(titled("协办单位", self.supports), 1, 1)
        self.grid.addLayout(titled("办理时限", self.due), 2, 0)
        self.grid.addLayout(titled("性质", self.nature), 3, 0, 1, 2)
        for column in (0, 1):
            self.grid.setColumnStretch(column, 1)
        self._box.addLayout(self.grid)
        self.show_measures(())

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda: self.typed.emit("text", self.text.toPlainText(), False))
        self.category.activated.connect(
            lambda _at: self.typed.emit("category", self.category.currentText(), True)
        )
        self.nature.chosen.connect(lambda word: self.typed.emit("nature", word, True))
        self.measure.activated.connect(self._take_measure)
        self.lead.typed.connect(lambda key: self.typed.emit("unit", key, False))
        self.supports.textEdited.connect(
            lambda _words: self.typed.emit("supports", self.supports.keys, False)
        )
        self.due.typed.connect(lambda due: self.typed.emit("due", due, False))
        self._desk.look.changed.connect(self._take_look)

    def show_measures(self, first: Iterable[str]) -> None:
        """Offer the measures in use, ``first`` those that were spoken of."""
        catalogue = self._desk.catalogue
        kept = self.measure_key
        every = (
            one.key for paper in catalogue.documents for one in catalogue.measures_in_document(paper.key)
        )
        self._measures = ["", *dict.fromkeys((*first, *every))]
        with QSignalBlocker(self.measure):
            self.measure.clear()
            self.measure.addItem(NO_MEASURE)
            self.measure.addItems([words.measure(catalogue, key) for key in self._measures[1:]])
        self._choose_measure(kept)

    @property
    def measure_key(self) -> str:
        """Return the key of the measure that is chosen, "" for none."""
        at = self.measure.currentIndex()
        return self._measures[at] if 0 <= at < len(self._measures) else ""

    def show_demand(self, demand: Demand, start: date, *, held: frozenset[str] = frozenset()) -> None:
        """Show a demand whose days are counted from ``start``; ``held`` fields stay as they were typed."""
        self._start = start
        with QSignalBlocker(self.text):
            if "text" not in held and not self.text.hasFocus() and self.text.toPlainText() != demand.text:
                self.text.setPlainText(demand.text)
        self.category.setCurrentText(demand.category)
        self.nature.choose(demand.nature)
        self._choose_measure(demand.measure)
        if "unit" not in held and not self.lead.hasFocus():
            self.lead.show_unit(demand.unit)
        if "supports" not in held and not self.supports.hasFocus():
            self.supports.show_units(demand.supports)
        if "due" not in held and not self.due.line.hasFocus():
            self.due.show_day(demand.due, start)
        self._tell_suggestion()

    def show_new(self, start: date) -> dict[str, Any]:
        """Show an empty one; returns what it begins with: the day that the process gives for it."""
        self._start = start
        with QSignalBlocker(self.text):
            self.text.clear()
        self.category.setCurrentText(NEW.category)
        self.nature.choose(NEW.nature)
        self._choose_measure("")
        self.lead.show_unit("")
        self.supports.show_units(())
        due = self._usual_due()
        self.due.show_day(due, start)
        self._tell_suggestion()
        return {"due": due} if due else {}

    def set_writable(self, on: bool) -> None:
        """Let what stands there be changed, or only read."""
        self.text.setReadOnly(not on)
        for field in (self.category, self.measure, self.nature, self.lead, self.supports, self.due):
            field.setEnabled(on)

    def _usual_due(self) -> date | None:
        db = self._desk.workspace.db
        limits = chosen.choice(db).limits
        days = next((one.days for one in limits if one.name == FINISH and one.working), None)
        return chosen.calendar(db).add(self._start, days) if days is not None else None

    def _choose_measure(self, key: str) -> None:
        if key not in self._measures:
            self._measures.append(key)
            self.measure.addItem(words.measure(self._desk.catalogue, key))
        self.measure.setCurrentIndex(self._measures.index(key))

    def _take_measure(self, _at: int) -> None:
        key = self.measure_key
        self.typed.emit("measure", key, True)
        found = suggested.units(self._desk.catalogue, key)
        if found.lead:
            self.lead.show_unit(found.lead)
            self.supports.show_units(found.supports)
            self.typed.emit("unit", found.lead, True)
            self.typed.emit("supports", found.supports, True)
        self._tell_suggestion()

    def _tell_suggestion(self) -> None:
        key = self.measure_key
        is_suggested = bool(key) and suggested.units(self._desk.catalogue, key).lead == self.lead.key != ""
        from_where = f"（按{words.number(self._desk.catalogue, key)}推荐）" if is_suggested else ""
        self.lead_title.setText(f"主办单位{from_where}")

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        for field in (self.category, self.measure, self.lead, self.supports):
            field.setMinimumHeight(px(TOUCH))
        self.grid.setHorizontalSpacing(px(10))
        self.grid.setVerticalSpacing(px(6))
        height = QFontMetrics(self._desk.look.tokens.font()).lineSpacing()
        self.text.setFixedHeight(height * TEXT_LINES + px(16))


def titled(title: str, field: QWidget) -> QVBoxLayout:
    """Return a field below its name."""
    box = widgets.column(spacing=2)
    name = widgets.label(title, "muted", "small")
    name.setBuddy(field)
    box.addWidget(name)
    box.addWidget(field)
    box.addStretch(1)
    return box
