"""What frames every page: the rail of pages, the validity banner and the status line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import paths
from desktop.ui.desk import Desk
from desktop.ui.kit import icons, widgets

PAGES = (("browse", "查阅"), ("checklist", "清单"), ("overview", "总览"))
BROWSE, CHECKLIST, OVERVIEW = range(len(PAGES))
FLASH_MS = 6000


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
        desk.look_changed.connect(self._take_look)
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
        look = self._desk.look
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


class Banner(QWidget):
    """One line above the pages: the notice's validity, or that this window is read-only."""

    def __init__(self, desk: Desk, icon: str = "warning") -> None:
        super().__init__()
        self._desk, self._icon = desk, icon
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self.hide()
        desk.look_changed.connect(self._take_look)
        self._take_look()

    def say(self, html: str) -> None:
        """Show ``html``; an empty string hides the banner."""
        self._words.setText(html)
        self.setVisible(bool(html))

    def _take_look(self) -> None:
        look = self._desk.look
        self._row.setContentsMargins(look.px(16), look.px(7), look.px(16), look.px(7))
        size = look.px(15)
        self._mark.setPixmap(icons.pixmap(self._icon, look.warn, size, self.devicePixelRatioF()))
        self._mark.setFixedWidth(size)


class StatusLine(QWidget):
    """The foot of the window: what is loaded at the left, short messages, the workspace at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.facts, self._message = widgets.label(), widgets.label()
        self._saved, self._workspace, self._user = widgets.label(), widgets.label(), widgets.label()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(18)
        for widget in (self.facts, self._message):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self._saved, self._workspace, self._user):
            self._row.addWidget(widget)
        self._fade = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._fade.timeout.connect(lambda: self._message.setText(""))
        desk.saved.connect(lambda at: self._saved.setText(f"已保存 {at}"))
        desk.settings_changed.connect(lambda _name: self._show())
        desk.look_changed.connect(self._show)
        self._check = ""
        self._show()

    def flash(self, words: str) -> None:
        """Show a short message for a few seconds."""
        self._message.setText(words)
        self._fade.start()

    def set_check(self, words: str, *, bad: bool = False) -> None:
        """Say how the check of the bundled data went."""
        self._check = words
        widgets.set_look(self.facts, "state", "bad" if bad else "")
        self._show()

    def _show(self) -> None:
        look, catalogue = self._desk.look, self._desk.catalogue
        self._row.setContentsMargins(look.px(14), look.px(4), look.px(14), look.px(4))
        version = catalogue.meta.get("data_version", "")
        words = [f"{len(catalogue.measures)} 条措施", f"{len(catalogue.units)} 个责任单位"]
        words += [f"数据 {version}"] if version else []
        self.facts.setText(" · ".join(words + ([self._check] if self._check else [])))
        folder = self._desk.workspace_folder
        self._workspace.setText(f"工作库：{'只读' if self._desk.read_only else _place(folder)}")
        self._workspace.setToolTip(str(folder))
        self._user.setText(f"使用人：{self._desk.user_name}")


def _place(folder: Path) -> str:
    """Return a short name for where the workspace lies."""
    if folder == paths.user_folder():
        return "本机"
    return "随程序" if folder == paths.home() / "workspace" else folder.name
