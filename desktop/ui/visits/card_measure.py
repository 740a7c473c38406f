"""One measure on the match card: title, units, why and why not in its own words, what is to be asked."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop.catalogue import typeset
from desktop.ui import origin
from desktop.ui.kit import plain, widgets
from desktop.ui.visits.card_question import CardQuestion
from desktop.verdicts import words
from desktop.verdicts.judging import ClauseVerdict, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

    from desktop.catalogue.model import Measure
    from desktop.catalogue.rules import RuleQuote
    from desktop.ui.desk import Desk
    from desktop.ui.kit.look import Tokens

ELLIPSIS = "……"
MOST_UNITS = 1


def quoted(
    measure: Measure, quotes: Sequence[RuleQuote], marked: Sequence[tuple[int, int]], look: Tokens
) -> str:
    """Return the words of a clause as rich text, typeset, with the spans ``marked`` of the measure's text."""
    shown = typeset.typeset(measure.text)
    parts = []
    for quote in quotes:
        end = quote.start + len(quote.words)
        cuts = sorted(
            {quote.start, end, *(place for span in marked for place in span if quote.start < place < end)}
        )
        for first, last in itertools.pairwise(cuts):
            inside = any(a <= first and last <= b for a, b in marked)
            words_ = escape(shown[first:last])
            parts.append(f'<span style="{_marked(look)}">{words_}</span>' if inside else words_)
        parts.append(ELLIPSIS)
    return "".join(parts[:-1])


def _marked(look: Tokens) -> str:
    return f"background-color:{look.mark};color:{look.mark_text}"


class MeasureCard(QFrame):
    """Signals:

    opened(str): the measure is to be read in 查阅
    answered(str, object): a question was answered
    form_asked(): a question is answered in the form of the enterprise
    """

    opened = Signal(str)
    answered = Signal(str, object)
    form_asked = Signal()

    def __init__(self, desk: Desk, verdict: Verdict, asked: set[str]) -> None:
        super().__init__()
        self._desk, self._verdict = desk, verdict
        self.measure = desk.catalogue.measure(verdict.measure_key)
        self.questions: list[CardQuestion] = []
        self.setProperty("card", True)
        if verdict.finding is Finding.MAYBE:
            self.setProperty("asking", True)
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(5), margins=(px(12), px(9), px(12), px(10)))
        self.setLayout(box)
        box.addLayout(self._head())
        for clause in verdict.clauses:
            if line := self._line(clause):
                box.addWidget(line)
        if decided := "、".join(dict.fromkeys(quote.words for quote in verdict.unit_decides)):
            box.addWidget(
                self._reason("！", desk.look.tokens.muted, escape(f"{words.UNIT_DECIDES}：{decided}"))
            )
        for fact in verdict.missing:
            if fact.key not in asked:
                asked.add(fact.key)
                box.addWidget(self._question(fact.key))

    def _head(self) -> QHBoxLayout:
        """Return title at the left, units at the right."""
        made = QHBoxLayout()
        number = f"{self.measure.label.rstrip('.．、')}. " if self.measure.label else ""
        title = widgets.ElidedLabel("strong")
        title.setText(f"{number}{self.measure.title or self.measure.cited}")
        title.setCursor(Qt.CursorShape.PointingHandCursor)
        made.addWidget(title, 1)
        named = self._desk.catalogue.units_of(self.measure.key)
        told = named[0].name + (f" 等 {len(named)} 家" if len(named) > MOST_UNITS else "") if named else ""
        if origin.several(self._desk.catalogue):
            document = self._desk.catalogue.document_of(self.measure)
            told = " · ".join(filter(None, (told, origin.named(self._desk.catalogue, document))))
        units = widgets.label(told, "muted", "small")
        units.setToolTip(plain.tip("、".join(unit.name for unit in named)))
        made.addWidget(units)
        return made

    def _line(self, clause: ClauseVerdict) -> QLabel | None:
        """Return what is found of one clause, None for work of government bodies."""
        look = self._desk.look.tokens
        match clause.finding:
            case Finding.APPLIES:
                mark, colour, told = "✓", look.green, clause.reasons_for
            case Finding.NO:
                mark, colour, told = "✗", look.red, clause.reasons_against
            case Finding.MAYBE:
                mark, colour, told = "？", look.near, ()
            case _:
                return None
        why = "，".join(dict.fromkeys(reason.words for reason in told))
        spans = [(reason.start, reason.start + len(reason.quote)) for reason in told]
        if clause.finding is Finding.MAYBE:
            why = "还不知道：" + "、".join(dict.fromkeys(one.name for one in clause.missing))
            spans = [(one.start, one.start + len(one.quote)) for one in clause.missing]
        elif clause.finding is Finding.NO:
            why += "，这一款不适用"
        return self._reason(
            mark, colour, f"{escape(why)}：{quoted(self.measure, clause.clause.quotes, spans, look)}"
        )

    def _reason(self, mark: str, colour: str, rich: str) -> QLabel:
        made = widgets.label(
            '<table cellspacing="0" cellpadding="0"><tr>'
            f'<td style="color:{colour};padding-right:8px"><b>{mark}</b></td><td>{rich}</td></tr></table>'
        )
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _question(self, fact: str) -> CardQuestion:
        made = CardQuestion(self._desk, fact)
        made.answered.connect(self.answered)
        made.form_asked.connect(self.form_asked)
        self.questions.append(made)
        return made

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.measure.key)
        super().mouseReleaseEvent(event)
