"""What turned red since someone last looked: a line on start when anything did, and the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.desk import Desk
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.row_table import Index, RowTable, TitledModel
from desktop.workspace import words
from desktop.workspace.items import progress
from desktop.workspace.items.model import Item, ItemKey
from desktop.workspace.items.progress import by_urgency, due_words

if TYPE_CHECKING:
    from desktop.ui.kit.message_line import MessageLine

NAMELESS: Mapping[str, str] = MappingProxyType({})


def begin(
    desk: Desk, parent: QWidget, announce: Callable[..., MessageLine], go: Callable[[ItemKey], object]
) -> MessageLine | None:
    """Let ``announce`` put the line above the pages if there is something to say; ``go`` shows an item.

    Only the window that writes says it. Until it is closed, the next start says it again.
    """
    if desk.read_only:
        return None
    since = last_seen(desk)
    items = turned_red(desk.late_items(), since) if since else ()
    if since is None or not items:
        mark_seen(desk)
        return None

    def show() -> None:
        dialog = ReminderDialog(desk, [desk.item(item.key) for item in items], parent)
        dialog.item_chosen.connect(go)
        dialog.open()

    known = desk.catalogue
    units = {unit.key: unit.name for unit in (*known.whole.units, known.unit(UNASSIGNED))}
    papers = {each.key: words.document(known, each.key) for each in known.documents}
    named = papers if origin.several(known) else {}
    line = announce(sentence(items, since, units, named), 查看=show)
    line.warn()
    line.close_button.setText("知道了")
    line.close_button.clicked.connect(lambda: mark_seen(desk))
    return line


SEEN = "reminded"  # the setting ``ui.reminded``: the day on which someone last looked


def turned_red(items: Iterable[Item], since: date) -> tuple[Item, ...]:
    """Return the items that are red now and were not on the day ``since``, the longest past first."""
    return by_urgency(progress.newly_late(items, since))


def last_seen(desk: Desk) -> date | None:
    """Return the day on which someone last looked; None when nobody ever has, or the clock was set back."""
    try:
        seen = date.fromisoformat(desk.setting(f"ui.{SEEN}"))
    except ValueError:
        return None
    return seen if seen <= desk.today() else None


def mark_seen(desk: Desk) -> None:
    """Remember that someone has looked today."""
    desk.remember_place({SEEN: desk.today().isoformat()})


def sentence(
    items: tuple[Item, ...], since: date, units: dict[str, str], papers: Mapping[str, str] = NAMELESS
) -> str:
    """Return what turned red, in a line; ``papers`` are the names of those that are to be named, by key."""
    first = items[0]
    name = f"{units.get(first.key.unit_key, '')}{papers.get(first.document_key, '')}{first.cited}"
    when = f"{since.month}月{since.day}日"
    if len(items) == 1:
        return f"自{when}以来，{name}转为逾期。"
    return f"自{when}以来，有 {len(items)} 项转为逾期：{name}等。"


UNIT, MEASURE, DUE, LATE, OWNER, STATUS = range(6)
TITLES = ("责任单位", "措施", "完成时限", "逾期", "责任人", "状态")
WIDTHS = {UNIT: 150, DUE: 110, LATE: 92, OWNER: 84, STATUS: 76}


class ReminderRows(TitledModel):
    """Shows items of any unit."""

    titles = TITLES

    def __init__(self, desk: Desk, items: Sequence[Item], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items = tuple(items)
        self._units = {unit.key: unit.name for unit in desk.catalogue.checklist_units()}

    def item(self, row: int) -> Item:
        """Return the item in a row."""
        return self._items[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._words(index))
        return self._words(index) if role == Qt.ItemDataRole.DisplayRole else None

    def _paper(self, item: Item) -> str:
        return words.paper(self._desk.catalogue, item.key.measure_key)

    def _words(self, index: Index) -> str:
        item = self._items[index.row()]
        entry = item.entry
        due = entry.deadline.due
        return (
            self._units.get(item.key.unit_key, "—"),
            " ".join(filter(None, (self._paper(item), f"{item.cited} {typeset(item.title)}"))),
            due.isoformat() if due else "",
            due_words(due, self._desk.today()) if due else "",
            entry.owner,
            str(entry.status),
        )[index.column()]


class ReminderDialog(Dialog):
    """Lists what turned red.

    Signals:
        item_chosen(object): the ``ItemKey`` of the row that was chosen; the dialog is closed by then
    """

    item_chosen = Signal(object)

    def __init__(self, desk: Desk, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("新转为逾期的事项")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = desk.look.tokens
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        box.addWidget(widgets.label(f"有 {len(items)} 项新转为逾期", "heading"))
        self.model = ReminderRows(desk, items, self)
        self.view = RowTable(desk.look, self.model, "新转为逾期的事项", self._pieces, WIDTHS, (UNIT, MEASURE))
        self.view.activated.connect(lambda _index: self._go())
        self.view.doubleClicked.connect(lambda _index: self._go())
        frame = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        inside.addWidget(self.view)
        frame.setLayout(inside)
        box.addWidget(frame, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widgets.button("关闭", does=self.reject))
        self.go_button = widgets.button("转到所选事项", "primary", does=self._go)
        self.go_button.setDefault(True)
        row.addWidget(self.go_button)
        box.addLayout(row)
        widgets.resize_within(self, look.px(820), look.px(min(200 + 40 * len(items), 460)))
        self.view.selectRow(0)
        self.view.setFocus()

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        colours = {LATE: look.red, UNIT: look.text, MEASURE: look.text}
        return [Piece(index.data(), colours.get(index.column(), look.muted))]

    def _go(self) -> None:
        row = self.view.chosen()
        if row < 0:
            return
        key: ItemKey = self.model.item(row).key
        self.accept()
        self.item_chosen.emit(key)
