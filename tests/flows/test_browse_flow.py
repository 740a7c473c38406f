"""查阅 as the official at the desk uses it: type, read, go on, mark, come back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.catalogue.search import Filters, Hit
from desktop.ui import verbs
from desktop.ui.frame.rail import BROWSE, CHECKLIST
from desktop.workspace.items.model import ItemKey


def type_in(qtbot, window, text: str) -> None:
    window.search.field.clear()
    window.search.field.setText(text)
    qtbot.waitUntil(lambda: window.browse.searching)


def numbers(window) -> list[int]:
    model = window.browse.results.view.model()
    rows = [model.index(row).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    return [row.number for row in rows if isinstance(row, Hit)]


def test_type_walk_and_read_without_leaving_the_field(qtbot, window):
    window.verbs.do(verbs.FOCUS_SEARCH)
    type_in(qtbot, window, "担保")
    assert numbers(window) == [2, 3, 25]
    assert window.browse.reader.measure.number == 2
    assert window.browse.reader.text.match_count == 4
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    assert window.browse.reader.measure.number == 3
    assert window.search.field.hasFocus()
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Escape)
    assert not window.browse.searching
    assert window.search.field.text() == ""
    assert window.browse.reader.measure.number == 3
    assert window.browse.reader.text.match_count == 0


def test_searching_from_another_page_opens_the_results(qtbot, window):
    window.show_page(CHECKLIST)
    type_in(qtbot, window, "第16条")
    assert window.page == BROWSE
    assert window.browse.reader.measure.number == 16


def test_matches_lead_on_into_the_next_hit(qtbot, window):
    type_in(qtbot, window, "担保")
    for _ in range(4):
        window.verbs.do(verbs.NEXT_MATCH)
    assert window.browse.reader.measure.number == 2
    window.verbs.do(verbs.NEXT_MATCH)
    assert window.browse.reader.measure.number == 3


def test_nothing_found_empties_the_reader_and_esc_brings_the_measure_back(qtbot, window, desk):
    window.open_measure(desk.catalogue.by_number(9).key)
    browse, told = window.browse, []
    type_in(qtbot, window, "担保")
    assert browse.reader.isVisible()
    window.search.ask_for("火星移民")
    assert browse.measure_key == ""
    assert browse.columns.nothing.isVisible()
    assert not browse.reader.isVisible()
    assert not browse.facts.isVisible()
    window.printing.told.connect(told.append)
    QGuiApplication.clipboard().setText("原有")
    for verb in (verbs.COPY_TEXT, verbs.COPY_CITATION, verbs.FAVOURITE, verbs.NOTE, verbs.PRINT):
        window.verbs.do(verb)
    assert QGuiApplication.clipboard().text() == "原有"
    assert told == ["没有正在看的措施，没有打印；请先打开一条"]
    window.search.field.setFocus()
    qtbot.keyClick(browse.columns.nothing, Qt.Key.Key_Escape)  # wherever the focus is
    assert browse.reader.measure.number == 9
    assert browse.reader.isVisible()
    assert browse.facts.isVisible()
    assert not browse.columns.nothing.isVisible()


def test_a_window_closed_over_nothing_found_opens_at_the_measure_opened_last(qtbot, window, desk):
    window.open_measure(desk.catalogue.by_number(9).key)
    window.search.ask_for("火星移民")
    window.close()
    assert desk.setting("ui.measure") == desk.catalogue.by_number(9).key


def test_going_back_from_nothing_found_shows_the_measure_opened_last(window, desk):
    window.open_measure(desk.catalogue.by_number(9).key)
    window.search.ask_for("火星移民")
    window.verbs.do(verbs.GO_BACK)
    assert window.browse.reader.measure.number == 9
    assert window.browse.reader.isVisible()


def test_advice_is_searched_for_from_the_keyboard(qtbot, window):
    window.verbs.do(verbs.FOCUS_SEARCH)
    type_in(qtbot, window, "融资担保大礼包")
    qtbot.waitUntil(lambda: window.browse.measure_key == "")
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.browse.results.nothing.buttons[0], Qt.Key.Key_Return)
    assert window.search.field.text() == "融资担保"
    assert window.search.field.hasFocus()
    assert numbers(window)
    assert window.browse.reader.text.match_count


def test_the_cross_clears_the_field(qtbot, window):
    field = window.search.field
    type_in(qtbot, window, "担保")
    cross = field.clear_button
    assert cross.isVisible()
    assert cross.accessibleName() == "清除搜索词"
    assert min(cross.width(), cross.height()) >= 24
    assert field.rect().contains(cross.geometry())
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.browse.searching)
    assert field.text() == ""
    assert field.hasFocus()
    assert not cross.isVisible()
    window.search.ask_for("第16条")
    assert cross.isVisible()


def test_a_filter_narrows_and_a_second_click_takes_it_off(qtbot, window, desk):
    unit = desk.catalogue.find_unit("区人社局").key
    window.search.ask_for("担保", unit=unit)
    assert numbers(window) == [2]
    qtbot.mouseClick(window.search.chips["unit"], Qt.MouseButton.LeftButton)
    assert window.search.filters() == Filters()
    assert numbers(window) == [2, 3, 25]


def test_a_tag_shows_all_measures_of_its_kind(qtbot, window, desk):
    measure = desk.catalogue.by_number(14)
    tag = desk.catalogue.tags_of(measure.key, "beneficiary")[0]
    window.open_measure(measure.key)
    window.browse.facts.tag_chosen.emit("beneficiary", tag.key)
    assert numbers(window) == [each.number for each in desk.catalogue.measures_tagged(tag.key)]
    assert window.browse.measure_key == measure.key


def test_back_and_forward(qtbot, window, desk):
    for number in (1, 5, 9):
        window.open_measure(desk.catalogue.by_number(number).key)
    window.verbs.do(verbs.GO_BACK)
    assert window.browse.reader.measure.number == 5
    window.verbs.do(verbs.GO_BACK)
    assert window.browse.reader.measure.number == 1
    window.verbs.do(verbs.GO_FORWARD)
    assert window.browse.reader.measure.number == 5


def test_typing_puts_nothing_on_the_way_back_and_sets_the_reader_once_a_key(qtbot, window, desk):
    window.open_measure(desk.catalogue.by_number(9).key)
    sets = []
    window.browse.reader.text.matches_changed.connect(lambda *told: sets.append(told))
    shown = []
    for letter in "担保费":
        with qtbot.waitSignal(window.browse.searched):
            window.search.field.insert(letter)
        shown.append(window.browse.reader.measure.number)
    assert len(sets) == len(shown) == 3
    assert 9 not in shown
    window.verbs.do(verbs.GO_BACK)
    assert window.browse.reader.measure.number == 9
    assert not window.verbs[verbs.GO_FORWARD].isEnabled()


def test_what_is_entered_is_on_the_way_back(qtbot, window, desk):
    window.open_measure(desk.catalogue.by_number(9).key)
    type_in(qtbot, window, "担保")
    sets = []
    window.browse.reader.text.matches_changed.connect(lambda *told: sets.append(told))
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert len(sets) == 1
    assert window.browse.reader.measure.number == 3
    window.open_measure(desk.catalogue.by_number(1).key)
    for number in (3, 9):
        window.verbs.do(verbs.GO_BACK)
        assert window.browse.reader.measure.number == number


def test_next_and_previous_stay_within_the_notice(window, desk):
    window.open_measure(desk.catalogue.by_number(31).key)
    window.verbs.do(verbs.NEXT_MEASURE)
    window.verbs.do(verbs.NEXT_MEASURE)
    assert window.browse.reader.measure.number == 32
    window.open_measure(desk.catalogue.by_number(1).key)
    window.verbs.do(verbs.PREVIOUS_MEASURE)
    assert window.browse.reader.measure.number == 1


def test_a_unit_in_the_facts_leads_to_its_row(window, desk):
    measure = desk.catalogue.by_number(16)
    window.open_measure(measure.key)
    unit = desk.catalogue.find_unit("区财政局").key
    window.browse.facts.unit_chosen.emit(unit, measure.key)
    assert window.page == CHECKLIST
    assert window.checklist.unit_key == unit


def test_any_text_can_be_searched_for(qtbot, window):
    for text in ('"', "*", "AND", "a OR b", "-", "😀", "′", "长" * 10_000, "\u200b"):
        window.search.ask_for(text)
    window.search.ask_for("")
    assert not window.browse.searching


def test_what_was_filled_in_leads_to_its_row(qtbot, window, desk):
    unit = desk.catalogue.find_unit("区财政局").key
    key = ItemKey(unit, desk.catalogue.by_number(3).key)
    desk.edit(key, {"owner": "刘芳"})
    window.verbs.do(verbs.FOCUS_SEARCH)
    type_in(qtbot, window, "刘芳")
    assert window.browse.measure_key == key.measure_key
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert window.page == CHECKLIST
    assert window.checklist.unit_key == unit
    assert window.checklist.table.hasFocus()
    assert window.checklist.table.currentIndex().row() == [item.key for item in desk.items(unit)].index(key)


def test_a_note_that_is_found_is_opened_under_its_measure(qtbot, window, desk):
    measure = desk.catalogue.by_number(16)
    desk.set_note(measure.key, "问清比例")
    window.verbs.do(verbs.FOCUS_SEARCH)
    type_in(qtbot, window, "清比")
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert window.page == BROWSE
    assert window.browse.reader.measure.number == 16
    assert window.browse.reader.note.hasFocus()
    assert window.browse.visited.here == measure.key
