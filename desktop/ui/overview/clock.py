"""Says on start that the machine's clock may be wrong: it is before, or long after, what was entered last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.catalogue.validity import date_words
from desktop.workspace.journal import identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.desk import Desk
    from desktop.ui.kit.message_line import MessageLine

_SLACK = timedelta(days=1)  # entries of a machine in another time zone
_LONG = timedelta(days=18 * 30)  # a desk that was not used for a year and a bit is none of our business
_CHECK = "有效期、亮灯和逾期都按电脑日期计算，请先核对电脑日期"


def begin(desk: Desk, announce: Callable[[str], MessageLine]) -> MessageLine | None:
    """Let ``announce`` put the line above the pages if the clock may be wrong; return it."""
    words = doubt(desk)
    if not words:
        return None
    line = announce(words)
    line.warn()
    return line


def doubt(desk: Desk) -> str:
    """Return why the machine's date may be wrong and what follows; "" where nothing speaks against it.

    What was entered here counts, by the clock of that time; where nothing was, no notice is of a later day.
    """
    today, written = desk.today(), identity.last_written(desk.workspace.db)
    is_now = f"电脑日期是{date_words(today)}，"
    if written is not None:
        last = written.date()
        if last > today + _SLACK:
            ended = "；是那次录入时日期不对的，不必理会。"
            return f"{is_now}早于最近一次录入（{date_words(last)}）。{_CHECK}{ended}"
        if today - last > _LONG:
            ended = "；日期没有错的，不必理会。"
            return f"{is_now}比最近一次录入（{date_words(last)}）晚 {_span(last, today)}。{_CHECK}{ended}"
    issued = max((one.issued_on for one in desk.catalogue.notices if one.issued_on), default=today)
    if issued > today + _SLACK:
        return f"{is_now}早于发文的成文日期（{date_words(issued)}）。{_CHECK}。"
    return ""


def _span(start: date, end: date) -> str:
    """Return how long it is from ``start`` to ``end``, in whole years from two on, below in months."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return f"{months // 12} 年" if months >= 24 else f"{months} 个月"
