"""The match card beside a record: what was shown when it is final, else what is judged now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.catalogue import clauses as clause_rows
from desktop.verdicts import card as cards
from desktop.workspace.enterprises import judged
from desktop.workspace.visits import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.catalogue.clauses import Clause
    from desktop.ui.desk import Desk
    from desktop.verdicts.card import MatchCard
    from desktop.workspace.visits.model import Visit


def of_visit(desk: Desk, visit: Visit) -> MatchCard:
    """Return the card of a visit. Raises RuleError where its enterprise is not there."""
    rules = _rules(desk)
    if visit.is_final and visit.card and (then := shown.replayed(desk.catalogue, rules, visit.card)):
        return then
    profile = judged.profile(desk.workspace.db, visit.enterprise, visit.day or desk.today())
    return cards.match(desk.catalogue, rules, profile)


def kept(desk: Desk, visit: Visit) -> dict[str, Any]:
    """Return what is kept of the card when a visit becomes final."""
    version = str(desk.catalogue.meta.get("data_version", ""))
    return shown.kept(of_visit(desk, visit), _rules(desk), version, visit.day or desk.today())


def _rules(desk: Desk) -> Mapping[str, Sequence[Clause]]:
    return clause_rows.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))
