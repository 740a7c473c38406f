"""The preview of an import: what it shows, and how one decides in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.modeltest import ModelTester

from desktop.ui.intake import cells, rows
from desktop.ui.intake.dialog import IntakeDialog
from desktop.ui.intake.rows import Sort
from desktop.ui.intake.value_dialog import ValueDialog
from desktop.ui.intake.workbook_list import ALL
from desktop.workspace.file import backup
from desktop.workspace.items import notes
from desktop.workspace.items.model import ItemKey, Status
from desktop.workspace.returns import plans, receipts
from desktop.workspace.returns.returned import AddedRow, Cell, Returned, ReturnedRow
from desktop.workspace.returns.three_way import Choice

UNIT = "finance"


@pytest.fixture
def keys(desk) -> list[ItemKey]:
    return [item.key for item in desk.items(UNIT)]


def returned(desk, keys: list[ItemKey], *changes: dict[str, Cell | str], added=(), digest="a") -> Returned:
    """Return a workbook in which the first rows hold ``changes``, sent out as things stand now."""
    rows = []
    for place, (key, change) in enumerate(zip(keys, changes, strict=False)):
        item = desk.item(key)
        base = {
            "status": item.entry.status.value,
            "deadline": item.entry.deadline.stored,
            **{
                name: getattr(item.entry, name)
                for name in ("owner", "progress", "problems", "next_step", "reason")
            },
        }
        cells = {name: Cell(value, value) for name, value in base.items()}
        cells |= {name: each if isinstance(each, Cell) else Cell(each, each) for name, each in change.items()}
        measure = desk.catalogue.measure(key.measure_key)
        rows.append(
            ReturnedRow(
                6 + place,
                key,
                item.number,
                item.entry.revision,
                measure.text_sha256,
                measure.text,
                base,
                cells,
            )
        )
    catalogue = desk.catalogue
    return Returned(
        "区财政局.xlsx",
        digest * 64,
        1000,
        2,
        "1",
        catalogue.documents[0].key,
        catalogue.notices[0].number,
        UNIT,
        "",
        tuple(rows),
        added=tuple(added),
    )


def planned(desk, *files: Returned):
    return plans.plan_all(desk.workspace.db, desk.catalogue, files, desk.today(), by=desk.user_name)


@pytest.fixture
def dialog(qtbot, desk, window, keys) -> IntakeDialog:
    """One workbook with a take, a conflict, a question, and a row of the unit's own; one refused file."""
    sent = returned(
        desk,
        keys,
        {"progress": "单位填的", "owner": "李"},
        {"progress": "单位改的"},
        {"status": Cell("已办结", None, "是否为“已完成”？", "已完成")},
        {"deadline": Cell("三月", None, "应为哪一天？")},
        added=(AddedRow(20, "本单位自己加的", keys[0]),),
    )
    desk.edit(keys[1], {"progress": "我方改的"})
    refused = plans.refused("坏.xlsx", "“坏.xlsx”打不开，没有导入。\n请重新发送。")
    made = IntakeDialog(desk, (*planned(desk, sent), refused), window)
    with qtbot.waitExposed(made):
        made.show()
    return made


def row_of(dialog, sort=None, field="", place=0):
    panes = dialog.preview.panes
    rows = [panes.model.row(at) for at in range(panes.model.rowCount())]
    found = [
        row
        for row in rows
        if (sort is None or row.sort is sort)
        and (not field or (len(row.cells) > 1 and row.cells[1] == field))
    ]
    return found[place]


def go_to(dialog, row):
    panes = dialog.preview.panes
    panes.table.go(panes.model.place_of(row.identity))


def test_models_are_sound(qtbot, qtmodeltester: ModelTester, dialog):
    qtmodeltester.check(dialog.preview.panes.model)
    qtmodeltester.check(dialog.preview.panes.files.files)
    dialog.preview.only_open.setChecked(False)
    dialog.preview.panes.choose(0)


def test_it_opens_with_what_must_be_decided_and_nothing_else(dialog):
    preview = dialog.preview
    assert preview.only_open.isChecked()
    rows = [preview.panes.model.row(at) for at in range(preview.panes.model.rowCount())]
    assert [row.sort for row in rows[:4]] == [Sort.FILE, Sort.OPEN, Sort.OPEN, Sort.OPEN]
    assert {row.file for row in rows[4:]} == {1}  # the refused one, with its reason
    assert preview.panes.table.current_row().sort is Sort.OPEN


