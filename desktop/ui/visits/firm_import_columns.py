"""What each column of a list is read as: proposed from its heading, changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from desktop.catalogue import facts
from desktop.exchange.enterprises import headings
from desktop.exchange.enterprises.headings import ColumnUse
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.widgets import ElidedLabel
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises.model import FACT, UNITS

if TYPE_CHECKING:
    from datetime import date

    from desktop.exchange.enterprises.lists import FirmSheet
    from desktop.ui.desk import Desk

UNREAD = "不读取"
SAMPLE_ROWS = 20
TARGETS = (
    *("name", "uscc", "industry", *FIGURES, "taxpayer", "town", "address", "contact", "post", "phone"),
    *("notes", *(f"{FACT}/{key}" for key in facts.vocabulary())),
)


class FirmImportColumns(QScrollArea):
    """A row for each column: its heading, an example, what it is read as.

    Signals:
        chosen(): a column is read as something else

    Attributes:
        mapping: what the columns are read as
        boxes: where that is chosen, by the column
    """

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheet: FirmSheet | None = None
        self._by_hand: dict[int, ColumnUse | None] = {}
        self._day: date | None = None
        self._unit = ""
        self.mapping: dict[int, ColumnUse] = {}
        self.boxes: dict[int, QComboBox] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setAccessibleName("栏目")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_sheet(self, sheet: FirmSheet, day: date | None, unit: str) -> None:
        """Propose what the columns of a sheet are."""
        self._sheet, self._by_hand = sheet, {}
        self._make(sheet)
        self.propose(day, unit)

    def propose(self, day: date | None, unit: str) -> None:
        """Propose again, with a day and a unit for what does not say its own; what was chosen stays."""
        if self._sheet is None:
            return
        self._day, self._unit = day, unit
        found = headings.proposed(self._sheet.headings, self._sheet.above, day, unit)
        for column, use in self._by_hand.items():
            found.pop(column, None)
            if use is not None:
                again = self._use(use.target, column)
                found = {at: other for at, other in found.items() if other.field != again.field}
                found[column] = again
        self.mapping = dict(sorted(found.items()))
        self._show()

    def choose(self, column: int, target: str) -> None:
        """Read a column as something, "" for nothing; another one that was read so is not read any more."""
        use = self._use(target, column) if target else None
        for other, held in self.mapping.items():
            if use is not None and other != column and held.field == use.field:
                self._by_hand[other] = None
        self._by_hand[column] = use
        self.mapping = {
            at: held for at, held in self.mapping.items() if at != column and self._by_hand.get(at, held)
        }
        if use is not None:
            self.mapping[column] = use
        self.mapping = dict(sorted(self.mapping.items()))
        self._show()
        self.chosen.emit()

    def _use(self, target: str, column: int) -> ColumnUse:
        """Return the use of a column, with the day and the unit that its heading says."""
        assert self._sheet is not None
        if target not in FIGURES:
            return ColumnUse(target)
        said = headings.use_of(self._sheet.headings[column])
        day, unit = (said.day, said.unit) if said else (None, "")
        money = UNITS[target] == "万元"
        return ColumnUse(target, day or self._day, (unit or self._unit) if money else "")

    def _make(self, sheet: FirmSheet) -> None:
        px = self._desk.look.tokens.px
        canvas = QWidget()
        canvas.setObjectName("canvas")
        grid = QGridLayout(canvas)
        grid.setContentsMargins(0, 0, px(10), 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        self.boxes = {}
        for row, (column, head) in enumerate(sheet.headings.items()):
            words = widgets.column()
            title, sample = ElidedLabel(), ElidedLabel("muted", "small")
            title.setText(head)
            sample.setText(_sample(sheet, column))
            words.addWidget(title)
            words.addWidget(sample)
            grid.addLayout(words, row, 0)
            grid.addWidget(self._box(head, column), row, 1)
        grid.setRowStretch(len(sheet.headings), 1)
        self.setWidget(canvas)

    def _box(self, head: str, column: int) -> QComboBox:
        px = self._desk.look.tokens.px
        box = QComboBox()
        box.setAccessibleName(f"“{head}”读作")
        box.setMaxVisibleItems(16)
        box.setFixedWidth(px(176))
        box.setMinimumHeight(px(30))
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel over the list scrolls the list
        box.addItem(UNREAD, "")
        for target in TARGETS:
            box.addItem(ColumnUse(target).words, target)
        box.activated.connect(lambda at: self.choose(column, str(box.itemData(at))))
        self.boxes[column] = box
        return box

    def _show(self) -> None:
        for column, box in self.boxes.items():
            use = self.mapping.get(column)
            with QSignalBlocker(box):
                box.setCurrentIndex(TARGETS.index(use.target) + 1 if use else 0)
            box.setToolTip(plain.tip(use.words if use else ""))


def _sample(sheet: FirmSheet, column: int) -> str:
    """Return the first thing that stands in a column."""
    texts = (row.text(column).strip() for row in sheet.rows[:SAMPLE_ROWS])
    return next((text for text in texts if text), "（空）")
