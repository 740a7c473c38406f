"""What leaves the machine tells nobody's name or number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.masking import masked, person


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("电话13812340000。", (), "电话138****0000。"),
        ("138 1234 0000", (), "138****0000"),
        ("0353-2293456", (), "0353-****456"),
        ("（0353）2293456转2", (), "（0353）****456转2"),
        ("电话：2293456", (), "电话：****456"),
        ("王建国说，王建国的", ("王建国",), "王××说，王××的"),
        ("王建、王建国", ("王建", "王建国"), "王××、王××"),
        ("身份证140302199001011234", (), "身份证140302********"),
        ("信用代码911403021100000013", (), "信用代码911403021100000013"),
        ("贷款2000000元，第13812340000123号", (), "贷款2000000元，第13812340000123号"),
        ("区财政局王建国", ("区财政局", "王建国"), "区财政局王××"),
    ],
)
def test_numbers_and_names_are_masked(text: str, names: tuple[str, ...], told: str) -> None:
    assert masked(text, names) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("王建国", "王××"),
        ("欧阳小明", "欧阳××"),
        ("王建国（厂长）、赵梅", "王××（厂长）、赵××"),
        ("区工信局", "区工信局"),
        ("未署名", "未署名"),
        ("", ""),
        ("王", "王"),
        ("王××", "王××"),
    ],
)
def test_a_person_keeps_the_family_name(name: str, told: str) -> None:
    assert person(name) == told


@given(st.text("0123456789- 王建国电话：", max_size=40))
def test_masking_twice_is_masking_once_and_no_mobile_is_left(text: str) -> None:
    once = masked(text, ("王建国",))
    assert "王建国" not in once
    assert masked(once, ("王建国",)) == once
