"""Invented notices as pages and copying spoil them: read right, or asked about, never wrong in silence."""

from __future__ import annotations

import pytest

from desktop.reading.model import NoticeReading
from desktop.reading.propose import propose

HEAD = """云溪市人民政府办公室关于印发支持花卉企业若干措施的通知
云政办发〔2031〕5号
各县区人民政府，市政府各部门：
现将《支持花卉企业若干措施》印发给你们，请认真贯彻落实。
云溪市人民政府办公室
2031年3月4日
支持花卉企业若干措施
为支持花卉企业稳定发展，结合我市实际，制定以下措施。
"""
RENT = "对承租国有房产的花卉企业，今年免收两个月租金，减半收取三个月租金，鼓励其他房东参照办理。"
LOAN = "对花卉企业今年新增的流动资金贷款给予利息补贴，每户不超过二十万元，由企业向所在县区申报。"
WATER = "对暂时困难的花卉企业，缓缴三个月水费，缓缴期间不收滞纳金，期满后可分三次缴清所欠费用。"


def questions(reading: NoticeReading) -> str:
    return "\n".join(question.text for question in reading.questions)


def names(reading: NoticeReading) -> list[list[str]]:
    return [
        [mention.name for statement in measure.statements for mention in statement.mentions]
        for document in reading.documents
        for measure in document.measures
    ]


def test_on_one_line_headings_of_two_parts_hold_items_and_steps_that_begin_anew() -> None:
    def item(number: str, unit: str) -> str:
        steps = "".join(
            f"{step}．{text}（{unit}负责）" for step, text in enumerate((RENT, LOAN, WATER), start=1)
        )
        return f"（{number}）研究减轻负担的做法。（{unit}牵头，各县区按职责分工负责）具体措施：{steps}"

    source = (
        "为支持花卉企业，现制定如下分工方案。"
        "一、把降低成本和稳定岗位结合起来，让支持政策更快落到全市花卉企业"
        + item("一", "市财政局")
        + item("二", "市水务局")
        + "二、放宽条件、优化服务，让花卉企业办事更方便"
        + item("三", "市商务局")
        + item("四", "市科技局")
    )
    (document,) = propose(source).documents
    assert [m.number for m in document.measures] == ["（一）", "（二）", "（三）", "（四）"]
    assert [m.category for m in document.measures] == [0, 0, 1, 1]


def test_a_measure_far_longer_than_others_with_many_units_is_asked_about() -> None:
    things = "".join(f"{text}（责任单位：市财政局）" for text in (RENT, LOAN, WATER) * 7)
    source = HEAD + f"一、减免租金。{RENT}（责任单位：市国资委）\n二、综合扶持。{things}\n三、缓缴。{WATER}\n"
    assert "好几处责任单位" in questions(propose(source))


def test_paragraphs_that_lost_their_numbers_are_asked_about() -> None:
    below = f"减免租金。{RENT}\n责任单位：市国资委\n发放贴息。{LOAN}\n责任单位：市财政局\n"
    assert (
        questions(propose(HEAD + "一、降低成本\n" + below + "二、扩大融资\n" + below)).count("没有编号") == 2
    )
    within = below.replace("市国资委\n", "市国资委）\n").replace("责任单位：", "（责任单位：")
    within = within.replace("\n（", "（").replace("市财政局\n", "市财政局）\n")
    source = HEAD + "一、降低成本，稳定岗位。\n" + within + "二、扩大融资，优化服务。\n" + within
    assert questions(propose(source)).count("没有编号") == 2


def test_a_second_paragraph_with_its_units_in_the_next_line_is_asked_about() -> None:
    source = HEAD + (
        f"一、减免租金。{RENT}\n责任单位：市国资委\n{LOAN}\n责任单位：市财政局\n"
        f"二、缓缴水费。{WATER}\n责任单位：市水务局\n"
    )
    assert "另一条措施吗" in questions(propose(source))


