"""Whatever can be pressed or filled in has a name for screen readers, and is large enough to be met."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from desktop.ui.frame.window import Window
from desktop.ui.kit.look import ZOOM_STEPS
from desktop.ui.kit.style_sheet import TARGET
from tests.ui.test_seen import scenes
from tests.ui.test_seen import shown as shown  # a fixture

ROLES = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
SAYS_SOMETHING = re.compile(r"[\w]")
CLICKED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says a widget is."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def seen(window: QWidget) -> Iterator[QWidget]:
    """Yield the widgets of a window that can be seen and are not parts that Qt makes of others."""
    QApplication.processEvents()
    for each in window.findChildren(QWidget):
        if each.isVisible() and each.window() is window and not each.visibleRegion().isEmpty():
            yield each


def is_part(widget: QWidget) -> bool:
    """Tell whether a widget is the inside of a field: the field's own name is said."""
    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)


def which(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {words or widget.accessibleName()}"


def test_everything_that_takes_the_focus_has_a_name(qtbot, shown: Window) -> None:
    nameless, count = {}, 0
    for scene, window in scenes(qtbot, shown):
        for each in seen(window):
            if each.focusPolicy() == Qt.FocusPolicy.NoFocus or each.focusProxy() or is_part(each):
                continue
            count += 1
            if not SAYS_SOMETHING.search(name_of(each)):
                nameless[which(each)] = scene
    assert count > 500
    assert nameless == {}


def test_every_cell_says_what_is_drawn_in_it(qtbot, shown: Window) -> None:
    silent, count = {}, 0
    for scene, window in scenes(qtbot, shown):
        for view in (each for each in seen(window) if isinstance(each, QAbstractItemView)):
            model, root = view.model(), view.rootIndex()
            for row in range(model.rowCount(root)):
                told = [
                    model.index(row, column, root).data(role)
                    for column in range(model.columnCount(root) if hasattr(view, "horizontalHeader") else 1)
                    for role in ROLES
                ]
                count += 1
                if not any(told):
                    silent[which(view), row] = scene
    assert count > 300
    assert silent == {}


def test_marks_in_the_tree_are_said(shown: Window) -> None:
    tree = shown.browse.navigator.tree
    said = []
    for branch in range(tree.model().rowCount()):
        parent = tree.model().index(branch, 0)
        said.append(parent.data(Qt.ItemDataRole.AccessibleTextRole))
        said += [
            tree.model().index(row, 0, parent).data(Qt.ItemDataRole.AccessibleTextRole)
            for row in range(tree.model().rowCount(parent))
        ]
    assert any("已收藏" in words for words in said)
    assert any("有批注" in words for words in said)
    assert said[0] == "一、加大纾困资金支持，3条"


def small(window: QWidget) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what can be pressed and is too small to be met."""
    for each in seen(window):
        clicked = isinstance(each, CLICKED) and each.isEnabled() and not is_part(each)
        if clicked and (each.width() < TARGET or each.height() < TARGET):
            yield which(each), each.size().toTuple()
        if isinstance(each, QAbstractItemView) and each.model().rowCount(each.rootIndex()):
            first = each.visualRect(each.model().index(0, 0, each.rootIndex()))
            if not first.isEmpty() and first.height() < TARGET and not isinstance(each, QHeaderView):
                yield f"row of {which(each)}", first.size().toTuple()


def test_whatever_is_pressed_is_large_enough(qtbot, shown: Window) -> None:
    found, count = {}, 0
    for scene, window in scenes(qtbot, shown):
        found |= {each: (size, scene) for each, size in small(window)}
        count += sum(isinstance(each, CLICKED) for each in seen(window))
    assert count > 300
    assert found == {}


@pytest.mark.parametrize("zoom", [min(ZOOM_STEPS), 1.5])
def test_it_is_at_other_sizes_of_text_too(qtbot, shown: Window, zoom: float) -> None:
    shown.desk.look.set_zoom(zoom)
    found = {}
    for scene, window in scenes(qtbot, shown):
        if not scene.startswith("row"):
            found |= {each: (size, scene) for each, size in small(window)}
    assert found == {}
