"""Fields for units: one to choose or to type, several in a line. A unit that no notice names is kept too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from desktop.ui.demands import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.catalogue.query import Catalogue

MOST = 200


class UnitField(QComboBox):
    """One unit. ``key`` is that of a unit of the notices, or the name that was typed.

    Signals:
        typed(str): the key
    """

    typed = Signal(str)

    def __init__(self, catalogue: Catalogue, name: str = "主办单位") -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.addItems([unit.name for unit in catalogue.units])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        line, completer = self.lineEdit(), self.completer()
        assert line is not None
        assert completer is not None
        line.setMaxLength(MOST)
        line.setAccessibleName(name)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.show_unit("")
        line.textEdited.connect(lambda _words: self.typed.emit(self.key))
        self.activated.connect(lambda _at: self.typed.emit(self.key))

    @property
    def key(self) -> str:
        """Return the unit."""
        return told.unit_key(self._catalogue, self.currentText())

    def show_unit(self, key: str) -> None:
        """Show a unit without telling."""
        with QSignalBlocker(self):
            self.setEditText(told.unit(self._catalogue, key))


class UnitsLine(QLineEdit):
    """Several units, between them 、."""

    def __init__(self, catalogue: Catalogue, name: str = "协办单位") -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setAccessibleName(name)
        self.setPlaceholderText("多个单位用顿号分开")
        self.setMaxLength(2 * MOST)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the units."""
        return told.unit_keys(self._catalogue, self.text())

    def show_units(self, keys: Iterable[str]) -> None:
        """Show units."""
        self.setText(told.unit_line(self._catalogue, keys))
        self.setCursorPosition(0)  # a long line shows its beginning
