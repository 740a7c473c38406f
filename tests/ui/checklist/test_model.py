from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.ui.checklist import columns
from desktop.ui.checklist.columns import ROW_FILTERS, widths
from desktop.ui.checklist.model import ORPHANED, TEXT_CHANGED, ChecklistModel
from desktop.workspace.history import search
from desktop.workspace.history.search import Scope
from desktop.workspace.items.model import ItemKey

FINANCE = "区财政局"


@pytest.fixture
def unit(desk):
    return desk.catalogue.find_unit(FINANCE)


@pytest.fixture
def model(desk, unit):
    made = ChecklistModel(desk)
    made.show(unit.key)
    desk.progress_changed.connect(lambda _keys: made.refresh())  # as the page does
    return made


def words(model, row, column):
    return model.index(row, column).data()


def named(name):
    return next(each for each in ROW_FILTERS if each.name == name)


def test_the_model_keeps_qts_rules(qtmodeltester, desk, model, unit):
    qtmodeltester.check(model, force_py=False)
    desk.edit(model.item(0).key, {"status": "推进中"})
    model.show(unit.key, named("推进中"))
    desk.edit(model.item(0).key, {"status": "已完成"})


def test_the_rows_are_the_units_measures_in_number_order(desk, model, unit):
    expected = [str(measure.number) for measure in desk.catalogue.measures_of(unit.key)]
    assert [words(model, row, columns.NUMBER) for row in range(model.rowCount())] == expected
    assert words(model, 0, columns.DEADLINE) == "未写明"
    assert words(model, 0, columns.LIGHT) == "灰"
    assert words(model, 0, columns.STATUS) == "未启动"


def test_a_value_set_in_the_model_is_in_the_workspace(desk, model):
    index = model.index(2, columns.PROGRESS)
    assert model.setData(index, "第一行\n第二行")
    assert desk.item(model.item(2).key).entry.progress == "第一行\n第二行"
    assert index.data(Qt.ItemDataRole.EditRole) == "第一行\n第二行"


def test_columns_without_a_field_take_no_value(desk, model):
    assert not model.setData(model.index(0, columns.TITLE), "别的名称")
    assert not model.setData(model.index(0, columns.LIGHT), "绿")
    assert search.page(desk.workspace.db, Scope(model.unit_key)) == []


def test_a_change_elsewhere_is_taken_up_row_by_row(qtbot, desk, model):
    key = model.item(3).key
    with qtbot.waitSignal(model.dataChanged) as told:
        desk.edit(key, {"deadline": desk.today().isoformat()})
    assert told.args[0].row() == told.args[1].row() == 3
    assert words(model, 3, columns.LIGHT) == "黄"


def test_an_edited_row_stays_until_the_filter_is_chosen_again(desk, model, unit):
    total = model.rowCount()
    model.show(unit.key, named("未启动"))
    assert model.rowCount() == total
    desk.edit(model.item(0).key, {"status": "推进中"})
    assert model.rowCount() == total
    model.show(unit.key, named("未启动"))
    assert model.rowCount() == total - 1


@pytest.mark.parametrize("row_filter", ROW_FILTERS, ids=lambda each: each.name)
def test_each_filter_lets_through_what_it_names(desk, model, unit, row_filter):
    rows = [model.item(row).key for row in range(model.rowCount())]
    late, near = desk.today() - timedelta(days=1), desk.today() + timedelta(days=1)
    desk.edit(rows[0], {"status": "推进中", "deadline": late.isoformat()})
    desk.edit(rows[1], {"deadline": near.isoformat()})
    desk.edit(rows[2], {"status": "已完成"})
    desk.edit(rows[3], {"status": "已完成"})
    desk.set_setting("user_name", "核实人")
    desk.edit(rows[3], {"status": "已销号"})
    desk.edit(rows[4], {"status": "不适用", "reason": "无此业务"})
    rest = rows[5:]
    expected = {
        "全部": rows,
        "逾期": [rows[0]],
        "临期": [rows[1]],
        "未启动": [rows[1], *rest],
        "推进中": [rows[0]],
        "已完成": [rows[2]],
        "已销号": [rows[3]],
        "不适用": [rows[4]],
        "未写明时限": rows[2:],
    }
    model.show(unit.key, row_filter)
    assert [model.item(row).key for row in range(model.rowCount())] == expected[row_filter.name]


def test_an_entry_without_its_measure_is_shown_and_cannot_be_edited(qtmodeltester, desk, model, unit):
    desk.edit(model.item(0).key, {"progress": "以前填的"})
    with desk.workspace.db as db:
        db.execute("UPDATE entries SET measure_key = 'gone'")
    model.show(unit.key)
    row = model.row_of("gone")
    assert row == model.rowCount() - 1
    assert words(model, row, columns.NUMBER) == "—"
    assert words(model, row, columns.PROGRESS) == "以前填的"
    assert not model.index(row, columns.PROGRESS).flags() & Qt.ItemFlag.ItemIsEditable
    assert ORPHANED in model.index(row, columns.TITLE).data(Qt.ItemDataRole.ToolTipRole)
    qtmodeltester.check(model, force_py=False)


def test_a_row_whose_measure_reads_differently_now_says_so(desk, model, unit):
    from desktop.ui.checklist.model import mark

    desk.edit(model.item(0).key, {"progress": "按旧文填的"})
    with desk.workspace.db as db:
        db.execute("UPDATE entries SET text_sha256 = 'other'")
    model.show(unit.key)
    assert mark(model.item(0)) == TEXT_CHANGED
    desk.edit(model.item(0).key, {"progress": "按新文改过"})
    assert mark(model.item(0)) == ""


def test_a_refused_write_is_told_with_what_was_to_be_written(qtbot, desk, model):
    desk.workspace.db.execute("PRAGMA query_only = 1")
    key = model.item(0).key
    with qtbot.waitSignal(model.refused) as told, qtbot.waitSignal(desk.write_failed):
        assert not model.setData(model.index(0, columns.OWNER), "张三")
    desk.workspace.db.execute("PRAGMA query_only = 0")
    assert told.args == [key, {"owner": "张三"}]
    assert words(model, 0, columns.OWNER) == ""
    assert desk.item(key).entry.owner == ""


def test_keys_of_other_units_leave_the_model_alone(qtbot, desk, model):
    other = desk.catalogue.find_unit("区工信局")
    with qtbot.assertNotEmitted(model.dataChanged):
        desk.edit(ItemKey(other.key, desk.catalogue.measures_of(other.key)[0].key), {"owner": "李四"})


@pytest.mark.parametrize("room", [1026, 1294, 1600, 2400])
def test_the_columns_fill_the_room(room):
    made = widths(room, round)
    assert sum(made) == room
    assert all(width >= column.width for width, column in zip(made, columns.COLUMNS, strict=True))


def test_columns_are_never_narrower_than_they_can_be():
    assert widths(300, round) == [column.width for column in columns.COLUMNS]
