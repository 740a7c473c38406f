"""A month of days to pick one from: headed as the office writes it, whatever language the machine has."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QTextCharFormat
from PySide6.QtWidgets import (
    QBoxLayout,
    QCalendarWidget,
    QDateEdit,
    QHBoxLayout,
    QTableView,
    QToolButton,
    QWidget,
)

from desktop.ui.kit import icons, plain, widgets
from desktop.ui.kit.fields import there
from desktop.ui.kit.look import Tokens
from desktop.ui.kit.style_sheet import TARGET

MONTHS_IN_YEAR = 12
STEPS = (
    (-MONTHS_IN_YEAR, "上一年"),
    (-1, "上个月（PageUp）"),
    (1, "下个月（PageDown）"),
    (MONTHS_IN_YEAR, "下一年"),
)


class Calendar(QCalendarWidget):
    """As Qt's, with 2026年11月 above 一 to 日; it takes the place of Qt's head, which names the month first.

    The arrows go from day to day, PageUp and PageDown from month to month; Enter picks.

    Attributes:
        head: says which month is shown
        steps: the buttons that go to another one, by how many months they go
    """

    def __init__(self, look: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._build(look)
        self.currentPageChanged.connect(self._show_month)
        self._show_month(self.yearShown(), self.monthShown())

    def _build(self, look: Tokens) -> None:
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setNavigationBarVisible(False)
        for part in (self, there(self.findChild(QTableView))):
            part.setAccessibleName("日历")
        days = QTextCharFormat()
        days.setForeground(QColor(look.text))
        for day in Qt.DayOfWeek:  # else Saturday and Sunday are red, as what is late is
            self.setWeekdayTextFormat(day, days)
        self.head = widgets.label("", "heading")
        self.head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.steps = {months: self._step(months, words, look) for months, words in STEPS}
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(look.px(4), look.px(4), look.px(4), look.px(4))
        row.setSpacing(look.px(2))
        back, forward = list(self.steps.values())[:2], list(self.steps.values())[2:]
        for button in back:
            row.addWidget(button)
        row.addWidget(self.head, 1)
        for button in forward:
            row.addWidget(button)
        inside = there(self.layout())
        assert isinstance(inside, QBoxLayout)
        inside.insertWidget(0, bar)

    def _step(self, months: int, words: str, look: Tokens) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setMinimumSize(TARGET, TARGET)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(words)
        button.setToolTip(plain.tip(words))
        if abs(months) == 1:
            button.setIcon(icons.icon("back" if months < 0 else "forward", look.accent))
            button.setIconSize(QSize(look.px(14), look.px(14)))
        else:
            button.setText("«" if months < 0 else "»")
            colours = button.palette()
            colours.setColor(QPalette.ColorRole.ButtonText, QColor(look.accent))
            button.setPalette(colours)
        button.clicked.connect(lambda: self._go(months))
        return button

    def _go(self, months: int) -> None:
        """Show another month, within the days that may be picked."""
        wanted = QDate(self.yearShown(), self.monthShown(), 1).addMonths(months)
        first, last = self.minimumDate(), self.maximumDate()
        wanted = max(min(wanted, last), QDate(first.year(), first.month(), 1))
        self.setCurrentPage(wanted.year(), wanted.month())

    def _show_month(self, year: int, month: int) -> None:
        self.head.setText(f"{year}年{month}月")

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:
        allowed = self.minimumDate() <= day <= self.maximumDate()
        if allowed and (day.year(), day.month()) == (self.yearShown(), self.monthShown()):
            super().paintCell(painter, rect, day)
        else:  # a style sheet gives Qt no other colour for these
            painter.setPen(QColor(self._look.faint if allowed else self._look.disabled))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day()))
        if day == QDate.currentDate():
            painter.setPen(QPen(QColor(self._look.accent), 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def pop_up(of: QDateEdit, look: Tokens) -> None:
    """Let a field for a day open a calendar and show the day as the office writes it."""
    of.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    of.setDisplayFormat("yyyy年M月d日")
    of.setCalendarPopup(True)
    of.setCalendarWidget(Calendar(look))
