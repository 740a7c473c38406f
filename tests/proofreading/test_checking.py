"""What counts as the same, what differs, what the library does not have, and what is no claim at all."""

from __future__ import annotations

import pytest

from desktop.catalogue.typeset import typeset
from desktop.library.word_changes import Marked
from desktop.proofreading.checking import check
from desktop.proofreading.corpus import Corpus
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict, on_one_line

from .conftest import Alarms

HEAD = "《阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施》（城政办发〔2023〕3号）"


def only(alarms: Alarms, text: str) -> Claim:
    (found,) = alarms(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "平均担保费率降至百分之一以下（城政办发〔2023〕3号第3条）",
        "平均担保费率降至１％以下（城政办发〔2023〕３号第三条）",
        "城政办发[2023]3号、城政办发（2023）3号、城政办发【2023】第3号、城政办发〔二〇二三〕三号",
        f"{HEAD}有效期至2025-12-31",
        f"{HEAD}有效期至二〇二五年十二月三十一日",
        f"{HEAD}有效期至2025年底，2023年2月印发",
        f"{HEAD}于２０２３年２月１０日印发，发布日期：2023-03-09",
        f"{HEAD}第16条，由区工业和信息化局牵头，区中小企业中心、财政局配合",
        f"{HEAD}第16条（责任单位：区工业和信息化局、区财政局）",
        f"{HEAD}共10个方面三十二条措施",
        "根据城政办发〔2023〕3号第16、17条，持续清理拖欠中小企业账款",
        f"{HEAD}第16条提出“持续开展清理拖欠中小企业账款相关工作……积极组织核查”",
        "晋政办发〔2022〕30号",
        f"2023年2月，阳泉市城区人民政府办公室印发{HEAD}。",
        f"{HEAD[:-1]}，以下简称《措施》）印发后成效明显。《措施》第16条由区工信局负责。",
        f"{HEAD}第3条〔责任单位：区财政局、区政府办公室等部门〕",
        "城政办发〔2023〕3号第26条：区科技局搭建企校合作平台，组织技术供需对接活动4场，签约9个。",
        "城政办发〔2023〕3号第19条要求预留30%以上，我区政府采购项目实际预留了42%。",
        f"落实北京市《若干措施》第52条。\n{HEAD}第16条由区工信局负责。",
        "落实《保障中小企业款项支付条例》",
        "用好城政办发〔2023〕3号文件，争取省级技改资金支持“专精特新”中小企业开展技术改造和智能化新建改造",
    ],
)
def test_another_way_of_writing_is_the_same(alarms: Alarms, text: str) -> None:
    assert alarms(text) == []


