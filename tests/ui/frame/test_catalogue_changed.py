"""Notices come, go, or are switched off while the window stands: every page follows, nothing is lost."""

from __future__ import annotations

import pytest

from desktop.ui.checklist import columns
from desktop.ui.checklist.model import BAND_ROLE
from desktop.ui.frame.rail import CHECKLIST, OVERVIEW
from desktop.workspace.items.model import ItemKey
from tests import two_notices
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, KEY

FINANCE = "finance"


@pytest.fixture
def change(two_desk, library):
    """Let only these notices be in use."""
    whole = two_desk.catalogue

    def make(*keys):
        two_desk.take_catalogue(whole.of(keys), two_notices.opened(library))

    return make


def test_every_page_follows(two_window, change):
    window = two_window
    window.open_unit(FINANCE)
    window.show_page(OVERVIEW)
    window.open_measure(f"{KEY}.1.m03")
    change(BUNDLED)
    assert window.windowTitle().startswith(BUNDLED_NUMBER)
    assert window.status.facts.text().startswith("32 条措施")
    assert window.browse.measure_key == f"{BUNDLED}.1.m01"
    tree = window.browse.navigator.tree.model()
    assert tree.rowCount() == 10
    assert window.lines.validity.accessibleName().startswith("本文件有效期至")
    assert not window.browse.can_go_back
    window.show_page(CHECKLIST)
    assert window.checklist.model.rowCount() == 9
    assert not window.checklist.model.index(0, 0).data(BAND_ROLE)
    assert window.checklist.units.model.rowCount() == 21
    window.show_page(OVERVIEW)
    assert not window.overview.papers.isVisible()
    assert window.overview._categories.bars.rowCount() == 10
    change(KEY, BUNDLED)
    assert window.overview.papers.isVisible()
    assert window.overview._categories.bars.rowCount() == 3
    window.show_page(CHECKLIST)
    assert window.checklist.model.rowCount() == 11
    change(KEY)
    assert window.checklist.unit_key == FINANCE
    assert window.checklist.model.rowCount() == 2
    window.checklist.show_unit("trade-pilot")
    change(BUNDLED)
    assert window.checklist.unit_key == window.desk.catalogue.checklist_units()[0].key


def test_the_measure_in_the_reader_stays_where_it_is_still_in_use(two_window, change):
    two_window.open_measure(f"{BUNDLED}.1.m16")
    change(BUNDLED)
    assert two_window.browse.measure_key == f"{BUNDLED}.1.m16"
    assert two_window.browse.navigator.tree.currentIndex().isValid()


def test_what_is_searched_for_is_searched_for_again(two_window, change):
    window = two_window
    window.search.ask_for("担保")
    assert len(window.browse.results._model.rows) == 5
    window.search.chips["category"].set_key(f"{KEY}.1.c01")
    window.search._ask()
    assert len(window.browse.results._model.rows) == 1
    change(BUNDLED)
    assert window.search.chips["category"].key == ""
    assert window.browse.searching


def test_what_is_being_typed_is_written_first(qtbot, two_desk, two_window, change):
    key = ItemKey(FINANCE, f"{KEY}.1.m01")
    two_window.open_unit(FINANCE, key.measure_key)
    page = two_window.checklist
    page.table.setFocus()
    page.table.edit(page.model.index(0, columns.PROGRESS))
    page.table.delegate.editor.setPlainText("已减免三户")
    change(BUNDLED)
    assert two_desk.item(key).entry.progress == "已减免三户"
    assert page.table.delegate.editor is None
    change(KEY, BUNDLED)
    assert page.model.item(0).entry.progress == "已减免三户"


def test_a_note_is_kept_and_found_again(two_desk, two_window, change):
    two_window.open_measure(f"{KEY}.1.m01")
    two_window.browse.reader.open_note()
    two_window.browse.reader.note.setPlainText("问过商务办")
    change(BUNDLED)
    change(KEY, BUNDLED)
    two_window.open_measure(f"{KEY}.1.m01")
    assert two_window.browse.reader.note.toPlainText() == "问过商务办"


def test_what_is_in_use_now_is_checked(qtbot, two_window, change):
    words = "原文校验通过"
    qtbot.waitUntil(lambda: words in two_window.status.facts.text())
    change(BUNDLED)
    assert words not in two_window.status.facts.text()
    qtbot.waitUntil(lambda: words in two_window.status.facts.text())
