"""A strip at the side of a page, for a panel that has no room beside what the page is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit import plain, widgets
from desktop.ui.kit.style_sheet import TARGET

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look

WIDTH = 28  # pixels at zoom 1
TO_LEFT, TO_RIGHT = "◂", "▸"


class FoldStrip(widgets.PushButton):
    """Written from top to bottom; pressed, it unfolds its panel, and folds it again.

    Where there is room it is not seen, and the panel always is.
    """

    def __init__(self, look: Look, name: str, panel: QWidget, *, at_right: bool = False) -> None:
        super().__init__()
        self._look, self._name, self._panel, self._at_right = look, name, panel, at_right
        self._needed = False
        self.setProperty("strip", "right" if at_right else "left")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.toggled.connect(self._show)
        look.changed.connect(self._show)
        self._show()

    @property
    def folded(self) -> bool:
        """Return whether the panel is not to be seen."""
        return self._needed and not self.isChecked()

    def set_needed(self, needed: bool) -> None:
        """Say whether there is no room for the panel beside what the page is for."""
        if needed != self._needed:
            self._needed = needed
            self.setChecked(False)
        self._show()

    def unfold(self, on: bool = True) -> None:
        """Let the panel be seen where it is folded, or fold it again."""
        self.setChecked(on and self._needed)

    def _show(self) -> None:
        folded = self.folded
        self.setFixedWidth(max(self._look.tokens.px(WIDTH), TARGET))
        mark = TO_LEFT if folded is self._at_right else TO_RIGHT
        self.setText("\n".join((mark, *self._name)))
        words = f"{'展开' if folded else '收起'}{self._name}"
        self.setAccessibleName(words)
        self.setToolTip(plain.tip(words))
        self.setVisible(self._needed)
        if (
            folded or self._panel.parentWidget() is not None
        ):  # without a parent it would be a window of its own
            self._panel.setVisible(not folded)
