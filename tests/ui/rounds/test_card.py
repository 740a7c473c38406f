"""填报轮次 in the window: begun, sent out, told on the overview, reminded of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester

from desktop.ui.frame import app
from desktop.ui.frame.rail import OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.kit.jobs import JobDialog
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.rounds import figures
from desktop.ui.rounds.figures import Group
from desktop.ui.rounds.new_dialog import KEY, RoundDialog
from desktop.ui.rounds.sending import SentDialog
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import intake, plans, rounds
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice
from tests.ui.intake.test_preview import returned

LONG_MS = 60_000
UNITS = ("finance",)


@pytest.fixture
def asked(desk):
    """Return a round of three units, one of which was sent its workbook."""
    units = [unit.key for unit in desk.catalogue.checklist_units()[:3]]
    made = rounds.new(
        desk.workspace.db, desk.catalogue, "第一轮", desk.today(), units, by="张", at=desk.now()
    )
    rounds.record_export(
        desk.workspace.db,
        desk.catalogue,
        made.key,
        "finance",
        desk.items("finance"),
        file_name="区财政局.xlsx",
        by="张",
        at=desk.now(),
    )
    return made


def came_back(desk, asked, digest: str = "a", progress: str = "单位填的") -> None:
    """Take in a workbook of 区财政局 that belongs to the round."""
    from dataclasses import replace

    keys = [item.key for item in desk.items("finance")]
    file = replace(returned(desk, keys, {"progress": progress}, digest=digest), round_key=asked.key)
    file = replace(file, rows=tuple(replace(row, base_revision=0) for row in file.rows))
    (plan,) = plans.plan_all(desk.workspace.db, desk.catalogue, (file,), desk.today(), by="张")
    assert plan.state is not FileState.REFUSED, plan.reason
    intake.apply(desk.workspace.db, desk.catalogue, (plan,), by="张", at=desk.now())


# ---- what is proposed


@pytest.mark.parametrize(
    ("today", "name", "day"),
    [
        (date(2026, 11, 23), "2026年第四季度填报", date(2026, 12, 20)),
        (date(2026, 12, 14), "2026年第四季度填报", date(2026, 12, 28)),
        (date(2027, 1, 1), "2027年第一季度填报", date(2027, 3, 20)),
        (date(2027, 3, 13), "2027年第一季度填报", date(2027, 3, 20)),
    ],
)
def test_a_name_and_a_day_are_proposed(today, name, day):
    assert figures.proposed_name(today, frozenset()) == name
    assert figures.proposed_name(today, frozenset({name, f"{name}（2）"})) == f"{name}（3）"
    assert figures.proposed_day(today) == day


# ---- the dialog


@pytest.fixture
def dialog(qtbot, window) -> RoundDialog:
    made = window.rounds.round_run.ask_new()
    assert made is not None
    return made


def test_the_dialog_asks_all_units_and_none_without_a_name(dialog, desk):
    assert len(dialog.unit_keys) == 20
    assert dialog.ok_button.isEnabled()
    dialog.name.setText("   ")
    assert not dialog.ok_button.isEnabled()
    assert "名称" in dialog.problem.text()
    dialog.name.setText("一轮")
    dialog.check_all(False)
    assert not dialog.ok_button.isEnabled()
    dialog.units.item(3).setCheckState(Qt.CheckState.Checked)
    assert dialog.unit_keys == (dialog.units.item(3).data(KEY),)
    assert dialog.ok_button.isEnabled()


def test_a_taken_name_is_refused_before_anything_is_done(window, asked):
    made = window.rounds.round_run.ask_new()
    made.name.setText(" 第一轮 ")
    assert not made.ok_button.isEnabled()
    assert "已有" in made.problem.text()


def test_the_folder_bears_the_rounds_name(dialog, tmp_path):
    dialog.name.setText("2026/第四季度")
    assert dialog.folder.name == "2026_第四季度"
    dialog.choose_folder(tmp_path)
    assert dialog.folder == tmp_path


def test_a_round_is_begun_and_each_unit_gets_its_workbook(qtbot, window, desk, dialog, tmp_path):
    dialog.choose_folder(tmp_path / "发出")
    dialog.check_all(False)
    for row in (0, 2, 4):
        dialog.units.item(row).setCheckState(Qt.CheckState.Checked)
    units = dialog.unit_keys
    with qtbot.waitSignal(window.rounds.round_run.sent, timeout=LONG_MS) as told:
        dialog.accept()
    (sent,) = told.args
    made = rounds.find(desk.workspace.db)
    assert made.unit_keys == units
    assert set(rounds.exports(desk.workspace.db, made.key)) == set(units)
    assert sorted(sent.paths) == sorted((tmp_path / "发出").iterdir())
    assert openpyxl.load_workbook(sent.paths[0]).sheetnames
    assert window.overview.asked == made
    said = window.findChild(SentDialog)
    assert not said.go_on_button.isVisible()


def test_cancelled_part_way_it_says_which_are_left_and_goes_on(qtbot, window, desk, tmp_path):
    run = window.rounds.round_run
    with qtbot.waitSignal(run.sent, timeout=LONG_MS) as told:
        run.begin("一轮", desk.today(), ("finance", *_others(desk, 4)), tmp_path)
        window.findChild(JobDialog).reject()
    (sent,) = told.args
    assert 0 < len(sent.left) <= 5
    assert len(sent.paths) + len(sent.left) == 5
    made = rounds.find(desk.workspace.db)
    assert set(rounds.exports(desk.workspace.db, made.key)) == set(made.unit_keys) - set(sent.left)
    said = window.findChild(SentDialog)
    assert said.go_on_button.isVisible()
    with qtbot.waitSignal(run.sent, timeout=LONG_MS) as told:
        said.go_on_button.click()
    assert told.args[0].left == ()
    assert set(rounds.exports(desk.workspace.db, made.key)) == set(made.unit_keys)
    assert len(list(tmp_path.glob("*.xlsx"))) == 5


def test_what_is_in_the_way_is_told_and_the_rest_can_follow(qtbot, window, desk, tmp_path):
    blocked = tmp_path / "占着"
    blocked.write_text("这里应当是文件夹", encoding="utf-8")
    run = window.rounds.round_run
    with qtbot.waitSignal(run.sent, timeout=LONG_MS) as told:
        run.begin("一轮", desk.today(), UNITS, blocked)
    (sent,) = told.args
    assert sent.left == UNITS
    assert sent.problem is not None
    assert rounds.find(desk.workspace.db).name == "一轮"
    with qtbot.waitSignal(run.sent, timeout=LONG_MS) as told:
        run.send(sent.asked, sent.left, tmp_path / "别处")
    assert len(told.args[0].paths) == 1


def _others(desk, count: int) -> tuple[str, ...]:
    return tuple(unit.key for unit in desk.catalogue.checklist_units() if unit.key != "finance")[:count]


# ---- the overview


def test_the_overview_offers_a_first_round(qtbot, window, desk):
    window.show_page(OVERVIEW)
    page = window.overview
    qtbot.mouseClick(page._round_tile, Qt.MouseButton.LeftButton)
    assert page._stack.currentWidget() is page.round
    page.round._empty._action.click()
    assert window.findChild(RoundDialog) is not None


def test_tile_and_groups_tell_who_has_answered_by_name(qtbot, window, desk, asked):
    came_back(desk, asked)
    window.show_page(OVERVIEW)
    page = window.overview
    qtbot.mouseClick(page._round_tile, Qt.MouseButton.LeftButton)
    assert "实回1家" in page._round_tile.accessibleName()
    assert page._title.text() == "第一轮"
    names = {group: [unit.name for unit in page.round._found.of(group)] for group in Group}
    assert names[Group.RETURNED] == ["区财政局"]
    assert len(names[Group.MISSING]) == 2
    assert names[Group.REPEATED] == names[Group.TORN] == []
    page.round._chips[Group.RETURNED].click()
    assert page.round.units.stands.rowCount() == 1
    page.round._chips[Group.REPEATED].click()
    assert page.round._lists.currentWidget() is page.round._nobody


def test_two_workbooks_and_an_open_question_are_told(desk, asked):
    came_back(desk, asked)
    desk.edit(ItemKey("finance", desk.items("finance")[0].key.measure_key), {"progress": "我方"})
    came_back(desk, asked, "b", "另一份")
    found = figures.figures(desk.workspace.db, desk.catalogue, asked, desk.today())
    (unit,) = found.of(Group.REPEATED)
    assert unit.name == "区财政局"
    assert unit.groups == {Group.DUE, Group.RETURNED, Group.REPEATED, Group.TORN}
    assert unit.told == "1 处待决定"
    assert unit.measure_key == desk.items("finance")[0].key.measure_key


def test_a_name_leads_to_its_list(qtbot, window, desk, asked):
    window.rounds.show_round()
    units = window.overview.round.units
    index = units.model().index(1, 0)
    middle = units.visualRect(index).center()
    qtbot.mouseClick(units.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y()))
    assert window.checklist.unit_key == index.data(VALUE).key


def test_past_its_day_a_round_is_late(desk, asked):
    later = date.fromordinal(desk.today().toordinal() + 3)
    found = figures.figures(desk.workspace.db, desk.catalogue, asked, later)
    assert found.days == "已逾期 3 天"
    assert all(unit.late for unit in found.of(Group.MISSING))


def test_another_round_can_be_chosen(window, desk, asked):
    second = rounds.new(
        desk.workspace.db, desk.catalogue, "第二轮", desk.today(), UNITS, by="张", at=desk.now()
    )
    window.rounds.show_round()
    assert window.overview.asked == second
    menu = window.overview.round.rounds_menu()
    first = next(action for action in menu.actions() if action.text().startswith("第一轮"))
    first.trigger()
    assert window.overview.asked.name == "第一轮"
    assert window.overview._title.text() == "第一轮"


def test_workbooks_are_sent_again_to_those_that_need_them(qtbot, window, desk, asked, tmp_path):
    window.rounds.show_round()
    menu = window.overview.round.sending
    menu.fill()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "“第一轮”进行中",
        "还没有发出的 2 家……",
        "还没有反馈的 3 家……",
        "全部 3 家……",
        "某一个单位",
        "新建一轮……",
    ]
    menu.actions()[1].trigger()
    chooser = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.rounds.round_run.sent, timeout=LONG_MS) as told:
        chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    assert len(told.args[0].paths) == 2
    assert window.overview.round._found.unsent == ()


def test_reminders_are_copied_and_written(qtbot, window, desk, asked, tmp_path):
    window.rounds.show_round()
    window.overview.round.remind_menu().actions()[0].trigger()
    assert "区财政局" in QApplication.clipboard().text()
    assert "未回 3 家" in window.status._message.text()
    target = tmp_path / "催报.xlsx"
    with qtbot.waitSignal(window.rounds.round_run.reminded, timeout=LONG_MS):
        window.rounds.round_run.write_reminder(asked, target)
    words = str(
        [[cell.value for cell in row] for row in openpyxl.load_workbook(target).worksheets[0].iter_rows()]
    )
    assert "区财政局" in words


def test_models_are_sound(qtmodeltester: ModelTester, window, asked):
    window.rounds.show_round()
    qtmodeltester.check(window.overview.round.units.stands)


def test_escape_goes_back_to_what_is_due(qtbot, window, asked):
    window.rounds.show_round()
    qtbot.keyClick(window.overview, Qt.Key.Key_Escape)
    assert not window.overview._round_tile.isChecked()


def test_a_read_only_window_shows_rounds_and_begins_none(qtbot, desk, asked, folder: Path):
    other, _locked = app.open_desk(folder)
    window = Window(other)
    qtbot.addWidget(window)
    window.show()
    window.rounds.show_round()
    assert window.overview.asked.name == "第一轮"
    assert not window.overview.round.send_button.isEnabled()
    assert not window.overview.round.import_button.isEnabled()
    assert not window.header._import.isEnabled()
    with qtbot.waitSignal(other.write_failed):
        window.rounds.new_round()
    with qtbot.waitSignal(other.write_failed):
        window.rounds.import_files()
    assert not window.findChildren(RoundDialog)
    window.close()
    other.close()


def test_open_questions_of_the_round_are_decided_from_its_card(qtbot, window, desk, asked):
    came_back(desk, asked)
    window.rounds.show_round()
    card = window.overview.round
    assert not card.decide_button.isVisible()
    key = ItemKey("finance", desk.items("finance")[0].key.measure_key)
    desk.edit(key, {"progress": "我方"})
    came_back(desk, asked, "b", "另一份")
    window.rounds.show_round()
    menu = card.unit_menu(card._found.of(Group.TORN)[0])
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        menu.actions()[1].trigger()
    told.args[0].reject()
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        qtbot.mouseClick(card.decide_button, Qt.MouseButton.LeftButton)
    (dialog,) = told.args
    assert [line.key for plan in dialog.preview._draft.plans for line in plan.conflicts] == [key]
    dialog.preview._draft.decide_rest(Choice.THEIRS)
    with qtbot.waitSignal(dialog.taken, timeout=LONG_MS):
        dialog.confirm()
    assert desk.item(key).entry.progress == "另一份"
    assert not card.decide_button.isVisible()
