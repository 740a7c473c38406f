"""What is drawn can be read, in both looks: words 4.5 : 1, fields, icons and the focus 3 : 1 (WCAG 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.ui.demo import sample_entries, sample_round
from desktop.ui.desk import Desk
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.kit import style_sheet
from desktop.ui.kit.look import BODY_FAMILIES, DARK, LIGHT, TITLE_FAMILIES
from tests.ui import drawn
from tests.ui.kit.test_enter import DIALOGS

TEXT, LARGE_TEXT, DISABLED, MARK = 4.5, 3.0, 3.0, 3.0
LARGE = 24  # pixels of height from which on words are large
FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def shown(request, qtbot, desk: Desk) -> Iterator[Window]:
    """The window with something of every kind entered, in one look."""
    now = datetime.now().astimezone()
    sample_entries.fill(desk.workspace.db, desk.catalogue, now)
    sample_round.fill(desk.workspace.db, desk.catalogue, now)
    desk.look.set_dark(request.param)
    window = Window(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.lines.say_locked("工作库已在另一个程序中打开。")
    window.announce("自动备份没有写成。", 备份与恢复=lambda: None)
    yield window
    window.close()


def scenes(qtbot, window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring up one page and dialog after the other, in the states that look different."""
    window.show_page(BROWSE)
    window.browse.navigator.set_order("favourite")
    yield "favourites", window
    window.browse.navigator.set_order("category")
    window.browse.reader.open_note()
    yield "browse", window
    window.search.ask_for("担保")
    window.browse.step_match(1)
    yield "found", window
    window.search.ask_for("没有这样的词")
    yield "not found", window
    window.search.ask_for("", unit=window.desk.catalogue.units[0].key)
    yield "filtered", window
    window.search.ask_for()
    window.show_page(CHECKLIST)
    window.checklist.message.tell("已为 3 项设置完成时限。", 撤销=lambda: None)
    for panel in ("history", "evidence", ""):
        window.checklist.head.show_panel(panel)
        yield f"checklist {panel}", window
    for row in range(window.checklist.model.rowCount()):  # pills on the ground of the selected row
        window.checklist.table.selectRow(row)
        yield f"row {row}", window
    window.show_page(OVERVIEW)
    yield "overview", window
    window.overview.show_round()
    yield "round", window
    for name, make in DIALOGS.items():
        dialog = make(window.desk, window)
        dialog.show()
        qtbot.wait(5)
        yield name, dialog
        dialog.close()


def least(word: drawn.Word) -> float:
    """Return the contrast that a run of words must have."""
    if not word.enabled:
        return DISABLED
    return MARK if word.text == "●" else LARGE_TEXT if word.place.height() >= LARGE else TEXT


def test_all_words_and_icons_can_be_read(qtbot, shown: Window) -> None:
    poor: dict[tuple[object, ...], str] = {}
    count = 0
    for name, widget in scenes(qtbot, shown):
        QApplication.processEvents()
        words, pictures = drawn.looked_at(widget)
        count += len(words)
        for word in words:
            if word.contrast < least(word):
                told = (word.colour.name(), word.ground.name(), round(word.contrast, 2), word.text[:12])
                poor.setdefault(told, name)
        for picture in pictures:
            if picture.enabled and picture.contrast < MARK:
                poor.setdefault((picture.place.getRect(), round(picture.contrast, 2)), name)
    assert count > 1500
    assert poor == {}


