"""疑似重复: pairs of records that may be one firm with why, and what the two of a pair say otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from desktop.classification.size_table import number_words
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import ROOT, Index, TitledModel
from desktop.workspace.enterprises.model import (
    CONTACT,
    FIGURE,
    TEXTS,
    UNITS,
    field_words,
    fields_of,
    value_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.workspace.enterprises.duplicates import SameFirm
    from desktop.workspace.enterprises.model import Enterprise

LACKING = "—"
PEOPLE = field_words(CONTACT)
"""Of these both sides keep theirs."""


@dataclass(frozen=True, slots=True)
class FirmPair:
    """Two records, and why they may be one firm."""

    first: Enterprise
    second: Enterprise
    same: SameFirm


class FirmPairsModel(TitledModel):
    """The pairs, one a row."""

    titles = ("企业", "理由")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: tuple[FirmPair, ...] = ()

    def show(self, pairs: Sequence[FirmPair]) -> None:
        """Show these."""
        self.beginResetModel()
        self.pairs = tuple(pairs)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        pair = self.pairs[index.row()]
        said = pair.same.words if index.column() else f"{pair.first.name}\n{pair.second.name}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(said)
        return said if role == Qt.ItemDataRole.DisplayRole else None


class FirmSidesModel(TitledModel):
    """What two records say otherwise, field by field."""

    titles = ("栏目", "第一条", "第二条")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[tuple[str, str, str], ...] = ()

    def show(self, pair: FirmPair | None) -> None:
        """Show the two of a pair."""
        self.beginResetModel()
        self.rows = differing(pair.first, pair.second) if pair else ()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        said = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(said)
        return said if role == Qt.ItemDataRole.DisplayRole else None


def differing(first: Enterprise, second: Enterprise) -> tuple[tuple[str, str, str], ...]:
    """Return what a field is called and what each says of it, for those on which they differ."""
    one, other = _said(first), _said(second)
    names = sorted(one.keys() | other.keys(), key=_rank)
    return tuple(
        (field_words(name), one.get(name, LACKING), other.get(name, LACKING))
        for name in names
        if one.get(name) != other.get(name)
    )


def _said(firm: Enterprise) -> dict[str, str]:
    """Return the fields in words; all contacts as one, for each has a key of its own."""
    fields: dict[str, Any] = fields_of(firm)
    people = sorted(value_words(name, value) for name, value in fields.items() if name.startswith(CONTACT))
    said = {name: _value(name, value) for name, value in fields.items() if not name.startswith(CONTACT)}
    industry = firm.known_industry
    return (
        said
        | ({"industry": industry.words} if industry else {})
        | ({CONTACT: "\n".join(people)} if people else {})
    )


def _value(name: str, value: Any) -> str:
    kind, _, rest = name.partition("/")
    if kind == FIGURE:
        return f"{number_words(value)}{UNITS[rest.partition('/')[0]]}"
    return value_words(name, value)


def _rank(name: str) -> tuple[int, str]:
    order = [*TEXTS, "taxpayer", FIGURE, CONTACT, "fact"]
    kind = name.partition("/")[0]
    return (order.index(kind) if kind in order else len(order), name)
