"""In force or past its day: the notice says until when it is valid, the caller says which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.catalogue.model import Notice


@dataclass(frozen=True, slots=True)
class Validity:
    """How the notice stands on ``today``; ``valid_until`` is the last day on which it is in force."""

    valid_until: date
    today: date

    @property
    def expired(self) -> bool:
        """Return true from the day after ``valid_until``."""
        return self.today > self.valid_until

    @property
    def days_past(self) -> int:
        """Return how many days have passed since ``valid_until``, 0 while in force."""
        return max(0, (self.today - self.valid_until).days)

    @property
    def mark(self) -> str:
        """Return the two states in the words of an office, for lists and labels."""
        return "已过有效期" if self.expired else "有效期内"

    @property
    def sentence(self) -> str:
        """Return until when it is valid and, when past, for how long; without a full stop."""
        until = f"有效期至{date_words(self.valid_until)}"
        return f"{until}，已过有效期{self.days_past}天" if self.expired else until


def state(notice: Notice, today: date) -> Validity:
    """Return how ``notice`` stands on ``today``."""
    return Validity(notice.valid_until, today)


def date_words(day: date) -> str:
    """Return a date as official papers print it, e.g. 2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
