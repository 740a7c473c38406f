"""Kinds of units by their names; the kinds of the bundled notice were given by hand."""

from __future__ import annotations

import tomllib

import pytest

from desktop.library.unit_kinds import kind_of
from tests.catalogue import samples


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市财政局", "市级部门"), ("省发展改革委", "省级部门"), ("人力资源社会保障厅", "省级部门"),
        ("市委组织部", "市级部门"), ("县政府办", "区级部门"), ("市场监管局", "区级部门"),
        ("某某县工信局", "区级部门"), ("各县区人民政府", "机构群体"), ("市各有关部门", "机构群体"),
        ("各银行机构", "机构群体"), ("省直有关部门", "机构群体"), ("某区人民政府", "县区政府"),
        ("高新区管委会", "县区政府"), ("某镇人民政府", "镇街"), ("某街道办事处", "镇街"),
        ("市税务局", "垂直管理机构"), ("人行某市中心支行", "垂直管理机构"), ("某某海关", "垂直管理机构"),
        ("市金融监管局", "市级部门"), ("国网某市供电公司", "企业"), ("市投资集团", "企业"),
        ("农业银行某县支行", "企业"), ("国家发展改革委", "国家部门"), ("财政部", "国家部门"),
        ("某某乙方", "其他单位"),
    ],
)  # fmt: skip
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_bundled_notice() -> None:
    notes = tomllib.loads((samples.FOLDER / "annotations.toml").read_text("utf-8"))
    assert {unit["name"]: kind_of(unit["name"]) for unit in notes["unit"]} == {
        unit["name"]: unit["kind"] for unit in notes["unit"]
    }
