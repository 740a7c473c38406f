"""Cards of invented enterprises as they were written down by hand, with little and with all known."""

from __future__ import annotations

import pytest

from desktop.catalogue.query import Catalogue
from desktop.verdicts import card
from desktop.verdicts.card import MatchCard
from desktop.verdicts.judging import Finding

from .conftest import Held, Invented, invented

CASES = [pytest.param(each, id=each.name) for each in invented()]


@pytest.mark.parametrize("state", ["partial", "full"])
@pytest.mark.parametrize("firm", CASES)
def test_each_measure_is_found_as_expected(
    catalogue: Catalogue, held: Held, firm: Invented, state: str
) -> None:
    found = card.match(catalogue, held, firm.partial if state == "partial" else firm.full)
    told = {catalogue.measure(each.measure_key).number: each.finding.value for each in found.verdicts}
    assert told == firm.expected[state]
    assert len(told) == 32


@pytest.mark.parametrize("firm", CASES)
def test_the_size_is_as_expected(catalogue: Catalogue, held: Held, firm: Invented) -> None:
    found = card.match(catalogue, held, firm.full)
    assert found.size.size == (firm.size if firm.size in ("大型", "中型", "小型", "微型") else None)


@pytest.mark.parametrize("firm", CASES)
def test_every_verdict_says_why_in_the_measures_own_words(
    catalogue: Catalogue, held: Held, firm: Invented
) -> None:
    for known in (firm.partial, firm.full):
        prove(catalogue, card.match(catalogue, held, known))


def prove(catalogue: Catalogue, found: MatchCard) -> None:
    """Assert what holds of any card."""
    for verdict in found.verdicts:
        text = catalogue.measure(verdict.measure_key).text
        for quoted in (*verdict.reasons_for, *verdict.reasons_against, *verdict.missing):
            assert text[quoted.start : quoted.start + len(quoted.quote)] == quoted.quote != ""
        for decided in verdict.unit_decides:
            assert text[decided.start : decided.start + len(decided.words)] == decided.words != ""
        assert all(each.words for each in (*verdict.reasons_for, *verdict.reasons_against))
        match verdict.finding:
            case Finding.APPLIES:
                assert verdict.reasons_for
                assert not verdict.missing
            case Finding.NO:
                assert verdict.reasons_against
                assert not verdict.missing
                assert not verdict.unit_decides
            case Finding.MAYBE:
                assert verdict.missing
            case Finding.INTERNAL:
                assert (verdict.reasons_for, verdict.reasons_against, verdict.missing) == ((), (), ())
    assert bool(found.ask_next) == bool(found.found(Finding.MAYBE))
    assert [each.settles for each in found.ask_next] == sorted(
        (each.settles for each in found.ask_next), reverse=True
    )
