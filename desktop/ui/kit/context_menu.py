"""Menus that a right click opens, or Shift+F10, or the menu key: on what, and where.

Windows asks for a menu by these keys itself, X11 by the menu key alone. Where a window hears a key that
nobody else took, :func:`ask_by_keys` asks in their place, so that both keys do the same everywhere.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget


def ask_by_keys(window: QWidget, event: QKeyEvent) -> bool:
    """Ask what has the focus in a window for its menu if the keys mean that; return whether they do."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift_f10 = event.key() == Qt.Key.Key_F10 and held == Qt.KeyboardModifier.ShiftModifier
    if not shift_f10 and (event.key() != Qt.Key.Key_Menu or held):
        return False
    if (focus := window.focusWidget()) is not None and QApplication.activePopupWidget() is None:
        middle = focus.rect().center()
        by_keys = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focus, QContextMenuEvent(by_keys, middle, focus.mapToGlobal(middle)))
    return True


def row_meant(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """Return which row of a view a menu is asked for, and where it is to open on the screen.

    By keys that is the current row, and below it; the index is not valid where there is none.
    """
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    view.scrollTo(index)
    row = view.visualRect(index)
    return index, view.viewport().mapToGlobal(row.bottomLeft() + QPoint(row.height(), 0))


def open_at(menu: QMenu, place: QPoint) -> None:
    """Open a menu, which is gone when it closes."""
    menu.setToolTipsVisible(True)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
