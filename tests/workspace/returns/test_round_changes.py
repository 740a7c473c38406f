"""What becomes of a round after it was begun, and what its own record tells of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, RuleError
from desktop.workspace.file import store
from desktop.workspace.returns import reminder, reversal, round_changes, rounds
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.round_changes import Deed
from desktop.workspace.returns.rounds import Round, RoundState
from tests.workspace import books
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, NOON, TODAY

LATER = TODAY + timedelta(days=10)


@pytest.fixture
def counter(db: sqlite3.Connection, catalogue: Catalogue) -> Counter:
    return Counter(db, catalogue)


@pytest.fixture
def asked(counter: Counter) -> Round:
    """Return a round that is answered by today and was sent to both units."""
    return counter.ask()


def record(db: sqlite3.Connection, asked: Round) -> list[tuple[str, str, str]]:
    return [(one.deed.value, one.before, one.after) for one in round_changes.record(db, asked)]


def test_a_round_gets_another_name_and_is_still_found_by_whoever_knows_the_old_one(db, asked, catalogue):
    made = round_changes.rename(db, asked.key, " 一季度  填报 ", by="李四", at=NOON)
    assert (made.name, made.key, made.state) == ("一季度 填报", asked.key, RoundState.OPEN)
    assert rounds.find(db, "一季度 填报") == made
    with pytest.raises(KnownError, match="没有名为") as told:
        rounds.find(db, "第一季度")
    assert told.value.hint == "它已改名为“一季度 填报”。"
    other = rounds.new(db, catalogue, "第一季度", TODAY, by="张三", at=NOON)
    assert rounds.find(db, "第一季度") == other


def test_its_own_name_is_no_change(db, asked):
    round_changes.rename(db, asked.key, " 第一季度", by="李四", at=NOON)
    assert [one.deed for one in round_changes.record(db, asked)] == [Deed.BEGUN, Deed.SENT]


@pytest.mark.parametrize(("name", "said"), [("", "没有名称"), ("字" * 51, "50个字"), ("二季度", "已有名为")])
def test_a_name_that_cannot_be_changes_nothing(db, asked, catalogue, name, said):
    rounds.new(db, catalogue, "二季度", TODAY, by="张三", at=NOON)
    with pytest.raises(RuleError, match=said):
        round_changes.rename(db, asked.key, name, by="李四", at=NOON)
    assert asked in rounds.every(db)


def test_another_day_is_remembered_with_the_first_one(db, asked):
    made = round_changes.extend(db, asked.key, LATER, by="李四", at=NOON)
    assert (made.reply_by, made.first_day) == (LATER, TODAY)
    sooner = round_changes.extend(db, asked.key, TODAY + timedelta(days=3), by="李四", at=NOON)
    assert (sooner.reply_by, sooner.first_day) == (TODAY + timedelta(days=3), TODAY)
    back = round_changes.extend(db, asked.key, TODAY, by="李四", at=NOON)
    assert back == asked
    same = round_changes.extend(db, asked.key, TODAY, by="李四", at=NOON)
    assert same == asked
    assert record(db, asked)[2:] == [
        ("reply_by", "2026-11-23", "2026-12-03"),
        ("reply_by", "2026-12-03", "2026-11-26"),
        ("reply_by", "2026-11-26", "2026-11-23"),
    ]


def test_a_day_that_is_past_is_refused(db, asked):
    with pytest.raises(RuleError, match="早于今天"):
        round_changes.extend(db, asked.key, TODAY - timedelta(days=1), by="李四", at=NOON)


def test_an_extended_round_is_late_by_its_new_day(db, asked, catalogue):
    tomorrow = TODAY + timedelta(days=1)
    assert rounds.standing(db, asked, tomorrow).late
    made = round_changes.extend(db, asked.key, LATER, by="李四", at=NOON)
    stands = rounds.standing(db, made, tomorrow)
    assert (stands.late, stands.days_left) == (False, 9)
    assert reminder.text(stands, made, catalogue).splitlines()[-1] == (
        "请于2026年12月3日前反馈（还有9天，原定2026年11月23日）。"
    )
    due = reminder.text(rounds.standing(db, made, LATER), made, catalogue)
    assert "请于今日（2026年12月3日，原定2026年11月23日）反馈。" in due
    past = reminder.text(rounds.standing(db, made, LATER + timedelta(days=2)), made, catalogue)
    assert "反馈时限为2026年12月3日（原定2026年11月23日），已逾期2天，请尽快反馈。" in past


def test_a_closed_round_is_not_late_and_nobody_is_reminded(db, asked, catalogue):
    made = round_changes.close(db, asked.key, by="李四", at=NOON)
    assert (made.state, made.since[:10]) == (RoundState.CLOSED, "2026-11-23")
    stands = rounds.standing(db, made, LATER)
    assert (stands.late, stands.missing) == (False, ("finance", "tax"))
    assert reminder.text(stands, made, catalogue) == (
        "“第一季度”轮次已于2026年11月23日结束，不再催报。\n应回2家，已回0家，未回2家：区财政局、区税务局。"
    )


def test_what_comes_back_after_closing_is_taken_and_said_to_be_late(db, counter, asked):
    book = books.fill(counter.blank(), {FINANCE_1: {"owner": "回填"}})
    made = round_changes.close(db, asked.key, by="李四", at=NOON)
    (plan,) = counter.plan(book)
    assert plan.state is FileState.ACCEPTED
    assert plan.notes == ("“第一季度”轮次已于2026年11月23日结束，这份是结束以后收到的，仍计入该轮。",)
    counter.apply(plan)
    assert rounds.standing(db, made, TODAY).returned == ("finance",)
    assert counter.values(FINANCE_1)["owner"] == "回填"


def test_nothing_is_sent_in_a_round_that_is_not_open(db, counter, asked):
    round_changes.close(db, asked.key, by="李四", at=NOON)
    before = rounds.bases(db, asked.key, "tax")
    with pytest.raises(RuleError, match="已结束，没有发出工作簿"):
        rounds.record_export(
            db, counter.catalogue, asked.key, "tax", [], file_name="x.xlsx", by="张三", at=NOON
        )
    with pytest.raises(RuleError, match="已结束，没有改反馈时限"):
        round_changes.extend(db, asked.key, LATER, by="李四", at=NOON)
    assert rounds.bases(db, asked.key, "tax") == before


def test_a_closed_round_goes_on(db, asked):
    round_changes.close(db, asked.key, by="李四", at=NOON)
    again = round_changes.reopen(db, asked.key, by="王五", at=NOON + timedelta(days=1))
    assert (again.state, again.since[:10], again.unit_keys) == (
        RoundState.OPEN,
        "2026-11-24",
        asked.unit_keys,
    )
    assert record(db, asked)[2:] == [("state", "open", "closed"), ("state", "closed", "open")]
    with pytest.raises(RuleError, match="正在进行"):
        round_changes.reopen(db, asked.key, by="王五", at=NOON)


def test_closing_twice_changes_nothing(db, asked):
    made = round_changes.close(db, asked.key, by="李四", at=NOON)
    with pytest.raises(RuleError, match="已于2026年11月23日结束"):
        round_changes.close(db, asked.key, by="王五", at=NOON)
    assert rounds.every(db) == (made,)


def test_only_a_round_of_which_nothing_came_back_is_withdrawn(db, counter, asked, catalogue):
    counter.take(books.fill(counter.blank(), {FINANCE_1: {"owner": "回填"}}))
    with pytest.raises(RuleError, match="已收到1家的回填，不能撤回"):
        round_changes.withdraw(db, asked.key, by="李四", at=NOON)
    reversal.undo(db, catalogue, by="李四", at=NOON)
    made = round_changes.withdraw(db, asked.key, by="李四", at=NOON)
    assert made.state is RoundState.WITHDRAWN
    stands = rounds.standing(db, made, LATER)
    assert not stands.late
    assert reminder.text(stands, made, catalogue) == "“第一季度”轮次已于2026年11月23日撤回，不需要催报。"
    with pytest.raises(RuleError, match="已于2026年11月23日撤回"):
        round_changes.withdraw(db, asked.key, by="李四", at=NOON)
    with pytest.raises(RuleError, match="撤回，没有改动"):
        round_changes.close(db, asked.key, by="李四", at=NOON)
    assert round_changes.reopen(db, asked.key, by="李四", at=NOON).open


def test_the_current_round_is_open_or_else_the_last_one_closed(db, asked, catalogue):
    def new(name: str) -> Round:
        return rounds.new(db, catalogue, name, TODAY, by="张三", at=NOON)

    second, third = new("二"), new("三")
    assert rounds.find(db) == third
    round_changes.withdraw(db, third.key, by="", at=NOON)
    assert rounds.find(db) == second
    round_changes.close(db, second.key, by="", at=NOON)
    assert rounds.find(db) == asked
    round_changes.close(db, asked.key, by="", at=NOON)
    assert rounds.find(db).key == second.key
    for one in (asked, second):
        round_changes.withdraw(db, one.key, by="", at=NOON)
    assert rounds.current(rounds.every(db)) is None
    assert rounds.find(db).key == third.key


def test_the_record_tells_all_in_the_order_in_which_it_happened(db, counter, asked, catalogue):
    def send(unit_key: str, minutes: int) -> None:
        at = NOON + timedelta(minutes=minutes)
        rounds.record_export(db, catalogue, asked.key, unit_key, [], file_name="x.xlsx", by="李四", at=at)

    send("tax", 90)
    round_changes.extend(db, asked.key, LATER, by="王五", at=NOON - timedelta(days=400))  # a clock set back
    send("tax", 91)
    send("finance", 91)
    round_changes.rename(db, asked.key, "一季度", by="王五", at=NOON)
    (made,) = rounds.every(db)
    told = [(one.by, round_changes.sentence(one, catalogue)) for one in round_changes.record(db, made)]
    assert told == [
        ("张三", "新建“第一季度”"),
        ("张三", "发出工作簿：区财政局、区税务局"),
        ("李四", "发出工作簿：区税务局"),
        ("王五", "反馈时限由2026年11月23日改为2026年12月3日"),
        ("李四", "发出工作簿：区税务局、区财政局"),
        ("王五", "名称由“第一季度”改为“一季度”"),
    ]


def test_a_record_is_never_rewritten(db, asked):
    round_changes.close(db, asked.key, by="李四", at=NOON)
    for statement in ("DELETE FROM round_changes", "UPDATE round_changes SET person = '别人'"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)


def test_a_change_is_kept_or_nothing_is(db, asked, tmp_path):
    db.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON round_changes BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(sqlite3.IntegrityError):
        round_changes.close(db, asked.key, by="李四", at=NOON)
    assert rounds.every(db) == (asked,)
    with store.open_for_reading(tmp_path / "工作库") as there:
        assert rounds.every(there.db) == (asked,)


def test_a_round_that_is_gone_is_told(db):
    with pytest.raises(RuleError, match="没有这个填报轮次"):
        round_changes.close(db, "x", by="", at=NOON)
