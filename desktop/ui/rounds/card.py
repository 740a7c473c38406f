"""The round behind its tile: who is in which group, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QScrollArea, QStackedWidget, QWidget

from desktop.ui import verbs
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.rounds.figures import Group, RoundFigures, day
from desktop.ui.rounds.unit_list import ROW, StandList

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.returns.rounds import Round


ORDER = (Group.DUE, Group.RETURNED, Group.MISSING, Group.REPEATED, Group.TORN)


class RoundCard(QWidget):
    """What stands behind the tile.

    Signals:
        unit_chosen(object): a :class:`UnitStand` whose checklist is asked for
        round_chosen(str): the key of another round to be shown
        new_asked(), import_asked()
        again_asked(object, tuple): the :class:`Round` and the units whose workbooks are to be written again
        copy_asked(object), reminder_asked(object): the 催报 text, or workbook, of a :class:`Round`
    """

    unit_chosen = Signal(object)
    round_chosen = Signal(str)
    new_asked = Signal()
    import_asked = Signal()
    again_asked = Signal(object, tuple)
    copy_asked = Signal(object)
    reminder_asked = Signal(object)

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
        if found is None:
            return
        if other:
            self._group = next((group for group in Group if found.of(group)), Group.DUE)
        asked = found.asked
        self._about.setText(f"{day(asked.sent_on)}起 · {day(asked.reply_by)}前回 · {found.days}")
        widgets.set_look(self._about, "warn", found.stands.late)
        for group, chip in self._chips.items():
            chip.setText(f"{group} {len(found.of(group))}")
        self._show_group(self._group)
        missing = bool(found.stands.missing)
        self.remind_button.setEnabled(missing)
        self.again_button.setEnabled(not self._desk.read_only)
        self.import_button.setEnabled(not self._desk.read_only)

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
        self._whole.setWidgetResizable(True)
        self._whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole.setWidget(canvas)
        self._about = ElidedLabel("muted", "small")
        top, chips_row, foot_row = self._rows = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        top.addWidget(self._about, 1)
        self.rounds_button = widgets.button("轮次 ▾", "quiet", tip="看其他轮次，新建轮次")
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
        self.import_button = widgets.button(
            "导入回填", "primary", does=self.import_asked.emit, tip=verbs.IMPORT.hint
        )
        self.remind_button = widgets.button("催报 ▾", tip="提醒还没有反馈的单位")
        self.again_button = widgets.button("再次导出 ▾", tip="再导出本轮的工作簿")
        for button in (self.import_button, self.remind_button, self.again_button):
            buttons.addWidget(button)
        foot_row.addWidget(foot)
        self._inside.addLayout(foot_row)
        self._empty = EmptyCard(self._desk.look)
        self._empty.say(
            "还没有填报轮次",
            "新建一轮，给各单位各导出一个工作簿；收回后并入，谁回了、谁没回都列在这里。",
            drawing="unit",
            action="" if self._desk.read_only else "新建填报轮次",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._empty)
        box = widgets.column()
        box.addWidget(self._stack)
        self.setLayout(box)

    def _connect(self) -> None:
        self.units.chosen.connect(lambda index: self.unit_chosen.emit(index.data(VALUE)))
        self._empty.asked.connect(self.new_asked)
        self.rounds_button.clicked.connect(lambda: self._open(self.rounds_menu(), self.rounds_button))
        self.again_button.clicked.connect(lambda: self._open(self.again_menu(), self.again_button))
        self.remind_button.clicked.connect(lambda: self._open(self.remind_menu(), self.remind_button))
        self._desk.look.changed.connect(self._take_look)

    # ---- menus

    def rounds_menu(self) -> QMenu:
        """Return the menu of rounds."""
        menu = QMenu(self)
        for one in self._rounds:
            action = plain.line(menu, f"{one.name}（{day(one.reply_by)}前）")
            action.setCheckable(True)
            action.setChecked(self._found is not None and one.key == self._found.asked.key)
            action.triggered.connect(lambda _on, key=one.key: self.round_chosen.emit(key))
        menu.addSeparator()
        menu.addAction("新建填报轮次……", self.new_asked.emit).setEnabled(not self._desk.read_only)
        return menu

    def again_menu(self) -> QMenu:
        """Return the menu of what can be exported once more."""
        menu, found = QMenu(self), self._found
        assert found is not None
        choices = (
            ("还没有导出的", found.unsent),
            ("还没有反馈的", found.stands.missing),
            ("全部", found.stands.due),
        )
        for name, keys in choices:
            if keys:
                menu.addAction(
                    f"{name} {len(keys)} 家……", lambda keys=keys: self.again_asked.emit(found.asked, keys)
                )
        return menu

    def remind_menu(self) -> QMenu:
        """Return the menu of reminders."""
        menu, found = QMenu(self), self._found
        assert found is not None
        menu.addAction("复制催报文字", lambda: self.copy_asked.emit(found.asked))
        menu.addAction("导出催报表……", lambda: self.reminder_asked.emit(found.asked))
        return menu

    def _open(self, menu: QMenu, button: QPushButton) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

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
