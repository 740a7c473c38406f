"""One measure on the match card, painted: title, units, why and why not; below, its questions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.catalogue import spans
from desktop.ui import origin
from desktop.ui.kit import marked_text, plain, widgets
from desktop.ui.visits import card_text
from desktop.ui.visits.card_question import CardQuestion
from desktop.verdicts import words
from desktop.verdicts.judging import Finding, Verdict

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from desktop.ui.desk import Desk

LEAST = 260  # pixels at zoom 1: narrower than this nothing is laid out
SIDE, TOP, MARK = 13, 10, 19  # pixels at zoom 1; MARK is the column of marks
LINE_GAP, GAP = 1, 5  # pixels at zoom 1 above a line, above a question
MOST_UNITS = 1
MOST_LINES = 99
TITLE, SMALL = 1.05, 0.9
RADIUS = 8


class MeasureCard(QWidget):
    """Shows one measure; the questions ``asks`` stand open on it, others that it depends on are folded.

    It is painted and placed by hand: cards come by the dozen, and each has to know its height for a width.

    Attributes:
        questions: those that are shown

    Signals:
        opened(str): the measure is to be read in 查阅
        answered(str, object): a question was answered
        unsure(str): nobody could answer a question
        form_asked(): a question is answered in the form of the enterprise
    """

    opened = Signal(str)
    answered = Signal(str, object)
    unsure = Signal(str)
    form_asked = Signal()

    def __init__(self, desk: Desk, verdict: Verdict, asks: tuple[str, ...]) -> None:
        super().__init__()
        self._desk, self._verdict, self._asks = desk, verdict, asks
        self.measure = desk.catalogue.measure(verdict.measure_key)
        self.lines = card_text.lines(self.measure, verdict)
        self.questions: list[CardQuestion] = []
        self._below: list[QWidget] = []
        self._heights: dict[int, int] = {}
        self._build()
        desk.look.changed.connect(self._take_look)

    def _build(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{words.finding(self._verdict.finding)}：{self._title}")
        self.setAccessibleDescription("\n".join(f"{line.mark}{line.text}" for line in self.lines))
        for fact in self._asks:
            self._ask(fact)
        self._others = [fact.key for fact in self._verdict.missing if fact.key not in self._asks]
        if self._others and not self._asks:
            words_ = f"回答 {len(self._others)} 项 ▾"
            self.more_button = widgets.button(words_, "quiet", "flush", does=self._ask_more)
            self._put(self.more_button)

    @cached_property
    def _title(self) -> str:
        number = f"{self.measure.label.rstrip('.．、')}. " if self.measure.label else ""
        return f"{number}{self.measure.title or self.measure.cited}"

    @cached_property
    def _units(self) -> str:
        named = self._desk.catalogue.units_of(self.measure.key)
        told = "、".join(unit.name for unit in named) if len(named) > MOST_UNITS else ""
        self.setToolTip(plain.tip(told))
        if not named:
            return ""
        return named[0].name + (f" 等 {len(named)} 家" if len(named) > MOST_UNITS else "")

    @cached_property
    def _paper(self) -> str:
        catalogue = self._desk.catalogue
        if not origin.several(catalogue):
            return ""
        return origin.named(catalogue, catalogue.document_of(self.measure))

    def says(self, verdict: Verdict, asks: tuple[str, ...]) -> bool:
        """Tell whether this card shows just that."""
        return (verdict, asks) == (self._verdict, self._asks)

    # ---- its questions

    def _ask(self, fact: str) -> None:
        made = CardQuestion(self._desk, fact)
        made.answered.connect(self.answered)
        made.unsure.connect(self.unsure)
        made.form_asked.connect(self.form_asked)
        self.questions.append(made)
        self._put(made)

    def _put(self, part: QWidget) -> None:
        part.setParent(self)
        part.setCursor(Qt.CursorShape.ArrowCursor)
        self._below.append(part)

    def _ask_more(self) -> None:
        """Show the questions that another card asks too."""
        self._below.remove(self.more_button)
        self.more_button.hide()
        for fact in self._others:
            self._ask(fact)
            self.questions[-1].show()
        self._take_look()
        self.questions[0].focus_first()

    def _take_look(self) -> None:
        """Take the height that text and questions need now."""
        self._heights.clear()
        self.updateGeometry()
        self._place()
        self.update()

    # ---- where what stands

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        width = max(width, self._desk.look.tokens.px(LEAST))
        if width not in self._heights:
            px, inner = self._desk.look.tokens.px, self._inner(width)
            below = [self._height_of(part, inner) + px(GAP) for part in self._below]
            self._heights[width] = self._told_height(inner) + sum(below) + 2 * px(TOP)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        wide = self._desk.look.tokens.px(LEAST)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._desk.look.tokens.px(LEAST), 0)

    def _inner(self, width: int) -> int:
        return width - 2 * self._desk.look.tokens.px(SIDE)

    def _height_of(self, part: QWidget, inner: int) -> int:
        return part.heightForWidth(inner) if part.hasHeightForWidth() else part.sizeHint().height()

    def _told_height(self, inner: int) -> int:
        """Return how high the head and the lines are."""
        look = self._desk.look.tokens
        font, room = look.font(), inner - look.px(MARK)
        tall = marked_text.line_height(look.font(TITLE, bold=True))
        if self._paper:
            tall += marked_text.line_height(look.font(SMALL))
        for line in self.lines:
            count = marked_text.line_count(line.text, font, room, MOST_LINES)
            tall += look.px(LINE_GAP) + count * marked_text.line_height(font)
        return tall

    def _place(self) -> None:
        px, inner = self._desk.look.tokens.px, self._inner(self.width())
        y = px(TOP) + self._told_height(inner)
        for part in self._below:
            y += px(GAP)
            tall = self._height_of(part, inner)
            wide = inner if part.hasHeightForWidth() else part.sizeHint().width()
            part.setGeometry(px(SIDE), y, wide, tall)
            y += tall

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ---- painted

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._desk.look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.accent if self.hasFocus() or self.underMouse() else look.border
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        asking = self._verdict.finding is Finding.MAYBE
        painter.setBrush(QColor(look.warn_soft if asking else look.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        side = look.px(SIDE)
        y = self._paint_head(painter, QRect(side, look.px(TOP), self._inner(self.width()), 0))
        for line in self.lines:
            y += look.px(LINE_GAP)
            y = self._paint_line(painter, line, QRect(side, y, self._inner(self.width()), 0))
        painter.end()

    def _paint_head(self, painter: QPainter, area: QRect) -> int:
        """Paint title and units side by side, and the paper below; return where that ends."""
        look = self._desk.look.tokens
        small, bold = look.font(SMALL), look.font(TITLE, bold=True)
        area.setHeight(marked_text.line_height(bold))
        wide = min(QFontMetrics(small).horizontalAdvance(self._units) + 2, area.width() // 2)
        align = Qt.AlignmentFlag.AlignVCenter
        _fit(painter, area.adjusted(area.width() - wide, 0, 0, 0), self._units, small, look.muted, align)
        _fit(painter, area.adjusted(0, 0, -wide - look.px(SIDE), 0), self._title, bold, look.text, align)
        if self._paper:
            area.translate(0, area.height())
            area.setHeight(marked_text.line_height(small))
            _fit(painter, area, self._paper, small, look.muted, align)
        return area.bottom() + 1

    def _paint_line(self, painter: QPainter, line: card_text.CardLine, area: QRect) -> int:
        look = self._desk.look.tokens
        colours = {card_text.YES: look.green, card_text.NO: look.red, card_text.OPEN: look.near}
        mark = QRect(area.left(), area.top(), look.px(MARK), marked_text.line_height(look.font()))
        align = Qt.AlignmentFlag.AlignTop
        colour = colours.get(line.mark, look.muted)
        _fit(painter, mark, line.mark, look.font(bold=True), colour, align)
        return marked_text.draw(
            painter,
            area.adjusted(look.px(MARK), 0, 0, 0),
            line.text,
            spans.utf16(line.text, line.spans),
            font=look.font(),
            colour=look.text,
            look=look,
            most_lines=MOST_LINES,
        )

    # ---- asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.measure.key)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.measure.key)
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)


def _fit(
    painter: QPainter, area: QRect, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag
) -> None:
    """Paint one line of text, its end left out where there is no room."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | align, fitting)
