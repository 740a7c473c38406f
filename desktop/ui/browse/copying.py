"""What is copied of the measure in the reader: its words, how it is cited, both together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.catalogue import quotation
from desktop.catalogue.typeset import typeset
from desktop.ui import verbs
from desktop.ui.kit import context_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from desktop.catalogue.model import Measure
    from desktop.ui.browse.measure_text import MeasureText
    from desktop.ui.desk import Desk


class Copying(QObject):
    """Copies the measure that ``text`` shows; ``shown`` returns it, or None.

    Signals:
        told(str): what was copied, in words
    """

    told = Signal(str)

    def __init__(self, desk: Desk, text: MeasureText, shown: Callable[[], Measure | None]) -> None:
        super().__init__(text)
        self._desk, self._text, self._shown = desk, text, shown

    def copy_text(self) -> None:
        """Copy the whole measure as people read it."""
        if (measure := self._shown()) is not None:
            self._copy(measure, typeset(measure.text), f"已复制{measure.cited}原文")

    def copy_citation(self) -> None:
        """Copy how the measure is cited."""
        if (measure := self._shown()) is not None:
            words = quotation.citation(self._desk.catalogue, measure)
            self._copy(measure, words, f"已复制引文：{measure.cited}")

    def copy_with_source(self) -> None:
        """Copy the measure, or what is selected of it, and where it stands."""
        if (measure := self._shown()) is not None:
            chosen = self._text.selected_words()
            what = "选中的文字" if chosen else "原文"
            words = quotation.with_source(self._desk.catalogue, (measure,), self._desk.today(), chosen)
            self._copy(measure, words, f"已复制{measure.cited}{what}和出处")

    def open_menu(self, below: QPushButton) -> None:
        """Offer all three below a button."""
        menu = QMenu(below)
        verbs.line(menu, verbs.COPY_WITH_SOURCE, self.copy_with_source)
        verbs.line(menu, verbs.COPY_TEXT, self.copy_text)
        verbs.line(menu, verbs.COPY_CITATION, self.copy_citation)
        context_menu.open_at(menu, below.mapToGlobal(below.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _copy(self, measure: Measure, words: str, told: str) -> None:
        QGuiApplication.clipboard().setText(words)
        validity = self._desk.validity_of(self._desk.catalogue.notice_of(measure))
        self.told.emit(f"{told}（注意：本文件{validity.mark}）" if validity.expired else told)
