"""走访记录 as rows: when, how, by whom, how far it is written, what was explained and asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.ui.kit import plain
from desktop.ui.kit.row_table import ROOT, Index, TitledModel
from desktop.workspace import words
from desktop.workspace.visits.model import VisitState

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.visits.model import Visit

DAY, KIND, STATE, WHO, EXPLAINED, DEMANDS, NUMBER = range(7)
TITLES = ("日期", "方式", "状态", "走访人", "讲解的措施", "诉求", "编号")
MOST_NAMED = 6


class VisitsModel(TitledModel):
    """Shows visits; ``demands`` says how many came up at each, by its key."""

    titles = TITLES

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue
        self.visits: tuple[Visit, ...] = ()
        self._demands: Mapping[str, int] = {}

    def show(self, found: Sequence[Visit], demands: Mapping[str, int]) -> None:
        """Show these."""
        self.beginResetModel()
        self.visits, self._demands = tuple(found), demands
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self.visits[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._text(self.visits[index.row()], index.column()))
        return None

    def _text(self, visit: Visit, column: int) -> str:
        count = self._demands.get(visit.key, 0)
        return (
            visit.day.isoformat() if visit.day else "",
            str(visit.kind),
            str(visit.state),
            _who(visit),
            self._explained(visit),
            f"{count} 件" if count else "",
            visit.number,
        )[column]

    def _explained(self, visit: Visit) -> str:
        keys = list(visit.explained)
        named = "、".join(words.number(self.catalogue, key) for key in keys[:MOST_NAMED])
        return named + (f"等{len(keys)}条" if len(keys) > MOST_NAMED else "")


def _who(visit: Visit) -> str:
    who = "、".join(visit.visitors)
    own = f"{visit.unit}：{who}" if visit.unit and who else visit.unit or who
    joined = "；".join(f"{one.unit} {one.visitors}".strip() for one in visit.joined)
    return f"{own}；一并走访：{joined}" if joined else own


def about(visit: Visit) -> str:
    """Return a visit as a line: 2026-11-12 实地　区财政局：张某（定稿）."""
    day = visit.day.isoformat() if visit.day else "日期未到"
    state = "计划走访" if visit.state is VisitState.PLANNED else str(visit.state)
    return f"{day} {visit.kind}　{_who(visit) or '走访人未填'}（{state}）"