def test_all_of_it_shows_base_ours_theirs_and_folds_what_stays(dialog):
    dialog.preview.only_open.setChecked(False)
    dialog.preview.panes.choose(0)
    conflict = row_of(dialog, Sort.OPEN, "工作进展")
    assert conflict.cells[2:5] == ("（空）", "我方改的", "单位改的")
    taken = row_of(dialog, Sort.TAKEN, "责任人")
    assert taken.cells[2:5] == ("（空）", "（未改动）", "李")
    fold = row_of(dialog, Sort.FOLD)
    before = dialog.preview.panes.model.rowCount()
    go_to(dialog, fold)
    QTest.keyClick(dialog.preview.panes.table, Qt.Key.Key_Return)
    assert dialog.preview.panes.model.rowCount() > before
    assert row_of(dialog, Sort.SAME)


def test_keys_choose_and_the_row_stays_in_sight(dialog, desk, keys):
    conflict = row_of(dialog, Sort.OPEN, "工作进展")
    go_to(dialog, conflict)
    table = dialog.preview.panes.table
    for key, outcome in (
        (Qt.Key.Key_1, "我方改的"),
        (Qt.Key.Key_2, "单位改的"),
        (Qt.Key.Key_3, "【本库原有】\n我方改的\n【区财政局回填】\n单位改的"),
    ):
        QTest.keyClick(table, key)
        line = table.current_row().line
        assert line.outcome == outcome
    assert dialog.preview.panes.model.place_of(conflict.identity) >= 0
    assert dialog.preview._draft.open == 2
    QTest.keyClick(table, Qt.Key.Key_3)  # once more: undecided again
    assert dialog.preview._draft.open == 3


def test_the_mouse_chooses_on_the_pill(qtbot, dialog, desk):
    panes = dialog.preview.panes
    ask = row_of(dialog, Sort.OPEN, "状态")
    index = panes.model.index(panes.model.place_of(ask.identity), rows.VERDICT)
    panes.table.scrollTo(index)
    option, box = cells.pills(ask, panes.table.visualRect(index), desk.look.tokens)[0]
    assert option.words == "是，已完成"
    at = box.center().toPoint()
    qtbot.mouseClick(panes.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    decided = row_of(dialog, None, "状态")
    assert decided.line.outcome == "已完成"


def move_to(table, spot: QPoint) -> None:
    """Move the mouse over the table; the offscreen platform has no mouse of its own."""
    none = Qt.MouseButton.NoButton
    over = table.viewport().mapToGlobal(spot)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(spot), QPointF(over), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(table.viewport(), moved)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen
def test_the_mouse_shows_what_it_would_choose_folds_and_asks_for_the_menu(qtbot, dialog, desk):
    panes, table = dialog.preview.panes, dialog.preview.panes.table
    ask = row_of(dialog, Sort.OPEN, "状态")
    index = panes.model.index(panes.model.place_of(ask.identity), rows.VERDICT)
    table.scrollTo(index)
    _, box = cells.pills(ask, table.visualRect(index), desk.look.tokens)[0]
    move_to(table, box.center().toPoint())
    assert table.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    beside = table.visualRect(panes.model.index(index.row(), rows.THEIRS)).center()
    move_to(table, beside)
    assert table.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    QApplication.sendEvent(
        table.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, beside, table.viewport().mapToGlobal(beside)),
    )
    assert table.current_row().identity == ask.identity
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions()]
    assert words[0].startswith("是，已完成")
    assert words[-1] == "在清单中查看"
    next(action for action in menu.actions() if action.text() == "复制这一格").trigger()
    assert QApplication.clipboard().text() == panes.model.index(index.row(), rows.THEIRS).data()
    with qtbot.waitSignal(table.wanted) as wanted:
        menu.actions()[-1].trigger()
    assert wanted.args == [ask.key]
    menu.close()
    QTest.keyClick(table, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    menu.actions()[0].trigger()
    menu.close()
    assert row_of(dialog, None, "状态").line.outcome == "已完成"
    dialog.preview.only_open.setChecked(False)
    panes.choose(0)
    many = panes.model.rowCount()
    fold = panes.model.index(panes.model.place_of(row_of(dialog, Sort.FOLD).identity), 0)
    table.scrollTo(fold)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(fold).center())
    assert panes.model.rowCount() > many


def menu_of(dialog, row):
    panes = dialog.preview.panes
    return panes.table.row_menu(panes.model.index(panes.model.place_of(row.identity), rows.VERDICT))


