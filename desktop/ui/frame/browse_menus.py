"""The menus of 查阅: of the words in the reader, of a measure in the tree or among the hits, of a branch.

Their lines are the window's own actions. What is asked of a measure that is not in the reader is done when it
stands there, so that one sees what was copied or printed; only 对照 leaves the reader as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.catalogue import quotation
from desktop.ui import verbs
from desktop.ui.browse.navigator import MEASURE
from desktop.ui.browse.page import TEXT
from desktop.ui.kit import context_menu
from desktop.workspace.items import notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from desktop.catalogue.model import Measure
    from desktop.ui.frame.actions import Frame
    from desktop.ui.verbs import Verb

COPIES = (verbs.COPY_WITH_SOURCE, verbs.COPY_TEXT, verbs.COPY_CITATION)
PRINTS = (verbs.PRINT_MEASURE, verbs.SAVE_MEASURE)
BRANCH_PRINTS = {
    "category": (verbs.PRINT_CATEGORY, verbs.SAVE_CATEGORY),
    "unit": (verbs.PRINT_UNIT, verbs.SAVE_UNIT),
    "document": (verbs.PRINT_NOTICE, verbs.SAVE_NOTICE),
}


class BrowseMenus(QObject):
    """Makes and opens the menus; ``frame`` is the window, as far as verbs know it; ``actions`` are its."""

    def __init__(self, frame: Frame, actions: Mapping[Verb, QAction], window: QWidget) -> None:
        super().__init__(window)
        self._frame, self._actions, self._window = frame, actions, window

    def open(self, about: str, key: str, place: QPoint) -> None:
        """Open the menu that :attr:`desktop.ui.browse.page.BrowsePage.menu_asked` asks for."""
        if menu := self.made(about, key):
            context_menu.open_at(menu, place)

    def made(self, about: str, key: str) -> QMenu | None:
        """Return that menu; None where there is nothing to do."""
        if about == TEXT:
            return self._of_text() if key else None
        return self._of_measure(key) if about == MEASURE else self._of_branch(about, key)

    # ---- one measure

    def _of_text(self) -> QMenu:
        menu, text = QMenu(self._window), self._frame.browse.reader.text
        chosen = verbs.line(menu, verbs.COPY_ROWS, text.copy, "复制选中的文字")
        chosen.setToolTip("只复制选中的文字")
        chosen.setEnabled(bool(text.selected_words()))
        self._add(menu, COPIES)
        self._add_doings(menu, self._frame.browse.measure_key)
        return menu

    def _of_measure(self, key: str) -> QMenu:
        menu, browse = QMenu(self._window), self._frame.browse
        other = key != browse.measure_key
        show = partial(self._show, key)
        menu.addAction("在右侧打开", show).setEnabled(other)
        beside = menu.addAction("与当前措施对照", lambda: browse.beside.compare(key))
        beside.setEnabled(other and bool(browse.measure_key))
        menu.addSeparator()
        self._add(menu, COPIES, show)
        self._add_doings(menu, key, show)
        return menu

    def _add_doings(self, menu: QMenu, key: str, first: Callable[[], object] | None = None) -> None:
        starred = key in notes.favourites(self._frame.desk.workspace.db)
        menu.addSeparator()
        self._add(menu, (verbs.FAVOURITE,), first, "取消收藏" if starred else "收藏")
        self._add(menu, (verbs.NOTE,), first)
        menu.addSeparator()
        self._add(menu, (verbs.OPEN_SOURCE,), first, "在发文中的位置")
        if first is None:
            self._add(menu, (verbs.COMPARE,))
        menu.addSeparator()
        self._add(menu, PRINTS, first)

    # ---- a branch of the tree

    def _of_branch(self, kind: str, key: str) -> QMenu:
        menu, navigator = QMenu(self._window), self._frame.browse.navigator
        measures = navigator.measures_of(key)
        menu.addAction("收起" if navigator.is_unfolded(key) else "展开", lambda: navigator.unfold(key))
        menu.addAction("全部展开", navigator.tree.expandAll)
        menu.addAction("全部收起", navigator.tree.collapseAll)
        menu.addSeparator()
        menu.addAction("复制措施名称", lambda: self._copy_titles(measures))
        menu.addAction(f"复制 {len(measures)} 条原文并注明出处", lambda: self._quote(measures))
        menu.addSeparator()
        if kind == "unit":
            menu.addAction("转到责任清单", lambda: self._frame.open_unit(key))
        self._add(menu, BRANCH_PRINTS.get(kind, ()), partial(self._show_branch, kind, key))
        return menu

    def _show(self, key: str) -> None:
        self._frame.browse.show_measure(key)

    def _show_branch(self, kind: str, key: str) -> None:
        """Bring a branch's first measure into the reader and let the branch be what is printed."""
        browse = self._frame.browse
        browse.show_measure(browse.navigator.measures_of(key)[0].key)
        browse.branch = (kind, key)

    def _add(
        self,
        menu: QMenu,
        offered: Iterable[Verb],
        first: Callable[[], object] | None = None,
        words: str = "",
    ) -> None:
        for verb in offered:
            verbs.add(menu, self._actions[verb], words, first=first)

    def _copy_titles(self, measures: Iterable[Measure]) -> None:
        words = "\n".join(f"{measure.number}. {measure.title}" for measure in measures)
        QGuiApplication.clipboard().setText(words)
        self._frame.status.flash("已复制措施名称")

    def _quote(self, measures: tuple[Measure, ...]) -> None:
        desk = self._frame.desk
        words = quotation.with_source(desk.catalogue, measures, desk.today())
        QGuiApplication.clipboard().setText(words)
        self._frame.status.flash(f"已复制 {len(measures)} 条原文和出处")