MEASURES = (
    "一、减免租金。免收两个月租金。（责任单位：市国资委、市财政局）\n"
    "二、缓缴水费。缓缴水费三个月。（责任单位：市水务局）\n"
    "三、发放贴息。对新增贷款给予贴息。（责任单位：市财政局）"
)
TERM = "本措施自2031年3月4日起施行，有效期至2033年12月31日。"


def until(reading: NoticeReading) -> str:
    return str(reading.term.until)


def test_a_closing_in_the_line_of_the_last_measure_is_none_of_it() -> None:
    for glued in (TERM, "。" + TERM, "  " + TERM + "附件：任务清单"):
        reading = propose(HEAD + MEASURES + glued)
        assert until(reading) == "2033-12-31"
        assert reading.source[slice(*reading.documents[0].closing_span or (0, 0))].startswith("本措施自")
        assert not reading.questions
    source = HEAD + MEASURES.replace("（责任单位：", "由").replace("）", "负责。") + TERM
    assert propose(source).term.until is not None


def test_a_term_in_a_rule_that_hangs_on_the_last_measure_is_found() -> None:
    rule = "解释权及实施时间由市工信局解释；自发布之日起施行，有效期至2033年12月31日；期内有变的从其规定。"
    source = HEAD + MEASURES + rule
    assert until(propose(source)) == "2033-12-31"


def test_what_follows_the_last_units_in_their_line_is_no_part_of_the_measure() -> None:
    rest = "各县区、各部门要认真贯彻落实各项任务，年底前报送落实情况。"
    (document,) = propose(HEAD + MEASURES + rest).documents
    assert document.closing_span is not None
    assert not propose(HEAD + MEASURES + rest).source[: document.measures[-1].end].endswith(rest)


def test_an_attachment_below_the_closing_ends_the_notice() -> None:
    shared = "\n附件\n任务分工表\n1.减免租金 市国资委\n2.缓缴水费 市水务局\n"
    reading = propose(HEAD + MEASURES + "\n" + TERM + shared)
    assert until(reading) == "2033-12-31"
    assert len(names(reading)) == 3
    assert "任务分工" in questions(reading)
    guide = "\n附件1\n申报指南\n一、申报条件\n1.在本市注册。\n二、申报材料\n1.申请表。\n"
    reading = propose(HEAD + MEASURES + "\n" + TERM + guide)
    assert (until(reading), len(names(reading)), len(reading.questions)) == ("2033-12-31", 3, 1)


def test_years_in_a_cited_title_are_no_term() -> None:
    source = HEAD.replace("结合我市实际", "按照《云溪市花卉产业实施纲要（2031—2035年）》") + MEASURES
    reading = propose(source)
    assert (reading.term.until, reading.questions) == (None, ())


@pytest.mark.parametrize(
    ("stated", "expected", "asked"),
    [
        ("（责任单位：市国资委·市数据局）", ["市国资委", "市数据局"], False),
        ("（责任单位：云山·河谷办事处、市财政局）", ["云山·河谷办事处", "市财政局"], False),
        ("（责任单位云溪海关）", ["云溪海关"], False),
        ("（责任单位市林草局、市妇联）", ["市林草局", "市妇联"], False),
        ("（牵头单位：市林草局；责任单立：市财政局、市妇联）", ["市林草局", "市财政局", "市妇联"], True),
        ("（牵头单位：市林草局；完成时限：2031年底）", ["市林草局"], False),
        ("（责任单位：市林草局、市妇联 市总工会）", ["市林草局", "市妇联", "市总工会"], False),
        ("（责任单位：国家税务总局云溪市税务局、财政局）", ["国家税务总局云溪市税务局", "财政局"], False),
    ],
)
def test_odd_lists_of_units(stated: str, expected: list[str], asked: bool) -> None:
    reading = propose(HEAD + f"一、减免租金。{RENT}{stated}\n二、缓缴水费。{WATER}（责任单位：市水务局）")
    assert names(reading) == [expected, ["市水务局"]]
    assert bool(reading.questions) == asked


