"""The page 走访: enterprises, the card, visits and demands of the chosen one, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QWidget

from desktop.errors import KnownError
from desktop.ui.demands.tab import DemandsTab
from desktop.ui.kit import widgets
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.fold_strip import FoldStrip
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.visits import firm_card
from desktop.ui.visits.card_view import CardView
from desktop.ui.visits.facts_column import FactsColumn
from desktop.ui.visits.firm_card import FirmCard
from desktop.ui.visits.firm_head import FirmHead
from desktop.ui.visits.firm_list import FirmPane
from desktop.ui.visits.known_tab import KnownTab
from desktop.ui.visits.record import RecordScreen
from desktop.ui.visits.visits_tab import VisitsTab
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from desktop.ui.desk import Desk

LIST, FACTS = 262, 286  # pixels at zoom 1
ROOMY, NARROW = 1120, 760  # pixels at zoom 1 below which the facts, and the list too, are folded
CARD, VISITS, DEMANDS, KNOWN = range(4)
TABS = ("政策匹配", "走访记录", "诉求", "基本情况")
NOBODY = "新增一家企业，或从 Excel 名单导入，就能看到哪些措施适合它、还缺什么信息。"


class VisitsPage(QWidget):
    """Shows one enterprise at a time, and the record of a visit in place of it while one is written.

    Attributes:
        record: the record of a visit, made at first need

    Signals:
        measure_chosen(str): a measure is to be read in 查阅
        firm_form_asked(str): the form of an enterprise is wanted, "" for a new one
        import_asked(), rules_asked(): a list is to be read, the rules are to be read
        together_asked(object): all of a ``GroupQuestion`` is to be asked for
        plan_asked(str): a visit to an enterprise is to be planned
        leaflet_asked(str): 明白纸 of an enterprise
        record_print_asked(str): the page to sign of a visit
        told(str): what was just done, for the status line
    """

    measure_chosen = Signal(str)
    firm_form_asked = Signal(str)
    import_asked = Signal()
    rules_asked = Signal()
    together_asked = Signal(object)
    plan_asked = Signal(str)
    leaflet_asked = Signal(str)
    record_print_asked = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.card: FirmCard | None = None
        self.record: RecordScreen | None = None
        self._stale = True
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        self.firms = FirmPane(self._desk)
        self.firms.setProperty("edge", "right")
        self.head = FirmHead(self._desk)
        self.message = MessageLine(self._desk.look)
        self.card_view = CardView(self._desk)
        self.visits = VisitsTab(self._desk)
        self.demands = DemandsTab(self._desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.known = KnownTab(self._desk)
        parts = (self.card_view, self.visits, self.demands, self.known)
        for part, name in zip(parts, TABS, strict=True):
            self.tabs.addTab(part, name)
        middle = widgets.frame("surface")
        self._middle = widgets.column()
        middle.setLayout(self._middle)
        self._middle.addWidget(self.head)
        self._middle.addWidget(self.message)
        self._middle.addWidget(self.tabs, 1)
        self.facts = FactsColumn(self._desk)
        side = widgets.frame("surface", edge="left")
        box = widgets.column()
        box.addWidget(self.facts)
        side.setLayout(box)
        self._side = side
        self.strip = FoldStrip(self._desk.look, "基本情况", side, at_right=True)
        shown = QWidget()
        across = QHBoxLayout(shown)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(middle, 1)
        across.addWidget(side)
        across.addWidget(self.strip)
        self.empty = EmptyCard(self._desk.look)
        self.empty.say("还没有企业", NOBODY, drawing="visits", action="新增企业")
        self._right = QStackedWidget()
        self._right.addWidget(shown)
        self._right.addWidget(self.empty)
        self._firm = QWidget()
        whole = QHBoxLayout(self._firm)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.list_strip = FoldStrip(self._desk.look, "企业", self.firms)
        whole.addWidget(self.firms)
        whole.addWidget(self.list_strip)
        whole.addWidget(self._right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._firm)
        outer = widgets.column()
        outer.addWidget(self._stack)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.firms.chosen.connect(self._show)
        self.firms.view.activated.connect(lambda _index: self.card_view.focus_first())
        self.firms.new_asked.connect(lambda: self.firm_form_asked.emit(""))
        self.firms.import_asked.connect(self.import_asked)
        self.empty.asked.connect(lambda: self.firm_form_asked.emit(""))
        self.card_view.opened.connect(self.measure_chosen)
        self.card_view.answered.connect(self.answer)
        self.card_view.form_asked.connect(self._ask_form)
        self.card_view.rules_asked.connect(self.rules_asked)
        self.card_view.left.connect(self.focus_list)
        self.known.answered.connect(self.answer)
        self.known.form_asked.connect(self._ask_form)
        self.tabs.currentChanged.connect(lambda _tab: self._fold())
        self.facts.edit_asked.connect(self._ask_form)
        self.facts.demand_chosen.connect(self.show_demand)
        self.facts.question_chosen.connect(self.ask)
        self.facts.together_asked.connect(self.together_asked)
        self.head.leaflet_asked.connect(lambda: self.leaflet_asked.emit(self.firm_key))
        self.head.plan_asked.connect(lambda: self.plan_asked.emit(self.firm_key))
        self.head.visit_asked.connect(self.begin_visit)
        self.visits.visit_chosen.connect(self.open_visit)
        self.visits.counted.connect(lambda count: self._count(VISITS, count))
        self.demands.counted.connect(lambda count: self._count(DEMANDS, count))
        self.demands.told.connect(self.told)
        for noun in (self._desk.firms, self._desk.visits, self._desk.demands):
            noun.changed.connect(lambda _key: self.refresh())
        self._desk.replaced.connect(self.refresh)
        self._desk.catalogue_changed.connect(self.refresh)
        self._desk.look.changed.connect(self._take_look)

    # ---- what is shown

    @property
    def firm_key(self) -> str:
        """Return the key of the enterprise that is shown, "" for none."""
        return self.firms.firm_key

    def show_firm(self, key: str) -> None:
        """Show an enterprise."""
        self.leave_record()
        self.firms.select(key)
        self._show(key)

    def show_demand(self, key: str) -> None:
        """Show a demand of the enterprise that is shown."""
        self.tabs.setCurrentIndex(DEMANDS)
        self.demands.show_demand(key)

    def refresh(self) -> None:
        """Take everything from the workspace again; while nobody sees it, later."""
        self._stale = not self._firm.isVisible()  # nor while a record is written over it
        if self._stale:
            return
        self.firms.refresh()
        for part in (self.visits, self.demands):
            if not part.isVisible():  # else it follows by itself
                part.refresh()
        self._show(self.firm_key)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        if self._stack.currentWidget() is self._firm:
            self.firms.focus_list()
        elif self.record is not None:
            self.record.focus_list()

    def flush(self) -> None:
        """Save what was just typed in a record."""
        if self.record is not None:
            self.record.flush()

    def _show(self, key: str) -> None:
        self._right.setCurrentIndex(0 if key else 1)
        if not key:
            self.card = None
            return
        try:
            card = firm_card.of(self._desk, key)
        except KnownError as error:
            self.message.tell(error.message)
            return
        if self.card is None or self.card.firm.key != card.firm.key:
            self.visits.show_enterprise(card.firm.key)
            self.demands.show_enterprise(card.firm.key)
            self.message.hide()
        self.card = card
        self.head.show_card(card)
        self.card_view.show_card(card)
        self.facts.show_card(card)
        self.known.show_card(card)

    def _count(self, tab: int, count: int) -> None:
        self.tabs.setTabText(tab, f"{TABS[tab]} {count}" if count else TABS[tab])

    # ---- what is done

    def ask(self, fact: str) -> None:
        """Bring up where a fact is answered: on the card, or in the form where no card asks for it."""
        self.tabs.setCurrentIndex(CARD)
        if not self.card_view.ask(fact):
            self._ask_form()

    def answer(self, fact: str, value: Any) -> None:
        """Fill in what was answered on the card; it can be taken back."""
        field = firm_card.answer_field(fact, self._desk.today())
        key, firms = self.firm_key, self._desk.firms
        if firms.edit(key, {field: value}) and (batch := firms.last) is not None:
            from desktop.catalogue import facts

            self.message.tell(f"已记下：{facts.asked(fact).name}。", 撤销=lambda: firms.undo(batch))

    def begin_visit(self) -> None:
        """Begin the record of a visit of today."""
        who = [self._desk.user_name] if self._desk.user_name else []
        key = self._desk.visits.begin(self.firm_key, self._desk.today(), visitors=who)
        if key is not None:
            self.open_visit(key)

    def open_visit(self, key: str) -> None:
        """Show the record of a visit in place of the enterprise."""
        if self.record is None:
            self.record = RecordScreen(self._desk)
            self.record.closed.connect(self.leave_record)
            self.record.told.connect(self.told)
            self.record.print_asked.connect(self.record_print_asked)
            self._stack.addWidget(self.record)
        if self.record.show_visit(key):
            self._stack.setCurrentWidget(self.record)

    def show_visited(self) -> str:
        """Show the enterprise that was visited last; returns that visit, "" where there is none."""
        last = next(iter(visits.every(self._desk.workspace.db)), None)
        if last is None:
            return ""
        self.show_firm(enterprises.resolve(self._desk.workspace.db, last.enterprise))
        return last.key

    def leave_record(self) -> None:
        """Go back to the enterprise."""
        self._stack.setCurrentWidget(self._firm)
        self.refresh()

    def undo(self) -> bool:
        """Take the last change of an enterprise back; tells whether there was one."""
        batch, self._desk.firms.last = self._desk.firms.last, None
        return batch is not None and self._desk.firms.undo(batch)

    def _ask_form(self) -> None:
        self.firm_form_asked.emit(self.firm_key)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self.firms.setFixedWidth(px(LIST))
        self._side.setFixedWidth(px(FACTS))
        self._middle.setContentsMargins(px(18), px(12), px(8), 0)
        self._middle.setSpacing(px(8))
        self._fold()

    def _fold(self) -> None:
        px = self._desk.look.tokens.px
        beside = self.tabs.currentIndex() != KNOWN  # there all of it stands in the middle
        self.strip.set_needed(self.width() < px(ROOMY) or not beside)
        self.list_strip.set_needed(self.width() < px(NARROW))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
