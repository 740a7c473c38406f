"""The groups of industries by which 大中小微 is told, with their limits.

Source: 《统计上大中小微型企业划分办法（2017）》（国统字〔2017〕213号）, its table and notes. A number is what
an enterprise must at least reach: 从业人员 in people, 营业收入 and 资产总额 in 万元.
They are kept in ``resources/classification/sizes.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop import paths
from desktop.classification.industry import Industry, classes

INDICATORS = {
    "employees": ("从业人员", "人"),
    "revenue": ("营业收入", "万元"),
    "assets": ("资产总额", "万元"),
}
"""Keys of the indicators with what they are called and counted in, in the order in which they are said."""

MICRO, SMALL, MEDIUM, LARGE = range(4)
SIZES = ("微型", "小型", "中型", "大型")
"""The sizes, by rank."""


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each
class SizeGroup:
    """A row of the table: its name, the codes of its industries, and for each indicator the three limits.

    ``limits`` are the lower limits of 小型, 中型 and 大型 by the key of the indicator.
    """

    name: str
    codes: frozenset[str]
    limits: Mapping[str, tuple[float, float, float]]

    def rank(self, key: str, value: float) -> int:
        """Return which size one indicator alone would allow."""
        return sum(value >= limit for limit in self.limits[key])

    def limit_words(self, size: int) -> str:
        """Return the lower limits of a size: ``从业人员 20 人、营业收入 300 万元``."""
        return "、".join(indicator_words(key, limits[size - 1]) for key, limits in self.limits.items())


@dataclass(frozen=True, slots=True)
class SizeTable:
    """All groups, and the paper that says so."""

    source: str
    groups: tuple[SizeGroup, ...]


@cache
def size_table() -> SizeTable:
    """Return the table, read once."""
    path = paths.resources() / "classification" / "sizes.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return SizeTable(read["source"], tuple(_group(group) for group in read["group"]))


@cache
def groups_of(industry: Industry | None) -> tuple[SizeGroup | None, ...]:
    """Return every group to which an industry may come when told to the class; None is outside the table.

    One for most codes; more for a section such as K, and all of them for no industry.
    """
    if industry is None:
        return (*size_table().groups, None)
    return tuple(dict.fromkeys(_group_of_class(one) for one in classes(industry)))


def indicator_words(key: str, value: float) -> str:
    """Return an indicator with its value: ``营业收入 3,200 万元``."""
    name, unit = INDICATORS[key]
    return f"{name} {number_words(value)} {unit}"


def number_words(value: float) -> str:
    """Return a number with thousands apart and no more decimals than it has: ``3,200``, ``0.5``."""
    return f"{value:,.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def _group_of_class(industry: Industry) -> SizeGroup | None:
    digits = industry.digits
    names = {industry.section, digits, digits[:2], digits[:3]}
    return next((group for group in size_table().groups if not names.isdisjoint(group.codes)), None)


def _group(read: Mapping[str, object]) -> SizeGroup:
    limits = {}
    for key in INDICATORS:
        match read.get(key):
            case [int(large), int(medium), int(small)]:
                limits[key] = (float(small), float(medium), float(large))
    codes = read["codes"]
    assert isinstance(codes, list)
    return SizeGroup(str(read["name"]), frozenset(codes), limits)