def test_every_choice_is_in_the_menu(dialog):
    conflict = row_of(dialog, Sort.OPEN, "工作进展")
    menu = menu_of(dialog, conflict)
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[:4] == ["保留本库", "采用回填", "两者都留", "另填……"]
    menu.actions()[1].trigger()
    assert row_of(dialog, None, "工作进展").line.choice is Choice.THEIRS


def test_a_day_can_be_filled_in_and_what_is_none_cannot(qtbot, dialog):
    ask = row_of(dialog, Sort.OPEN, "完成时限")
    go_to(dialog, ask)
    QTest.keyClick(dialog.preview.panes.table, Qt.Key.Key_2)
    value = dialog.findChild(ValueDialog)
    value.field.setText("三月初")
    assert not value.ok_button.isEnabled()
    value.field.setText("2027年3月1日")
    qtbot.mouseClick(value.ok_button, Qt.MouseButton.LeftButton)
    row = row_of(dialog, None, "完成时限")
    assert row.line.outcome == "2027-03-01"
    assert row.note == "将填：2027-03-01"


def test_a_status_can_be_chosen_but_not_confirmed(dialog):
    ask = row_of(dialog, Sort.OPEN, "状态")
    value = ValueDialog(dialog._desk, "措施", ask.line, dialog)
    choices = [status.value for status in Status if status is not Status.CLOSED]
    assert [button.text() for button in value.statuses.buttons()] == choices
    assert value.value() == "已完成"


def test_the_rest_is_decided_at_once(dialog):
    menu = dialog.preview._rest_menu.actions()
    menu[0].trigger()
    assert dialog.preview._draft.open == 0
    assert dialog.preview.only_open.isChecked()
    dialog.preview._filter()
    dialog.preview.panes.choose(0)
    assert dialog.preview.panes._stack.currentWidget() is dialog.preview.panes.empty
    dialog.preview.panes.empty.asked.emit()
    assert not dialog.preview.only_open.isChecked()


def test_f8_goes_round_all_open_rows(dialog):
    table = dialog.preview.panes.table
    seen = []
    for _ in range(4):
        dialog.preview.next_button.click()
        seen.append(table.currentIndex().row())
    assert seen == [2, 3, 1, 2]


def test_a_refused_file_says_why_and_what_to_do(dialog):
    dialog.preview.only_open.setChecked(False)
    dialog.preview.panes.choose(1)
    model = dialog.preview.panes.model
    assert model.rowCount() == 1
    assert "打不开" in model.row(0).cells[0]
    assert model.row(0).under == "请重新发送。"


@pytest.mark.parametrize("only_open", [False, True])
@pytest.mark.parametrize("file", [ALL, 1])
def test_a_refused_file_says_why_in_every_filter(dialog, only_open, file):
    preview = dialog.preview
    preview.only_open.setChecked(only_open)
    preview.panes.choose(file)
    assert "未并入：“坏.xlsx”打不开，没有导入。" in [row.cells[0] for row in preview._rows(file)]
    preview._draft.decide_rest(Choice.OURS)
    preview._filter()
    assert "请重新发送。" in [row.under for row in preview._rows(file)]


def test_an_added_row_is_taken_as_a_note_only_when_asked_for(qtbot, dialog, desk, keys):
    dialog.preview.only_open.setChecked(False)
    added = row_of(dialog, Sort.ADDED)
    go_to(dialog, added)
    QTest.keyClick(dialog.preview.panes.table, Qt.Key.Key_2)
    with qtbot.waitSignal(dialog.taken, timeout=20_000):
        dialog.confirm()
    assert "本单位自己加的" in notes.note(desk.workspace.db, keys[0].measure_key)


def test_cancelling_changes_nothing(qtbot, dialog, desk):
    entries = [item.entry for item in desk.every_item()]
    qtbot.mouseClick(dialog.preview.cancel_button, Qt.MouseButton.LeftButton)
    assert [item.entry for item in desk.every_item()] == entries
    assert receipts.receipts(desk.workspace.db) == ()


def test_what_was_chosen_is_given_up_only_when_asked(qtbot, dialog):
    dialog.preview._draft.decide_rest(Choice.OURS)
    for answer, stays in (("继续处理", True), ("放弃", False)):
        dialog.preview.cancel_button.click()
        assert dialog.isVisible()
        buttons = dialog.findChildren(QPushButton)
        (button,) = [each for each in buttons if each.text() == answer and each.isVisible()]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible() is stays


