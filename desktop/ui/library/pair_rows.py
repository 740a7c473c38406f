"""The measures of two papers side by side as rows: those that correspond, then those that are alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

from desktop.catalogue.typeset import typeset
from desktop.library.corresponding import Pair, PairState, correspond, unmatched
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import TitledModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.catalogue.model import Measure
    from desktop.ui.kit.row_table import Index

OURS, THEIRS, WHY, STATE = range(4)
WIDTHS = {WHY: 300, STATE: 84}
ALONE = "—"
LINE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PairLine:
    """A row: a measure of the left paper and one of the right, or one alone; ``pair`` is what is known."""

    ours: Measure | None
    theirs: Measure | None
    pair: Pair | None = None

    @property
    def keys(self) -> tuple[str, str]:
        """Return by which measures the row is known again."""
        return (self.ours.key if self.ours else "", self.theirs.key if self.theirs else "")

    @property
    def state(self) -> str:
        """Return what is known of the pair, "" for a measure alone."""
        return str(self.pair.state) if self.pair else ""


def lines(
    ours: Sequence[Measure], theirs: Sequence[Measure], decided: Mapping[frozenset[str], PairState]
) -> list[PairLine]:
    """Return the rows of two papers: pairs in the order of the left one, what is alone, rejected pairs."""
    pairs = correspond(ours, theirs, decided)
    made = [PairLine(pair.ours, pair.theirs, pair) for pair in pairs if pair.state is not PairState.REJECTED]
    made += [PairLine(measure, None) for measure in unmatched(ours, pairs)]
    made += [PairLine(None, measure) for measure in unmatched(theirs, pairs)]
    return made + [PairLine(one.ours, one.theirs, one) for one in pairs if one.state is PairState.REJECTED]


def counted(shown: Sequence[PairLine]) -> str:
    """Return in a sentence how many correspond and how many stand alone."""
    states = [line.pair.state for line in shown if line.pair]
    confirmed, suggested = states.count(PairState.CONFIRMED), states.count(PairState.SUGGESTED)
    left = sum(line.theirs is None for line in shown)
    right = sum(line.ours is None for line in shown)
    alone = f"；左侧另有 {left} 条、右侧另有 {right} 条没有对应" if left or right else ""
    return f"{confirmed + suggested} 条有对应：已确认 {confirmed}，建议 {suggested}{alone}"


class PairRows(TitledModel):
    """Shows the rows."""

    titles = ("左侧文件", "右侧文件", "依据", "状态")

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[PairLine] = []

    def show(self, shown: Sequence[PairLine]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._lines = list(shown)
        self.endResetModel()

    def line(self, row: int) -> PairLine:
        """Return a row's line."""
        return self._lines[row]

    def row_of(self, keys: tuple[str, str]) -> int:
        """Return the row of a pair, or of one of its measures; the first one where there is none."""
        for row, line in enumerate(self._lines):
            if line.keys == keys:
                return row
        named = {key for key in keys if key}
        return next((row for row, line in enumerate(self._lines) if named & set(line.keys)), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._words(line, index.column()))
        return None

    @staticmethod
    def _words(line: PairLine, column: int) -> str:
        if column in (OURS, THEIRS):
            measure = line.ours if column == OURS else line.theirs
            return f"{measure.number}. {typeset(measure.called)}" if measure else ALONE
        if column == WHY:
            return typeset(line.pair.why) if line.pair else ""
        return line.state
