"""The piece with the caret: its label and the others it could have, joining and parting, and why it is so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.reading.adjusting import TITLED
from desktop.reading.model import LABEL_NAMES, NO_PLACE, ROLE_NAMES, Label, Mention, NoticePiece, Role
from desktop.ui.kit import context_menu, plain, widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.wizard import colours

if TYPE_CHECKING:
    from desktop.ui.wizard.pieces_text import PiecesText
    from desktop.ui.wizard.sitting import Sitting

SHOWN = 6  # units that are named; the others stand in the tip
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
        first, last = self._text.selected
        several = sum(one.start < last and first < one.end for one in self._sitting.draft.pieces)
        self.about.setText(f"选中的段落（第 {number} 段）" if several < 2 else f"选中了 {several} 段")
        self._show_units(piece)
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
        """Label the piece, or all of which anything is selected, or the words that are selected in one."""
        (first, last), piece = self._text.selected, self._text.piece
        touched = [one for one in self._sitting.draft.pieces if one.start < last and first < one.end]
        if first < last and len(touched) > 1:
            done = self._sitting.do("relabel_run", start=first, end=last, label=label.value)
        elif first < last and touched and (touched[0].start, touched[0].end) != (first, last):
            done = self._sitting.do("mark", start=first, end=last, label=label.value)
        elif piece.label is not label or piece.confidence < 1.0:
            done = self._sitting.do("relabel", start=piece.start, label=label.value)
        else:
            done = False
        self._done(done)
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

    def _done(self, done: bool) -> None:
        if done:
            self.changed.emit()

    # ---- who is responsible

    def _mentions(self, piece: NoticePiece) -> list[Mention]:
        """Return the units that a piece names, as a measure's."""
        return [
            mention
            for document in self._sitting.draft.reading.documents
            for measure in document.measures
            for statement in measure.statements
            for mention in statement.mentions
            if piece.start <= mention.start < piece.end
        ]

    def _show_units(self, piece: NoticePiece) -> None:
        named = self._mentions(piece)
        told = [one.name + (f"（{ROLE_NAMES[one.role]}）" if one.role else "") for one in named]
        more = "等" if len(told) > SHOWN else ""
        self.units.setText(f"责任单位 {len(named)} 家：{'、'.join(told[:SHOWN])}{more}" if told else "")
        self.units.setToolTip(plain.tip("、".join(told) if more else ""))
        for part in (self.units, self.roles_button):
            part.setVisible(bool(named))

    def _fill_roles(self) -> None:
        """Offer the roles: for all units of the piece, and for each."""
        self._roles.clear()
        named = self._mentions(self._text.piece)
        if len(named) > 1:
            self._roles.addAction("第一个牵头，其余配合", partial(self._first_leads, named))
        first, last = (named[0].start, named[-1].end) if named else (0, 0)
        self._roles.addAction("不分牵头配合", partial(self._give_role, first, last, None))
        self._roles.addSeparator()
        for mention in named:
            menu = self._roles.addMenu(plain.caption(mention.name))
            for role, words in (*ROLE_NAMES.items(), (None, "未写明")):
                action = menu.addAction(words, partial(self._give_role, mention.start, mention.end, role))
                action.setCheckable(True)
                action.setChecked(role is mention.role)

    def _first_leads(self, named: Sequence[Mention]) -> None:
        self._give_role(named[0].start, named[0].end, Role.LEAD)
        self._give_role(named[1].start, named[-1].end, Role.SUPPORT)

    def _give_role(self, start: int, end: int, role: Role | None) -> None:
        self._done(self._sitting.do("role", start=start, end=end, role=role.value if role else None))

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
        self.units = widgets.label("", "muted", "small")
        self.units.setWordWrap(True)
        self.roles_button = widgets.button("牵头和配合 ▾", "tag", tip="改这一段里各单位是牵头还是配合")
        self._roles = QMenu(self.roles_button)
        self.roles_button.setMenu(self._roles)
        self._flows[1].addWidget(self.roles_button)
        for part in (self.about, labels, actions, self.units, self.why):
            self._box.addWidget(part)

    def _fill_others(self, menu: QMenu) -> None:
        for label in colours.SHOWN_AFTER:
            menu.addAction(LABEL_NAMES[label], partial(self.relabel, label))

    def _connect(self) -> None:
        self._text.moved.connect(self.show_piece)
        self._roles.aboutToShow.connect(self._fill_roles)
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
