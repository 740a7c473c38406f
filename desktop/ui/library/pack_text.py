"""What taking in a pack would change: what would be lost first, then notice by notice, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.catalogue.typeset import typeset
from desktop.library.word_changes import Marked
from desktop.ui.library.text_writing import TextWriting

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.library.differing import MeasureChange, NoticeDifference, PackDifference
    from desktop.ui.kit.look import Look, Tokens

KEPT_AROUND = 18  # characters that stay in view beside a change; what is longer is shortened
ORPHANS = "项填报内容不再有对应的措施。内容保留，清单中标为“现行措施库中已无此条”："


class PackText(QTextEdit):
    """Tells a difference in words; the one who reads it can select and copy, and change nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("导入后的变化")

    def tell(self, found: PackDifference, before: Catalogue) -> None:
        """Write a difference; ``before`` is the library as it is now."""
        self.clear()
        tokens = self._look.tokens
        self.document().setDocumentMargin(tokens.px(14))
        writing = TextWriting(self.textCursor(), tokens)
        if found.orphans:
            writing.block(above=0)
            writing.put(f"{len(found.orphans)} {ORPHANS}", tokens.warn, bold=True)
            for unit_key, measure_key in found.orphans:
                measure = before.measure(measure_key)
                writing.block(indent=1)
                writing.put(
                    f"{before.unit(unit_key).name}　{measure.cited}　{typeset(measure.called)}", tokens.text
                )
        for notice in found.notices:
            _tell_notice(writing, notice, tokens)
        if found.links:
            writing.block(above=12)
            writing.put("带来已确认的措施对应关系。", tokens.muted)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _tell_notice(writing: TextWriting, found: NoticeDifference, tokens: Tokens) -> None:
    counted = (("新增", found.new), ("修改", found.changed), ("废止", found.gone))
    told = "，".join(f"{word} {len(each)} 条" for word, each in counted if each)
    writing.block(above=16)
    writing.put(found.notice.called, tokens.text, bold=True, size=1.1)
    writing.put(f"　{told or found.state.value}", tokens.muted)
    if found.notice.number:
        writing.block(above=1)
        writing.put(found.notice.title, tokens.muted, size=0.92)
    for one in found.new:
        writing.block(above=6, indent=1)
        writing.put("新增　", tokens.green, bold=True)
        writing.put(f"{one.cited}　{typeset(one.called)}", tokens.text)
    for change in found.changed:
        writing.block(above=6, indent=1)
        writing.put("修改　", tokens.blue, bold=True)
        writing.put(f"{change.after.cited}　{typeset(change.after.called)}", tokens.text)
        _tell_words(writing, change, tokens)
    for one in found.gone:
        writing.block(above=6, indent=1)
        writing.put("废止　", tokens.red, bold=True)
        writing.put(f"原{one.cited}　{typeset(one.called)}", tokens.text)


def _tell_words(writing: TextWriting, change: MeasureChange, tokens: Tokens) -> None:
    writing.block(above=2, indent=2)
    words = change.words
    for at, each in enumerate(words):
        match each.marked:
            case Marked.KEPT:
                text = _shortened(each.text, first=at == 0, last=at == len(words) - 1)
                writing.put(text, tokens.muted)
            case Marked.GONE:
                writing.put(each.text, tokens.red, struck=True)
            case Marked.NEW:
                writing.put(each.text, tokens.green, ground=tokens.green_soft)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Return words that stayed, of a long stretch only those beside what was changed."""
    ends = 1 if first or last else 2
    if len(text) <= KEPT_AROUND * ends + 2:
        return text
    return f"{'' if first else text[:KEPT_AROUND]}……{'' if last else text[-KEPT_AROUND:]}"
