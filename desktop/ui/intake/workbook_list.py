"""The workbooks of an import at the left of its rows: which unit's, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.rows_model import VALUE, RowsModel

if TYPE_CHECKING:
    from desktop.ui.kit.choice_list import Index
    from desktop.ui.kit.look import Look, Tokens

ROW = 52
ALL = -1


class Tone(StrEnum):
    """What colour the words about a workbook have."""

    PLAIN = "muted"
    OPEN = "near"
    TAKEN = "blue"
    REFUSED = "red"


@dataclass(frozen=True, slots=True)
class WorkbookEntry:
    """One workbook: whose it is, what becomes of it; ``file_name`` is empty where the unit tells as much."""

    name: str
    file_name: str
    state: str
    tone: Tone
    path_name: str = ""

    @classmethod
    def of(
        cls, unit: str, path_name: str, state: str, tone: Tone, *, known: bool, several: bool = False
    ) -> WorkbookEntry:
        """Return the entry of a workbook; one that is not ``known`` to be a unit's goes by its own name.

        Where there are ``several`` of the unit, the name tells which it is.
        """
        usual = not several and path_name.startswith(f"{unit}-")
        return cls(
            unit if known else path_name, "" if usual or not known else path_name, state, tone, path_name
        )

    @classmethod
    def of_all(cls, count: int, *, undecided: int, changed: str, refused: int) -> WorkbookEntry:
        """Return the entry that stands for all ``count`` workbooks, with what asks for attention first.

        ``changed`` says how much becomes of them, "" when nothing does.
        """
        if undecided:
            state, tone = f"待决定 {undecided} 处", Tone.OPEN
        elif changed:
            state, tone = changed, Tone.TAKEN
        elif refused:
            state, tone = f"未并入 {refused} 份", Tone.REFUSED
        else:
            state, tone = "无变化", Tone.PLAIN
        return cls("全部工作簿", f"{count} 份", state, tone)


class FilesModel(RowsModel[WorkbookEntry]):
    """All workbooks, and one row before them that stands for all together."""

    def key(self, row: WorkbookEntry) -> str:
        return row.path_name

    def text(self, row: WorkbookEntry) -> str:
        return row.name

    def sentence(self, row: WorkbookEntry) -> str:
        return "，".join(filter(None, (row.name, row.path_name, row.state)))


class FileDelegate(ChoiceDelegate):
    """Paints the unit's name over the file's, and beside the name what becomes of it."""

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        entry: WorkbookEntry = index.data(VALUE)
        half = self.metrics().height() * 1.02
        top = QRectF(area.left(), area.center().y() - half, area.width(), half)
        below = QRectF(area.left(), area.center().y(), area.width(), half)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font(0.92))
        painter.setPen(QColor(getattr(look, entry.tone)))
        painter.drawText(below, int(middle | Qt.AlignmentFlag.AlignLeft), self._fit(entry.state, below, 0.92))
        name = self.font(bold=index.row() == self.chosen)
        painter.setFont(name)
        painter.setPen(QColor(look.text))
        painter.drawText(top, int(middle), self._fit(entry.name, top, 1.0))
        taken = self.metrics(0.92).horizontalAdvance(entry.state) + look.px(12)
        beside = below.adjusted(taken, 0, 0, 0)
        if beside.width() > look.px(24):
            painter.setFont(self.font(0.86))
            painter.setPen(QColor(look.faint))
            shown = self.metrics(0.86).elidedText(
                entry.file_name, Qt.TextElideMode.ElideMiddle, int(beside.width())
            )
            painter.drawText(beside, int(middle | Qt.AlignmentFlag.AlignRight), shown)
        painter.setPen(QColor(look.border))
        line = area.adjusted(0, 0, 0, -0.5)
        painter.drawLine(line.bottomLeft(), line.bottomRight())

    def _fit(self, text: str, area: QRectF, factor: float) -> str:
        return self.metrics(factor).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))


class FileList(ChoiceList):
    """The list. The arrows choose as they go."""

    def __init__(self, look: Look, name: str) -> None:
        model = FilesModel()
        super().__init__(look, model, FileDelegate(look), name)
        self.files = model

    def row_height(self) -> int:
        return self._look.tokens.px(ROW)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != self._delegate.chosen:
            self.chosen.emit(current)