def test_fields_are_bounded(qtbot, shown: Window) -> None:
    poor, count = {}, 0
    for name, widget in scenes(qtbot, shown):
        for field in widget.findChildren(QWidget):
            own = isinstance(field, FIELDS) or (
                isinstance(field, QTextEdit) and field.objectName() == "input"
            )
            inner = isinstance(field.parentWidget(), QComboBox | QAbstractSpinBox)
            if (
                not own
                or inner
                or not field.isVisible()
                or not field.isEnabled()
                or not field.visibleRegion()
            ):
                continue
            left = QPoint(field.mapTo(widget, QPoint(0, field.height() // 2)))
            line = drawn.picture_of(widget, QRect(left.x() - 4, left.y(), 10, 1))
            pixels = [QColor(line.pixel(x, 1)) for x in range(line.width())]
            outside, inside = pixels[0], pixels[-1]
            most = max(min(drawn.contrast(each, outside), drawn.contrast(each, inside)) for each in pixels)
            count += 1
            if most < MARK:
                poor[name, type(field).__name__, field.accessibleName()] = round(most, 2)
    assert count > 15
    assert poor == {}


def changed_most(before: QImage, after: QImage) -> float:
    """Return the most contrast between a pixel before and after."""
    assert before.size() == after.size()
    kinds = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    ours, theirs = (memoryview(image.constBits()).cast("I") for image in kinds)
    return max(drawn.contrast(QColor(one), QColor(other)) for one, other in {*zip(ours, theirs, strict=True)})


def test_the_focus_is_seen_wherever_it_is(qtbot, shown: Window) -> None:
    poor, seen = {}, set()
    for name, widget in scenes(qtbot, shown):
        if name.startswith("row"):
            continue
        widget.activateWindow()
        for each in widget.findChildren(QWidget):
            words = each.text() if isinstance(each, QAbstractButton) else ""
            which = (type(each).__name__, each.objectName(), each.accessibleName() or words)
            able = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.isVisible()
            if not able or which in seen or each.focusProxy() is not None or each.visibleRegion().isEmpty():
                continue
            seen.add(which)
            area = QRect(each.mapTo(widget, QPoint(-2, -2)), each.size()).adjusted(0, 0, 4, 4)
            widget.setFocus()
            if (focus := widget.focusWidget()) is not None:
                focus.clearFocus()
            QApplication.processEvents()
            before = widget.grab(area).toImage()
            each.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if not each.hasFocus():
                continue
            if (most := changed_most(before, widget.grab(area).toImage())) < MARK:
                poor[name, *which] = round(most, 2)
    assert len(seen) > 60
    assert poor == {}


# ---- what a mouse brings about is in the style sheet alone

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
STATES = re.compile(r":(hover|pressed|checked|disabled|selected|focus)")


def rules(dark: bool) -> dict[str, dict[str, str]]:
    """Return what each selector of the style sheet says, the later ones over the earlier."""
    sheet = style_sheet.style_sheet(DARK if dark else LIGHT, TITLE_FAMILIES, BODY_FAMILIES)
    found: dict[str, dict[str, str]] = {}
    for selectors, said in RULE.findall(sheet):
        values = dict(part.split(":", 1) for part in said.split(";") if ":" in part)
        for selector in selectors.split(","):
            own = found.setdefault(selector.strip(), {})
            own.update({name.strip(): value.strip() for name, value in values.items()})
    return found


def bases(selector: str) -> Iterator[str]:
    """Yield a selector, then without its states, then without its properties one after the other."""
    yield selector
    bare = STATES.sub("", selector)
    yield bare
    while "[" in bare:
        bare = bare[: bare.rindex("[")] + bare[bare.rindex("]") + 1 :]
        yield bare


def said(found: dict[str, dict[str, str]], selector: str, *names: str) -> QColor | None:
    """Return a colour that holds for a selector: its own, or that of what it is a state or kind of."""
    for base in bases(selector):
        for name in names:
            if (colour := COLOUR.search(found.get(base, {}).get(name, ""))) is not None:
                return QColor(colour[0])
    return None


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_a_mouse_or_a_press_changes_can_be_read_too(dark: bool) -> None:
    found, poor, count = rules(dark), {}, 0
    surface = QColor((DARK if dark else LIGHT).surface)
    for selector in found:
        if not STATES.search(selector) or "::" in selector:
            continue
        words = said(found, selector, "color", "selection-color")
        ground = said(found, selector, "background", "selection-background-color") or surface
        if words is None:
            continue
        count += 1
        least = DISABLED if ":disabled" in selector else TEXT
        if drawn.contrast(words, ground) < least:
            poor[selector] = (words.name(), ground.name(), round(drawn.contrast(words, ground), 2))
    assert count > 20
    assert poor == {}
