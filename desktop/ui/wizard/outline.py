"""The outline of a notice being taken in: categories, measures and counts, and where the rest went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.reading.drafts import NoticeDraft
from desktop.reading.model import LABEL_NAMES, Label, NoticeQuestion, ReadDocument, ReadHeading, ReadMeasure
from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.look import Look, Tokens
from desktop.ui.kit.rows_model import VALUE, Index, RowsModel
from desktop.ui.kit.style_sheet import TARGET

_BESIDE = (
    Label.HEAD,
    Label.LETTER,
    Label.TITLE,
    Label.SIGNATURE,
    Label.PREAMBLE,
    Label.CLOSING,
    Label.NOTE,
    Label.ATTACHMENT,
    Label.NOISE,
)
_TOLD = {Label.NOISE: "（放在一边，未删）", Label.ATTACHMENT: "（另存）"}
UNTITLED = "（没有标题）"


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A line of the outline: ``start`` is where it leads; ``level`` 0 for what holds measures."""

    start: int
    words: str
    count: str
    level: int = 0
    asked: bool = False
    quiet: bool = False
    heading: bool = False


def rows_of(draft: NoticeDraft, questions: Sequence[NoticeQuestion]) -> tuple[OutlineRow, ...]:
    """Return the outline of a draft."""
    return (*_documents(draft, questions), *_beside(draft))


def summed(draft: NoticeDraft, questions: Sequence[NoticeQuestion]) -> str:
    """Return how much there is, in one line."""
    documents = draft.reading.documents
    measures = sum(len(document.measures) for document in documents)
    categories = sum(len(document.categories) for document in documents)
    several = f"{len(documents)} 份 " if len(documents) > 1 else ""
    return f"{several}{categories} 类 {measures} 条 · {len(questions)} 处待决定"


def _documents(draft: NoticeDraft, questions: Sequence[NoticeQuestion]) -> Iterator[OutlineRow]:
    several = len(draft.reading.documents) > 1
    for document in draft.reading.documents:
        if several and document.title_span:
            yield OutlineRow(
                document.title_span[0], document.title or UNTITLED, f"{len(document.measures)}", heading=True
            )
        shown: tuple[int | None, int | None] = (None, None)
        for measure in document.measures:
            if measure.category is not None and measure.category != shown[0]:
                held = sum(one.category == measure.category for one in document.measures)
                yield _heading(document.categories[measure.category], str(held), 0)
            if measure.group is not None and (measure.category, measure.group) != shown:
                yield _heading(document.groups[measure.group], "", 1)
            shown = (measure.category, measure.group)
            yield _measure(draft, document, measure, questions)


def _heading(heading: ReadHeading, count: str, level: int) -> OutlineRow:
    return OutlineRow(
        heading.start, f"{heading.number}{heading.title}" or UNTITLED, count, level, heading=True
    )


def _measure(
    draft: NoticeDraft, document: ReadDocument, measure: ReadMeasure, questions: Sequence[NoticeQuestion]
) -> OutlineRow:
    asked = any(measure.start <= question.start < measure.end for question in questions)
    units = {mention.name for statement in measure.statements for mention in statement.mentions}
    words = draft.source[measure.start : measure.end][:24].split("\n")[0]
    told = f"{measure.number.strip('.．、')}　{measure.title}" if measure.title else words
    level = 2 if measure.group is not None else 1 if document.categories else 0
    count = "？待决定" if asked else f"{len(units)} 家" if units else "无单位"
    return OutlineRow(measure.start, told, count, level, asked)


def _beside(draft: NoticeDraft) -> Iterator[OutlineRow]:
    for label in _BESIDE:
        found = [piece for piece in draft.pieces if piece.label is label]
        if found:
            words = LABEL_NAMES[label] + _TOLD.get(label, "")
            yield OutlineRow(found[0].start, words, f"{len(found)} 段", 0, quiet=True)


class OutlineModel(RowsModel[OutlineRow]):
    """The lines of the outline."""

    def key(self, row: OutlineRow) -> object:
        return row.start, row.words

    def text(self, row: OutlineRow) -> str:
        return row.words

    def sentence(self, row: OutlineRow) -> str:
        return f"{row.words}，{row.count}" if row.count else row.words


class _OutlineDelegate(ChoiceDelegate):
    """Paints a line: words at the left, the count at the right."""

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        row: OutlineRow = index.data(VALUE)
        bold = row.heading
        small = self.metrics(0.9)
        wide = small.horizontalAdvance(row.count) + look.px(4) if row.count else 0
        words = area.adjusted(look.px(14) * row.level, 0, -wide, 0)
        painter.setFont(self.font(bold=bold))
        painter.setPen(QColor(look.near if row.asked else look.muted if row.quiet else look.text))
        fitting = self.metrics(bold=bold).elidedText(
            row.words, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.setFont(self.font(0.9))
        painter.setPen(QColor(look.near if row.asked else look.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.count)


class OutlineList(ChoiceList):
    """The outline; a line that is chosen leads to its piece."""

    def __init__(self, look: Look) -> None:
        self.rows = OutlineModel()
        super().__init__(look, self.rows, _OutlineDelegate(look), "目录")
        self.fit()

    def row_height(self) -> int:
        return max(self._look.tokens.px(26), TARGET)

    def show_place(self, start: int) -> None:
        """Draw the line as chosen in which a piece stands."""
        before = [n for n, row in enumerate(self.rows.rows) if row.start <= start and not row.quiet]
        same = [n for n, row in enumerate(self.rows.rows) if row.start == start]
        row = same[-1] if same else before[-1] if before else -1
        self.choose(row)
        if row >= 0:
            self.scrollTo(self.rows.index(row))
