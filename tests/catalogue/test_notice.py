"""The parser on the real notice, on notices with a broken form, and on a notice that issues two papers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.catalogue import notice
from desktop.catalogue.notice import ParsedNotice
from desktop.errors import NoticeError

from . import samples


def test_facts_of_the_letter(parsed: ParsedNotice) -> None:
    found = parsed.notice
    assert found.number == "城政办发〔2023〕3号"
    assert found.issuer == "阳泉市城区人民政府办公室"
    assert found.title == samples.LINES[22]
    assert found.addressees == ("义井镇人民政府", "各街道办事处", "区直各单位")
    assert found.published_on == date(2023, 3, 9)
    assert (found.issued_on, found.issued_printed) == (date(2023, 2, 10), "2023210")
    assert "2023210" in found.issued_reason
    assert "2023年3月9日" in found.issued_reason
    assert found.valid_until == date(2025, 12, 31)
    assert found.validity_text == samples.LINES[-1]


def test_counts(parsed: ParsedNotice) -> None:
    assert len(parsed.documents) == 1
    assert len(parsed.categories) == 10
    assert len(parsed.measures) == 32
    assert len({named.name for named in parsed.named}) == 20
    assert len(parsed.named) == 63
    without = [measure.number for measure in parsed.measures if measure.units_start < 0]
    assert without == [29, 30, 31, 32]


def test_every_piece_is_its_place_in_the_source(parsed: ParsedNotice) -> None:
    for measure in parsed.measures:
        assert samples.SOURCE[measure.start : measure.end] == measure.text == samples.LINES[measure.line - 1]
        assert measure.text == f"{measure.number}.{measure.title}。{measure.body}{measure.printed_units}"
        assert measure.printed_units == "" or measure.printed_units.startswith("(责任单位:")
    for category in parsed.categories:
        assert parsed.words(category.key) == category.heading
    for citation in parsed.citations:
        words = samples.SOURCE[citation.start : citation.end]
        assert words == f"《{citation.title}》" + (f"({citation.number})" if citation.number else "")
    assert parsed.documents[0].preamble == samples.LINES[47]


def test_keys_are_stable(parsed: ParsedNotice) -> None:
    assert parsed.documents[0].key == "czbf-2023-3.1"
    assert [category.key for category in parsed.categories][::9] == ["czbf-2023-3.1.c01", "czbf-2023-3.1.c10"]
    assert parsed.measures[15].key == "czbf-2023-3.1.m16"
    assert parsed.measures[15].category_key == "czbf-2023-3.1.c07"


def test_citations(parsed: ParsedNotice) -> None:
    found = [
        (citation.measure_key[-3:], citation.title[:6], citation.number) for citation in parsed.citations
    ]
    assert found == [
        ("", "山西省人民政", "晋政办发〔2022〕30号"),
        ("", "阳泉市促进中", "阳促企组办发〔2022〕3号"),
        ("m16", "保障中小企业", ""),
        ("m19", "政府采购促进", ""),
    ]


def test_nothing_of_the_navigation_gets_in(parsed: ParsedNotice) -> None:
    read = [measure.text for measure in parsed.measures] + [category.title for category in parsed.categories]
    read += [parsed.words(key) for key in parsed.places] + [parsed.documents[0].title]
    for words in ("法定主动", "依申请", "政府网站", "年度报表", "地方部门", "发布日期"):
        assert not any(words in text for text in read)


@pytest.mark.parametrize("broken", samples.BROKEN, ids=lambda broken: broken.name)
def test_a_broken_form_is_refused(broken: samples.Broken) -> None:
    with pytest.raises(NoticeError) as caught:
        notice.parse(broken.edit(samples.SOURCE), samples.SLUG)
    assert broken.reason in caught.value.reason
    assert caught.value.line == broken.line
    if broken.line:
        assert f"第{broken.line}行" in str(caught.value)


@pytest.mark.parametrize(
    "slug", ["czbf-2023-4", "czbf-2022-3", "czbf", "", "城政办发-2023-3", "czbf-2023-3-x"]
)
def test_the_folder_must_be_named_for_its_notice(slug: str) -> None:
    with pytest.raises(NoticeError, match="城政办发〔2023〕3号"):
        notice.parse(samples.SOURCE, slug)


@given(st.data())
def test_a_mangled_notice_is_refused_or_read_truly(data: st.DataObject) -> None:
    """Lines dropped, doubled, moved or cut: either a NoticeError, or every piece stands in the source."""
    lines = list(samples.LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(at)
        match data.draw(st.sampled_from(["drop", "double", "move", "cut"])):
            case "double":
                lines[at:at] = [line, line]
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines))), line)
            case "cut":
                lines.insert(at, line[: data.draw(st.integers(0, len(line)))])
    text = "\n".join(lines)
    try:
        read = notice.parse(text, samples.SLUG)
    except NoticeError:
        return
    assert [measure.number for measure in read.measures] == list(range(1, len(read.measures) + 1))
    assert all(text[measure.start : measure.end] == measure.text for measure in read.measures)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(parsed: ParsedNotice) -> None:
    text = "\ufeff" + samples.SOURCE.replace("\n", "\r\n")
    read = notice.parse(text, samples.SLUG)
    assert [measure.text for measure in read.measures] == [measure.text for measure in parsed.measures]
    assert [measure.line for measure in read.measures] == [measure.line for measure in parsed.measures]
    assert all(text[measure.start : measure.end] == measure.text for measure in read.measures)


def test_full_width_punctuation_is_read_as_well(parsed: ParsedNotice) -> None:
    text = samples.SOURCE.translate(str.maketrans(",:()", "，：（）"))
    read = notice.parse(text, samples.SLUG)
    assert [named.name for named in read.named] == [named.name for named in parsed.named]
    assert read.notice.addressees == parsed.notice.addressees
    assert [citation.number for citation in read.citations] == [
        citation.number for citation in parsed.citations
    ]


TWO_PAPERS = """某区办关于印发甲措施和乙措施的通知
发布日期:2023-05-09
某办发〔2023〕5号
某区办
关于印发甲措施和乙措施的通知
各单位:
《甲措施》和《乙措施》已经同意,现印发给你们。
某区办
2023年5月1日
甲措施
为了甲,按照《某法》制定。
一、甲一
1.甲甲。做甲。(责任单位:甲局、乙局)
二、甲二
2.甲乙。与《乙措施》一并落实。
乙措施
为了乙。
一、乙一
1.乙甲。做乙。(责任单位:丙局)
本措施有效期至2024年12月31日。"""


def test_one_notice_may_issue_several_papers() -> None:
    read = notice.parse(TWO_PAPERS, "mbf-2023-5")
    assert [(document.key, document.title) for document in read.documents] == [
        ("mbf-2023-5.1", "甲措施"),
        ("mbf-2023-5.2", "乙措施"),
    ]
    assert [measure.key[-5:] for measure in read.measures] == ["1.m01", "1.m02", "2.m01"]
    assert [named.name for named in read.named] == ["甲局", "乙局", "丙局"]
    assert [citation.title for citation in read.citations] == ["某法"]
    assert read.notice.issued_reason == ""
    assert read.notice.valid_until == date(2024, 12, 31)


def test_papers_must_agree_on_their_last_day() -> None:
    text = TWO_PAPERS.replace("\n乙措施\n为", "\n本措施有效期至2023年12月31日。\n乙措施\n为")
    with pytest.raises(NoticeError, match="有效期不一致") as caught:
        notice.parse(text, "mbf-2023-5")
    assert caught.value.line == 16
