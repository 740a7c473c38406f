"""What an enterprise asks for, entered while one talks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.demands.act_dialog import ActDialog
from desktop.workspace.demands import demands
from tests.ui.visits.test_record import say, type_all


def kept(desk, visit):
    return demands.of_visit(desk.workspace.db, visit)


def test_a_demand_is_registered_as_one_types_and_ctrl_d_begins_another(qtbot, desk, screen, visit, firm):
    screen.demands.focus_entry()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    say(screen.demands.form.text, "想申报技改资金")
    qtbot.waitUntil(lambda: len(kept(desk, visit)) == 1)
    screen.demands.form.category.setCurrentText("政策咨询")
    screen.demands.form.category.activated.emit(0)
    say(screen.demands.form.text, "，要什么材料")
    QTest.keyClick(screen.demands.form.text, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert screen.demands.form.text.hasFocus()
    assert screen.demands.form.text.toPlainText() == ""
    say(screen.demands.form.text, "水压不足")
    assert screen.flush()
    first, second = kept(desk, visit)
    assert (first.text, first.category, first.enterprise) == ("想申报技改资金，要什么材料", "政策咨询", firm)
    assert (second.text, second.source) == ("水压不足", "走访")
    assert screen.demands.list.rows.rowCount() == 1


def test_nothing_is_registered_without_words(desk, screen, visit):
    screen.demands.form.nature.buttons["投诉"].click()
    assert screen.flush()
    assert kept(desk, visit) == ()


def test_what_was_answered_on_the_spot_asks_for_the_answer(desk, screen, visit):
    say(screen.demands.form.text, "水压不足")
    screen.demands.how.buttons["当场答复"].click()
    dialog = screen.findChild(ActDialog)
    assert dialog.how.currentText() == "当面"
    dialog.text.setPlainText("已联系供水公司当天调压")
    dialog.ok_button.click()
    (one,) = kept(desk, visit)
    assert one.state == "办结"
    assert screen.demands.key == ""
    assert screen.demands.form.text.toPlainText() == ""


def test_one_chosen_in_the_list_is_put_right(desk, screen, visit):
    say(screen.demands.form.text, "水压不足")
    screen.demands.add()
    screen.demands.list.chosen.emit(screen.demands.list.rows.index(0))
    assert screen.demands.form.text.toPlainText() == "水压不足"
    say(screen.demands.form.text, "三楼")
    assert screen.flush()
    assert [one.text for one in kept(desk, visit)] == ["三楼水压不足"]


def test_final_leaves_the_list_alone(desk, screen, visit):
    type_all(screen)
    say(screen.demands.form.text, "水压不足")
    screen.finish()
    assert not screen.demands.entry.isVisible()
    assert not screen.demands.add_button.isVisible()
    assert screen.demands.list.rows.rowCount() == 1
