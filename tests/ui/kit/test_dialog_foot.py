from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout

from desktop.errors import KnownError
from desktop.ui.kit import messages, style_sheet
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.look import DARK, LIGHT, Tokens, look_of


def opened(qtbot, *others: QPushButton, **how: object) -> tuple[QDialog, DialogFoot]:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QVBoxLayout(dialog)
    foot = DialogFoot(dialog, "移交", *others, **how)
    box.addLayout(foot)
    dialog.open()
    return dialog, foot


def test_the_buttons_stand_in_one_order(qtbot):
    dialog, _ = opened(qtbot, QPushButton("打开文件夹"))
    shown = sorted(dialog.findChildren(QPushButton), key=lambda button: button.x())
    assert [button.text() for button in shown] == ["打开文件夹", "取消", "移交"]


@pytest.mark.parametrize(("safe", "result"), [(False, 1), (True, 0)])
def test_enter_does_it_unless_something_would_be_lost(qtbot, safe, result):
    dialog, _ = opened(qtbot, safe=safe)
    ended = []
    dialog.finished.connect(ended.append)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert ended == [result]


@pytest.mark.parametrize("cancel", ["取消", ""])
def test_escape_calls_off(qtbot, cancel):
    dialog, foot = opened(qtbot, cancel=cancel)
    assert (foot.cancel_button is None) == (not cancel)
    ended = []
    dialog.finished.connect(ended.append)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert ended == [0]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_message_has_the_colours_of_its_appearance(qtbot, look: Tokens):
    app = QApplication.instance()
    before = app.palette(), app.font(), app.styleSheet(), app.property(style_sheet.LOOK)
    try:
        style_sheet.apply(app, look)
        parent = QDialog()
        qtbot.addWidget(parent)
        assert look_of(parent) is look
        messages.show_problem(parent, KnownError("没有写成。", "请再试。"))
        image = parent.findChild(QDialog).findChild(QPushButton).window().grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(60) for y in range(image.height())}
        assert look.amber in seen
    finally:
        palette, font, sheet, name = before
        app.setPalette(palette)
        app.setFont(font)
        app.setStyleSheet(sheet)
        app.setProperty(style_sheet.LOOK, name)
