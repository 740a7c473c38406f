"""基本情况 at the right of 走访: what is known of the enterprise, what is missing, which demands are open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.catalogue import facts
from desktop.ui.demands import told
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.workspace.enterprises import judged
from desktop.workspace.items.model import Light

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.desk import Desk
    from desktop.ui.visits.firm_card import FirmCard
    from desktop.workspace.demands.demands import DemandStanding

STANDING = ("资质", "登记", "行业和方向")
"""Groups of facts that say what an enterprise is; the others say how it fares and what it means to do."""
PRESSING = "眼下情况"
MOST_QUESTIONS = 6
SHORT = 15  # characters of a demand
LATE = (Light.RED, Light.YELLOW)


class FactsColumn(QScrollArea):
    """Signals:

    edit_asked(): the form of the enterprise is wanted
    demand_chosen(str): a demand is to be shown
    question_chosen(str): a fact is to be asked for
    together_asked(object): all of a ``GroupQuestion`` is to be asked for
    """

    edit_asked = Signal()
    demand_chosen = Signal(str)
    question_chosen = Signal(str)
    together_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: FirmCard | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.look.changed.connect(self._make)

    def show_card(self, card: FirmCard) -> None:
        """Show what is known of an enterprise."""
        self._card = card
        self._make()

    def _make(self) -> None:
        if self._card is None:
            return
        card, px = self._card, self._desk.look.tokens.px
        inside = widgets.frame("surface")
        box = QVBoxLayout(inside)
        box.setContentsMargins(px(16), px(14), px(16), px(14))
        box.setSpacing(px(3))
        head = QHBoxLayout()
        head.addWidget(widgets.label("基本情况", "strong"))
        head.addStretch(1)
        self.edit_button = widgets.button("编辑", "small", does=self.edit_asked.emit)
        self.edit_button.setEnabled(not self._desk.read_only)
        head.addWidget(self.edit_button)
        box.addLayout(head)
        size = card.found.size
        word = judged.size_words(size)
        self._part(box, "规模", word, size.reason.removeprefix(word).lstrip("，："))
        industry = card.firm.known_industry
        self._part(box, "行业", industry.words if industry else card.firm.industry or "未填写")
        self._part(box, "所在", " · ".join(filter(None, (card.firm.town, card.firm.address))) or "未填写")
        contacts = [f"{one.name}（{one.post}）" if one.post else one.name for one in card.firm.contacts]
        self._part(box, "联系人", "、".join(contacts) or "未填写")
        self._chips(box, "资质和方向", standing=True)
        self._chips(box, "眼下情况和打算", standing=False)
        self._questions(box)
        self._demands(box)
        if card.firm.notes:
            self._part(box, "备注", card.firm.notes)
        box.addStretch(1)
        if (before := self.takeWidget()) is not None:
            before.deleteLater()  # it may be what is just pressed
        self.setWidget(inside)

    def _part(self, box: QVBoxLayout, title: str, text: str, small: str = "") -> None:
        box.addSpacing(self._desk.look.tokens.px(7))
        box.addWidget(widgets.label(title, "section"))
        for words, looks in ((text, ()), (small, ("muted", "small"))):
            if words:
                made = widgets.label(words, *looks, selectable=True)
                made.setWordWrap(True)
                box.addWidget(made)

    def _chips(self, box: QVBoxLayout, title: str, *, standing: bool) -> None:
        assert self._card is not None
        held = self._card.firm.facts
        named = [one for one in facts.vocabulary().values() if (one.group in STANDING) is standing]
        yes = any(held.get(one.key) is True for one in named)
        no = [one.name for one in named if held.get(one.key) is False]
        if not yes and not no:
            self._part(box, title, "还不知道")
            return
        self._part(box, title, "")
        row = QWidget()
        flow = FlowLayout(row, self._desk.look.tokens.px(5))
        for one in named:
            if held.get(one.key) is True:
                looks = ("chip", "warn") if one.group == PRESSING else ("chip",)
                flow.addWidget(widgets.label(one.name, *looks))
        box.addWidget(row)
        if no:
            made = widgets.label(f"否：{'、'.join(no)}", "muted", "small")
            made.setWordWrap(True)
            box.addWidget(made)

    def _questions(self, box: QVBoxLayout) -> None:
        assert self._card is not None
        asked = self._card.found.ask_next
        if not asked:
            return
        self._part(box, "还缺的信息（按能定下的条数排）", "")
        groups = [each for each in self._card.found.ask_groups if len(each.keys) > 1]
        if groups and not self._desk.read_only:
            box.addWidget(widgets.label("一次问完", "muted", "small"))
            for group in groups:
                ask = partial(self.together_asked.emit, group)
                name = f"{group.name}（{len(group.keys)} 项）"
                self._question(box, name, group.question, group.settles, ask)
            box.addWidget(widgets.label("逐项", "muted", "small"))
        for one in asked[:MOST_QUESTIONS]:
            ask = partial(self.question_chosen.emit, one.key)
            self._question(box, one.name, one.question, one.settles, ask)

    def _question(
        self, box: QVBoxLayout, name: str, question: str, settles: int, ask: Callable[[], object]
    ) -> None:
        row = QHBoxLayout()
        row.addWidget(widgets.button(plain.caption(name), "quiet", "flush", tip=question, does=ask))
        told = f"定 {settles} 条" if settles else "需与其他信息一并确认"
        row.addWidget(widgets.label(told, "muted", "small"))
        row.addStretch(1)
        box.addLayout(row)

    def _demands(self, box: QVBoxLayout) -> None:
        assert self._card is not None
        if not self._card.open_demands:
            return
        self._part(box, "未办结诉求", "")
        for one in self._card.open_demands:
            self._demand(box, one)

    def _demand(self, box: QVBoxLayout, one: DemandStanding) -> None:
        """Show a demand: its words, and below how it stands, by when, and who handles it."""
        look, catalogue = self._desk.look.tokens, self._desk.catalogue
        row = QHBoxLayout()
        row.setSpacing(look.px(5))
        dot = widgets.label("●")
        dot.setStyleSheet(f"color: {look.light(one.light)}")
        row.addWidget(dot)
        short = one.demand.text.splitlines()[0]
        words = short if len(short) <= SHORT else f"{short[:SHORT]}……"
        button = widgets.button(plain.caption(words), "quiet", "flush", tip=one.demand.text)
        button.clicked.connect(lambda _on=False, key=one.demand.key: self.demand_chosen.emit(key))
        row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        state = told.state(one, self._desk.today())
        limit = "" if one.light in LATE else told.limit(one.next_limit)
        unit = told.unit(catalogue, one.demand.lead)
        below = widgets.label(" · ".join(filter(None, (state, limit, unit))), "muted", "small")
        below.setWordWrap(True)
        below.setContentsMargins(look.px(17), 0, 0, look.px(3))
        if one.light in LATE:
            below.setStyleSheet(f"color: {look.told(one.light)}")
        box.addWidget(below)
