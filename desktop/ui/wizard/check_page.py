"""Step 有效期和核对: until when the notice holds, and whether it can be taken into the library."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from desktop.reading.acceptance import acceptable, unconfirmed
from desktop.reading.model import Term, ValidityKind
from desktop.ui.kit import icons, widgets
from desktop.ui.wizard.pieces_page import CharacterLine

if TYPE_CHECKING:
    from desktop.reading.drafts import NoticeDraft
    from desktop.ui.wizard.sitting import Sitting

KINDS = {
    ValidityKind.DAY: "写明了到哪一天",
    ValidityKind.PERIOD: "写明了一段时间（如三年）",
    ValidityKind.EVENT: "到某件事为止",
    ValidityKind.OTHER: "按另一份文件",
    ValidityKind.NONE: "原文没有",
}
READY = "都核对过了，可以收入发文库。"
NARROW = 820
_DAY = re.compile(r"\s*(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?\s*")


class CheckPage(QScrollArea):
    """Decides on the term and shows what is missing.

    Signals:
        wanted(str): a reason whose place is to be shown
    """

    wanted = Signal(str)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._build()
        self._connect()
        self._take_look()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        draft = self._sitting.draft
        term = draft.reading.term
        self._show_term(term, decided=draft.facts.term is not None)
        reasons = [*acceptable(draft), *unconfirmed(draft)]
        self.verdict.setText(READY if not reasons else f"还有 {len(reasons)} 处要先处理：")
        self._show_reasons(reasons)
        self.summary.setText(summed(draft))
        self.count.show_count(self._sitting)
        self._show_mark(ready=not reasons)

    def focus_first(self) -> None:
        """Put the focus on the term."""
        self.kind.setFocus()

    def _show_term(self, term: Term, *, decided: bool) -> None:
        self.kind.setCurrentIndex(list(KINDS).index(term.kind))
        for line, day in ((self.since, term.since), (self.until, term.until)):
            if not (line.hasFocus() and line.isModified()):
                line.setText(day.isoformat() if day else "")
            widgets.set_look(line, "bad", False)
        if not (self.words.hasFocus() and self.words.isModified()):
            self.words.setText(" ".join(term.text.split()))
        none = term.kind is ValidityKind.NONE
        for part in (self.since, self.until, self.words):
            part.setEnabled(not none)
        self.none_button.setVisible(none and not decided)
        likely = term.likely_until if term.until is None else None
        self.likely_button.setVisible(likely is not None)
        self.likely.setVisible(likely is not None)
        if likely is not None:
            self.likely.setText(f"原文没有写出终止日。{term.likely_reason}")
            self.likely_button.setText(f"按 {likely.isoformat()} 止")

    def _show_reasons(self, reasons: list[str]) -> None:
        widgets.clear(self._reasons)
        for reason in reasons:
            line, row = QWidget(), QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            line.setLayout(row)
            words = widgets.label(reason)
            words.setWordWrap(True)
            go = widgets.button("去处理", "quiet", does=partial(self.wanted.emit, reason))
            go.setAccessibleName(f"去处理：{reason}")
            row.addWidget(words, 1)
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            self._reasons.addWidget(line)

    def _show_mark(self, *, ready: bool) -> None:
        look = self._sitting.desk.look.tokens
        name, colour = ("check", look.green) if ready else ("warning", look.amber)
        self._mark.setPixmap(icons.pixmap(name, colour, look.px(20), self.devicePixelRatioF()))

    def _take(self) -> None:
        """Decide on the term as it stands in the fields."""
        days: list[str | None] = []
        for line in (self.since, self.until):
            found = _DAY.fullmatch(line.text())
            days.append(
                "-".join((found[1], found[2].zfill(2), found[3].zfill(2))) if found else line.text() or None
            )
            line.setModified(False)
        self.words.setModified(False)
        kind = list(KINDS)[self.kind.currentIndex()]
        if kind is ValidityKind.NONE:
            self._decide(kind, None, None, "")
        elif not self._decide(kind, days[0], days[1], self._source_words()):
            for line in (self.since, self.until):
                widgets.set_look(line, "bad", bool(line.text()) and not _DAY.fullmatch(line.text()))

    def _source_words(self) -> str:
        """Return the words as the source prints them, its line ends with them."""
        plain = "".join(self.words.text().split())
        found = re.search(r"\s*".join(map(re.escape, plain)), self._sitting.source) if plain else None
        return found[0] if found else self.words.text()

    def _decide(self, kind: ValidityKind, since: str | None, until: str | None, text: str) -> bool:
        return self._sitting.do("term", kind=kind.value, since=since, until=until, text=text)

    def _take_edit(self) -> None:
        if any(line.isModified() for line in (self.since, self.until, self.words)):
            self._take()

    def _take_likely(self) -> None:
        term = self._sitting.draft.reading.term
        days = [day.isoformat() if day else None for day in (term.likely_since, term.likely_until)]
        self._decide(term.kind, days[0], days[1], term.text)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, canvas)
        self._term, self._checks = widgets.frame("card"), widgets.frame("card")
        self._term_box, self._checks_box = widgets.column(), widgets.column()
        self._term.setLayout(self._term_box)
        self._checks.setLayout(self._checks_box)
        self._build_term()
        self._build_checks()
        self._row.addWidget(self._term, 1)
        self._row.addWidget(self._checks, 1)
        self.setWidget(canvas)

    def _build_term(self) -> None:
        self.kind = QComboBox()
        self.kind.setAccessibleName("有效期怎样写的")
        self.kind.addItems(list(KINDS.values()))
        self.since, self.until, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        named = ((self.since, "从哪一天起"), (self.until, "到哪一天止"), (self.words, "原文的话"))
        for line, name in named:
            line.setAccessibleName(name)
        for line in (self.since, self.until):
            line.setPlaceholderText("原文写明或能算出的才填，如 2026-12-31")
        self.none_button = widgets.button("原文确实没有有效期", does=self._take)
        self.likely = widgets.label("", "muted")
        self.likely.setWordWrap(True)
        self.likely_button = widgets.button("", does=self._take_likely)
        self._term_box.addWidget(widgets.label("有效期", "heading"))
        self._term_box.addWidget(self.kind)
        self._term_box.addWidget(self.none_button)
        for line, name in named:
            self._term_box.addWidget(widgets.label(name, "section"))
            self._term_box.addWidget(line)
        self._term_box.addWidget(self.likely)
        self._term_box.addWidget(self.likely_button)
        self._term_box.addStretch(1)

    def _build_checks(self) -> None:
        head = QHBoxLayout()
        self._mark, self.verdict = widgets.label(), widgets.label("", "heading")
        self.verdict.setWordWrap(True)
        head.addWidget(self._mark)
        head.addWidget(self.verdict, 1)
        self._reasons = widgets.column(spacing=6)
        self.count = CharacterLine()
        self._checks_box.addLayout(head)
        self._checks_box.addLayout(self._reasons)
        self.summary = widgets.label("", selectable=True)
        self.summary.setWordWrap(True)
        self._checks_box.addWidget(self.summary)
        self._checks_box.addWidget(self.count)
        self._checks_box.addStretch(1)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _at: self._take())
        for line in (self.since, self.until, self.words):
            line.editingFinished.connect(self._take_edit)
        self._sitting.desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        px = self._sitting.desk.look.tokens.px
        self._row.setContentsMargins(px(20), px(14), px(20), px(14))
        self._row.setSpacing(px(16))
        for box in (self._term_box, self._checks_box):
            box.setContentsMargins(px(16), px(14), px(16), px(14))
            box.setSpacing(px(8))
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._sitting.desk.look.tokens.px(NARROW)
        widgets.stack(self._row, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def summed(draft: NoticeDraft) -> str:
    """Return what would be taken into the library, a line for each thing."""
    head, documents = draft.reading.head, draft.reading.documents
    measures = [measure for document in documents for measure in document.measures]
    units = {m.name for measure in measures for one in measure.statements for m in one.mentions}
    titles = [head.title, *(document.title for document in documents)]
    title = next((one for one in titles if one), "（没有标题）")
    categories = sum(len(document.categories) for document in documents)
    number = head.number or "没有文号"
    day = head.issued_on.isoformat() if head.issued_on else "没有成文日期"
    several = f"{len(documents)} 份文件，" if len(documents) > 1 else ""
    held = f"{several}{categories} 类 {len(measures)} 条，责任单位 {len(units)} 个"
    return f"{title}\n{number}，{head.issuer or '没有发文机关'}，{day}\n{held}"