def test_undecided_rows_stay_ours_are_told_and_can_be_decided_later(qtbot, dialog, desk, keys):
    with qtbot.waitSignal(dialog.taken, timeout=20_000) as told:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (receipt,) = told.args
    assert len(receipt.files[0].conflicts) == 3
    assert desk.item(keys[1]).entry.progress == "我方改的"
    assert desk.item(keys[0]).entry.owner == "李"
    assert "还有 3 处没有决定" in dialog._said.text()
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    preview = dialog.preview
    assert preview._draft.open == 3
    assert preview._draft.changed_fields == 0
    preview._draft.decide_rest(Choice.THEIRS)
    with qtbot.waitSignal(dialog.taken, timeout=20_000):
        dialog.confirm()
    assert desk.item(keys[1]).entry.progress == "单位改的"
    assert desk.item(keys[2]).entry.status == "已完成"


def test_the_whole_import_goes_back_from_its_receipt(qtbot, dialog, desk, keys):
    with qtbot.waitSignal(dialog.taken, timeout=20_000):
        dialog.confirm()
    desk.edit(keys[0], {"owner": "王"})
    qtbot.mouseClick(dialog.receipt.undo_button, Qt.MouseButton.LeftButton)
    (question,) = [each for each in dialog.findChildren(QDialog) if each.isVisible()]
    asked = [label.text() for label in question.findChildren(QLabel)]
    question.accept()
    assert any(words.startswith("撤销第1号导入？将退回 ") for words in asked)
    assert any("区财政局" in words and "撤销后可以在这里恢复" in words for words in asked)
    assert desk.item(keys[0]).entry.progress == ""
    assert desk.item(keys[0]).entry.owner == "王"
    messages = [each for each in dialog.findChildren(QDialog) if each.isVisible()]
    assert messages
    assert dialog.receipt.undo_button.text() == "恢复本次导入"
    assert "撤销" in dialog.receipt._gone.text()
    assert not dialog.go_on_button.isVisible()


def test_a_workspace_that_refuses_leaves_everything_as_it_was(qtbot, dialog, desk, keys):
    desk.workspace.db.execute("PRAGMA query_only = 1")
    with qtbot.waitSignal(desk.write_failed, timeout=20_000):
        dialog.confirm()
    desk.workspace.db.execute("PRAGMA query_only = 0")
    assert receipts.receipts(desk.workspace.db) == ()
    assert dialog._stack.currentWidget() is dialog.preview
    with qtbot.waitSignal(dialog.taken, timeout=20_000):
        dialog.confirm()
    assert desk.item(keys[0]).entry.owner == "李"


def test_cancelled_while_the_backup_is_made_nothing_is_taken_in(qtbot, dialog, desk):
    with qtbot.waitSignal(dialog._run.missed, timeout=20_000):
        dialog.confirm()
        dialog._run._job.cancel()
    assert receipts.receipts(desk.workspace.db) == ()
    assert dialog._stack.currentWidget() is dialog.preview
    assert backup.every(desk.workspace.folder)[0].reason == backup.IMPORT


def test_a_row_leads_to_its_item(qtbot, dialog, keys):
    conflict = row_of(dialog, Sort.OPEN, "工作进展")
    menu = menu_of(dialog, conflict)
    with qtbot.waitSignal(dialog.wanted) as told:
        menu.actions()[-1].trigger()
    assert told.args == [keys[1]]


