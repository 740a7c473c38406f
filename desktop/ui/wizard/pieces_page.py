"""Step 条文结构: the outline, the text with its labels, the open questions and the chosen piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QWidget

from desktop.reading.acceptance import counted
from desktop.reading.drafts import open_questions
from desktop.reading.model import NoticeQuestion
from desktop.ui.kit import widgets
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.wizard import outline
from desktop.ui.wizard.chosen_piece import ChosenPiece
from desktop.ui.wizard.outline import OutlineList
from desktop.ui.wizard.pieces_text import PiecesText
from desktop.ui.wizard.questions import QuestionList

if TYPE_CHECKING:
    from desktop.ui.wizard.sitting import Sitting

SIDE, ASIDE = 252, 330
NARROW = 860
KEYS = "在文字里：1–6 标签 · 退格 并入上段 · 回车 从光标处拆开 · T 标题到光标为止 · Alt+↑↓ 上下段 · F8 下一处"
ELSEWHERE = ("name-", "run-on-", "day-")  # kinds of questions that are decided among the units, head or term
TALL, SHORT = 220, 150


class PiecesPage(QScrollArea):
    """Adjusts the pieces of a draft.

    Signals:
        elsewhere(object): a question that is decided in another step
    """

    elsewhere = Signal(object)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._build()
        self._connect()
        self._take_look()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        draft = self._sitting.draft
        questions = open_questions(draft)
        self.text.show_draft(draft, questions)
        self.outline.rows.show(outline.rows_of(draft, questions))
        self.outline.show_place(self.text.piece.start)
        self._summary.setText(outline.summed(draft, questions))
        sure = len(draft.pieces) - len({question.start for question in questions})
        self._asked.setText(f"先看这 {len(questions)} 处" if questions else "没有待决定的地方")
        self._sure.setText(f"其余 {sure} 段有把握" if questions else "")
        self.questions.take(questions)
        self.chosen.show_piece()
        self.undo_button.setEnabled(draft.can_undo)
        self.redo_button.setEnabled(draft.can_redo)
        self.count.show_count(self._sitting)

    def next_question(self) -> None:
        """Go to the next open question after the caret, round to the first one."""
        questions = open_questions(self._sitting.draft)
        if questions:
            after = [one for one in questions if one.start > self.text.place]
            self.look_at((after or questions)[0])

    def look_at(self, question: NoticeQuestion) -> None:
        """Show the place of a question and put the focus on its answers."""
        self.text.go_to(question.start)
        self.questions.focus(question)

    def focus_first(self) -> None:
        """Put the focus where one begins: into the text, at the first question."""
        questions = open_questions(self._sitting.draft)
        if questions:
            self.text.go_to(questions[0].start)
        self.text.setFocus()

    def _by_hand(self, question: NoticeQuestion) -> None:
        if question.key.startswith(ELSEWHERE):
            self.elsewhere.emit(question)
            return
        self.text.go_to(question.start)
        self.text.setFocus()

    def _go(self, index: QModelIndex) -> None:
        self.text.go_to(self.outline.rows.rows[index.row()].start)
        self.text.setFocus()

    def _build(self) -> None:
        look = self._sitting.desk.look
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, canvas)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._side, self._side_box = widgets.frame("surface", edge="right"), widgets.column()
        self._side.setLayout(self._side_box)
        self._summary = widgets.label("", "muted", "small")
        self.outline = OutlineList(look)
        self._side_box.addWidget(widgets.label("目录", "heading"))
        self._side_box.addWidget(self._summary)
        self._side_box.addWidget(self.outline, 1)
        self._middle = widgets.column()
        self.text = PiecesText(look)
        self._middle.addWidget(self.text, 1)
        keys = ElidedLabel("muted", "small")
        keys.setText(KEYS)
        self._middle.addWidget(keys)
        self._aside, self._aside_box = widgets.frame("surface", edge="left"), widgets.column()
        self._aside.setLayout(self._aside_box)
        self._build_aside()
        self._row.addWidget(self._side)
        self._row.addLayout(self._middle, 1)
        self._row.addWidget(self._aside)
        self.setWidget(canvas)

    def _build_aside(self) -> None:
        head = QHBoxLayout()
        self._asked, self._sure = widgets.label("", "heading"), widgets.label("", "muted", "small")
        head.addWidget(self._asked)
        head.addWidget(self._sure, 1)
        self.questions = QuestionList(self._sitting)
        self.chosen = ChosenPiece(self._sitting, self.text)
        steps = QHBoxLayout()
        self.undo_button = widgets.button("撤销", "tag", does=self._sitting.undo, tip="撤销上一步（Ctrl+Z）")
        self.redo_button = widgets.button("重做", "tag", does=self._sitting.redo, tip="重做（Ctrl+Y）")
        steps.addWidget(self.undo_button)
        steps.addWidget(self.redo_button)
        steps.addStretch(1)
        self.count = CharacterLine("small")
        self._aside_box.addLayout(head)
        self._aside_box.addWidget(self.questions, 1)
        self._aside_box.addWidget(self.chosen)
        self._aside_box.addLayout(steps)
        self._aside_box.addWidget(self.count)

    def _connect(self) -> None:
        self.outline.chosen.connect(self._go)
        self.text.moved.connect(lambda: self.outline.show_place(self.text.piece.start))
        self.questions.looked_at.connect(self.look_at)
        self.questions.by_hand.connect(self._by_hand)
        self.chosen.changed.connect(self.text.setFocus)
        self._sitting.desk.look.changed.connect(self._take_look)
        for keys, does in (("Ctrl+Z", self._sitting.undo), ("Ctrl+Y", self._sitting.redo)):
            QShortcut(QKeySequence(keys), self, does)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self._sitting.redo)

    def _take_look(self) -> None:
        px = self._sitting.desk.look.tokens.px
        for box in (self._side_box, self._aside_box):
            box.setContentsMargins(px(14), px(10), px(14), px(10))
            box.setSpacing(px(6))
        self._middle.setContentsMargins(px(16), px(12), px(16), px(8))
        self._middle.setSpacing(px(6))
        self._fit()

    def _fit(self) -> None:
        """Set outline, text and questions side by side; where it is narrow the text stands above the rest."""
        px = self._sitting.desk.look.tokens.px
        narrow = self.width() < px(NARROW)
        widgets.stack(self._row, narrow)
        self._side.setVisible(not narrow)
        for part, wide in ((self._side, SIDE), (self._aside, ASIDE)):
            part.setMinimumWidth(0 if narrow else px(wide))
            part.setMaximumWidth(16777215 if narrow else px(wide))
        self.text.setMinimumHeight(px(TALL) if narrow else px(SHORT))
        self.questions.setMinimumHeight(px(SHORT) if narrow else px(90))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class CharacterLine(QWidget):
    """Says where the characters of the source are, and that none of them is nowhere."""

    def __init__(self, *looks: str) -> None:
        super().__init__()
        box = widgets.column()
        self.setLayout(box)
        self.words = widgets.label("", "muted", *looks)
        self.nowhere = widgets.label("", *looks)
        for label in (self.words, self.nowhere):
            label.setWordWrap(True)
            box.addWidget(label)

    def show_count(self, sitting: Sitting) -> None:
        """Count the characters of the draft."""
        found = counted(sitting.draft)
        places = "，".join(f"{place} {count:,}" for place, count in found.by_place.items() if count)
        self.words.setText(f"原文 {found.total:,} 字：已归入{places}。")
        self.nowhere.setText(f"没有归处的 {found.nowhere} 字")
        widgets.set_look(self.nowhere, "good", not found.nowhere)
        widgets.set_look(self.nowhere, "warn", bool(found.nowhere))
