"""The papers in use, each with a box: which of them a round asks about, or a workbook is to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from desktop.ui import origin
from desktop.ui.kit import plain
from desktop.ui.kit.check_boxes import TickDelegate
from desktop.workspace import words

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk import Desk

KEY = Qt.ItemDataRole.UserRole
ROW, MOST_ROWS = 26, 4


class PaperList(QListWidget):
    """All papers in use, ticked at first. Where there is only one, it is for nobody to see.

    Signals:
        changed(): other papers are ticked
    """

    changed = Signal()

    def __init__(self, desk: Desk, ticked: Collection[str] = ()) -> None:
        """``ticked`` are the keys of the papers that are ticked at first, all of them for ()."""
        super().__init__()
        self._desk = desk
        self._build(ticked)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def _build(self, ticked: Collection[str]) -> None:
        px, catalogue = self._desk.look.tokens.px, self._desk.catalogue
        self.setAccessibleName("哪些发文")
        self.setItemDelegate(TickDelegate(self._desk.look, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for document in catalogue.documents:
            validity = self._desk.validity_of(catalogue.notice_with(document.notice_key))
            past = f"（{validity.mark}）" if validity.expired else ""
            item = QListWidgetItem(f"{words.document(catalogue, document.key)}{past}", self)
            item.setData(KEY, document.key)
            item.setToolTip(plain.tip(f"{origin.named(catalogue, document)}\n{validity.sentence}"))
            item.setSizeHint(QSize(px(ROW), px(ROW)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = not ticked or document.key in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.setFixedHeight(min(self.count(), MOST_ROWS) * px(ROW) + 4)

    @property
    def is_choice(self) -> bool:
        """Return whether there is something to choose."""
        return self.count() > 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the papers that are ticked."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(item.data(KEY) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue of what is ticked."""
        return self._desk.catalogue.narrowed(self.keys)

    def tick(self, keys: Collection[str]) -> None:
        """Tick these papers and no others."""
        for row in range(self.count()):
            item = self.item(row)
            on = item.data(KEY) in keys
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
