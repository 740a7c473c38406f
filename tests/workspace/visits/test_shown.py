from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop.catalogue.clauses import Clause
from desktop.catalogue.query import Catalogue
from desktop.classification import industry
from desktop.verdicts import card as cards
from desktop.verdicts.judging import Finding
from desktop.verdicts.profile import Profile
from desktop.workspace.visits import shown

DAY = date(2026, 11, 26)
Held = Mapping[str, tuple[Clause, ...]]
FOUNDRY = Profile(
    name="泉城精密铸造有限公司",
    industry=industry.parse("C33"),
    employees=86,
    revenue=3200.5,
    as_of=date(2025, 12, 31),
    facts={"specialised": True, "arrears_owed": False},
)


def test_a_card_is_kept_replayed_and_found_unchanged(catalogue: Catalogue, clauses: Held) -> None:
    found = cards.match(catalogue, clauses, FOUNDRY)
    card = json.loads(json.dumps(shown.kept(found, clauses, "2023-3", DAY)))
    assert (card["as_of"], card["data"], len(card["rules"])) == ("2026-11-26", "2023-3", 12)
    assert card["verdicts"]["czbf-2023-3.1.m16"] == "no"
    again = shown.replayed(catalogue, clauses, card)
    assert again is not None
    assert {one.measure_key: str(one.finding) for one in again.verdicts} == card["verdicts"]
    assert again.profile == FOUNDRY
    assert not shown.since(card, again, clauses, "2023-3")


def test_what_changed_since_is_told_by_fact_rules_data_and_verdict(
    catalogue: Catalogue, clauses: Held
) -> None:
    card = shown.kept(cards.match(catalogue, clauses, FOUNDRY), clauses, "2023-3", DAY)
    owed = replace(FOUNDRY, employees=90, facts={"specialised": True, "arrears_owed": True, "hiring": False})
    now = cards.match(catalogue, clauses, owed)
    changed = shown.since(card, now, clauses, "2023-3+1")
    assert changed.facts == ("arrears_owed", "employees", "hiring")
    assert (changed.rules, changed.data) == (False, True)
    assert shown.ChangedVerdict("czbf-2023-3.1.m16", Finding.NO, Finding.APPLIES) in changed.verdicts
    fewer = {key: of for key, of in clauses.items() if not key.endswith("m16")}
    other = shown.since(card, cards.match(catalogue, fewer, FOUNDRY), fewer, "2023-3")
    assert other.rules
    assert other.verdicts == (shown.ChangedVerdict("czbf-2023-3.1.m16", Finding.NO, Finding.UNRULED),)


def test_a_card_that_cannot_be_read_is_not_replayed(catalogue: Catalogue, clauses: Held) -> None:
    assert shown.replayed(catalogue, clauses, {"profile": {"employees": "many"}}) is None
    assert shown.replayed(catalogue, clauses, {}) is None
    found = cards.match(catalogue, clauses, FOUNDRY)
    assert shown.since({"profile": 3, "verdicts": []}, found, clauses, "2023-3").rules
