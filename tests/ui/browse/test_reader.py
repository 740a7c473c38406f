from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.catalogue import quotation
from desktop.catalogue.typeset import typeset
from desktop.ui.browse.match_bar import MatchBar
from desktop.ui.browse.reader import Reader
from desktop.ui.history import steps
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import notes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen


@pytest.fixture
def reader(qtbot, desk):
    made = Reader(desk)
    qtbot.addWidget(made)
    made.resize(700, 640)
    made.show()
    return made


@pytest.mark.parametrize("number", range(1, 33))
def test_it_shows_every_word_of_the_measure(reader, desk, number):
    measure = desk.catalogue.by_number(number)
    reader.show_measure(measure)
    shown = reader.text.toPlainText().replace("\n", "")
    heading = desk.catalogue.category_of(measure).heading
    words = typeset(measure.title + measure.body + measure.printed_units)
    assert shown == f"{heading}{number}. {words}"


def test_matches_are_marked_where_they_stand(reader, desk):
    reader.show_measure(desk.catalogue.by_number(2), ("担保",))
    marked = [mark.cursor.selectedText() for mark in reader.text.extraSelections()]
    assert marked == ["担保"] * desk.catalogue.by_number(2).text.count("担保")


def test_matches_are_walked_one_by_one(reader, desk, qtbot):
    reader.show_measure(desk.catalogue.by_number(2), ("担保",))
    with qtbot.waitSignal(reader.text.matches_changed) as told:
        assert reader.step_match(1)
    assert told.args == [1, 4]
    assert [reader.step_match(1) for _ in range(4)] == [True, True, True, False]
    assert reader.step_match(-1)


def test_copying_gives_the_whole_measure_as_people_read_it(reader, desk):
    measure = desk.catalogue.by_number(16)
    reader.show_measure(measure)
    reader.copying.copy_text()
    assert QGuiApplication.clipboard().text() == typeset(measure.text)


def test_the_citation_names_paper_number_and_measure(reader, desk, qtbot):
    reader.show_measure(desk.catalogue.by_number(16))
    with qtbot.waitSignal(reader.told) as told:
        reader.copying.copy_citation()
    title = "阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施"
    assert QGuiApplication.clipboard().text() == f"《{title}》（城政办发〔2023〕3号）第16条"
    assert "引文" in told.args[0]


def test_the_measure_is_copied_with_its_source(reader, desk, qtbot):
    measure = desk.catalogue.by_number(16)
    reader.show_measure(measure)
    with qtbot.waitSignal(reader.told) as told:
        reader.copying.copy_with_source()
    words = quotation.with_source(desk.catalogue, [measure], desk.today())
    assert QGuiApplication.clipboard().text() == words
    assert "原文和出处" in told.args[0]


def test_what_is_selected_is_copied_with_its_source_and_without_colours(reader, desk, qtbot):
    measure = desk.catalogue.by_number(16)
    reader.show_measure(measure)
    cursor = reader.text.textCursor()
    cursor.setPosition(reader.text.toPlainText().index(typeset(measure.title)))
    cursor.movePosition(cursor.MoveOperation.Right, cursor.MoveMode.KeepAnchor, len(measure.title))
    reader.text.setTextCursor(cursor)
    qtbot.keyClick(reader.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == typeset(measure.title)
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]
    with qtbot.waitSignal(reader.told) as told:
        reader.copying.copy_with_source()
    words, source = QGuiApplication.clipboard().text().split("\n")
    assert words == typeset(measure.title)
    assert "第16条" in source
    assert "选中的文字" in told.args[0]


def test_the_button_offers_all_that_can_be_copied(reader, desk):
    reader.show_measure(desk.catalogue.by_number(16))
    reader.copy_button.click()
    menu = QApplication.activePopupWidget()
    verbs = [line.text().partition("\t")[0] for line in menu.actions()]
    assert verbs == ["复制原文并注明出处", "复制原文", "复制引文"]
    menu.actions()[0].trigger()
    menu.close()
    assert "第16条" in QGuiApplication.clipboard().text()


def test_a_note_is_saved_and_comes_back(reader, desk, qtbot):
    first, second = desk.catalogue.by_number(1), desk.catalogue.by_number(2)
    reader.show_measure(first)
    reader.open_note()
    qtbot.keyClicks(reader.note, "call again")
    qtbot.waitUntil(lambda: notes.note(desk.workspace.db, first.key) == "call again")
    reader.show_measure(second)
    assert not reader.note.isVisible()
    reader.show_measure(first)
    assert reader.note.toPlainText() == "call again"


def test_leaving_a_measure_saves_what_was_just_typed(reader, desk, qtbot):
    first = desk.catalogue.by_number(1)
    reader.show_measure(first)
    reader.open_note()
    qtbot.keyClicks(reader.note, "x")
    reader.show_measure(desk.catalogue.by_number(2))
    assert notes.note(desk.workspace.db, first.key) == "x"


def test_the_star_follows_the_favourites(reader, desk):
    measure = desk.catalogue.by_number(5)
    reader.show_measure(measure)
    reader.toggle_favourite()
    assert notes.favourites(desk.workspace.db) == (measure.key,)
    reader.toggle_favourite()
    assert notes.favourites(desk.workspace.db) == ()


def test_the_expired_notice_is_never_hidden(reader, desk, monkeypatch):
    from datetime import date

    measure = desk.catalogue.by_number(1)
    monkeypatch.setattr(type(desk), "today", lambda self: date(2026, 1, 1))
    reader.show_measure(measure)
    assert "已过有效期" in reader.byline.text()
    monkeypatch.setattr(type(desk), "today", lambda self: date(2025, 12, 31))
    reader.show_measure(measure)
    assert "已过有效期" not in reader.byline.text()


def test_the_match_bar_shows_only_while_there_are_matches(reader, desk, qtbot):
    measure = desk.catalogue.by_number(2)
    reader.show_measure(measure, ("担保",))
    bar = reader.findChild(MatchBar)
    assert bar.isVisible()
    with qtbot.waitSignal(reader.match_asked) as told:
        qtbot.mouseClick(bar.findChildren(QToolButton)[-1], Qt.MouseButton.LeftButton)
    assert told.args == [1]
    reader.show_measure(measure)
    assert not bar.isVisible()


def test_an_undone_note_leaves_the_screen(reader, desk, qtbot):
    measure = desk.catalogue.by_number(1)
    reader.show_measure(measure)
    reader.open_note()
    qtbot.keyClicks(reader.note, "wrong")
    reader.flush()
    assert steps.undo_last(desk, Kind.NOTES)
    assert notes.note(desk.workspace.db, measure.key) == ""
    assert reader.note.toPlainText() == ""


def test_the_buttons_have_as_many_words_as_there_is_room_for(reader, desk, qtbot):
    reader.show_measure(desk.catalogue.by_number(16))
    said = []
    for width in (1100, 700, 420):
        reader.resize(width, 700)
        qtbot.waitUntil(lambda: reader._paper.width() <= reader.viewport().width())
        said.append([reader.source_button.text(), reader._next.text()])
    assert said == [["原文", "下一条"], ["原文", ""], ["", ""]]
