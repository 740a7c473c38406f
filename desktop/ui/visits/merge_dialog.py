"""疑似重复: records that may be one firm, side by side, made one or told apart; nothing happens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.choice_row import ChoiceRow
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.visits.merge_rows import LACKING, PEOPLE, FirmPair, FirmPairsModel, FirmSidesModel
from desktop.workspace.enterprises import duplicates, enterprises
from desktop.workspace.enterprises.model import APART, fields_of

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.journal.model import WriteId

WIDE, TALL = 1080, 620  # pixels at zoom 1
FIRST, SECOND = "第一条", "第二条"
NONE = "没有疑似重复的企业。信用代码相同，或名称相同、相近的，会列在这里。"
HINT = "以哪一条为准："


class MergeDialog(Dialog):
    """Shows each pair and asks what it is.

    Attributes:
        pairs, sides: the tables' models
        keep: which of the two counts where they differ
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("疑似重复的企业")
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        look = self._desk.look
        px = look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(20), px(16), px(20), px(14)))
        self.setLayout(box)
        self.message = MessageLine(look)
        box.addWidget(self.message)
        self.count = widgets.label("", "heading")
        box.addWidget(self.count)
        self.pairs, self.sides = FirmPairsModel(self), FirmSidesModel(self)
        self.list = RowTable(look, self.pairs, "疑似重复", self._pair, {}, (0, 1))
        self.table = RowTable(look, self.sides, "两条记录的不同之处", self._side, {0: 150}, (0, 1, 2))
        self.keep = ChoiceRow(look, "以哪一条为准", (FIRST, SECOND))
        self.merge_button = widgets.button("并成一家", does=self.merge)
        self.apart_button = widgets.button("不是同一家", does=self.tell_apart)
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        inside.addWidget(_card(self.list), 4)
        inside.addWidget(_card(self.table, self._deed()), 5)
        self._body = QWidget()
        self._body.setLayout(inside)
        self._stack = widgets.rows_or_words(self._body, widgets.label(NONE, "muted"))
        box.addLayout(self._stack, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, px(WIDE), px(TALL))

    def _deed(self) -> QWidget:
        px = self._desk.look.tokens.px
        made = QWidget()
        box = widgets.column(spacing=px(8), margins=(px(10), px(4), px(10), px(8)))
        made.setLayout(box)
        self.told = widgets.label("", "muted", "small")
        self.told.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(widgets.label(HINT))
        row.addWidget(self.keep, 1)
        row.addWidget(self.apart_button)
        row.addWidget(self.merge_button)
        box.addWidget(self.told)
        box.addLayout(row)
        return made

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_pair())
        self.keep.chosen.connect(lambda _word: self._tell())
        self._desk.firms.changed.connect(lambda _key: self.refresh())

    @property
    def chosen(self) -> FirmPair | None:
        """Return the pair that is chosen."""
        row = self.list.chosen()
        return self.pairs.pairs[row] if 0 <= row < len(self.pairs.pairs) else None

    def refresh(self) -> None:
        """Look for pairs again; the one after a pair that is gone is chosen."""
        row = max(self.list.chosen(), 0)
        firms = enterprises.every(self._desk.workspace.db)
        known = {firm.key: firm for firm in firms}
        found = [FirmPair(known[one.first], known[one.second], one) for one in duplicates.pairs(firms)]
        self.pairs.show(found)
        self.count.setText(f"疑似重复 {len(found)} 对" if found else "疑似重复的企业")
        self._stack.setCurrentIndex(0 if found else 1)
        if found:
            self.list.selectRow(min(row, len(found) - 1))
        self._show_pair()

    def _show_pair(self) -> None:
        pair = self.chosen
        self.sides.show(pair)
        if pair is not None:
            more = len(fields_of(pair.second)) > len(fields_of(pair.first))
            self.keep.choose(SECOND if more else FIRST)
        self._tell()

    def _tell(self) -> None:
        pair = self.chosen
        for button in (self.merge_button, self.apart_button):
            button.setEnabled(pair is not None and not self._desk.read_only)
        if pair is None:
            self.told.setText("")
            return
        self.told.setText(
            f"并成一家后，{self.keep.word}缺的由另一条补上，不一致的以{self.keep.word}为准；"
            "走访和诉求都归到一起，另一条仍可查看。可以撤销。"
        )
        self.table.viewport().update()

    def merge(self) -> None:
        """Make the chosen two one."""
        pair = self.chosen
        if pair is None:
            return
        first, second = pair.first, pair.second
        kept, other = (second, first) if self.keep.word == SECOND else (first, second)
        if self._desk.firms.merge(kept.key, other.key):
            self._say(f"已把“{other.name}”并入“{kept.name}”。")

    def tell_apart(self) -> None:
        """Keep that the chosen two are two firms: they are not shown again."""
        pair = self.chosen
        if pair is None:
            return
        if self._desk.firms.edit(pair.first.key, {f"{APART}/{pair.second.key}": True}):
            self._say(f"已记下“{pair.first.name}”与“{pair.second.name}”不是同一家，不再列出。")

    def _say(self, words: str) -> None:
        batch = self._desk.firms.last
        if batch is not None:
            self.message.tell(words, 撤销=lambda: self._undo(batch))

    def _undo(self, batch: WriteId) -> None:
        if self._desk.firms.undo(batch):
            self.message.tell("已撤销。")

    def _pair(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        pair = self.pairs.pairs[index.row()]
        if index.column():
            return [Piece(pair.same.words, look.near if pair.same.sure else look.muted, 0.92)]
        return [Piece(pair.first.name, look.text), Piece(pair.second.name, look.text)]

    def _side(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        row, at = self.sides.rows[index.row()], index.column()
        if not at:
            return [Piece(row[0], look.muted)]
        kept = 2 if self.keep.word == SECOND else 1
        stays = row[at] != LACKING and (at == kept or row[kept] == LACKING or row[0] == PEOPLE)
        return [Piece(row[at], look.text if stays else look.faint, bold=stays)]


def _card(*parts: QWidget) -> QWidget:
    made = widgets.frame("card")
    box = QVBoxLayout(made)
    box.setContentsMargins(1, 1, 1, 1)
    box.addWidget(parts[0], 1)
    for part in parts[1:]:
        box.addWidget(part)
    return made
