"""Statements of units: which brackets and lines are some, and whom they name in which role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reading.model import Role
from desktop.reading.statements import find_statements, read_statement

LEAD, SUPPORT, JOINT = Role.LEAD, Role.SUPPORT, Role.JOINT


def read(text: str) -> list[tuple[str, Role | None]]:
    return [(m.name, m.role) for s in find_statements(text, 0, len(text)) for m in s.mentions]


def names(text: str) -> list[str]:
    return [name for name, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位：市甲事务局、市财政局）", ["市甲事务局", "市财政局"]),
        ("(责任单位:区财政局)", ["区财政局"]),
        ("〔责任单位：县委组织部（人才办）、县财政局〕", ["县委组织部（人才办）", "县财政局"]),
        ("[责任单位：市财政局，各县（市、区）政府]", ["市财政局", "各县（市、区）政府"]),
        ("【责任部门：市财政局/市商务局；市科技局】", ["市财政局", "市商务局", "市科技局"]),
        ("（责任单位：各市、自治州人民政府，云山新区管委会）", ["各市、自治州人民政府", "云山新区管委会"]),
        ("（责任单位：省财政厅，各市、县〔区〕人民政府）", ["省财政厅", "各市、县〔区〕人民政府"]),
        ("（责任单位：各区县（市）人民政府、管委会）", ["各区县（市）人民政府、管委会"]),
        ("（责任单位：市财政局，各区、县级市）", ["市财政局", "各区、县级市"]),
        ("（责任单位：市教育局、市商务局等相关部门）", ["市教育局", "市商务局"]),
        ("（责任单位：市教育局、市商务局等）", ["市教育局", "市商务局"]),
        ("（责任单位：市教育局等单位，云山海关）", ["市教育局", "云山海关"]),
        ("（责任单位：市住房和城乡建设局、市文化和旅游局）", ["市住房和城乡建设局", "市文化和旅游局"]),
        ("（责任单位：市商务局和市财政局）", ["市商务局", "市财政局"]),
        ("（责任单位：市商务局及各区政府）", ["市商务局", "各区政府"]),
        ("（责任单位：国家发展和改革委员会与财政部）", ["国家发展和改革委员会", "财政部"]),
        ("（责任单位：市人力资源和社会保障局）", ["市人力资源和社会保障局"]),
        ("（责任单位：市商务局 市财政局　市科技局）", ["市商务局", "市财政局", "市科技局"]),
        ("（责任单位：市商\n务局、市财\n政局）", ["市商务局", "市财政局"]),
        (
            "（责任单位：国家税务总局云山市税务局、中国人民银行云山支行）",
            ["国家税务总局云山市税务局", "中国人民银行云山支行"],
        ),
        ("（责任单位：各区人民政府〈含云山新区管委会，下同〉）", ["各区人民政府"]),
        ("（责任单位：市科技局；完成时限：2031年12月底前）", ["市科技局"]),
        ("责任单位：市财政局、税务局，各银行机构", ["市财政局", "税务局", "各银行机构"]),
        ("一、扶持\n责任单位：市财政局、市科技局\n二、帮助", ["市财政局", "市科技局"]),
        ("给予补助。责任单位：市财政局", ["市财政局"]),
        ("给予补助。 责任单位：市财政局、各银行机构 2.缓缴", ["市财政局", "各银行机构"]),
        ("（责 任 单 位：市财政局、市科技局）", ["市财政局", "市科技局"]),
        ("（责任\n单位：市财\n政局、各县市\n区人民政府）", ["市财政局", "各县市区人民政府"]),
        ("（责任单位：人行\n云山市分行、市财政局）", ["人行云山市分行", "市财政局"]),
        ("｛责任单位：市财政局｝", ["市财政局"]),
        ("给予补助。【责任单位】市财政局、市科技局", ["市财政局", "市科技局"]),
        ("【责任单位】\n市财政局、市科技局", ["市财政局", "市科技局"]),
        ("（责任单位市财政局、市科技局）", ["市财政局", "市科技局"]),
        ("（责任单位及责任人：市财政局）", ["市财政局"]),
        ("（工作责任单位：市财政局）", ["市财政局"]),
        ("（申报受理部门：市财政局）", ["市财政局"]),
        ("（任务分工：市财政局、市科技局）", ["市财政局", "市科技局"]),
        ("（完成时限：2031年6月。责任单位：市财政局、市科技局）", ["市财政局", "市科技局"]),
        ("给予补助。（市科技局；持续推进）", ["市科技局"]),
        ("给予补助。（市科技局负责，2031年12月底前完成）", ["市科技局"]),
        ("给予补助。（2031年12月底前完成，市科技局负责）", ["市科技局"]),
        ("（责任单位：云山投控集团 云山金控集团，市财政局）", ["云山投控集团", "云山金控集团", "市财政局"]),
        ("给予补助。（由各区人民政府〈含管委会，下同〉负责）", ["各区人民政府"]),
        (
            "给予补助。（市财政局、各区人民政府〈含管委会，下同〉按职责分工负责）",
            ["市财政局", "各区人民政府"],
        ),
        ("（责任单位：市“满天星”行动工作专班、12345热线中心）", ["市“满天星”行动工作专班", "12345热线中心"]),
        ("（责任单位：各镇（街道）、园区）", ["各镇（街道）", "园区"]),
        ("（责任单位：各乡镇人民政府、街道办事处）", ["各乡镇人民政府", "街道办事处"]),
        ("（责任单位：市财政局（联系人：甲乙，电话：12345678）、市科技局）", ["市财政局", "市科技局"]),
        (
            "给予补助。（民政部、全国妇联等和各市级人民政府负责）",
            ["民政部", "全国妇联", "各市级人民政府"],
        ),
        (
            "给予补助。（民政部、水利部等国务院有关部门及各地区分工负责）",
            ["民政部", "水利部", "各地区"],
        ),
        ("给予补助。（水利部、气象局及各地区分工负责）", ["水利部", "气象局", "各地区"]),
        ("给予补助。（民政部等有关部门和机构负责）", ["民政部"]),
        (
            "给予补助。（水利部、民政部负责。列首位者为牵头单位，下同）",
            ["水利部", "民政部"],
        ),
        ("给予补助。（市财政局、市科技局）", ["市财政局", "市科技局"]),
        ("给予补助。（市财政局）", ["市财政局"]),
    ],
)
def test_the_names_that_a_statement_prints(text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert [doubt for s in find_statements(text, 0, len(text)) for doubt in s.doubts] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（牵头单位：市甲局，配合单位：市乙局、市丙局）",
            [("市甲局", LEAD), ("市乙局", SUPPORT), ("市丙局", SUPPORT)],
        ),
        ("（牵头单位：市财政局；责任单位：市商务局）", [("市财政局", LEAD), ("市商务局", None)]),
        ("（牵头部门：市财政局 配合部门：市商务局）", [("市财政局", LEAD), ("市商务局", SUPPORT)]),
        (
            "给予补助。（市财政局牵头，市商务局、各区政府配合）",
            [("市财政局", LEAD), ("市商务局", SUPPORT), ("各区政府", SUPPORT)],
        ),
        (
            "给予补助。（省财政厅、省商务厅牵头，省科技厅，各市、县〔区〕人民政府等配合）。",
            [
                ("省财政厅", LEAD),
                ("省商务厅", LEAD),
                ("省科技厅", SUPPORT),
                ("各市、县〔区〕人民政府", SUPPORT),
            ],
        ),
        ("给予补助。（由市财政局负责）", [("市财政局", None)]),
        ("给予补助。（市财政局、市商务局按职责分工负责）", [("市财政局", None), ("市商务局", None)]),
        ("给予补助。（市财政局、市商务局，按职责分工负责）", [("市财政局", None), ("市商务局", None)]),
        ("给予补助。（财政部会同有关部门负责）", [("财政部", None)]),
        (
            "给予补助。（由市财政局牵头，会同市商务局、市科技局负责）",
            [("市财政局", LEAD), ("市商务局", SUPPORT), ("市科技局", SUPPORT)],
        ),
        ("给予补助。（市财政局牵头会同市商务局负责）", [("市财政局", LEAD), ("市商务局", SUPPORT)]),
        (
            "（牵头单位：市财政局，市商务局、市科技局配合）",
            [("市财政局", LEAD), ("市商务局", SUPPORT), ("市科技局", SUPPORT)],
        ),
        (
            "给予补助。（水利部、民政部牵头负责）",
            [("水利部", LEAD), ("民政部", LEAD)],
        ),
        ("（责任单位：市财政局（牵头）、市商务局）", [("市财政局", LEAD), ("市商务局", None)]),
        ("（联合单位：市财政局、市商务局）", [("市财政局", JOINT), ("市商务局", JOINT)]),
        (
            "（主办：市财政局；协办：市商务局；会办：市科技局）",
            [("市财政局", LEAD), ("市商务局", SUPPORT), ("市科技局", JOINT)],
        ),
        (
            "给予补助。市财政局牵头，市商务局、各区政府配合。",
            [("市财政局", LEAD), ("市商务局", SUPPORT), ("各区政府", SUPPORT)],
        ),
        ("（市财政局为牵头单位，市商务局为配合单位）", [("市财政局", LEAD), ("市商务局", SUPPORT)]),
        ("（责任单位：市财政局、各产业链牵头单位）", [("市财政局", None), ("各产业链牵头单位", None)]),
        ("【牵头单位】市财政局【配合单位】市商务局", [("市财政局", LEAD), ("市商务局", SUPPORT)]),
        ("牵头单位：市财政局\n配合单位：市商务局", [("市财政局", LEAD), ("市商务局", SUPPORT)]),
    ],
)
def test_roles_are_those_that_the_text_gives(text: str, expected: list[tuple[str, Role | None]]) -> None:
    assert read(text) == expected
    for statement in find_statements(text, 0, len(text)):
        assert statement.doubts == ()
        assert all(bool(mention.role) == bool(mention.rule) for mention in statement.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "根据《云山市若干措施》（云政发〔2031〕3号）执行。",
        "为企业（含个体工商户）减免租金。",
        "提交材料（申报单位：企业法人）后办理。",
        "增长10%（数据来源：市统计局）。",
        "给予补助。（联系人：甲乙，联系电话：1234567）",
        "一站式服务（一表申请、一窗发放2个环节）。",
        "云山市专班办公室（市科技局）统筹协调。",
        "由用人单位（企业）负责。",
        "本措施由市财政局负责解释。",
        "相关费用（由企业负责）不予补助。",
        "按规定给予奖励（最高100万元）。",
        "各区（市）县政府（管委会）要抓好落实。",
        "委托第三方机构（由中介机构负责）评审。",
    ],
)
def test_other_brackets_are_none(text: str) -> None:
    assert find_statements(text, 0, len(text)) == ()


def test_notes_are_no_units() -> None:
    text = "（责任单位：市商务局，各镇人民政府，以下各条均涉及各镇、园区，不再逐条列出）"
    (statement,) = find_statements(text, 0, len(text))
    assert [mention.name for mention in statement.mentions] == ["市商务局", "各镇人民政府"]
    assert statement.notes == ("以下各条均涉及各镇、园区，不再逐条列出",)


def test_a_measure_may_have_several_statements() -> None:
    text = "支持甲。（责任单位：市科技局）支持乙。（责任单位：市财政局、市科技局）支持丙。"
    assert [[m.name for m in s.mentions] for s in find_statements(text, 0, len(text))] == [
        ["市科技局"],
        ["市财政局", "市科技局"],
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("给予补助。（市财政局会同市商务局）", "role"),
        ("（资金拨付单位：市财政局）", "name"),
        ("（服务单位：市财政局）", "name"),
        ("（兑现安排：市财政局、市科技局）", "name"),
        ("（牵头单位：市财政局、市商务局配合）", "role"),
        ("给予补助。（市财政局、空管联络组织负责）", "name"),
        ("（责任单位：市工信局市科创委、市科技局）", "run-on"),
        ("（责任单位：市科技局、市财政局\n2.下一条", "bracket"),
        ("给予减免（市财政局、市科技局）", "bare"),
        ("（责任单位：市科技局、给予企业最高100万元补贴）", "name"),
    ],
)
def test_what_cannot_be_decided_is_asked(text: str, kind: str) -> None:
    (statement,) = find_statements(text, 0, len(text))
    assert kind in [doubt.kind for doubt in statement.doubts]


def test_a_span_is_a_statement_when_somebody_says_so() -> None:
    text = "市财政局、市商务局"
    statement = read_statement(text, 0, len(text))
    assert [mention.name for mention in statement.mentions] == ["市财政局", "市商务局"]
    assert (statement.start, statement.end) == (0, len(text))


UNIT = st.builds(
    str.__add__,
    st.sampled_from(["市", "省", "区", "县", "云山市"]),
    st.sampled_from(
        ["财政局", "住房和城乡建设局", "委组织部（人才办）", "文化和旅游局", "税务局", "发展改革委"]
    ),
)
SEPARATOR = st.sampled_from(["、", "，", ",", "；", ";", "/", "和", "、\n"])
LABEL = st.sampled_from(["责任单位：", "牵头单位:", "配合部门：", "主管部门："])
BRACKETS = st.sampled_from(["（）", "()", "〔〕", "[]", "【】"])


@given(
    st.lists(UNIT, min_size=1, max_size=8),
    st.data(),
    LABEL,
    BRACKETS,
    st.text("给予企业补贴万元。，（）", max_size=30),
)
def test_the_names_come_back_verbatim(
    units: list[str], data: st.DataObject, label: str, brackets: str, before: str
) -> None:
    inside = units[0] + "".join(data.draw(SEPARATOR) + unit for unit in units[1:])
    text = f"{before.replace('（', '').replace('）', '')}{brackets[0]}{label}{inside}{brackets[1]}。"
    (statement,) = find_statements(text, 0, len(text))
    assert [mention.name for mention in statement.mentions] == units


@given(st.text("市财政局责任单位：、，（）〔〕牵头配合由各区政府和等部门下同\n。 *1.", max_size=60))
def test_mentions_lie_in_their_statement_in_order(text: str) -> None:
    at = 0
    for statement in find_statements(text, 0, len(text)):
        assert at <= statement.start < statement.end <= len(text)
        at = statement.start
        for mention in statement.mentions:
            assert at <= mention.start < mention.end <= statement.end
            assert text[mention.start : mention.end] == mention.printed
            assert mention.name
            at = mention.end
        at = statement.end


@pytest.mark.parametrize(
    "text",
    [
        "（" * 20_000,
        "责任单位：" * 3000,
        "（责任单位：" + "市财政局和" * 3000,
        "（由" + "甲会同" * 5000 + "负责）",
        "牵头" * 9000,
    ],
)
def test_nothing_spoilt_makes_it_stumble(text: str) -> None:
    for statement in find_statements(text, 0, len(text)):
        assert 0 <= statement.start < statement.end <= len(text)
