from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.ui.desk import Desk
from desktop.ui.overview import clock
from desktop.workspace.items.model import ItemKey


def test_a_clock_that_went_back_is_told(window, desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.begin(desk, window.announce) is None
    finance = desk.catalogue.find_unit("区财政局").key
    desk.edit(ItemKey(finance, desk.catalogue.by_number(1).key), {"progress": "已拨付"})
    today = desk.today()
    assert clock.begin(desk, window.announce) is None
    monkeypatch.setattr(Desk, "today", lambda _desk: today - timedelta(days=1))
    assert clock.begin(desk, window.announce) is None
    monkeypatch.setattr(Desk, "today", lambda _desk: today - timedelta(days=5 * 365))
    line = clock.begin(desk, window.announce)
    assert line is not None
    assert "早于最近一次填报" in line.words.text()
    assert "请先核对电脑日期" in line.words.text()
