"""The match card of an enterprise: measures by finding, made as far as one sees, then the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.catalogue import facts
from desktop.ui.kit import widgets
from desktop.ui.kit.fields import there
from desktop.ui.visits.card_group import CardGroup
from desktop.ui.visits.card_measure import MeasureCard
from desktop.verdicts import words
from desktop.verdicts.judging import Finding

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.ui.desk import Desk
    from desktop.ui.visits.firm_card import FirmCard

GROUPS = (Finding.APPLIES, Finding.MAYBE, Finding.NO, Finding.INTERNAL, Finding.UNRULED)
TOLD_FIRST = 3
LEAST = 66  # pixels at zoom 1 of the smallest card
SEEN_ABOVE = 24  # pixels at zoom 1 above and below what is brought into view
AT_ONCE = 3  # cards made in one turn, so that keys are heard between


class CardView(QScrollArea):
    """Shows the card of one enterprise.

    Attributes:
        groups: the measures by finding

    Signals:
        opened(str): a measure is to be read in 查阅
        answered(str, object): a fact and what it is
        form_asked(): the form of the enterprise is wanted
        rules_asked(): the rules are to be read
        left(): the keyboard is to go back to where it came from
    """

    opened = Signal(str)
    answered = Signal(str, object)
    form_asked = Signal()
    rules_asked = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: FirmCard | None = None
        self._unsure: set[str] = set()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("政策匹配")
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._make_some)
        self._build()
        desk.look.changed.connect(self._take_look)

    def _build(self) -> None:
        look = self._desk.look.tokens
        inside = QWidget()
        inside.setProperty("page", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, look.px(10), look.px(10), look.px(14))
        box.setSpacing(look.px(14))
        self._unknown = self._built_unknown()
        self._since, self._clashes = widgets.label("", "muted", "small"), widgets.label("", "warn")
        for part in (self._unknown, self._since, self._clashes):
            box.addWidget(part)
        for line in (self._since, self._clashes):
            line.setWordWrap(True)
        self.groups = {finding: CardGroup(self._desk, finding) for finding in GROUPS}
        for group in self.groups.values():
            group.opened.connect(self.opened)
            group.answered.connect(self.answered)
            group.unsure.connect(self._pass_over)
            group.form_asked.connect(self.form_asked)
            group.grew.connect(partial(self._unfolded, group))
            box.addWidget(group)
        foot = QHBoxLayout()
        foot.addWidget(widgets.label(words.BASIS, "muted", "small"))
        foot.addWidget(widgets.button("判定规则……", "quiet", does=self.rules_asked.emit))
        foot.addStretch(1)
        box.addLayout(foot)
        box.addStretch(1)
        if (before := self.takeWidget()) is not None:
            before.deleteLater()  # it may be what is just pressed
        self.setWidget(inside)

    def _built_unknown(self) -> QFrame:
        """Return what stands above the card of an enterprise of which nothing is known."""
        px = self._desk.look.tokens.px
        made = widgets.frame("card")
        row = QHBoxLayout(made)
        row.setContentsMargins(px(12), px(10), px(12), px(10))
        self._unknown_words = widgets.label()
        self._unknown_words.setTextFormat(Qt.TextFormat.PlainText)
        self._unknown_words.setWordWrap(True)
        row.addWidget(self._unknown_words, 1)
        self.fill_button = widgets.button("填写基本情况", "primary", does=self.form_asked.emit)
        self.fill_button.setEnabled(not self._desk.read_only)
        row.addWidget(self.fill_button)
        return made

    # ---- what is shown

    def show_card(self, card: FirmCard) -> None:
        """Show a card; of the same enterprise it stays where it was scrolled to, and unfolded as it was."""
        same = self._card is not None and card.firm.key == self._card.firm.key
        self._card = card
        if not same:
            self._unsure.clear()
            for group in self.groups.values():
                group.clear()
            self.verticalScrollBar().setValue(0)
        self._show()

    def finish(self) -> None:
        """Make at once what is still to be made."""
        while self.lacking:
            self._make_some()

    def ask(self, fact: str) -> bool:
        """Bring the question about a fact into view, the keyboard on it; tells whether a card asks it."""
        if self._card is None:
            return False
        self._unsure.discard(fact)
        self._show()
        self.groups[Finding.MAYBE].unfold()
        self.finish()
        asked = (one for card in self.groups[Finding.MAYBE].cards for one in card.questions)
        question = next((one for one in asked if one.fact == fact), None)
        if question is None:
            return False
        self.ensureWidgetVisible(question, 0, self._desk.look.tokens.px(SEEN_ABOVE))
        question.focus_first()
        return True

    @property
    def lacking(self) -> int:
        """Return how many cards are still to be made."""
        return sum(group.lacking for group in self.groups.values())

    def _show(self) -> None:
        assert self._card is not None
        card, found = self._card, self._card.found
        self._unknown.setVisible(_is_blank(card))
        if _is_blank(card):
            self._unknown_words.setText(_start(card))
        clashes = "；".join(found.clashes)
        told = ((self._since, _since(card)), (self._clashes, f"情况前后不一致：{clashes}。请核对。"))
        for line, words_ in told:
            line.setText(words_)
        self._since.setVisible(bool(self._since.text()))
        self._clashes.setVisible(bool(clashes))
        asks = self._asks()
        for finding, group in self.groups.items():
            group.show_verdicts(found.found(finding), _told(card, finding), asks)
        self._begin()

    def _asks(self) -> dict[str, tuple[str, ...]]:
        """Return which questions stand open on which card: each on the first that asks it."""
        assert self._card is not None
        asked, found = set(self._unsure), {}
        for verdict in self._card.found.verdicts:
            mine = tuple(fact.key for fact in verdict.missing if fact.key not in asked)
            asked.update(mine)
            if mine:
                found[verdict.measure_key] = mine
        return found

    def _unfolded(self, group: CardGroup) -> None:
        group.make(self._screenful())
        self._begin()

    def _begin(self) -> None:
        """Make as many cards as can be seen, and the others by and by."""
        made = sum(len(group.cards) for group in self.groups.values() if group.unfolded)
        self._make(max(self._screenful() - made, 0))
        if self.lacking:
            self._later.start()

    def _screenful(self) -> int:
        """Return how many cards there can be down to where one sees."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        return bottom // self._desk.look.tokens.px(LEAST) + 1

    def _make_some(self) -> None:
        self._make(AT_ONCE)
        if not self.lacking:
            self._later.stop()

    def _make(self, most: int) -> None:
        for finding in GROUPS:
            most -= self.groups[finding].make(most)
        self._fit()

    def _fit(self) -> None:
        """Let what is inside be as high as it needs now, not squeezed into what it needed before."""
        inside, wide = self.widget(), self.viewport().width()
        layout = there(inside.layout())
        layout.activate()
        inside.resize(wide, max(layout.heightForWidth(wide), self.viewport().height()))

    def _pass_over(self, fact: str) -> None:
        """Leave a question that nobody could answer to the fold of the cards, until another firm is shown."""
        self._unsure.add(fact)
        self._show()

    def _take_look(self) -> None:
        unfolded = {finding: group.unfolded for finding, group in self.groups.items()}
        self._build()
        for finding, on in unfolded.items():
            self.groups[finding].unfolded = on
        if self._card is not None:
            self._show()

    # ---- the keyboard

    def focus_first(self) -> None:
        """Give the keyboard to the first measure."""
        if cards := self._unfolded_cards():
            self._go_to(cards[0])

    def _unfolded_cards(self) -> list[MeasureCard]:
        return [card for group in self.groups.values() if group.unfolded for card in group.cards]

    def _go_to(self, card: MeasureCard) -> None:
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(card, 0, self._desk.look.tokens.px(SEEN_ABOVE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cards, at = self._unfolded_cards(), self.focusWidget()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step and isinstance(at, MeasureCard) and at in cards:
            self._go_to(cards[min(max(cards.index(at) + step, 0), len(cards) - 1)])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._card is not None and self.lacking:
            self._begin()


def _is_blank(card: FirmCard) -> bool:
    """Tell whether nothing is known of an enterprise that measures ask for."""
    firm = card.firm
    return not (firm.industry or firm.figures or firm.facts or firm.taxpayer)


def _start(card: FirmCard) -> str:
    """Return what to do first about an enterprise of which nothing is known."""
    first = "、".join(one.name for one in card.found.ask_next[:TOLD_FIRST])
    return "还不了解这家企业，多数措施判定不了。" + (f"可先填写：{first}。" if first else "")


def _told(card: FirmCard, finding: Finding) -> str:
    """Return what is said beside the count of a group."""
    if finding is Finding.MAYBE and card.found.ask_next:
        first = card.found.ask_next[0]
        return f"先问“{first.name}”，最多可定下 {first.settles} 条" if first.settles else ""
    if finding is Finding.UNRULED:
        return "依据原文自行判断"
    return ""


def _since(card: FirmCard) -> str:
    """Return in words what is otherwise than at the last visit; "" where nothing is."""
    since = card.since
    if not since or card.since_day is None:
        return ""
    parts = []
    if since.facts:
        parts.append("、".join(facts.asked(key).name for key in since.facts) + "有变化")
    if since.rules:
        parts.append("判定规则有更新")
    if since.data:
        parts.append("措施数据有更新")
    if since.verdicts:
        parts.append(f"{len(since.verdicts)} 条的判定与当时不同")
    return f"自{card.since_day.month}月{card.since_day.day}日走访以来：{'；'.join(parts)}。"
