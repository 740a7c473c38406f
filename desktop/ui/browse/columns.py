"""How the list, the reader and the facts share the width of 查阅."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop.ui.desk import Desk

if TYPE_CHECKING:
    from desktop.ui.kit.empty_card import EmptyCard
    from desktop.ui.kit.fold_strip import FoldStrip

LEFT, READER, FACTS = 322, 420, 276


class Columns(QWidget):
    """Three columns; those at the sides fold where the reader lacks room beside them.

    Attributes:
        left: what may stand in the left column, one at a time
    """

    def __init__(self, desk: Desk, reader: QWidget, facts: QWidget) -> None:
        super().__init__()
        self._desk, self._reader, self._facts = desk, reader, facts
        self._build()
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        self.left = QStackedWidget()
        self.left.setProperty("surface", True)
        self._columns, self._right = (
            QSplitter(Qt.Orientation.Horizontal),
            QSplitter(Qt.Orientation.Horizontal),
        )
        for splitter, widgets in (
            (self._right, (self._reader, self._facts)),
            (self._columns, (self.left, self._right)),
        ):
            splitter.setChildrenCollapsible(False)
            for widget in widgets:
                splitter.addWidget(widget)
        self._right.setStretchFactor(0, 1)
        self._columns.setStretchFactor(1, 1)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self._columns)

    @cached_property
    def nothing(self) -> EmptyCard:
        """Return what stands in place of the reader when nothing was found, made when that first is so."""
        from desktop.ui.kit.empty_card import EmptyCard

        made = EmptyCard(self._desk.look)
        self._columns.addWidget(made)
        self._columns.setStretchFactor(self._columns.indexOf(made), 1)
        return made

    @cached_property
    def folds(self) -> tuple[FoldStrip, FoldStrip]:
        """Return the strips of the left column and of the facts, made when there is no room for both."""
        from desktop.ui.kit.fold_strip import FoldStrip

        left = FoldStrip(self._desk.look, "目录", self.left)
        facts = FoldStrip(self._desk.look, "责任单位和要点", self._facts, at_right=True)
        self._across.insertWidget(0, left)
        self._across.addWidget(facts)
        left.toggled.connect(lambda on: facts.unfold(False) if on else None)
        facts.toggled.connect(lambda on: left.unfold(False) if on else None)
        return left, facts

    def unfold_left(self, on: bool = True) -> bool:
        """Unfold the left column where it is folded, or fold it again; return whether it moved."""
        if "folds" not in vars(self) or self.folds[0].folded is not on:
            return False
        self.folds[0].unfold(on)
        return True

    def show_reader(self, shown: bool, others: str = "") -> None:
        """Show reader and facts, or in their place that no measure was found; ``others`` is what was."""
        if shown and "nothing" not in vars(self):
            return
        at_left = f"左侧是相符的{others}，按回车打开" if others else "左侧说明可以怎样改"
        self.nothing.say("没有找到相符的措施", f"{at_left}。按 Esc 返回目录和刚才的措施。", drawing="search")
        wide = self._columns.sizes()[0]
        self._right.setVisible(shown)
        self.nothing.setVisible(not shown)
        self._columns.setSizes([wide, *[self.width() - wide] * 2])

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        for widget, least in ((self.left, 200), (self._facts, 200), (self._reader, 240)):
            widget.setMinimumWidth(px(least))
        self._columns.setSizes([px(LEFT), self.width() - px(LEFT)])
        if self.isVisible():
            self._arrange()

    def _arrange(self) -> None:
        """Fold the facts, then the left column too, where the reader lacks room beside them."""
        px = self._desk.look.tokens.px
        narrow = self.width() < px(LEFT + READER + FACTS)
        if narrow or "folds" in vars(self):
            left, facts = self.folds
            left.set_needed(self.width() < px(LEFT + READER))
            facts.set_needed(narrow)
        self._right.setSizes([self.width() - px(LEFT + FACTS), px(FACTS)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
