"""What the words of a date speak of: a day, a month, a quarter, a range of them.

A whole day that is written out is certain. Everything else is a period that may be asked about, or None: a
guess that somebody would record wrongly is worse than none. 6月前 may end with May or with June; 1-6 may be
a day or half a year; 3月初, 春节前 and 三个月内 name no day at all.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

LONGEST = 60  # characters; a longer text is no deadline
Period = tuple[date, date]

_TIME = re.compile(r"(?:\s|T)+\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?Z?\s*$")
_DASHES = re.compile("[‐‑‒–—―−─﹣]+|-{2,}")
_CHINESE_YEAR = re.compile("([二两][〇○零一二三四五六七八九]{3})(?=年)")
_CHINESE_NUMBER = re.compile("(?<![一二三四五六七八九十廿卅])([一二三四五六七八九十廿卅]{1,3})(?=[月日号])")
_DIGITS = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "两": "2"}
_TENS = {"": 0, "十": 1, "二十": 2, "三十": 3, "廿": 2, "卅": 3}
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
_UNTIL = re.compile("^(?:截至到?|截止到?|止于)")

_DAY = re.compile(
    r"(?P<y>\d{4})(?:-(?P<a>\d{1,2})-(?P<b>\d{1,2})|\.(?P<c>\d{1,2})\.(?P<d>\d{1,2})\.?|/(?P<e>\d{1,2})/(?P<f>\d{1,2})"
    r"|年(?P<g>\d{1,2})月(?P<h>\d{1,2})[日号]?)|(?P<i>\d{4})(?P<j>\d{2})(?P<k>\d{2})",
    re.ASCII,
)
_BETWEEN = re.compile("至|到|~|-|/")
_FROM, _BEGINNING, _END = re.compile("^[自从由]"), re.compile("起$"), re.compile("止$")

_SURELY = re.compile(
    "^(?:预计|力争|争取|计划|拟|拟于|约|大约|大概|暂定|原则上|确保|于|在|至|到|不晚于|不迟于)+"
)
_DONE = re.compile(
    "(?:左右|全部完成|全面完成|完成|办结|办理完毕|完毕|落实到位|到位|落实|达标|建成|为止|止|内|份|间|期间)+$"
)
_BEFORE = re.compile("(?:之前|以前|前)$")
_CLOSE = re.compile("(?:底|末|月底|月末|年底|年末)$")

_YEAR = r"(?:(?P<y>\d{4}|\d{2}(?=年)|今|本|明|来|次|后)年?度?)"
_THIRDS = {"上旬": 10, "中旬": 20, "下旬": 31}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FORMS = {
    "short day": re.compile(
        r"(?P<y>\d{2})(?:[-./](?P<m>\d{1,2})[-./]|年(?P<n>\d{1,2})月)(?P<d>\d{1,2})[日号]?", re.ASCII
    ),
    "day first": re.compile(r"(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4})", re.ASCII),
    "month": re.compile(
        r"(?P<y>\d{4}|\d{2}(?=年)|[今本明来次后]年)(?:[-./](?P<m>\d{1,2})|年?(?P<n>\d{1,2})月)(?P<t>[上中下]旬)?",
        re.ASCII,
    ),
    "solid month": re.compile(r"(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])", re.ASCII),
    "month and day": re.compile(
        r"(?:(?P<y>[今本明来次后])年)?(?:(?P<m>\d{1,2})(?P<s>[-./])|(?P<n>\d{1,2})月)(?P<d>\d{1,2})[日号]?",
        re.ASCII,
    ),
    "month alone": re.compile(r"(?P<m>\d{1,2})月(?P<t>[上中下]旬)?", re.ASCII),
    "this month": re.compile(r"(?P<w>本|当|这个|下|下个)月(?P<t>[上中下]旬)?"),
    "quarter": re.compile(rf"{_YEAR}?第?(?P<q>[一二三四1-4])季度?", re.ASCII),
    "Q": re.compile(r"(?P<y>\d{4})?年?[Qq](?P<q>[1-4])", re.ASCII),
    "this quarter": re.compile(r"(?P<w>本|当|这个|下|下个)季度?"),
    "half": re.compile(rf"{_YEAR}?(?P<h>[上下])半年", re.ASCII),
    "middle": re.compile(rf"{_YEAR}?年?中", re.ASCII),
    "year": re.compile(rf"{_YEAR}年?|全?年度?", re.ASCII),
}
_MONTHS = re.compile(
    r"(?:(?P<y>\d{4}|\d{2}(?=年)|[今本明来次后](?=年))(?:[-./]|年))?(?P<a>\d{1,2})月?(?:-|至|到|~)(?P<b>\d{1,2})月?",
    re.ASCII,
)
_BARE_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_YEAR_AFTER = re.compile(r"\d{4}年[底末]?", re.ASCII)
_DAY_OF_MONTH = re.compile(r"(?P<d>\d{1,2})[日号]", re.ASCII)
_ENGLISH = re.compile(
    r"(?:(?P<d>\d{1,2})[-/. ]?(?P<m>[A-Za-z]{3})[a-z]*|(?P<n>[A-Za-z]{3})[a-z]*\.?(?P<e>\d{1,2}))"
    r",?[-/. ]?(?P<y>\d{4})"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Leaning:
    """What an unsaid year leans on: the day of sending out, and the year of the deadline so far."""

    sent_on: date | None = None
    year: int | None = None


def plain(text: str) -> str:
    """Return ``text`` in normal width, without spaces and time of day, with one kind of dash and digit."""
    folded = _TIME.sub("", unicodedata.normalize("NFKC", text.strip()[: 4 * LONGEST]))
    folded = _DASHES.sub("-", "".join(folded.split()))
    folded = _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS[char] for char in found[1]), folded)
    return _CHINESE_NUMBER.sub(lambda found: str(_counted(found[1]) or found[1]), folded)


def whole_day(text: str) -> date | None:
    """Return the day that a plain text writes out whole, None when it does not, or the calendar has none."""
    weekday = _WEEKDAY.search(text)
    found = _DAY.fullmatch(_UNTIL.sub("", text[: weekday.start()] if weekday else text))
    if not found:
        return None
    try:
        day = date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return None
    if weekday and "一二三四五六日".find(weekday[1].replace("天", "日")) != day.weekday():
        return None
    return day


def looks_like_a_day(text: str) -> bool:
    """Say whether a plain text has the form of a whole day, even one that no calendar has."""
    return _DAY.fullmatch(_UNTIL.sub("", _WEEKDAY.sub("", text))) is not None


def whole_days(text: str) -> Period | None:
    """Return the two days between which a mark stands, None when there are none or several ways to part."""
    found = [
        (first, last)
        for before, after in _parted(text)
        if (first := whole_day(_BEGINNING.sub("", _FROM.sub("", before))))
        and (last := whole_day(_END.sub("", after)))
    ]
    return found[0] if len(found) == 1 else None


def probable(text: str, leaning: Leaning) -> tuple[Period, bool] | None:
    """Return the period that a plain text probably speaks of, and whether it is a range; else None."""
    if len(text) > LONGEST:
        return None
    text = _DONE.sub("", _SURELY.sub("", _UNTIL.sub("", _WEEKDAY.sub("", text))))
    try:
        if months := _months(text, leaning):
            return months, True
        if found := _period(text, leaning):
            return found, False
        for before, after in _parted(text):
            if _BARE_NUMBER.fullmatch(before) and not _YEAR_AFTER.fullmatch(after):
                continue
            if span := _span(before, after, leaning):
                return span, True
    except ValueError:  # the 30th of February, and the year 0
        return None
    return None


def _span(before: str, after: str, leaning: Leaning) -> Period | None:
    """Return the days from ``before`` to ``after``; where no year is said, the span that is not over yet."""
    years = [leaning.year]
    if leaning.year is None and leaning.sent_on:
        years = [leaning.sent_on.year, leaning.sent_on.year + 1]
    found: list[Period] = []
    for year in years:
        first = _period(_BEGINNING.sub("", _FROM.sub("", before)), replace(leaning, year=year))
        if first is None:
            return None
        last = _period(after, replace(leaning, year=first[0].year)) or _day_in(after, first[0])
        if last and first[0] < last[1]:
            found.append((first[0], last[1]))
    coming = [span for span in found if leaning.sent_on is None or span[1] >= leaning.sent_on]
    return next(iter([*coming, *found]), None)


def _counted(text: str) -> int:
    """Return a number up to 39 in Chinese, 0 when it is none."""
    for tens, value in sorted(_TENS.items(), key=lambda each: -len(each[0])):
        rest = text.removeprefix(tens)
        if text.startswith(tens) and (not rest or rest in "一二三四五六七八九"):
            return value * 10 + (int(_DIGITS[rest]) if rest else 0)
    return 0


def _parted(text: str) -> list[tuple[str, str]]:
    """Return what stands before and after each mark that may stand between two days."""
    if len(text) > LONGEST:
        return []
    return [(text[: mark.start()], text[mark.end() :]) for mark in _BETWEEN.finditer(text)]


def _months(text: str, leaning: Leaning) -> Period | None:
    """Return a range of months as offices write it: 2026.1-12, 2026年3-5, 1-6月."""
    found = _MONTHS.fullmatch(text)
    if not found or not (found["y"] or "月" in text):
        return None
    first, last = int(found["a"]), int(found["b"])
    year = _year(found["y"] or "", last, 31, leaning)
    if year is None or not first < last <= 12:
        return None
    return date(year, first, 1), _end(year, last)


def _period(text: str, leaning: Leaning) -> Period | None:
    """Return the first and the last day that ``text`` speaks of. ValueError when no calendar has them."""
    bare = _BEFORE.sub("", text)
    before = bare != text
    if day := whole_day(bare):
        return day, day
    if english := _english(bare):
        return english, english
    closed = _CLOSE.sub(lambda found: found[0][:-1], bare)
    for name, form in _FORMS.items():
        found = form.fullmatch(closed)
        if found:
            parts = {key: value for key, value in found.groupdict().items() if value}
            names_day = "d" in parts
            if before and closed == bare and not names_day:
                return None  # 6月前: with May or with June?
            return _named(name, parts, leaning)
    return None


def _named(name: str, parts: dict[str, str], leaning: Leaning) -> Period | None:
    """Return the period of a form that fits."""
    said, month = parts.get("y", ""), int(parts.get("m") or parts.get("n") or 0)
    if name == "day first":
        return _day_first(int(said), month, int(parts["d"]))
    if name == "solid month" and 1 <= int(said[2:]) <= 12:
        return None  # 201203 may be a short day too
    if name in ("this month", "this quarter"):
        return _this(name, parts, leaning)
    if name == "middle":
        first, last = 1, 6
    elif "q" in parts:
        last = _QUARTERS[parts["q"]] * 3
        first = last - 2
    elif "h" in parts:
        first, last = (1, 6) if parts["h"] == "上" else (7, 12)
    else:
        first, last = (month, month) if month else (1, 12)
    if not 1 <= last <= 12:
        return None
    day = int(parts.get("d") or 0)
    if name == "month and day" and "-" in parts.get("s", "") and month < day <= 12:
        return None  # 3-5: the fifth of March, or March to May?
    year = _year(said, last, day or 31, leaning)
    if year is None:
        return None
    if day:
        return date(year, last, day), date(year, last, day)
    return _third(date(year, first, 1), _end(year, last), parts.get("t"))


def _third(first: date, last: date, third: str | None) -> Period:
    if third is None:
        return first, last
    end = min(_THIRDS[third], last.day)
    return first.replace(day={"上旬": 1, "中旬": 11, "下旬": 21}[third]), last.replace(day=end)


def _this(name: str, parts: dict[str, str], leaning: Leaning) -> Period | None:
    """Return this or the next month or quarter, counted from the day of sending."""
    if leaning.sent_on is None:
        return None
    step = 1 if parts["w"].startswith("下") else 0
    long = 3 if name == "this quarter" else 1
    at = leaning.sent_on.year * 12 + (leaning.sent_on.month - 1) // long * long + step * long
    first = date(at // 12, at % 12 + 1, 1)
    last = _end((at + long - 1) // 12, (at + long - 1) % 12 + 1)
    return _third(first, last, parts.get("t"))


def _day_first(year: int, middle: int, first: int) -> Period | None:
    """Return 31/12/2026 and 12/31/2026; of 3/4/2026 nobody can tell."""
    if (first <= 12) == (middle <= 12) and first != middle:
        return None
    day = date(year, middle, first) if middle <= 12 else date(year, first, middle)
    return day, day


def _english(text: str) -> date | None:
    found = _ENGLISH.fullmatch(text)
    name = (found["m"] or found["n"]).lower() if found else ""
    if found is None or name not in _NAMES:
        return None
    return date(int(found["y"]), _NAMES.index(name) + 1, int(found["d"] or found["e"]))


def _day_in(text: str, month: date) -> Period | None:
    """Return the day of the month that stands alone after a range's mark: 3月1日-15日."""
    found = _DAY_OF_MONTH.fullmatch(text)
    if not found:
        return None
    day = month.replace(day=int(found["d"]))
    return day, day


def _year(said: str, month: int, day: int, leaning: Leaning) -> int | None:
    """Return the year said, else that of the deadline so far, else that in which the day comes next."""
    if said[:2].isdigit():
        return int(said) + (2000 if len(said) == 2 else 0)
    if said:
        if leaning.sent_on is None:
            return None
        return leaning.sent_on.year + {"今": 0, "本": 0, "明": 1, "来": 1, "次": 1, "后": 2}[said[0]]
    if leaning.year is not None:
        return leaning.year
    if leaning.sent_on is None:
        return None
    return leaning.sent_on.year + ((month, day) < (leaning.sent_on.month, leaning.sent_on.day))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
