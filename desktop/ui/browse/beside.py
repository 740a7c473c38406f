"""What opens beside the reader: the notice as it was published, another measure."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.browse.source_dialog import SourceDialog
from desktop.ui.desk import Desk


class Beside(QObject):
    """Opens windows for the page ``reader`` is on."""

    def __init__(self, desk: Desk, reader: QWidget) -> None:
        super().__init__(reader)
        self._desk, self._reader = desk, reader

    @cached_property
    def source(self) -> SourceDialog:
        """Return the window of the notice, made when it is first shown; it stays at the right edge."""
        window = self._reader.window()
        made = SourceDialog(self._desk, window)
        corner = window.geometry().topRight()
        made.move(max(0, corner.x() - made.width()), corner.y() + self._desk.look.tokens.px(60))
        return made

    def show_source(self, key: str) -> None:
        """Show where a measure stands in its notice."""
        self.source.show()
        self.source.show_measure(self._desk.catalogue.measure(key))
        self.source.raise_()
        self.source.activateWindow()

    def follow(self, key: str) -> None:
        """Show another measure in the notice, if that is open."""
        if key and "source" in vars(self) and self.source.isVisible():
            self.source.show_measure(self._desk.catalogue.measure(key))

    def compare(self, key: str, other: str) -> None:
        """Put a measure beside ``other``, or beside its neighbour if that is empty or the same."""
        keys = [measure.key for measure in self._desk.catalogue.measures]
        at = keys.index(key)
        if other in ("", key):
            other = keys[at + 1 if at + 1 < len(keys) else at - 1]
        ComparisonDialog(self._desk, key, other, self._reader).open()
