from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.returned import answers
from desktop.exchange.returned.sheet_cells import CellKind, Raw
from desktop.workspace.items import deadline
from desktop.workspace.items.deadline import UNSTATED
from desktop.workspace.items.model import FIELD_NAMES, Status
from desktop.workspace.items.typed_dates import Around
from desktop.workspace.returns.returned import Cell

SENT_ON = date(2026, 11, 23)
AROUND = Around(SENT_ON, UNSTATED)


def text(words: str) -> Raw:
    return Raw(CellKind.TEXT, words)


def status(words: str) -> Cell:
    return answers.read("status", text(words), "推进中", AROUND)


def due(words: str, around: Around = AROUND) -> Cell:
    return answers.read("deadline", text(words), "", around)


@pytest.mark.parametrize("word", list(Status))
@pytest.mark.parametrize(
    "written",
    ["{}", " {} ", "{}\n", "\n{}", "　{}　", "\t{}", "“{}”", "{}。", "\u200b{}\ufeff"],
)
def test_a_status_is_taken_whatever_stands_around_it(word: Status, written: str) -> None:
    assert status(written.format(word)) == Cell(written.format(word), word.value)


@pytest.mark.parametrize("written", ["已 完 成", "已\n完成", "已　完成", "已完 成"])
def test_spaces_within_a_status_do_not_count(written: str) -> None:
    assert status(written).value == "已完成"


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("已办结", "已完成"),
        ("办结", "已完成"),
        ("完成", "已完成"),
        ("己完成", "已完成"),
        ("√", "已完成"),
        ("100%", "已完成"),
        ("已完成（附材料）", "已完成"),
        ("正在推进", "推进中"),
        ("进行中", "推进中"),
        ("正 在 推 进", "推进中"),
        ("80%", "推进中"),
        ("已完成80%", "推进中"),
        ("已完成？", "已完成"),
        ("推进中，预计月底完成", "推进中"),
        ("未开始", "未启动"),
        ("不涉及", "不适用"),
        ("无", "不适用"),
        ("已销", "已销号"),
        ("销号", "已销号"),
    ],
)
def test_a_near_word_is_asked_about_and_never_taken(written: str, guess: str) -> None:
    found = status(written)
    assert found.value is None
    assert found.guess == guess
    assert found.question == f"状态填的是“{written}”，是否为“{guess}”？"


@pytest.mark.parametrize("written", ["见附件", "未完成", "2", "/已完成", "x" * 500])
def test_what_may_be_anything_is_asked_without_a_guess(written: str) -> None:
    found = status(written)
    assert (found.value, found.guess) == (None, "")
    assert f"应为{'、'.join(Status)}中的哪一种？" in found.question
    assert len(found.question) < 120


def test_no_near_word_is_a_status_or_stands_for_two() -> None:
    words = [word for each in Status for word in answers._near(each).split()]
    assert len(words) == len(set(words))
    assert not set(words) & set(Status)


def test_a_status_of_another_kind_of_cell_is_asked_about() -> None:
    for raw in (Raw(CellKind.NUMBER, "1"), Raw(CellKind.BOOLEAN, "TRUE"), Raw(CellKind.DATE, "2026-01-01")):
        assert answers.read("status", raw, "", AROUND).value is None
    assert "错误值（#N/A）" in answers.read("status", Raw(CellKind.ERROR, "#N/A"), "", AROUND).question


@pytest.mark.parametrize("raw", [None, text(""), text(" \n"), text("\u200b")])
def test_an_empty_cell_is_an_empty_answer_but_no_status(raw: Raw | None) -> None:
    for name in FIELD_NAMES:
        found = answers.read(name, raw, "推进中" if name == "status" else "", AROUND)
        if name == "status":
            assert (found.raw, found.value, found.guess) == ("", None, "推进中")
        else:
            assert found == Cell("", "")


@pytest.mark.parametrize(
    "written",
    [
        *("2026-3-1", "2026-03-01", "2026.3.1", "2026.03.01", "2026/3/1", "2026/03/01", "2026年3月1日"),
        *("2026年3月1号", "2026年03月01日", "20260301", "２０２６年３月１日", "2026．3．1", "2026－3－1"),
        *("2026 年 3 月 1 日", " 2026-3-1\n", "2026-3-1 00:00", "2026-03-01T00:00:00", "2026年3月1"),
        *("2026-03-01 00:00:00", "2026—3—1"),
    ],
)
def test_a_whole_date_is_taken_in_any_usual_form(written: str) -> None:
    assert due(written) == Cell(written, "2026-03-01")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026.1.1-2026.12.31",
            "2026-1-1至2026-12-31",
            "2026年1月1日至2026年12月31日",
            "2026/1/1~2026/12/31",
        ),
        *("2026-01-01/2026-12-31", "2026-1-1-2026-12-31", "2026.1.1——2026.12.31", "2026.1.1—2026.12.31"),
        *("2026.1.1～2026.12.31", "自2026年1月1日起至2026年12月31日止", "2026-1-1 到 2026-12-31"),
        *("20260101-20261231", "2026年1月1日\n至2026年12月31日", "2026-01-01至2026-12-31"),
    ],
)
def test_a_span_is_taken_in_any_usual_form(written: str) -> None:
    assert due(written).value == "2026-01-01/2026-12-31"


