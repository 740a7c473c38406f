"""What is pasted into a paper: the words, where they stand, and whether they still hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.catalogue import quotation
from desktop.catalogue.typeset import typeset

TITLE = "阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施"
SOURCE = f"《{TITLE}》（城政办发〔2023〕3号）第16条"
LAST_DAY, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def test_a_citation_names_paper_number_and_measure(catalogue):
    assert quotation.citation(catalogue, catalogue.by_number(16)) == SOURCE


def test_several_measures_of_one_paper_are_cited_together(catalogue):
    numbers = [catalogue.by_number(number) for number in (1, 2, 16)]
    assert quotation.citation(catalogue, *numbers).endswith("3号）第1条、第2条、第16条")


@pytest.mark.parametrize(
    ("today", "past"), [(LAST_DAY, ""), (AFTER, "（已过有效期，有效期至2025年12月31日）")]
)
def test_the_text_is_followed_by_its_source_and_by_its_validity_when_past(catalogue, today, past):
    measure = catalogue.by_number(16)
    assert quotation.with_source(catalogue, [measure], today) == f"{typeset(measure.text)}\n{SOURCE}{past}"


def test_words_taken_out_keep_the_source(catalogue):
    quoted = quotation.with_source(catalogue, [catalogue.by_number(16)], LAST_DAY, "支持企业“上云”")
    assert quoted == f"支持企业“上云”\n{SOURCE}"


def test_papers_of_other_notices_are_cited_with_their_own_numbers(catalogue):
    notice = replace(
        catalogue.notices[0], key="other", number="城政办发〔2026〕1号", valid_until=date(2030, 1, 1)
    )
    paper = replace(catalogue.documents[0], key="other.1", notice_key="other", title="另一措施")
    measure = replace(catalogue.by_number(1), key="other.1.1", document_key="other.1")
    both = replace(
        catalogue,
        notices=(*catalogue.notices, notice),
        documents=(*catalogue.documents, paper),
        measures=(*catalogue.measures, measure),
    )
    quoted = quotation.with_source(both, [both.by_number(16), measure], AFTER).splitlines()
    assert quoted[-1] == (
        f"{SOURCE}（已过有效期，有效期至2025年12月31日）；《另一措施》（城政办发〔2026〕1号）第1条"
    )
