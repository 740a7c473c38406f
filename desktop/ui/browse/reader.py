"""The reader: the measure on a sheet with the red rule, and what one can do with it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import origin, verbs
from desktop.ui.browse.measure_text import MeasureText
from desktop.ui.desk import Desk
from desktop.ui.kit import icons, plain, widgets
from desktop.ui.kit.style_sheet import TARGET
from desktop.workspace.items import notes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

    from desktop.catalogue.model import Measure
    from desktop.ui.browse.copying import Copying
    from desktop.ui.browse.match_bar import MatchBar

PAPER_WIDTH = 720
NOTE_PAUSE_MS = 400
NOTE_HEIGHT = 96  # pixels at zoom 1


class Reader(QScrollArea):
    """Shows one measure.

    Signals:
        stepped(int): 上一条 (-1) or 下一条 (+1) was asked for
        match_asked(int): the previous (-1) or next (+1) match was asked for
        source_asked(), comparison_asked(): the measure in the notice, or beside another one
        menu_asked(QPoint): the menu of the measure is asked for, at a place on the screen
        told(str): a short message for the status line
    """

    stepped = Signal(int)
    match_asked = Signal(int)
    source_asked = Signal()
    comparison_asked = Signal()
    menu_asked = Signal(QPoint)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._measure: Measure | None = None
        self._terms: tuple[str, ...] = ()
        self._note_session = ""
        self._room = 0  # the viewport's width
        self._low = False
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("措施")
        self._title = widgets.label("", "official")
        self.byline = widgets.label("", "byline")
        for line in (self._title, self.byline):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setWordWrap(True)
        self._rule = widgets.frame(name="redRule")
        self._rule.setFixedHeight(2)
        self.text = MeasureText()
        self._paper = widgets.frame(name="paper")
        self._inside = QVBoxLayout(self._paper)
        for widget in (self._title, self.byline, self._rule, self.text):
            self._inside.addWidget(widget)
        self._inside.addSpacing(8)
        self._inside.addLayout(self._build_actions())
        self._note_at = self._inside.count()
        self._inside.addStretch(1)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._around = QHBoxLayout(canvas)
        self._around.addStretch(1)
        self._around.addWidget(self._paper, 1000)
        self._around.addStretch(1)
        self.setWidget(canvas)
        self._note_pause = QTimer(self, singleShot=True, interval=NOTE_PAUSE_MS)

    def _build_actions(self) -> QHBoxLayout:
        self.copy_button = widgets.button(
            "", does=lambda: self.copying.open_menu(self.copy_button), tip="复制原文、出处，或两样一起"
        )
        self._star = widgets.button("", does=self.toggle_favourite, tip=verbs.FAVOURITE.hint)
        self._star.setCheckable(True)
        self._note_button = widgets.button("", does=self.open_note, tip=verbs.NOTE.hint)
        self.source_button = widgets.button("", does=self.source_asked.emit, tip=verbs.OPEN_SOURCE.hint)
        self.compare_button = widgets.button("", does=self.comparison_asked.emit, tip=verbs.COMPARE.hint)
        self._previous = widgets.button(
            "", does=lambda: self.stepped.emit(-1), tip=verbs.PREVIOUS_MEASURE.hint
        )
        self._next = widgets.button("", does=lambda: self.stepped.emit(1), tip=verbs.NEXT_MEASURE.hint)
        self._actions = (
            (self.copy_button, "copy", "复制 ▾"),
            (self._star, "star", "收藏"),
            (self._note_button, "note", "批注"),
            (self.source_button, "quote", "原文"),
            (self.compare_button, "compare", "对照"),
            (self._previous, "up", "上一条"),
            (self._next, "down", "下一条"),
        )
        row = self._row = QHBoxLayout()
        row.setSpacing(8)
        for each, _, words in self._actions:
            each.setAccessibleName(words.removesuffix(" ▾"))
            each.setMinimumHeight(TARGET)
            if each is self._previous:
                row.addStretch(1)
            row.addWidget(each)
        return row

    def _connect(self) -> None:
        self._note_pause.timeout.connect(self._save_note)
        self.text.matches_changed.connect(self._show_matches)
        self._desk.look.changed.connect(self._take_look)
        self._desk.favourites_changed.connect(lambda _key: self._show_marks())
        self._desk.replaced.connect(self._load_note)
        self._desk.note_changed.connect(self._follow_note)

    @cached_property
    def note(self) -> QPlainTextEdit:
        """Return the field of the note, made when there is a note or one is to be written."""
        from PySide6.QtWidgets import QPlainTextEdit

        made = QPlainTextEdit()
        made.setPlaceholderText("在这里写批注。批注只保存在本机工作库，不改动原文。")
        made.setAccessibleName("批注")
        made.setTabChangesFocus(True)
        made.setReadOnly(self._desk.read_only)
        made.setFixedHeight(self._desk.look.tokens.px(NOTE_HEIGHT))
        made.textChanged.connect(self._note_pause.start)
        made.hide()
        self._inside.insertWidget(self._note_at, made)
        return made

    @cached_property
    def copying(self) -> Copying:
        """Return what copies from the measure, made when something is first copied."""
        from desktop.ui.browse.copying import Copying

        made = Copying(self._desk, self.text, lambda: self._measure)
        made.told.connect(self.told)
        return made

    @cached_property
    def _matches(self) -> MatchBar:
        """The bar of the matches, made when there are some."""
        from desktop.ui.browse.match_bar import MatchBar

        made = MatchBar(self._desk, self)
        made.stepped.connect(self.match_asked)
        return made

    def _made(self, name: str) -> bool:
        """Tell whether a part that is put off has been made."""
        return name in vars(self)

    # ---- what it shows

    @property
    def measure(self) -> Measure | None:
        """Return the measure shown, or None."""
        return self._measure

    def show_measure(self, measure: Measure, terms: Sequence[str] = ()) -> None:
        """Show a measure with the matches of ``terms`` marked."""
        other = self._measure is None or self._measure.key != measure.key
        if other:
            self.flush()
        self._measure, self._terms = measure, tuple(terms)
        self._show()
        if other:
            self._load_note()
            self.verticalScrollBar().setValue(0)

    def show_nothing(self) -> None:
        """Hold no measure, so that nothing can be done with one that nobody sees."""
        self.flush()
        self._measure, self._terms = None, ()

    def step_match(self, step: int) -> bool:
        """Go to the next or previous match in this measure and bring it into view."""
        if not self.text.step_match(step):
            return False
        top = self.text.mapTo(self.widget(), self.text.rect().topLeft()).y() + self.text.current_match_top()
        self.ensureVisible(0, top, 0, self._desk.look.tokens.px(90))
        return True

    def _show_matches(self, current: int, count: int) -> None:
        if count or self._made("_matches"):
            self._matches.show_matches(current, count)

    def _show(self) -> None:
        measure = self._measure
        if measure is None:
            return
        catalogue = self._desk.catalogue
        notice = catalogue.notice_of(measure)
        validity = self._desk.validity_of(notice)
        self._title.setText(catalogue.document_of(measure).title)
        heading = origin.heading(catalogue, measure)
        words = [heading, notice.number] if self._low else [notice.number, notice.issued]
        words += [validity.mark] if validity.expired else []
        self.byline.setText(" · ".join(filter(None, words)))
        self.byline.setToolTip(plain.tip(self._title.text() if self._low else ""))
        heading = "" if self._low else heading
        self.text.show_measure(measure, heading, self._terms, self._desk.look.tokens)
        self._show_marks()

    def _show_marks(self) -> None:
        if self._measure is None:
            return
        look = self._desk.look.tokens
        starred = self._measure.key in notes.favourites(self._desk.workspace.db)
        self._star.setChecked(starred)
        star = icons.icon("star-on", look.accent) if starred else icons.icon("star", look.muted)
        self._star.setIcon(star)

    # ---- what one can do

    def toggle_favourite(self) -> None:
        """Put the measure among the favourites or take it out."""
        if self._measure is not None:
            on = self._measure.key not in notes.favourites(self._desk.workspace.db)
            if not self._desk.set_favourite(self._measure.key, on):
                self._show_marks()

    def open_note(self) -> None:
        """Open the note and put the caret into it."""
        if self._measure is not None:
            self.note.setVisible(True)
            self.note.setFocus()
            QTimer.singleShot(0, lambda: self.ensureWidgetVisible(self.note))

    def flush(self) -> None:
        """Save what was just typed into the note."""
        if self._note_pause.isActive():
            self._note_pause.stop()
            self._save_note()

    def _load_note(self) -> None:
        if self._measure is None:
            return
        self._note_session = secrets.token_hex(16)
        words = notes.note(self._desk.workspace.db, self._measure.key)
        if words or self._made("note"):
            with QSignalBlocker(self.note):
                self.note.setPlainText(words)
            self.note.setVisible(bool(words))

    def _follow_note(self, key: str) -> None:
        """Show a note that was changed elsewhere (by an undo), but never move the caret of who is typing."""
        if (
            self._measure is not None
            and key == self._measure.key
            and notes.note(self._desk.workspace.db, key) != self._note_text()
        ):
            self._load_note()

    def _save_note(self) -> None:
        if self._measure is None:
            return
        if not self._desk.set_note(self._measure.key, self._note_text(), self._note_session):
            self._load_note()

    def _note_text(self) -> str:
        return self.note.toPlainText() if self._made("note") else ""

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._paper.setMaximumWidth(look.px(PAPER_WIDTH))
        for each, name, _ in self._actions:
            each.setIcon(icons.icon(name, look.muted))
            each.setIconSize(QSize(look.px(15), look.px(15)))
        if self._made("note"):
            self.note.setFixedHeight(look.px(NOTE_HEIGHT))
        if self.isVisible():
            self._take_room()
        self._fit_margins()
        self._show()

    def _fit_margins(self) -> None:
        look = self._desk.look.tokens
        roomy = self._room >= look.px(560)
        outer, inner = (18, 46) if roomy and not self._low else (8, 20)
        outer, inner = look.px(outer), look.px(inner)
        wide = min(self._room - 2 * outer, look.px(PAPER_WIDTH)) - 2 * inner
        named = [each for each, _, _ in self._actions]
        for shown in (named, named[:-2], []):  # up and down are understood without words
            self._show_words(shown)
            self._row.invalidate()  # Qt does so only when it lays out anew
            if self._row.sizeHint().width() <= wide:
                break
        above = look.px(6 if self._low else 28)
        around = look.px(4) if self._low else outer
        self._around.setContentsMargins(outer, around, outer, around)
        self._inside.setContentsMargins(inner, above, inner, above)
        self._inside.setSpacing(look.px(4 if self._low else 8))
        self._title.setHidden(self._low)  # it stands in the byline's tip then

    def _take_room(self) -> None:
        """Let the lines stand closer, and the title give way to them, where the window is low."""
        low = self._desk.look.tokens.low(self)
        if low != self._low:
            self._low = self.text.tight = low
            self._show()

    def _show_words(self, shown: Sequence[QPushButton]) -> None:
        """Name these buttons of the row, and no others."""
        for each, _, words in self._actions:
            each.setText(words if each in shown else "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        middle = self.viewport().mapToGlobal(self.viewport().rect().center())
        self.menu_asked.emit(middle if by_keys else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()
        self._take_room()
        self._fit_margins()
