"""How a measure was worded before its notice was amended, with what was struck out and what was put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.catalogue.typeset import typeset
from desktop.library.word_changes import Marked, word_changes
from desktop.ui.kit import look, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace import words

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.library.versions import Wording
    from desktop.ui.desk import Desk

SIZE = (680, 420)  # pixels at zoom 1
TOLD = "删去的字加删除线，增加的字加下划线。"


def before(desk: Desk, measure_key: str) -> tuple[Wording, ...]:
    """Return how a measure was worded otherwise in older versions of its notice, the newest first."""
    from desktop.library import folders, versions

    now = desk.catalogue.measure(measure_key)
    folder = folders.root(desk.workspace.folder) / measure_key.rsplit(".", 2)[0]
    found = versions.wordings(folder, measure_key)
    return tuple(one for one in found if one.measure.text_sha256 != now.text_sha256)


def entered_for(desk: Desk, measure_key: str, text_sha256: str) -> Wording | None:
    """Return the wording of that hash, for which something was entered; None where it is not kept."""
    from desktop.library import folders, versions

    return versions.wording(folders.root(desk.workspace.folder), measure_key, text_sha256)


class WordingDialog(Dialog):
    """Shows both wordings as one text."""

    def __init__(self, desk: Desk, measure_key: str, old: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        now = desk.catalogue.measure(measure_key)
        self.setWindowTitle("修订前后的文字")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tokens = desk.look.tokens
        box = widgets.column(spacing=tokens.px(10), margins=(22, 18, 22, 16))
        self.setLayout(box)
        cited = words.number(desk.catalogue, measure_key)
        box.addWidget(widgets.label(f"{cited}：{old.called}与现行文字", "heading"))
        box.addWidget(widgets.label(TOLD, "muted", "small"))
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("pane", True)
        self.text.setAccessibleName("修订前后的文字")
        self.text.setFont(look.font(look.BODY_FAMILIES, tokens.points(1.3)))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.document().setDefaultTextOption(option)
        box.addWidget(self.text, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        self._set(old.measure, now)
        widgets.resize_within(self, tokens.px(SIZE[0]), tokens.px(SIZE[1]))

    def _set(self, old: Measure, now: Measure) -> None:
        tokens, cursor = self._desk.look.tokens, QTextCursor(self.text.document())
        for stretch in word_changes(typeset(old.text), typeset(now.text)):
            style = QTextCharFormat()
            style.setForeground(QColor(tokens.text))
            if stretch.marked is Marked.GONE:
                style.setFontStrikeOut(True)
                style.setForeground(QColor(tokens.red))
            elif stretch.marked is Marked.NEW:
                style.setFontUnderline(True)
                style.setForeground(QColor(tokens.green))
            cursor.insertText(stretch.text, style)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
