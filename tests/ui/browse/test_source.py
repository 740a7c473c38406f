"""打开原文: the notice to the character, with the measure of the reader marked in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.catalogue import query
from desktop.ui import verbs
from desktop.ui.browse.source_dialog import SourceDialog, SourceText
from desktop.ui.frame.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # raise(), offscreen


@pytest.fixture
def dialog(qtbot, desk, window: Window) -> SourceDialog:
    window.open_measure(desk.catalogue.by_number(16).key)
    window.verbs.do(verbs.OPEN_SOURCE)
    return window.browse.beside.source


def test_the_text_is_that_of_the_notice_to_the_character(desk, dialog):
    source = query.source(desk.measures, desk.catalogue.notices[0].key)
    assert dialog.text.toPlainText() == source
    assert dialog.text.isReadOnly()


@pytest.mark.parametrize("number", range(1, 33))
def test_each_measure_is_marked_where_it_stands_and_in_view(desk, dialog, number):
    measure = desk.catalogue.by_number(number)
    dialog.show_measure(measure)
    assert dialog.text.marked_words() == measure.text
    assert dialog.text.extraSelections()[0].cursor.selectedText() == measure.text
    assert 0 <= dialog.text.cursorRect().top() < dialog.text.viewport().height()
    assert f"第{number}条在原文第{measure.line}行" in dialog.about.text()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("甲\r\n乙\r\n1.丙\r\n丁", "1.丙"),
        ("😀𠀀\r\n😀乙\n丙", "😀乙"),
        ("甲\u00a0乙\n丙\u3000丁", "丙\u3000丁"),
    ],
)
def test_places_hold_whatever_ends_the_lines(qtbot, source, words):
    text = SourceText()
    qtbot.addWidget(text)
    text.show_source(source)
    text.mark(source.index(words), source.index(words) + len(words))
    assert text.marked_words() == words


def test_what_is_copied_keeps_each_character(qtbot, dialog, desk):
    dialog.text.show_source("甲\u00a0乙:(丙)")
    dialog.text.selectAll()
    dialog.text.copy()
    assert QGuiApplication.clipboard().mimeData().text() == "甲\u00a0乙:(丙)"
    dialog.show_measure(desk.catalogue.by_number(16))
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == desk.catalogue.by_number(16).text


def test_words_are_looked_for_from_the_measure_on_and_walked_round(qtbot, desk, dialog):
    source = dialog.text.toPlainText()
    many = source.count("企业")
    before = source[: desk.catalogue.by_number(16).start].count("企业")
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    dialog.field.setText("企业")
    assert dialog.count.text() == f"{before + 1} / {many} 处"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.count.text() == f"{before + 2} / {many} 处"
    assert dialog.isVisible()
    for _ in range(before + 2):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.count.text() == f"{many} / {many} 处"
    assert len(dialog.text.extraSelections()) == many + 1
    dialog.field.setText("没有这几个字")
    assert dialog.count.text() == "没有找到"
    dialog.field.setText("")
    assert dialog.count.text() == ""


def test_it_follows_the_reader_while_it_is_open(desk, window, dialog):
    window.open_measure(desk.catalogue.by_number(3).key)
    assert dialog.text.marked_words() == desk.catalogue.by_number(3).text
    window.search.ask_for("火星移民")
    assert dialog.text.marked_words() == desk.catalogue.by_number(3).text


def test_it_is_one_window_beside_the_other_closed_by_esc(qtbot, desk, window, dialog):
    assert not dialog.isModal()
    assert dialog.isVisible()
    assert window.browse.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.browse.facts.source_asked.emit()
    window.browse.reader.source_button.click()
    assert len(window.findChildren(SourceDialog)) == 1
    assert dialog.isVisible()


def test_it_takes_the_look_again(desk, dialog):
    former = dialog.text.font().pointSizeF()
    desk.look.set_dark(True)
    desk.look.step_zoom(1)
    assert dialog.text.font().pointSizeF() > former
    (marked,) = dialog.text.extraSelections()
    assert marked.format.background().color().name() == desk.look.tokens.accent_soft
