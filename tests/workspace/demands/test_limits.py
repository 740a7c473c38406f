"""Limits as they run, are kept and are missed."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.errors import RuleError
from desktop.workspace.demands import limits
from desktop.workspace.demands.chain import DemandChain, SupportUnit
from desktop.workspace.demands.limits import LimitSpan
from desktop.workspace.demands.process import Process, Satisfaction, bundled, parse
from desktop.workspace.demands.working_days import bundled as calendar
from desktop.workspace.items.model import Light
from tests.workspace.demands.walks import DAY, handled, start, step, walk

SHANDONG, QUANZHOU, SHANXI = (bundled()[key] for key in ("shandong", "quanzhou", "shanxi"))


def found(process: Process, chain: DemandChain) -> dict[str, LimitSpan]:
    return {one.name: one for one in limits.spans(process, calendar(), chain)}


def light(process: Process, chain: DemandChain, today: date) -> Light:
    return limits.light(chain, limits.spans(process, calendar(), chain), calendar(), today)


def test_shandong_has_one_three_and_fifteen_working_days() -> None:
    assert {one.name: one.due for one in limits.spans(SHANDONG, calendar(), start())} == {
        "受理": date(2026, 11, 3)
    }
    accepted = walk(SHANDONG, step("受理"))
    spans = found(SHANDONG, accepted)
    assert spans["受理"].done == DAY
    assert spans["首次联系"].due == date(2026, 11, 5)
    assert spans["办结"].due == date(2026, 11, 23)
    assert [one.name for one in limits.running(spans.values())] == ["首次联系", "办结"]


def test_lights_follow_the_limit_that_ends_first() -> None:
    chain = walk(SHANXI, step("受理"), step("交办", due=date(2026, 11, 13)))
    assert light(SHANXI, chain, date(2026, 11, 10)) is Light.GREEN
    assert light(SHANXI, chain, date(2026, 11, 11)) is Light.YELLOW
    assert light(SHANXI, chain, date(2026, 11, 13)) is Light.YELLOW
    assert light(SHANXI, chain, date(2026, 11, 14)) is Light.RED
    kept = walk(SHANXI, step("提出异议", "李"), step("维持交办"), chain=chain)
    assert found(SHANXI, kept)["办结"].due == date(2026, 11, 13)
    assert light(SHANXI, walk(SHANXI, step("受理")), date(2026, 12, 1)) is Light.GREY
    assert light(SHANXI, walk(SHANXI, step("撤回", "周")), date(2026, 12, 1)) is Light.GREY
    closed = walk(SHANXI, *handled(), step("回访"), step("销号"))
    assert light(SHANXI, closed, date(2026, 12, 1)) is Light.GREEN


def test_quanzhou_limits_objection_support_answer_and_the_asking_for_more_time() -> None:
    sent = walk(QUANZHOU, step("受理"), step("交办", supports=(SupportUnit("tax"), SupportUnit("housing"))))
    spans = limits.spans(QUANZHOU, calendar(), sent)
    assert [(one.name, one.unit, one.due.day, one.optional) for one in spans] == [
        ("提出异议", "finance", 3, True),
        ("协办", "tax", 5, False),
        ("协办", "housing", 5, False),
        ("延期申请", "finance", 10, True),
        ("办结", "finance", 11, False),
    ]
    helped = walk(QUANZHOU, step("协办意见", "周", unit="tax", day=date(2026, 11, 6)), chain=sent)
    support = [one for one in limits.spans(QUANZHOU, calendar(), helped) if one.name == "协办"]
    assert {one.unit: one.is_late for one in support} == {"housing": False, "tax": True}


def test_an_objection_stops_the_clock_and_another_unit_begins_anew() -> None:
    objected = walk(QUANZHOU, step("受理"), step("交办"), step("提出异议", "李", day=date(2026, 11, 4)))
    spans = found(QUANZHOU, objected)
    assert spans["提出异议"].is_late
    assert spans["改派"].due == date(2026, 11, 4)
    moved = walk(QUANZHOU, step("改派", lead="tax", day=date(2026, 11, 5)), chain=objected)
    spans = found(QUANZHOU, moved)
    assert spans["改派"].is_late
    assert (spans["办结"].unit, spans["办结"].start, spans["办结"].due) == (
        "tax",
        date(2026, 11, 5),
        date(2026, 11, 16),
    )


def test_a_day_that_was_only_asked_for_is_not_in_force() -> None:
    asked = walk(
        SHANDONG, *handled()[:3], step("延期申请", "李经办", day=date(2026, 11, 20), due=date(2026, 12, 4))
    )
    assert found(SHANDONG, asked)["办结"].due == date(2026, 11, 23)
    agreed = walk(SHANDONG, step("同意延期", day=date(2026, 11, 20), due=date(2026, 12, 4)), chain=asked)
    assert found(SHANDONG, agreed)["办结"].due == date(2026, 12, 4)
    limits.check_stated(SHANDONG, calendar(), agreed)
    too_long = walk(SHANDONG, step("同意延期", day=date(2026, 11, 20), due=date(2026, 12, 15)), chain=asked)
    with pytest.raises(RuleError, match="超过最长期限2026-12-14"):
        limits.check_stated(SHANDONG, calendar(), too_long)


def test_what_is_sent_back_is_due_again_and_what_is_taken_back_is_not() -> None:
    unhappy = step("回访", day=date(2026, 11, 10), satisfaction=Satisfaction.DISSATISFIED)
    back = walk(SHANDONG, *handled(), unhappy, step("退回重办", day=date(2026, 11, 10)))
    finish = [one for one in limits.spans(SHANDONG, calendar(), back) if one.name == "办结"]
    assert [(one.done, one.due) for one in finish] == [
        (DAY, date(2026, 11, 23)),
        (None, date(2026, 12, 1)),
    ]
    gone = walk(SHANDONG, step("撤回", "周", day=date(2026, 11, 11)), chain=back)
    assert limits.running(limits.spans(SHANDONG, calendar(), gone)) == ()


def test_a_limit_into_a_year_without_a_list_says_so() -> None:
    chain = walk(
        SHANXI,
        step("受理", day=date(2026, 12, 30)),
        step("交办", day=date(2026, 12, 30), due=date(2027, 1, 8)),
    )
    assert found(SHANXI, chain)["办结"].caveat == "2027年的节假日安排尚未录入，只按周六、周日推算"
    assert found(SHANXI, chain)["受理"].caveat == ""


def test_days_may_be_counted_by_the_calendar() -> None:
    content = {
        "title": "自定",
        "limit": [{"name": "受理", "days": 15, "working": False, "from": ["登记"], "until": ["受理"]}],
    }
    span = found(parse("own", content), start())["受理"]
    assert (span.due, span.caveat) == (date(2026, 11, 17), "")
