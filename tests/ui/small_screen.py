"""Walk the real window and its dialogs on the screen that the environment names; print what has room there.

Run as a program of its own, for a scale factor holds for a whole process:
``QT_SCALE_FACTOR=1.5 QT_QPA_PLATFORM=offscreen:configfile=… python -m tests.ui.small_screen ZOOM``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop.ui.demo import sample_entries, sample_round
from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.kit import widgets
from desktop.ui.kit.widgets import ElidedLabel
from tests.ui.kit.test_enter import DIALOGS


def lines(window: Window) -> int:
    """Return how many whole lines of a measure the reader shows, its heading among them."""
    text, view = window.browse.reader.text, window.browse.reader.viewport()
    seen, count = view.rect(), 0
    block = text.document().begin()
    while block.isValid():
        top = text.document().documentLayout().blockBoundingRect(block).topLeft()
        for at in range(block.layout().lineCount()):
            line = block.layout().lineAt(at).naturalTextRect().translated(top).toAlignedRect()
            place = text.viewport().mapTo(view, line.topLeft())
            count += seen.contains(QRect(place, line.size()))
        block = block.next()
    return count


def rows(view: QAbstractItemView) -> int:
    """Return how many whole rows a list or table shows."""
    model, seen = view.model(), view.viewport().rect()
    places = (view.visualRect(model.index(row, 0)) for row in range(model.rowCount()))
    return sum(seen.top() <= place.top() and place.bottom() <= seen.bottom() for place in places)


def told(widget: QWidget) -> str:
    words = getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.accessibleName() or words or widget.objectName()}"


def scrolls(widget: QWidget) -> bool:
    """Tell whether a widget stands on something that scrolls, and is reached by that."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def amiss(window: QWidget) -> Iterator[str]:
    """Yield what stands outside a window, and buttons that are too narrow for their words."""
    whole = window.rect()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        meant = isinstance(widget, QAbstractButton | QLineEdit | QLabel | QAbstractItemView | QScrollArea)
        if meant and not scrolls(widget) and not whole.contains(place):
            yield f"outside: {told(widget)} {place.getRect()} of {whole.getRect()}"
        if (
            isinstance(widget, QPushButton)
            and widget.text()
            and widget.width() < widget.sizeHint().width() - 1
        ):
            yield f"cut: {told(widget)} {widget.width()} of {widget.sizeHint().width()}"
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            wraps = widget.hasHeightForWidth()
            need = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
            wide = 0 if wraps else widget.sizeHint().width()
            if widget.height() < need - 1 or widget.width() < wide - 1:
                yield f"cut: {told(widget)} {widget.size().toTuple()} of {(wide, need)}"


def settled(window: QWidget) -> list[str]:
    """Return what is amiss once layouts have come to rest: what Qt arranges late is not cut for good."""
    for _ in range(20):
        if not (found := list(amiss(window))):
            break
        QTest.qWait(50)
    return found


def at_rest(seen: Callable[[], int]) -> int:
    """Return what is seen once it stays so: a loaded machine lays out late."""
    counted = [-1, -2]
    for _ in range(40):
        if counted[-1] == counted[-2]:
            break
        QTest.qWait(50)
        counted.append(seen())
    return counted[-1]


def looked_at(name: str, dialog: QDialog, pictures: Path | None) -> dict[str, object]:
    dialog.show()
    QTest.qWait(10)
    room = widgets.room_of(dialog)
    found: dict[str, object] = {
        "fits": dialog.width() <= room.width() and dialog.height() <= room.height(),
        "size": dialog.size().toTuple(),
        "room": room.toTuple(),
        "amiss": settled(dialog),
    }
    if pictures is not None:
        dialog.grab().save(str(pictures / f"{name}.png"))
    dialog.close()
    return found


def walk(zoom: float, pictures: Path | None = None, dark: bool = False) -> dict[str, object]:
    """Return what the pages and dialogs show at a zoom on this screen."""
    app.application()
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = app.open_desk(Path(folder) / "工作库")
        now = datetime.now().astimezone()
        sample_entries.fill(desk.workspace.db, desk.catalogue, now)
        sample_round.fill(desk.workspace.db, desk.catalogue, now)
        desk.look.set_zoom(zoom)
        desk.look.set_dark(dark)
        window = Window(desk)
        window.show()
        QTest.qWait(50)
        found = _pages(window, desk, pictures)
        found["dialogs"] = {
            name: looked_at(name, make(desk, window), pictures) for name, make in DIALOGS.items()
        }
        window.close()
        desk.close()
    return found


def _pages(window: Window, desk: Desk, pictures: Path | None) -> dict[str, object]:
    room = widgets.room_of(window)
    found: dict[str, object] = {
        "screen": window.screen().availableGeometry().size().toTuple(),
        "window": window.size().toTuple(),
        "top": window.y(),
        "fits": room.expandedTo(window.minimumSizeHint()) == room and room.expandedTo(window.size()) == room,
    }
    longest = max(desk.catalogue.measures, key=lambda measure: len(measure.text))
    window.open_measure(longest.key)
    for name, page in (("browse", BROWSE), ("checklist", CHECKLIST), ("overview", OVERVIEW)):
        window.show_page(page)
        QTest.qWait(30)
        found[f"amiss in {name}"] = settled(window)
        if pictures is not None:
            window.grab().save(str(pictures / f"page-{name}.png"))
    found["items"] = rows(window.checklist.table)
    window.show_page(BROWSE)
    found["lines"] = at_rest(lambda: lines(window))
    window.show_page(OVERVIEW)
    overview = window.overview
    found["bars"], found["due"] = rows(overview._units), rows(overview._rows)
    window.show_page(CHECKLIST)
    found["banner lines"] = window.lines.validity.height() / window.fontMetrics().height()
    return found


if __name__ == "__main__":
    shots = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    json.dump(walk(float(sys.argv[1]), shots, "dark" in sys.argv), sys.stdout, ensure_ascii=False)