@pytest.mark.parametrize(("written", "value"), [("长期", "长期"), (" 长 期 ", "长期"), ("未写明", "")])
def test_long_term_and_unstated_are_taken(written: str, value: str) -> None:
    assert due(written) == Cell(written, value)


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("3月1日", "2027-03-01"),
        ("12月1日", "2026-12-01"),
        ("11月23日", "2026-11-23"),
        ("3.1", "2027-03-01"),
        ("26.3.1", "2026-03-01"),
        ("26年3月1日", "2026-03-01"),
        ("2026年3月", "2026-03-31"),
        ("2026.2", "2026-02-28"),
        ("2028年2月底", "2028-02-29"),
        ("12月底前", "2026-12-31"),
        ("3月", "2027-03-31"),
        ("2026年底", "2026-12-31"),
        ("2026年", "2026-12-31"),
        ("年底前", "2026-12-31"),
        ("今年年底", "2026-12-31"),
        ("明年3月1日", "2027-03-01"),
        ("2026年3月1日前", "2026-03-01"),
        ("2026-3-1之前完成", "2026-03-01"),
        ("第一季度", "2027-03-31"),
        ("2026年四季度末", "2026-12-31"),
        ("2027年上半年", "2027-06-30"),
        ("下半年", "2026-12-31"),
        ("2026年1月1日至12月31日", "2026-01-01/2026-12-31"),
        ("2026年1月-2026年12月", "2026-01-01/2026-12-31"),
        ("2023-2025年", "2023-01-01/2025-12-31"),
        ("长期坚持", "长期"),
        ("持续推进", "长期"),
        ("1926-3-1", ""),
        ("2026-2-30", ""),
        ("2月30日", ""),
        ("2026-12-31至2026-1-1", ""),
        ("无", ""),
        ("见附件", ""),
        ("待定", ""),
        ("2026-3-1，2026-6-1", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_vague_date_is_asked_about_with_what_it_probably_means(written: str, guess: str) -> None:
    found = due(written)
    assert (found.value, found.guess) == (None, guess)
    assert found.question.startswith("完成时限填的是“")
    assert len(found.question) < 120
    if guess:
        assert f"是否为{deadline.parse(guess).words}？" in found.question


def test_a_missing_year_is_guessed_from_the_deadline_so_far() -> None:
    former = Around(SENT_ON, deadline.on(date(2025, 6, 30)))
    assert due("3月1日", former).guess == "2025-03-01"
    assert due("3月1日", Around(None, UNSTATED)).guess == ""
    assert due("年底", Around(None, UNSTATED)).guess == ""


def test_a_date_that_no_calendar_has_is_called_so() -> None:
    assert "不是有效的日期" in due("2026-2-30").question
    assert "不是有效的日期" in due("20261332").question
    assert "不是有效的日期" not in due("见附件").question


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (Raw(CellKind.DATE, "2026-03-01", date(2026, 3, 1)), "2026-03-01"),
        (Raw(CellKind.NUMBER, "46082", date(2026, 3, 1)), "2026-03-01"),
        (Raw(CellKind.NUMBER, "20260301", None), "2026-03-01"),
        (Raw(CellKind.NUMBER, "3.1", date(1900, 1, 2)), None),
        (Raw(CellKind.NUMBER, "12", date(1900, 1, 11)), None),
        (Raw(CellKind.NUMBER, "46082.5", date(2026, 3, 1)), None),
        (Raw(CellKind.BOOLEAN, "TRUE"), None),
        (Raw(CellKind.ERROR, "#REF!"), None),
        (Raw(CellKind.FORMULA, "=TODAY()"), None),
        (Raw(CellKind.DATE, "1900-01-05", date(1900, 1, 5)), None),
    ],
)
def test_a_number_is_a_date_when_it_can_be_one(raw: Raw, value: str | None) -> None:
    found = answers.read("deadline", raw, "", AROUND)
    assert found.value == value
    assert bool(found.question) == (value is None)


def test_an_old_date_that_was_sent_out_comes_back_as_it_was() -> None:
    assert due("1890-01-01", Around(SENT_ON, deadline.on(date(1890, 1, 1)))).value == "1890-01-01"
    assert answers.read("deadline", text("1890-01-01"), "", AROUND).value is None


