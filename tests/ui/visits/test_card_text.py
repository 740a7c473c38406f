"""What the card says of measures rests on their own words."""

from __future__ import annotations

from datetime import date

from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.visits import card_text, firm_card
from desktop.verdicts.judging import Finding
from desktop.workspace.enterprises import judged
from desktop.workspace.enterprises.model import Enterprise


def test_what_is_marked_stands_in_the_measure(desk: Desk, firm: str) -> None:
    for verdict in firm_card.of(desk, firm).found.verdicts:
        measure = desk.catalogue.measure(verdict.measure_key)
        for line in card_text.lines(measure, verdict):
            for start, end in line.spans:
                assert line.text[start:end] in typeset(measure.text)


def test_each_clause_is_told_with_its_mark(desk: Desk, firm: str) -> None:
    marks = {Finding.APPLIES: card_text.YES, Finding.NO: card_text.NO, Finding.MAYBE: card_text.OPEN}
    for verdict in firm_card.of(desk, firm).found.verdicts:
        told = card_text.lines(desk.catalogue.measure(verdict.measure_key), verdict)
        wanted = [marks[one.finding] for one in verdict.clauses if one.finding in marks]
        assert [line.mark for line in told if line.mark != card_text.DECIDED] == wanted


def test_a_size_of_which_nothing_is_known_is_asked_for_as_one(desk: Desk) -> None:
    from desktop.verdicts import card

    blank = card.match(
        desk.catalogue, firm_card.rules_in_use(desk), judged.profile_of(Enterprise("", ""), date.max)
    )
    told = {
        line.text
        for verdict in blank.verdicts
        for line in card_text.lines(desk.catalogue.measure(verdict.measure_key), verdict)
    }
    assert any(text.startswith("还不知道行业和规模") for text in told)
    assert not any("从业人员、营业收入" in text for text in told)
