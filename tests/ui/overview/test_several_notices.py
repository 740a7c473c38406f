"""总览 over two notices: by paper first, then one of them; each row says whose it is."""

from __future__ import annotations

from datetime import date

from desktop.ui.frame.rail import OVERVIEW
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.overview import reminder
from desktop.ui.overview.figures import Tile
from desktop.ui.overview.item_list import UNDER
from desktop.workspace.items.model import ItemKey
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, KEY, NUMBER


def shown(window):
    window.show_page(OVERVIEW)
    return window.overview


def test_bars_are_those_of_papers_until_one_is_chosen(two_window):
    page = shown(two_window)
    assert page.papers.isVisible()
    bars = page._categories.bars
    assert page._grouped.text() == "按发文"
    assert [(bar.name, bar.total) for bar in bars.rows] == [
        (f"{NUMBER}《{FIRST}》", 4),
        (f"{NUMBER}《支持外贸企业发展若干措施》", 3),
        (BUNDLED_NUMBER, 67),
    ]
    page._categories.chosen.emit(bars.index(2))
    assert page.papers.key == f"{BUNDLED}.1"
    assert page._grouped.text() == "按类别"
    assert bars.rowCount() == 10
    assert page._tiles[Tile.ALL].figure == 67
    assert "已过有效期" in page.papers._told.text()
    page._categories.chosen.emit(bars.index(0))
    assert page._rows.rows.rowCount() == 8
    page.papers.choose(f"{KEY}.1")
    assert page._tiles[Tile.ALL].figure == 4
    assert [bar.name for bar in page._units.bars.rows] == ["区商务示范办", "区财政局", "区市场监管局"]


def test_no_choice_where_one_paper_is_in_use(window):
    assert not shown(window).papers.isVisible()
    assert window.overview._grouped.text() == "按类别"


def test_what_is_late_says_which_paper_it_is_of(two_desk, two_window):
    key = ItemKey("finance", f"{KEY}.1.m01")
    two_desk.edit(key, {"deadline": "2020-01-01"})
    page = shown(two_window)
    (row,) = range(page._rows.rows.rowCount())
    index = page._rows.rows.index(row)
    assert index.data(VALUE).key == key
    assert index.data(UNDER).startswith(f"区财政局 · {NUMBER}《{FIRST}》")
    assert NUMBER in page._rows.rows.sentence(index.data(VALUE))


def test_what_turned_red_names_its_paper(two_desk, two_window):
    two_desk.edit(ItemKey("finance", f"{BUNDLED}.1.m03"), {"deadline": "2026-01-01"})
    two_desk.remember_place({reminder.SEEN: date(2025, 12, 1).isoformat()})
    said = []

    def announce(words, **_actions):
        said.append(words)
        return two_window.announce(words)

    reminder.begin(two_desk, two_window, announce, lambda _key: None)
    assert said == [f"自12月1日以来，区财政局{BUNDLED_NUMBER}第3条转为逾期。"]
