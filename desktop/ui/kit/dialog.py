"""A dialog that fits the screen and in which Enter does what has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QLayout,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from desktop.ui.kit import context_menu, widgets

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HELP = QKeySequence(Qt.Key.Key_F1)


class Dialog(QDialog):
    """As Qt's, but that Enter on a button presses that button and never the default one in its place.

    Qt lets a button that is no ``autoDefault`` pass Enter on, and the dialog presses its default instead: the
    focus was on 取消, and a round went out. Boxes to tick and lists keep Qt's way: Enter means the default.
    Shift+F10 and the menu key open the menu of what has the focus. F1 does what it does in the window below,
    which hears no key while the dialog is open.

    It is never larger than the screen has room for under a title bar. One that needs more room, at a large
    size of text or on a small screen, scrolls above its foot, which stays in view.
    """

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            self._fit(widgets.room_of(self))
            self._take_help()
        super().setVisible(visible)

    def _take_help(self) -> None:
        below = self.parentWidget()
        if below is not None:
            self.addActions([each for each in below.window().actions() if HELP in each.shortcuts()])

    def _fit(self, room: QSize) -> None:
        """Take no more than ``room``; let scroll what needs more."""
        layout = self.layout()
        if layout is None:
            return
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()  # sizes follow from the style sheet
            part.updateGeometry()
        layout.activate()
        least, wanted = layout.totalMinimumSize().expandedTo(self.minimumSize()), self._wanted()
        wide = min(max(least.width(), wanted.width()), room.width())
        tall = max(least.height(), wanted.height())
        if layout.hasHeightForWidth():
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(wide)))
            asked = wanted.height() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 0
            tall = max(least.height(), asked, layout.totalHeightForWidth(wide))
        if least.width() > room.width() or least.height() > room.height():
            self._scroll(layout, room)
        else:
            self.resize(QSize(wide, tall).boundedTo(room))

    def _wanted(self) -> QSize:
        """Return the size that was asked for, else the one that suits what stands in it."""
        return self.size() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self.sizeHint()

    def _scroll(self, layout: QLayout, room: QSize) -> None:
        """Put all that stands in ``layout`` but its last line, the buttons, on a canvas that scrolls."""
        focus, wide, margins = self.focusWidget(), self._wanted().width(), layout.contentsMargins()
        last = layout.itemAt(layout.count() - 1)
        foot = last.layout() if last is not None else None
        if foot is not None:
            layout.removeItem(foot)
            foot.setParent(None)
        canvas, area = QWidget(), QScrollArea()
        canvas.setObjectName("canvas")
        canvas.setLayout(layout)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.windowTitle() or "内容")
        area.setWidget(canvas)
        outer = widgets.column()
        outer.addWidget(area, 1)
        if foot is not None:
            foot.setContentsMargins(margins.left(), layout.spacing(), margins.right(), margins.bottom())
            outer.addLayout(foot)
        self.setMinimumSize(0, 0)
        self.setLayout(outer)
        if focus is not None:
            focus.setFocus()
        bar = area.verticalScrollBar().sizeHint().width()
        tall = canvas.sizeHint().height() + (foot.sizeHint().height() if foot is not None else 0)
        self.resize(QSize(wide + bar, tall).boundedTo(room))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """Take the height that what stands there needs by now: a line that came squeezes no field."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            tall = min(layout.totalMinimumHeightForWidth(self.width()), widgets.room_of(self).height())
            if tall > self.height():
                self.resize(self.width(), tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if context_menu.ask_by_keys(self, event):
            return
        focus = self.focusWidget()
        is_button = isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox | QRadioButton)
        if event.key() in ENTER and is_button:
            assert isinstance(focus, QAbstractButton)
            widgets.press(focus)
            event.accept()
            return
        super().keyPressEvent(event)
