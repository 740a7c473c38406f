"""What may follow what, and what no path leads to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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


# Random walks: any acts in any order, by a few people, over the bundled processes and over invented ones.

PEOPLE = st.sampled_from(["甲", "乙", "丙", " 甲", ""])
TEXTS = st.sampled_from(["", " ", "说明"])
UNITS = st.sampled_from(["", "finance", "tax", "housing"])
TOLD = st.none() | st.builds(FirmTold, st.sampled_from(["", "电话"]), st.just(DAY))
STATES = st.sampled_from(list(DemandState))


def acts(name: str) -> st.SearchStrategy[DemandAct]:
    return st.builds(
        DemandAct,
        st.just(name),
        st.frozensets(STATES, min_size=1),
        st.none() | STATES,
        st.lists(st.sampled_from(list(Party)), min_size=1, max_size=2).map(tuple),
        st.lists(st.sampled_from(list(Required)), max_size=2).map(tuple),
        st.none() | st.sampled_from([Satisfaction.SATISFIED, Satisfaction.DISSATISFIED]),
        st.integers(0, 2),
    )


NAMES = tuple(process.shared_acts())
INVENTED = st.fixed_dictionaries({name: acts(name) for name in NAMES[:9]}).map(
    lambda made: Process("own", "自定", {**process.shared_acts(), **made}, ())
)
STEPS = st.builds(
    DemandStep,
    st.sampled_from(NAMES),
    st.just(DAY),
    PEOPLE,
    unit=UNITS,
    text=TEXTS,
    told=TOLD,
    lead=UNITS,
    supports=st.lists(st.builds(SupportUnit, UNITS), max_size=2).map(tuple),
    due=st.none() | st.just(TODAY),
    asked_by=st.sampled_from(["", "赵"]),
    satisfaction=st.none() | st.sampled_from(list(Satisfaction)),
    entered_by=PEOPLE,
)


def wrongs(chain: DemandChain, said: Mapping[str, DemandAct]) -> list[str]:
    """Return what is wrong with how a demand ended, read off the bare steps."""
    found = []
    match chain.state:
        case DemandState.REFUSED:
            entered = [one for one in chain.steps[1:] if said[one.act].to is DemandState.REFUSED][-1]
            if not entered.text or not entered.told:
                found.append("refused without a reason, or untold")
        case DemandState.WITHDRAWN:
            entered = [one for one in chain.steps[1:] if said[one.act].to is DemandState.WITHDRAWN][-1]
            if not entered.asked_by:
                found.append("taken back by nobody")
        case DemandState.CLOSED:
            at = max(n for n, one in enumerate(chain.steps) if n and said[one.act].to is DemandState.CLOSED)
            before = chain.steps[:at]
            finished = [n for n, one in enumerate(before) if n and said[one.act].to is DemandState.FINISHED]
            called = [n for n, one in enumerate(before) if one.satisfaction]
            if not finished or not before[finished[-1]].text or not before[finished[-1]].told:
                found.append("closed unanswered or untold")
            elif not called or called[-1] < finished[-1]:
                found.append("closed without a call-back")
            elif before[called[-1]].satisfaction is Satisfaction.DISSATISFIED:
                found.append("closed while dissatisfied")
            elif folded(before[called[-1]].by) in {
                folded(one.by)
                for one in before[1:]
                if {Party.LEAD, Party.SUPPORT} & set(said[one.act].who)
                or said[one.act].to is DemandState.FINISHED
            }:
                found.append("called back by who handled it")
    return found


def wander(kind: Process, steps: list[DemandStep]) -> DemandChain:
    chain = start("甲")
    for one in steps:
        try:
            chain = acting.take(kind, chain, one, TODAY, f"k{len(chain.steps)}")
        except RuleError:
            continue
        assert wrongs(chain, kind.acts) == []
    return chain


@given(st.sampled_from([SHANDONG, QUANZHOU, SHANXI]), st.lists(STEPS, max_size=40))
def test_no_path_ends_unanswered_untold_or_called_back_by_who_handled_it(
    kind: Process, steps: list[DemandStep]
) -> None:
    wander(kind, steps)


@settings(max_examples=60)
@given(INVENTED, st.lists(STEPS, max_size=40))
def test_no_process_that_somebody_makes_up_allows_it_either(kind: Process, steps: list[DemandStep]) -> None:
    wander(kind, steps)


@settings(max_examples=60)
@given(st.data())
def test_nor_do_walks_that_state_all_that_is_asked(data: st.DataObject) -> None:
    """As above, but each step is one that is offered, so that the walks go far."""
    kind = data.draw(st.sampled_from([SHANDONG, QUANZHOU, SHANXI]) | INVENTED)
    chain = start("甲")
    for _ in range(25):
        choices = acting.offered(kind, chain)
        if not choices:
            break
        act = data.draw(st.sampled_from(choices))
        needed = acting.required(act)
        wanted = DemandStep(
            act.name,
            DAY,
            data.draw(st.sampled_from(["甲", "乙", "丙"])),
            text="说明",
            told=FirmTold("电话", DAY),
            lead=data.draw(st.sampled_from(["finance", "tax"])) if Required.LEAD in needed else "",
            supports=(SupportUnit("housing"),) if Required.LEAD in needed else (),
            due=TODAY if Required.DUE in needed else None,
            asked_by="赵",
            satisfaction=data.draw(st.sampled_from(list(Satisfaction)))
            if act.to is DemandState.CALLED_BACK
            else None,
        )
        try:
            chain = acting.take(kind, chain, wanted, TODAY, f"k{len(chain.steps)}")
        except RuleError:
            continue
        assert wrongs(chain, kind.acts) == []
