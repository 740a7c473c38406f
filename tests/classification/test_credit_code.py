"""Credit codes as typed and as worksheets spoil them; the check character as stdnum computes it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from desktop.classification import credit_code
from desktop.classification.credit_code import ALPHABET, check, check_character, from_cell

GOOD = "91110000600037341L"


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_character_is_the_one_of_stdnum(body: str) -> None:
    assert check_character(body) == uscc.calc_check_digit(body)
    code = body + check_character(body)
    assert check(code).state == "通过"
    assert uscc.is_valid(code) or not body[:8].isdigit()


def test_one_wrong_character_is_always_seen() -> None:
    chance = random.Random(1)
    for _ in range(300):
        at = chance.randrange(18)
        other = chance.choice([char for char in ALPHABET if char != GOOD[at]])
        assert check(GOOD[:at] + other + GOOD[at + 1 :]).state != "通过"


@pytest.mark.parametrize(
    "typed", [GOOD, GOOD.lower(), f" {GOOD} ", "91110000-600037341-L", "9111 0000 6000 3734 1L", f"'{GOOD}",
              "９１１１００００６０００３７３４１Ｌ", f"\u200b{GOOD}\ufeff", f"{GOOD}\u3000"],
)  # fmt: skip
def test_what_is_only_written_otherwise_is_put_right(typed: str) -> None:
    assert check(typed) == credit_code.CodeCheck(GOOD, "通过")


@pytest.mark.parametrize(
    ("typed", "code", "state", "said"),
    [
        ("", "", "未填", ""),
        (" \u3000", "", "未填", ""),
        ("91110000600037341M", "91110000600037341M", "校验位不符", "核对"),
        ("110000600037341", "110000600037341", "位数不对", "旧的注册号"),
        ("600037341", "600037341", "位数不对", "组织机构代码"),
        (GOOD + "1", GOOD + "1", "位数不对", "现为 19 位"),
        ("9111000O600O37341L", "9111000O600O37341L", "含有不能用的字符", "“O”"),
        ("无", "无", "含有不能用的字符", "“无”"),
        ("9.1111E+17", "9.1111E+17", "可能已丢失数字", "文本"),
        ("9.11e17", "9.11E17", "可能已丢失数字", "文本"),
        ("911100006000373000", "911100006000373000", "可能已丢失数字", "文本"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(typed: str, code: str, state: str, said: str) -> None:
    found = check(typed)
    assert (found.code, found.state) == (code, state)
    assert said in found.words


def test_the_rural_collectives_have_letters_in_front() -> None:
    body = "N2110000MF0012345"
    assert check(body + check_character(body)).state == "通过"


@pytest.mark.parametrize(
    ("value", "shape", "code", "state"),
    [
        (None, "General", "", "未填"),
        (GOOD, "@", GOOD, "通过"),
        (911100006000373000, "0", "911100006000373000", "可能已丢失数字"),
        (9.11100006000373e17, "General", "911100006000373000", "可能已丢失数字"),
        (110000600037341, "General", "110000600037341", "位数不对"),
        (12345, "000000000", "000012345", "位数不对"),
        (1.5, "General", "1.5", "含有不能用的字符"),
        (True, "General", "TRUE", "位数不对"),
        (float("nan"), "General", "NAN", "位数不对"),
    ],
)
def test_what_a_cell_holds(value: object, shape: str, code: str, state: str) -> None:
    found = from_cell(value, shape)
    assert (found.code, found.state) == (code, state)
