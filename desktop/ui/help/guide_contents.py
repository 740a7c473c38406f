"""The contents of the manual: its chapters, and the tasks in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem

from desktop.ui.help.guide import GuideKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.ui.help.guide import GuideLine
    from desktop.ui.kit.look import Look

CHAPTER, TASK = 32, 27  # pixels of a row at zoom 1
BLOCK = Qt.ItemDataRole.UserRole


class GuideContents(QTreeWidget):
    """Lists the headings; the one that is read is the current one.

    Signals:
        chosen(int): a heading is to be read, by the number of its block
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._following = False
        self.setAccessibleName("目录")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_current)

    def show_headings(self, headings: Mapping[int, GuideLine]) -> None:
        """List these headings, by the numbers of their blocks."""
        look = self._look.tokens
        self._following = True
        self.clear()
        self.setIndentation(look.px(14))
        for block, heading in headings.items():
            is_chapter = heading.kind is GuideKind.CHAPTER
            last = self.topLevelItem(self.topLevelItemCount() - 1)
            row = QTreeWidgetItem(self if is_chapter or last is None else last, [heading.words])
            row.setData(0, BLOCK, block)
            row.setFont(0, look.font(bold=is_chapter))
            row.setToolTip(0, heading.words)
            row.setSizeHint(0, QSize(0, look.px(CHAPTER if is_chapter else TASK)))
        self.expandAll()
        self._following = False

    def follow(self, block: int) -> None:
        """Make the heading of this block the current one; none where there is no such."""
        self._following = True
        for row in self._rows():
            if row.data(0, BLOCK) == block:
                self.setCurrentItem(row)
                break
        else:
            self.setCurrentIndex(QModelIndex())
        self._following = False

    def _rows(self) -> list[QTreeWidgetItem]:
        top = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        return [
            row for each in top if each for row in (each, *(each.child(n) for n in range(each.childCount())))
        ]

    def _on_current(self, row: QTreeWidgetItem | None, _other: object = None) -> None:
        if row is not None and not self._following:
            self.chosen.emit(row.data(0, BLOCK))
