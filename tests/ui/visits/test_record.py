"""The record of a visit: what is typed stays, what is final is only corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.kit.rows_model import VALUE
from desktop.ui.visits.record import RecordScreen
from desktop.ui.visits.record_correction import CorrectionDialog
from desktop.ui.visits.record_files import VisitFilesDialog
from desktop.workspace.demands import demands
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import Confirmation, Met, Visit, VisitKind, VisitState, Wish


def kept(desk: Desk, key: str) -> Visit:
    return visits.one(desk.workspace.db, key)


def say(field: QWidget | None, words: str) -> None:
    """Type words as an input method for Chinese gives them."""
    assert field is not None
    done = QInputMethodEvent("", [])
    done.setCommitString(words)
    QApplication.sendEvent(field, done)


def type_all(screen: RecordScreen) -> None:
    """Go through the left column by the keyboard alone, as one does at the table."""
    screen.form.lines["visitors"].setFocus()
    say(screen.form.lines["visitors"], "张某、李某")
    for words in ("王某（厂长、书记）、赵某", "工业园区3号", "订单增加两成"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        say(QApplication.focusWidget(), words)


def test_what_is_typed_is_there_after_closing_and_opening_again(desk, folder, visit, screens, qapp):
    screen = screens(desk, visit)
    type_all(screen)
    screen.form.kind.buttons[VisitKind.MEETING].click()
    screen.form.confirmation.buttons[Confirmation.SPOKEN].click()
    screen.form.advice.add_button.click()
    say(QApplication.focusWidget(), "多办对接会")
    assert screen.flush()
    screen.close()
    desk.close()
    again, _why = app.open_desk(folder)
    try:
        found = kept(again, visit)
        assert found.visitors == ("张某", "李某")
        assert found.met == (Met("王某", "厂长、书记"), Met("赵某"))
        assert (found.place, found.summary) == ("工业园区3号", "订单增加两成")
        assert (found.kind, found.confirmation) == (VisitKind.MEETING, Confirmation.SPOKEN)
        assert [one.text for one in found.advice] == ["多办对接会"]
        reopened = screens(again, visit)
        assert reopened.form.lines["met"].text() == "王某（厂长、书记）、赵某"
        assert reopened.form.summary.toPlainText() == "订单增加两成"
    finally:
        again.close()


def test_a_pause_is_enough_to_save(qtbot, desk, screen, visit):
    say(screen.form.lines["visitors"], "张某")
    qtbot.waitUntil(lambda: kept(desk, visit).visitors == ("张某",))
    assert screen.form.lines["visitors"].text() == "张某"


def test_what_is_typed_is_saved_when_the_screen_goes_away(desk, screen, visit):
    say(screen.form.lines["place"], "工业园区3号")
    say(screen.demands.form.text, "水压不足")
    screen.hide()
    assert kept(desk, visit).place == "工业园区3号"
    assert [one.text for one in demands.of_visit(desk.workspace.db, visit)] == ["水压不足"]


def rows(screen: RecordScreen) -> list:
    model = screen.explained.model()
    return [model.index(at, 0).data(VALUE) for at in range(model.rowCount())]


def test_measures_that_fit_come_first_then_those_that_may_with_what_is_missing(screen):
    found = rows(screen)
    heads = [row.title for row in found if row.is_head]
    assert heads == ["适用", "可能适用", "其他措施"]
    assert all(row.said == "适用" for row in found[1 : heads.index("可能适用")])
    maybe = [row for row in found if row.section == "可能适用" and not row.is_head]
    assert maybe
    assert all(row.said for row in maybe)


def test_space_ticks_a_measure_and_a_digit_says_what_was_answered(desk, screen, visit):
    screen.focus_list()
    screen.explained.setCurrentIndex(screen.explained.rows.index(1))
    key = rows(screen)[1].key
    QTest.keyClick(screen.explained, Qt.Key.Key_Space)
    assert kept(desk, visit).explained == {key: Wish.TOLD}
    QTest.keyClick(screen.explained, Qt.Key.Key_1)
    assert kept(desk, visit).explained == {key: Wish.APPLY}
    QTest.keyClick(screen.explained, Qt.Key.Key_Right)
    assert kept(desk, visit).explained == {key: Wish.ENJOYS}
    assert "已讲 1 条" in screen.middle_about.text()
    QTest.keyClick(screen.explained, Qt.Key.Key_Space)
    assert kept(desk, visit).explained == {}


def test_a_finger_ticks_and_chooses(desk, screen, visit):
    view = screen.explained
    row = view.visualRect(view.rows.index(2))
    assert row.height() >= 34
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    key = rows(screen)[2].key
    assert kept(desk, visit).explained == {key: Wish.TOLD}
    end = QPoint(row.right() - 20, row.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert kept(desk, visit).explained == {key: Wish.NO_NEED}
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert kept(desk, visit).explained == {key: Wish.TOLD}


def test_other_measures_unfold(screen):
    head = screen.explained.rows.index(len(rows(screen)) - 1)
    screen.explained.chosen.emit(head)
    assert len([row for row in rows(screen) if not row.is_head]) == 32
    screen.explained.chosen.emit(
        screen.explained.rows.index([r.title for r in rows(screen)].index("其他措施"))
    )
    assert len([row for row in rows(screen) if not row.is_head]) < 32


def test_final_is_read_only_and_corrected_with_a_reason(qtbot, desk, screen, visit):
    type_all(screen)
    QTest.keyClick(screen.form.lines["place"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(desk, visit).state is VisitState.FINAL
    assert kept(desk, visit).card["verdicts"]
    assert screen.form.lines["place"].isReadOnly()
    assert not screen.explained.writable
    assert screen.head.finish_button.text() == "更正……"
    screen.head.finish_button.click()
    dialog = screen.findChild(CorrectionDialog)
    assert not dialog.ok_button.isEnabled()
    say(dialog.text, "门牌号写错")
    dialog.ok_button.click()
    assert not screen.form.lines["place"].isReadOnly()
    screen.form.lines["place"].selectAll()
    say(screen.form.lines["place"], "工业园区5号")
    assert kept(desk, visit).place == "工业园区3号"
    screen.head.finish_button.click()
    found = kept(desk, visit)
    assert found.place == "工业园区5号"
    assert [(one.fields, one.reason) for one in found.corrections] == [(("place",), "门牌号写错")]
    assert "更正地点：门牌号写错" in screen.head.corrections.text()
    assert screen.form.lines["place"].isReadOnly()


def test_what_cannot_be_final_says_why_and_stays_a_draft(desk, screen, visit):
    told = []
    desk.write_failed.connect(told.append)
    screen.head.finish_button.click()
    assert kept(desk, visit).state is VisitState.DRAFT
    assert "走访人" in told[0].message


def test_a_refused_value_stays_typed_and_the_screen_stays(qtbot, desk, screen, visit):
    told = []
    desk.write_failed.connect(told.append)
    screen.form.summary.setPlainText("长" * 10_001)
    assert not screen.flush()
    assert told
    assert len(screen.form.summary.toPlainText()) == 10_001
    with qtbot.assertNotEmitted(screen.closed):
        screen.leave()
    screen.form.summary.setPlainText("短")
    with qtbot.waitSignal(screen.closed):
        screen.leave()
    assert kept(desk, visit).summary == "短"


def test_a_photo_is_attached_listed_and_taken_off(qtbot, desk, screen, visit, tmp_path: Path):
    photo = tmp_path / "车间.jpg"
    photo.write_bytes(b"photo")
    with qtbot.waitSignal(screen.files.ended):
        screen.attach((photo,))
    assert [one.name for one in kept(desk, visit).files] == ["车间.jpg"]
    assert screen.head.files_button.text() == "附件 1"
    screen.head.files_button.click()
    dialog = screen.findChild(VisitFilesDialog)
    assert dialog.model.files[0].name == "车间.jpg"
    dialog.remove_button.click()
    assert kept(desk, visit).files == ()
    assert screen.head.files_button.text() == "附件"
    dialog.close()


def test_a_planned_visit_takes_place(desk, firm, screens):
    key = desk.visits.begin(firm, date(2026, 1, 5), VisitState.PLANNED)
    screen = screens(desk, key)
    assert screen.head.finish_button.text() == "开始走访"
    screen.head.finish_button.click()
    assert kept(desk, key).state is VisitState.DRAFT
    assert screen.head.finish_button.text() == "定稿"


def test_keys_go_from_column_to_column_and_a_narrow_screen_shows_one(screen):
    QTest.keyClick(screen.form.summary, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.explained.hasFocus()
    screen.resize(800, 600)
    QApplication.processEvents()
    assert not screen.form.isVisible()
    QTest.keyClick(screen.explained, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert screen.form.isVisible()
    assert not screen.explained.isVisible()


def test_nothing_says_inspection(screen):
    said = [one.text() for one in (*screen.findChildren(QLabel), *screen.findChildren(QPushButton))]
    assert not [words for words in said if "检查" in words]
