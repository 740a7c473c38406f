"""诉求 of one enterprise: the list, and beside it the chosen one with its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.demands import demand_list
from desktop.ui.demands.demand_list import DemandList
from desktop.ui.demands.holidays_dialog import HolidaysDialog
from desktop.ui.demands.new_dialog import NewDemandDialog
from desktop.ui.demands.panel import DemandDialog, DemandPanel
from desktop.ui.demands.process_dialog import ProcessDialog
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import enterprises

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.desk import Desk

NONE = "还没有诉求。走访时在“走访记录”里记，来电、来信和转办的在这里登记。"
BESIDE = 720  # pixels at zoom 1 from which the chosen one stands beside the list


class DemandsTab(QWidget):
    """Shows the demands of an enterprise.

    Signals:
        told(str): what was just done, for the status line
        counted(int): how many of them are open
    """

    told = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._enterprise = ""
        self._build()
        self._connect()
        self._take_look()

    def show_enterprise(self, key: str) -> None:
        """Show the demands of an enterprise, "" for none."""
        self._enterprise = key
        self.panel.show_demand("")
        self.refresh()

    def show_demand(self, key: str) -> None:
        """Show one of them with its steps."""
        self.panel.show_demand(key)
        self.list.choose(self.list.rows.row_of(key))
        if not self.panel.isVisible():
            DemandDialog(self._desk, key, self).open()

    def refresh(self) -> None:
        """Take them from the workspace again."""
        db = self._desk.workspace.db
        found = (
            demands.of_enterprises(db, *enterprises.keys_of(db, self._enterprise)) if self._enterprise else ()
        )
        standings = demands.standings(db, found, self._desk.today())
        self.list.rows.show(sorted(standings, key=demand_list.urgency))
        keys = [one.demand.key for one in self.list.rows.rows]
        if self.panel.key not in keys:
            self.panel.show_demand(keys[0] if keys else "")
        self.list.choose(self.list.rows.row_of(self.panel.key))
        self._stack.setCurrentIndex(0 if found else 1)
        self.add_button.setEnabled(bool(self._enterprise) and not self._desk.read_only)
        self._turn()
        self.counted.emit(sum(one.is_open for one in found))

    def add(self) -> None:
        """Ask for one that did not come up at a visit."""
        dialog = NewDemandDialog(self._desk, self._enterprise, self)
        dialog.registered.connect(self._show_registered)
        dialog.open()

    def _build(self) -> None:
        outer = widgets.column()
        self.setLayout(outer)
        self._head = QHBoxLayout()
        self.add_button = widgets.button("＋ 登记诉求……", does=self.add)
        self.process_button = widgets.button(
            "办理流程……", does=lambda: ProcessDialog(self._desk, self).open()
        )
        self.days_button = widgets.button("节假日……", does=lambda: HolidaysDialog(self._desk, self).open())
        self._head.addWidget(self.add_button)
        self._head.addStretch(1)
        self._head.addWidget(self.process_button)
        self._head.addWidget(self.days_button)
        outer.addLayout(self._head)
        self.list = DemandList(self._desk)
        self.panel = DemandPanel(self._desk)
        both = QWidget()
        self._beside = QHBoxLayout(both)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(self.list, 1)
        self._beside.addWidget(self.panel, 1)
        self._stack = widgets.rows_or_words(both, widgets.label(NONE, "muted"))
        outer.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda index: self.show_demand(self.list.key_of(index)))
        self.panel.told.connect(self.told)
        self._desk.demands.changed.connect(lambda _key: self.refresh() if self.isVisible() else None)
        self._desk.look.changed.connect(self._take_look)

    def _show_registered(self, key: str) -> None:
        self.panel.show_demand(key)
        self.list.choose(self.list.rows.row_of(key))
        self.told.emit("诉求已登记")

    def _turn(self) -> None:
        wide = self.width() >= self._desk.look.tokens.px(BESIDE)
        self.panel.setVisible(wide and self.list.rows.rowCount() > 0)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        there = self.layout()
        assert there is not None
        there.setSpacing(px(8))
        self._head.setSpacing(px(6))
        self._beside.setSpacing(px(12))
        for button in (self.add_button, self.process_button, self.days_button):
            button.setMinimumHeight(px(TOUCH))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