def test_a_report_in_own_words_raises_no_alarm(alarms: Alarms) -> None:
    text = f"""关于贯彻落实《若干措施》情况的汇报
我区认真贯彻{HEAD}，着力帮助企业纾困解难。
一是加大资金支持。统筹安排中小企业纾困资金，对生产经营暂时面临困难的“专精特新”等高成长中小企业给予专项资金支持；将平均担保费率降至1%以下，由区财政局、区政府办公室落实。
二是减税降费。全面落实小微企业“六税两费”减免等税费优惠政策，全年减免税费1.2亿元，惠及企业3200户。
三是清理拖欠账款。按照第16条要求，区工信局牵头，会同区中小企业发展中心、区财政局，对有分歧欠款通过调解、协商等途径加快解决，共清偿账款2300万元。
四是政府采购。达到公开招标限额的政府采购项目预留预算总额的30%以上专门面向中小企业采购。
《若干措施》有效期至2025年12月31日，我们将在有效期内继续抓好32条措施落实。
区工信局承担第1条、第11条、第13条、第16条、第17条、第23条共6项任务，区财政局涉及12条。
第4条、第6条由区税务局牵头，区财政局配合。第18条涉及区卫体局、区文旅局、区民政局等5家单位。
"""
    assert alarms(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("城政办发〔2023〕3号第10条：依托12315平台加快办理原材料价格投诉举报。", "12315"),
        ("城政办发〔2023〕3号第18条由区住建局、区卫体局、区教育局落实。", "区教育局"),
        ("城政办发〔2023〕3号第9条由市政府办公室和辖区金融机构落实。", "市政府办公室"),
        ("城政办发〔2023〕3号自2023年2月20日起施行。", "2023年2月20日"),
        ("城政办发〔2023〕3号有效期3年。", "3年"),
        ("区政府办公室2023年3月10日印发《纾困帮扶若干措施》（城政办发〔2023〕3号）。", "2023年3月10日"),
        ("第17条（城政办发〔2023〕3号）：持续清理拖欠中小企业账款。", "第17条"),
        ("城政办发〔2023〕3号第8条明确，不得盲目抽贷、断贷和惜贷。", "不得盲目抽贷、断贷和惜贷"),
        ("城政发〔2023〕3号第16条：持续清理拖欠中小企业账款。", "城政发〔2023〕3号"),
        ("城政办发〔2023〕3号涵盖九个方面。", "九"),
        (f"{HEAD[:-1]}，以下简称《措施》）有效期至2026年1月31日。", "2026年1月31日"),
        (f"{HEAD[:-1]}，以下简称《措施》）印发后，《措施》第41条由我局负责。", "第41条"),
        (
            f"2023年2月9日，区财政局、区工信局、区科技局、国家税务总局阳泉市城区税务局印发{HEAD}。",
            "2023年2月9日",
        ),
        (
            "城政办发〔2023〕3号第20条：不支持中小企业参加中国国际中小企业博览会。",
            "不支持中小企业参加中国国际中小企业博览会",
        ),
        ("城政办发〔2023〕3号第5条：持续规范收费，大涉企违规收费检查力度。", "大涉企违规收费检查力度"),
        (
            "城政办发〔2023〕3号第27条：针对性提供解决方案，提升产品质量水。",
            "针对性提供解决方案，提升产品质量水",
        ),
        ("城政办发〔2023〕3号第27条：提供专家咨询和帮扶服服务。", "提供专家咨询和帮扶服服务"),
        ("根据城政办发〔2023〕3号第8条，持持续提升小微企业信用贷款占比。", "持持续提升小微企业信用贷款占比"),
        ("按照城政办发〔2023〕3号第7条“加大普惠金融供给”的要求开展工作。", "第7条"),
        ("城政办发〔2023〕3号第11条（落实小微企业退税减税政策）由我局负责。", "第11条"),
        ("城政办发〔2023〕3号第16条由区工信局、各县（市、区）政府负责。", "各县（市、区）政府"),
        ("城区政发〔2026〕5号规定：“持续推进企业年报‘多报合一’，减轻企业负担”。", "城区政发〔2026〕5号"),
        ("对首次轻微违法行为不予处罚，并减免2个月租金。（依据：城政办发〔2023〕3号）", "城政办发〔2023〕3号"),
    ],
)
def test_one_fault_gives_one_finding(alarms: Alarms, text: str, wrong: str) -> None:
    found = only(alarms, text)
    assert found.verdict is not ClaimVerdict.SAME
    assert found.text == wrong


@pytest.mark.parametrize(
    "text",
    [
        "今年完成税收3亿元，同比增长12%，走访企业120家，解决问题35条。",
        "2026年11月20日，我局印发实施方案，共12条措施，有效期至2027年12月31日。",
        "《中华人民共和国民法典》第五百零九条规定，当事人应当按照约定全面履行自己的义务。",
        "会议强调“要用心用情用力服务好每一家企业”，推动“三农”工作。",
        "区财政局负责12条措施，区商务局已走访50家企业。",
        "",
    ],
)
def test_what_speaks_of_no_notice_is_no_claim(corpus: Corpus, text: str) -> None:
    assert check(text, corpus) == ()


def test_a_paper_that_is_not_here_is_unknown(alarms: Alarms) -> None:
    found = only(alarms, "根据国发〔2022〕12号文件精神")
    assert (found.kind, found.verdict, found.text) == (
        ClaimKind.NUMBER,
        ClaimVerdict.UNKNOWN,
        "国发〔2022〕12号",
    )
    assert found.source is None


def test_what_is_said_of_a_paper_that_is_not_here_is_not_judged(alarms: Alarms) -> None:
    found = only(
        alarms, "《甲市若干措施》（甲政办发〔2020〕7号）第10条由市数据局负责，提升小微企业信用贷款占比。"
    )
    assert (found.kind, found.verdict) == (ClaimKind.NUMBER, ClaimVerdict.UNKNOWN)


def test_a_measure_that_is_not_there_is_unknown(alarms: Alarms) -> None:
    found = only(alarms, "详见城政办发〔2023〕3号第52条。")
    assert (found.kind, found.verdict) == (ClaimKind.ARTICLE, ClaimVerdict.UNKNOWN)


