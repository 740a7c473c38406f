"""走访记录: one visit on one screen, written while one talks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from desktop.errors import KnownError
from desktop.ui import verbs
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import ChoiceRow
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.visits import explained_rows, record_card
from desktop.ui.visits.record_correction import CorrectionDialog
from desktop.ui.visits.record_demands import RecordDemands
from desktop.ui.visits.record_explained import ExplainedList
from desktop.ui.visits.record_files import VisitFileRun, VisitFilesDialog
from desktop.ui.visits.record_form import RecordForm
from desktop.ui.visits.record_head import RecordHead
from desktop.ui.visits.record_saving import RecordSaving
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import VisitState

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from desktop.ui.desk import Desk
    from desktop.verdicts.card import MatchCard
    from desktop.workspace.visits.model import Visit

STRETCH = (318, 430, 490)
SIDE_BY_SIDE = 940  # pixels at zoom 1 below which one column is shown at a time
FINISH_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COLUMNS = ("走访", "讲解", "诉求")


class RecordScreen(QWidget):
    """Shows the record of one visit, saved as one types.

    Signals:
        closed(): one goes back to the enterprise
        print_asked(str): the page to sign of this visit is to be printed
        told(str): what was just done, for the status line
    """

    closed = Signal()
    print_asked = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Visit | None = None
        self._card: MatchCard | None = None
        self._judged_for: object = None
        self._unfolded = False
        self.saving = RecordSaving(desk.visits.edit, self)
        self.files = VisitFileRun(desk, self)
        self._build()
        self._connect()
        self._take_look()

    # ---- what is shown

    @property
    def key(self) -> str:
        """Return the key of the visit that is shown, "" for none."""
        return self._visit.key if self._visit else ""

    @property
    def is_writable(self) -> bool:
        """Tell whether something can be typed now: a draft, or a final record that is being corrected."""
        if self._visit is None or self._desk.read_only:
            return False
        return not self._visit.is_final or bool(self.saving.reason)

    def show_visit(self, key: str) -> bool:
        """Show a visit; tells whether it is shown: not while something of another could not be saved."""
        if not self.flush():
            return False
        self.saving.begin(key)
        self._visit, self._judged_for, self._unfolded = None, None, False
        self._take(visits.one(self._desk.workspace.db, key), fresh=True)
        self.form.focus_first()
        return True

    def flush(self) -> bool:
        """Save what was just typed; tells whether nothing is left to save."""
        return self.demands.flush() and self.saving.flush()

    def show_column(self, place: int) -> None:
        """Show a column where only one is shown, and put the caret into it."""
        self.switch.choose(COLUMNS[place])
        self._turn()
        (self.form.focus_first, self.explained.setFocus, self.demands.focus_entry)[place]()

    def focus_list(self) -> None:
        """Put the caret into the list of measures."""
        self.show_column(1)

    def leave(self) -> None:
        """Go back to the enterprise, when all is saved."""
        if self.flush():
            self.saving.correct("")
            self.closed.emit()

    # ---- what is done

    def finish(self) -> None:
        """Let a planned visit take place, a draft be final; save corrections of a final one, or begin."""
        if self._visit is None or self._desk.read_only or not self.flush():
            return
        if self._visit.state is VisitState.PLANNED:
            self._desk.visits.start(self.key)
        elif not self._visit.is_final:
            try:
                card = record_card.kept(self._desk, self._visit)
            except KnownError:
                card = None  # of an enterprise that is not here there is nothing to judge
            if self._desk.visits.finish(self.key, card):
                self.told.emit("已定稿")
        elif self.saving.reason:
            self.saving.correct("")
            self._take(self._visit, fresh=False)
            self.told.emit("更正已保存")
        else:
            dialog = CorrectionDialog(self._visit, self)
            dialog.given.connect(self._correct)
            dialog.open()

    def show_files(self) -> None:
        """Open the list of photos and files."""
        if self._visit is None or not self.flush():
            return
        dialog = VisitFilesDialog(
            self._desk, self.key, self, writable=self.is_writable, reason=self.saving.reason
        )
        dialog.told.connect(self.told)
        dialog.open()

    def attach(self, paths: tuple[Path, ...]) -> None:
        """Attach files that were dropped."""
        if self.is_writable:
            self.files.attach(self.key, paths, self.saving.reason)

    def _correct(self, reason: str) -> None:
        self.saving.correct(reason)
        if self._visit is not None:
            self._take(self._visit, fresh=False)
            self.form.focus_first()

    # ---- inside

    def _build(self) -> None:
        self._outer = widgets.column()
        self.setLayout(self._outer)
        self.head = RecordHead(self._desk.look)
        self._outer.addWidget(self.head)
        self.switch = ChoiceRow(self._desk.look, "显示哪一栏", COLUMNS)
        self.switch.choose(COLUMNS[0])
        self._outer.addWidget(self.switch)
        self._columns = QHBoxLayout()
        self._outer.addLayout(self._columns, 1)
        self.form = RecordForm(self._desk)
        self.explained = ExplainedList(self._desk.look)
        self.middle_about = widgets.label("", "muted", "small")
        self.demands = RecordDemands(self._desk)
        self._cards = (self._form_card(), self._explained_card(), self._demands_card())
        for place, card in enumerate(self._cards):
            self._columns.addWidget(card, STRETCH[place])

    def _form_card(self) -> QFrame:
        card, box = self._card_frame("走访")
        area = widgets.scrolled(self.form, "走访")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.addWidget(area, 1)
        return card

    def _explained_card(self) -> QFrame:
        card, box = self._card_frame("讲解了哪些措施", self.middle_about)
        box.addWidget(self.explained, 1)
        return card

    def _demands_card(self) -> QFrame:
        card, box = self._card_frame("企业提出的诉求", end=self.demands.add_button)
        box.addWidget(self.demands, 1)
        return card

    def _card_frame(
        self, title: str, about: QWidget | None = None, end: QWidget | None = None
    ) -> tuple[QFrame, QBoxLayout]:
        px = self._desk.look.tokens.px
        card = widgets.frame("card")
        box = widgets.column(spacing=px(6), margins=(px(14), px(12), px(14), px(12)))
        card.setLayout(box)
        head = QHBoxLayout()
        head.addWidget(widgets.label(title, "strong"))
        if about is not None:
            head.addWidget(about, 1)
        if end is not None:
            head.addStretch(1)
            head.addWidget(end)
        box.addLayout(head)
        return card, box

    def _connect(self) -> None:
        self.head.back_asked.connect(self.leave)
        self.head.print_asked.connect(lambda: self.print_asked.emit(self.key) if self.flush() else None)
        self.head.files_asked.connect(self.show_files)
        self.head.finish_asked.connect(self.finish)
        self.form.typed.connect(lambda name, value, now: self.saving.put(name, value, now=now))
        self.explained.said.connect(self._say)
        self.explained.folded.connect(self._fold)
        self.saving.changed.connect(self._show_about)
        self.demands.held_changed.connect(self._show_about)
        self.files.ended.connect(lambda count: self.told.emit(f"已附上 {count} 份") if count else None)
        self._desk.visits.changed.connect(self._follow)
        self._desk.catalogue_changed.connect(self._judge_again)
        self._desk.look.changed.connect(self._take_look)
        self.switch.chosen.connect(lambda _word: self._turn())
        for place, keys in enumerate(verbs.TO_COLUMN.keys[: len(self._cards)]):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda place=place: self.show_column(place))
        self._drop = FileDrop(self)
        self._drop.dropped.connect(self.attach)

    def _say(self, measure_key: str, wish: object) -> None:
        if self.is_writable:
            self.saving.put(f"explained/{measure_key}", wish, now=True)
            if not self.saving.reason:
                self.saving.flush()
            self._show_explained()

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_explained()

    def _follow(self, key: str) -> None:
        if self._visit is not None and key in ("", self.key):
            self._take(visits.one(self._desk.workspace.db, self.key), fresh=False)

    def _take(self, visit: Visit, *, fresh: bool) -> None:
        self._visit = visit
        self._judge()
        self.form.show_visit(visit, self.saving.held, fresh=fresh)
        self.form.set_writable(self.is_writable)
        self.explained.set_writable(self.is_writable)
        self._show_explained()
        self.demands.show_visit(visit, fresh=fresh, writable=self.is_writable)
        self._show_about()
        self.head.finish_button.setEnabled(not self._desk.read_only)

    def _judge(self) -> None:
        assert self._visit is not None
        wanted = (self._visit.key, self._visit.day, self._visit.is_final)
        if wanted == self._judged_for:
            return
        try:
            self._card = record_card.of_visit(self._desk, self._visit)
        except KnownError:
            self._card = None
        self._judged_for = wanted

    def _judge_again(self) -> None:
        self._judged_for = None
        if self._visit is not None:
            self._take(self._visit, fresh=False)

    def _show_explained(self) -> None:
        assert self._visit is not None
        explained = dict(self._visit.explained)
        for name in self.saving.held:
            kind, _, measure_key = name.partition("/")
            if kind == "explained":
                explained[measure_key] = self.saving.value(name)
        found = explained_rows.rows(
            self._desk.catalogue,
            self._card,
            {key: wish for key, wish in explained.items() if wish is not None},
            unfolded=self._unfolded,
        )
        kept = self.explained.currentIndex().row()
        self.explained.rows.show(found)
        if 0 <= kept < len(found):
            self.explained.setCurrentIndex(self.explained.rows.index(kept))
        count = explained_rows.explained_count(found)
        hint = " · 空格键勾选" if self.is_writable else ""
        self.middle_about.setText(f"已讲 {count} 条{hint}")

    def _show_about(self) -> None:
        if self._visit is None:
            return
        try:
            firm = enterprises.one(self._desk.workspace.db, self._visit.enterprise).name
        except KnownError:
            firm = "工作库中没有这家企业"
        correcting, held = bool(self.saving.reason), bool(self.saving.held) or self.demands.held
        self.head.show_visit(self._visit, firm, correcting=correcting, held=held)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._outer.setContentsMargins(px(16), px(10), px(16), px(12))
        self._outer.setSpacing(px(10))
        self._columns.setSpacing(px(12))
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < self._desk.look.tokens.px(SIDE_BY_SIDE)
        self.switch.setVisible(narrow)
        shown = COLUMNS.index(self.switch.word)
        for place, card in enumerate(self._cards):
            card.setVisible(not narrow or place == shown)

    def hideEvent(self, event: QHideEvent) -> None:
        if self.saving.held or self.demands.held:
            self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()  # else the window takes the key for something else
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier:
            return event.key() in (*FINISH_KEYS, Qt.Key.Key_D)
        return event.key() == Qt.Key.Key_Escape and not held

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_D:
            self.demands.add()
        else:
            self.finish()
