"""录入发文 at the size of the window: five steps from a text to a notice in the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.errors import KnownError
from desktop.reading.acceptance import acceptable, unconfirmed
from desktop.reading.adjusting import holding
from desktop.reading.drafts import NoticeDraft, open_questions
from desktop.reading.model import Label, NoticeQuestion
from desktop.ui.kit import messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.kit.widgets import ElidedLabel, fill
from desktop.ui.wizard.check_page import CheckPage
from desktop.ui.wizard.head_page import HeadPage
from desktop.ui.wizard.pieces_page import PiecesPage
from desktop.ui.wizard.sitting import Sitting
from desktop.ui.wizard.source_page import SourcePage
from desktop.ui.wizard.steps import StepRail
from desktop.ui.wizard.units_page import UnitsPage

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.library.drafts import KeptDraft
    from desktop.ui.desk import Desk

TITLE = "录入发文"
STEPS = ("原文", "文头", "条文结构", "责任单位", "有效期和核对")
SOURCE, HEAD, PIECES, UNITS, CHECK = range(5)
KEYS = ("source", "head", "pieces", "units", "check")
SAVED = "边改边存，关掉也不丢。原文一字不改。"
NARROW = 700  # pixels at zoom 1
NEXT_QUESTION = "下一处待决定"
ACCEPT = "收入发文库"

Accept = Callable[["NoticeDraft", "Path | None"], object]
"""Takes a draft that passes the check, and the file that it came as, into the library; returns what is told
on. Raises KnownError, and then nothing was taken."""


class WizardStep(Protocol):
    """A page for one step of a draft."""

    def show_draft(self) -> None:
        """Show the draft as it is now."""

    def focus_first(self) -> None:
        """Put the focus where one begins."""


class WizardDialog(Dialog):
    """Takes a notice in.

    Signals:
        taken(object): what ``accept`` returned when the notice was taken into the library
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, accept: Accept, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._accept = desk, accept
        self.sitting = Sitting(desk, self)
        self._step, self._seen = SOURCE, SOURCE
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        fill(self, parent)
        self._build()
        self._connect()
        self._take_look()
        self.show_step(SOURCE)

    def show_step(self, step: int) -> None:
        """Show a step; those after the first need a draft."""
        self.message.hide()
        if step > SOURCE and not self.sitting.has_draft and not self._begin():
            return
        self._step, self._seen = step, max(self._seen, step)
        self._stack.setCurrentIndex(step)
        if step > SOURCE:
            self.sitting.remember_step(KEYS[step])
            self.pages[step - 1].show_draft()
            self.pages[step - 1].focus_first()
        else:
            self.source.field.setFocus()
        self._show_state()

    def go_on(self, kept: KeptDraft) -> None:
        """Go on with a notice that was not finished, at the step where it was left."""
        try:
            self.sitting.go_on(kept)
        except KnownError as problem:
            self._tell(problem)
            return
        step = KEYS.index(kept.step) if kept.step in KEYS else HEAD
        self._seen = max(step, HEAD)
        self.source.show_source()
        self.show_step(max(step, HEAD))

    def next_question(self) -> None:
        """Go to the next open question, in the step where it is decided."""
        if self.sitting.has_draft and open_questions(self.sitting.draft):
            if self._step != PIECES:
                self.show_step(PIECES)
            self.structure.next_question()

    def take_in(self) -> None:
        """Take the notice into the library, when nothing is in its way."""
        if not self._desk.may_write():
            self._tell(
                KnownError(
                    "本窗口为只读，没有收入发文库。",
                    "录入的内容还在。请在另一个已打开的程序中收入，或关闭它后重新启动本程序。",
                )
            )
            return
        reasons = self._reasons()
        if reasons:
            self.show_step(CHECK)
            self._tell(KnownError(f"还不能收入发文库：{reasons[0]}"))
            return
        from desktop.library import store

        try:
            amends = store.would_amend(self._desk.workspace.folder, self.sitting.draft.reading)
        except KnownError as problem:
            messages.show_problem(self, problem)
            return
        if amends:
            messages.ask(
                self,
                "发文库中已有这份发文，按修订收入？",
                "原来的文字作为以前的版本保留，对着原来文字填报的内容会标明。如果是另一份发文，请先核对文号和标题。",
                "按修订收入",
                "先不收入",
                self._take_in,
            )
            return
        self._take_in()

    def _take_in(self) -> None:
        try:
            made = self._accept(self.sitting.draft, self.sitting.original)
        except KnownError as problem:
            messages.show_problem(self, problem)
            return
        self.sitting.finish()
        self.accept()
        self.taken.emit(made)

    def reject(self) -> None:
        """Leave; only what could not be written to disk is asked about."""
        typed = self._step == SOURCE and not self.sitting.has_draft and len(self.source.words.strip()) > 0
        if self.sitting.has_draft and self.sitting.unsaved:
            words, more = "关掉录入窗口？", self.sitting.unsaved
        elif typed:
            words, more = "关掉录入窗口？", "粘贴的原文还没有读入，关掉就没有了。点“下一步”读入后才会保存。"
        else:
            super().reject()
            return
        messages.ask(self, words, more, "关掉", "接着录", lambda: self.done(0))

    def _begin(self) -> bool:
        """Read the text that was pasted or came from a file."""
        words, original = self.source.words, self.source.original
        try:
            self.sitting.begin(words, original.name if original else "", original)
        except KnownError as problem:
            self._tell(problem)
            return False
        self.source.show_source()
        self._seen = HEAD
        return True

    def _forward(self) -> None:
        if self._step == CHECK:
            self.take_in()
        else:
            self.show_step(self._step + 1)

    def _show_draft(self) -> None:
        if self._step > SOURCE and self.sitting.has_draft:
            self.pages[self._step - 1].show_draft()
        self._show_state()

    def _show_state(self) -> None:
        has = self.sitting.has_draft
        left = len(open_questions(self.sitting.draft)) if has else 0
        self.rail.show_step(self._step, self._seen if has else 0, has)
        self.back_button.setVisible(self._step > SOURCE)
        self.next_question_button.setVisible(has and self._step > SOURCE)
        self.next_question_button.setEnabled(left > 0)
        self.next_question_button.setText(f"{NEXT_QUESTION} F8")
        last = self._step == CHECK
        following = "下一步" if self._is_narrow else f"下一步：{STEPS[self._step + 1]}" if not last else ""
        self.forward_button.setText(ACCEPT if last else following)
        ready = bool(self.source.words.strip()) if self._step == SOURCE else True
        self.forward_button.setEnabled(ready and (not last or not self._reasons()))
        self.original_button.setVisible(self.sitting.original is not None)
        self._said.setText(self.sitting.unsaved or SAVED)
        widgets.set_look(self._said, "warn", bool(self.sitting.unsaved))

    def _tell(self, problem: KnownError) -> None:
        self.message.tell(f"{problem.message}{problem.hint}")
        self.message.warn()

    def _reasons(self) -> list[str]:
        """Return what is in the way of taking the notice in."""
        return [*acceptable(self.sitting.draft), *unconfirmed(self.sitting.draft)]

    def _decide_elsewhere(self, question: NoticeQuestion) -> None:
        """Go to the step in which a question is decided: the units, the head or the term."""
        if not question.key.startswith("day-"):
            self.show_step(UNITS)
            self.units.look_at(question)
            return
        piece = holding(self.sitting.draft.pieces, question.start)
        ends = piece is not None and piece.label in (Label.CLOSING, Label.NOTE, Label.MEASURE)
        self.show_step(CHECK if ends else HEAD)

    def _handle(self, reason: str) -> None:
        """Go to the step where a reason is dealt with."""
        if "待决定" in reason:
            self.next_question()
        elif "有效期" in reason:
            self.check.kind.setFocus()
        elif "没有读出" in reason or "标题" in reason:
            self.show_step(HEAD)
        else:
            self.show_step(PIECES)

    def _open_original(self) -> None:
        if self.sitting.original is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.sitting.original)))

    def _anew(self) -> None:
        """Leave the draft, which is kept, and ask for another text."""
        self.sitting.leave()
        self._seen = SOURCE
        self.source.show_drafts()
        self._show_state()

    def _build(self) -> None:
        look = self._desk.look
        box = widgets.column()
        self.setLayout(box)
        head, self._head = widgets.frame("surface", edge="bottom"), QHBoxLayout()
        head.setLayout(self._head)
        self.rail = StepRail(look, STEPS)
        self.original_button = widgets.button("看原文件", does=self._open_original)
        self._name = widgets.label(TITLE, "heading")
        self._head.addWidget(self._name)
        self._head.addWidget(self.rail, 1)
        self._head.addWidget(self.original_button)
        self.message = MessageLine(look)
        self._stack = QStackedWidget()
        self._stack.setObjectName("desk")
        self.source = SourcePage(self.sitting)
        self.head, self.structure = HeadPage(self.sitting), PiecesPage(self.sitting)
        self.units, self.check = UnitsPage(self.sitting), CheckPage(self.sitting)
        self.pages: tuple[WizardStep, ...] = (self.head, self.structure, self.units, self.check)
        for page in (self.source, self.head, self.structure, self.units, self.check):
            self._stack.addWidget(page)
        foot, self._foot = widgets.frame("surface", edge="top"), QHBoxLayout()
        foot.setLayout(self._foot)
        self._said = ElidedLabel("muted")
        self.close_button = widgets.button("关闭", does=self.reject)
        self.back_button = widgets.button("上一步", does=lambda: self.show_step(self._step - 1))
        self.next_question_button = widgets.button(NEXT_QUESTION, does=self.next_question)
        self.forward_button = widgets.button("", "primary", does=self._forward)
        self.forward_button.setDefault(True)
        self._foot.addWidget(self._said, 1)
        for button in (
            self.close_button,
            self.back_button,
            self.next_question_button,
            self.forward_button,
        ):
            self._foot.addWidget(button)
        for part in (head, self.message):
            box.addWidget(part)
        box.addWidget(self._stack, 1)
        box.addWidget(foot)

    def _connect(self) -> None:
        self.rail.wanted.connect(self.show_step)
        self.sitting.changed.connect(self._show_draft)
        self.sitting.refused.connect(self._tell)
        self.source.changed.connect(self._show_state)
        self.source.gone_on.connect(self.go_on)
        self.source.anew_button.clicked.connect(self._anew)
        self.structure.elsewhere.connect(self._decide_elsewhere)
        self.check.wanted.connect(self._handle)
        self._desk.look.changed.connect(self._take_look)
        QShortcut(QKeySequence("F8"), self, self.next_question)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._head.setContentsMargins(px(16), px(8), px(16), px(8))
        self._head.setSpacing(px(20))
        self._foot.setContentsMargins(px(16), px(8), px(16), px(8))
        self._foot.setSpacing(px(8))
        self._fit_words()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < self._desk.look.tokens.px(NARROW)

    def _fit_words(self) -> None:
        """Leave out what the title bar says and does too where there is little room."""
        for part in (self._name, self.close_button, self._said):
            part.setVisible(not self._is_narrow)
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()
