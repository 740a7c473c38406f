"""The open demands of a unit above its list: a line that unfolds them, and nothing where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.demands.demand_list import DemandList
from desktop.ui.demands.panel import DemandDialog
from desktop.ui.kit import widgets
from desktop.workspace.demands import demands

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

MOST = 3  # demands that are seen at once; the list scrolls


class UnitDemands(QWidget):
    """Shows what a unit leads or supports."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unit_key = ""
        self._open = False
        self._box = widgets.column()
        self.setLayout(self._box)
        self.button = widgets.button("", "quiet", does=self._turn)
        self.list = DemandList(desk, "本单位未结束的诉求")
        self._box.addWidget(self.button)
        self._box.addWidget(self.list)
        self.list.chosen.connect(lambda index: DemandDialog(desk, self.list.key_of(index), self).open())
        desk.demands.changed.connect(lambda _key: self.refresh())
        desk.look.changed.connect(self.refresh)
        self.refresh()

    def show_unit(self, unit_key: str) -> None:
        """Show the open demands of a unit."""
        self._unit_key = unit_key
        self.refresh()

    def refresh(self) -> None:
        """Take them from the workspace again."""
        db = self._desk.workspace.db
        found = demands.of_unit(db, self._unit_key) if self._unit_key else ()
        self.setVisible(bool(found))
        self.list.show_of_all(demands.standings(db, found, self._desk.today()))
        late = sum(one.is_late for one in self.list.rows.rows)
        told = f"，逾期 {late} 件" if late else ""
        self.button.setText(f"{'▾' if self._open else '▸'} 企业诉求 {len(found)} 件{told}")
        px = self._desk.look.tokens.px
        self._box.setContentsMargins(px(12), px(2), px(12), px(2))
        self.list.setVisible(self._open)
        self.list.setFixedHeight(self.list.row_height() * min(len(found), MOST) + 2)

    def _turn(self) -> None:
        self._open = not self._open
        self.refresh()
