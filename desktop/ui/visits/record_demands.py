"""The right column of a record: what the enterprise asked for, and the entry of one more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import verbs
from desktop.ui.demands import act_dialog, form
from desktop.ui.demands.demand_list import DemandList
from desktop.ui.demands.form import DemandForm
from desktop.ui.demands.panel import DemandDialog
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import TOUCH, ChoiceRow
from desktop.ui.visits.record_saving import PAUSE_MS, RecordSaving
from desktop.workspace.demands import chosen, demands
from desktop.workspace.demands.model import Demand, DemandSource
from desktop.workspace.demands.process import DemandState

if TYPE_CHECKING:
    from datetime import date

    from desktop.ui.desk import Desk
    from desktop.workspace.visits.model import Visit

LATER, AT_ONCE = "待交办", "当场答复"
ON_THE_SPOT = "现场解决"
FOOT = "定稿后只能“更正”，每次更正都留痕。人名、电话在交办单中遮盖；导出台账时可以选择是否遮盖。"


class RecordDemands(QWidget):
    """Shows the demands of a visit. A new one is registered when the first words of it are typed.

    Attributes:
        key: the demand in the entry, "" for one that is not registered yet

    Signals:
        held_changed(): something typed waits to be saved now, or does not any more
    """

    held_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Visit | None = None
        self._writable = False
        self.key = ""
        self._new: dict[str, Any] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.saving = RecordSaving(desk.demands.edit, self)
        self._build()
        self._connect()

    @property
    def held(self) -> bool:
        """Tell whether something that was typed is not on the disk yet."""
        return bool(self.saving.held) or bool(self._words())

    def show_visit(self, visit: Visit, *, fresh: bool, writable: bool) -> None:
        """Show the demands of a visit; a ``fresh`` one begins with an empty entry."""
        self._visit, self._writable = visit, writable
        if fresh:
            self.form.show_measures(visit.explained)
            self._begin_new()
        self._refresh()

    def flush(self) -> bool:
        """Save what was typed; tells whether nothing is left to save."""
        self._pause.stop()
        if self._words() and not self._register():
            return False
        return self.saving.flush()

    def add(self) -> None:
        """Save what stands in the entry, empty it and put the caret there."""
        if self._writable and self.flush():
            self._begin_new()
            self._refresh()
            self.focus_entry()

    def focus_entry(self) -> None:
        """Put the caret into the entry, or into the list where there is none."""
        (self.form.text if self._writable else self.list).setFocus()

    def open_demand(self, key: str) -> DemandDialog:
        """Open a demand with its steps."""
        dialog = DemandDialog(self._desk, key, self)
        dialog.open()
        return dialog

    # ---- inside

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        outer = widgets.column()
        self.setLayout(outer)
        inside = QWidget()
        outer.addWidget(widgets.scrolled(inside, "企业提出的诉求"))
        box = widgets.column(spacing=px(8))
        inside.setLayout(box)
        self.add_button = widgets.button(
            f"＋ 再记一条　{verbs.NEW_DEMAND.keys[0]}", does=self.add, tip=verbs.NEW_DEMAND.hint
        )
        self.list = DemandList(self._desk, "这次走访的诉求")
        self.entry = widgets.frame("entry")
        entry = widgets.column(spacing=px(6), margins=(px(12), px(10), px(12), px(10)))
        self.entry.setLayout(entry)
        self.form = DemandForm(self._desk)
        entry.addWidget(self.form)
        self.how = ChoiceRow(self._desk.look, "处理", (LATER, AT_ONCE))
        self.form.grid.addLayout(form.titled("处理", self.how), 2, 1)
        self.open_button = widgets.button("办理经过……", "quiet", does=lambda: self.open_demand(self.key))
        entry.addWidget(self.open_button)
        box.addWidget(self.list)
        box.addWidget(self.entry)
        self.none = widgets.label("没有提出诉求。", "muted")
        box.addWidget(self.none)
        foot = widgets.label(FOOT, "muted", "small")
        foot.setWordWrap(True)
        box.addWidget(foot)
        box.addStretch(1)

    def _connect(self) -> None:
        self.form.typed.connect(self._take)
        self.how.chosen.connect(self._handle)
        self.list.chosen.connect(lambda index: self._choose(self.list.key_of(index)))
        self.saving.changed.connect(self.held_changed)
        self._pause.timeout.connect(self._register)
        self._desk.demands.changed.connect(lambda _key: self._refresh())
        self._desk.look.changed.connect(self._take_look)
        self._take_look()

    def _begin_new(self) -> None:
        self.key, self._new = "", self.form.show_new(self._day())
        self.saving.begin("")

    def _take(self, name: str, value: object, now: bool) -> None:
        if self.key:
            self.saving.put(name, value, now=now)
            return
        self._new[name] = value
        if self._words():
            self._pause.start()
        self.held_changed.emit()

    def _register(self) -> bool:
        assert self._visit is not None
        fields = {name: value for name, value in self._new.items() if name != "text"}
        made = self._desk.demands.add(
            self._words(),
            self._day(),
            enterprise=self._visit.enterprise,
            visit=self._visit.key,
            source=str(DemandSource.VISIT),
            **fields,
        )
        if made is None:
            return False
        self.key, self._new = made, {}
        self.saving.begin(made)
        self._refresh()
        self.held_changed.emit()
        return True

    def _words(self) -> str:
        return str(self._new.get("text", "")).strip()

    def _day(self) -> date:
        today = self._desk.today()
        return min(self._visit.day or today, today) if self._visit else today

    def _choose(self, key: str) -> None:
        """Put a demand that is only registered into the entry; open any other."""
        one = demands.one(self._desk.workspace.db, key)
        if not (self._writable and _is_registered(one)):
            self.open_demand(key)
        elif self.flush():
            self.key, self._new = key, {}
            self.saving.begin(key)
            self.form.text.clearFocus()
            self._refresh()
            self.focus_entry()

    def _handle(self, word: str) -> None:
        """Ask what was answered on the spot; called off, it is to be assigned."""
        self.how.choose(LATER)
        if word != AT_ONCE or not self.flush() or not self.key:
            self.form.text.setFocus()
            return
        one = demands.one(self._desk.workspace.db, self.key)
        process = chosen.process_of(self._desk.workspace.db, one.process)
        act = process.acts.get(ON_THE_SPOT)
        if one.chain is None or act is None:
            return
        dialog = act_dialog.ActDialog(self._desk, one, one.chain, act, self)
        dialog.how.setCurrentText("当面")
        dialog.accepted.connect(self.add)
        dialog.open()

    def _refresh(self) -> None:
        if self._visit is None:
            return
        found = demands.of_visit(self._desk.workspace.db, self._visit.key)
        own = next((one for one in found if one.key == self.key), None) if self._writable else None
        others = [one for one in found if one is not own]
        self.list.show_demands(others)
        self.list.setVisible(bool(others))
        self.list.setFixedHeight(self.list.wanted_height())
        self.entry.setVisible(self._writable)
        self.none.setVisible(not found and not self._writable)
        self.add_button.setVisible(self._writable)
        self.open_button.setVisible(own is not None)
        if own is not None:
            self.form.show_demand(own, own.received or self._day(), held=self.saving.held)
        self.how.choose(LATER)

    def _take_look(self) -> None:
        self.add_button.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
        self.list.setFixedHeight(self.list.wanted_height())


def _is_registered(one: Demand) -> bool:
    return one.chain is not None and one.chain.state is DemandState.RECEIVED
