"""Figures of an enterprise and the day each is true of: the latest to fill in, earlier ones to read."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLineEdit, QWidget

from desktop.catalogue import facts
from desktop.classification.size_table import number_words
from desktop.ui.kit import calendar, widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.choice_row import TOUCH
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises.model import UNITS, DatedFigure, figure_field

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.enterprises.model import Enterprise

LARGEST = 1e12
WIDE = 116  # pixels at zoom 1 of a number
MOST_EARLIER = 4


class FirmFigure:
    """One figure: its field, the field for its day, a box for one that holds for any day, what came before.

    Attributes:
        line, day, anytime: the fields
        told: earlier values, or what is wrong with what is typed
    """

    def __init__(self, desk: Desk, indicator: str) -> None:
        look = desk.look
        self.indicator = indicator
        self.name = facts.figures()[indicator].name
        self._held: DatedFigure | None = None
        self._earlier = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{self.name}（{UNITS[indicator]}）")
        self.line.setMinimumWidth(look.tokens.px(WIDE))
        self.day = QDateEdit()
        calendar.pop_up(self.day, look.tokens)
        self.day.setAccessibleName(f"{self.name}的数据日期")
        self.anytime = TickBox("不详", look)
        self.anytime.setAccessibleName(f"{self.name}的数据日期不详")
        self.told = widgets.label("", "muted", "small")
        self.told.setWordWrap(True)
        self.told.hide()
        for field in (self.line, self.day):
            field.setMinimumHeight(look.tokens.px(TOUCH))
        self._show_day(usual_day(indicator, desk.today()))
        self.anytime.toggled.connect(lambda on: self.day.setEnabled(not on))

    def show_firm(self, one: Enterprise) -> None:
        """Show the latest figure of an enterprise, and those before it in words."""
        known = [each for each in one.figures if each.indicator == self.indicator]
        known.sort(key=lambda each: each.day or date.min, reverse=True)
        if known:
            self._held = known[0]
            self.line.setText(number_words(known[0].value))
            self.anytime.setChecked(known[0].day is None)
            if known[0].day:
                self._show_day(known[0].day)
        said = [
            f"{each.day or '日期不详'}为{number_words(each.value)}{UNITS[self.indicator]}"
            for each in known[1 : 1 + MOST_EARLIER]
        ]
        self._earlier = f"此前：{'；'.join(said)}" if said else ""
        self.check()

    def check(self) -> bool:
        """Tell whether a number or nothing stands there; say under it what is wrong, else what was before."""
        problem = ""
        try:
            value = number(self.line.text())
        except ValueError:
            problem = f"“{self.line.text().strip()[:20]}”不是数字。"
        else:
            problem = self._wrong(value) if value is not None else ""
        widgets.set_look(self.line, "bad", bool(problem))
        widgets.set_look(self.told, "warn", bool(problem))
        self.told.setText(problem or self._earlier)
        self.told.setVisible(bool(self.told.text()))
        return not problem

    def figure(self) -> DatedFigure | None:
        """Return what stands there, None for nothing or what is no figure."""
        try:
            value = number(self.line.text())
        except ValueError:
            return None
        if value is None or self._wrong(value):
            return None
        return DatedFigure(self.indicator, self._day(), value)

    def fields(self) -> dict[str, float | None]:
        """Return the field of what stands there; of a figure that was emptied, that it is none any more."""
        made = self.figure()
        if made is not None:
            return {figure_field(self.indicator, made.day): made.value}
        held = self._held
        return {figure_field(self.indicator, held.day): None} if held else {}

    def _wrong(self, value: float) -> str:
        if value < 0 and self.indicator != "taxable_income":
            return "不能小于0。"
        if self.indicator == "employees" and value % 1:
            return "应为整数。"
        return "数字过大，请核对：金额以万元为单位。" if abs(value) > LARGEST else ""

    def _day(self) -> date | None:
        if self.anytime.isChecked():
            return None
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _show_day(self, day: date) -> None:
        self.day.setDate(QDate(day.year, day.month, day.day))


class FirmFigures(QWidget):
    """The figures below each other.

    Signals:
        typed(): one is another one, or of another day
    """

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        px = desk.look.tokens.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        grid.addWidget(widgets.label("数据日期", "muted", "small"), 0, 3)
        self.each = {indicator: FirmFigure(desk, indicator) for indicator in FIGURES}
        for at, one in enumerate(self.each.values()):
            name = widgets.label(one.name, "muted", "small")
            name.setBuddy(one.line)
            unit = widgets.label(UNITS[one.indicator], "muted", "small")
            for place, widget in enumerate((name, one.line, unit, one.day, one.anytime)):
                grid.addWidget(widget, 2 * at + 1, place)
            grid.addWidget(one.told, 2 * at + 2, 1, 1, 4)
            one.line.textChanged.connect(lambda _text, one=one: self._follow(one))
            one.day.dateChanged.connect(lambda _day: self.typed.emit())
            one.anytime.toggled.connect(lambda _on: self.typed.emit())

    def _follow(self, one: FirmFigure) -> None:
        one.check()
        self.typed.emit()

    def show_firm(self, firm: Enterprise) -> None:
        """Show the figures of an enterprise."""
        for one in self.each.values():
            one.show_firm(firm)

    def wrong(self) -> FirmFigure | None:
        """Return the first in which no figure stands."""
        return next((one for one in self.each.values() if not one.check()), None)

    def figures(self) -> tuple[DatedFigure, ...]:
        """Return what stands there."""
        return tuple(found for one in self.each.values() if (found := one.figure()))

    def fields(self) -> dict[str, float | None]:
        """Return the fields of what stands there."""
        return {name: value for one in self.each.values() for name, value in one.fields().items()}


def number(text: str) -> float | None:
    """Return the number in a text, None for an empty one; ValueError for what is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return None
    if not plain.lstrip("+-").replace(".", "", 1).isdecimal():
        raise ValueError(text)
    value = float(plain)
    return int(value) if value == int(value) else value


def usual_day(indicator: str, today: date) -> date:
    """Return the day of which a figure is usually told: people of today, money of the last whole year."""
    return today if indicator == "employees" else date(today.year - 1, 12, 31)