@pytest.mark.parametrize("name", ["owner", "progress", "problems", "next_step", "reason"])
def test_texts_are_taken_as_they_are_but_for_the_space_around(name: str) -> None:
    assert answers.read(name, text(" 张三 "), "", AROUND).value == "张三"
    assert answers.read(name, text(" 张三 "), " 张三", AROUND).value == " 张三"
    assert answers.read(name, text("第一行\n\n第二行"), "", AROUND).value == "第一行\n\n第二行"
    assert answers.read(name, text("=1+1"), "", AROUND).value == "=1+1"
    assert answers.read(name, text("'0123"), "", AROUND).value == "'0123"
    assert answers.read(name, Raw(CellKind.NUMBER, "13800138000"), "", AROUND).value == "13800138000"
    assert answers.read(name, Raw(CellKind.BOOLEAN, "TRUE"), "", AROUND).value == "TRUE"


def test_what_the_spreadsheet_program_spoilt_is_asked_about() -> None:
    found = answers.read("progress", Raw(CellKind.DATE, "2026-03-05", date(2026, 3, 5)), "", AROUND)
    assert (found.value, found.guess) == (None, "2026-03-05")
    assert "当成了日期" in found.question
    found = answers.read("owner", Raw(CellKind.NUMBER, "1.40311198001011e+17"), "", AROUND)
    assert found.value is None
    assert "超过15位的数字" in found.question


@given(st.text(max_size=80), st.sampled_from(list(FIELD_NAMES)))
def test_any_text_is_either_understood_or_asked_about(words: str, name: str) -> None:
    found = answers.read(name, text(words), "", AROUND)
    assert (found.value is None) == bool(found.question)
    if found.value is not None and name == "deadline":
        assert deadline.parse(found.value).stored == found.value
    if found.value is not None and name == "status":
        assert found.value in set(Status)
    if found.guess and name == "deadline":
        assert deadline.parse(found.guess).stored == found.guess


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{y}-{m}-{d}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}"]),
)
def test_every_day_is_understood_in_every_form(day: date, form: str) -> None:
    assert due(form.format(y=day.year, m=day.month, d=day.day)).value == day.isoformat()


@given(st.text(alphabet="0123456789年月日.-/至到~ 前底季度上下半", max_size=30))
def test_no_heap_of_digits_and_marks_is_too_much(words: str) -> None:
    found = due(words)
    assert (found.value is None) == bool(found.question)


@pytest.mark.parametrize(
    ("field", "written", "left", "guess", "question"),
    [
        ("progress", "旧的新的", "新的", "新的", "“工作进展”中有划去的内容（“旧的新的”），是否为“新的”？"),
        (
            "status",
            "推进中已完成",
            "已完成",
            "已完成",
            "“状态”中有划去的内容（“推进中已完成”），是否为“已完成”？",
        ),
        ("deadline", "3月1日 2027-03-02", "2027-03-02", "2027-03-02", "是否为“2027-03-02”？"),
        ("progress", "全划去了", "", "", "“工作进展”中有划去的内容（“全划去了”），应填什么？"),
        ("progress", "全划去了", " \u200b", "", "“工作进展”中有划去的内容（“全划去了”），应填什么？"),
        ("status", "不知道", "不知", "", "“状态”中有划去的内容（“不知道”），应填什么？"),
    ],
)
def test_what_is_partly_struck_out_is_asked_with_what_is_left(
    field: str, written: str, left: str, guess: str, question: str
) -> None:
    found = answers.read(field, Raw(CellKind.TEXT, written, left=left), "", AROUND)
    assert (found.raw, found.value, found.guess) == (written, None, guess)
    assert question in found.question


@pytest.mark.parametrize(
    ("raw", "question", "guess"),
    [
        (Raw(CellKind.ERROR, "#REF!"), "“责任人”是错误值（#REF!），应填什么？", ""),
        (Raw(CellKind.FORMULA, "=A1"), "“责任人”是公式（=A1），应填什么？", ""),
        (
            Raw(CellKind.DATE, "2026-03-01"),
            "被表格程序当成了日期（2026-03-01），原来写的是什么？",
            "2026-03-01",
        ),
        (Raw(CellKind.NUMBER, "1.38e+17"), "末尾几位已被表格程序改成0，应填什么？", ""),
        (
            Raw(CellKind.NUMBER, "1,2", digits="12", unclear=True),
            "按特别格式显示的数字，表格中显示的是什么？（数字是12）",
            "12",
        ),
    ],
)
def test_what_a_spreadsheet_program_made_of_a_text_is_asked(raw: Raw, question: str, guess: str) -> None:
    found = answers.read("owner", raw, "", AROUND)
    assert (found.value, found.guess) == (None, guess)
    assert question in found.question
