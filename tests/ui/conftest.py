"""A real desk on the bundled database and a workspace of its own, and the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.catalogue import query
from desktop.ui.checklist.page import ChecklistPage
from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.window import Window
from desktop.workspace.file import store
from tests import two_notices


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Return the program's own application object."""
    return app.application()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工作库"


@pytest.fixture
def desk(qapp: QApplication, folder: Path) -> Iterator[Desk]:
    made, locked = app.open_desk(folder)
    assert locked == ""
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[Window]:
    made = Window(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def own_window(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Window]:
    """Yield the window on what lies in ``folder`` by now, so on what other fixtures took into its library."""
    made, _why = app.open_desk(folder)
    window = Window(made)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ChecklistPage:
    """Return the page 清单, shown with the checklist of 区财政局, the table in focus."""
    made = ChecklistPage(desk)
    qtbot.addWidget(made)
    made.resize(1294, 650)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.show_unit(desk.catalogue.find_unit("区财政局").key)
    made.table.setFocus()
    return made


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of two notices, the bundled one second."""
    return two_notices.built(tmp_path_factory.mktemp("发文"))


@pytest.fixture
def two_desk(qapp: QApplication, folder: Path, library: Path) -> Iterator[Desk]:
    """Yield a desk on two notices, three papers."""
    measures = two_notices.opened(library)
    made = Desk(query.load(measures), measures, store.open_for_writing(folder.with_name("两份")))
    yield made
    made.close()


@pytest.fixture
def two_window(qtbot: QtBot, two_desk: Desk) -> Iterator[Window]:
    made = Window(two_desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
