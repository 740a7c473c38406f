from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import lookalikes, search, unit_names
from desktop.catalogue.lookalikes import compatible, usual


@pytest.mark.parametrize(
    ("left", "seen"),
    [
        ("区⺠政局", "区民政局"),  # a radical of the supplement
        ("⼈社局", "人社局"),  # a radical of Kangxi
        ("区金融局", "区金融局"),  # a compatibility ideograph
        ("推\u200b进\ufeff中", "推进中"),
        ("状\u00ad态", "状态"),
        ("葛\U000e0100城", "葛城"),
        ("２０２６．３．１", "2026.3.1"),
    ],
)
def test_what_only_looks_like_the_usual_is_the_usual(left: str, seen: str) -> None:
    assert usual(left) == seen


@given(st.text())
def test_the_usual_stays_as_it_is(text: str) -> None:
    assert usual(usual(text)) == usual(text)


def test_each_radical_of_the_supplement_is_told() -> None:
    for code in range(0x2E80, 0x2EF4):
        name = unicodedata.name(chr(code), "")
        if name.startswith("CJK RADICAL") and chr(code) not in "⺀⺚":
            assert not unicodedata.name(usual(chr(code))[0]).startswith("CJK RADICAL")


def test_a_unit_is_found_as_a_pdf_writes_it(catalogue) -> None:
    finance = next(unit for unit in catalogue.units if "民" in unit.name or "人" in unit.name)
    written = finance.name.replace("民", "⺠").replace("人", "⼈")
    assert written != finance.name
    assert unit_names.find(catalogue.units, written) is finance
    assert lookalikes.usual(written) == finance.name


@pytest.mark.parametrize("written", ["⺠政", "⼈社局", "担\u200b保", "担保"])
def test_a_search_sees_through_them(db, written: str) -> None:
    plain = [hit.key for hit in search.search(db, usual(written)).hits]
    assert plain
    assert [hit.key for hit in search.search(db, written).hits] == plain


@pytest.mark.parametrize(
    "number",
    [
        "城政办发【2023】3号文",
        "城政办发〔2023〕第3号",
        "城政办发〔2023〕03号",
        "3号文件",
        "第3号",
        "(2023)03号",
    ],
)
def test_a_document_number_is_found_however_it_is_written(db, number: str) -> None:
    assert search.search(db, number).total == search.search(db, "城政办发〔2023〕3号").total == 32


@given(
    st.text(
        st.one_of(
            st.sampled_from("，：；（）！？％＋、。“”‘’—《》【】〔〕aA1 企业保…\u3000\u0301ｱﾞ"),
            st.characters(),
        )
    )
)
def test_the_quick_form_is_nfkc(text: str) -> None:
    assert compatible(text) == unicodedata.normalize("NFKC", text)


def test_each_character_alone_has_its_nfkc_form() -> None:
    """Over all of Unicode, so that what is taken for ordinary is."""
    chars = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [c for c in chars if compatible(c) != unicodedata.normalize("NFKC", c)] == []
