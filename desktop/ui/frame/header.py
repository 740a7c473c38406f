"""The line that is always there: search and filters, back and forward, returns, text size, printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.ui import verbs
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW, VISITS
from desktop.ui.frame.search_bar import SearchBar
from desktop.ui.kit import icons, widgets

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.ui.desk import Desk
    from desktop.ui.verbs import Verb

LISTED = (verbs.PRINT_LISTED, verbs.SAVE_LISTED, verbs.EXPORT_LISTED)
ROOMY = 1.5  # up to this zoom all buttons have room on the smallest screen

PRINTED = (verbs.PRINT_MEASURE, verbs.PRINT_CATEGORY, verbs.PRINT_NOTICE, verbs.PRINT_UNIT)
SAVED = (verbs.SAVE_MEASURE, verbs.SAVE_CATEGORY, verbs.SAVE_NOTICE, verbs.SAVE_UNIT)


class Header(QWidget):
    """Arranges the search bar and buttons for the window's actions."""

    def __init__(self, desk: Desk, actions: Mapping[Verb, QAction]) -> None:
        super().__init__()
        self._desk = desk
        self._actions = actions
        self._page = BROWSE
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        actions = self._actions
        self.search = SearchBar(self._desk)
        self._back = verbs.button(actions[verbs.GO_BACK])
        self._forward = verbs.button(actions[verbs.GO_FORWARD])
        self._smaller = verbs.button(actions[verbs.ZOOM_OUT], "A−")
        self._larger = verbs.button(actions[verbs.ZOOM_IN], "A+")
        self._print = widgets.button("打印 ▾", does=self._open_print, tip="打印或存为 PDF")
        self.round_button = widgets.button(
            "填报轮次 ▾", does=self._open_rounds, tip="新建轮次、催报、导入记录"
        )
        self._ledger = verbs.button(actions[verbs.LEDGER], "台账")
        self._import = verbs.button(actions[verbs.IMPORT])
        self._take_package = verbs.button(actions[verbs.TAKE_PACKAGE])
        self._write_package = verbs.button(actions[verbs.WRITE_PACKAGE])
        self.package_button = widgets.button(
            "台账和数据包 ▾", does=self._open_packages, tip="走访台账、诉求台账、重复的企业、数据包"
        )
        for button in (self._back, self._forward):
            button.setText("")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self.search, 1)
        for each in self._every_button():
            self._row.addWidget(each)

    def _every_button(self) -> tuple[QWidget, ...]:
        returns = (self._import, self.round_button, self._ledger)
        packages = (self._take_package, self._write_package, self.package_button)
        return (self._back, self._forward, *returns, *packages, self._smaller, self._larger, self._print)

    def show_for(self, page: int, pass_on: Callable[[], object]) -> None:
        """Show what has a meaning on a page; ``pass_on`` the focus of a button that has none."""
        held = self.window().focusWidget()
        self.search.show_filters(page == BROWSE)
        for each in (self._back, self._forward, self._print):
            each.setVisible(page == BROWSE)
        self._page = page
        self._show_returns()
        if held is not None and self.isAncestorOf(held) and not held.isVisibleTo(self):
            pass_on()

    def _show_returns(self) -> None:
        """Show the buttons of rounds where they belong; the menu holds the others at a large size too."""
        here = self._page in (CHECKLIST, OVERVIEW)
        self.round_button.setVisible(here)
        for each in (self._import, self._ledger):
            each.setVisible(here and self._desk.look.tokens.zoom <= ROOMY)
        visiting = self._page == VISITS
        self.package_button.setVisible(visiting)
        for each in (self._take_package, self._write_package):
            each.setVisible(visiting and self._desk.look.tokens.zoom <= ROOMY)

    def _open_print(self) -> None:
        menu = QMenu(self)
        for verb in PRINTED:
            verbs.add(menu, self._actions[verb])
        menu.addSeparator()
        for verb in SAVED:
            verbs.add(menu, self._actions[verb])
        _open(menu, self._print)

    def open_listed(self, button: QPushButton) -> None:
        """Open below ``button`` the menu of what prints and exports the measures that are listed."""
        menu = QMenu(self)
        for verb, words in zip(LISTED, ("打印", "存为 PDF", "导出 Excel"), strict=True):
            verbs.add(menu, self._actions[verb], words, asks=True)
        _open(menu, button)

    def _open_rounds(self) -> None:
        _open(self.round_menu(), self.round_button)

    def round_menu(self) -> QMenu:
        """Return the menu of rounds, imports and the ledger."""
        menu, actions = QMenu(self), self._actions
        verbs.add(menu, actions[verbs.NEW_ROUND], asks=True)
        verbs.add(menu, actions[verbs.SHOW_ROUND])
        menu.addSeparator()
        verbs.add(menu, actions[verbs.IMPORT], asks=True)
        verbs.add(menu, actions[verbs.IMPORT_FOLDER], asks=True)
        verbs.add(menu, actions[verbs.DECIDE], asks=True)
        verbs.add(menu, actions[verbs.RECEIPTS], asks=True)
        menu.addSeparator()
        verbs.add(menu, actions[verbs.LEDGER], asks=True)
        return menu

    def _open_packages(self) -> None:
        _open(self.package_menu(), self.package_button)

    def package_menu(self) -> QMenu:
        """Return the menu of ledgers, packages and doubtful enterprises."""
        menu, actions = QMenu(self), self._actions
        verbs.add(menu, actions[verbs.VISIT_LEDGER], asks=True)
        verbs.add(menu, actions[verbs.DEMAND_LEDGER], asks=True)
        verbs.add(menu, actions[verbs.SAME_FIRMS], asks=True)
        menu.addSeparator()
        verbs.add(menu, actions[verbs.TAKE_PACKAGE], asks=True)
        verbs.add(menu, actions[verbs.WRITE_PACKAGE], asks=True)
        menu.addSeparator()
        verbs.add(menu, actions[verbs.DECIDE_MERGED], asks=True)
        verbs.add(menu, actions[verbs.ARRIVALS], asks=True)
        menu.addSeparator()
        verbs.add(menu, actions[verbs.SEND_DEMANDS], asks=True)
        verbs.add(menu, actions[verbs.TAKE_DEMANDS], asks=True)
        verbs.add(menu, actions[verbs.UNTAKE_DEMANDS], asks=True)
        menu.addSeparator()
        verbs.add(menu, actions[verbs.RETENTION], asks=True)
        return menu

    def fit(self) -> None:
        """Take less height where the window is low."""
        look = self._desk.look.tokens
        above, tall = (look.px(4), look.px(28)) if look.low(self) else (look.px(10), look.px(32))
        self._row.setContentsMargins(look.px(16), above, look.px(16), above)
        for button in self._every_button():
            button.setFixedHeight(tall)
        self.search.set_height(tall)

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._show_returns()
        size = look.px(14)
        for each, name in ((self._back, "back"), (self._forward, "forward")):
            each.setIcon(icons.icon(name, look.text, disabled=look.disabled))
            each.setIconSize(QSize(size, size))
            each.setFixedWidth(look.px(34))
        self.fit()


def _open(menu: QMenu, button: QPushButton) -> None:
    menu.setToolTipsVisible(True)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
