"""Why an item does not apply; without a reason it cannot be set so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.kit.asked_reason import AskedReason, ReasonWords


class ReasonDialog(AskedReason):
    """Asks why an item of that title does not apply."""

    def __init__(self, title: str, reason: str, parent: QWidget) -> None:
        words = ReasonWords(
            "不适用理由",
            f"“{title}”为什么不适用？",
            "例如：本年度无此项预算安排",
            "理由必须填写，会与清单一起导出和打印。",
        )
        super().__init__(words, reason, parent)
