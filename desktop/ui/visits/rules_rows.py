"""规则一览 as rows: each clause of each measure, what it asks for, on which words, what a unit decides."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.catalogue.typeset import typeset
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import ROOT, Index, TitledModel
from desktop.verdicts import words
from desktop.workspace import words as said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop.catalogue.clauses import Clause
    from desktop.catalogue.query import Catalogue

MEASURE, OFFER, RULE, QUOTE, DECIDED = range(5)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A clause in words; of a measure without rules the one row that says so."""

    measure_key: str
    document_key: str
    cells: tuple[str, str, str, str, str]
    ruled: bool = True

    @property
    def sought(self) -> str:
        """Return what a filter looks through."""
        return _folded("\n".join(self.cells))


def rows(catalogue: Catalogue, held: Mapping[str, Sequence[Clause]]) -> Iterator[RuleRow]:
    """Yield the rows of all measures in use, in the order of the library."""
    for document in catalogue.documents:
        for measure in catalogue.measures_in_document(document.key):
            name = said.measure(catalogue, measure.key)
            for clause in held.get(measure.key, ()):
                quoted = "……".join(typeset(each.words) for each in clause.quotes)
                decided = dict.fromkeys(typeset(each.words) for each in clause.unit_decides)
                yield RuleRow(
                    measure.key,
                    document.key,
                    (
                        name,
                        clause.offer,
                        words.rule(clause.rule),
                        f"“{quoted}”",
                        "、".join(f"“{each}”" for each in decided),
                    ),
                    not clause.internal,
                )
            if not held.get(measure.key):
                yield RuleRow(measure.key, document.key, (name, "", words.UNRULED, "", ""), False)


class RulesModel(TitledModel):
    """Shows these rows, or those that hold every word of a filter."""

    titles = ("措施", "支持内容", "什么企业适用", "依据原文", words.UNIT_DECIDES)

    def __init__(self, every: Sequence[RuleRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._every = tuple((row, row.sought) for row in every)
        self.shown: tuple[RuleRow, ...] = tuple(every)

    def narrow(self, text: str, document_key: str = "") -> None:
        """Show the rows that hold every word of ``text``, of one document where that is given."""
        parts = _folded(text).split()
        self.beginResetModel()
        self.shown = tuple(
            row
            for row, sought in self._every
            if all(part in sought for part in parts) and document_key in ("", row.document_key)
        )
        self.endResetModel()

    def begins(self, at: int) -> bool:
        """Return whether a row is the first shown of its measure."""
        return at == 0 or self.shown[at - 1].measure_key != self.shown[at].measure_key

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        told = self.shown[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(told)
        return told if role == Qt.ItemDataRole.DisplayRole else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
