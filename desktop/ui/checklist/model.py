"""A unit's checklist as a table model. It holds items that the desk gave it and writes through the desk."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.catalogue.typeset import typeset
from desktop.ui.checklist import bands, columns
from desktop.ui.checklist.columns import COLUMNS, EVERYTHING, RowFilter
from desktop.ui.desk import Desk
from desktop.ui.kit import plain
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.standing import NOTHING, Standing, by_item
from desktop.workspace.items.deadline import Deadline
from desktop.workspace.items.model import Item, ItemKey, Light, Status
from desktop.workspace.items.progress import due_words

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole
EVIDENCE_ROLE = Qt.ItemDataRole.UserRole + 1
BAND_ROLE = Qt.ItemDataRole.UserRole + 2
SURELY_WHOLE, SURELY_SHORT = 100, 8  # characters that every cell shows, with room and in a low window
MOST_TIP = 800
TEXT_CHANGED = "措施文字与录入时不同，请核对"
ORPHANED = "现行措施库中已无此条"


class ChecklistModel(QAbstractTableModel):
    """The rows of one unit that the filter lets through. The page tells it when they may differ.

    A row that stops to fit the filter while it is edited stays until the filter or the unit is chosen again.

    Signals:
        refused(ItemKey, dict): a write did not happen; the fields and the values that were to be written
    """

    refused = Signal(object, dict)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.every: list[Item] = []  # the unit's items, shown or not
        self._items: list[Item] = []
        self._bands: list[str] = []  # the words above each row
        self._evidence: dict[ItemKey, Standing] = {}
        self.unit_key = ""
        self.row_filter = EVERYTHING
        self.short = False  # whether rows are so low that cells cut texts off early

    # ---- what is shown

    def show(self, unit_key: str, row_filter: RowFilter = EVERYTHING) -> None:
        """Show a unit's rows."""
        self._reset(unit_key, row_filter, self._desk.items(unit_key))

    def _reset(self, unit_key: str, row_filter: RowFilter, items: list[Item]) -> None:
        self.beginResetModel()
        self.unit_key = unit_key
        self.row_filter = row_filter
        self.every = items
        self._items = [item for item in items if row_filter.lets(item)]
        self._bands = bands.words(self._desk, self._items)
        self._evidence = self._attached()
        self.endResetModel()

    def refresh(self) -> None:
        """Take every shown row from the workspace again."""
        self.take(self._desk.items(self.unit_key) if self.unit_key else [])

    def take(self, items: list[Item]) -> None:
        """Take every shown row from ``items``: what the workspace holds now of the unit."""
        fresh = {item.key: item for item in items}
        if any(item.key not in fresh for item in self._items) or (
            self.row_filter is EVERYTHING and len(fresh) != len(self._items)
        ):
            self._reset(self.unit_key, self.row_filter, items)
            return
        self.every = items
        former, self._evidence = self._evidence, self._attached()
        before, self._items = self._items, [fresh[item.key] for item in self._items]
        above, self._bands = self._bands, bands.words(self._desk, self._items)
        for row, (old, new) in enumerate(zip(before, self._items, strict=True)):
            other = former.get(old.key) != self._evidence.get(old.key)
            if new != old or other or above[row] != self._bands[row]:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    @property
    def read_only(self) -> bool:
        """Return whether nothing can be written here."""
        return self._desk.read_only

    def item(self, row: int) -> Item:
        """Return the item in a row."""
        return self._items[row]

    def evidence(self, key: ItemKey) -> Standing:
        """Return how the files of an item stand."""
        return self._evidence.get(key, NOTHING)

    def _attached(self) -> dict[ItemKey, Standing]:
        desk = self._desk
        return by_item(
            desk.workspace.folder, attached.of_unit(desk.workspace.db, self.unit_key), desk.files_read
        )

    def row_of(self, measure_key: str) -> int:
        """Return the row of a measure, or -1 when it is not shown."""
        return next((row for row, item in enumerate(self._items) if item.key.measure_key == measure_key), -1)

    # ---- writing

    def write(self, key: ItemKey, values: dict[str, str], session: str = "") -> bool:
        """Write fields of an item through the desk; return whether they reached the disk."""
        if self._desk.edit(key, values, session=session):
            return True
        self.refused.emit(key, values)
        return False

    # ---- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                right = section == columns.NUMBER
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if (
            COLUMNS[index.column()].field
            and not self._desk.read_only
            and not self._items[index.row()].orphaned
        ):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item, column = self._items[index.row()], index.column()
        if role == ITEM_ROLE:
            return item
        if role == EVIDENCE_ROLE:
            return self.evidence(item.key)
        if role == BAND_ROLE:
            return self._bands[index.row()]
        if column == columns.EVIDENCE:
            return _told(self.evidence(item.key), role)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == columns.TITLE:
            told = (words.paper(self._desk.catalogue, item.key.measure_key), shown(item, column))
            return " ".join(filter(None, told))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(item, column)
        if role == Qt.ItemDataRole.EditRole:
            return entered(item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = SURELY_SHORT if self.short else SURELY_WHOLE
            tip = _tip(item, column, self._desk.today(), whole)
            if column != columns.TITLE:
                return plain.tip(tip)
            paper = words.paper(self._desk.catalogue, item.key.measure_key)
            return plain.tip("\n".join(filter(None, (paper, tip, self._worded_before(item)))))
        return None

    def _worded_before(self, item: Item) -> str:
        """Return how the measure was worded when something was entered for it, "" where it still is so."""
        if not item.entered_for:
            return ""
        from desktop.library import folders, versions

        measure = self._desk.catalogue.measure(item.key.measure_key)
        root = folders.root(self._desk.workspace.folder)
        return typeset(versions.told_change(root, measure, item.entered_for))

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = COLUMNS[index.column()].field if index.isValid() else ""
        if role != Qt.ItemDataRole.EditRole or not field or not isinstance(value, str):
            return False
        return self.write(self._items[index.row()].key, {field: value})


def shown(item: Item, column: int) -> str:
    """Return the words in a cell."""
    if column == columns.NUMBER:
        return str(item.number) if item.number else "—"
    if column == columns.TITLE:
        return typeset(item.title)
    if column == columns.LIGHT:
        return str(item.light)
    if column == columns.DEADLINE:
        return item.entry.deadline.words
    return entered(item, column)


def entered(item: Item, column: int) -> str:
    """Return the value of the field behind a cell, as it is written; empty for a column without field."""
    field = COLUMNS[column].field
    if not field:
        return ""
    value = getattr(item.entry, field)
    return value.stored if isinstance(value, Deadline) else str(value or "")


def _told(standing: Standing, role: int) -> str | None:
    """Return what the cell of 佐证材料 says to Qt in a role."""
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        words = f"{len(standing.files)} 份：{'、'.join(standing.names)}" if standing.files else ""
        return f"{words}（{'，'.join(standing.warnings)}）" if standing.warnings else words
    if role == Qt.ItemDataRole.ToolTipRole:
        states = ((one.name, standing.state(one)) for one in standing.files)
        lines = (name if state is State.OK else f"{name}（{state}）" for name, state in states)
        return plain.tip("\n".join(lines))
    return "" if role == Qt.ItemDataRole.EditRole else None


def time_left(item: Item, today: date) -> str:
    """Return how a deadline that is past or near stands, e.g. 逾期 8 天, else an empty string."""
    due = item.entry.deadline.due
    if due is None or item.light not in (Light.RED, Light.YELLOW):
        return ""
    return due_words(due, today)


def reason(item: Item) -> str:
    """Return why an item does not apply, an empty string when it does."""
    return f"不适用理由：{item.entry.reason}" if item.entry.status is Status.NOT_APPLICABLE else ""


def mark(item: Item) -> str:
    """Return what the reader of a row must be warned of, or an empty string."""
    if item.orphaned:
        return ORPHANED
    return TEXT_CHANGED if item.text_changed else ""


def _tip(item: Item, column: int, today: date, whole: int) -> str:
    if column == columns.TITLE:
        tip = (
            f"{item.cited} {typeset(item.title)}\n{typeset(item.category)}"
            if item.number
            else typeset(item.title)
        )
        if item.orphaned:
            return f"{tip}\n{ORPHANED}。以前录入的内容照原样保留，只供查看。"
        if item.text_changed:
            return f"{tip}\n录入时的措施文字与现行措施库不同，请在查阅中核对后再使用原有录入。"
        return f"{tip}\n双击在查阅中打开"
    if column == columns.STATUS:
        return reason(item)
    if column in (columns.DEADLINE, columns.LIGHT):
        return time_left(item, today)
    return _long_text(shown(item, column), whole) if column in columns.TEXT_COLUMNS else ""


def _long_text(text: str, whole: int) -> str:
    """Return a text that its cell may have to cut off, as far as a tooltip can hold it."""
    if len(text) <= whole:
        return ""
    return text if len(text) <= MOST_TIP else f"{text[:MOST_TIP]}……（共 {len(text)} 字，回车打开查看全文）"
