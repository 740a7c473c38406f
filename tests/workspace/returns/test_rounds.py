from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, RuleError
from desktop.workspace.items import checklist
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import Entry
from desktop.workspace.returns import intake, plans, receipts, reminder, reversal, rounds, three_way
from desktop.workspace.returns.rounds import Round
from tests.workspace import books, sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TODAY

NEXT_WEEK = TODAY + timedelta(days=7)


class Rounds:
    """Rounds of one workspace."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self.db = db
        self.catalogue = catalogue

    def new(self, name: str, reply_by=NEXT_WEEK, units: tuple[str, ...] = ()) -> Round:
        return rounds.new(self.db, self.catalogue, name, reply_by, units, by="张三", at=NOON)

    def send(self, asked: Round, unit_key: str, name: str = "清单.xlsx") -> None:
        items = checklist.items(self.db, self.catalogue, unit_key, TODAY)
        rounds.record_export(
            self.db, self.catalogue, asked.key, unit_key, items, file_name=name, by="张三", at=NOON
        )

    def take(self, *made: plans.Plan) -> receipts.Receipt:
        return intake.apply(self.db, self.catalogue, made, by="张三", at=NOON)

    def plan(self, unit_key: str, asked: Round, **answers: str) -> plans.Plan:
        key = {"finance": FINANCE_1, "tax": TAX_2}[unit_key]
        blank = books.blank(self.db, self.catalogue, unit_key, asked)
        return plans.plan(self.db, self.catalogue, books.fill(blank, {key: answers}), TODAY, by="张三")


@pytest.fixture
def desk(db: sqlite3.Connection, catalogue: Catalogue) -> Rounds:
    return Rounds(db, catalogue)


def test_a_round_is_kept_as_it_was_begun(desk: Rounds) -> None:
    made = desk.new("  2026年  第四季度 ")
    assert (made.name, made.sent_on, made.reply_by, made.unit_keys, made.by) == (
        "2026年 第四季度",
        TODAY,
        NEXT_WEEK,
        ("finance", "tax"),
        "张三",
    )
    later = desk.new("补报", units=("tax",))
    assert later.unit_keys == ("tax",)
    assert rounds.every(desk.db) == (later, made)
    assert rounds.find(desk.db) == later
    assert rounds.find(desk.db, "2026年 第四季度 ") == rounds.find(desk.db, made.key) == made


@pytest.mark.parametrize(
    ("name", "days", "units", "said"),
    [
        ("", 1, (), "没有名称"),
        (" \n", 1, (), "没有名称"),
        ("字" * 51, 1, (), "最多可填50个字"),
        ("第一季度", 1, (), "已有名为“第一季度”的轮次"),
        ("第一季度 ", 1, (), "已有名为“第一季度”的轮次"),
        ("第二季度", -1, (), "早于今天"),
        ("第二季度", 1, ("police",), "“police”不是可以填报的责任单位"),
        ("第二季度", 1, ("finance", "unassigned"), "“unassigned”不是可以填报的责任单位"),
    ],
)
def test_a_round_that_cannot_be_is_not_begun(desk: Rounds, name: str, days: int, units, said: str) -> None:
    first = desk.new("第一季度")
    with pytest.raises(RuleError, match=said):
        desk.new(name, TODAY + timedelta(days=days), units)
    assert rounds.every(desk.db) == (first,)


def test_a_round_may_end_today(desk: Rounds) -> None:
    assert desk.new("今日报", TODAY).reply_by == TODAY


def test_an_unknown_round_is_told_with_those_that_there_are(desk: Rounds) -> None:
    with pytest.raises(KnownError, match="还没有填报轮次"):
        rounds.find(desk.db)
    desk.new("甲")
    desk.new("乙")
    with pytest.raises(KnownError, match="没有名为“丙”的轮次") as told:
        rounds.find(desk.db, "丙")
    assert told.value.hint == "已有的轮次：乙、甲。"


def test_what_was_sent_out_stays_known_whatever_happens_after(desk: Rounds, enter: Enter) -> None:
    enter(FINANCE_1, owner="甲", deadline="长期")
    asked = desk.new("第一季度")
    desk.send(asked, "finance", "一.xlsx")
    enter(FINANCE_1, owner="乙")
    sent = rounds.base(desk.db, asked.key, "finance")
    assert list(sent) == [FINANCE_1, FINANCE_2]
    assert (
        sent[FINANCE_1].revision,
        sent[FINANCE_1].values["owner"],
        sent[FINANCE_1].values["deadline"],
    ) == (
        1,
        "甲",
        "长期",
    )
    assert sent[FINANCE_1].text_sha256 == desk.catalogue.measure("m1").text_sha256
    assert sent[FINANCE_2] == rounds.BaseRow(0, desk.catalogue.measure("m2").text_sha256, values_of(Entry()))
    desk.send(asked, "finance", "二.xlsx")
    assert rounds.base(desk.db, asked.key, "finance")[FINANCE_1].values["owner"] == "乙"
    both = rounds.bases(desk.db, asked.key, "finance")[FINANCE_1]
    assert [row.values["owner"] for row in both] == ["甲", "乙"]
    assert rounds.exports(desk.db, asked.key)["finance"][0] == "二.xlsx"
    assert rounds.base(desk.db, asked.key, "tax") == {}


def test_a_unit_that_is_not_asked_is_sent_nothing(desk: Rounds) -> None:
    asked = desk.new("补报", units=("tax",))
    for round_key, unit_key in ((asked.key, "finance"), ("unknown", "tax")):
        with pytest.raises(RuleError, match="没有请该单位填报"):
            rounds.record_export(
                desk.db, desk.catalogue, round_key, unit_key, [], file_name="x.xlsx", by="张三", at=NOON
            )


def test_a_row_whose_measure_is_gone_is_not_sent(desk: Rounds, enter: Enter) -> None:
    enter(FINANCE_1, owner="甲")
    newer = Rounds(desk.db, sample.catalogue({2: "二", 3: "三"}, duties=(FINANCE_2, TAX_2)))
    asked = newer.new("第一季度")
    newer.send(asked, "finance")
    assert list(rounds.base(desk.db, asked.key, "finance")) == [FINANCE_2]


def test_the_standing_counts_who_answered_who_twice_and_who_in_conflict(desk: Rounds, enter: Enter) -> None:
    asked = desk.new("第一季度")
    for unit in asked.unit_keys:
        desk.send(asked, unit)

    def standing(days: int = 0) -> rounds.RoundStanding:
        return rounds.standing(desk.db, asked, TODAY + timedelta(days=days))

    both = ("finance", "tax")
    assert standing() == rounds.RoundStanding(both, (), both, (), (), late=False, days_left=7)
    assert (standing(8).late, standing(8).days_left, standing(7).late) == (True, -1, False)

    first = desk.plan("finance", asked, progress="一")
    second = desk.plan("finance", asked, problems="二")
    desk.take(first)
    assert (standing().returned, standing().missing, standing().repeated) == (("finance",), ("tax",), ())
    desk.take(first)
    assert standing().repeated == ()
    desk.take(second)
    assert standing().repeated == ("finance",)

    enter(TAX_2, owner="乙")
    desk.take(desk.plan("tax", asked))
    assert (standing().returned, standing().missing, standing(8).late) == (both, (), False)


def test_an_open_conflict_shows_in_the_standing_until_it_is_settled(desk: Rounds, enter: Enter) -> None:
    asked = desk.new("第一季度")
    desk.send(asked, "tax")
    blank = books.blank(desk.db, desk.catalogue, "tax", asked)
    enter(TAX_2, progress="本库")
    book = books.fill(blank, {TAX_2: {"progress": "回填"}})

    def plan() -> plans.Plan:
        return plans.plan(desk.db, desk.catalogue, book, TODAY, by="张三")

    def conflicting() -> tuple[str, ...]:
        return rounds.standing(desk.db, asked, TODAY).conflicting

    desk.take(plan())
    assert conflicting() == ("tax",)
    enter(TAX_2, progress="改过")
    assert conflicting() == ()
    enter(TAX_2, progress="本库")
    assert conflicting() == ("tax",)
    receipt = desk.take(plans.decide_all(plan(), three_way.Choice.OURS))
    assert conflicting() == ()
    reversal.undo(desk.db, desk.catalogue, receipt.id, by="张三", at=NOON)
    assert conflicting() == ("tax",)
    reversal.undo(desk.db, desk.catalogue, by="张三", at=NOON)
    assert conflicting() == ()
    assert rounds.standing(desk.db, asked, TODAY).returned == ()


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (0, "请于2026年11月30日前反馈（还有7天）。"),
        (7, "请于今日（2026年11月30日）反馈。"),
        (10, "反馈时限为2026年11月30日，已逾期3天，请尽快反馈。"),
    ],
)
def test_the_reminder_says_who_is_missing_and_since_when(desk: Rounds, days: int, when: str) -> None:
    asked = desk.new("第一季度")
    desk.send(asked, "finance")
    desk.take(desk.plan("finance", asked, progress="一"))
    standing = rounds.standing(desk.db, asked, TODAY + timedelta(days=days))
    assert reminder.text(standing, asked, desk.catalogue).splitlines() == [
        "催报：《若干措施》责任清单“第一季度”",
        "应回2家，已回1家，未回1家：区税务局。",
        when,
    ]


def test_nobody_is_reminded_when_all_have_answered(desk: Rounds) -> None:
    asked = desk.new("补报", units=("tax",))
    desk.send(asked, "tax")
    desk.take(desk.plan("tax", asked, progress="一"))
    standing = rounds.standing(desk.db, asked, NEXT_WEEK + timedelta(days=1))
    assert not standing.late
    assert reminder.text(standing, asked, desk.catalogue) == "“补报”应回1家，已全部反馈。"
