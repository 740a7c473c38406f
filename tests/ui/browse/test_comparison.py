"""对照: two measures side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.catalogue import quotation
from desktop.catalogue.typeset import typeset
from desktop.ui import verbs
from desktop.ui.browse.comparison_dialog import ComparisonDialog


@pytest.fixture
def compared(qtbot, desk, window):
    """Compare the measure in the reader with another and return the dialog."""

    def compare(number: int, other: int = 0) -> ComparisonDialog:
        window.open_measure(desk.catalogue.by_number(number).key)
        window.browse.beside.compare(desk.catalogue.by_number(other).key if other else "")
        (dialog,) = (each for each in window.findChildren(ComparisonDialog) if each.isVisible())
        return dialog

    return compare


def numbers(dialog: ComparisonDialog) -> tuple[int, int]:
    return dialog.left.measure.number, dialog.right.measure.number


def test_both_are_shown_whole(desk, compared):
    dialog = compared(2, 16)
    for pane, number in ((dialog.left, 2), (dialog.right, 16)):
        measure = desk.catalogue.by_number(number)
        assert typeset(measure.body) in pane.text.toPlainText()
        assert pane.text.width() > 400


def test_another_is_chosen_by_the_keyboard_on_either_side(qtbot, compared):
    dialog = compared(2, 16)
    assert dialog.focusWidget() is dialog.right.choice
    qtbot.keyClick(dialog.right.choice, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.left.choice, Qt.Key.Key_Up)
    assert numbers(dialog) == (1, 17)
    assert dialog.right.text.toPlainText().splitlines()[1].startswith("17. ")


def test_without_a_choice_it_is_the_one_read_before_or_the_neighbour(desk, window, compared, qtbot):
    first = compared(1)
    assert numbers(first) == (1, 2)
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    window.open_measure(desk.catalogue.by_number(9).key)
    assert numbers(compared(20)) == (20, 9)


def test_the_last_measure_has_a_neighbour_too(desk, window, compared):
    window.browse.visited._places.clear()
    window.browse.visited._at = -1
    assert numbers(compared(32)) == (32, 31)


def test_esc_closes_it_and_the_reader_stays_as_it_was(qtbot, desk, window, compared):
    dialog = compared(2, 16)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.right.choice, Qt.Key.Key_Escape)
    assert window.browse.measure_key == desk.catalogue.by_number(2).key


def test_each_side_is_copied_with_its_source(desk, compared):
    dialog = compared(2, 16)
    dialog.right.copy_button.click()
    measure = desk.catalogue.by_number(16)
    words = quotation.with_source(desk.catalogue, [measure], desk.today())
    assert QGuiApplication.clipboard().text() == words
    assert "第16条" in dialog.right.told.text()


def test_zoom_and_look_are_taken_again(desk, compared):
    dialog = compared(2, 16)
    former = dialog.left.text.document().size().height()
    for _ in range(3):
        desk.look.step_zoom(1)
    desk.look.set_dark(True)
    assert dialog.left.text.document().size().height() > former
    assert dialog.minimumSizeHint().width() <= 1366


def test_it_has_a_key_and_a_button(window, desk):
    window.open_measure(desk.catalogue.by_number(2).key)
    window.verbs.do(verbs.COMPARE)
    window.browse.reader.compare_button.click()
    assert len(window.findChildren(ComparisonDialog)) == 2
