"""Invented notices of each form, read: what is counted, what is asked, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.errors import KnownError
from desktop.reading.model import Label, NoticeReading
from desktop.reading.propose import propose

from .notices import CONTINUING, NOTICES, Invented, flat, wrapped

AS_IT_IS = str
WAYS: dict[str, Callable[[str], str]] = {
    "lines": AS_IT_IS,
    "flat": flat,
    "wrapped": wrapped,
    "indented": lambda text: wrapped(text, indent="\u3000\u3000"),
    "spaced": lambda text: text.replace("\n", "\n\n"),
    "windows": lambda text: text.replace("\n", "\r\n"),
}


def counted(reading: NoticeReading) -> tuple[int, int, int, int]:
    documents = reading.documents
    return (
        sum(len(document.categories) for document in documents),
        sum(len(document.groups) for document in documents),
        sum(len(document.measures) for document in documents),
        sum(
            len({mention.name for statement in measure.statements for mention in statement.mentions})
            for document in documents
            for measure in document.measures
        ),
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_each_form_however_its_lines_end(notice: Invented, way: str) -> None:
    source = WAYS[way](notice.text)
    reading = propose(source)
    expected = (notice.categories, notice.groups, notice.measures, notice.responsibilities)
    assert counted(reading) == expected
    assert bool(reading.questions) == notice.asked, [question.text for question in reading.questions]
    assert reading.left_over == 0


def test_titles_numbers_and_what_holds_what() -> None:
    (document,) = propose(CONTINUING).documents
    assert document.title == "云溪市支持小微企业稳定发展若干措施"
    assert [heading.title for heading in document.categories] == ["降低成本", "扩大融资"]
    assert [(m.ordinal, m.number, m.title, m.category, m.group) for m in document.measures] == [
        (1, "1.", "减免租金", 0, None),
        (2, "2.", "缓缴水费", 0, None),
        (3, "3.", "发放贴息", 1, None),
        (4, "4.", "开展担保", 1, None),
    ]
    assert CONTINUING[document.measures[1].start :].startswith("2.缓缴水费")
    assert document.preamble_span is not None
    assert CONTINUING[slice(*document.preamble_span)].endswith("制定以下措施。")


def test_groups_stand_between_category_and_measure() -> None:
    (document,) = propose(NOTICES["three-levels"].text).documents
    assert [group.title for group in document.groups] == ["降低成本", "扩大融资"]
    assert [m.group for m in document.measures] == [0, 0, 1, 1]
    assert {m.category for m in document.measures} == {0}
    assert document.categories[0].title == "主要任务"


@pytest.mark.parametrize("name", ["titles-without-end", "titles-with-colon", "headings-without-numbers"])
def test_titles_however_they_end(name: str) -> None:
    (document,) = propose(NOTICES[name].text).documents
    assert [m.title for m in document.measures] == ["减免租金", "缓缴水费", "发放贴息", "开展担保"]


def test_sentences_alone_are_no_titles() -> None:
    (document,) = propose(NOTICES["spoken"].text).documents
    assert [m.title for m in document.measures] == ["", "", "", ""]


def test_two_papers_number_anew() -> None:
    first, second = propose(NOTICES["two-papers"].text).documents
    assert (first.title, second.title) == ("云溪市减负若干措施", "云溪市融资若干措施")
    assert [m.ordinal for m in second.measures] == [1, 2]


def test_the_page_is_set_aside_and_kept() -> None:
    source = NOTICES["page"].text
    noise = [source[p.start : p.end] for p in propose(source).pieces if p.label is Label.NOISE]
    assert "扫一扫在手机打开当前页" in noise
    assert "字体大小：大 中 小" in noise
    assert not any("措施" in words for words in noise)


def test_what_pages_print_below_a_notice_is_no_closing_clause() -> None:
    below = ["分享到：", "微信", "新浪微博", "QQ空间", "【打印本页】【关闭窗口】", "【打印】 【关闭】"]
    source = NOTICES["page"].text.rstrip("\n") + "\n" + "\n".join(below) + "\n"
    read = propose(source)
    noise = [source[p.start : p.end] for p in read.pieces if p.label is Label.NOISE]
    assert noise[-len(below) :] == below


def test_the_letter_is_told_from_the_paper() -> None:
    labels = [piece.label for piece in propose(CONTINUING).pieces]
    head = [Label.HEAD, Label.HEAD, Label.LETTER, Label.LETTER, Label.SIGNATURE, Label.SIGNATURE]
    assert labels[: len(head)] == head
    assert labels[len(head) : len(head) + 3] == [Label.TITLE, Label.PREAMBLE, Label.HEADING]
    assert labels[-1] is Label.CLOSING


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("number-missing", "编号不连续"),
        ("number-lost", "没有编号"),
        ("units-lost", "没有读出责任单位"),
        ("guarantees-run-on", "编号与措施相连"),
        ("units-at-the-headings", "不是措施"),
        ("form-as-attachment", "附件"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_where_it_stands(name: str, words: str) -> None:
    source = NOTICES[name].text
    asked = [question for question in propose(source).questions if words in question.text]
    assert asked
    for question in asked:
        assert question.line == source.count("\n", 0, question.start) + 1
        assert question.choices


def test_a_table_of_contents_is_set_aside() -> None:
    source = NOTICES["contents"].text
    noise = [source[p.start : p.end] for p in propose(source).pieces if p.label is Label.NOISE]
    assert noise == ["目录", "第一章 总则", "第二章 降低成本", "第三章 附则"]


def test_questions_keep_their_keys() -> None:
    source = NOTICES["number-lost"].text
    assert [q.key for q in propose(source).questions] == [q.key for q in propose(source).questions]


@pytest.mark.parametrize(
    "text", ["", " \n\u3000", "苹果 两斤\n鸡蛋 一盒\n牛奶", "他走进屋里，关上门，什么也没有说。" * 50]
)
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(KnownError):
        propose(text)
