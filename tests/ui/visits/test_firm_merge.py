"""疑似重复: two records become one or are told apart, and both can be taken back."""

from __future__ import annotations

import pytest

from desktop.ui.visits.merge_dialog import MergeDialog
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits


@pytest.fixture
def twice(desk, firm):
    """Return the keys of two records of one firm, the second with more in it."""
    fields = {
        "town": "义井镇",
        "figure/revenue/": 3300,
        "fact/high_tech": True,
        "contact/a1": {"name": "王某"},
    }
    more = {"industry": "C339", "address": "工业园区3号", "notes": "大户", "contact/a1": {"name": "王某"}}
    return firm, desk.firms.add("恒工精密铸造有限责任公司", fields | more)


@pytest.fixture
def dialog(qtbot, desk, window, twice):
    made = MergeDialog(desk, window)
    with qtbot.waitExposed(made):
        made.show()
    return made


def keys(desk):
    return {one.key for one in enterprises.every(desk.workspace.db)}


def test_what_differs_is_shown_and_the_fuller_record_counts(dialog, desk, twice):
    assert dialog.count.text() == "疑似重复 1 对"
    pair = dialog.chosen
    full = "第一条" if pair.first.key == twice[1] else "第二条"
    assert dialog.keep.word == full
    said = {name: {one, other} for name, one, other in dialog.sides.rows}
    assert said["营业收入"] == {"3,200万元", "3,300万元"}
    assert said["镇街"] == {"—", "义井镇"}
    assert said["联系人"] == {"—", "王某"}
    assert said["行业"] == {"C33 金属制品业", "C339 铸造及其他金属制品制造"}


def test_two_become_one_and_two_again(dialog, desk, twice, visit):
    dialog.merge_button.click()
    assert keys(desk) == {twice[1]}
    kept = enterprises.one(desk.workspace.db, twice[1])
    assert [one.value for one in kept.figures if one.indicator == "revenue"] == [3300]
    assert kept.facts == {"high_tech": True, "specialised": True}
    assert visits.one(desk.workspace.db, visit).enterprise in enterprises.keys_of(desk.workspace.db, twice[1])
    assert dialog.chosen is None
    assert not dialog.merge_button.isEnabled()
    dialog.message.button("撤销").click()
    assert keys(desk) == set(twice)
    assert dialog.chosen is not None


def test_the_other_one_may_count(dialog, desk, twice):
    pair = dialog.chosen
    thin = "第一条" if pair.first.key == twice[0] else "第二条"
    dialog.keep.buttons[thin].click()
    dialog.merge_button.click()
    assert keys(desk) == {twice[0]}


def test_two_told_apart_are_not_asked_about_again(qtbot, dialog, desk, window, twice):
    dialog.apart_button.click()
    assert keys(desk) == set(twice)
    assert dialog.pairs.pairs == ()
    again = MergeDialog(desk, window)
    assert again.pairs.pairs == ()
    dialog.message.button("撤销").click()
    assert len(dialog.pairs.pairs) == len(again.pairs.pairs) == 1
