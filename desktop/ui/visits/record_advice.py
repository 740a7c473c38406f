"""建议 of the enterprise, each with what was answered: a pair of lines each, one more on request."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look
    from desktop.workspace.visits.model import FirmAdvice

MOST = 4000


class AdviceLines(QWidget):
    """One 建议 and its answer.

    Signals:
        typed(): one of both is otherwise now
    """

    typed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        box = widgets.column(spacing=look.tokens.px(4))
        self.setLayout(box)
        self.text, self.answer = QLineEdit(), QLineEdit()
        for line, name in ((self.text, "建议内容"), (self.answer, "现场答复")):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.setMaxLength(MOST)
            line.setMinimumHeight(look.tokens.px(TOUCH))
            line.textEdited.connect(lambda _words: self.typed.emit())
            box.addWidget(line)

    @property
    def value(self) -> dict[str, str] | None:
        """Return what stands there, None for nothing."""
        found = {"text": self.text.text().strip(), "answer": self.answer.text().strip()}
        return found if any(found.values()) else None

    def set_writable(self, on: bool) -> None:
        """Let both be changed, or only read."""
        self.text.setReadOnly(not on)
        self.answer.setReadOnly(not on)

    def show_advice(self, one: FirmAdvice, *, fresh: bool) -> None:
        """Show one; where the caret is, what is being typed stays."""
        for line, words in ((self.text, one.text), (self.answer, one.answer)):
            if fresh or not line.hasFocus():
                line.setText(words)


class AdviceRows(QWidget):
    """All of them.

    Signals:
        typed(str, object): what one is to be, by its key; None for nothing
    """

    typed = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._writable = True
        self.rows: dict[str, AdviceLines] = {}
        self._box = widgets.column(spacing=look.tokens.px(8))
        self.setLayout(self._box)
        self.add_button = widgets.button("＋ 记一条建议", does=self.add)
        self._box.addWidget(self.add_button)
        look.changed.connect(self._take_look)
        self._take_look()

    def show_advice(self, advice: Iterable[FirmAdvice], *, fresh: bool) -> None:
        """Show what a visit has; lines that hold nothing yet stay unless they are of another visit."""
        known = {one.key: one for one in advice}
        for key, row in list(self.rows.items()):
            if key not in known and (fresh or row.value is None) and not _typing(row, fresh):
                del self.rows[key]
                self._box.removeWidget(row)
                row.hide()
                row.deleteLater()
        for key, one in known.items():
            (self.rows.get(key) or self._put(key)).show_advice(one, fresh=fresh)

    def add(self) -> None:
        """Put a pair of empty lines at the end and the caret into it."""
        empty = next((row for row in self.rows.values() if row.value is None), None)
        (empty or self._put(secrets.token_hex(8))).text.setFocus()

    def set_writable(self, on: bool) -> None:
        """Let what stands there be changed, or only read."""
        self._writable = on
        self.add_button.setVisible(on)
        for row in self.rows.values():
            row.set_writable(on)

    def _put(self, key: str) -> AdviceLines:
        made = self.rows[key] = AdviceLines(self._look)
        made.set_writable(self._writable)
        made.typed.connect(lambda: self.typed.emit(key, made.value))
        self._box.insertWidget(self._box.count() - 1, made)
        return made

    def _take_look(self) -> None:
        self.add_button.setMinimumHeight(self._look.tokens.px(TOUCH))


def _typing(row: AdviceLines, fresh: bool) -> bool:
    return not fresh and (row.text.hasFocus() or row.answer.hasFocus())
