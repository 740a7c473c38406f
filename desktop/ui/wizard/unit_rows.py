"""The distinct names of units in a notice being taken in, and what each is taken to mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from desktop.catalogue.model import Unit
from desktop.catalogue.unit_names import known
from desktop.library.unit_kinds import kind_of
from desktop.reading.drafts import NoticeDraft, open_questions
from desktop.reading.model import ROLE_NAMES, Mention
from desktop.reading.unit_names import same_unit
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.look import Tokens
from desktop.ui.kit.row_table import TitledModel

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

PRINTED, TIMES, NAME, MEANS = range(4)
GROUP = "机构群体"
KNOWN = "发文库已有的单位"
NO_UNIT = "不是单位"


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """One printed name. ``name`` is "" for no unit; ``known`` the unit of the library that it is, if any.

    ``near`` is the name of another unit that a table of abbreviations calls the same, "" for none; ``start``
    is where it stands first; ``asked`` whether a question about it is open.
    """

    printed: str
    times: int
    roles: str
    name: str
    kind: str
    known: Unit | None
    near: str
    start: int
    asked: bool
    decided: bool

    def means(self) -> str:
        """Return in words what the name is taken for."""
        if not self.name:
            return NO_UNIT
        if self.known is not None:
            return KNOWN if self.known.name == self.name else f"{KNOWN}“{self.known.name}”"
        if self.kind == GROUP:
            return "一批单位"
        if self.near:
            return f"可能就是“{self.near}”，请核对"
        return "新的单位"


def rows_of(draft: NoticeDraft, units: Sequence[Unit]) -> tuple[PrintedUnit, ...]:
    """Return the printed names in the order of their first places; those asked about come first."""
    mentions: dict[str, list[Mention]] = {}
    for document in draft.reading.documents:
        for measure in document.measures:
            for statement in measure.statements:
                for mention in statement.mentions:
                    mentions.setdefault(mention.printed, []).append(mention)
    names = dict.fromkeys(found[0].name for found in mentions.values())
    near = _near([*names], units)
    asked = [question for question in open_questions(draft) if question.key.startswith(("name-", "run-on-"))]
    rows = [
        _row(draft, printed, found, units, near, [q.start for q in asked])
        for printed, found in mentions.items()
    ]
    dropped = [printed for printed, name in draft.facts.names.items() if not name and printed not in mentions]
    rows += [
        PrintedUnit(printed, 0, "", "", "", None, "", max(draft.source.find(printed), 0), False, True)
        for printed in dropped
    ]
    return tuple(sorted(rows, key=lambda row: (not row.asked, row.start)))


def _row(
    draft: NoticeDraft,
    printed: str,
    found: Sequence[Mention],
    units: Sequence[Unit],
    near: dict[str, str],
    asked: Sequence[int],
) -> PrintedUnit:
    name = found[0].name
    roles = Counter(ROLE_NAMES[mention.role] for mention in found if mention.role)
    unit = known(units, name)
    guessed = unit.kind if unit else kind_of(name) if name else ""
    return PrintedUnit(
        printed,
        len(found),
        "、".join(f"{role} {count}" for role, count in roles.items()),
        name,
        draft.facts.kinds.get(name) or guessed,
        unit,
        "" if unit else near.get(name, ""),
        found[0].start,
        any(mention.start <= place < mention.end for mention in found for place in asked),
        printed in draft.facts.names,
    )


def _near(names: Sequence[str], units: Sequence[Unit]) -> dict[str, str]:
    """Return for names of the notice the other name, in it or in the library, that may be the same unit."""
    theirs = {unit.name for unit in units}
    found: dict[str, str] = {}
    for one, other in same_unit([*names, *(unit.name for unit in units)]):
        for mine, same in ((one, other), (other, one)):
            if mine in names and mine not in theirs:
                found.setdefault(mine, same)
    return found


class UnitRowsModel(TitledModel):
    """The table of printed names."""

    titles = ("原文写作", "出现", "单位名称", "说明")

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PrintedUnit, ...] = ()

    @property
    def rows(self) -> tuple[PrintedUnit, ...]:
        """Return the rows."""
        return self._rows

    def show(self, rows: Sequence[PrintedUnit]) -> None:
        """Show these rows; the same names with other meanings keep the place of the caret."""
        fresh = tuple(rows)
        if [row.printed for row in fresh] == [row.printed for row in self._rows] and fresh:
            self._rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, MEANS))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        return self.words(self._rows[index.row()], index.column())

    def words(self, row: PrintedUnit, column: int) -> str:
        """Return what a cell says."""
        if column == PRINTED:
            return row.printed
        if column == TIMES:
            return f"{row.times} 处" + (f"（{row.roles}）" if row.roles else "")
        if column == NAME:
            return row.name or "—"
        return f"{row.means()}，待决定" if row.asked else row.means()

    def pieces(self, index: Index, look: Tokens) -> list[Piece]:
        """Return how a cell is drawn."""
        row = self._rows[index.row()]
        words = self.words(row, index.column())
        if index.column() == MEANS:
            near = row.asked or (row.near and not row.decided)
            return [Piece(words, look.near if near else look.muted)]
        quiet = not row.name or index.column() == TIMES
        return [
            Piece(words, look.muted if quiet else look.text, bold=index.column() == NAME and bool(row.name))
        ]
