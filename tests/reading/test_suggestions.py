"""Suggested annotations: each quotes words that stand in the measure, and none is made up."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import query, store, vocabulary
from desktop.reading import suggestion_words
from desktop.reading.suggestions import suggest


def tags(text: str) -> set[str]:
    return {each.value for each in suggest(text, 0, len(text)) if each.kind in ("beneficiary", "support")}


def test_the_keys_are_those_of_the_vocabulary() -> None:
    assert {key for key, _ in suggestion_words.BENEFICIARY_WORDS} | {"all-enterprises"} == set(
        vocabulary.BENEFICIARIES
    )
    assert {key for key, _ in suggestion_words.SUPPORT_WORDS} == set(vocabulary.SUPPORTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对小微企业给予最高10万元补贴。", {"small-micro", "funds"}),
        ("为外资企业提供通关便利，压缩通关时间。", {"foreign-invested", "logistics"}),
        ("对入驻园区的民营企业减免租金。", {"private-firms", "premises"}),
        ("鼓励孵化器运营方开放应用场景清单。", {"carriers", "scenarios"}),
        ("支持拟上市企业股权融资。", {"listed", "equity-funds"}),
        ("对规上企业发放算力券。", {"above-scale", "computing-data"}),
        ("为高校毕业生提供人才公寓。", {"workers", "talent"}),
        ("推进项目审批提速，企业开办一日办结。", {"all-enterprises", "approvals"}),
        ("对金融机构的不良贷款给予补偿。", {"financial-institutions", "funds"}),
        ("做好有关工作。", set()),
    ],
)
def test_what_a_text_suggests(text: str, expected: set[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "加强宣传。（责任单位：区中小企业服务中心、区金融办）",
        "落实《云山市小微企业担保贷款办法》。",
        "区中小企业发展中心做好宣传。",
    ],
)
def test_names_of_offices_and_papers_suggest_nothing(text: str) -> None:
    assert suggest(text, 0, len(text)) == ()


def test_figures_and_conditions_have_names() -> None:
    text = "对首次认定的孵化器，给予最高30万元奖励；贷款利率不高于4%，担保费率降至1%以下。"
    found = [(each.kind, each.value, each.quote) for each in suggest(text, 0, len(text))]
    assert ("figure", "奖励", "最高30万元") in found
    assert ("figure", "利率", "不高于4%") in found
    assert ("figure", "担保费率", "降至1%以下") in found
    assert any(kind == "condition" for kind, _, _ in found)


def test_a_title_speaks_for_tags_and_the_rest_is_left_alone() -> None:
    text = "1.减免房租。做好落实。对小微企业补贴10万元。"
    title_end, body_end = text.index("做"), text.index("对")
    assert {each.value for each in suggest(text, title_end, body_end)} == {"premises"}


@given(
    st.text("对小微企业给予最高10万元补贴，。；（责任单位：市财政局）《》担保贷款场景 算力\n%", max_size=80),
    st.data(),
)
def test_each_suggestion_is_verbatim(text: str, data: st.DataObject) -> None:
    body_end = data.draw(st.integers(0, len(text)))
    body_start = data.draw(st.integers(0, body_end))
    for each in suggest(text, body_start, body_end):
        assert each.quote
        assert text[each.start : each.start + len(each.quote)] == each.quote
        assert each.start + len(each.quote) <= body_end


def test_the_bundled_notice_is_read_much_as_its_editors_did() -> None:
    """Nine in ten of the tags suggested are the editors', and nine in ten of theirs are suggested."""
    with closing(store.open_catalogue()) as connection:
        catalogue = query.load(connection)
    theirs = {(tag.measure_key, tag.tag_key) for tag in catalogue.measure_tags}
    mine = {
        (measure.key, each.value)
        for measure in catalogue.measures
        for each in suggest(measure.text, measure.body_start, measure.body_end)
        if each.kind in ("beneficiary", "support")
    }
    assert len(theirs & mine) >= 0.9 * len(mine)
    assert len(theirs & mine) >= 0.9 * len(theirs)
