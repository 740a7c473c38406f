"""Which papers the overview is about: all in use, or one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import origin
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.workspace import words

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk import Desk
    from desktop.workspace.items.model import Item

ALL = "全部在用发文"


class PaperChoice(QWidget):
    """A line with the choice; not seen where one paper alone is in use.

    Signals:
        changed(): another choice was made
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.button = ChoiceButton("发文")
        self._told = widgets.ElidedLabel("muted", "small")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.button)
        self._row.addWidget(self._told, 1)
        self.button.chosen.connect(lambda _place: self._follow())
        self.offer()

    def offer(self) -> None:
        """Offer what is in use now."""
        catalogue = self._desk.catalogue
        self.button.offer([ALL, *(words.document(catalogue, each.key) for each in catalogue.documents)])
        self._tell()
        if self.parentWidget() is not None or not origin.several(catalogue):  # else it would be a window
            self.setVisible(origin.several(catalogue))

    @property
    def key(self) -> str:
        """Return the key of the paper chosen, "" for all."""
        place, documents = self.button.place, self._desk.catalogue.documents
        return documents[place - 1].key if 0 < place <= len(documents) else ""

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue of what is chosen."""
        return self._desk.catalogue.narrowed((self.key,)) if self.key else self._desk.catalogue

    def choose(self, key: str) -> None:
        """Choose a paper."""
        keys = [each.key for each in self._desk.catalogue.documents]
        self.button.choose(keys.index(key) + 1)
        self._follow()

    def lets(self, item: Item) -> bool:
        """Return whether an item is of what is chosen."""
        return not self.key or item.document_key == self.key

    def _follow(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        catalogue = self._desk.catalogue
        if not self.key:
            self._told.setText(f"{len(catalogue.notices)} 份发文，{len(catalogue.documents)} 份措施文件")
            return
        document = catalogue.document_with(self.key)
        validity = self._desk.validity_of(catalogue.notice_with(document.notice_key))
        self._told.setText(f"{origin.named(catalogue, document)}　{validity.sentence}")
