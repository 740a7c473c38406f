"""小型微利企业 by the tax rules, told from facts some of which may be unknown.

Source: 财政部 税务总局公告2023年第12号 (until 2027-12-31): an enterprise in an industry that the state
neither restricts nor forbids, with 年度应纳税所得额 of at most 300 万元, 从业人数 (dispatched workers
included) of at most 300 and 资产总额 of at most 5,000 万元; people and assets as the mean of the quarters of
the year. It is about those who pay enterprise income tax: not about 个体工商户, 个人独资企业 and 合伙企业.

Three things are often taken for one another. 小微 of the statistical sizes
(:mod:`desktop.classification.size`) goes by industry; 小型微利企业 by these four conditions, the same for
every industry; 小规模纳税人 is a registration for value added tax, a fact of its own that nothing here can
tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.classification.size_table import number_words

SOURCE = "财政部 税务总局公告2023年第12号"
LIMITS = {
    "taxable_income": ("年度应纳税所得额", 300, "万元"),
    "employees": ("从业人数", 300, "人"),
    "assets": ("资产总额", 5000, "万元"),
}
"""For each figure its name, what it must not exceed, and the unit."""

_TRADE = "是否属于国家限制或禁止行业"


@dataclass(frozen=True, slots=True)
class SmallProfitJudgement:
    """Whether an enterprise is 小型微利企业 (None: open), what is missing for that, and why.

    ``missing`` are keys of taxable_income, employees, assets, restricted; empty where the answer is certain.
    """

    value: bool | None
    missing: tuple[str, ...]
    reason: str


def judge_small_profit(
    taxable_income: float | None,
    employees: float | None,
    assets: float | None,
    restricted: bool | None,
) -> SmallProfitJudgement:
    """Tell it from income and assets in 万元, people, and whether the industry is restricted or forbidden.

    One condition that fails is enough for no, whatever is unknown. A loss is an income below zero.
    """
    figures: Mapping[str, float | None] = {
        "taxable_income": taxable_income,
        "employees": employees,
        "assets": assets,
    }
    over = [
        f"{LIMITS[key][0]} {number_words(value)} {LIMITS[key][2]}，超过 {LIMITS[key][1]:,} {LIMITS[key][2]}"
        for key, value in figures.items()
        if value is not None and value > LIMITS[key][1]
    ]
    failed = [*over, *(["从事国家限制或禁止行业"] if restricted else [])]
    if failed:
        return SmallProfitJudgement(False, (), f"不是小型微利企业：{'；'.join(failed)}")
    missing = (*(key for key, value in figures.items() if value is None), *_open(restricted))
    if missing:
        names = "、".join(LIMITS[key][0] if key in LIMITS else _TRADE for key in missing)
        return SmallProfitJudgement(None, missing, f"是否小型微利企业尚不能判定，缺{names}")
    limits = "、".join(f"{name}不超过 {limit:,} {unit}" for name, limit, unit in LIMITS.values())
    return SmallProfitJudgement(True, (), f"小型微利企业：从事国家非限制和禁止行业，{limits}（{SOURCE}）")


def _open(restricted: bool | None) -> tuple[str, ...]:
    return ("restricted",) if restricted is None else ()
