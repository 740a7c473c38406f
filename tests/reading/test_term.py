"""有效期: the day, the length, the event, the other paper, or nothing at all."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reading.days import Length, last_day, number, read_day, read_length
from desktop.reading.model import Term, ValidityKind
from desktop.reading.term import read_term

DAY, PERIOD, EVENT, OTHER, NONE = (
    ValidityKind.DAY,
    ValidityKind.PERIOD,
    ValidityKind.EVENT,
    ValidityKind.OTHER,
    ValidityKind.NONE,
)


def read(text: str, issued_on: date | None = None, published_on: date | None = None) -> Term:
    return read_term(text, [(0, len(text))], issued_on, published_on)


@pytest.mark.parametrize(
    ("text", "kind", "since", "until"),
    [
        ("本措施自2031年3月8日起施行，有效期至2033年12月31日。", DAY, date(2031, 3, 8), date(2033, 12, 31)),
        ("自印发之日起施行，有效期至2031年底。", DAY, None, date(2031, 12, 31)),
        ("自印发之日起施行，有效期至2031年6月末。", DAY, None, date(2031, 6, 30)),
        ("本意见自公布之日起暂执行到2031年6月30日止。", DAY, None, date(2031, 6, 30)),
        ("有效期截至2031年12月31日。", DAY, None, date(2031, 12, 31)),
        ("本意见的执行期为自意见公布之日起至2031年6月30日。", DAY, None, date(2031, 6, 30)),
        ("执行期限为2031年1月1日至2032年12月31日。", DAY, date(2031, 1, 1), date(2032, 12, 31)),
        ("执行期限为2031年1月1日至12月31日。", DAY, date(2031, 1, 1), date(2031, 12, 31)),
        ("有效期为2031年1月1日—2032年12月31日。", DAY, date(2031, 1, 1), date(2032, 12, 31)),
        ("本办法自2031年1月1日起施行至2032年12月31日。", DAY, date(2031, 1, 1), date(2032, 12, 31)),
        (
            "本办法自二〇三一年一月一日起施行，有效期至二〇三二年十二月三十一日。",
            DAY,
            date(2031, 1, 1),
            date(2032, 12, 31),
        ),
        ("有效期至2031-12-31。", DAY, None, date(2031, 12, 31)),
        ("本措施自2032年1月1日起停止执行。", DAY, None, date(2031, 12, 31)),
        (
            "自公布之日起实施；有效期至2031年12月31日；其间上级另有新规定的，从其规定。",
            DAY,
            None,
            date(2031, 12, 31),
        ),
        ("有效期３年，自２０３１年１月１日起施行。", PERIOD, date(2031, 1, 1), date(2033, 12, 31)),
        ("有效期至2031\n年12月31日。", DAY, None, date(2031, 12, 31)),
        ("本措施自2031年3月18日起施行，有效期3年。", PERIOD, date(2031, 3, 18), date(2034, 3, 17)),
        ("本意见有效期2年，自2031年7月31日起实施。", PERIOD, date(2031, 7, 31), date(2033, 7, 30)),
        ("本措施自2031年3月18日起施行。有效期五年。", PERIOD, date(2031, 3, 18), date(2036, 3, 17)),
        ("本意见自公布之日起实施，实施期暂定6个月。", PERIOD, None, None),
        ("本意见自公布之日起实施，先试行一年。", PERIOD, None, None),
        ("试行期为两年。", PERIOD, None, None),
        ("执行期限自发布之日起3个月止。", PERIOD, None, None),
        ("本意见的执行期暂定自公布之日起3个月。", PERIOD, None, None),
        ("本意见的执行期为自意见公布之日起四个月。", PERIOD, None, None),
        ("自印发之日起30日后施行，有效期三年。", PERIOD, None, None),
        ("本措施有效期至云山市一级响应解除。", EVENT, None, None),
        ("其余政策有效期至疫情解除止。", EVENT, None, None),
        ("自公布之日起生效，自防控工作结束之日起停止执行。", EVENT, None, None),
        ("自公布之日起实施，适用于疫情期间。", EVENT, None, None),
        ("本措施有效期与《云山市若干措施》一致。", OTHER, None, None),
        ("本措施执行期限按照上级规定执行。", OTHER, None, None),
        ("自印发之日起施行。", NONE, None, None),
        ("本措施自2031年3月8日起施行。", NONE, date(2031, 3, 8), None),
        ("本措施由市财政局负责解释。", NONE, None, None),
        ("市某局2031年4月28日公布，意见征集从2031年4月28日起，到2031年5月28日。", NONE, None, None),
        ("申报时间截至2031年3月31日止。", NONE, None, None),
        ("为深入实施三年行动计划，制定本措施。", NONE, None, None),
        ("2031年1月1日至12月31日期间纳税的企业可以申请。", NONE, None, None),
        ("企业自2031年1月1日起至2031年12月31日止纳税的，可以申请。", NONE, None, None),
        ("如有效期届满那天恰逢假日，则有效期顺延。", NONE, None, None),
        ("本意见自2031年XX月XX日起实施，有效期至2033年12月31日。", DAY, None, date(2033, 12, 31)),
    ],
)
def test_what_a_closing_says(text: str, kind: ValidityKind, since: date | None, until: date | None) -> None:
    term = read(text)
    assert (term.kind, term.since, term.until) == (kind, since, until)
    assert term.doubts == ()
    if kind is not NONE:
        assert term.text
        assert term.text == text[term.start : term.end]


@pytest.mark.parametrize(
    "text",
    [
        "本措施有效期至2031年12月31日。本措施执行至2032年6月30日止。",
        "本措施有效期至2031年2月30日。",
        "本措施有效期至“十六五”末。",
        "本通知自印发之日起施行，《云山市某通知》（云政发〔2020〕1号）有效期至2031年12月31日。",
        "本措施有效期至2031年。",
        "本措施自2033年1月1日起施行，有效期至2031年12月31日。",
    ],
)
def test_an_unclear_day_is_asked_for(text: str) -> None:
    assert [doubt.kind for doubt in read(text).doubts] == ["day"]


def test_the_day_of_issue_is_offered_and_not_taken() -> None:
    term = read("自印发之日起施行，有效期3年。", issued_on=date(2031, 3, 25))
    assert (term.since, term.until) == (None, None)
    assert (term.likely_since, term.likely_until) == (date(2031, 3, 25), date(2034, 3, 24))
    assert "成文日期2031年3月25日" in term.likely_reason
    later = read("自印发之日起30日后施行，有效期3年。", issued_on=date(2031, 3, 1))
    assert later.likely_since == date(2031, 3, 31)


def test_the_spans_are_all_that_is_read() -> None:
    text = "1.贷款执行至2031年6月30日止。\n本措施有效期至2032年12月31日。"
    at = text.index("本")
    assert read_term(text, [(at, len(text))]).until == date(2032, 12, 31)
    assert read_term(text, []) == Term()


DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS, st.sampled_from(["{}年{}月{}日", "{}-{}-{}", "{}.{}.{}", "{} 年 {} 月 {} 日"]))
def test_days_agree_with_the_calendar(day: date, form: str) -> None:
    assert read_day(form.format(day.year, day.month, day.day)) == day


@given(DAYS)
def test_chinese_digits_say_the_same_day(day: date) -> None:
    digits = "〇一二三四五六七八九"

    def small(value: int) -> str:
        tens, ones = divmod(value, 10)
        ten = "" if not tens else ("十" if tens == 1 else digits[tens] + "十")
        return ten + (digits[ones] if ones or not tens else "")

    printed = f"{''.join(digits[int(c)] for c in str(day.year))}年{small(day.month)}月{small(day.day)}日"
    assert read_day(printed) == day


@given(DAYS, st.integers(1, 10))
def test_a_term_of_years_ends_on_the_eve_of_its_day(first: date, years: int) -> None:
    last = last_day(first, Length(months=12 * years))
    try:
        assert last + timedelta(days=1) == first.replace(year=first.year + years)
    except ValueError:
        assert (last.month, last.day) == (2, 28)


@given(DAYS, st.integers(1, 40))
def test_a_term_of_months_never_leaps_a_month(first: date, months: int) -> None:
    last = last_day(first, Length(months=months))
    passed = (last.year - first.year) * 12 + last.month - first.month
    if first.day == 1:
        assert passed == months - 1
        assert last.day == calendar.monthrange(last.year, last.month)[1]
    else:
        assert passed == months


@pytest.mark.parametrize(
    ("printed", "length"),
    [
        ("三年", Length(36)),
        ("6个月", Length(6)),
        ("两年", Length(24)),
        ("一年半", Length(18)),
        ("半年", Length(6)),
        ("30日", Length(days=30)),
        ("一个半月", Length(1, 15)),
        ("十二个月", Length(12)),
        ("30个工作日", None),
    ],
)
def test_lengths(printed: str, length: Length | None) -> None:
    assert read_length(printed) == length


def test_numbers() -> None:
    assert [number(text) for text in ("十", "十二", "二十", "二十一", "30", "两")] == [10, 12, 20, 21, 30, 2]


@given(
    st.text("本措施自2031年3月8日起施行，有效期至12月止。印发之日三年个月 \n《》（）疫情结束", max_size=60)
)
def test_the_words_of_a_term_stand_in_the_source(text: str) -> None:
    term = read(text)
    assert term.text == (text[term.start : term.end] if term.text else "")
    assert term.kind is NONE or term.text
    assert not (term.since and term.until and term.until < term.since) or term.doubts
