"""Workbooks at the left, the rows of the chosen one, or of all, at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget

from desktop.ui.intake.model import IntakeModel
from desktop.ui.intake.table import IntakeTable
from desktop.ui.intake.workbook_list import ALL, FileList, WorkbookEntry
from desktop.ui.kit import widgets
from desktop.ui.kit.empty_card import EmptyCard

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.intake.rows import Row

LIST_WIDTH, LEAST_LIST = 264, 190


class FilePanes(QSplitter):
    """Both halves. ``rows_of`` gives the rows of a workbook by its place, or of ``ALL``.

    Signals:
        file_chosen(int): another workbook is shown, or ``ALL``
    """

    file_chosen = Signal(int)

    def __init__(self, desk: Desk, titles: Sequence[str], rows_of: Callable[[int], Sequence[Row]]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._desk = desk
        self._rows_of = rows_of
        self._zoom = 0.0
        self.file = ALL
        self._build(titles)
        self._connect()
        self._take_look()

    def show_files(self, entries: Sequence[WorkbookEntry]) -> None:
        """Show these workbooks, of which the first entry stands for all, and the rows of the chosen one."""
        self.files.files.show(entries)
        self.files.choose(self.file + 1)
        self.refresh()

    def choose(self, file: int) -> None:
        """Show the rows of a workbook, or of ``ALL``."""
        self.file = file
        self.files.choose(file + 1)
        self.files.setCurrentIndex(self.files.files.index(file + 1))
        self.refresh()
        if self.model.rowCount():
            self.table.go(0)
        self.file_chosen.emit(file)

    def refresh(self) -> None:
        """Take the rows again; the selected one stays selected where it is still shown."""
        row = self.table.current_row()
        self.model.show(self._rows_of(self.file))
        if row is not None and not self.table.currentIndex().isValid():
            place = self.model.place_of(row.identity)
            if place >= 0:
                self.table.go(place)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self.empty)

    def _build(self, titles: Sequence[str]) -> None:
        self.files = FileList(self._desk.look, "工作簿")
        self.model = IntakeModel(titles, self)
        self.table = IntakeTable(self._desk, self.model, "逐项内容")
        self.empty = EmptyCard(self._desk.look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        left = widgets.frame("surface", edge="right")
        self._left = widgets.column()
        left.setLayout(self._left)
        self._left.addWidget(self.files)
        right = widgets.frame("surface")
        inside = widgets.column()
        right.setLayout(inside)
        inside.addWidget(self._stack)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self.files.chosen.connect(self._choose)
        self._desk.look.changed.connect(self._take_look)

    def _choose(self, index: QModelIndex) -> None:
        self.choose(index.row() - 1)

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._left.setContentsMargins(look.px(6), look.px(6), look.px(7), look.px(6))
        self.widget(0).setMinimumWidth(min(look.px(LEAST_LIST), LEAST_LIST))
        if look.zoom != self._zoom:
            self._zoom = look.zoom
            wide = min(look.px(LIST_WIDTH), 340)
            self.setSizes([wide, max(self.width() - wide, 1)])