@pytest.mark.parametrize(
    ("printed", "number", "asked"),
    [
        ("云政办发〔2031〕5-1号", "云政办发〔2031〕5-1号", False),
        ("云政办发〔二〇三一〕十五号", "云政办发〔2031〕15号", False),
        ("云政办发〔31〕5号", "云政办发〔31〕5号", True),
        ("云政办发2031年5号", "", True),
        ("云政办发〔2031〕5号    签发人：张山", "云政办发〔2031〕5号", False),
        ("云政办发〔2031〕5号\n（2030年5月1日云政办发〔2030〕7号修订）", "云政办发〔2031〕5号", False),
    ],
)
def test_odd_numbers_above_the_title(printed: str, number: str, asked: bool) -> None:
    title, _, rest = HEAD.split("\n", 2)
    reading = propose(f"{printed}\n{title}\n{rest}{MEASURES}")
    assert (reading.head.number, reading.head.title) == (number, title)
    assert ("文号" in questions(reading)) == asked


@pytest.mark.parametrize(("day", "asked"), [("２０３１年３月４日", False), ("2O31年3月l日", True)])
def test_a_line_with_a_day_is_never_of_the_title(day: str, asked: bool) -> None:
    reading = propose(HEAD.replace("2031年3月4日", day).partition("\n")[2] + MEASURES)
    assert reading.head.title == "支持花卉企业若干措施"
    assert ("成文日期" in questions(reading)) == asked


def test_a_wrapped_line_that_begins_with_a_cited_number_is_not_the_notices_own() -> None:
    cited = "结合实际，根据《花卉条例》（\n云政发〔2030〕9号）精神，制定以下措施。"
    source = HEAD.replace("云政办发〔2031〕5号\n", "").replace("结合我市实际，制定以下措施。", cited)
    assert propose(source + MEASURES).head.number == ""


@pytest.mark.parametrize(
    "source",
    [
        "某区助花两条\n第一，发放补贴。（责任单位：区商务局）\n第二，举办活动。（责任单位：区文旅局）\n",
        "某区助花两条\n一是发放补贴。（区商务局）\n二是举办活动。（区文旅局）\n",
        "序号\t事项\t牵头单位\t配合单位\n1\t发放补贴\t区商务局\t区财政局\n",
        "政策名称\t政策内容\t主管部门\n发放补贴\t每户一千元\t区商务局\n",
    ],
)
def test_what_names_units_is_a_notice_and_asked_about(source: str) -> None:
    reading = propose(source)
    assert reading.questions
    assert reading.left_over == 0


def test_a_line_that_says_until_when_belongs_to_the_units() -> None:
    source = HEAD + (
        f"一、减免租金。{RENT}\n牵头单位：市国资委\n配合单位：市财政局\n完成时限：2031年6月底\n"
        f"二、缓缴水费。{WATER}\n牵头单位：市水务局\n配合单位：市财政局\n完成时限：长期\n"
    )
    reading = propose(source)
    assert (names(reading), reading.questions) == ([["市国资委", "市财政局"], ["市水务局", "市财政局"]], ())


TWICE = """某区人民政府关于印发某区暖企措施的通知
某区政发〔2026〕9号
各镇人民政府：
现将《某区暖企措施》印发给你们，请认真组织实施。
某区人民政府
2026年4月1日
某区暖企措施
为帮助企业，制定本措施。
一、降低成本
1.减免租金。承租区属房屋的，减免两个月租金。（责任单位：区财政局）
2.降低电价。对用电企业免收滞纳金。（责任单位：区发改局）
本措施自印发之日起施行，有效期至2027年12月31日。
"""


def test_a_notice_pasted_twice_is_asked_about() -> None:
    assert propose(TWICE).questions == ()
    assert "前面已经有过" in questions(propose(f"{TWICE}\n{TWICE}"))
