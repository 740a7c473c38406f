"""The measures of one finding below a line that folds them; what stays as it was is not made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import origin
from desktop.ui.kit import plain, widgets
from desktop.ui.visits.card_measure import MeasureCard
from desktop.verdicts import words
from desktop.verdicts.judging import Finding, Verdict

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

UNFOLDED = (Finding.APPLIES, Finding.MAYBE)


class CardGroup(QWidget):
    """Shows the measures of one finding, nothing where there are none.

    Attributes:
        cards: those that are made so far, from the first

    Signals:
        opened(str): a measure is to be read in 查阅
        answered(str, object), unsure(str), form_asked(): a question of one of its measures was answered
        grew(): it was unfolded, and more is to be made
    """

    opened = Signal(str)
    answered = Signal(str, object)
    unsure = Signal(str)
    form_asked = Signal()
    grew = Signal()

    def __init__(self, desk: Desk, finding: Finding) -> None:
        super().__init__()
        self._desk, self.finding = desk, finding
        self.cards: list[MeasureCard] = []
        self._verdicts: Sequence[Verdict] = ()
        self._asks: Mapping[str, tuple[str, ...]] = {}
        self.unfolded = finding in UNFOLDED
        self._build()
        self.hide()

    def _build(self) -> None:
        look = self._desk.look.tokens
        box = widgets.column(spacing=look.px(8))
        self.setLayout(box)
        head = QHBoxLayout()
        colour = {Finding.APPLIES: look.green, Finding.MAYBE: look.near}.get(self.finding, look.grey)
        dot = widgets.label("●")
        dot.setStyleSheet(f"color: {colour}")
        head.addWidget(dot)
        self._name = widgets.label("", "strong")
        if self.finding in UNFOLDED:
            self._name.setStyleSheet(f"color: {colour}")
        self._told = widgets.label("", "muted", "small")
        self.fold_button = widgets.button("", "quiet", does=lambda: self.unfold(not self.unfolded))
        for part in (self._name, self._told, self.fold_button):
            head.addWidget(part)
        head.addStretch(1)
        box.addLayout(head)
        self._inside = QWidget()
        self._box = widgets.column(spacing=look.px(8))
        self._inside.setLayout(self._box)
        box.addWidget(self._inside)

    @property
    def title(self) -> str:
        """Return what the group is called."""
        return "没有判定规则" if self.finding is Finding.UNRULED else words.finding(self.finding)

    @property
    def lacking(self) -> int:
        """Return how many cards are still to be made."""
        if not self.unfolded or self.finding is Finding.UNRULED:
            return 0
        return len(self._verdicts) - len(self.cards)

    def show_verdicts(
        self, verdicts: Sequence[Verdict], told: str, asks: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Show these measures; of the cards that are made, those that say the same stay.

        ``asks`` holds the questions that stand open on a measure's card, by its key.
        """
        same = self._verdicts == verdicts
        self._verdicts, self._asks = verdicts, asks
        self.setVisible(bool(verdicts))
        self._name.setText(f"{self.title} {len(verdicts)}")
        self._told.setText(told)
        self._told.setVisible(bool(told))
        if self.finding is Finding.UNRULED:
            if not same:
                widgets.clear(self._box)
        else:
            self._keep()
        self._fold()

    def clear(self) -> None:
        """Let go of all cards, and be folded as at first."""
        for card in self.cards:
            self._drop(card)
        self.cards = []
        self.unfolded = self.finding in UNFOLDED

    def _keep(self) -> None:
        """Take out the cards that say something else now, and put those that follow them in their place."""
        held = {card.measure.key: card for card in self.cards}
        made = len(self.cards)
        self.cards = []
        for at, verdict in enumerate(self._verdicts[:made] if made else ()):
            card = held.pop(verdict.measure_key, None)
            if card is None or not card.says(verdict, self._asked(verdict)):
                if card is not None:
                    self._drop(card)
                card = self._card(verdict)
                self._box.insertWidget(at, card)
                card.show()
            self.cards.append(card)
        for card in held.values():
            self._drop(card)

    def _drop(self, card: MeasureCard) -> None:
        self._box.removeWidget(card)
        card.hide()
        card.deleteLater()  # it may be what is just pressed

    def make(self, most: int) -> int:
        """Make at most so many of the cards that are lacking; return how many were made."""
        count = min(most, self.lacking)
        for verdict in self._verdicts[len(self.cards) : len(self.cards) + count]:
            card = self._card(verdict)
            self.cards.append(card)
            self._box.addWidget(card)
            card.show()  # now, and not when events are next seen to
        return count

    def _asked(self, verdict: Verdict) -> tuple[str, ...]:
        return self._asks.get(verdict.measure_key, ())

    def _card(self, verdict: Verdict) -> MeasureCard:
        made = MeasureCard(self._desk, verdict, self._asked(verdict))
        made.opened.connect(self.opened)
        made.answered.connect(self.answered)
        made.unsure.connect(self.unsure)
        made.form_asked.connect(self.form_asked)
        return made

    def unfold(self, on: bool = True) -> None:
        """Show the measures, or only how many there are."""
        self.unfolded = on
        self._fold()
        if self.lacking:
            self.grew.emit()

    def _fold(self) -> None:
        on = self.unfolded
        self._inside.setVisible(on)
        self.fold_button.setText("收起 ▴" if on else "展开 ▾")
        self.fold_button.setAccessibleName(f"{'收起' if on else '展开'}{self.title}")
        if on and self.finding is Finding.UNRULED and not self._box.count():
            self._name_papers()

    def _name_papers(self) -> None:
        """Name the papers for which nobody has written rules: there may be thousands of measures."""
        catalogue = self._desk.catalogue
        count: Counter[str] = Counter()
        first: dict[str, str] = {}
        for verdict in self._verdicts:
            document = catalogue.measure(verdict.measure_key).document_key
            count[document] += 1
            first.setdefault(document, verdict.measure_key)
        for key, number in count.items():
            name = origin.named(catalogue, catalogue.document_with(key))
            made = widgets.button(plain.caption(f"{name}　{number} 条，查阅原文"), "quiet")
            made.clicked.connect(lambda _on=False, measure=first[key]: self.opened.emit(measure))
            self._box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
