"""The steps of a demand: each names the one that it follows, and the state of the demand is its last one's.

A step is kept as one JSON value; what is in it and empty is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from desktop.workspace.demands.process import CLOSED, REGISTERED, DemandState, Satisfaction


@dataclass(frozen=True, slots=True)
class FirmTold:
    """That the enterprise was told or asked: how (电话, 当面 …), on which day, and whom."""

    how: str
    on: date
    whom: str = ""

    @property
    def words(self) -> str:
        """Return it as people read it, e.g. 2026-11-28电话（李某）."""
        return f"{self.on}{self.how}" + (f"（{self.whom}）" if self.whom else "")


@dataclass(frozen=True, slots=True)
class SupportUnit:
    """A 协办单位 and the day by which it is to answer the leading one, where that was stated."""

    unit: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DemandStep:
    """One step. As it is wanted, ``handles``, ``state``, ``key`` and ``follows`` are still to be filled in.

    ``by`` is who acted and ``unit`` for which unit (its key, or a name that no notice has; ""
    for the office); ``entered_by`` who typed it. ``lead``, ``supports`` and ``mode`` (单独办理 …)
    are what an assignment says, ``due`` the day by which it is to be finished, ``asked_by`` the person of the
    enterprise who asked for it.
    ``handles`` says that whoever took it has handled the demand since.
    """

    act: str
    day: date
    by: str
    unit: str = ""
    text: str = ""
    told: FirmTold | None = None
    lead: str = ""
    supports: tuple[SupportUnit, ...] = ()
    mode: str = ""
    due: date | None = None
    asked_by: str = ""
    satisfaction: Satisfaction | None = None
    entered_by: str = ""
    handles: bool = False
    state: DemandState = DemandState.RECEIVED
    key: str = ""
    follows: str = ""

    @property
    def persons(self) -> frozenset[str]:
        """Return who acted and who typed it, as names are compared."""
        return frozenset(filter(None, (folded(self.by), folded(self.entered_by))))

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        values: dict[str, Any] = {
            "key": self.key,
            "follows": self.follows,
            "act": self.act,
            "state": str(self.state),
            "day": self.day.isoformat(),
            "by": self.by,
            "entered_by": self.entered_by,
            "unit": self.unit,
            "text": self.text,
            "told": {"how": self.told.how, "on": self.told.on.isoformat(), "whom": self.told.whom}
            if self.told
            else None,
            "lead": self.lead,
            "supports": [[one.unit, one.due.isoformat() if one.due else ""] for one in self.supports],
            "mode": self.mode,
            "due": self.due.isoformat() if self.due else "",
            "asked_by": self.asked_by,
            "satisfaction": str(self.satisfaction or ""),
            "handles": self.handles,
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what :meth:`as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        told, said = value.get("told"), value.get("satisfaction")
        return cls(
            act=str(value["act"]),
            day=date.fromisoformat(value["day"]),
            by=str(value.get("by", "")),
            unit=str(value.get("unit", "")),
            text=str(value.get("text", "")),
            told=FirmTold(str(told["how"]), date.fromisoformat(told["on"]), str(told.get("whom", "")))
            if told
            else None,
            lead=str(value.get("lead", "")),
            supports=tuple(SupportUnit(unit, _day(due)) for unit, due in value.get("supports", ())),
            mode=str(value.get("mode", "")),
            due=_day(value.get("due", "")),
            asked_by=str(value.get("asked_by", "")),
            satisfaction=Satisfaction(said) if said else None,
            entered_by=str(value.get("entered_by", "")),
            handles=value.get("handles") is True,
            state=DemandState(value["state"]),
            key=str(value["key"]),
            follows=str(value.get("follows", "")),
        )


@dataclass(frozen=True, slots=True)
class DemandChain:
    """The steps of a demand, the first being its registration."""

    steps: tuple[DemandStep, ...]

    @property
    def last(self) -> DemandStep:
        """Return the newest step."""
        return self.steps[-1]

    @property
    def state(self) -> DemandState:
        """Return where the demand stands."""
        return self.last.state

    @property
    def is_open(self) -> bool:
        """Tell whether something may still be due."""
        return self.state not in CLOSED

    @property
    def assignment(self) -> DemandStep | None:
        """Return the newest step that names a leading unit, None before there is one."""
        return next((one for one in reversed(self.steps) if one.lead), None)

    @property
    def lead(self) -> str:
        """Return the 主办单位 of now, "" before there is one."""
        return self.assignment.lead if self.assignment else ""

    @property
    def supports(self) -> tuple[SupportUnit, ...]:
        """Return the 协办单位 of now."""
        return self.assignment.supports if self.assignment else ()

    @property
    def handlers(self) -> frozenset[str]:
        """Return who ever handled it, as names are compared."""
        return frozenset(folded(one.by) for one in self.steps if one.handles)

    @property
    def call_back(self) -> DemandStep | None:
        """Return the newest step in which the enterprise said whether it is satisfied."""
        return next((one for one in reversed(self.steps) if one.satisfaction), None)

    @property
    def answer(self) -> DemandStep | None:
        """Return the step by which it was said to be finished, None where that does not stand any more."""
        for one in reversed(self.steps):
            if one.state in (DemandState.CALLED_BACK, DemandState.CLOSED):
                continue
            if one.state is not DemandState.FINISHED:
                return None
            if one.text and one.told:
                return one
        return None

    def then(self, step: DemandStep) -> DemandChain:
        """Return the chain with one step more."""
        return DemandChain((*self.steps, step))


def began(day: date, by: str, key: str, entered_by: str = "") -> DemandChain:
    """Return the chain of a demand that has just been registered."""
    return DemandChain((DemandStep(REGISTERED, day, by, entered_by=entered_by, key=key),))


def linked(steps: Iterable[DemandStep], last: str) -> DemandChain | None:
    """Return the chain that ends with the step ``last``, out of ``steps`` in any order and any number.

    Where a step that another follows is not here (yet), it begins after that gap. None without ``last``.
    """
    known = {one.key: one for one in steps}
    chain: list[DemandStep] = []
    while last and (step := known.pop(last, None)) is not None:
        chain.append(step)
        last = step.follows
    return DemandChain(tuple(reversed(chain))) if chain else None


def folded(name: str) -> str:
    """Return a person's name as names are compared, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def tidy(step: DemandStep) -> DemandStep:
    """Return a step with nothing but blanks as nothing, and no unit twice."""
    named = {one.unit.strip(): one.due for one in step.supports if one.unit.strip()}
    told = step.told
    if told is not None:
        told = FirmTold(told.how.strip(), told.on, told.whom.strip())
    return replace(
        step,
        by=step.by.strip(),
        unit=step.unit.strip(),
        text=step.text.strip(),
        told=told if told and told.how else None,
        lead=step.lead.strip(),
        supports=tuple(SupportUnit(unit, due) for unit, due in named.items() if unit != step.lead.strip()),
        mode=step.mode.strip(),
        asked_by=step.asked_by.strip(),
        entered_by=step.entered_by.strip(),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
