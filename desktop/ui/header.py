"""The line that is always there: search and filters, back and forward, text size, printing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui import icons, parts
from desktop.ui.desk import Desk
from desktop.ui.frame_parts import BROWSE
from desktop.ui.search_bar import SearchBar

OUTPUTS = (("measure", "本条措施"), ("category", "本类别全部措施"), ("unit", "责任单位清单"))


class Header(QWidget):
    """Arranges the search bar and the buttons.

    Signals:
        back_asked(), forward_asked(): along the trail
        zoom_asked(int): +1 larger, -1 smaller
        print_asked(str), pdf_asked(str): one of ``OUTPUTS``
    """

    back_asked = Signal()
    forward_asked = Signal()
    zoom_asked = Signal(int)
    print_asked = Signal(str)
    pdf_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        desk.look_changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        self.search = SearchBar(self._desk)
        self._back = parts.button("", does=self.back_asked.emit, tip="后退（Alt+←）")
        self._forward = parts.button("", does=self.forward_asked.emit, tip="前进（Alt+→）")
        self._back.setAccessibleName("后退")
        self._forward.setAccessibleName("前进")
        self._smaller = parts.button("A−", does=lambda: self.zoom_asked.emit(-1), tip="缩小文字（Ctrl+-）")
        self._larger = parts.button("A+", does=lambda: self.zoom_asked.emit(1), tip="放大文字（Ctrl++）")
        self._print = parts.button("打印 ▾", does=self._open_print, tip="打印或存为 PDF（Ctrl+P）")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self.search, 1)
        for each in (self._back, self._forward, self._smaller, self._larger, self._print):
            self._row.addWidget(each)

    def show_for(self, page: int) -> None:
        """Show what has a meaning on a page."""
        self.search.show_filters(page == BROWSE)
        for each in (self._back, self._forward, self._print):
            each.setVisible(page == BROWSE)

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
        look = self._desk.look
        self._row.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        size = look.px(14)
        for each, name in ((self._back, "back"), (self._forward, "forward")):
            each.setIcon(icons.icon(name, look.text, size, disabled=look.faint))
            each.setIconSize(QSize(size, size))
            each.setFixedWidth(look.px(34))
        for each in (self._back, self._forward, self._smaller, self._larger, self._print):
            each.setFixedHeight(look.px(32))
