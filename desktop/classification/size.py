"""大型、中型、小型 or 微型, told from an industry and up to three figures, some of which may be unknown.

Source: 《统计上大中小微型企业划分办法（2017）》（国统字〔2017〕213号）. A size asks for the lower limits of
all indicators of its industry together, otherwise it is the next one below; 微型 needs one indicator only. So
the size is the smallest that any single indicator allows, and one small figure may settle it alone.

划型 is not 小型微利企业 (:mod:`desktop.classification.small_profit`), nor 小规模纳税人, which the tax office
registers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from desktop.classification.industry import Industry
from desktop.classification.size_table import (
    INDICATORS,
    LARGE,
    MICRO,
    SIZES,
    SizeGroup,
    groups_of,
    indicator_words,
    size_table,
)

OUTSIDE = "不在划型范围"
"""Stands among the possible sizes for an industry that the table leaves out."""

Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class SizeJudgement:
    """What can be said of a size.

    ``size`` is one of 大型, 中型, 小型, 微型, or None where it is open or the industry is outside the table.
    ``possible`` are exactly the sizes that the unknown facts leave open, :data:`OUTSIDE` among them where the
    industry may be outside; it is never empty. So 小微 is true where ``possible <= {"小型", "微型"}``, false
    where the two have nothing in common, and open otherwise. ``missing`` are the facts that may still change
    the size, of industry, employees, revenue, assets; an industry told too coarsely counts as missing.
    ``outside`` is true where the industry is outside the table for certain. ``reason`` says why, in words.
    """

    size: str | None
    possible: frozenset[str]
    missing: tuple[str, ...]
    reason: str
    outside: bool


def judge(
    industry: Industry | None,
    employees: float | None,
    revenue: float | None,
    assets: float | None,
    *,
    sole_trader: bool = False,
) -> SizeJudgement:
    """Tell the size; ``employees`` in people, ``revenue`` and ``assets`` in 万元, None for what is unknown.

    A ``sole_trader`` (个体工商户) is told by the same limits (第二条: 参照本办法), which the reason says.
    Raises ValueError for a figure that is negative or not a number.
    """
    figures: Figures = {"employees": employees, "revenue": revenue, "assets": assets}
    if any(value is not None and not 0 <= value < math.inf for value in figures.values()):
        raise ValueError(f"not figures of an enterprise: {figures}")
    groups = groups_of(industry)
    possible = frozenset(size for group in groups for size in _possible(group, figures))
    missing = _missing(groups, figures) if len(possible) > 1 else ()
    outside = groups == (None,)
    size = next(iter(possible)) if len(possible) == 1 and not outside else None
    reason = _reason(industry, groups, figures, possible, missing)
    return SizeJudgement(
        size, possible, missing, reason + ("；个体工商户参照划型" if sole_trader else ""), outside
    )


def _possible(group: SizeGroup | None, figures: Figures) -> tuple[str, ...]:
    """Return the sizes that one group leaves open: an unknown figure may be anything from 0 up."""
    if group is None:
        return (OUTSIDE,)
    top = _top(group, figures)
    return SIZES[: top + 1] if _unknown(group, figures) else (SIZES[top],)


def _top(group: SizeGroup, figures: Figures) -> int:
    """Return the rank of the largest size that the known figures allow."""
    known = {key: figures[key] for key in group.limits}
    return min((group.rank(key, value) for key, value in known.items() if value is not None), default=LARGE)


def _unknown(group: SizeGroup, figures: Figures) -> list[str]:
    """Return the figures that a group still asks for; none where a known one makes it 微型."""
    if _top(group, figures) == MICRO:
        return []
    return [key for key in group.limits if figures[key] is None]


def _missing(groups: tuple[SizeGroup | None, ...], figures: Figures) -> tuple[str, ...]:
    asked = {key for group in groups if group for key in _unknown(group, figures)}
    keys = ["industry"] if len(groups) > 1 and _groups_differ(groups, figures) else []
    return (*keys, *(key for key in INDICATORS if key in asked))


def _groups_differ(groups: tuple[SizeGroup | None, ...], figures: Figures) -> bool:
    """Tell whether some values of the unknown figures give one group another size than another."""
    if None in groups:
        return True
    return any(
        len({_possible(group, complete) for group in groups}) > 1 for complete in _completed(groups, figures)
    )


def _completed(groups: tuple[SizeGroup | None, ...], figures: Figures) -> Iterator[Figures]:
    """Yield the figures with the unknown ones filled in, with every value at which a size may change."""
    keys = [key for key in INDICATORS if figures[key] is None]
    steps = [
        sorted({0.0, *(limit for group in groups if group for limit in group.limits.get(key, ()))})
        for key in keys
    ]
    for values in product(*steps):
        yield {**figures, **dict(zip(keys, values, strict=True))}


def _reason(
    industry: Industry | None,
    groups: tuple[SizeGroup | None, ...],
    figures: Figures,
    possible: frozenset[str],
    missing: tuple[str, ...],
) -> str:
    if groups == (None,) and industry:
        return f"{OUTSIDE}：{industry.words} 未列入{size_table().source}"
    if missing:
        left = [size for size in (*reversed(SIZES), OUTSIDE) if size in possible]
        may_be = f"；可能为{'、'.join(left)}" if not possible.issuperset(SIZES) else ""
        return f"规模待定，{_lacking(industry, missing)}{may_be}"
    return "；".join(_told(group, figures) for group in groups if group)


def _lacking(industry: Industry | None, missing: tuple[str, ...]) -> str:
    """Return what is missing: ``缺营业收入``, ``行业只到 K 房地产业，须细到小类``."""
    lacking = [INDICATORS[key][0] for key in missing if key in INDICATORS]
    if "industry" in missing and industry is None:
        lacking.insert(0, "行业")
    words = [f"缺{'、'.join(lacking)}"] if lacking else []
    if "industry" in missing and industry:
        words.insert(0, f"行业只到 {industry.words}，须细到小类")
    return "，".join(words)


def _told(group: SizeGroup, figures: Figures) -> str:
    """Return why a group makes it what it is."""
    known = [(key, value) for key in group.limits if (value := figures[key]) is not None]
    said = "，".join(indicator_words(key, value) for key, value in known)
    rank = _top(group, figures)
    every = "同时" if len(group.limits) > 1 else ""
    reached = [f"{every}达到{SIZES[rank]}下限（{group.limit_words(rank)}）"] if rank > MICRO else []
    short = [f"未{every}达到{SIZES[rank + 1]}下限（{group.limit_words(rank + 1)}）"] if rank < LARGE else []
    return f"{group.name}：{said}；{'，'.join(reached + short)}，为{SIZES[rank]}"
