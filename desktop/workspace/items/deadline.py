"""完成时限: a day, a span of days, 长期, or 未写明. Only a day and the end of a span can be missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.errors import RuleError

_BETWEEN = "/"


class DeadlineKind(StrEnum):
    """What kind of deadline it is, in the words that people see."""

    UNSTATED = "未写明"
    DAY = "日期"
    SPAN = "时段"
    LONG_TERM = "长期"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline. ``end`` is the day of a date or the last day of a span, ``start`` a span's first day.

    Made by :func:`on`, :func:`span`, :func:`parse`, or one of :data:`UNSTATED` and :data:`LONG_TERM`.
    """

    kind: DeadlineKind = DeadlineKind.UNSTATED
    start: date | None = None
    end: date | None = None

    @property
    def due(self) -> date | None:
        """Return the last day on which it is kept, None when no day can miss it."""
        return self.end

    @property
    def stored(self) -> str:
        """Return it as it is kept: "", 2026-12-31, 2026-01-01/2026-12-31 or 长期."""
        if self.kind is DeadlineKind.LONG_TERM:
            return str(self.kind)
        return _BETWEEN.join(day.isoformat() for day in (self.start, self.end) if day is not None)

    @property
    def words(self) -> str:
        """Return it as people read it: 未写明, 2026-12-31, 2026-01-01至2026-12-31 or 长期."""
        return self.stored.replace(_BETWEEN, "至") or str(self.kind)


UNSTATED = Deadline()
LONG_TERM = Deadline(DeadlineKind.LONG_TERM)


def on(day: date) -> Deadline:
    """Return the deadline that is one day."""
    return Deadline(DeadlineKind.DAY, None, day)


def span(first: date, last: date) -> Deadline:
    """Return the deadline from ``first`` to ``last``; one day when they are the same.

    Raises RuleError when it ends before it begins.
    """
    if first > last:
        raise RuleError(
            f"时段的结束日期（{last}）早于开始日期（{first}），没有改动任何内容。", "请把开始日期写在前面。"
        )
    return on(last) if first == last else Deadline(DeadlineKind.SPAN, first, last)


def parse(stored: str) -> Deadline:
    """Return the deadline kept as ``stored``. Raises RuleError when it is none."""
    if not stored:
        return UNSTATED
    if stored == LONG_TERM.stored:
        return LONG_TERM
    days = [_day(part) for part in stored.split(_BETWEEN)]
    if len(days) > 2 or None in days:
        raise RuleError(
            f"“{stored}”不是有效的完成时限，没有改动任何内容。",
            "请按“年-月-日”填写，例如 2026-12-31；时段写作 2026-01-01/2026-12-31；也可以填“长期”，或留空。",
        )
    first, last = days[0], days[-1]
    assert first is not None
    assert last is not None
    return span(first, last) if len(days) == 2 else on(last)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # fromisoformat also takes 20261231 and 2026-W01-1
