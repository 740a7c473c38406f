"""What was shown of an enterprise at a visit: kept with what it stood on, replayed, compared with today's.

    {"as_of": "2026-11-26", "rules": "<version>", "data": "2023-3", "profile": {…},
     "verdicts": {"<measure>": "applies"}}

``profile`` has the form of :mod:`desktop.verdicts.profile`. A verdict rests on nothing else than these facts,
that day and the rules, so the same rules give it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from desktop.catalogue import clauses as clause_rows
from desktop.catalogue.clauses import Clause
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.verdicts import card as cards
from desktop.verdicts import profile as profiles
from desktop.verdicts.card import MatchCard
from desktop.verdicts.judging import Finding
from desktop.verdicts.profile import Profile


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """A measure that is judged otherwise than it was; ``before`` is None where it was not judged then."""

    measure_key: str
    before: Finding | None
    now: Finding


@dataclass(frozen=True, slots=True)
class SinceVisit:
    """What is otherwise than at a visit: facts and figures by key, rules, data, the verdicts that follow."""

    facts: tuple[str, ...]
    rules: bool
    data: bool
    verdicts: tuple[ChangedVerdict, ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.rules or self.data or self.verdicts)


def kept(
    found: MatchCard, clauses: Mapping[str, Sequence[Clause]], data_version: str, day: date
) -> dict[str, Any]:
    """Return what is kept of a card that was shown on a day."""
    return {
        "as_of": day.isoformat(),
        "rules": _version(clauses),
        "data": data_version,
        "profile": profile_data(found.profile),
        "verdicts": {one.measure_key: str(one.finding) for one in found.verdicts},
    }


def profile_data(profile: Profile) -> dict[str, Any]:
    """Return a profile as the JSON values by which it is read again; what is unknown is left out."""
    data: dict[str, Any] = {}
    for field in fields(profile):
        value = getattr(profile, field.name)
        if field.name == "facts":
            value = dict(value)
        elif field.name == "industry":
            value = value.code if value else None
        elif isinstance(value, date):
            value = value.isoformat()
        if value not in (None, "", {}):
            data[field.name] = value
    return data


def replayed(
    catalogue: Catalogue, clauses: Mapping[str, Sequence[Clause]], card: Mapping[str, Any]
) -> MatchCard | None:
    """Return the card of then, judged again from its facts; None where what was kept cannot be read."""
    try:
        profile, _ = profiles.read(card.get("profile"))
    except KnownError:
        return None
    return cards.match(catalogue, clauses, profile)


def since(
    card: Mapping[str, Any], now: MatchCard, clauses: Mapping[str, Sequence[Clause]], data_version: str
) -> SinceVisit:
    """Return what is otherwise now than on the card of a visit, by which people see what they said then."""
    before = card.get("profile")
    then = _flat(before if isinstance(before, dict) else {})
    today = _flat(profile_data(now.profile))
    names = sorted(name for name in {*then, *today} if then.get(name) != today.get(name))
    judged = card.get("verdicts")
    said = judged if isinstance(judged, dict) else {}
    return SinceVisit(
        tuple(names),
        card.get("rules") != _version(clauses),
        card.get("data") != data_version,
        tuple(
            ChangedVerdict(one.measure_key, _finding(said.get(one.measure_key)), one.finding)
            for one in now.verdicts
            if said.get(one.measure_key) != one.finding
        ),
    )


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts and figures by one key each; a name and the day of the figures tell nothing."""
    facts = data.get("facts")
    told = {key: data[key] for key in (*profiles.FIGURES, "industry", "taxpayer") if key in data}
    return {**told, **(facts if isinstance(facts, dict) else {})}


def _finding(value: object) -> Finding | None:
    return next((one for one in Finding if one == value), None)


def _version(clauses: Mapping[str, Sequence[Clause]]) -> str:
    return clause_rows.version(clause for of in clauses.values() for clause in of)
