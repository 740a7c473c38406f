"""The open questions, first thing at the right: what is asked, and a button for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.reading.drafts import open_questions
from desktop.reading.model import NoticeChoice, NoticeQuestion
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.flow_layout import FlowLayout

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look
    from desktop.ui.wizard.sitting import Sitting

MOST = 20  # cards at once; the others come when these are answered
BY_HAND = "edit"


class QuestionCard(QFrame):
    """One question.

    Signals:
        answered(object, int): the question and the place of the choice
        looked_at(object): the question, whose place is to be shown
    """

    answered = Signal(object, int)
    looked_at = Signal(object)

    def __init__(self, look: Look, question: NoticeQuestion) -> None:
        super().__init__()
        self.question = question
        px = look.tokens.px
        self.setProperty("ask", True)
        box = widgets.column(spacing=px(4), margins=(px(10), px(8), px(10), px(8)))
        self.setLayout(box)
        self.place_button = widgets.button(
            f"第 {question.line} 行", "quiet", "flush", does=lambda: self.looked_at.emit(question)
        )
        self.place_button.setAccessibleName(f"看第{question.line}行：{question.text}")
        words = widgets.label(question.text, "warn")
        words.setWordWrap(True)
        box.addWidget(self.place_button)
        box.addWidget(words)
        row = QWidget()
        flow = FlowLayout(row, px(6))
        self.buttons = [self._button(at, choice) for at, choice in enumerate(question.choices)]
        for button in self.buttons:
            flow.addWidget(button)
        box.addWidget(row)

    def _button(self, at: int, choice: NoticeChoice) -> QWidget:
        made = widgets.button(
            plain.caption(choice.words), "tag", does=lambda: self.answered.emit(self.question, at)
        )
        made.setAccessibleName(f"{choice.words}（{self.question.text}）")
        if at == 0 and choice.does != BY_HAND:
            widgets.set_look(made, "chosen", True)
            made.setToolTip("程序是这样读的，对的就选它")
        return made


class QuestionList(QScrollArea):
    """The cards of the open questions.

    Signals:
        looked_at(object): a question whose place is to be shown
        by_hand(object): a question to which the answer is an edit of one's own
    """

    looked_at = Signal(object)
    by_hand = Signal(object)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._shown: tuple[NoticeQuestion, ...] | None = None
        self.cards: list[QuestionCard] = []
        self.setWidgetResizable(True)
        self.setAccessibleName("待决定的问题")
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._box = widgets.column()
        canvas.setLayout(self._box)
        self.setWidget(canvas)
        sitting.desk.look.changed.connect(self._build)

    def take(self, questions: Sequence[NoticeQuestion]) -> None:
        """Show these questions."""
        if tuple(questions) != self._shown:
            self._shown = tuple(questions)
            self._build()

    def focus(self, question: NoticeQuestion) -> None:
        """Put the focus on the first answer of a question."""
        card = next((card for card in self.cards if card.question.key == question.key), None)
        if card is not None and card.buttons:
            card.buttons[0].setFocus()
            self.ensureWidgetVisible(card)

    def _build(self) -> None:
        look = self._sitting.desk.look
        widgets.clear(self._box)
        self._box.setSpacing(look.tokens.px(8))
        shown = self._shown or ()
        self.cards = [QuestionCard(look, question) for question in shown[:MOST]]
        for card in self.cards:
            card.answered.connect(self._answer)
            card.looked_at.connect(self.looked_at)
            self._box.addWidget(card)
        left = len(shown) - len(self.cards)
        if left > 0:
            self._box.addWidget(widgets.label(f"另有 {left} 处，答完上面的再列出。", "muted"))
        if not shown:
            done = widgets.label("请从头到尾看一遍，段落的标签不对可以改。", "muted")
            done.setWordWrap(True)
            self._box.addWidget(done)
        self._box.addStretch(1)

    def _answer(self, question: NoticeQuestion, at: int) -> None:
        if question.choices[at].does == BY_HAND:
            self.by_hand.emit(question)
            return
        before = [one.key for one in self._shown or ()]
        place = before.index(question.key)
        if self._sitting.do("answer", question=question.key, choice=at):
            left = open_questions(self._sitting.draft)
            if left:
                self.looked_at.emit(left[min(place, len(left) - 1)])
