"""What stands on the screen while the workspace is converted: nothing can be called off."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from desktop import TITLE
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog


class SealingDialog(Dialog):
    """Says that it takes a moment; goes by :meth:`close_at_last` alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        box = widgets.column(spacing=12, margins=(24, 20, 24, 20))
        self.setLayout(box)
        box.addWidget(widgets.label("正在转换工作库并逐页核对……"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        box.addWidget(bar)
        box.addWidget(widgets.label("完成后窗口自动打开，请不要关机。", "muted", "small"))
        self.setMinimumWidth(400)

    def reject(self) -> None:
        """Stay."""

    def close_at_last(self) -> None:
        """Go."""
        super().reject()
