"""For which round a workbook counts that no open round sent: asked once, said, remembered."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.workspace.returns import counting, plans, receipts, round_changes, rounds, strays
from desktop.workspace.returns.counting import Counting
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import Returned
from desktop.workspace.returns.rounds import Round
from tests.workspace import books
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, NOON, TAX_2, TODAY

YES = Counting(answers=True)


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    return Counter(db, catalogue)


@pytest.fixture
def plain(counter: Counter) -> Returned:
    """Return a workbook of 区财政局 that was exported outside any round, filled in."""
    return books.fill(counter.blank(), {FINANCE_1: {"owner": "平时"}})


def plan(counter: Counter, *files: Returned, said: Counting = counting.NOT_SAID, days: int = 0):
    today = TODAY + timedelta(days=days)
    return plans.plan_all(counter.db, counter.catalogue, files, today, by="张三", said=said)


def returned(db, asked: Round) -> tuple[str, ...]:
    return rounds.standing(db, asked, TODAY).returned


def test_without_a_round_that_is_open_nothing_is_asked(db, counter, plain):
    (one,) = plan(counter, plain)
    assert (one.offered, one.notes, one.round_key) == ("", (), "")
    asked = counter.ask()
    round_changes.close(db, asked.key, by="", at=NOON)
    assert strays.question(db, plan(counter, plain)) is None


def test_in_an_open_round_it_is_asked_once_for_all_of_them(db, counter, plain):
    counter.asked = None
    tax = books.fill(counter.blank("tax"), {TAX_2: {"owner": "乙"}})
    asked = counter.ask()
    made = plan(counter, plain, tax, counter.blank("tax"))
    question = strays.question(db, made)
    assert question is not None
    assert question.words == "有 2 份不是按本轮发出的，是否算作“第一季度”的回填？"
    assert (question.count, question.unit_keys, question.withdrawn) == (2, ("finance", "tax"), 0)
    assert [one.offered for one in made] == [asked.key, asked.key, ""]
    twice = strays.question(db, plan(counter, plain, replace(plain, path_name="再来一份.xlsx")))
    assert twice is not None
    assert twice.count == 1


def test_said_yes_it_is_the_units_answer_and_the_receipt_says_so(db, counter, plain):
    asked = counter.ask()
    (one,) = plan(counter, plain, said=YES)
    assert (one.state, one.offered, one.round_key) == (FileState.ACCEPTED, "", asked.key)
    counter.apply(one)
    assert returned(db, asked) == ("finance",)
    assert counter.values(FINANCE_1)["owner"] == "平时"
    (file,) = receipts.receipts(db)[0].files
    assert file.round_key == asked.key
    assert file.notes == ("这份不是按轮次发出的；经确认，算作“第一季度”的回填。",)
    counter.undo()
    assert returned(db, asked) == ()


def test_not_said_it_is_taken_all_the_same_and_can_still_count_later(db, counter, plain):
    asked = counter.ask()
    (one,) = plan(counter, plain)
    assert one.notes == ("这份不是按轮次发出的，没有算作“第一季度”的回填。",)
    counter.apply(one)
    assert counter.values(FINANCE_1)["owner"] == "平时"
    assert returned(db, asked) == ()
    (again,) = plan(counter, plain, said=YES)
    assert again.known
    assert again.tells
    counter.apply(again)
    assert returned(db, asked) == ("finance",)
    (third,) = plan(counter, plain, said=YES)
    assert (third.counts_for, third.offered, third.tells) == ("", "", False)
    assert rounds.standing(db, asked, TODAY).repeated == ()


def test_of_several_open_rounds_the_newest_that_asks_the_unit_is_meant(db, counter, plain, catalogue):
    asked = counter.ask()
    rounds.new(db, catalogue, "补报", TODAY, ["tax"], by="", at=NOON)
    (one,) = plan(counter, plain)
    assert one.offered == asked.key
    newer = rounds.new(db, catalogue, "二季度", TODAY, by="", at=NOON)
    (one,) = plan(counter, plain)
    assert one.offered == newer.key
    (one,) = plan(counter, plain, said=Counting(True, asked.key))
    assert one.round_key == asked.key


def test_a_round_that_does_not_ask_the_unit_gets_no_answer_of_it(db, counter, plain, catalogue):
    other = rounds.new(db, catalogue, "补报", TODAY, ["tax"], by="", at=NOON)
    (one,) = plan(counter, plain)
    assert (one.offered, one.notes) == ("", ())
    (one,) = plan(counter, plain, said=Counting(True, other.key))
    assert (one.state, one.round_key) == (FileState.ACCEPTED, "")
    assert one.notes == ("“补报”轮次没有请这个单位填报，没有算作它的回填。",)


def test_what_a_round_sent_is_never_asked_about(db, counter):
    asked = counter.ask()
    book = books.fill(counter.blank(), {FINANCE_1: {"owner": "甲"}})
    other = rounds.new(db, counter.catalogue, "二季度", TODAY, by="", at=NOON)
    for said in (counting.NOT_SAID, YES, Counting(True, other.key)):
        (one,) = plan(counter, book, said=said)
        assert (one.offered, one.round_key) == ("", asked.key)


def test_a_late_one_is_said_to_be_late(db, counter, plain):
    counter.ask()
    (one,) = plan(counter, plain, said=YES, days=3)
    assert one.notes[-1] == "“第一季度”的反馈时限是2026-11-23，属逾期反馈。"


# ---- rounds that were withdrawn


@pytest.fixture
def withdrawn(db, counter: Counter) -> Returned:
    """Return a workbook of a round that was withdrawn after it had gone out."""
    asked = counter.ask()
    book = books.fill(counter.blank(), {FINANCE_1: {"owner": "已撤回的"}})
    round_changes.withdraw(db, asked.key, by="李四", at=NOON)
    return book


def test_what_comes_back_of_a_withdrawn_round_is_known_and_nothing_is_taken(db, counter, withdrawn):
    (one,) = plan(counter, withdrawn, days=5)
    assert one.state is FileState.REFUSED
    assert one.reason == (
        "这份是“第一季度”轮次发出的，该轮已于2026年11月23日撤回。文件原样保留，没有并入任何内容。\n"
        "如仍要采用，请再次导入，并确认算作回填。"
    )
    question = strays.question(db, (one,))
    assert question is not None
    assert (question.round_names, question.withdrawn) == (("第一季度",), 1)


def test_said_yes_it_is_an_answer_in_the_withdrawn_round(db, counter, withdrawn):
    own = withdrawn.round_key
    (one,) = plan(counter, withdrawn, said=YES, days=5)
    assert one.state is FileState.ACCEPTED
    assert one.notes == (
        "这份是“第一季度”轮次发出的，该轮已于2026年11月23日撤回；经确认，仍作为该轮的回填。",
    )
    counter.apply(one)
    (asked,) = rounds.every(db)
    assert (asked.key, returned(db, asked), asked.state.words) == (own, ("finance",), "已撤回")
    assert counter.values(FINANCE_1)["owner"] == "已撤回的"
    (again,) = plan(counter, withdrawn)
    assert again.state is FileState.UNCHANGED
    assert again.notes == ("这份是“第一季度”轮次发出的，该轮已于2026年11月23日撤回。",)


def test_said_yes_it_answers_the_round_that_took_its_place(db, counter, withdrawn, catalogue):
    newer = rounds.new(db, catalogue, "更正", TODAY, by="", at=NOON)
    (one,) = plan(counter, withdrawn)
    assert (one.state, one.offered) == (FileState.REFUSED, newer.key)
    (one,) = plan(counter, withdrawn, said=YES)
    assert one.notes == (
        "这份是“第一季度”轮次发出的，该轮已于2026年11月23日撤回；经确认，算作“更正”的回填。",
    )
    counter.apply(one)
    assert returned(db, newer) == ("finance",)
    assert returned(db, rounds.find(db, "第一季度")) == ()


def test_reopened_it_is_as_if_it_had_never_been_withdrawn(db, counter, withdrawn):
    round_changes.reopen(db, withdrawn.round_key, by="", at=NOON)
    (one,) = plan(counter, withdrawn)
    assert (one.state, one.notes, one.offered) == (FileState.ACCEPTED, (), "")


def test_a_workbook_that_names_an_unknown_round_is_still_refused(counter, plain):
    counter.ask()
    (one,) = plan(counter, replace(plain, round_key="x"), said=YES)
    assert one.state is FileState.REFUSED
    assert "不是本工作库发出的" in one.reason
