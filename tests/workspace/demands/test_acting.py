"""What may follow what, and what no path leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.demands import acting, process
from desktop.workspace.demands.chain import DemandChain, DemandStep, FirmTold, SupportUnit, folded
from desktop.workspace.demands.process import (
    CLOSED,
    DemandAct,
    DemandState,
    Party,
    Process,
    Required,
    Satisfaction,
)
from tests.workspace.demands.walks import DAY, TODAY, handled, start, step, walk

SHANDONG, QUANZHOU, SHANXI = (process.bundled()[key] for key in ("shandong", "quanzhou", "shanxi"))


def refused(chain: DemandChain, wanted: DemandStep, said: str, kind: Process = SHANDONG) -> None:
    with pytest.raises(RuleError, match=said) as caught:
        acting.take(kind, chain, wanted, TODAY, "next")
    assert "没有改动任何内容" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("kind", process.bundled().values(), ids=lambda one: one.key)
def test_a_demand_goes_all_the_way(kind: Process) -> None:
    chain = walk(kind, *handled(), step("回访"), step("销号"))
    assert chain.state is DemandState.CLOSED
    assert [one.follows for one in chain.steps] == ["", "k0", "k1", "k2", "k3", "k4", "k5"]
    assert (chain.lead, chain.supports) == ("finance", (SupportUnit("tax"),))
    assert chain.handlers == {"李经办"}


def test_what_is_refused_says_why_and_to_whom() -> None:
    refused(start(), step("不予受理", text=" "), "没有写理由")
    refused(start(), step("不予受理", told=None), "没有写告知企业")
    assert walk(SHANDONG, step("不予受理")).state is DemandState.REFUSED
    assert walk(SHANDONG, step("不予受理"), step("重新受理")).state is DemandState.ACCEPTED


def test_who_handled_it_does_not_call_back_close_or_take_back() -> None:
    done = walk(SHANDONG, *handled())
    refused(done, step("回访", " 李 经办"), "李 经办经手办理过这件诉求，不能由其回访")
    refused(done, step("回访", "陈回访", entered_by="李经办"), "李经办经手")
    refused(done, step("回访", "陈回访", unit="finance"), "不能由主办、协办单位")
    refused(done, step("撤回", "李经办"), "不能由其登记撤回")
    refused(walk(SHANDONG, step("回访"), chain=done), step("销号", "李经办"), "不能由其销号")
    on_the_spot = walk(SHANDONG, step("现场解决", "孙走访"))
    refused(on_the_spot, step("回访", "孙走访"), "不能由其回访")
    assert walk(SHANDONG, step("回访"), step("销号"), chain=on_the_spot).state is DemandState.CLOSED


def test_dissatisfied_goes_back_and_up_and_not_to_the_end() -> None:
    unhappy = walk(SHANDONG, *handled(), step("回访", satisfaction=Satisfaction.DISSATISFIED))
    refused(unhappy, step("销号"), "须在回访结果为“满意”之后")
    refused(unhappy, step("回访"), "须先退回重办或提级")
    back = walk(SHANDONG, step("退回重办"), chain=unhappy)
    refused(back, step("办结", "李经办"), "不能办理“办结”")
    raised = walk(SHANDONG, step("提级", lead="province"), chain=back)
    assert (raised.state, raised.lead, raised.supports) == (DemandState.RAISED, "province", ())
    again = walk(SHANDONG, step("首次联系", "钱"), step("办结", "钱"), chain=raised)
    refused(again, step("销号"), "不能办理“销号”")
    refused(
        again, step("回访", "李经办"), "李经办经手"
    )  # whoever handled it the first time has still done so
    content = walk(SHANDONG, step("回访", satisfaction=Satisfaction.MOSTLY), chain=again)
    refused(content, step("提级"), "须在回访结果为“不满意”之后")
    assert walk(SHANDONG, step("销号"), chain=content).state is DemandState.CLOSED


def test_units_object_once_in_quanzhou_and_the_office_decides() -> None:
    sent = walk(QUANZHOU, step("受理"), step("交办"))
    objected = walk(QUANZHOU, step("提出异议", "李经办"), chain=sent)
    moved = walk(QUANZHOU, step("改派", lead="tax"), chain=objected)
    assert moved.lead == "tax"
    refused(moved, step("提出异议", "税务"), "已办理过1次", QUANZHOU)
    assert (
        walk(SHANDONG, step("提出异议", "李"), chain=walk(SHANDONG, chain=moved)).state
        is DemandState.DISPUTED
    )


def test_an_extension_is_asked_for_and_decided() -> None:
    asked = walk(
        SHANDONG,
        *handled()[:3],
        step("延期申请", "李经办", due=date(2026, 11, 30)),
    )
    refused(asked, step("同意延期"), "没有写办理时限")
    assert (
        walk(SHANDONG, step("同意延期", due=date(2026, 11, 30)), chain=asked).state is DemandState.UNDER_WAY
    )
    assert walk(SHANDONG, step("不同意延期"), chain=asked).state is DemandState.UNDER_WAY
    refused(asked, step("催办", due=date(2026, 11, 30)), "不改办理时限")


def test_each_step_is_taken_by_whom_it_is_for() -> None:
    sent = walk(SHANDONG, *handled()[:2])
    refused(sent, step("首次联系", "李", unit="tax"), "应由主办单位办理")
    refused(sent, step("协办意见", "李", unit="finance"), "应由协办单位办理")
    assert walk(SHANDONG, step("协办意见", "周"), chain=sent).last.unit == "tax"
    assert walk(SHANDONG, step("首次联系", "李"), chain=sent).last.unit == "finance"
    refused(start(), step("受理", "  "), "没有写由谁办理")
    refused(start(), step("受理", lead="tax"), "不改办理单位")
    refused(start(), step("受理", satisfaction=Satisfaction.SATISFIED), "不记满意度")
    refused(start(), DemandStep("没有", DAY, "王"), "没有“没有”这一步")


def test_days_stand_in_order() -> None:
    chain = walk(SHANDONG, step("受理", day=date(2026, 11, 5)))
    refused(chain, step("交办", day=date(2026, 11, 4)), "早于上一步")
    refused(chain, step("交办", day=date(2027, 11, 4)), "晚于今天")
    refused(chain, step("交办", day=date(2026, 11, 6), due=date(2026, 11, 5)), "办理时限2026-11-05早于")
    urged = walk(
        SHANDONG, step("交办"), step("催办", day=date(2026, 11, 9)), chain=walk(SHANDONG, step("受理"))
    )
    beside = walk(SHANDONG, step("首次联系", "李", day=date(2026, 11, 5)), chain=urged)
    support = replace(step("交办", day=date(2026, 11, 3)), supports=(SupportUnit("tax"),))
    led = walk(SHANDONG, step("受理"), support, step("首次联系", "李", day=date(2026, 11, 6)))
    assert walk(SHANDONG, step("协办意见", "钱", day=date(2026, 11, 4)), chain=led).state is beside.state
    refused(led, step("协办意见", "钱", day=date(2026, 11, 2)), "早于上一步“交办”")
    answered = walk(SHANDONG, *handled()[:-1], step("办结", "李经办", day=date(2026, 11, 9)))
    early = step("回访", day=date(2026, 11, 10), told=FirmTold("电话", date(2026, 11, 8)))
    refused(answered, early, "早于答复的日期")
    late = FirmTold("电话", date(2026, 11, 9))
    refused(start(), step("不予受理", told=late), "告知企业的日期2026-11-09晚于")
    refused(start(), step("不予受理", told=FirmTold("电话", date(2026, 1, 1))), "早于收到诉求的日期")


def test_what_is_offered_can_be_taken_once_it_states_enough() -> None:
    chain = start()
    names = [act.name for act in acting.offered(SHANDONG, chain)]
    assert names == ["受理", "不予受理", "现场解决", "撤回"]
    for name in names:
        assert walk(SHANDONG, step(name), chain=chain).steps[1].act == name


@pytest.mark.parametrize("kind", process.bundled().values(), ids=lambda one: one.key)
def test_every_state_is_reached_and_has_a_way_to_the_end(kind: Process) -> None:
    onward = {
        state: {act.to for act in kind.acts.values() if state in act.start and act.to}
        for state in DemandState
    }
    reached, seen = {DemandState.RECEIVED}, set[DemandState]()
    while new := reached - seen:
        seen |= new
        reached |= {to for state in new for to in onward[state]}
    assert reached == set(DemandState)
    ends = set(CLOSED)
    for _ in DemandState:
        ends |= {state for state in DemandState if onward[state] & ends}
    assert ends == set(DemandState)


# Random walks that mostly go on towards the end: what is stated is now and then left out, and three people
# do everything. The processes are the bundled ones, and such as somebody may make up: anybody may take an act
# that states nothing, and acts are added that lead from anywhere to anywhere.

PEOPLE = ("甲", "乙", "丙", " 甲 ")
BUNDLED = (SHANDONG, QUANZHOU, SHANXI)
STATES, PARTIES = tuple(DemandState), tuple(Party)


def loosened(luck: Random) -> Process:
    """Return a process as somebody may make it up."""
    acts = dict(process.shared_acts())
    for name, act in acts.items():
        if luck.random() < 0.4:
            who = tuple(luck.sample(PARTIES, luck.randint(1, 2)))
            acts[name] = replace(act, who=who, must=(), after=None)
    for name in ("甲步", "乙步", "丙步"):
        starts = frozenset(luck.sample(STATES, 4))
        acts[name] = DemandAct(name, starts, luck.choice((None, *STATES)), (luck.choice(PARTIES),))
    return Process("own", "自定", acts, ())


def far(kind: Process) -> dict[DemandState, int]:
    """Return how many acts each state is from 销号."""
    found = {DemandState.CLOSED: 0}
    for _ in STATES:
        for act in kind.acts.values():
            for state in act.start if act.to in found else ():
                found[state] = min(found.get(state, 99), found[act.to] + 1)
    return found


def drawn(luck: Random, act: DemandAct) -> DemandStep:
    """Return a step of an act that states most of what it must, by anybody."""
    needed = {one for one in acting.required(act) if luck.random() < 0.93}
    texts = {Required.REASON, Required.ANSWER} & needed
    return DemandStep(
        act.name,
        DAY,
        luck.choice(PEOPLE),
        unit=luck.choice(("", "", "finance")),
        text="说明" if texts or luck.random() < 0.3 else " ",
        told=FirmTold("电话", DAY) if Required.TOLD in needed or luck.random() < 0.3 else FirmTold(" ", DAY),
        lead="finance" if Required.LEAD in needed else "",
        supports=(SupportUnit("housing"),) if Required.LEAD in needed and luck.random() < 0.5 else (),
        due=TODAY if Required.DUE in needed else None,
        asked_by="赵" if Required.ASKED_BY in needed else "",
        satisfaction=luck.choice(tuple(Satisfaction)) if Required.SATISFACTION in needed else None,
        entered_by=luck.choice(("", "", "甲", "丁")),
    )


def wrongs(steps: Sequence[DemandStep], acts: Mapping[str, DemandAct]) -> list[str]:
    """Return what is wrong with how a demand ended, read off the bare steps."""
    into = {state: [n for n, one in enumerate(steps) if n and acts[one.act].to is state] for state in STATES}
    handled_by = {
        folded(one.by)
        for one in steps[1:-1]
        if {Party.LEAD, Party.SUPPORT} & set(acts[one.act].who) or acts[one.act].to is DemandState.FINISHED
    }

    def by_handler(step: DemandStep) -> bool:
        return bool({folded(step.by), folded(step.entered_by)} & handled_by)

    match steps[-1].state:
        case DemandState.REFUSED:
            last = steps[into[DemandState.REFUSED][-1]]
            found = {
                "no reason": not last.text,
                "untold": not last.told,
                "assigned": any(s.lead for s in steps),
            }
        case DemandState.WITHDRAWN:
            last = steps[into[DemandState.WITHDRAWN][-1]]
            found = {"asked by nobody": not last.asked_by}
            if last is steps[-1]:
                found["taken back by who handled it"] = by_handler(last)
        case DemandState.CLOSED if into[DemandState.FINISHED] and into[DemandState.CALLED_BACK]:
            answer, call = steps[into[DemandState.FINISHED][-1]], steps[into[DemandState.CALLED_BACK][-1]]
            found = {
                "unanswered": not answer.text,
                "untold": not answer.told,
                "called back before": steps.index(call) < steps.index(answer),
                "dissatisfied": call.satisfaction in (None, Satisfaction.DISSATISFIED),
                "called back by who handled it": steps[-1].state is DemandState.CLOSED
                and acts[steps[-1].act].to is DemandState.CLOSED
                and by_handler(call),
            }
        case DemandState.CLOSED:
            found = {"closed out of nothing": True}
        case _:
            return []
    return [name for name, holds in found.items() if holds]


def wander(kind: Process, luck: Random, seen: set[DemandState]) -> None:
    """Go a random way, asking after each step whether anything is wrong; adds the states passed."""
    away, chain = far(kind), start("甲")
    for _ in range(40):
        choices = acting.offered(kind, chain)
        nearer = [act for act in choices if act.to and away.get(act.to, 99) < away.get(chain.state, 99)]
        if not choices:
            break
        act = luck.choice(nearer if nearer and luck.random() < 0.7 else choices)
        try:
            chain = acting.take(kind, chain, drawn(luck, act), TODAY, f"k{len(chain.steps)}")
        except RuleError:
            continue
        assert wrongs(chain.steps, kind.acts) == [], [one.act for one in chain.steps]
    seen |= {one.state for one in chain.steps}


@settings(max_examples=12)
@given(st.integers(0, 2**32))
def test_no_path_ends_unanswered_untold_or_called_back_by_who_handled_it(seed: int) -> None:
    luck, seen = Random(seed), set[DemandState]()
    for _ in range(60):
        wander(luck.choice(BUNDLED), luck, seen)
    assert DemandState.CLOSED in seen  # the walks do get there


@settings(max_examples=12)
@given(st.integers(0, 2**32))
def test_no_process_that_somebody_makes_up_allows_it_either(seed: int) -> None:
    luck, seen = Random(seed), set[DemandState]()
    for _ in range(60):
        wander(loosened(luck), luck, seen)
    assert DemandState.CLOSED in seen
