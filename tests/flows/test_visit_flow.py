"""A visit in the real window: begun, written, final, and still there when the program starts again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.frame import app
from desktop.ui.frame.rail import VISITS
from desktop.ui.frame.window import Window
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.items import notes
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import VisitState, Wish


def say(words: str) -> None:
    """Type words into what has the focus, as an input method for Chinese gives them."""
    done = QInputMethodEvent("", [])
    done.setCommitString(words)
    field = QApplication.focusWidget()
    assert field is not None
    QApplication.sendEvent(field, done)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, held)


def test_a_visit_is_written_by_the_keyboard_and_is_there_after_a_start(qtbot, qapp, tmp_path):
    folder = tmp_path / "工作库"
    desk, _why = app.open_desk(folder)
    desk.set_setting("user_name", "张某")
    firms.add(desk.workspace.db, "恒工公司", desk.visits.stamp(), {"industry": "C33"})
    window = Window(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.show_page(VISITS)
    window.visits.begin_visit()
    record = window.visits.record
    assert record.isVisible()
    assert record.form.lines["visitors"].text() == "张某"
    record.form.lines["met"].setFocus()
    say("王某（厂长）")
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert record.explained.hasFocus()
    record.explained.setCurrentIndex(record.explained.rows.index(1))
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert record.demands.form.text.hasFocus()
    assert not notes.favourites(desk.workspace.db)
    say("水压不足")
    window.close()  # without a pause: nothing is lost
    desk.close()

    again, _why = app.open_desk(folder)
    (visit,) = visits.every(again.workspace.db)
    assert [(one.name, one.post) for one in visit.met] == [("王某", "厂长")]
    assert list(visit.explained.values()) == [Wish.APPLY]
    assert [one.text for one in demands.of_visit(again.workspace.db, visit.key)] == ["水压不足"]
    window = Window(again)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.show_page(VISITS)
    window.visits.open_visit(visit.key)
    record = window.visits.record
    record.form.lines["place"].setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert visits.one(again.workspace.db, visit.key).state is VisitState.FINAL
    press(Qt.Key.Key_Escape)
    assert not record.isVisible()
    assert window.visits.tabs.tabText(1) == "走访记录 1"
    assert window.visits.tabs.tabText(2) == "诉求 1"
    window.close()
    again.close()
