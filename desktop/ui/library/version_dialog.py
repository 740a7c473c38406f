"""以前的版本: an older text of a notice that was amended, with what has become of each measure since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from desktop.catalogue.typeset import typeset
from desktop.library.versions import NoticeVersion, unnumbered
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.library.text_writing import TextWriting

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure, Notice
    from desktop.catalogue.parsed import ParsedNotice
    from desktop.ui.desk import Desk

SIZE = (760, 620)  # pixels at zoom 1
CHANGED, GONE = "现已修改", "现已废止"


class VersionDialog(Dialog):
    """Shows an older version, which can be read and copied."""

    def __init__(
        self, desk: Desk, notice: Notice, version: NoticeVersion, held: ParsedNotice, parent: QWidget
    ) -> None:
        """``held`` is what the version says."""
        super().__init__(parent)
        self._desk, self._version, self._held = desk, version, held
        self.setWindowTitle(f"{notice.called}　{version.called}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._take_look()
        desk.look.changed.connect(self._take_look)

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(14)))
        self.setLayout(box)
        replaced = self._version.replaced_on
        when = f"，{replaced.year}年{replaced.month}月{replaced.day}日被修订后的版本替换" if replaced else ""
        told = widgets.label(f"{self._version.called}{when}。只供查阅，填报以现在的版本为准。", "muted")
        told.setWordWrap(True)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("以前的版本")
        card = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        card.setLayout(inside)
        inside.addWidget(self.text)
        self.close_button = widgets.button("关闭", "primary", does=self.reject)
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        box.addWidget(told)
        box.addWidget(card, 1)
        box.addLayout(foot)
        widgets.resize_within(self, *map(px, SIZE))
        self.close_button.setFocus()

    def _take_look(self) -> None:
        tokens = self._desk.look.tokens
        self.text.clear()
        self.text.document().setDocumentMargin(tokens.px(14))
        writing = TextWriting(self.text.textCursor(), tokens)
        headings = {each.key: each.heading for each in self._held.categories}
        last = ""
        for measure in self._held.measures:
            if measure.category_key != last and (heading := headings.get(measure.category_key, "")):
                writing.block(above=14)
                writing.put(typeset(heading), tokens.text, bold=True, size=1.1)
            last = measure.category_key
            writing.block(above=8)
            if became := self._became(measure):
                writing.put(f"{became}　", tokens.red if became == GONE else tokens.blue, bold=True)
            writing.put(typeset(measure.text), tokens.text)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _became(self, measure: Measure) -> str:
        try:
            now = self._desk.catalogue.measure(measure.key)
        except KeyError:
            return GONE
        return "" if unnumbered(now) == unnumbered(measure) else CHANGED
