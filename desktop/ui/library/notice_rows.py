"""The notices of the library as a table: which there are, how long each is valid, and which are in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop.catalogue.typeset import typeset
from desktop.ui.kit import plain
from desktop.ui.kit.row_table import TitledModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desktop.catalogue.model import Notice
    from desktop.library.store import ListedNotice
    from desktop.ui.desk import Desk
    from desktop.ui.kit.row_table import Index

NOTICE, MEASURES, UNITS, VALID, ISSUED, ORIGIN, USED = range(7)
TITLES = ("发文", "措施", "单位", "有效期", "成文日期", "来源", "状态")
WIDTHS = {MEASURES: 60, UNITS: 60, VALID: 150, ISSUED: 104, ORIGIN: 66, USED: 84}
OWN, TAKEN_IN = "自带", "录入"
IN_USE, OUT_OF_USE = "在用", "已停用"
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A notice of the library, with all that its row says; ``entered`` is how many items have entries."""

    listed: ListedNotice
    notice: Notice
    entered: int

    @property
    def key(self) -> str:
        """Return the key of the notice."""
        return self.listed.key

    @property
    def called(self) -> str:
        """Return what people call it."""
        return typeset(self.notice.called)


def rows(desk: Desk) -> list[LibraryRow]:
    """Return the rows of all notices, those in use first, of these the newest ones first."""
    from desktop.library import store

    catalogue, entered = desk.catalogue, _entered(desk)
    made = [
        LibraryRow(each, catalogue.notice_with(each.key), entered.get(each.key, 0))
        for each in store.listed(catalogue)
    ]
    return sorted(made, key=lambda row: (not row.listed.in_use, -_day(row.notice.issued_on), row.key))


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0


def _entered(desk: Desk) -> Mapping[str, int]:
    """Return for how many items of each notice something was entered."""
    from desktop.workspace.items import entries

    counted: dict[str, int] = {}
    for key in entries.load(desk.workspace.db):
        notice = key.document_key.rpartition(".")[0]
        counted[notice] = counted.get(notice, 0) + 1
    return counted


class LibraryRows(TitledModel):
    """Shows rows."""

    titles = TITLES

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[LibraryRow] = []

    def show(self, rows: Sequence[LibraryRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[LibraryRow, ...]:
        """Return the rows shown."""
        return tuple(self._rows)

    def row_of(self, key: str) -> int:
        """Return the row of a notice, -1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._tip(row, index.column()))
        return None

    def _words(self, row: LibraryRow, column: int) -> str:
        notice, listed = row.notice, row.listed
        validity = self._desk.validity_of(notice)
        return (
            "\n".join(filter(None, (notice.number, typeset(notice.title)))),
            str(listed.measures),
            str(listed.units),
            "\n".join(filter(None, (f"至{validity.until}" if validity.until else "", validity.mark))),
            notice.issued_on.isoformat() if notice.issued_on else "—",
            OWN if listed.own else TAKEN_IN,
            IN_USE if listed.in_use else OUT_OF_USE,
        )[column]

    def _tip(self, row: LibraryRow, column: int) -> str:
        if column == VALID:
            return self._desk.validity_of(row.notice).sentence
        if column == USED:
            return "点击停用" if row.listed.in_use else "点击启用"
        if column == ORIGIN:
            return "随程序带来" if row.listed.own else "由本机录入或导入"
        return self._words(row, column)
