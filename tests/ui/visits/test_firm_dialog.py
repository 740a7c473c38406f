"""新增企业 and 编辑企业: what is typed is kept, what looks wrong is said; only a number must be one."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.ui.visits import firm_figures
from desktop.ui.visits.firm_dialog import FirmDialog
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import DatedFigure


@pytest.fixture
def opened(qtbot, desk, window):
    """Return what opens the dialog, on an enterprise or for a new one."""

    def make(key: str | None = None) -> FirmDialog:
        made = FirmDialog(desk, key, window)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return make


def kept(desk, key):
    return enterprises.one(desk.workspace.db, key)


def test_a_new_enterprise_is_kept_whole(desk, opened):
    dialog = opened()
    dialog.lines["name"].setText("宏达铸造厂")
    dialog.lines["uscc"].setText("91140300")
    dialog.lines["town"].setText("义井镇")
    dialog.industry.line.setText("c33")
    dialog.figures.each["revenue"].line.setText("3,200.5")
    dialog.figures.each["employees"].anytime.click()
    dialog.figures.each["employees"].line.setText("８６")
    dialog.taxpayer.buttons["小规模纳税人"].click()
    dialog.facts.buttons["high_tech"][False].click()
    dialog.contacts.rows[0].lines["name"].setText("王某")
    dialog.contacts.rows[0].lines["phone"].setText("138 0000 0000")
    dialog.notes.setPlainText("一行\n两行")
    dialog.accept()
    assert dialog.result() == FirmDialog.DialogCode.Accepted
    one = kept(desk, dialog.key)
    assert (one.name, one.uscc, one.industry, one.town) == ("宏达铸造厂", "91140300", "C33", "义井镇")
    last_year = date(desk.today().year - 1, 12, 31)
    assert set(one.figures) == {
        DatedFigure("revenue", last_year, 3200.5),
        DatedFigure("employees", None, 86),
    }
    assert (one.taxpayer, one.notes, dict(one.facts)) == ("small", "一行\n两行", {"high_tech": False})
    assert [(who.name, who.phone) for who in one.contacts] == [("王某", "138 0000 0000")]


def test_only_what_was_changed_is_written(desk, opened, firm):
    before = kept(desk, firm)
    dialog = opened(firm)
    desk.firms.edit(firm, {"address": "别处写下的"})  # meanwhile
    dialog.lines["town"].setText("义井镇")
    dialog.accept()
    after = kept(desk, firm)
    assert (after.town, after.address) == ("义井镇", "别处写下的")
    assert (after.figures, after.facts, after.industry) == (before.figures, before.facts, before.industry)
    assert desk.firms.undo(desk.firms.last)
    assert kept(desk, firm).town == ""


def test_a_figure_of_another_day_leaves_the_earlier_one(desk, opened, firm):
    desk.firms.edit(firm, {"figure/revenue/2024-12-31": 3000})
    dialog = opened(firm)
    revenue = dialog.figures.each["revenue"]
    assert (revenue.line.text(), revenue.day.date()) == ("3,000", QDate(2024, 12, 31))
    assert revenue.told.text() == "此前：日期不详为3,200万元"
    revenue.day.setDate(QDate(2025, 12, 31))
    revenue.line.setText("4000")
    dialog.figures.each["employees"].line.clear()
    dialog.accept()
    assert kept(desk, firm).figures == (
        DatedFigure("revenue", None, 3200),
        DatedFigure("revenue", date(2024, 12, 31), 3000),
        DatedFigure("revenue", date(2025, 12, 31), 4000),
    )


def test_what_looks_wrong_is_said_and_kept(desk, opened):
    dialog = opened()
    dialog.lines["name"].setText("宏达铸造厂")
    dialog.lines["uscc"].setText("91I")
    assert "不会有“I”" in dialog.code.text()
    dialog.industry.line.setText("打铁的")
    assert "已按原样保留" in dialog.industry.words.text()
    dialog.accept()
    assert (kept(desk, dialog.key).uscc, kept(desk, dialog.key).industry) == ("91I", "打铁的")


def test_what_is_no_number_keeps_the_dialog_open(desk, opened):
    dialog = opened()
    dialog.lines["name"].setText("宏达铸造厂")
    dialog.figures.each["assets"].line.setText("约三千")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.key is None
    assert "不是数字" in dialog.figures.each["assets"].told.text()
    dialog.figures.each["assets"].line.setText("-5")
    assert "不能小于0" in dialog.figures.each["assets"].told.text()
    assert dialog.ok_button.isEnabled()
    assert not enterprises.every(desk.workspace.db)


def test_a_similar_one_is_named_before_it_is_added_twice(opened, firm):
    dialog = opened()
    dialog.lines["name"].setText("恒工精密铸造有限责任公司")
    assert "恒工精密铸造有限公司" in dialog.alike.text()
    assert dialog.ok_button.text() == "仍然新增"
    dialog.lines["name"].setText("别的公司")
    assert not dialog.alike.isVisible()
    assert not opened(firm).alike.isVisible()


def test_the_size_follows_what_is_typed(opened, firm):
    dialog = opened(firm)
    assert dialog.size_line.text().startswith("规模：小型")
    dialog.figures.each["employees"].line.setText("5")
    assert dialog.size_line.text().startswith("规模：微型")
    dialog.industry.line.clear()
    assert dialog.size_line.text().startswith("规模：待定")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
@pytest.mark.parametrize("typed", ["c331", "结构性金属", "jgxjs"])
def test_an_industry_is_picked_from_the_list(qtbot, opened, typed):
    dialog = opened()
    dialog.activateWindow()
    dialog.industry.line.setFocus()
    QTest.keyClicks(dialog.industry.line, typed) if typed.isascii() else dialog.industry.line.insert(typed)
    if not typed.isascii():
        dialog.industry.line.textEdited.emit(typed)
        dialog.industry.list.complete()
    popup = dialog.industry.list.popup()
    qtbot.waitUntil(popup.isVisible)
    assert dialog.industry.found.stringList()[0].startswith("C331 ")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert dialog.industry.text == "C331"
    assert dialog.isVisible()


def test_people_come_and_go(desk, opened, firm):
    desk.firms.edit(firm, {"contact/a1": {"name": "王某"}, "contact/a2": {"name": "赵某"}})
    dialog = opened(firm)
    dialog.contacts.rows[0].remove_button.click()
    dialog.contacts.add_button.click()
    dialog.contacts.rows[-1].lines["name"].setText("李某")
    dialog.accept()
    assert sorted(who.name for who in kept(desk, firm).contacts) == ["李某", "赵某"]


def test_what_was_typed_is_not_closed_away(opened, firm):
    dialog = opened(firm)
    dialog.notes.setPlainText("很长的备注")
    dialog.reject()
    assert dialog.isVisible()
    asked = {button.text(): button for button in dialog.findChildren(QPushButton) if button.isVisible()}
    asked["继续填写"].click()
    assert dialog.isVisible()
    assert dialog.notes.toPlainText() == "很长的备注"
    dialog.reject()
    asked = {button.text(): button for button in dialog.findChildren(QPushButton) if button.isVisible()}
    asked["不保存"].click()
    assert not dialog.isVisible()


def test_numbers_as_people_write_them():
    read = firm_figures.number
    assert [read(text) for text in ("", " 3,200 ", "３．５", "-12")] == [None, 3200, 3.5, -12]
    for text in ("三千", "3200万", "1e5", "nan", "--"):
        with pytest.raises(ValueError, match=text):
            read(text)
