"""Dates as people type them in 完成时限."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

UNSET = "未写明"
_PARTED = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read(typed: str) -> str | None:
    """Return the date in ``typed`` as YYYY-MM-DD, "" for none (empty or 未写明), None when it is no date.

    Taken are 2026-12-31, 2026.12.31, 2026/12/31, 20261231 and 2026年12月31日, in full or half width, with or
    without leading zeros.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    if plain in ("", UNSET):
        return ""
    match = _PARTED.fullmatch(plain) or _SOLID.fullmatch(plain)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
