"""The rail at the left: which page is shown, and appearance, settings and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.ui import verbs
from desktop.ui.kit import icons, widgets

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.ui.kit.look import Look
    from desktop.ui.verbs import Verb

PAGES = (
    ("browse", "查阅"),
    ("checklist", "清单"),
    ("visits", "走访"),
    ("overview", "总览"),
    ("library", "发文库"),
    ("proofreading", "核查"),
)
BROWSE, CHECKLIST, VISITS, OVERVIEW, LIBRARY, PROOFREADING = range(len(PAGES))
HELPS = (verbs.HELP, verbs.KEYS, verbs.LOOK_AROUND, verbs.ABOUT)


class Rail(QWidget):
    """The pages, one above the other; appearance, settings and help at the foot."""

    def __init__(self, look: Look, actions: Mapping[Verb, QAction]) -> None:
        super().__init__()
        self._look, self._actions = look, actions
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        pages = (
            verbs.SHOW_BROWSE,
            verbs.SHOW_CHECKLIST,
            verbs.SHOW_VISITS,
            verbs.SHOW_OVERVIEW,
            verbs.SHOW_LIBRARY,
            verbs.SHOW_PROOFREADING,
        )
        for number, verb in enumerate(pages):
            choice = self._button(actions[verb])
            choice.setCheckable(True)
            self._group.addButton(choice, number)
            self._column.addWidget(choice)
        self._column.addStretch(1)
        self._theme = self._button(actions[verbs.DARK])
        self._settings = self._button(actions[verbs.SETTINGS])
        self._help = self._button(actions[verbs.HELP], "帮助")
        self._help.clicked.disconnect()
        self._help.clicked.connect(self._open_help)
        self._help.setToolTip("使用手册、快捷键、功能介绍、关于")
        for choice in (self._theme, self._settings, self._help):
            self._column.addWidget(choice)
        look.changed.connect(self._take_look)
        self._take_look()

    def select(self, number: int) -> None:
        """Show which page is open."""
        self._group.button(number).setChecked(True)

    def button(self, name: str) -> QToolButton:
        """Return a button by its name: of a page as in ``PAGES``, ``theme``, ``settings`` or ``help``."""
        foot = {"theme": self._theme, "settings": self._settings, "help": self._help}
        pages = {page: self._group.button(at) for at, (page, _title) in enumerate(PAGES)}
        found = foot.get(name) or pages[name]
        assert isinstance(found, QToolButton)
        return found

    def help_menu(self) -> QMenu:
        """Return the menu of what explains the program."""
        menu = QMenu(self)
        for verb in HELPS:
            verbs.add(menu, self._actions[verb])
        return menu

    def _open_help(self) -> None:
        menu = self.help_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._help.mapToGlobal(self._help.rect().topRight()))

    def _button(self, action: QAction, title: str = "") -> QToolButton:
        made = QToolButton()
        made.setText(title or action.text())
        made.setToolTip(action.toolTip())
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(action.trigger)
        return made

    def fit(self) -> None:
        """Take less height where the window is low."""
        look = self._look.tokens
        low = look.low(self)
        self._column.setSpacing(look.px(1) if low else 6)
        self._column.setContentsMargins(
            look.px(8), look.px(4 if low else 14), look.px(8), look.px(4 if low else 12)
        )
        for choice in (*self._group.buttons(), self._theme, self._settings, self._help):
            widgets.set_look(choice, "low", low)
        size, small = look.px(14 if low else 22), look.px(11 if low else 17)
        for choice in self._group.buttons():
            choice.setIconSize(QSize(size, size))
            choice.setFixedSize(look.px(56), look.px(35 if low else 56))
        for choice in (self._theme, self._settings, self._help):
            choice.setIconSize(QSize(small, small))
            choice.setFixedSize(look.px(56), look.px(31 if low else 46))

    def _take_look(self) -> None:
        look = self._look.tokens
        self.setFixedWidth(look.px(72))
        self._theme.setText("浅色" if look.dark else "深色")
        pictures = [(self._group.button(at), name) for at, (name, _) in enumerate(PAGES)]
        for choice, name in pictures:
            choice.setIcon(icons.icon(name, look.muted, checked=look.accent))
        foot = (
            (self._theme, "sun" if look.dark else "moon"),
            (self._settings, "settings"),
            (self._help, "help"),
        )
        for choice, name in foot:
            choice.setIcon(icons.icon(name, look.muted))
        self.fit()
