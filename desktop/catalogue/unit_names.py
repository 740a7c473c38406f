"""Find a unit by what people call it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.catalogue.lookalikes import usual
from desktop.catalogue.model import Unit
from desktop.errors import KnownError

_SHOWN = 40  # longer than any unit's name


def find(units: Sequence[Unit], text: str) -> Unit:
    """Return the unit whose name, else whose key or alias is ``text``, width, case and spaces apart.

    Raises :class:`KnownError`, which lists the nearest names, when no unit is called so.
    """
    if unit := known(units, text):
        return unit
    shown = text.strip()[:_SHOWN]
    names = "、".join(nearest(units, text[:_SHOWN]))
    raise KnownError(f"没有名为“{shown}”的责任单位。", f"相近的有：{names}。")


def known(units: Iterable[Unit], text: str) -> Unit | None:
    """Return the unit whose name, else whose key or alias is ``text``; None when no unit is called so."""
    wanted = normal(text)
    by_other: Unit | None = None
    for unit in units:
        if wanted == normal(unit.name):
            return unit
        if by_other is None and wanted in map(normal, called(unit)):
            by_other = unit
    return by_other


def nearest(units: Sequence[Unit], text: str, limit: int = 5) -> tuple[str, ...]:
    """Return the names of the units that are called most nearly so, best first; at least one."""
    from difflib import SequenceMatcher

    wanted = normal(text)

    def likeness(unit: Unit) -> float:
        return max(SequenceMatcher(None, wanted, normal(name)).ratio() for name in called(unit))

    ranked = sorted(units, key=lambda unit: (-likeness(unit), unit.ordinal))
    near = [unit for unit in ranked if likeness(unit) >= 0.5] or ranked
    return tuple(unit.name for unit in near[:limit])


def ambiguous(units: Iterable[Unit]) -> list[str]:
    """Return the names, keys and aliases that more than one unit is called by, or one unit twice."""
    seen: set[str] = set()
    twice: list[str] = []
    for unit in units:
        for name in called(unit):
            if normal(name) in seen:
                twice.append(name)
            seen.add(normal(name))
    return twice


def called(unit: Unit) -> tuple[str, ...]:
    """Return all that a unit may be called: name, key, aliases."""
    return (unit.name, unit.key, *unit.aliases)


def normal(text: str) -> str:
    """Return ``text`` as names are compared: width, case and spaces apart."""
    return "".join(usual(text).casefold().split())
