"""The round behind its tile: who is in which group, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QScrollArea, QStackedWidget, QWidget

from desktop.ui import origin, verbs
from desktop.ui.kit import context_menu, plain, widgets
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.rounds.figures import Group, RoundFigures, day
from desktop.ui.rounds.send_menu import ABOUT, LONGEST, SEND, SendMenu
from desktop.ui.rounds.unit_list import ROW, StandList
from desktop.workspace.returns import round_documents
from desktop.workspace.returns.rounds import RoundState

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from desktop.ui.desk import Desk
    from desktop.ui.kit.choice_list import Index
    from desktop.ui.rounds.figures import UnitStand
    from desktop.workspace.returns.rounds import Round


NEWEST = 8  # rounds that stand in the menu itself
MOST_PAPERS = 6
ORDER = (Group.DUE, Group.RETURNED, Group.MISSING, Group.REPEATED, Group.TORN)


class RoundCard(QWidget):
    """What stands behind the tile.

    Signals:
        unit_chosen(object): a :class:`UnitStand` whose checklist is asked for
        round_chosen(str): the key of another round to be shown
        import_asked()
        decide_asked(str, str): what is open in the round of a key, of a unit or all for "", is to be decided
        copy_asked(object), reminder_asked(object): the 催报 text, or workbook, of a :class:`Round`
        name_asked(object), day_asked(object), close_asked(object), reopen_asked(object),
        withdraw_asked(object), record_asked(object): what is to be done with a :class:`Round`

    Attributes: ``sending`` is the menu of what can be sent, with the signals of what is asked for there.
    """

    unit_chosen = Signal(object)
    round_chosen = Signal(str)
    import_asked = Signal()
    decide_asked = Signal(str, str)
    copy_asked = Signal(object)
    reminder_asked = Signal(object)
    name_asked = Signal(object)
    day_asked = Signal(object)
    close_asked = Signal(object)
    reopen_asked = Signal(object)
    withdraw_asked = Signal(object)
    record_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: RoundFigures | None = None
        self._rounds: tuple[Round, ...] = ()
        self._group = Group.DUE
        self._build()
        self._connect()
        self._take_look()

    def show_round(self, found: RoundFigures | None, known: tuple[Round, ...]) -> None:
        """Show how a round stands; ``known`` are all there are."""
        other = found is None or self._found is None or found.asked.key != self._found.asked.key
        self._found, self._rounds = found, known
        self._stack.setCurrentWidget(self._whole if found else self._empty)
        self.sending.show_for(found.asked if found else None)
        if found is None:
            return
        if other:
            self._group = next((group for group in Group if found.of(group)), Group.DUE)
        self._about.setText(found.about)
        widgets.set_look(self._about, "warn", found.stands.late)
        for group, chip in self._chips.items():
            chip.setText(f"{group} {len(found.of(group))}")
        self._show_group(self._group)
        self.remind_button.setEnabled(found.asked.open and bool(found.stands.missing))
        self.send_button.setText(self.send_words)
        self.decide_button.setVisible(bool(found.stands.conflicting) and not self._desk.read_only)
        for button in (self.send_button, self.import_button):
            button.setEnabled(not self._desk.read_only)

    @property
    def send_words(self) -> str:
        """Return the words of a button that opens :attr:`sending`."""
        return f"{SEND} ▾" if self.sending.is_choice else SEND

    def _show_group(self, group: Group) -> None:
        self._group = group
        for each, chip in self._chips.items():
            chip.setChecked(each is group)
            widgets.set_look(chip, "active", each is group)
        if self._found is not None:
            units = self._found.of(group)
            self.units.stands.show(units)
            self._nobody.setText(_nobody(group))
            self._lists.setCurrentWidget(self.units if units else self._nobody)

    def _build(self) -> None:
        canvas, self._inside = QWidget(), widgets.column()
        canvas.setObjectName("canvas")
        canvas.setLayout(self._inside)
        self._whole = QScrollArea()  # at a large size the card is higher than its place
        self._whole.setAccessibleName("填报轮次")
        self._whole.setWidgetResizable(True)
        self._whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole.setWidget(canvas)
        self._about = ElidedLabel("muted", "small")
        top, chips_row, foot_row = self._rows = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        top.addWidget(self._about, 1)
        self.change_button = widgets.button("本轮 ▾", "quiet", tip="改名、改时限、结束、撤回，看本轮记录")
        self.rounds_button = widgets.button("轮次 ▾", "quiet", tip="看其他轮次，新建轮次")
        top.addWidget(self.change_button)
        top.addWidget(self.rounds_button)
        self._inside.addLayout(top)
        chips = QWidget()
        flow = FlowLayout(chips, 6)
        self._chips: dict[Group, QPushButton] = {}
        for group in ORDER:
            chip = widgets.button(group, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on, group=group: self._show_group(group))
            self._chips[group] = chip
            flow.addWidget(chip)
        chips_row.addWidget(chips)
        self._inside.addLayout(chips_row)
        self.units = StandList(self._desk.look)
        self._nobody = widgets.label("", "muted")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.units)
        self._lists.addWidget(self._nobody)
        self._inside.addWidget(self._lists, 1)
        foot = QWidget()
        buttons = FlowLayout(foot, 6)
        self.sending = SendMenu(self._desk, self)
        self.send_button = widgets.button(SEND, "primary", tip=ABOUT)
        self.import_button = widgets.button("导入回填", does=self.import_asked.emit, tip=verbs.IMPORT.hint)
        self.remind_button = widgets.button("催报 ▾", tip="提醒还没有反馈的单位")
        self.decide_button = widgets.button(
            verbs.DECIDE.words, does=self._decide, tip="决定本轮回填中待决定的各处，不用再找工作簿"
        )
        for button in (self.send_button, self.import_button, self.remind_button, self.decide_button):
            buttons.addWidget(button)
        foot_row.addWidget(foot)
        self._inside.addLayout(foot_row)
        self._empty = EmptyCard(self._desk.look)
        self._empty.say(
            "还没有填报轮次",
            "为各单位各写一个工作簿，发给他们填写；收回后并入，谁回了、谁没回都列在这里。",
            drawing="unit",
            action="" if self._desk.read_only else SEND,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)
        box = widgets.column()
        box.addWidget(self._stack)
        self.setLayout(box)

    def _connect(self) -> None:
        self.units.chosen.connect(lambda index: self.unit_chosen.emit(index.data(VALUE)))
        self.units.menu_asked.connect(self._open_unit_menu)
        self._empty.asked.connect(lambda: self.sending.new_asked.emit(()))
        self.send_button.clicked.connect(lambda: self.sending.open_at(self.send_button))
        self.change_button.clicked.connect(lambda: self._open(self.change_menu(), self.change_button))
        self.rounds_button.clicked.connect(lambda: self._open(self.rounds_menu(), self.rounds_button))
        self.remind_button.clicked.connect(lambda: self._open(self.remind_menu(), self.remind_button))
        self._desk.look.changed.connect(self._take_look)

    # ---- menus

    def rounds_menu(self) -> QMenu:
        """Return the menu of rounds, newest first; those of longer ago stand in a menu of their own."""
        menu = older = QMenu(self)
        for place, one in enumerate(self._rounds):
            if place == NEWEST:
                older = menu.addMenu(f"更早的 {len(self._rounds) - NEWEST} 轮")
            until = f"{day(one.reply_by, self._desk.today())}前" if one.open else one.state.words
            name = one.name if len(one.name) <= LONGEST else f"{one.name[:LONGEST]}……"
            action = plain.line(older, f"{name}（{until}）")
            action.setCheckable(True)
            action.setChecked(self._found is not None and one.key == self._found.asked.key)
            action.triggered.connect(lambda _on, key=one.key: self.round_chosen.emit(key))
        menu.addSeparator()
        new = menu.addAction("新建填报轮次……", lambda: self.sending.new_asked.emit(()))
        new.setEnabled(not self._desk.read_only)
        return menu

    def change_menu(self) -> QMenu:
        """Return the menu of what can be done with the round itself."""
        menu, found = QMenu(self), self._found
        assert found is not None
        asked, came = found.asked, len(found.stands.returned)
        for paper in self._papers(asked):
            plain.line(menu, paper).setEnabled(False)
        gone = asked.state is RoundState.WITHDRAWN
        end = ("结束本轮……", self.close_asked) if asked.open else ("恢复本轮……", self.reopen_asked)
        late = f"本轮{asked.state.words}，恢复以后可以改"
        taken = f"已收到 {came} 家的回填，不能撤回；不再收取时请结束本轮"
        for words, signal, allowed, why in (
            ("改名……", self.name_asked, True, ""),
            ("改反馈时限……", self.day_asked, asked.open, late),
            (*end, True, ""),
            ("撤回本轮……", self.withdraw_asked, not gone and not came, taken if came else ""),
        ):
            line = menu.addAction(words, lambda signal=signal: signal.emit(asked))
            line.setEnabled(allowed and not self._desk.read_only)
            line.setToolTip(plain.tip("" if allowed else why))
        menu.addSeparator()
        menu.addAction("本轮记录……", lambda: self.record_asked.emit(asked))
        return menu

    def _papers(self, asked: Round) -> list[str]:
        """Return what is said of the papers that a round asks about, where that has to be said."""
        catalogue = self._desk.catalogue
        if not origin.several(catalogue) and len(asked.documents) < 2:
            return []
        named = round_documents.names(catalogue, asked.documents)
        more = [f"等 {len(named)} 份"] if len(named) > MOST_PAPERS else []
        return ["本轮填报的发文：", *named[:MOST_PAPERS], *more]

    def unit_menu(self, unit: UnitStand) -> QMenu:
        """Return the menu of one unit: its list, and its workbook once more."""
        menu, found = QMenu(self), self._found
        assert found is not None
        menu.addAction("打开清单", lambda: self.unit_chosen.emit(unit))
        if Group.TORN in unit.groups:
            go_on = menu.addAction(f"{verbs.DECIDE.words}……", lambda: self._decide(unit.key))
            go_on.setEnabled(not self._desk.read_only)
        words = f"发给{unit.name}……" if unit.key in found.unsent else f"再发给{unit.name}……"
        again = plain.line(menu, words)
        again.triggered.connect(lambda: self.sending.again_asked.emit(found.asked, (unit.key,)))
        again.setEnabled(found.asked.open and not self._desk.read_only)
        if not found.asked.open:
            again.setToolTip(plain.tip(f"本轮{found.asked.state.words}，恢复以后可以再发"))
        return menu

    def remind_menu(self) -> QMenu:
        """Return the menu of reminders."""
        menu, found = QMenu(self), self._found
        assert found is not None
        menu.addAction("复制催报文字", lambda: self.copy_asked.emit(found.asked))
        menu.addAction("导出催报表……", lambda: self.reminder_asked.emit(found.asked))
        return menu

    def _decide(self, unit_key: str = "") -> None:
        if self._found is not None:
            self.decide_asked.emit(self._found.asked.key, unit_key)

    def _open_unit_menu(self, index: Index, place: QPoint) -> None:
        context_menu.open_at(self.unit_menu(index.data(VALUE)), place)

    def _open(self, menu: QMenu, button: QPushButton) -> None:
        context_menu.open_at(menu, button.mapToGlobal(button.rect().bottomLeft()))

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._inside.setContentsMargins(0, 0, 0, px(6))
        self._inside.setSpacing(px(6))
        self._lists.setMinimumHeight(2 * px(ROW))
        for row in self._rows:
            row.setContentsMargins(px(8), 0, px(8), 0)


def _nobody(group: Group) -> str:
    return {
        Group.MISSING: "各单位都已反馈。",
        Group.TORN: "没有还须决定的内容。",
        Group.REPEATED: "没有单位交来两份不同的工作簿。",
        Group.RETURNED: "还没有单位反馈。",
    }.get(group, "")
