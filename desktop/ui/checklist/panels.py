"""What stands around the checklist: the units beside it, and below it, one at a time, history and files."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.ui.desk import Desk
from desktop.ui.evidence.panel import EvidencePanel
from desktop.ui.history.panel import HistoryPanel
from desktop.ui.kit.fold_strip import FoldStrip
from desktop.workspace.items.model import Item

LEAST_TABLE = 110  # pixels that an open panel leaves to the table
ROOMY = 960  # from this width on, at zoom 1, the units stand beside the list
LEAST_PANEL = 170  # pixels at zoom 1 that a panel needs to be of use


class PanelStack(QStackedWidget):
    """Holds the panels; hidden until one is opened.

    Attributes:
        history, evidence: the panels

    Signals:
        closed(): the user closed the panel that was open
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.history = HistoryPanel(desk)
        self.evidence = EvidencePanel(desk)
        for panel in (self.history, self.evidence):
            self.addWidget(panel)
            panel.closed.connect(self.closed)
        self.hide()

    def open(self, panel: QWidget | None) -> None:
        """Show a panel, or none."""
        if panel is not None:
            self.setCurrentWidget(panel)
        self.setVisible(panel is not None)

    def minimumSizeHint(self) -> QSize:
        return self.currentWidget().minimumSizeHint()

    def show_item(self, unit_key: str, item: Item | None) -> None:
        """Let the panels show what belongs to an item."""
        self.history.show_item(unit_key, item)
        self.evidence.show_item(item)


class TableAndPanel(QSplitter):
    """The table above, the open panel below; only the panel where both would be too low to read."""

    def __init__(self, desk: Desk, table: QWidget, panels: PanelStack) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._desk, self._table, self._panels = desk, table, panels
        table.setMinimumHeight(LEAST_TABLE)
        self.addWidget(table)
        self.addWidget(panels)
        self.setStretchFactor(0, 1)
        self.setChildrenCollapsible(False)
        desk.look.changed.connect(self._share)

    def open(self, panel: QWidget | None) -> None:
        """Show a panel below the table, or none."""
        opened = panel is not None and self._panels.isHidden()
        self._panels.open(panel)
        self._share()
        if opened:
            self.setSizes([3 * self.height() // 5, 2 * self.height() // 5])

    def _share(self) -> None:
        low = self.height() < LEAST_TABLE + self._desk.look.tokens.px(LEAST_PANEL)
        self._table.setHidden(low and not self._panels.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()


class UnitsAndList(QWidget):
    """The units at the left, the chosen one's list beside them; the units fold where it lacks width."""

    def __init__(self, desk: Desk, units: QWidget, chosen: QWidget) -> None:
        super().__init__()
        self._desk, self._units = desk, units
        self._zoom = 0.0
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.addWidget(units)
        self._columns.addWidget(chosen)
        self._columns.setStretchFactor(1, 1)
        self._columns.setChildrenCollapsible(False)
        self.fold = FoldStrip(desk.look, "责任单位", units)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.fold)
        across.addWidget(self._columns)
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._units.setMinimumWidth(min(look.px(200), 240))
        if look.zoom != self._zoom:
            self._zoom, wide = look.zoom, min(look.px(268), 340)
            self._columns.setSizes([wide, max(self.width() - wide, 1)])
        self.fold.set_needed(self.width() < look.px(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold.set_needed(self.width() < self._desk.look.tokens.px(ROOMY))
