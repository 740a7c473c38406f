"""What is known of an enterprise, predicate by predicate: yes, no or unknown, why, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.catalogue import facts, rules
from desktop.catalogue.rules import Predicate
from desktop.classification import industry as industries
from desktop.classification import size, small_profit
from desktop.verdicts.profile import SMALL, Profile

_GROUPS = {("中型", "小型", "微型"): "中小企业", ("小型", "微型"): "小微企业", ("大型",): "大型企业"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a predicate; ``words`` say why, in Chinese, "" where it is open.

    ``missing`` are the keys of the facts and figures that may still settle it: none where it is settled.
    """

    value: bool | None
    words: str = ""
    missing: tuple[str, ...] = ()


class Known:
    """A profile that answers. Each predicate is worked out once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.facts = profile.known_facts
        self.individual = self.facts.get("individual")
        self.size = size.judge(
            profile.industry,
            profile.employees,
            profile.revenue,
            profile.assets,
            sole_trader=self.individual is True,
        )
        self._answers: dict[tuple[str, tuple[str, ...]], Answer] = {}

    def answer(self, predicate: Predicate) -> Answer:
        """Return what is known of a predicate."""
        wanted = predicate.kind, predicate.values
        if wanted not in self._answers:
            self._answers[wanted] = self._worked_out(*wanted)
        return self._answers[wanted]

    def _worked_out(self, kind: str, values: tuple[str, ...]) -> Answer:
        match kind:
            case rules.FACT:
                return self._fact(values[0])
            case rules.SIZE:
                return self._size(values)
            case rules.INDUSTRY:
                return self._industry(values)
            case rules.SMALL_PROFIT:
                return self._small_profit()
            case rules.SMALL_TAXPAYER:
                return self._small_taxpayer()
            case _:
                return Answer(True, "条文没有限定企业类型")

    def _fact(self, key: str) -> Answer:
        value = self.facts.get(key)
        if value is None:
            return Answer(None, missing=(key,))
        fact = facts.vocabulary()[key]
        return Answer(value, fact.yes if value else fact.no)

    def _size(self, wanted: tuple[str, ...]) -> Answer:
        possible = self.size.possible
        if not possible.issubset(wanted) and not possible.isdisjoint(wanted):
            return Answer(None, missing=self.size.missing)
        group = size_group(wanted)
        if self.size.outside:
            return Answer(False, f"{self.size.reason}，不能按划型认定为{group}")
        is_one = "或".join(each for each in rules.SIZES if each in possible)
        reference = "（个体工商户参照划型）" if self.individual else ""
        if possible.isdisjoint(wanted):
            return Answer(False, f"划型为{is_one}{reference}，不属于{group}")
        return Answer(True, f"划型为{is_one}{reference}，属于{group}")

    def _industry(self, wanted: tuple[str, ...]) -> Answer:
        industry = self.profile.industry
        if industry is None:
            return Answer(None, missing=("industry",))
        if industry.section in wanted or industry.division in wanted:
            return Answer(True, f"行业为{industry.words}")
        if not industry.division and any(
            industries.table()[each].section == industry.section for each in wanted
        ):
            return Answer(None, missing=("industry",))
        return Answer(False, f"行业为{industry.words}，不在所列行业内")

    def _small_profit(self) -> Answer:
        if self.individual:
            return Answer(False, "个体工商户不缴纳企业所得税，不是小型微利企业")
        profile = self.profile
        found = small_profit.judge_small_profit(
            profile.taxable_income, profile.employees, profile.assets, restricted=False
        )
        if found.value is False:
            return Answer(False, found.reason)
        missing = (*found.missing, *(("individual",) if self.individual is None else ()))
        return Answer(None, missing=missing) if missing else Answer(True, found.reason)

    def _small_taxpayer(self) -> Answer:
        taxpayer = self.profile.taxpayer
        if taxpayer is None:
            return Answer(None, missing=("taxpayer",))
        small = taxpayer == SMALL
        return Answer(small, "是增值税小规模纳税人" if small else "是增值税一般纳税人")


def size_group(wanted: tuple[str, ...]) -> str:
    """Return what a set of sizes is called: 中小企业, 小微企业, or the sizes themselves."""
    return _GROUPS.get(wanted, f"{'、'.join(wanted)}企业")
