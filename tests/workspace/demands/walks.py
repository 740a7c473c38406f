"""Steps as tests take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.workspace.demands import acting
from desktop.workspace.demands.chain import DemandChain, DemandStep, FirmTold, SupportUnit, began
from desktop.workspace.demands.process import Process, Required, Satisfaction, bundled

DAY = date(2026, 11, 2)
TODAY = date(2026, 12, 31)
TOLD = FirmTold("电话", DAY, "赵某")


def start(by: str = "王受理") -> DemandChain:
    return began(DAY, by, "k0")


def step(act: str, by: str = "王受理", day: date = DAY, **stated: object) -> DemandStep:
    """Return a step that states all that its act asks for, and what is ``stated``."""
    needed = acting.required(bundled()["quanzhou"].acts[act])
    made = DemandStep(
        act,
        day,
        by,
        text="说明" if {Required.REASON, Required.ANSWER} & set(needed) else "",
        told=replace(TOLD, on=day) if Required.TOLD in needed else None,
        lead="finance" if Required.LEAD in needed else "",
        asked_by="赵某" if Required.ASKED_BY in needed else "",
        satisfaction=Satisfaction.SATISFIED if Required.SATISFACTION in needed else None,
    )
    return replace(made, **stated)  # type: ignore[arg-type]


def walk(process: Process, *steps: DemandStep, chain: DemandChain | None = None) -> DemandChain:
    chain = chain or start()
    for one in steps:
        chain = acting.take(process, chain, one, TODAY, f"k{len(chain.steps)}")
    return chain


def handled() -> tuple[DemandStep, ...]:
    """Return the steps of a demand until it is finished, by 李经办 of 区财政局."""
    return (
        step("受理"),
        step("交办", supports=(SupportUnit("tax"),)),
        step("首次联系", "李经办"),
        step("办结", "李经办"),
    )
