"""节假日: of each year the days off, and the Saturdays and Sundays that are worked on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from desktop.errors import RuleError
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.demands import chosen, working_days
from desktop.workspace.items import typed_dates

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

_DAY = timedelta(days=1)
UNKNOWN = "这一年的安排还没有录入，只按周六、周日推算。请按国务院办公厅的通知填写。"
HINT = "一行一个日期，例如 2027-01-01；连续几天写成 2027-01-01至2027-01-03。"


class HolidaysDialog(Dialog):
    """Shows a year at a time and keeps what is typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("节假日和调休上班")
        known = chosen.calendar(desk.workspace.db).years
        this = desk.today().year
        self._years = sorted({*known, this, this + 1})
        self._build()
        self.year.currentIndexChanged.connect(lambda _at: self._show())
        self._show()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(8), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        self.year = QComboBox()
        self.year.addItems([f"{year}年" for year in self._years])
        self.year.setCurrentIndex(self._years.index(self._desk.today().year))
        self.year.setAccessibleName("年份")
        self.year.setMinimumHeight(px(TOUCH))
        box.addWidget(self.year)
        self.source = widgets.label("", "muted", "small")
        self.source.setWordWrap(True)
        box.addWidget(self.source)
        self.off, self.on = QPlainTextEdit(), QPlainTextEdit()
        row = QHBoxLayout()
        for field, name in ((self.off, "放假"), (self.on, "调休上班")):
            field.setAccessibleName(name)
            field.setTabChangesFocus(True)
            field.setMinimumSize(px(220), px(180))
            part = widgets.column(spacing=px(2))
            part.addWidget(widgets.label(name, "muted", "small"))
            part.addWidget(field)
            row.addLayout(part)
        box.addLayout(row, 1)
        box.addWidget(widgets.label(HINT, "muted", "small"))
        self.problem = widgets.label("", "warn")
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        self.reset_button = widgets.button("恢复程序自带的安排", does=self.reset)
        foot = DialogFoot(self, "保存", self.reset_button)
        self.ok_button = foot.ok_button
        self.ok_button.setEnabled(not self._desk.read_only)
        box.addLayout(foot)

    @property
    def number(self) -> int:
        """Return the year that is shown."""
        return self._years[self.year.currentIndex()]

    def reset(self) -> None:
        """Let the year be again as the program has it, or unknown."""
        if self._desk.demands.drop_year(self.number):
            self._show()

    def accept(self) -> None:
        try:
            off, on = days(self.off.toPlainText()), days(self.on.toPlainText())
            working_days.arranged(self.number, off, on)
        except RuleError as refused:
            self.problem.setText(f"{refused.message}\n{refused.hint}")
            self.problem.setVisible(True)
            return
        if self._desk.demands.keep_year(self.number, off, on):
            super().accept()

    def _show(self) -> None:
        known = chosen.calendar(self._desk.workspace.db).years.get(self.number)
        bundled = working_days.bundled().years.get(self.number)
        self.off.setPlainText(lines(known.off) if known else "")
        self.on.setPlainText(lines(known.on) if known else "")
        own = known is not None and known != bundled
        said = (known.source or "本工作库录入") if known else UNKNOWN
        self.source.setText("本工作库录入" if own else said)
        self.reset_button.setEnabled(own and not self._desk.read_only)
        self.problem.setVisible(False)


def days(text: str) -> tuple[date, ...]:
    """Read days, one a line, several in a row as 甲至乙. Raises RuleError for a line that is none."""
    found: list[date] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, _, last = line.partition("至")
        begin, end = typed_dates.day(first), typed_dates.day(last or first)
        if begin is None or end is None or end < begin or (end - begin).days > 366:
            raise RuleError(f"“{line}”不是日期，没有改动任何内容。", HINT)
        found += [begin + _DAY * count for count in range((end - begin).days + 1)]
    return tuple(found)


def lines(found: Iterable[date]) -> str:
    """Return days as they are typed, those in a row as one line."""
    spans: list[list[date]] = []
    for day in sorted(found):
        if spans and spans[-1][-1] + _DAY == day:
            spans[-1].append(day)
        else:
            spans.append([day])
    return "\n".join(f"{one[0]}至{one[-1]}" if len(one) > 1 else f"{one[0]}" for one in spans)
