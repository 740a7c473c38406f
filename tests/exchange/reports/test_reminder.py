"""The reminder read back: whom a round still waits for, and the words to send."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.exchange.reports import reminder
from desktop.workspace.file import store
from desktop.workspace.history import undo
from desktop.workspace.items import checklist
from desktop.workspace.returns import reminder as words
from desktop.workspace.returns import round_changes, rounds
from tests.exchange.conftest import TODAY
from tests.exchange.paper import assert_readable
from tests.exchange.reports.test_receipt import lines
from tests.exchange.second_reader import Book, read, row
from tests.exchange.story import ROUND, Office
from tests.workspace.sample import NOON

Write = Callable[[date], Book]


@pytest.fixture
def office(tmp_path: Path, catalogue: Catalogue) -> Iterator[Office]:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield Office(workspace.db, catalogue)


@pytest.fixture
def write(tmp_path: Path, office: Office) -> Write:
    def made(today: date) -> Book:
        db: sqlite3.Connection = office.db
        catalogue, asked = office.catalogue, office.round()
        standing = rounds.standing(db, asked, today)
        path = tmp_path / "reminder.xlsx"
        reminder.write(
            path,
            catalogue,
            asked,
            standing,
            checklist.every_item(db, catalogue, today),
            undo.last_of_each(db),
            words.text(standing, asked, catalogue),
            today,
        )
        made_book = read(path)
        assert_readable(made_book)
        return made_book

    return made


def test_the_missing_units_are_listed_with_what_is_open(office: Office, write: Write) -> None:
    office.quarter()
    education = office.key("区发改局", 0)
    office.enter(education, status="推进中", deadline="2026-11-01")
    office.enter(office.key("区发改局", 1), status="已完成")
    sheet = write(TODAY + timedelta(9))["催报"]
    told = lines(sheet)
    missing = [unit.name for unit in office.catalogue.checklist_units()][:-1]
    for back in ("区财政局", "区科技局", "区审计局"):
        missing.remove(back)
    assert [line["责任单位"] for line in told] == missing
    (planning,) = [line for line in told if line["责任单位"] == "区发改局"]
    day = (TODAY - date(1899, 12, 30)).days
    assert planning == {
        "序号": missing.index("区发改局") + 1,
        "责任单位": "区发改局",
        "发出日期": day,
        "反馈时限": day,
        "逾期天数": 9,
        "应填事项": 4,
        "未办结事项": 3,
        "其中逾期": 1,
        "最近更新": "2026-11-23 12:00\n张建国",
    }
    assert {line["最近更新"] for line in told if line["责任单位"] != "区发改局"} == {"未填报"}
    assert f"填报轮次：{ROUND}" in sheet.texts()
    assert any("应回20家，实回3家，缺17家" in text for text in sheet.texts())


def test_after_another_day_was_set_both_are_told_and_lateness_counts_from_the_new_one(
    office: Office, write: Write
) -> None:
    office.quarter()
    until = TODAY + timedelta(7)
    round_changes.extend(office.db, office.round().key, until, by="王五", at=NOON)
    sheet = write(TODAY + timedelta(9))["催报"]
    assert {line["逾期天数"] for line in lines(sheet)} == {2}
    assert any("（原定2026年11月23日）" in text for text in sheet.texts())


def test_before_the_day_nobody_is_late(office: Office, write: Write) -> None:
    office.quarter()
    assert {line["逾期天数"] for line in lines(write(TODAY)["催报"])} == {"未逾期"}


def test_the_words_to_send_stand_in_one_cell(office: Office, write: Write) -> None:
    office.quarter()
    day = TODAY + timedelta(1)
    sheet = write(day)["催报文字"]
    standing = rounds.standing(office.db, office.round(), day)
    text = words.text(standing, office.round(), office.catalogue)
    at = row(sheet.find(text))
    assert sheet.heights[at] >= 4 * 11 * 1.4
    assert sheet.merged == frozenset()


def test_when_all_have_answered_that_is_said(office: Office, write: Write) -> None:
    office.counter.ask(ROUND)
    units = [unit.key for unit in office.catalogue.checklist_units()][:-1]
    office.counter.take(*(office.counter.blank(unit) for unit in units))
    sheet = write(TODAY)["催报"]
    assert lines(sheet) == []
    assert "各单位均已反馈。" in sheet.texts()
