"""Above an enterprise's tabs: its name, code and size, and what is done for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit import widgets
from desktop.workspace.enterprises import judged

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.visits.firm_card import FirmCard


class FirmHead(QWidget):
    """Signals:

    leaflet_asked(), visit_asked(), plan_asked(): 明白纸, a visit that begins now, one that is planned
    """

    leaflet_asked = Signal()
    visit_asked = Signal()
    plan_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        left = widgets.column(spacing=desk.look.tokens.px(2))
        self.name = widgets.ElidedLabel("heading")
        self._below = widgets.ElidedLabel("muted", "small")
        left.addWidget(self.name)
        left.addWidget(self._below)
        row.addLayout(left, 1)
        self.leaflet_button = widgets.button("打印明白纸", does=self.leaflet_asked.emit)
        self.plan_button = widgets.button("计划走访……", does=self.plan_asked.emit)
        self.visit_button = widgets.button("开始走访", "primary", does=self.visit_asked.emit)
        for button in (self.leaflet_button, self.plan_button, self.visit_button):
            row.addWidget(button)
        for button in (self.plan_button, self.visit_button):
            button.setEnabled(not desk.read_only)

    def show_card(self, card: FirmCard) -> None:
        """Show an enterprise."""
        firm = card.firm
        code = f"{firm.uscc}（{firm.code.state}）" if firm.uscc else "信用代码未填写"
        size = judged.size_words(card.found.size)
        self.name.setText(firm.name or "（名称还没有并入）")
        merged = "" if not firm.conflicts else "有内容待决定"
        self._below.setText(" · ".join(filter(None, (code, size, merged))))
