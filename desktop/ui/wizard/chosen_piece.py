"""The piece with the caret: its label and the others it could have, joining and parting, and why it is so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.reading.adjusting import TITLED
from desktop.reading.model import LABEL_NAMES, NO_PLACE, Label, NoticePiece
from desktop.ui.kit import context_menu, widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.wizard import colours

if TYPE_CHECKING:
    from desktop.ui.wizard.pieces_text import PiecesText
    from desktop.ui.wizard.sitting import Sitting

MERGE = "并入上段"
SPLIT = "从光标处拆开"
TITLE = "标题到光标为止"
NO_TITLE = "没有标题"


class ChosenPiece(QWidget):
    """Shows the piece with the caret and changes it.

    Signals:
        changed(): a step was done; the text should have the focus again
    """

    changed = Signal()

    def __init__(self, sitting: Sitting, text: PiecesText) -> None:
        super().__init__()
        self._sitting, self._text = sitting, text
        self._build()
        self._connect()
        self._take_look()

    def show_piece(self) -> None:
        """Show the piece with the caret."""
        piece = self._text.piece
        number = self._sitting.draft.pieces.index(piece) + 1
        self.about.setText(f"选中的段落（第 {number} 段）")
        for label, button in self.label_buttons.items():
            button.setChecked(label is piece.label)
        other = piece.label in colours.SHOWN_AFTER
        self.more_button.setText(f"{LABEL_NAMES[piece.label]} ▾" if other else "其他 ▾")
        widgets.set_look(self.more_button, "chosen", other)
        titled = piece.label in TITLED
        self.title_button.setEnabled(titled)
        self.no_title_button.setEnabled(titled and piece.title_start != NO_PLACE)
        self.merge_button.setEnabled(number > 1)
        self.why.setText(piece.reason or "按编号和位置读出。")

    # ---- what can be done

    def relabel(self, label: Label) -> None:
        """Give the piece a label."""
        if self._text.piece.label is not label or self._is_open(self._text.piece):
            self._done(self._sitting.do("relabel", start=self._text.piece.start, label=label.value))
        self.show_piece()

    def merge(self) -> None:
        """Join the piece to the one before it."""
        self._done(self._sitting.do("merge", start=self._text.piece.start))

    def split(self) -> None:
        """Part the piece at the caret."""
        place = self._text.place
        if self._sitting.do("split", at=place):
            self._text.go_to(place)
            self._done(True)

    def end_title(self) -> None:
        """Let the title end at the caret."""
        self._done(self._sitting.do("title", start=self._text.piece.start, end=self._text.place))

    def drop_title(self) -> None:
        """Let the piece have no title."""
        self._done(self._sitting.do("title", start=self._text.piece.start, end=None))

    def open_menu(self, place: QPoint) -> None:
        """Open the menu of the piece with the caret."""
        menu = QMenu(self)
        for number, label in enumerate(colours.SHOWN_FIRST, 1):
            action = menu.addAction(f"标为{LABEL_NAMES[label]}\t{number}", partial(self.relabel, label))
            action.setCheckable(True)
            action.setChecked(label is self._text.piece.label)
        others = menu.addMenu("标为其他")
        self._fill_others(others)
        menu.addSeparator()
        for words, does, button in (
            (f"{MERGE}\t退格", self.merge, self.merge_button),
            (f"{SPLIT}\t回车", self.split, self.split_button),
            (f"{TITLE}\tT", self.end_title, self.title_button),
            (NO_TITLE, self.drop_title, self.no_title_button),
        ):
            menu.addAction(words, does).setEnabled(button.isEnabled())
        context_menu.open_at(menu, place)

    def _is_open(self, piece: NoticePiece) -> bool:
        return piece.confidence < 1.0

    def _done(self, done: bool) -> None:
        if done:
            self.changed.emit()

    # ---- building

    def _build(self) -> None:
        self._box = widgets.column()
        self.setLayout(self._box)
        self.about = widgets.label("选中的段落", "section")
        labels, actions = QWidget(), QWidget()
        self._flows = [FlowLayout(labels, 4), FlowLayout(actions, 4)]
        self.label_buttons: dict[Label, QPushButton] = {}
        for number, label in enumerate(colours.SHOWN_FIRST, 1):
            words = LABEL_NAMES[label]
            tip = f"标为{words}（在文字中按 {number}）"
            made = widgets.button(words, "tag", does=partial(self.relabel, label), tip=tip)
            made.setCheckable(True)
            made.setAccessibleName(f"标为{words}")
            self.label_buttons[label] = made
            self._flows[0].addWidget(made)
        self.more_button = widgets.button("其他 ▾", "tag")
        self.more_button.setAccessibleName("标为其他")
        menu = QMenu(self.more_button)
        self._fill_others(menu)
        self.more_button.setMenu(menu)
        self._flows[0].addWidget(self.more_button)
        self.merge_button = widgets.button(MERGE, "tag", does=self.merge, tip="与上一段合成一段（退格）")
        self.split_button = widgets.button(
            SPLIT, "tag", does=self.split, tip="先把光标放在要拆开的地方（回车）"
        )
        self.title_button = widgets.button(TITLE, "tag", does=self.end_title, tip="先把光标放在标题末尾（T）")
        self.no_title_button = widgets.button(NO_TITLE, "tag", does=self.drop_title)
        for button in (self.merge_button, self.split_button, self.title_button, self.no_title_button):
            self._flows[1].addWidget(button)
        self.why = widgets.label("", "muted", "small")
        self.why.setWordWrap(True)
        for part in (self.about, labels, actions, self.why):
            self._box.addWidget(part)

    def _fill_others(self, menu: QMenu) -> None:
        for label in colours.SHOWN_AFTER:
            menu.addAction(LABEL_NAMES[label], partial(self.relabel, label))

    def _connect(self) -> None:
        self._text.moved.connect(self.show_piece)
        self._text.label_wanted.connect(self.relabel)
        self._text.merge_wanted.connect(self.merge)
        self._text.split_wanted.connect(self.split)
        self._text.title_wanted.connect(self.end_title)
        self._text.menu_wanted.connect(self.open_menu)
        self._sitting.desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        px = self._sitting.desk.look.tokens.px
        self._box.setSpacing(px(6))
        for flow in self._flows:
            flow.setSpacing(px(4))
