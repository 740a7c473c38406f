"""The list of claims: what has to be looked at first, what is the same last and only when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.proofreading.model import KIND_NAMES, VERDICT_NAMES, Claim, ClaimVerdict, on_one_line
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.row_table import ROOT, Index, TitledModel

if TYPE_CHECKING:
    from desktop.ui.kit.look import Tokens

VERDICT, KIND, WORDS = range(3)
WIDTHS = {VERDICT: 76, KIND: 66}
_SHOWN = 80
_ORDER = {verdict: place for place, verdict in enumerate(VERDICT_NAMES)}


class ClaimRows(TitledModel):
    """Claims by verdict, each in the order of the text."""

    titles = ("结论", "类别", "材料中写的")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.claims: tuple[Claim, ...] = ()

    def show(self, found: Sequence[Claim], *, same: bool) -> None:
        """Show what was found; what is the ``same`` only when asked for."""
        self.beginResetModel()
        shown = [one for one in found if same or one.verdict is not ClaimVerdict.SAME]
        self.claims = tuple(sorted(shown, key=lambda one: (_ORDER[one.verdict], one.start)))
        self.endResetModel()

    def row_at(self, place: int) -> int:
        """Return the row of the narrowest claim that holds a place of the report, -1 for none."""
        rows = [row for row, one in enumerate(self.claims) if one.start <= place < one.end]
        return min(rows, key=lambda row: self.claims[row].end - self.claims[row].start, default=-1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.claims)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or role != 0:
            return None
        one = self.claims[index.row()]
        words = on_one_line(one.text)
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        return (VERDICT_NAMES[one.verdict], KIND_NAMES[one.kind], shown)[index.column()]


def pieces(model: ClaimRows, index: Index, look: Tokens) -> list[Piece]:
    """Return how a cell is painted."""
    words = str(index.data() or "")
    if index.column() == VERDICT:
        return [Piece(words, colour(model.claims[index.row()].verdict, look), 0.92, boxed=True)]
    return [Piece(words, look.muted if index.column() == KIND else look.text)]


def colour(verdict: ClaimVerdict, look: Tokens) -> str:
    """Return the colour of a verdict."""
    return {
        ClaimVerdict.DIFFERS: look.red,
        ClaimVerdict.UNKNOWN: look.amber,
        ClaimVerdict.SAME: look.green,
    }[verdict]


def counted(found: Sequence[Claim]) -> str:
    """Return how many claims have each verdict, in words."""
    counts = Counter(one.verdict for one in found)
    return "　".join(f"{name} {counts[verdict]} 处" for verdict, name in VERDICT_NAMES.items())
