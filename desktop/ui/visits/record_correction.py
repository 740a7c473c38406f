"""更正 of a final record: the reason asked for first, and the corrections so far as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.kit.asked_reason import AskedReason, ReasonWords
from desktop.workspace import words
from desktop.workspace.visits.model import field_words

if TYPE_CHECKING:
    from desktop.workspace.visits.model import Correction, Visit


class CorrectionDialog(AskedReason):
    """Asks why a final record is to be changed."""

    def __init__(self, visit: Visit, parent: QWidget) -> None:
        asked = ReasonWords(
            "更正理由",
            f"{visit.number}已定稿。为什么要更正？",
            "例如：企业来电说明参加人姓名有误",
            "理由必须填写。更正前的内容保留，可以查到。",
            "开始更正",
        )
        super().__init__(asked, "", parent)


def told(correction: Correction) -> str:
    """Return a correction as a line: when, who, what and why."""
    fields = "、".join(dict.fromkeys(map(field_words, correction.fields)))
    return f"{words.moment(correction.at)}　{correction.by}更正{fields}：{correction.reason}"
