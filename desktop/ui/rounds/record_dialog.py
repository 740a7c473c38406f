"""本轮记录: all that was done with a round, when and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.kit import plain, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.row_table import Index, RowTable, TitledModel
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace import words
from desktop.workspace.returns import round_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.returns.round_changes import RoundEvent
    from desktop.workspace.returns.rounds import Round

TITLE = "本轮记录"
WHEN, WHO, WHAT = range(3)
WIDTHS = {WHEN: 140, WHO: 110}
UNKNOWN = "—"


class RecordRows(TitledModel):
    """The lines of a record, newest first."""

    titles = ("时间", "使用人", "内容")

    def __init__(self, desk: Desk, events: Sequence[RoundEvent], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = [
            (words.moment(one.at), one.by or UNKNOWN, round_changes.sentence(one, desk.catalogue))
            for one in reversed(events)
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        told = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(told)
        return told if role == Qt.ItemDataRole.DisplayRole else None


class RecordDialog(Dialog):
    """Shows the record of one round."""

    def __init__(self, desk: Desk, one: Round, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = desk.look.tokens
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        name = ElidedLabel("heading")
        name.setText(f"{one.name}　{one.state.words}")
        box.addWidget(name)
        self.model = RecordRows(desk, round_changes.record(desk.workspace.db, one), self)
        self.view = RowTable(desk.look, self.model, TITLE, self._pieces, WIDTHS, (WHO, WHAT))
        frame = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        inside.addWidget(self.view)
        frame.setLayout(inside)
        box.addWidget(frame, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, look.px(680), look.px(min(200 + 34 * self.model.rowCount(), 460)))
        self.view.selectRow(0)
        self.view.setFocus()

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        return [Piece(index.data(), look.text if index.column() == WHAT else look.muted)]
