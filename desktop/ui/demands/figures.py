"""How all demands stand, counted: as parts of bars, and how satisfied the enterprises are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.ui.demands import told
from desktop.workspace.demands import demands
from desktop.workspace.demands.process import DemandState, Satisfaction
from desktop.workspace.items.model import Part
from desktop.workspace.items.progress import Bar

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk import Desk
    from desktop.workspace.demands.demands import DemandStanding

NOT_YET = (DemandState.RECEIVED, DemandState.ACCEPTED)
GIVEN_UP = (DemandState.REFUSED, DemandState.WITHDRAWN)


class DemandSet(StrEnum):
    """Sets of demands that a tile counts."""

    OPEN = "未结束"
    LATE = "逾期"
    ANSWERED = "已办结"
    SATISFIED = "满意"


def every(desk: Desk) -> tuple[DemandStanding, ...]:
    """Return how all demands stand."""
    db = desk.workspace.db
    return demands.standings(db, demands.every(db), desk.today())


def belongs(one: DemandStanding, wanted: DemandSet) -> bool:
    """Tell whether a demand is of a set."""
    match wanted:
        case DemandSet.OPEN:
            return one.demand.is_open
        case DemandSet.LATE:
            return one.demand.is_open and one.is_late
        case DemandSet.ANSWERED:
            return demands.is_answered(one.demand)
    return said(one) in (Satisfaction.SATISFIED, Satisfaction.MOSTLY)


def said(one: DemandStanding) -> Satisfaction | None:
    """Return what the enterprise said when it was called back last."""
    chain = one.demand.chain
    return chain.call_back.satisfaction if chain and chain.call_back else None


def part(one: DemandStanding) -> Part:
    """Return what a demand counts as in a bar."""
    state = one.demand.chain.state if one.demand.chain else DemandState.RECEIVED
    if one.demand.is_open and one.is_late:
        return Part.LATE
    if demands.is_answered(one.demand):
        return Part.FINISHED
    if state in GIVEN_UP:
        return Part.NOT_APPLICABLE
    return Part.NOT_STARTED if state in NOT_YET else Part.UNDER_WAY


def by_unit(catalogue: Catalogue, found: Iterable[DemandStanding]) -> list[Bar]:
    """Return a bar for each leading unit, the longest first."""
    return _bars(found, lambda one: one.demand.lead, lambda key: told.unit(catalogue, key) or told.UNNAMED)


def by_category(found: Iterable[DemandStanding]) -> list[Bar]:
    """Return a bar for each category, the longest first."""
    return _bars(found, lambda one: str(one.demand.category), str)


def note(found: Iterable[DemandStanding]) -> str:
    """Return how satisfied those are that were called back: 回访 3 件，满意 2 件，不满意 1 件."""
    counts = Counter(word for one in found if (word := said(one)))
    if not counts:
        return "还没有回访"
    return f"回访 {counts.total()} 件：" + "，".join(
        f"{word} {counts[word]} 件" for word in Satisfaction if counts[word]
    )


def _bars(
    found: Iterable[DemandStanding], key_of: Callable[[DemandStanding], str], name: Callable[[str], str]
) -> list[Bar]:
    counts: dict[str, Counter[Part]] = {}
    for one in found:
        counts.setdefault(key_of(one), Counter())[part(one)] += 1
    made = [_bar(key, name(key), counted) for key, counted in counts.items()]
    return sorted(made, key=lambda bar: (-bar.total, bar.name))


def _bar(key: str, name: str, counted: Mapping[Part, int]) -> Bar:
    return Bar(key, name, tuple((each, counted.get(each, 0)) for each in Part))
