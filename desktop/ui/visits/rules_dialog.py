"""规则一览: by which words of each measure it is found that a measure fits, to be read and looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.catalogue import clauses
from desktop.ui import origin
from desktop.ui.kit import widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.ui.kit.choice_row import TOUCH
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.visits import rules_rows
from desktop.ui.visits.rules_rows import RulesModel
from desktop.verdicts import words
from desktop.workspace import words as said

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WIDE, TALL = 1240, 690  # pixels at zoom 1
WIDTHS = {rules_rows.MEASURE: 190, rules_rows.OFFER: 150, rules_rows.DECIDED: 160}
ALL = "全部发文"
NONE = "没有符合的规则。可以输入措施的编号、事项、原文中的词。"


class RulesDialog(Dialog):
    """Shows the rules of all measures in use.

    Attributes:
        filter: what is looked for
        model: the rows shown
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("规则一览")
        documents = desk.catalogue.documents
        self._documents = [document.key for document in documents]
        held = clauses.of_documents(desk.measures, self._documents)
        self._version = clauses.version(clause for of in held.values() for clause in of)
        self.model = RulesModel(tuple(rules_rows.rows(desk.catalogue, held)), self)
        self._build()
        self._connect()
        self._narrow()

    def _build(self) -> None:
        look = self._desk.look
        px = look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(20), px(16), px(20), px(14)))
        self.setLayout(box)
        self.filter = QLineEdit()
        self.filter.setAccessibleName("查找规则")
        self.filter.setPlaceholderText("查找：措施、支持内容、条件、原文")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumHeight(px(TOUCH))
        self.document = ChoiceButton("发文")
        names = [said.document(self._desk.catalogue, key) for key in self._documents]
        self.document.offer([ALL, *names])
        self.document.setVisible(origin.several(self._desk.catalogue))
        self.count = widgets.label("", "muted", "small")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.filter, 1)
        row.addWidget(self.document)
        row.addWidget(self.count)
        box.addLayout(row)
        self.view = RowTable(look, self.model, "规则一览", self._pieces, WIDTHS, range(5))
        card = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        self._stack = widgets.rows_or_words(self.view, widgets.label(NONE, "muted"))
        inside.addLayout(self._stack)
        card.setLayout(inside)
        box.addWidget(card, 1)
        version = f"　规则版本 {self._version}" if self._version else ""
        about = widgets.label(f"{words.BASIS}。{version}", "muted", "small", selectable=True)
        foot = DialogFoot(self, "关闭", cancel="")
        foot.insertWidget(0, about)
        box.addLayout(foot)
        widgets.resize_within(self, px(WIDE), px(TALL))
        self.filter.setFocus()

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._narrow())
        self.document.chosen.connect(lambda _at: self._narrow())

    def _narrow(self) -> None:
        at = self.document.place
        self.model.narrow(self.filter.text(), self._documents[at - 1] if at else "")
        shown = self.model.shown
        measures = len({row.measure_key for row in shown})
        self.count.setText(f"{measures} 条措施，{len(shown)} 款" if shown else "")
        self._stack.setCurrentIndex(0 if shown else 1)

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        row, column = self.model.shown[index.row()], index.column()
        text = row.cells[column]
        match column:
            case rules_rows.MEASURE:
                first = self.model.begins(index.row())
                return [Piece(text, look.text if first else look.faint, bold=first)]
            case rules_rows.OFFER:
                return [Piece(text, look.text)]
            case rules_rows.RULE:
                return [Piece(text, look.text if row.ruled else look.muted)]
            case rules_rows.DECIDED:
                return [Piece(text, look.near, 0.92)]
        return [Piece(text, look.muted, 0.92)]
