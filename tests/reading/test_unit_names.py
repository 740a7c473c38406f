"""What a unit's name says by its form, and which names mean the same unit."""

from __future__ import annotations

import pytest

from desktop.reading.unit_names import department, resolve, resolve_all, same_unit, unit_likeness


@pytest.mark.parametrize(
    ("names", "full"),
    [
        (["市人社局", "财政局"], {"财政局": "市财政局"}),
        (["市税务局", "人社局", "医保局"], {"人社局": "市人社局", "医保局": "市医保局"}),
        (
            ["省发展改革委", "工业和信息化厅", "能源局"],
            {"工业和信息化厅": "省工业和信息化厅", "能源局": "省能源局"},
        ),
        (["自治区财政厅", "教育厅"], {"教育厅": "自治区教育厅"}),
        (["云山区财政局", "商务局"], {"商务局": "云山区商务局"}),
        (["市委组织部", "人社局"], {"人社局": "市人社局"}),
        (["市商务局", "人行", "证监分局", "城投集团", "各保险机构"], {}),
        (["省发展改革委", "财政局"], {}),
        (["国家发展改革委", "财政部", "民政部"], {}),
        (["市发展改革委", "财政厅"], {}),
        (["财政局", "市人社局"], {}),
        (["市市场监管局", "市场监管局"], {"市场监管局": "市市场监管局"}),
    ],
)
def test_shortened_names_in_one_list(names: list[str], full: dict[str, str]) -> None:
    assert resolve(names) == full


@pytest.mark.parametrize(
    ("lists", "full"),
    [
        ([["市人社局", "财政局"], ["财政局"]], {}),
        ([["市财政局"], ["财政局"]], {"财政局": "市财政局"}),
        ([["科技厅", "省国资委", "教育厅"], ["教育厅", "科技厅"]], {}),
        (
            [["区委组织部（人才办）"], ["区委组织部（区委人才办）"]],
            {"区委组织部（人才办）": "区委组织部（区委人才办）"},
        ),
    ],
)
def test_shortened_names_in_a_document(lists: list[list[str]], full: dict[str, str]) -> None:
    assert resolve_all(lists) == full


def test_abbreviations_are_suggested_to_be_the_same() -> None:
    names = ["市人力资源和社会保障局", "市人社局", "区人社局", "市发改委", "市发展和改革委员会", "市财政局"]
    assert same_unit(names) == (
        ("市人社局", "市人力资源和社会保障局"),
        ("市发改委", "市发展和改革委员会"),
    )
    assert same_unit(["市市场监管局", "市市场监督管理局"]) == (("市市场监管局", "市市场监督管理局"),)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("市场监管局", ("", "市场监管", "局")),
        ("市市场监管局", ("市", "市场监管", "局")),
        ("国家发展改革委", ("国家", "发改", "局")),
        ("云山市云山区人社局", ("云山市云山区", "人社", "局")),
        ("云山海关", None),
    ],
)
def test_the_parts_of_a_department(name: str, found: tuple[str, str, str] | None) -> None:
    assert department(name) == found


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("市财政局", "sure"),
        ("人行", "sure"),
        ("各县（市、区）政府", "sure"),
        ("云山市", "sure"),
        ("市委组织部（人才办）", "sure"),
        ("云山数科", "likely"),
        ("给予企业补贴", "no"),
        ("由市财政局审核", "no"),
        ("局", "no"),
        ("市" * 40, "no"),
    ],
)
def test_what_looks_like_a_unit(name: str, likeness: str) -> None:
    assert unit_likeness(name) == likeness
