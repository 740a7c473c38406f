"""行业 of an enterprise as it is typed: by code, name or pinyin, with a list below; nothing is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.classification import industry, industry_search
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

MOST = 30
SEEN = 8
LONGEST = 200


class IndustryField(QWidget):
    """Signals:

    typed(): the text is another one
    """

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._build(desk)
        self._connect()
        self._tell()

    def _build(self, desk: Desk) -> None:
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(3))
        self.setLayout(box)
        self.line = QLineEdit()
        self.line.setAccessibleName("行业")
        self.line.setPlaceholderText("代码、名称或拼音，如 C33、金属制品、jszp")
        self.line.setMaxLength(LONGEST)
        self.line.setMinimumHeight(px(TOUCH))
        self.setFocusProxy(self.line)
        self.found = QStringListModel(self)
        self.list = QCompleter(self.found, self)
        self.list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setMaxVisibleItems(SEEN)
        self.line.setCompleter(self.list)
        self.words = widgets.label("", "muted", "small")
        self.words.setWordWrap(True)
        box.addWidget(self.line)
        box.addWidget(self.words)

    def _connect(self) -> None:
        self.line.textEdited.connect(self._look_for)
        self.line.textChanged.connect(lambda _text: self._tell())

    @property
    def text(self) -> str:
        """Return what stands there: an industry by its code, else what was typed."""
        written = self.line.text().strip()
        found = industry.check(written)
        return found.industry.code if found.industry and not found.words else written

    def show_industry(self, text: str) -> None:
        """Show an industry as it is kept, without telling."""
        found = industry.check(text)
        self.line.setText(found.industry.words if found.industry and not found.words else text)

    def _look_for(self, text: str) -> None:
        self.found.setStringList([one.words for one in industry_search.find(text, MOST)])

    def _tell(self) -> None:
        found = industry.check(self.line.text())
        told = f"{found.words}{found.hint}" if found.words else ""
        if found.industry is not None and not told:
            told = found.industry.path_words
        self.words.setText(told)
        self.words.setVisible(bool(told))
        widgets.set_look(self.words, "warn", bool(found.words))
        self.typed.emit()
