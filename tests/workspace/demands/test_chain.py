"""Steps as they are kept, and chains put together out of them."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit, linked, tidy
from desktop.workspace.demands.process import DemandState, Satisfaction, bundled
from tests.workspace.demands.walks import handled, step, walk

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
WORDS = st.text(max_size=5)
STEPS = st.builds(
    DemandStep,
    WORDS.filter(bool),
    DAYS,
    WORDS,
    unit=WORDS,
    text=WORDS,
    told=st.none() | st.builds(FirmTold, WORDS, DAYS, WORDS),
    lead=WORDS,
    supports=st.lists(
        st.builds(SupportUnit, WORDS, st.none() | DAYS), max_size=3, unique_by=lambda x: x.unit
    ).map(tuple),
    mode=WORDS,
    due=st.none() | DAYS,
    asked_by=WORDS,
    satisfaction=st.none() | st.sampled_from(list(Satisfaction)),
    entered_by=WORDS,
    handles=st.booleans(),
    state=st.sampled_from(list(DemandState)),
    key=WORDS.filter(bool),
    follows=WORDS,
)


@given(STEPS)
def test_a_step_is_read_as_it_was_kept(made: DemandStep) -> None:
    assert DemandStep.from_json(json.loads(json.dumps(made.as_json()))) == made


def test_a_chain_is_put_together_whatever_came_first_and_however_often() -> None:
    chain = walk(bundled()["shanxi"], *handled())
    shuffled = [*reversed(chain.steps), *chain.steps]
    assert linked(shuffled, "k4") == chain
    assert linked(shuffled, "k2") == type(chain)(chain.steps[:3])
    assert linked(shuffled, "gone") is None
    assert linked(chain.steps[2:], "k4") == type(chain)(chain.steps[2:])


def test_steps_that_follow_each_other_in_a_circle_end_somewhere() -> None:
    one, other = step("受理"), step("交办")
    rounds = [
        DemandStep(one.act, one.day, one.by, key="a", follows="b"),
        DemandStep(other.act, other.day, other.by, key="b", follows="a"),
    ]
    found = linked(rounds, "a")
    assert found is not None
    assert [each.key for each in found.steps] == ["b", "a"]


def test_blanks_are_nothing_and_a_unit_stands_once() -> None:
    typed = step(
        "交办",
        lead=" finance ",
        supports=(SupportUnit("tax"), SupportUnit(" tax "), SupportUnit(""), SupportUnit("finance")),
        told=FirmTold(" ", date(2026, 1, 1)),
    )
    kept = tidy(typed)
    assert (kept.lead, kept.supports, kept.told) == ("finance", (SupportUnit("tax"),), None)
