"""In force or past its day: the notice says until when it is valid, the caller says which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.catalogue.model import Notice


@dataclass(frozen=True, slots=True)
class Validity:
    """How a notice stands on ``today``; ``valid_until`` is the last day on which it is in force.

    A notice without a last day never counts as past it: ``text`` is what it says instead, ``kind`` how.
    """

    valid_until: date | None
    today: date
    kind: str = "day"
    text: str = ""
    valid_from: date | None = None

    @property
    def expired(self) -> bool:
        """Return true from the day after ``valid_until``."""
        return self.valid_until is not None and self.today > self.valid_until

    @property
    def begins_later(self) -> bool:
        """Return true before the first day, where one is given."""
        return self.valid_from is not None and self.today < self.valid_from

    @property
    def days_past(self) -> int:
        """Return how many days have passed since ``valid_until``, 0 while in force."""
        return max(0, (self.today - self.valid_until).days) if self.valid_until else 0

    @property
    def until(self) -> str:
        """Return the last day in words, e.g. 2025年12月31日; "" where there is none."""
        return date_words(self.valid_until) if self.valid_until else ""

    @property
    def mark(self) -> str:
        """Return how it stands in the words of an office, for lists and labels."""
        if self.expired:
            return "已过有效期"
        if self.begins_later:
            return "尚未施行"
        if self.valid_until:
            return "有效期内"
        return "未载明有效期" if self.kind == "none" else "有效期未载明截止日"

    @property
    def sentence(self) -> str:
        """Return until when it is valid and, when past, for how long; without a full stop."""
        if self.valid_until is None:
            return self.mark if self.kind == "none" else f"{self.mark}（原文：{self.text}）"
        until = f"有效期至{self.until}"
        if self.begins_later and self.valid_from:
            return f"自{date_words(self.valid_from)}起施行，{until}"
        return f"{until}，已过有效期{self.days_past}天" if self.expired else until


def state(notice: Notice, today: date) -> Validity:
    """Return how ``notice`` stands on ``today``."""
    return Validity(notice.valid_until, today, notice.validity_kind, notice.validity_text, notice.valid_from)


def date_words(day: date) -> str:
    """Return a date as official papers print it, e.g. 2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
