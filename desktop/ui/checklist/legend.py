"""Under the checklist: what the lights mean, and the keys of the editors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui import verbs
from desktop.ui.kit import widgets
from desktop.ui.kit.look import Tokens
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace.items.model import Light


class LightLegend(QFrame):
    """Under the table: what the lights mean, and the keys of the editors."""

    CHOSEN = f"已选 {{}} 项 · {verbs.DEADLINES.keys[0]} 批量设置时限"
    KEYS = "回车或 F2 编辑 · Tab 下一格 · Shift+回车 换行 · 边录边存"
    READ_ONLY = "本窗口为只读，只能查看和导出"

    def __init__(self, read_only: bool) -> None:
        super().__init__()
        self.setProperty("surface", True)
        self.setProperty("edge", "top")
        self._rules = ""
        self._read_only = read_only
        self._row = QHBoxLayout(self)
        self._lights = widgets.label()
        self._lights.setTextFormat(Qt.TextFormat.RichText)
        self._lights.setMinimumWidth(1)  # cut off rather than widen the window at a large zoom
        self._lights.setProperty("muted", True)
        self._lights.setProperty("small", True)
        self._keys = ElidedLabel("muted", "small")
        self._keys.setText(self.READ_ONLY if read_only else self.KEYS)
        self._row.addWidget(self._lights)
        self._row.addStretch(1)
        self._row.addWidget(self._keys)

    def text(self) -> str:
        """Return the words of the line, without their looks."""
        return f"{self._rules} {self._keys.text()}"

    def show_chosen(self, many: int) -> None:
        """Say how many rows are selected when there are several."""
        self._keys.setText(
            self.READ_ONLY if self._read_only else self.CHOSEN.format(many) if many > 1 else self.KEYS
        )
        self._make_room()

    def show_rules(self, look: Tokens, near_days: int) -> None:
        """Say the rules of the lights in the colours of the look."""
        rules = {
            Light.RED: "已过完成时限",
            Light.YELLOW: f"{near_days} 天内到期" if near_days else "当天到期",
            Light.GREEN: "按期或已完成",
            Light.GREY: "不适用；长期和未写明不亮灯",
        }
        self._rules = " ".join(f"{light}：{words}" for light, words in rules.items())
        told = (
            f'<span style="color:{look.light(light)}">●</span> {light}：{words}'
            for light, words in rules.items()
        )
        self._lights.setText("&nbsp;&nbsp;&nbsp;".join(told))
        self._row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        self._row.setSpacing(look.px(16))
        self._make_room()

    def _make_room(self) -> None:
        """Leave the keys out where they would push the rules aside."""
        margins = self._row.contentsMargins()
        need = self._lights.sizeHint().width() + self._keys.sizeHint().width() + 2 * self._row.spacing()
        self._keys.setVisible(self.width() >= need + margins.left() + margins.right())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
