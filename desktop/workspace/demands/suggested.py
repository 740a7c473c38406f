"""Who should handle a demand, suggested from the measure that it rests on: 主办, 协办, and how they do it.

A notice names units and, mostly, no roles: the one named first is suggested to lead. That is a suggestion;
what counts is what the assignment says.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.catalogue.query import Catalogue

ALONE, TOGETHER, EACH = "单独办理", "会同办理", "分别办理"


@dataclass(frozen=True, slots=True)
class SuggestedUnits:
    """Keys of the suggested 主办单位 ("" where the measure names none) and 协办单位, and the 办理方式."""

    lead: str
    supports: tuple[str, ...]
    mode: str


def units(catalogue: Catalogue, measure_key: str) -> SuggestedUnits:
    """Return who is suggested for a demand that rests on a measure; nobody for one that is not here."""
    named = catalogue.duties_of(measure_key) if catalogue.has(measure_key) else ()
    leading = [one.unit_key for one in named if one.role in ("lead", "joint")]
    keys = [one.unit_key for one in named]
    lead = next(iter([*leading, *keys]), "")
    supports = tuple(dict.fromkeys(key for key in keys if key != lead))
    if not supports:
        return SuggestedUnits(lead, (), ALONE)
    return SuggestedUnits(lead, supports, EACH if len(leading) > 1 else TOGETHER)
