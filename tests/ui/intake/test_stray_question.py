"""Workbooks that no open round sent: asked about once for an import, before the preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.exchange.checklists import book, sending
from desktop.exchange.checklists.book import Sending
from desktop.exchange.checklists.filled_in import fill_in
from desktop.ui.intake import stray_question
from desktop.ui.kit.dialog import Dialog
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import round_changes, rounds
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.rounds import Round
from desktop.workspace.returns.strays import Question

LONG_MS = 60_000


@pytest.fixture
def asked(desk) -> Round:
    return rounds.new(desk.workspace.db, desk.catalogue, "第一轮", desk.today(), by="张", at=desk.now())


@pytest.fixture
def plain(desk, tmp_path) -> Path:
    """Return a workbook of 区财政局 that was exported outside any round, filled in."""
    unit = desk.catalogue.find_unit("区财政局")
    path = book.write_unit(
        tmp_path / "平时.xlsx", Sending(desk.catalogue, desk.today()), desk.items(unit.key), unit
    )
    return fill_in(path, {1: {"工作进展": "平时填的"}}, tmp_path / "收回" / "平时.xlsx")


def of_round(desk, one: Round, name: str, folder: Path) -> Path:
    """Return a unit's workbook of a round, filled in."""
    unit = desk.catalogue.find_unit(name)
    state = Sending(desk.catalogue, desk.today())
    path = folder / f"{name}.xlsx"
    sending.send_unit(path, desk.workspace.db, one, state, unit, by="张", at=desk.now())
    number = desk.catalogue.measures_of(unit.key)[0].number
    return fill_in(path, {number: {"工作进展": f"{name}填的"}}, folder / "收回" / path.name)


def question(qtbot, window, *paths: Path) -> Dialog:
    """Read workbooks; return the dialog that asks about them."""
    run = window.rounds.intake_run
    with qtbot.waitSignal(run._run.done, timeout=LONG_MS):
        run.read(paths)
    (dialog,) = [one for one in window.findChildren(Dialog) if "算作" in said(one)]
    return dialog


def said(dialog: Dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def press(dialog: Dialog, label: str) -> None:
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == label]
    button.click()


def standing(desk):
    return rounds.standing(desk.workspace.db, rounds.find(desk.workspace.db), desk.today())


def confirm(qtbot, dialog) -> None:
    with qtbot.waitSignal(dialog.taken, timeout=LONG_MS):
        dialog.confirm()


def test_said_yes_it_counts_and_the_preview_follows(qtbot, window, desk, asked, plain):
    dialog = question(qtbot, window, plain)
    assert "有 1 份不是按本轮发出的，是否算作“第一轮”的回填？" in said(dialog)
    assert "区财政局：1 份是平时导出的。" in said(dialog)
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        press(dialog, "算作回填")
    (preview,) = told.args
    confirm(qtbot, preview)
    assert standing(desk).returned == ("finance",)
    run = window.rounds.intake_run
    with qtbot.waitSignal(run.shown, timeout=LONG_MS) as told:  # the same once more: nothing is asked
        run.read((plain,))
    assert [plan.state for plan in told.args[0]._draft.plans] == [FileState.UNCHANGED]


def test_said_no_it_is_taken_and_does_not_count(qtbot, window, desk, asked, plain):
    dialog = question(qtbot, window, plain)
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        press(dialog, "不算")
    confirm(qtbot, told.args[0])
    assert standing(desk).returned == ()
    key = ItemKey("finance", desk.catalogue.by_number(1).key)
    assert desk.item(key).entry.progress == "平时填的"


def test_esc_takes_nothing_in(qtbot, window, desk, asked, plain):
    dialog = question(qtbot, window, plain)
    with qtbot.assertNotEmitted(window.rounds.intake_run.shown):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_is_asked_once_for_many_and_not_for_those_of_the_round(
    qtbot, window, desk, asked, plain, tmp_path
):
    gone = rounds.new(desk.workspace.db, desk.catalogue, "发错的", desk.today(), by="张", at=desk.now())
    wrong = of_round(desk, gone, "区工信局", tmp_path)
    right = of_round(desk, asked, "区科技局", tmp_path)
    round_changes.withdraw(desk.workspace.db, gone.key, by="张", at=desk.now())
    dialog = question(qtbot, window, plain, wrong, right)
    assert "有 2 份不是按本轮发出的，是否算作“第一轮”的回填？" in said(dialog)
    assert "1 份是平时导出的，1 份是已撤回的轮次发出的。" in said(dialog)
    with qtbot.waitSignal(window.rounds.intake_run.shown) as told:
        press(dialog, "算作回填")
    confirm(qtbot, told.args[0])
    names = {desk.catalogue.unit(key).name for key in standing(desk).returned}
    assert names == {"区财政局", "区工信局", "区科技局"}


def test_without_an_open_round_the_preview_opens_at_once(qtbot, window, desk, asked, plain):
    round_changes.close(desk.workspace.db, asked.key, by="张", at=desk.now())
    with qtbot.waitSignal(window.rounds.intake_run.shown, timeout=LONG_MS) as told:
        window.rounds.intake_run.read((plain,))
    (plan,) = told.args[0]._draft.plans
    assert plan.state is FileState.ACCEPTED


def test_many_units_are_not_all_named(desk, asked, plain):
    keys = tuple(unit.key for unit in desk.catalogue.checklist_units()[:9])
    told = stray_question.words(desk, Question(9, keys, ("第一轮",), 0))
    assert "等 9 家：9 份是平时导出的。" in told
    assert "撤回" not in told
    both = Question(9, keys, ("第一轮",), 9)
    assert "平时导出" not in stray_question.words(desk, both)
