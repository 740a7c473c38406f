"""What frames every page: the rail of pages, the validity banner and the status line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.kit import icons

PAGES = (("browse", "查阅"), ("checklist", "清单"), ("overview", "总览"))
BROWSE, CHECKLIST, OVERVIEW = range(len(PAGES))


class Rail(QWidget):
    """The pages, one above the other.

    Signals:
        page_chosen(int): the number of the page, from 0
        settings_asked(), help_asked(), theme_asked(): the small buttons at the foot
    """

    page_chosen = Signal(int)
    settings_asked = Signal()
    help_asked = Signal()
    theme_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        for number, (_, title) in enumerate(PAGES):
            choice = self._button(title, f"{title}（Ctrl+{number + 1}）")
            choice.setCheckable(True)
            self._group.addButton(choice, number)
            self._column.addWidget(choice)
        self._column.addStretch(1)
        self._theme = self._button("深色", "切换深色与浅色外观")
        self._settings = self._button("设置", "设置（Ctrl+,）")
        self._help = self._button("帮助", "快捷键（F1）")
        for choice, asked in (
            (self._theme, self.theme_asked),
            (self._settings, self.settings_asked),
            (self._help, self.help_asked),
        ):
            choice.clicked.connect(asked)
            self._column.addWidget(choice)
        self._group.idClicked.connect(self.page_chosen)
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def select(self, number: int) -> None:
        """Show which page is open."""
        self._group.button(number).setChecked(True)

    def _button(self, title: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setText(title)
        made.setToolTip(tip)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self.setFixedWidth(look.px(72))
        self._column.setContentsMargins(look.px(8), look.px(14), look.px(8), look.px(12))
        size = look.px(22)
        self._theme.setText("浅色" if look.dark else "深色")
        pictures = [(self._group.button(at), name) for at, (name, _) in enumerate(PAGES)]
        for choice, name in pictures:
            choice.setIcon(icons.icon(name, look.muted, size, checked=look.accent))
            choice.setIconSize(QSize(size, size))
            choice.setFixedSize(look.px(56), look.px(56))
        small = look.px(17)
        foot = (
            (self._theme, "sun" if look.dark else "moon"),
            (self._settings, "settings"),
            (self._help, "help"),
        )
        for choice, name in foot:
            choice.setIcon(icons.icon(name, look.muted, small))
            choice.setIconSize(QSize(small, small))
            choice.setFixedSize(look.px(56), look.px(46))
