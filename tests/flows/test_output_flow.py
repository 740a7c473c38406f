"""On paper and into a PDF: each page prints what it shows, from the keyboard and from the menus."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPushButton

from desktop.ui.frame.rail import OVERVIEW
from tests.flows import dialogs
from tests.ui.printing import pdf_reading

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
UNIT = "区科技局"


def text_of(path: Path) -> str:
    return "".join(pdf_reading.pages(path.read_bytes()))


def menu_action(button: QPushButton, *words: str) -> QAction:
    """Open the menu of a button and return the action in it that says ``words``."""
    button.click()
    (menu,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()
    )
    (action,) = (each for each in menu.actions() if all(word in each.text() for word in words))
    menu.close()
    return action


def print_button(window) -> QPushButton:
    (button,) = (each for each in window.findChildren(QPushButton) if each.text().startswith("打印 "))
    return button


def open_page(window, page: str) -> None:
    if page == "查阅":
        window.open_measure(window.desk.catalogue.by_number(19).key)
    elif page == "清单":
        window.open_unit(window.desk.catalogue.find_unit(UNIT).key)
    else:
        window.open_measure(window.desk.catalogue.by_number(19).key)
        window.show_page(OVERVIEW)


@pytest.mark.parametrize(
    ("page", "name", "content"),
    [
        ("查阅", "第19条-", "第19条"),
        ("清单", f"{UNIT}-责任清单.pdf", UNIT),
        ("总览", "-责任清单.pdf", "责任清单"),
    ],
)
def test_ctrl_shift_p_saves_what_the_page_shows(qtbot, window, tmp_path, page, name, content):
    open_page(window, page)
    proposed = []
    dialogs.answered(
        qtbot,
        lambda: qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT),
        lambda dialog: proposed.append(dialogs.choose(dialog, tmp_path / "存档")),
        QFileDialog,
    )
    qtbot.waitUntil((tmp_path / "存档.pdf").exists)
    assert name in proposed[0]
    assert content in text_of(tmp_path / "存档.pdf")
    assert f"已存为 {tmp_path / '存档.pdf'}" in dialogs.words(window)


@pytest.mark.parametrize(
    ("page", "title"), [("查阅", "第19条-"), ("清单", f"{UNIT}-责任清单"), ("总览", "-责任清单")]
)
def test_ctrl_p_shows_the_pages_of_what_the_page_shows(qtbot, window, page, title):
    open_page(window, page)
    titles, lines = [], []

    def look(dialog: QDialog) -> None:
        titles.append(dialog.windowTitle())
        lines.extend(dialogs.words(dialog))

    dialogs.answered(qtbot, lambda: qtbot.keyClick(window, Qt.Key.Key_P, CTRL), look)
    assert titles[0].startswith("打印预览 — ")
    assert title in titles[0]
    assert any(line.startswith("第1页 共") for line in lines)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("本条措施", "第19条-"),
        ("本类别全部措施", "、"),
        ("整份文件", "若干措施"),
        ("责任单位清单", "-责任清单"),
    ],
)
def test_the_menu_of_the_header_prints_and_saves_each_of_them(qtbot, window, tmp_path, words, title):
    open_page(window, "查阅")
    proposed, titles = [], []
    dialogs.answered(
        qtbot,
        menu_action(print_button(window), "打印", words).trigger,
        lambda dialog: titles.append(dialog.windowTitle()),
    )
    dialogs.answered(
        qtbot,
        menu_action(print_button(window), "PDF", words).trigger,
        lambda dialog: proposed.append(dialogs.choose(dialog, tmp_path / "存档.pdf")),
        QFileDialog,
    )
    qtbot.waitUntil((tmp_path / "存档.pdf").exists)
    assert title in titles[0]
    assert titles[0] == f"打印预览 — {proposed[0].removesuffix('.pdf')}"
    assert text_of(tmp_path / "存档.pdf")


def test_a_pdf_that_is_open_elsewhere_is_told_and_left(qtbot, window, tmp_path):
    open_page(window, "清单")

    def choose(dialog: QFileDialog) -> None:
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialogs.choose(dialog, tmp_path / "存档.pdf")

    (tmp_path / "~$存档.pdf").write_bytes(b"")
    (tmp_path / "存档.pdf").write_bytes(b"old")
    dialogs.answered(qtbot, lambda: qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT), choose, QFileDialog)
    qtbot.waitUntil(lambda: bool(dialogs.seen(QDialog)))
    (told,) = dialogs.seen(QDialog)
    assert any("正被其他程序打开" in line for line in dialogs.words(told))
    assert (tmp_path / "存档.pdf").read_bytes() == b"old"
