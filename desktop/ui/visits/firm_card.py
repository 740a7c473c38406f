"""What is known and found of the enterprise that 走访 shows: one look for all parts of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.catalogue import clauses as clause_rows
from desktop.catalogue.clauses import Clause
from desktop.ui.visits.firm_figures import usual_day
from desktop.verdicts import card as cards
from desktop.verdicts.card import MatchCard
from desktop.verdicts.profile import FIGURES
from desktop.workspace.demands import demands
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.enterprises import enterprises, judged
from desktop.workspace.enterprises.model import Enterprise, figure_field
from desktop.workspace.visits import shown, visits
from desktop.workspace.visits.model import Visit
from desktop.workspace.visits.shown import SinceVisit

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

ANSWERS = {"是": True, "不是": False}


@dataclass(frozen=True, slots=True)
class FirmCard:
    """An enterprise with its card, visits, newest first, and demands; ``since``: None before a final one."""

    firm: Enterprise
    found: MatchCard
    visits: tuple[Visit, ...]
    demands: tuple[DemandStanding, ...]
    since: SinceVisit | None
    since_day: date | None

    @property
    def open_demands(self) -> tuple[DemandStanding, ...]:
        """Return the demands that are open."""
        return tuple(one for one in self.demands if one.demand.is_open)


def of(desk: Desk, key: str) -> FirmCard:
    """Return all that is shown of an enterprise. Raises RuleError where it is not there."""
    db, today = desk.workspace.db, desk.today()
    firm = enterprises.one(db, enterprises.resolve(db, key))
    rules = rules_in_use(desk)
    found = cards.match(desk.catalogue, rules, judged.profile_of(firm, today))
    keys = enterprises.keys_of(db, firm.key)
    visited = visits.of_enterprises(db, *keys)
    last = next((one for one in visited if one.is_final and one.card), None)
    version = str(desk.catalogue.meta.get("data_version", ""))
    since = shown.since(last.card, found, rules, version) if last and last.card else None
    asked = demands.standings(db, demands.of_enterprises(db, *keys), today)
    return FirmCard(firm, found, visited, asked, since, last.day if last else None)


def rules_in_use(desk: Desk) -> Mapping[str, Sequence[Clause]]:
    """Return the clauses of the measures in use, by measure."""
    return clause_rows.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))


def answer_field(fact: str, today: date) -> str:
    """Return the field of an enterprise that an answer to a question about ``fact`` fills in."""
    if fact in ("industry", "taxpayer"):
        return fact
    if fact in FIGURES:
        return figure_field(fact, usual_day(fact, today))
    return f"fact/{fact}"
