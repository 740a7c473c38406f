"""文号, title, issuer, addressees and dates, from pieces that say what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reading.heads import read_head
from desktop.reading.model import Head, Label, NoticePiece

H, L, T, S, N = Label.HEAD, Label.LETTER, Label.TITLE, Label.SIGNATURE, Label.NOISE
BUNDLED = Path(__file__).parents[2] / "resources" / "notices" / "czbf-2023-3" / "notice.txt"


def read(*lines: tuple[Label, str]) -> Head:
    source, pieces = "", []
    for label, text in lines:
        pieces.append(NoticePiece(len(source), len(source) + len(text), label))
        source += text + "\n"
    return read_head(source, pieces)


def test_a_whole_head() -> None:
    head = read(
        (N, "首页"),
        (H, "云山市人民政府办公室关于印发云山市若干措施的通知"),
        (H, "发布日期：2031-03-09"),
        (H, "云政办发〔2031〕3号"),
        (H, "云山市人民政府办公室"),
        (H, "关于印发云山市扶持"),
        (H, "企业若干措施的通知"),
        (L, "各县（市、区）人民政府，市直各部门:"),
        (L, "《云山市扶持企业若干措施》已经市政府同意，现印发给你们，请认真贯彻执行。"),
        (S, "云山市人民政府办公室"),
        (S, "2031年2月10日"),
        (S, "（此件公开发布）"),
        (T, "云山市扶持企业若干措施"),
    )
    assert head == Head(
        number="云政办发〔2031〕3号",
        title="云山市人民政府办公室关于印发云山市扶持企业若干措施的通知",
        issuer="云山市人民政府办公室",
        addressees=("各县（市、区）人民政府", "市直各部门"),
        issued_on=date(2031, 2, 10),
        issued_printed="2031年2月10日",
        published_on=date(2031, 3, 9),
    )


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("云政办发〔2031〕3号", "云政办发〔2031〕3号"),
        ("云政办发[2031]3号", "云政办发〔2031〕3号"),
        ("云政办发(2031)3号", "云政办发〔2031〕3号"),
        ("云政办发（2031）第3号", "云政办发〔2031〕第3号"),
        ("云政办发【2031】 12 号", "云政办发〔2031〕12号"),
        ("云山市人民政府公告2031年第5号", "云山市人民政府公告2031年第5号"),
        ("文号：云政办发〔2031〕3号", "云政办发〔2031〕3号"),
        ("云政发〔2031〕3号-云山市人民政府关于印发《云山市若干措施》的通知", "云政发〔2031〕3号"),
        ("云山市关于印发《若干措施》的通知（云发改服务〔2031〕111号）", "云发改服务〔2031〕111号"),
    ],
)
def test_the_number_in_any_brackets(printed: str, number: str) -> None:
    assert read((H, printed)).number == number


def test_a_number_that_is_only_cited_is_none() -> None:
    assert read((L, "根据《云山省若干措施》（云政发〔2031〕9号），现印发给你们。")).number == ""
    assert read((H, "关于贯彻《云山省若干措施》（云政发〔2031〕9号）的实施意见")).number == ""


def test_two_numbers_are_asked_about() -> None:
    head = read((H, "云政发〔2031〕3号"), (H, "云政发〔2031〕4号"))
    assert head.number == "云政发〔2031〕3号"
    assert [doubt.kind for doubt in head.doubts] == ["number"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([(H, "云山市人民政府关于支持企业的政策措施")], "云山市人民政府关于支持企业的政策措施"),
        ([(H, "云山市人民政府"), (N, "最新文件"), (H, "关于印发若干措施的通知")], "关于印发若干措施的通知"),
        (
            [(L, "现印发给你们。"), (T, "云山市扶持"), (T, "企业若干措施（试行）")],
            "云山市扶持企业若干措施（试行）",
        ),
        ([(T, "《云山市实施细则》")], "云山市实施细则"),
        ([(H, "云政发〔2031〕3号")], ""),
    ],
)
def test_the_title(lines: list[tuple[Label, str]], title: str) -> None:
    assert read(*lines).title == title


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ([(S, "云山市财政局"), (S, "云山市商务局"), (S, "2031年2月10日")], "云山市财政局、云山市商务局"),
        ([(S, "云山市财政局云山市商务局"), (S, "2031年2月10日")], "云山市财政局、云山市商务局"),
        ([(S, "云山市“星火”行动"), (S, "工作专班办公室（代章）")], "云山市“星火”行动工作专班办公室"),
        ([(S, "云山区科技局（乡村振兴局）2031年4月24日发布。")], "云山区科技局（乡村振兴局）"),
        ([(H, "云山市人民政府印发若干措施的通知")], "云山市人民政府"),
        ([(T, "云山市若干措施")], ""),
    ],
)
def test_the_issuer(lines: list[tuple[Label, str]], issuer: str) -> None:
    assert read(*lines).issuer == issuer


@pytest.mark.parametrize(
    ("line", "addressees"),
    [
        ("各县、区人民政府，市各部门：", ("各县、区人民政府", "市各部门")),
        ("各区人民政府，市政府各委、办、局：", ("各区人民政府", "市政府各委、办、局")),
        ("各镇人民政府、各街道办事处，区直各单位：", ("各镇人民政府", "各街道办事处", "区直各单位")),
        ("各县（市）、区人民政府：", ("各县（市）、区人民政府",)),
        ("为深入贯彻精神，制定如下措施：", ()),
    ],
)
def test_whom_it_is_sent_to(line: str, addressees: tuple[str, ...]) -> None:
    assert read((L, line)).addressees == addressees


@pytest.mark.parametrize(
    ("lines", "issued", "published"),
    [
        ([(S, "二〇三一年二月五日")], date(2031, 2, 5), None),
        ([(S, "2031-02-05")], date(2031, 2, 5), None),
        ([(S, "云山市财政局 2031年2月5日")], date(2031, 2, 5), None),
        ([(S, "云山市财政局2031年4月24日发布。")], None, date(2031, 4, 24)),
        ([(H, "（2031年2月5日）")], date(2031, 2, 5), None),
        ([(H, "成文日期：2031-02-05"), (H, "发布日期：2031-02-09")], date(2031, 2, 5), date(2031, 2, 9)),
        ([(L, "根据2031年2月5日会议精神，现印发给你们。")], None, None),
    ],
)
def test_dates(lines: list[tuple[Label, str]], issued: date | None, published: date | None) -> None:
    head = read(*lines)
    assert (head.issued_on, head.published_on) == (issued, published)
    assert head.doubts == ()


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        ([(S, "2031月3月26日")], date(2031, 3, 26)),
        ([(S, "2031年2月30日")], None),
        ([(S, "2031112")], None),
        ([(S, "云山市财政局 2031年2月5日印发")], date(2031, 2, 5)),
        ([(H, "发布日期：2031-02-01"), (S, "2031年2月5日")], date(2031, 2, 5)),
    ],
)
def test_an_unclear_date_is_asked_for(lines: list[tuple[Label, str]], issued: date | None) -> None:
    head = read(*lines)
    assert head.issued_on == issued
    assert [doubt.kind for doubt in head.doubts] == ["day"]


def test_lines_that_a_page_ran_together() -> None:
    together = (
        "云政办规〔2031〕1号各县、区人民政府，市各有关部门和单位：《云山市花卉产业九条措施》已经市政府同意，"
        "现印发给你们，请认真组织实施。云山市人民政府办公室2031年2月5日（此件公开发布）云山市花卉产业九条"
        "措施为深入贯彻精神，制定本政策。"
    )
    for label in (L, Label.PREAMBLE):
        head = read((label, together))
        assert head.number == "云政办规〔2031〕1号"
        assert head.addressees == ("各县、区人民政府", "市各有关部门和单位")
        assert head.issuer == "云山市人民政府办公室"
        assert head.issued_on == date(2031, 2, 5)


def test_a_signature_that_a_page_ran_together_with_the_last_paragraph() -> None:
    head = read((H, "云政发〔2031〕3号"), (Label.MEASURE, "1.减免租金。做好落实。云山市财政局2031年2月5日"))
    assert (head.issuer, head.issued_on) == ("云山市财政局", date(2031, 2, 5))


def test_the_bundled_notice_whose_page_lost_the_marks_of_its_date() -> None:
    source = BUNDLED.read_text("utf-8")
    pieces: list[NoticePiece] = []
    at, label = 0, N
    for line in source.splitlines(keepends=True):
        if line.startswith("阳泉市城区人民政府办公室关于"):
            label = H
        elif line.strip().endswith(":"):
            label = L
        elif line.startswith("阳泉市城区人民政府办公室") and label is L:
            label = S
        elif line.startswith("阳泉市城区加大"):
            label = T
        elif line.startswith("为深入"):
            break
        if line.strip():
            pieces.append(NoticePiece(at, at + len(line.rstrip()), label))
        at += len(line)
    assert read_head(source, pieces) == Head(
        number="城政办发〔2023〕3号",
        title="阳泉市城区人民政府办公室关于印发阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施的通知",
        issuer="阳泉市城区人民政府办公室",
        addressees=("义井镇人民政府", "各街道办事处", "区直各单位"),
        issued_on=date(2023, 2, 10),
        issued_printed="2023210",
        issued_reason="原文网页丢失“年月日”三字，印作“2023210”；读作2023年2月10日，"
        "是唯一成立且不晚于发布日期2023年3月9日的读法。",
        published_on=date(2023, 3, 9),
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Label)),
            st.text(
                "云山市人民政府办公室关于印发通知政办发〔2031〕3号年2月5日各区：，。《》（） -", max_size=40
            ),
        ),
        max_size=8,
    )
)
def test_nothing_spoilt_makes_it_stumble(lines: list[tuple[Label, str]]) -> None:
    head = read(*lines)
    assert head.issued_on is None or head.issued_printed
    assert all(doubt.text for doubt in head.doubts)
