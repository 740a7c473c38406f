"""Hits and favourites printed, saved and exported from where they are listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from desktop.catalogue.search import Filters
from desktop.ui import verbs
from desktop.ui.browse import listed
from desktop.ui.frame import app
from desktop.ui.frame.window import Window
from tests.flows import dialogs
from tests.ui.printing import pdf_reading

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen

LONG_MS = 60_000


def menu_of(button) -> list[str]:
    button.click()
    (menu,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()
    )
    words = [action.text() for action in menu.actions()]
    menu.close()
    return words


def test_hits_are_exported_in_their_order_with_what_was_asked(qtbot, window, tmp_path):
    finance = window.desk.catalogue.find_unit("区财政局")
    window.search.ask_for("担保", unit=finance.key)
    qtbot.waitUntil(lambda: window.browse.searching)
    bar = window.browse.results.bar
    assert bar.isVisible()
    assert menu_of(bar.button) == ["打印……", "存为 PDF……", "导出 Excel……"]
    shown = window.browse.listed
    assert shown.about == "搜索“担保”（区财政局）"
    assert [window.desk.catalogue.measure(key).number for key in shown.keys] == [2, 3, 25]
    export = window.printing._export
    target = tmp_path / "a.xlsx"
    with qtbot.waitSignal(export.ended, timeout=LONG_MS):
        dialogs.answered(
            qtbot,
            lambda: window.verbs.do(verbs.EXPORT_LISTED),
            lambda dialog: dialogs.choose(dialog, target),
            QFileDialog,
        )
    sheet = load_workbook(target)["措施摘录"]
    numbers = [str(cell.value) for cell in sheet["B"] if str(cell.value).startswith("第")]
    assert numbers == ["第2条", "第3条", "第25条"]


def test_favourites_are_saved_as_pdf(qtbot, window, desk, tmp_path):
    navigator = window.browse.navigator
    navigator.set_order("favourite")
    assert window.browse.listed.keys == ()
    for number in (19, 2):
        desk.set_favourite(desk.catalogue.by_number(number).key, True)
    assert navigator.bar.isVisible()
    offered = []
    dialogs.answered(
        qtbot,
        lambda: window.verbs.do(verbs.SAVE_LISTED),
        lambda dialog: offered.append(dialogs.choose(dialog, tmp_path / "a.pdf")),
        QFileDialog,
    )
    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    assert "收藏-措施摘录.pdf" in offered[0]
    told = "".join(pdf_reading.pages((tmp_path / "a.pdf").read_bytes()))
    assert "收藏，共2条，按条号排列" in told
    assert told.index("2.用好创业担保贷款政策") < told.index("19.加大政府采购支持中小企业力度")
    for number in (19, 2):
        desk.set_favourite(desk.catalogue.by_number(number).key, False)
    assert not navigator.bar.isVisible()


def test_the_list_has_the_focus_before_the_button_above_it(qtbot, window):
    window.focus_list()
    qtbot.waitUntil(window.browse.navigator.tree.hasFocus)
    window.search.ask_for("担保")
    qtbot.waitUntil(lambda: window.browse.searching)
    assert window.browse.results.view.hasFocus()
    assert not window.browse.results.bar.button.hasFocus()


def test_with_nothing_listed_it_is_said_how(window):
    window.browse.navigator.set_order("category")
    for verb in (verbs.PRINT_LISTED, verbs.SAVE_LISTED, verbs.EXPORT_LISTED):
        window.status.flash("")
        window.verbs.do(verb)
        assert any("请先搜索，或在左侧选“收藏”" in words for words in dialogs.words(window))


def test_nothing_found_offers_nothing_to_print(qtbot, window):
    window.search.ask_for("担保")
    qtbot.waitUntil(lambda: window.browse.searching)
    window.search.ask_for("没有这样的话啊")
    qtbot.waitUntil(lambda: not window.browse.results.bar.isVisible())
    assert window.browse.listed.keys == ()


@pytest.mark.parametrize(
    ("text", "filters", "about"),
    [
        ("担保", {}, "搜索“担保”"),
        ("  担保\r\n 贷款 ", {}, "搜索“担保 贷款”"),
        ("", {"unit": "unassigned"}, "筛选“未明确责任单位”"),
        ("<b>😀𠮷</b>", {}, "搜索“<b>😀𠮷</b>”"),
        ("字" * 10_000, {}, f"搜索“{'字' * 30}……”"),
    ],
)
def test_what_was_asked_is_said_in_short(desk, text: str, filters: dict[str, str], about: str):
    found = listed.of_search(desk.catalogue, text, Filters(**filters), ["a"])
    assert (found.about, found.keys) == (about, ("a",))


def test_a_name_that_is_offered_is_one_that_a_disk_takes(qtbot, window, tmp_path: Path):
    window.search.ask_for('企业"')
    qtbot.waitUntil(lambda: window.browse.searching and bool(window.browse.listed.keys))
    offered = []
    dialogs.answered(
        qtbot,
        lambda: window.verbs.do(verbs.SAVE_LISTED),
        lambda dialog: offered.append(dialogs.choose(dialog, tmp_path / "a.pdf")),
        QFileDialog,
    )
    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    assert not set('<>:"\\|?*') & set(Path(offered[0]).name)


def test_a_window_that_only_reads_exports_too(qtbot, window, folder, tmp_path):
    other, locked = app.open_desk(folder)
    assert locked
    reading = Window(other)
    qtbot.addWidget(reading)
    reading.show()
    reading.search.ask_for("担保")
    qtbot.waitUntil(lambda: reading.browse.searching)
    shown, export = reading.browse.listed, reading.printing._export
    with qtbot.waitSignal(export.ended, timeout=LONG_MS) as told:
        export.write(shown.keys, shown.about, tmp_path / "a.xlsx")
    assert told.args == [(tmp_path / "a.xlsx",)]
    reading.close()
    other.close()