def test_a_row_is_copied_under_its_headings(dialog):
    go_to(dialog, row_of(dialog, Sort.OPEN, "工作进展"))
    QTest.keyClick(dialog.preview.panes.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, words = QApplication.clipboard().text().splitlines()
    assert dict(zip(titles.split("\t"), words.split("\t"), strict=True))["单位回填"] == "单位改的"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("steps", [0, 5])
def test_it_fits_the_smallest_screen_at_any_size(dialog, desk, dark, steps):
    desk.look.set_dark(dark)
    for _ in range(steps):
        desk.look.step_zoom(1)
    hint = dialog.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 768
    table = dialog.preview.panes.table
    for place in range(dialog.preview.panes.model.rowCount()):
        assert table.rowHeight(place) >= desk.look.tokens.px(24)


def test_what_is_filled_in_survives_being_shown_in_words(desk, keys, dialog):
    ask = row_of(dialog, Sort.OPEN, "完成时限")
    line = replace(ask.line, choice=Choice.VALUE, value="2026-01-01/2026-12-31")
    assert "2026-01-01至2026-12-31" in rows.of_line(desk.catalogue, 0, line).note


def test_all_files_and_one_file_show_the_same_rows(dialog):
    preview = dialog.preview
    preview.only_open.setChecked(False)
    alone = [row for file in range(2) for row in preview._rows(file)]
    together = [row for row in preview._rows(ALL) if row.sort is not Sort.FILE]
    assert together == alone


# ---- two workbooks of one import, and one left out


@pytest.fixture
def twice(qtbot, desk, window, keys) -> IntakeDialog:
    """Two workbooks that answer the same cell, each otherwise."""
    one = returned(desk, keys, {"progress": "甲"}, digest="a")
    two = replace(returned(desk, keys, {"progress": "乙"}, digest="b"), path_name="再报.xlsx")
    desk.edit(keys[1], {"owner": "别处"})
    made = IntakeDialog(desk, planned(desk, one, two), window)
    with qtbot.waitExposed(made):
        made.show()
    return made


def place_of(dialog, name: str) -> int:
    return [plan.file.path_name for plan in dialog.preview._draft.plans].index(name)


def test_what_the_workspace_holds_is_never_another_files_value(qtbot, twice):
    row = row_of(twice, Sort.OPEN, "工作进展")
    assert row.cells[2:5] == ("（空）", "（未改动）", "乙\n另一份回填（区财政局.xlsx）：甲")
    assert [option.words for option in row.options] == ["采用另一份", "采用这份", "两者都留", "另填……"]
    value = ValueDialog(twice._desk, "措施", row.line, twice)
    shown = [label.text() for label in value.findChildren(QLabel)]
    at = shown.index("本库现有")
    assert shown[at : at + 6] == [
        "本库现有",
        "（空）",
        "另一份回填（区财政局.xlsx）",
        "甲",
        "区财政局回填",
        "乙",
    ]


def test_when_the_other_is_declined_nothing_is_left_to_ask(twice):
    draft = twice.preview._draft
    first = place_of(twice, "区财政局.xlsx")
    (line,) = [line for line in draft.plans[first].lines if line.field == "progress" and line.theirs == "甲"]
    draft.decide(first, line, Choice.OURS)
    assert draft.open == 0
    assert draft.plans[place_of(twice, "再报.xlsx")].changed == 1


def test_a_workbook_is_left_out_and_taken_up_again(qtbot, twice, desk, keys):
    preview = twice.preview
    preview.only_open.setChecked(False)
    first = place_of(twice, "区财政局.xlsx")
    preview.panes.choose(first)
    before = preview._draft.changed_fields, preview._draft.open
    qtbot.mouseClick(preview.leave_button, Qt.MouseButton.LeftButton)
    assert (preview._draft.open, preview._draft.changed_fields) == (0, 1)
    assert "不并入 1 份" in preview._about.text()
    assert preview.leave_button.text() == "重新并入"
    assert preview.panes.model.row(0).cells[0] == plans.LEFT_OUT
    QTest.keyClick(preview, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert (preview._draft.changed_fields, preview._draft.open) == before
    preview.file_menu(first).actions()[0].trigger()
    with qtbot.waitSignal(twice.taken, timeout=20_000) as told:
        twice.confirm()
    (receipt,) = told.args
    assert {file.path_name: file.left_out for file in receipt.files} == {
        "区财政局.xlsx": True,
        "再报.xlsx": False,
    }
    assert desk.item(keys[0]).entry.progress == "乙"
    view = twice.receipt
    rows = [view.panes.model.row(place) for place in range(view.panes.model.rowCount())]
    assert plans.LEFT_OUT in [row.cells[0] for row in rows]


def test_with_everything_left_out_there_is_nothing_to_confirm(twice):
    preview = twice.preview
    for file in range(2):
        preview.leave_out(file, True)
    assert not preview.confirm_button.isEnabled()
    preview.only_open.setChecked(True)
    preview._filter()
    told = [preview.panes.model.row(place).cells[0] for place in range(preview.panes.model.rowCount())]
    assert told.count(plans.LEFT_OUT) == 2


def test_among_all_workbooks_the_row_says_which_is_left_out(qtbot, twice):
    preview = twice.preview
    preview.only_open.setChecked(False)
    preview.panes.choose(ALL)
    row = row_of(twice, Sort.OPEN, "工作进展")
    go_to(twice, row)
    qtbot.mouseClick(preview.leave_button, Qt.MouseButton.LeftButton)
    assert preview._draft.plans[row.file].left_out
    assert preview.panes.table.current_row().file == row.file
    assert preview.leave_button.text() == "重新并入"


def test_a_refused_file_cannot_be_left_out(dialog):
    dialog.preview.panes.choose(1)
    assert not dialog.preview.leave_button.isEnabled()
    assert not dialog.preview.file_menu(1).actions()[0].isEnabled()
