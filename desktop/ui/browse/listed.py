"""What the left column of 查阅 lists, to be printed or exported: hits, favourites; the bar that offers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.catalogue.typeset import typeset
from desktop.ui.kit import widgets

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.catalogue.search import Filters
    from desktop.ui.kit.look import Look

FAVOURITES = "收藏"
LONGEST = 30  # characters of what was searched for, in a heading and in a file's name


@dataclass(frozen=True, slots=True)
class Listed:
    """The measures that are listed, by key in their order, and in words which they are; none of nothing."""

    about: str = ""
    keys: tuple[str, ...] = ()


def of_search(catalogue: Catalogue, text: str, filters: Filters, keys: Iterable[str]) -> Listed:
    """Return what a search found, e.g. as 搜索“担保”（区财政局）."""
    words = " ".join(text.split())
    short = f"{words[:LONGEST]}……" if len(words) > LONGEST else words
    tags = {tag.key: tag.name for tag in catalogue.tags}
    chosen = [
        *([typeset(catalogue.notice_with(filters.notice).called)] if filters.notice else []),
        *([catalogue.category(filters.category).heading] if filters.category else []),
        *([catalogue.unit(filters.unit).name] if filters.unit else []),
        *(tags.get(key, key) for key in (filters.beneficiary, filters.support) if key),
    ]
    among = "、".join(chosen)
    if not short:
        return Listed(f"筛选“{among}”", tuple(keys))
    return Listed(f"搜索“{short}”" + (f"（{among}）" if among else ""), tuple(keys))


class ListedBar(QWidget):
    """A line above a list: how many measures, and the button that prints and exports them.

    Signals:
        asked(object): the button was pressed; it goes along, for a menu to open below
    """

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = widgets.label("", "muted", "small")
        self.button: QPushButton = widgets.button(
            "打印、导出 ▾", "chip", does=lambda: self.asked.emit(self.button), tip="打印或导出所列的措施"
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.button)
        look.changed.connect(self._take_look)
        self._take_look()

    def tell(self, words: str) -> None:
        """Say what is listed; of nothing the bar is not seen."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def _take_look(self) -> None:
        px = self._look.tokens.px
        self._row.setContentsMargins(px(14), px(6), px(10), px(6))
