"""The match card: measures by what was found of them, each foldable group made when it is first seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.catalogue import facts
from desktop.ui import origin
from desktop.ui.kit import plain, widgets
from desktop.ui.visits.card_measure import MeasureCard
from desktop.verdicts import words
from desktop.verdicts.judging import Finding, Verdict

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.visits.firm_card import FirmCard

GROUPS = (Finding.APPLIES, Finding.MAYBE, Finding.NO, Finding.INTERNAL, Finding.UNRULED)
UNFOLDED = (Finding.APPLIES, Finding.MAYBE)
TOLD_FIRST = 3


class CardGroup(QWidget):
    """The measures of one finding below a line that folds them.

    Signals:
        opened(str): a measure is to be read in 查阅
        answered(str, object), form_asked(): a question of one of its measures was answered
    """

    opened = Signal(str)
    answered = Signal(str, object)
    form_asked = Signal()

    def __init__(
        self, desk: Desk, finding: Finding, verdicts: tuple[Verdict, ...], told: str, asked: set[str]
    ) -> None:
        super().__init__()
        self._desk, self.finding, self._verdicts, self._asked = desk, finding, verdicts, asked
        self.cards: list[MeasureCard] = []
        look = desk.look.tokens
        self._box = widgets.column(spacing=look.px(8))
        self.setLayout(self._box)
        head = QHBoxLayout()
        colours = {Finding.APPLIES: look.green, Finding.MAYBE: look.amber}
        dot = widgets.label("●")
        dot.setStyleSheet(f"color: {colours.get(finding, look.grey)}")
        head.addWidget(dot)
        head.addWidget(widgets.label(f"{_title(finding)} {len(verdicts)}", "section"))
        head.addWidget(widgets.label(told, "muted", "small"))
        self.fold_button = widgets.button("", "quiet", does=self._turn)
        head.addWidget(self.fold_button)
        head.addStretch(1)
        self._box.addLayout(head)
        self._inside = QWidget()
        self._inside.setLayout(widgets.column(spacing=look.px(8)))
        self._box.addWidget(self._inside)
        self._show(finding in UNFOLDED)

    def unfold(self) -> None:
        """Show the measures."""
        self._show(True)

    def _turn(self) -> None:
        self._show(self._inside.isHidden())

    def _show(self, on: bool) -> None:
        if on and not self.cards and self.finding is not Finding.UNRULED:
            self._make()
        if on and self.finding is Finding.UNRULED and self._inside.layout().count() == 0:  # type: ignore[union-attr]
            self._name_papers()
        self._inside.setVisible(on)
        self.fold_button.setText("收起 ▴" if on else "展开 ▾")
        self.fold_button.setAccessibleName(f"{'收起' if on else '展开'}{_title(self.finding)}")

    def _make(self) -> None:
        for verdict in self._verdicts:
            made = MeasureCard(self._desk, verdict, self._asked)
            made.opened.connect(self.opened)
            made.answered.connect(self.answered)
            made.form_asked.connect(self.form_asked)
            self.cards.append(made)
            self._inside.layout().addWidget(made)  # type: ignore[union-attr]

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
            self._inside.layout().addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)  # type: ignore[union-attr, call-arg]


class CardView(QScrollArea):
    """Shows the card of one enterprise.

    Signals:
        opened(str): a measure is to be read in 查阅
        answered(str, object): a fact and what it is
        form_asked(): the form of the enterprise is wanted
        rules_asked(): the rules are to be read
    """

    opened = Signal(str)
    answered = Signal(str, object)
    form_asked = Signal()
    rules_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: FirmCard | None = None
        self._firm = ""
        self.groups: dict[Finding, CardGroup] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("政策匹配")
        desk.look.changed.connect(self._make)

    def show_card(self, card: FirmCard) -> None:
        """Show a card; of the same enterprise it stays where it was scrolled to, and unfolded as it was."""
        same = card.firm.key == self._firm
        self._card, self._firm = card, card.firm.key
        place = self.verticalScrollBar().value() if same else 0
        unfolded = {finding for finding, group in self.groups.items() if group.cards} if same else set()
        self._make()
        for finding in unfolded:
            if finding in self.groups:
                self.groups[finding].unfold()
        self.verticalScrollBar().setValue(place)

    def _make(self) -> None:
        if self._card is None:
            return
        look, found = self._desk.look.tokens, self._card.found
        inside = QWidget()
        inside.setProperty("page", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, look.px(10), look.px(10), look.px(14))
        box.setSpacing(look.px(14))
        if words_ := _since(self._card):
            line = widgets.label(words_, "muted", "small")
            line.setWordWrap(True)
            box.addWidget(line)
        for clash in found.clashes:
            line = widgets.label(f"{clash}，这几项未用于判定，请核对。", "warn")
            line.setWordWrap(True)
            box.addWidget(line)
        self.groups = {}
        asked: set[str] = set()
        for finding in GROUPS:
            verdicts = found.found(finding)
            if verdicts:
                told = _told(self._card, finding)
                made = CardGroup(self._desk, finding, verdicts, told, asked)
                made.opened.connect(self.opened)
                made.answered.connect(self.answered)
                made.form_asked.connect(self.form_asked)
                self.groups[finding] = made
                box.addWidget(made)
        foot = QHBoxLayout()
        foot.addWidget(widgets.label(words.BASIS, "muted", "small"))
        foot.addWidget(widgets.button("判定规则……", "quiet", does=self.rules_asked.emit))
        foot.addStretch(1)
        box.addLayout(foot)
        box.addStretch(1)
        if (before := self.takeWidget()) is not None:
            before.deleteLater()  # it may be what is just pressed
        self.setWidget(inside)


def _title(finding: Finding) -> str:
    return "没有判定规则" if finding is Finding.UNRULED else words.finding(finding)


def _told(card: FirmCard, finding: Finding) -> str:
    """Return what is said beside the count of a group."""
    if finding is Finding.MAYBE and card.found.ask_next:
        asked = card.found.ask_next[:TOLD_FIRST]
        return f"再问 {len(asked)} 件事，可以定下其中 {sum(one.settles for one in asked)} 条"
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