def test_a_quotation_that_is_not_there_is_unknown(alarms: Alarms) -> None:
    found = only(alarms, f"{HEAD}明确“对新落户的总部企业给予一次性落户奖励”。")
    assert (found.kind, found.verdict) == (ClaimKind.QUOTATION, ClaimVerdict.UNKNOWN)


def test_the_difference_is_told_word_by_word_with_its_source(alarms: Alarms, corpus: Corpus) -> None:
    text = f"{HEAD}第16条提出“积极推进确属清欠范围账款的偿还工作”。"
    found = only(alarms, text)
    assert text[found.start : found.end] == found.text == "积极推进确属清欠范围账款的偿还工作"
    assert [(each.marked, each.text) for each in found.difference] == [
        (Marked.KEPT, "积极推进确属清欠范围账款的"),
        (Marked.GONE, "清偿"),
        (Marked.NEW, "偿还"),
        (Marked.KEPT, "工作"),
    ]
    assert found.source is not None
    measure = corpus.catalogue.measure(found.source.measure)
    assert measure.number == 16
    assert measure.text[found.source.start : found.source.end] == found.source.text


def test_a_title_of_another_notice_does_not_bear_this_number(alarms: Alarms) -> None:
    found = only(alarms, "《支持餐饮服务业发展若干措施》（城政办发〔2023〕3号）")
    assert (found.kind, found.verdict) == (ClaimKind.NUMBER, ClaimVerdict.DIFFERS)


def test_a_title_that_lost_a_word(alarms: Alarms) -> None:
    found = only(alarms, HEAD.replace("平稳", ""))
    assert (found.kind, found.verdict) == (ClaimKind.QUOTATION, ClaimVerdict.DIFFERS)
    assert Marked.GONE in {each.marked for each in found.difference}


def test_figures_in_own_words(alarms: Alarms) -> None:
    said = "城政办发〔2023〕3号第19条：政府采购要预留预算总额{}面向中小企业。"
    assert alarms(said.format("的30%以上")) == []
    for wrong in ("的40%以上", "的30%以下"):
        assert ClaimKind.FIGURE in {one.kind for one in alarms(said.format(wrong))}


WRAPPED = """    根据《阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发
展若干措施》（城政办发〔2023〕3号）第8条，我局“继续加大小微
企业首贷、续贷、信用贷款投放力度，持续提升小微企业信用贷款占
比”，并对发展前景较好但暂时受困且符合授信条件的小微企业，加大
贷款展期、无还本续贷、追加临时授信额度等帮扶力度（责任单位：
区政府办公室、辖
区金融机构）。
"""


def test_lines_that_were_wrapped_by_force_are_one_paragraph(alarms: Alarms) -> None:
    assert alarms(WRAPPED) == []
    for right, wrong in (
        ("小微\n企业首贷", "小型\n企业首贷"),
        ("占\n比”", "大\n比”"),
        ("辖\n区金融机构", "区\n文旅局"),
    ):
        text = WRAPPED.replace(right, wrong)
        found = only(alarms, text)
        assert found.verdict is ClaimVerdict.DIFFERS
        assert text[found.start : found.end] == found.text
        assert found.start <= text.index(wrong) + 1 < found.end


def test_the_source_holds_what_was_left_out_at_an_end(alarms: Alarms) -> None:
    found = only(alarms, "城政办发〔2023〕3号第27条：针对性提供解决方案，提升产品质量水。")
    assert found.source is not None
    assert found.source.text == "针对性提供解决方案,提升产品质量水平"


def test_words_stand_on_one_line() -> None:
    assert on_one_line("持续\n  提升One\nPerson占 比") == "持续提升One Person占比"


def test_places_are_code_points(corpus: Corpus) -> None:
    text = f"𠮷野家：\n{HEAD}，有效期至2026年12月31日。\n"
    for one in check(text, corpus):
        assert text[one.start : one.end] == one.text
    assert (
        only(lambda words: [x for x in check(words, corpus) if x.difference], text).text == "2026年12月31日"
    )


def test_a_report_that_was_cancelled_is_left_where_it_is(corpus: Corpus) -> None:
    found = check(typeset(corpus.passages[0].text), corpus, lambda: True)
    assert all(one.kind is not ClaimKind.QUOTATION for one in found)
