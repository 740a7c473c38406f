"""一次问完: what one sentence at the table asks for, answered row by row and kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import ENTER, Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.visits import firm_card
from desktop.ui.visits.together_rows import AskedRow, ChoiceAsked, asked_row
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises import enterprises, judged

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.verdicts.asking import GroupQuestion
    from desktop.workspace.journal.model import WriteId

WIDE = 560  # pixels at zoom 1
HOW = "点选即保存，可以撤销；没有点选的仍按不清楚。数字键选答案，↑ ↓ 换行。"


class TogetherDialog(Dialog):
    """Asks for several things of one enterprise; nothing that was not answered becomes no by itself.

    Attributes:
        rows: a row for each thing asked, by its key
        message: what was just kept, and the way back
        none_button: lets what nobody answered be no
    """

    def __init__(self, desk: Desk, firm: str, asked: GroupQuestion, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._firm = desk, firm
        self.rows: dict[str, AskedRow] = {key: asked_row(desk, key) for key in asked.keys}
        self.setWindowTitle(f"一次问完：{asked.name}")
        self._build(asked.question)
        for row in self.rows.values():
            row.answered.connect(self._answer)
            row.setEnabled(not desk.read_only)
            for stop in row.stops():
                stop.installEventFilter(self)
        desk.firms.changed.connect(self._show)
        self._show()
        next(iter(self.rows.values())).stops()[0].setFocus()

    def _build(self, question: str) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(6), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        for words, look in ((question, "strong"), (HOW, "muted")):
            line = widgets.label(words, look)
            line.setWordWrap(True)
            box.addWidget(line)
        box.addSpacing(px(6))
        for row in self.rows.values():
            box.addWidget(row)
        self.message = MessageLine(self._desk.look)
        kept = self.message.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.message.setSizePolicy(kept)
        box.addWidget(self.message)
        box.addStretch(1)
        self.none_button = widgets.button("其余都没有", does=self._answer_none)
        foot = DialogFoot(self, "完成", cancel="")
        foot.insertWidget(0, self.none_button)
        self.none_button.setVisible(any(isinstance(row, ChoiceAsked) for row in self.rows.values()))
        box.addLayout(foot)
        self.setMinimumWidth(px(WIDE))

    def _show(self) -> None:
        """Show what is known."""
        firm = enterprises.one(self._desk.workspace.db, self._firm)
        known = judged.profile_of(firm, self._desk.today())
        facts = known.known_facts
        for key, row in self.rows.items():
            if key == "industry":
                row.show_value(firm.industry)
            elif key == "taxpayer" or key in FIGURES:
                row.show_value(getattr(known, key))
            else:
                row.show_value(facts.get(key))
        self.none_button.setEnabled(bool(self._unanswered()) and not self._desk.read_only)

    def _unanswered(self) -> list[str]:
        """Return the facts about which nobody said anything yet, not even that it is not clear."""
        return [
            key
            for key, row in self.rows.items()
            if isinstance(row, ChoiceAsked) and key != "taxpayer" and not row.choice.word
        ]

    def _answer(self, key: str, value: Any) -> None:
        row = self.rows[key]
        self._keep({key: value}, row.name)

    def _answer_none(self) -> None:
        rest = self._unanswered()
        names = "、".join(self.rows[key].name for key in rest)
        self._keep(dict.fromkeys(rest, False), f"{names}，均为否")

    def _keep(self, answers: dict[str, Any], words: str) -> None:
        """Keep answers as one change, which can be taken back."""
        firms, before = self._desk.firms, self._desk.firms.last
        today = self._desk.today()
        fields = {firm_card.answer_field(key, today): value for key, value in answers.items()}
        firms.edit(self._firm, fields)
        if (batch := firms.last) is not None and batch != before:
            self.message.tell(f"已记下：{words}。", 撤销=lambda: self._undo(batch))
        self._show()

    def _undo(self, batch: WriteId) -> None:
        if self._desk.firms.undo(batch):
            self.message.hide()

    def accept(self) -> None:
        """Close it, unless something that was typed could not be kept."""
        left = [row for row in self.rows.values() if not row.take()]
        if not left:
            super().accept()
            return
        self.message.tell(f"“{left[0].name}”没有记下，请核对所填的数字。")
        self.message.warn()
        left[0].stops()[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ↑ and ↓ go from row to row, and a number answer and go on; Enter in a field goes on too."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        rows = list(self.rows.values())
        at = next(place for place, row in enumerate(rows) if watched in row.stops())
        key, is_choice = event.key(), isinstance(rows[at], ChoiceAsked)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_to(at + (1 if key == Qt.Key.Key_Down else -1))
        elif is_choice and rows[at].press(key - Qt.Key.Key_0):
            self._go_to(at + 1)
        elif not is_choice and key in ENTER:
            rows[at].take()
            self._go_to(at + 1)
        else:
            return super().eventFilter(watched, event)
        return True

    def _go_to(self, at: int) -> None:
        rows = list(self.rows.values())
        if 0 <= at < len(rows):
            rows[at].stops()[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif at == len(rows):
            (self.none_button if self.none_button.isEnabled() else self).setFocus()
