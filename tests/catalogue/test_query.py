from __future__ import annotations

import pytest

from desktop.catalogue.annotations import Annotations
from desktop.catalogue.model import UNASSIGNED, UNASSIGNED_NAME
from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError


def test_what_was_read_is_what_was_parsed(
    catalogue: Catalogue, parsed: ParsedNotice, annotations: Annotations
) -> None:
    assert catalogue.notices == (parsed.notice,)
    assert catalogue.documents == parsed.documents
    assert catalogue.categories == parsed.categories
    assert catalogue.measures == parsed.measures
    assert catalogue.citations == parsed.citations
    assert catalogue.units == annotations.units
    assert set(catalogue.measure_tags) == set(annotations.measure_tags)
    assert catalogue.figures == annotations.figures
    assert catalogue.meta["source_sha256"] == parsed.sha256
    assert catalogue.meta["data_version"] == "2023-3"


def test_first_notice_and_document(catalogue: Catalogue) -> None:
    assert catalogue.notices[0].number == "城政办发〔2023〕3号"
    assert catalogue.documents[0].title == "阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施"


def test_by_key_and_by_number(catalogue: Catalogue) -> None:
    for number in range(1, 33):
        measure = catalogue.by_number(number)
        assert measure.number == number
        assert catalogue.measure(measure.key) is measure
        assert measure in catalogue.measures_in(catalogue.category_of(measure).key)
    assert catalogue.category("czbf-2023-3.1.c07").heading == "七、保障中小企业款项支付"
    assert sum(len(catalogue.measures_in(category.key)) for category in catalogue.categories) == 32


@pytest.mark.parametrize("number", [0, 33, -1, 10**9])
def test_a_number_that_is_not_there(catalogue: Catalogue, number: int) -> None:
    with pytest.raises(KnownError, match=f"没有第{number}条措施") as caught:
        catalogue.by_number(number)
    assert "第1条至第32条" in caught.value.hint


def test_units_and_their_measures(catalogue: Catalogue) -> None:
    names = [unit.name for unit in catalogue.units_of(catalogue.by_number(16).key)]
    assert names == ["区工信局", "区中小企业发展中心", "区财政局"]
    assert [measure.number for measure in catalogue.measures_of("tax")] == [4, 6, 7]
    assert [measure.number for measure in catalogue.measures_of("sme-centre")] == [
        1, 7, 16, 17, 20, 22, 23, 24, 25, 26, 28,
    ]  # fmt: skip
    assert catalogue.position("sme-centre", catalogue.by_number(7).key) == 5
    assert catalogue.position("sme-centre", catalogue.by_number(2).key) == 0
    both_ways = {
        (unit.key, measure.key) for unit in catalogue.units for measure in catalogue.measures_of(unit.key)
    }
    assert len(both_ways) == 63
    assert both_ways == {
        (unit.key, measure.key) for measure in catalogue.measures for unit in catalogue.units_of(measure.key)
    }


def test_measures_without_a_unit(catalogue: Catalogue) -> None:
    assert [measure.number for measure in catalogue.measures_of(UNASSIGNED)] == [29, 30, 31, 32]
    assert catalogue.units_of(catalogue.by_number(30).key) == ()
    assert catalogue.unit(UNASSIGNED).name == UNASSIGNED_NAME
    assert catalogue.position(UNASSIGNED, catalogue.by_number(30).key) == 0


def test_checklist_units(catalogue: Catalogue) -> None:
    units = catalogue.checklist_units()
    assert len(units) == 21
    assert [unit.name for unit in units[:3]] == ["区中小企业发展中心", "区财政局", "区工信局"]
    assert units[-1].key == UNASSIGNED
    ranks = [(-len(catalogue.measures_of(unit.key)), unit.ordinal) for unit in units[:-1]]
    assert ranks == sorted(ranks)


def test_tags_both_ways(catalogue: Catalogue) -> None:
    measure = catalogue.by_number(3)
    assert [tag.name for tag in catalogue.tags_of(measure.key, "support")] == [
        "资金奖补", "担保增信", "信贷支持",
    ]  # fmt: skip
    for tag in catalogue.tags:
        tagged = catalogue.measures_tagged(tag.key)
        assert [found.number for found in tagged] == sorted(found.number for found in tagged)
        for found in catalogue.measures:
            assert (tag in catalogue.tags_of(found.key, tag.kind)) == (found in tagged)


def test_figures_and_citations(catalogue: Catalogue) -> None:
    figures = catalogue.figures_of(catalogue.by_number(19).key)
    assert figures[0].quote == "30%以上"
    assert [citation.title for citation in catalogue.citations_of(catalogue.by_number(16).key)] == [
        "保障中小企业款项支付条例"
    ]
    assert [citation.number for citation in catalogue.citations_of("")] == [
        "晋政办发〔2022〕30号", "阳促企组办发〔2022〕3号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("税务局", "国家税务总局阳泉市城区税务局"),
        ("城区税务局", "国家税务总局阳泉市城区税务局"),
        ("区税务局", "国家税务总局阳泉市城区税务局"),
        ("tax", "国家税务总局阳泉市城区税务局"),
        (" 财政局 ", "区财政局"),
        ("区 财政局", "区财政局"),
        ("工信局", "区工信局"),
        ("发改局", "区发改局"),
        ("发改委", "区发改局"),
        ("供电公司", "国网阳泉供电公司"),
        ("国网", "国网阳泉供电公司"),
        ("中小企业中心", "区中小企业发展中心"),
        ("中小中心", "区中小企业发展中心"),
        ("府办", "区政府办公室"),
        ("政府办", "区政府办公室"),
        ("市监局", "区市场监管局"),
        ("市场监管局", "区市场监管局"),
        ("人社局", "区人社局"),
        ("未明确责任单位", UNASSIGNED_NAME),
        ("UNASSIGNED", UNASSIGNED_NAME),
    ],
)
def test_units_are_found_by_what_people_call_them(catalogue: Catalogue, text: str, name: str) -> None:
    assert catalogue.find_unit(text).name == name


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("区财证局", "区财政局"),
        ("环境保护局", "市生态环境局城区分局"),
        ("财政所", "区财政局"),
        ("中小企业服务中心", "区中小企业发展中心"),
        ("", "区财政局"),
        ("🙂", "区财政局"),
        ("x" * 10000, "区财政局"),
    ],
)
def test_an_unknown_unit_lists_the_nearest(catalogue: Catalogue, text: str, near: str) -> None:
    with pytest.raises(KnownError) as caught:
        catalogue.find_unit(text)
    assert near in caught.value.hint
    assert len(caught.value.hint) < 100
