"""基本情况: all that is known of one enterprise, with dates, and who wrote it down; yes and no at a touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.catalogue import facts
from desktop.classification.size_table import number_words
from desktop.ui.kit import widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.visits import firm_changes
from desktop.ui.visits.firm_changes import FirmChangesModel
from desktop.ui.visits.firm_facts import FirmFacts
from desktop.workspace.enterprises import changes, enterprises, judged
from desktop.workspace.enterprises.model import (
    FACT,
    TAXPAYERS,
    TEXTS,
    UNITS,
    DatedFigure,
    Enterprise,
    fields_of,
    value_words,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.ui.desk import Desk
    from desktop.ui.visits.firm_card import FirmCard

NONE = "未填写"
WIDTHS = {
    firm_changes.AT: 128,
    firm_changes.BY: 84,
    firm_changes.SOURCE: 84,
}
ROWS_TALL = 230  # pixels at zoom 1 of the changes


class KnownTab(QScrollArea):
    """Shows what is known; a fact that is answered here is kept at once.

    Signals:
        answered(str, object): a fact, and True, False or None for not known
        form_asked(): all of it is to be filled in
    """

    answered = Signal(str, object)
    form_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._card: FirmCard | None = None
        self._shown: FirmCard | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("基本情况")
        desk.look.changed.connect(self._take_look)

    def show_card(self, card: FirmCard) -> None:
        """Show an enterprise; while nobody sees it, later."""
        self._card = card
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._card is not None and self._card is not self._shown:
            self._show()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        inside = QWidget()
        inside.setObjectName("canvas")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, px(10), px(10), px(14))
        box.setSpacing(px(10))
        columns = QHBoxLayout()
        columns.setSpacing(px(22))
        self._told = widgets.column(spacing=px(3))
        left = widgets.column()
        left.addLayout(self._told)
        left.addStretch(1)
        columns.addLayout(left, 1)
        right = widgets.column(spacing=px(4))
        self.facts = FirmFacts(self._desk)
        self.facts.typed.connect(self._answer)
        self.facts.setEnabled(not self._desk.read_only)
        right.addWidget(widgets.label("点选即保存，可以撤销", "muted", "small"))
        right.addWidget(self.facts)
        right.addStretch(1)
        columns.addLayout(right, 1)
        box.addLayout(columns)
        box.addWidget(widgets.label("修改记录", "section"))
        self.model = FirmChangesModel(self)
        shares = (firm_changes.FIELD, firm_changes.BEFORE, firm_changes.AFTER)
        self.table = RowTable(self._desk.look, self.model, "修改记录", self._pieces, WIDTHS, shares)
        self.table.setMinimumHeight(px(ROWS_TALL))
        box.addWidget(self.table, 1)
        if (before := self.takeWidget()) is not None:
            before.deleteLater()
        self.setWidget(inside)

    def _show(self) -> None:
        assert self._card is not None
        if self._shown is None:
            self._build()
        self._shown, firm = self._card, self._card.firm
        widgets.clear(self._told)
        self._tell(self._card)
        self.facts.show_facts(firm.facts)
        self.model.show(changes.changes(self._desk.workspace.db, firm.key))

    def _tell(self, card: FirmCard) -> None:
        firm, size = card.firm, card.found.size
        self.edit_button = widgets.button("编辑……", "small", does=self.form_asked.emit)
        self.edit_button.setEnabled(not self._desk.read_only)
        industry = firm.known_industry
        code = f"{firm.uscc}（{firm.code.state}）" if firm.uscc else NONE
        self._part("统一社会信用代码", code, self.edit_button)
        if firm.uscc and firm.code.words:
            self._told.addWidget(_wrapped(firm.code.words, "warn", "small"))
        word = judged.size_words(size)
        self._part("规模", word)
        self._told.addWidget(_wrapped(size.reason.removeprefix(word).lstrip("，："), "muted", "small"))
        self._part("行业", industry.words if industry else firm.industry or NONE)
        self._part("增值税纳税人身份", TAXPAYERS.get(firm.taxpayer or "", NONE))
        self._figures(firm)
        self._part("镇街、地址", " · ".join(filter(None, (firm.town, firm.address))) or NONE)
        people = [" ".join(filter(None, (one.name, one.post, one.phone))) for one in firm.contacts]
        self._part("联系人", "\n".join(people) or NONE)
        self._part(TEXTS["notes"], firm.notes or NONE)
        self._merged(firm)

    def _part(self, title: str, words: str, beside: QWidget | None = None) -> None:
        self._told.addSpacing(self._desk.look.tokens.px(6))
        head = QHBoxLayout()
        head.addWidget(widgets.label(title, "section"))
        head.addStretch(1)
        if beside is not None:
            head.addWidget(beside)
        self._told.addLayout(head)
        if words:
            self._told.addWidget(_wrapped(words))

    def _figures(self, firm: Enterprise) -> None:
        """Show each figure with its day, the one that is judged by first, earlier ones below it."""
        self._part("数据", "" if firm.figures else NONE)
        today, grid = self._desk.today(), QGridLayout()
        grid.setHorizontalSpacing(self._desk.look.tokens.px(14))
        grid.setColumnStretch(3, 1)
        for indicator, asked in facts.figures().items():
            known = [one for one in firm.figures if one.indicator == indicator]
            known.sort(key=lambda one: str(one.day or ""), reverse=True)
            used = firm.figure(indicator, today) if known else None
            for at, one in enumerate(known):
                looks = () if one is used else ("muted",)
                row = grid.rowCount()
                grid.addWidget(widgets.label("" if at else asked.name, "muted"), row, 0)
                value = widgets.label(
                    f"{number_words(one.value)} {UNITS[indicator]}", *looks, selectable=True
                )
                grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(widgets.label(_dated(one), "muted", "small"), row, 2)
        if firm.figures:
            self._told.addLayout(grid)

    def _merged(self, firm: Enterprise) -> None:
        """Name the records that are the same firm, and what they say otherwise."""
        db = self._desk.workspace.db
        for key in enterprises.keys_of(db, firm.key)[1:]:
            other, own = fields_of(enterprises.one(db, key)), fields_of(firm)
            told = [
                f"{TEXTS[name]}：{value_words(name, value)}"
                for name, value in other.items()
                if name in TEXTS and value != own.get(name)
            ]
            self._part("已并入的记录", "；".join(told) or "内容相同")

    def _answer(self) -> None:
        """Keep the fact that differs from what is known."""
        assert self._card is not None
        known = self._card.firm.facts
        for field, value in self.facts.fields().items():
            fact = field.removeprefix(f"{FACT}/")
            if known.get(fact) is not value:
                self.answered.emit(fact, value)
                self.facts.show_facts(self._card.firm.facts)  # what was not kept goes back
                return

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        quiet = index.column() not in (firm_changes.FIELD, firm_changes.AFTER)
        return [Piece(str(index.data()), look.muted if quiet else look.text)]

    def _take_look(self) -> None:
        self._shown = None
        if self.isVisible() and self._card is not None:
            self._show()


def _dated(one: DatedFigure) -> str:
    return f"数据日期 {one.day.isoformat()}" if one.day else "日期不详"


def _wrapped(words: str, *looks: str) -> QWidget:
    made = widgets.label(words, *looks, selectable=True)
    made.setWordWrap(True)
    return made
