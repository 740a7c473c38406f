"""An enterprise and a visit to it, in the workspace of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.visits.record import RecordScreen
from desktop.workspace.enterprises import recording as firms


@pytest.fixture
def firm(desk: Desk) -> str:
    facts = {"industry": "C33", "figure/employees/": 86, "figure/revenue/": 3200, "fact/specialised": True}
    return firms.add(desk.workspace.db, "恒工精密铸造有限公司", desk.visits.stamp(), facts)


@pytest.fixture
def visit(desk: Desk, firm: str) -> str:
    key = desk.visits.begin(firm, date(2026, 1, 5))
    assert key is not None
    return key


@pytest.fixture
def screens(qtbot: QtBot) -> Callable[[Desk, str], RecordScreen]:
    """Return what opens the screen of a record."""

    def opened(desk: Desk, key: str) -> RecordScreen:
        made = RecordScreen(desk)
        qtbot.addWidget(made)
        made.resize(1294, 660)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        assert made.show_visit(key)
        return made

    return opened


@pytest.fixture
def screen(desk: Desk, visit: str, screens: Callable[[Desk, str], RecordScreen]) -> RecordScreen:
    return screens(desk, visit)
