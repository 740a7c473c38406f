"""On a small screen, with the largest text or with what a system enlarges, each page shows what it is for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.ui.frame.rail import CHECKLIST
from desktop.ui.frame.window import Window
from desktop.ui.kit.look import ZOOM_STEPS

ROOT = Path(__file__).parents[2]
TASKBAR = 40
SCREEN = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768 - TASKBAR}
SCREEN |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


@pytest.fixture(scope="module", params=[("1", max(ZOOM_STEPS)), ("1.25", 1.0), ("1.5", 1.0), ("1.25", 1.25)])
def seen(request, tmp_path_factory) -> dict:
    """What there is room for at a scale factor of the system and a zoom of the program."""
    scale, zoom = request.param
    screens = tmp_path_factory.mktemp("screen") / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}))
    platform = {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.small_screen", str(zoom)],
        env={**os.environ, **platform, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["screen"] == [round(1366 / float(scale)), int((768 - TASKBAR) / float(scale))]
    return found


def test_the_window_fits_under_its_title_bar_at_the_first_start(seen) -> None:
    assert seen["fits"], seen
    assert seen["top"] >= 0


def test_the_reader_shows_eight_lines(seen) -> None:
    assert seen["lines"] >= 8


def test_the_checklist_shows_four_items(seen) -> None:
    assert seen["items"] >= 4


def test_the_overview_shows_four_units_and_four_late_items(seen) -> None:
    assert (seen["bars"] >= 4, seen["due"] >= 4) == (True, True), seen


def test_the_banner_takes_one_line(seen) -> None:
    assert seen["banner lines"] < 1.6


@pytest.mark.parametrize("page", ["browse", "checklist", "overview"])
def test_nothing_of_a_page_is_cut_or_outside(seen, page: str) -> None:
    assert seen[f"amiss in {page}"] == []


def test_every_dialog_fits_and_shows_its_words(seen) -> None:
    assert len(seen["dialogs"]) > 20
    assert {name: found for name, found in seen["dialogs"].items() if not found["fits"]} == {}
    assert {name: found["amiss"] for name, found in seen["dialogs"].items() if found["amiss"]} == {}


@pytest.fixture
def narrow(qtbot, desk, window: Window) -> Window:
    desk.look.set_zoom(2.0)
    window.resize(1366, 698)
    qtbot.waitUntil(lambda: window.browse.columns.folds[0].isVisible())
    return window


def test_folded_columns_unfold_one_at_a_time(qtbot, narrow: Window) -> None:
    left, facts = narrow.browse.columns.folds
    assert not narrow.browse.navigator.isVisible()
    assert not narrow.browse.facts.isVisible()
    qtbot.mouseClick(left, Qt.MouseButton.LeftButton)
    assert narrow.browse.navigator.isVisible()
    qtbot.mouseClick(facts, Qt.MouseButton.LeftButton)
    assert narrow.browse.facts.isVisible()
    assert not narrow.browse.navigator.isVisible()
    qtbot.mouseClick(facts, Qt.MouseButton.LeftButton)
    assert not narrow.browse.facts.isVisible()


def test_what_is_searched_for_is_seen_and_folds_away_again(narrow: Window) -> None:
    narrow.search.ask_for("担保")
    assert narrow.browse.results.isVisible()
    narrow.search.ask_for("")
    assert narrow.browse.columns.folds[0].folded
    narrow.browse.columns.folds[0].unfold()
    narrow.search.ask_for("担保")
    narrow.search.ask_for("")
    assert narrow.browse.navigator.isVisible()  # it was unfolded before


def test_the_key_for_the_list_unfolds_it(qtbot, narrow: Window) -> None:
    narrow.activateWindow()
    narrow.focus_list()
    assert narrow.browse.navigator.tree.isVisible()
    narrow.show_page(CHECKLIST)
    assert not narrow.checklist.units.isVisible()
    narrow.focus_list()
    assert narrow.checklist.units.isVisible()


def test_with_room_again_all_is_as_it_was(qtbot, desk, narrow: Window) -> None:
    narrow.browse.columns.folds[1].unfold()
    desk.look.set_zoom(1.0)
    narrow.resize(1366, 768)
    qtbot.waitUntil(lambda: not narrow.browse.columns.folds[0].isVisible())
    assert narrow.browse.navigator.isVisible()
    assert narrow.browse.facts.isVisible()
    assert not narrow.browse.columns.folds[1].isVisible()


def test_what_a_low_head_leaves_out_stands_in_its_menu(desk, narrow: Window) -> None:
    narrow.show_page(CHECKLIST)
    head = narrow.checklist.head
    item = narrow.checklist.model.item(0)
    desk.edit(item.key, {"owner": "张三"})
    head.more_menu.aboutToShow.emit()
    lines = {line.text(): line for line in head.more_menu.actions() if line.isVisible()}
    assert {"撤销", "修改记录", "佐证材料"} < set(lines)
    assert not head.history_button.isVisible()
    lines["修改记录"].trigger()
    assert narrow.checklist.history.isVisible()
    lines["撤销"].trigger()
    assert desk.item(item.key).entry.owner == ""
    desk.look.set_zoom(1.0)
    narrow.resize(1366, 768)
    head.more_menu.aboutToShow.emit()
    assert not lines["撤销"].isVisible()
    assert head.undo_button.isVisible()
