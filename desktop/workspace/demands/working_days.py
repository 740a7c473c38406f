"""工作日: days counted by the lists of holidays and make-up workdays that 国务院办公厅 publishes.

``resources/holidays/<year>.toml`` holds one year each; what a workspace adds is laid over it year by year. Of
a year in no list only Saturdays and Sundays are known, and whoever counts with it says so (``caveat``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from desktop import paths
from desktop.errors import RuleError

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST = 3660
"""How many working days may be counted at once: a limit of more than ten years is a slip."""


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """One year as arranged: ``off`` are days without work, ``on`` Saturdays and Sundays with work."""

    year: int
    off: frozenset[date]
    on: frozenset[date]
    source: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked on, by year; a year that is not there has its Saturdays and Sundays off."""

    years: Mapping[int, YearOfDays] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Tell whether ``day`` is a working day."""
        known = self.years.get(day.year)
        if known is not None and (day in known.off or day in known.on):
            return day in known.on
        return day.weekday() < _SATURDAY

    def add(self, day: date, count: int) -> date:
        """Return the last day of ``count`` working days that begin the day after ``day``.

        With 0 it is ``day`` itself, or the first working day after it; with fewer than 0 the working day that
        lies as many before ``day``. Raises RuleError where no calendar reaches.
        """
        if abs(count) > _LONGEST:
            raise RuleError(f"{count}个工作日超出可以推算的范围，没有改动任何内容。", "请核对天数。")
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        try:
            if left == 0:
                while not self.works(day):
                    day += step
            while left:
                day += step
                left -= self.works(day)
        except OverflowError as error:
            raise RuleError(f"{day}已到日期的尽头，没有改动任何内容。", "请核对日期。") from error
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after ``first`` up to ``last``, negative when that is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.works(first + _DAY * count) for count in range(1, (last - first).days + 1))

    def caveat(self, first: date, last: date) -> str:
        """Return in words which years from ``first`` to ``last`` no list covers; "" when all are covered."""
        unknown = [
            year for year in range(min(first, last).year, max(first, last).year + 1) if year not in self.years
        ]
        if not unknown:
            return ""
        said = f"{unknown[0]}年" if len(unknown) == 1 else f"{unknown[0]}年至{unknown[-1]}年"
        return f"{said}的节假日安排尚未录入，只按周六、周日推算"

    def over(self, years: Iterable[YearOfDays]) -> WorkCalendar:
        """Return this calendar with ``years`` in place of its own of the same number."""
        return WorkCalendar({**self.years, **{one.year: one for one in years}})


@cache
def bundled() -> WorkCalendar:
    """Return the years that come with the program."""
    files = sorted((paths.resources() / "holidays").glob("*.toml"))
    return WorkCalendar().over(_year(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def arranged(year: int, off: Iterable[date], on: Iterable[date], source: str = "") -> YearOfDays:
    """Return a year as it is entered. Raises RuleError for a day of another year, or one that is both."""
    free, worked = frozenset(off), frozenset(on)
    for day in sorted(free | worked):
        if day.year != year:
            raise RuleError(f"{day}不在{year}年，没有改动任何内容。", "请核对日期。")
        if day in free and day in worked:
            raise RuleError(f"{day}既填作放假又填作上班，没有改动任何内容。", "请只保留一处。")
    return YearOfDays(year, free, worked, source)


def _year(content: dict[str, Any]) -> YearOfDays:
    off = [
        one["first"] + _DAY * count
        for one in content["holidays"]
        for count in range((one["last"] - one["first"]).days + 1)
    ]
    return arranged(content["year"], off, content["workdays"], content["source"])
