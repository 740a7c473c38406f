from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from desktop.catalogue import search
from desktop.catalogue.search import Filters
from desktop.ui.browse.found_firms import MOST_FIRMS
from desktop.ui.browse.result_rows import ResultsModel
from desktop.ui.browse.results import ResultList
from desktop.ui.kit.rows_model import VALUE
from desktop.workspace.items.model import ItemKey

NO_FILTERS = Filters()


def test_the_model_keeps_qts_rules(qtbot, desk):
    holder = ResultList(desk)
    qtbot.addWidget(holder)
    hits = ResultsModel(desk, holder)
    tester = QAbstractItemModelTester(hits, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hits.show(search.search(desk.measures, "企业", Filters()).hits)
    assert tester.model().rowCount() == len(search.search(desk.measures, "企业", Filters()).hits)


def test_hits_are_listed_in_rank_order_and_the_first_is_chosen(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    found = search.search(desk.measures, "担保", Filters())
    results.show_results(found, "", Filters())
    assert results.selected == found.hits[0].key
    shown = [results.view.model().index(row).data(VALUE).key for row in range(len(found.hits))]
    assert shown == [hit.key for hit in found.hits]


def test_arrows_pass_a_hit_and_enter_or_a_click_chooses_it(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.resize(320, 500)
    results.show()
    found = search.search(desk.measures, "担保", Filters())
    chosen, passed = [], []
    results.measure_chosen.connect(chosen.append)
    results.measure_passed.connect(passed.append)
    results.show_results(found, "", Filters())
    assert (passed, chosen) == ([], [])
    qtbot.keyClick(results.view, Qt.Key.Key_Down)
    assert (passed, chosen) == ([found.hits[1].key], [])
    qtbot.keyClick(results.view, Qt.Key.Key_Return)
    assert chosen == [found.hits[1].key]
    third = results.view.visualRect(results.view.model().index(2, 0)).center()
    qtbot.mouseClick(results.view.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert passed == chosen == [found.hits[1].key, found.hits[2].key]


def test_moving_stops_at_both_ends(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    found = search.search(desk.measures, "担保", Filters())
    results.show_results(found, "", Filters())
    results.step(-1)
    assert results.view.currentIndex().row() == 0
    results.step(100)
    assert results.view.currentIndex().row() == len(found.hits) - 1


def test_nothing_found_says_what_to_change(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.resize(320, 500)
    results.show()
    nothing = search.search(desk.measures, "火星移民", Filters())
    results.show_results(nothing, "", Filters())
    assert not results.view.isVisible()
    assert nothing.advice
    assert results.nothing.sentences == (
        "没有找到相符的措施。",
        *(advice.sentence for advice in nothing.advice),
    )
    assert results.nothing.buttons == ()


def test_what_is_offered_is_taken_by_click_and_by_keyboard(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.resize(320, 500)
    with qtbot.waitExposed(results):
        results.show()
    results.activateWindow()
    qtbot.waitUntil(results.isActiveWindow)
    found = search.search(desk.measures, "区财政局 展会", Filters())
    results.show_results(found, "", Filters())
    offered = [each for each in found.advice if each.offer]
    assert len(offered) == len(results.nothing.buttons) == 2
    taken = []
    results.advice_taken.connect(taken.append)
    qtbot.mouseClick(results.nothing.buttons[1], Qt.MouseButton.LeftButton)
    assert taken == [offered[1]]
    results.step(1)
    assert results.nothing.buttons[0].hasFocus()
    qtbot.keyClick(results.nothing.buttons[0], Qt.Key.Key_Down)
    assert results.nothing.buttons[1].hasFocus()
    qtbot.keyClick(results.nothing.buttons[1], Qt.Key.Key_Up)
    qtbot.keyClick(results.nothing.buttons[0], Qt.Key.Key_Return)
    assert taken == [offered[1], offered[0]]


def test_what_was_filled_in_stands_below_the_measures(qtbot, desk):
    unit = desk.catalogue.find_unit("区财政局").key
    measure = desk.catalogue.by_number(3)
    desk.edit(ItemKey(unit, measure.key), {"progress": "已办理担保\n两笔"})
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.resize(320, 700)
    results.show()
    found = search.search(desk.measures, "担保", Filters())
    passed, measures, items = [], [], []
    results.measure_passed.connect(passed.append)
    results.measure_chosen.connect(measures.append)
    results.item_chosen.connect(items.append)
    results.show_results(found, "担保", Filters())
    model = results.view.model()
    words = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert words[3:] == [
        "填报内容（1 处）",
        "区财政局 · 工作进展：已办理担保\n两笔（3.发挥融资担保降费奖补资金作用）",
    ]
    assert not model.flags(model.index(3)) & Qt.ItemFlag.ItemIsEnabled
    results.step(2)
    results.step(1)
    assert passed == [found.hits[2].key, measure.key]
    assert results.selected == measure.key
    results.step(-1)
    assert results.selected == found.hits[2].key
    row = results.view.visualRect(model.index(4)).center()
    qtbot.mouseClick(results.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.keyClick(results.view, Qt.Key.Key_Return)
    assert items == [ItemKey(unit, measure.key)] * 2
    assert measures == []


def test_enterprises_stand_below_the_measures_and_above_what_was_filled_in(qtbot, desk):
    keys = [desk.firms.add(name, {"town": "义井镇"}) for name in ("阳泉担保有限公司", "城区担保中心")]
    unit, measure = desk.catalogue.find_unit("区财政局").key, desk.catalogue.by_number(3)
    desk.edit(ItemKey(unit, measure.key), {"progress": "已办理担保"})
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.resize(320, 900)
    results.show()
    chosen = []
    results.firm_chosen.connect(chosen.append)

    def told(text, filters=NO_FILTERS):
        results.show_results(search.search(desk.measures, text, filters), text, filters)
        model = results.view.model()
        return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]

    assert told("担保")[3:7] == [
        "企业（2 家）",
        "城区担保中心：规模待定 · 义井镇",
        "阳泉担保有限公司：规模待定 · 义井镇",
        "填报内容（1 处）",
    ]
    results.step(3)
    assert results.enter()
    assert told("yqdb")[-2:] == ["企业（1 家）", "阳泉担保有限公司：规模待定 · 义井镇"]
    assert results.selected == ""
    row = results.view.visualRect(results.view.model().index(1)).center()
    qtbot.mouseClick(results.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen == [keys[1], keys[0]]
    assert not any(line.startswith("企业") for line in told("担保", Filters(unit=unit)))
    desk.firms.edit(keys[0], {"name": "阳泉典当行"})
    assert "企业（1 家）" in told("担保")


def test_of_many_enterprises_the_first_are_listed(qtbot, desk):
    for at in range(MOST_FIRMS + 2):
        desk.firms.add(f"示例企业{at:02}", {})
    results = ResultList(desk)
    qtbot.addWidget(results)
    results.show_results(search.search(desk.measures, "示例企业", NO_FILTERS), "示例企业", NO_FILTERS)
    model = results.view.model()
    assert model.index(0).data() == f"企业（{MOST_FIRMS + 2} 家，先列 {MOST_FIRMS} 家）"
    assert model.rowCount() == MOST_FIRMS + 1


def test_what_is_filled_in_meanwhile_is_shown_at_once(qtbot, desk):
    results = ResultList(desk)
    qtbot.addWidget(results)
    found = search.search(desk.measures, "刘芳", Filters())
    results.show_results(found, "刘芳", Filters())
    assert results.view.model().rowCount() == 0
    unit = desk.catalogue.find_unit("区财政局").key
    desk.edit(ItemKey(unit, desk.catalogue.by_number(3).key), {"owner": "刘芳"})
    assert results.view.model().rowCount() == 2
    assert results.filled == 1
    desk.edit(ItemKey(unit, desk.catalogue.by_number(3).key), {"owner": ""})
    assert results.view.model().rowCount() == 0
    assert results.nothing.isVisibleTo(results)


@pytest.mark.parametrize(
    ("enters", "told"), [(False, "左侧说明可以怎样改"), (True, "左侧是相符的企业，按回车打开")]
)
def test_in_place_of_the_reader_stands_what_the_left_column_holds(window, enters, told):
    if enters:
        window.desk.firms.add("火星移民有限公司", {})
    window.browse.search("火星移民", Filters())
    labels = window.browse.columns.nothing.findChildren(QLabel)
    assert any(label.text().startswith(told) for label in labels)
