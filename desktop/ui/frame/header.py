"""The line that is always there: search and filters, back and forward, returns, text size, printing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui.desk import Desk
from desktop.ui.frame.rail import BROWSE
from desktop.ui.frame.search_bar import SearchBar
from desktop.ui.kit import icons, widgets

ROOMY = 1.5  # up to this zoom all buttons have room on the smallest screen
OUTPUTS = (("measure", "本条措施"), ("category", "本类别全部措施"), ("unit", "责任单位清单"))


class Header(QWidget):
    """Arranges the search bar and the buttons.

    Signals:
        back_asked(), forward_asked(): along the trail
        zoom_asked(int): +1 larger, -1 smaller
        print_asked(str), pdf_asked(str): one of ``OUTPUTS``
        import_asked(), ledger_asked(): the buttons of those names
        round_menu_asked(object): the menu of rounds is to open below this button
    """

    back_asked = Signal()
    forward_asked = Signal()
    zoom_asked = Signal(int)
    print_asked = Signal(str)
    pdf_asked = Signal(str)
    import_asked = Signal()
    ledger_asked = Signal()
    round_menu_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page = BROWSE
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        self.search = SearchBar(self._desk)
        self._back = widgets.button("", does=self.back_asked.emit, tip="后退（Alt+←）")
        self._forward = widgets.button("", does=self.forward_asked.emit, tip="前进（Alt+→）")
        self._back.setAccessibleName("后退")
        self._forward.setAccessibleName("前进")
        self._smaller = widgets.button("A−", does=lambda: self.zoom_asked.emit(-1), tip="缩小文字（Ctrl+-）")
        self._larger = widgets.button("A+", does=lambda: self.zoom_asked.emit(1), tip="放大文字（Ctrl++）")
        self._print = widgets.button("打印 ▾", does=self._open_print, tip="打印或存为 PDF（Ctrl+P）")
        self.round_button = widgets.button("填报轮次 ▾", tip="新建轮次、催报、导入记录")
        self.round_button.clicked.connect(lambda: self.round_menu_asked.emit(self.round_button))
        self._ledger = widgets.button("台账", does=self.ledger_asked.emit, tip="导出台账（Ctrl+L）")
        self._import = widgets.button(
            "导入回填", does=self.import_asked.emit, tip="并入各单位交回的工作簿（Ctrl+I），也可以拖到窗口上"
        )
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self.search, 1)
        for each in self._every_button():
            self._row.addWidget(each)

    def _every_button(self) -> tuple[QWidget, ...]:
        returns = (self._import, self.round_button, self._ledger)
        return (self._back, self._forward, *returns, self._smaller, self._larger, self._print)

    def show_for(self, page: int) -> None:
        """Show what has a meaning on a page."""
        self.search.show_filters(page == BROWSE)
        for each in (self._back, self._forward, self._print):
            each.setVisible(page == BROWSE)
        self._page = page
        self._show_returns()

    def _show_returns(self) -> None:
        """Show the buttons of rounds where they belong; the menu holds the others at a large size too."""
        here = self._page != BROWSE
        self.round_button.setVisible(here)
        for each in (self._import, self._ledger):
            each.setVisible(here and self._desk.look.tokens.zoom <= ROOMY)

    def set_read_only(self) -> None:
        """Say that nothing can be taken in here."""
        self._import.setEnabled(False)
        self._import.setToolTip("本窗口为只读，不能导入")

    def show_trail(self, back: bool, forward: bool) -> None:
        """Say whether there is a way back or forward."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def _open_print(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, asked in (("打印", self.print_asked), ("存为 PDF：", self.pdf_asked)):
            for name, title in OUTPUTS:
                menu.addAction(f"{verb}{title}", lambda asked=asked, name=name: asked.emit(name))
            if asked is self.print_asked:
                menu.addSeparator()
        menu.popup(self._print.mapToGlobal(self._print.rect().bottomLeft()))

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._show_returns()
        self._row.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        size = look.px(14)
        for each, name in ((self._back, "back"), (self._forward, "forward")):
            each.setIcon(icons.icon(name, look.text, size, disabled=look.faint))
            each.setIconSize(QSize(size, size))
            each.setFixedWidth(look.px(34))
        for button in self._every_button():
            button.setFixedHeight(look.px(32))
