"""Dates as people type them in 完成时限."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from desktop.errors import RuleError
from desktop.workspace.items import deadline

UNSET = "未写明"
_PARTED = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read(typed: str) -> str | None:
    """Return the deadline in ``typed`` as it is stored, "" for none (empty or 未写明), None when it is none.

    Taken are 2026-12-31, 2026.12.31, 2026/12/31, 20261231 and 2026年12月31日, in full or half width, with or
    without leading zeros; two of them with 至 or / between them, and 长期.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    if plain in ("", UNSET):
        return ""
    if plain == deadline.LONG_TERM.stored:
        return plain
    first, between, last = plain.partition("至")
    if not between and plain.count("/") == 1:
        first, between, last = plain.partition("/")
    if not between:
        return _day(plain)
    days = _day(first.strip()), _day(last.strip())
    if None in days:
        return None
    try:
        return deadline.parse("/".join(map(str, days))).stored
    except RuleError:  # it ends before it begins
        return None


def day(typed: str) -> date | None:
    """Return the one day in ``typed``, None when it is none or not only one."""
    found = _day(unicodedata.normalize("NFKC", typed).strip())
    return date.fromisoformat(found) if found else None


def _day(plain: str) -> str | None:
    match = _PARTED.fullmatch(plain) or _SOLID.fullmatch(plain)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
