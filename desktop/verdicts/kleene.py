"""Kleene's three values: True, False, and None for what is not known. Unknown never counts as no."""

from __future__ import annotations

from collections.abc import Iterable


def every(values: Iterable[bool | None]) -> bool | None:
    """Return *all*: False where one is, else None where one is, else True."""
    found: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            found = None
    return found


def some(values: Iterable[bool | None]) -> bool | None:
    """Return *any*: True where one is, else None where one is, else False."""
    found: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            found = None
    return found


def negated(value: bool | None) -> bool | None:
    """Return *not*; unknown stays unknown."""
    return None if value is None else not value
