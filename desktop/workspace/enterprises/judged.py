"""An enterprise as it is judged on a day: its profile for the verdicts, and its size."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import lru_cache

from desktop.catalogue import facts as vocabulary
from desktop.classification import credit_code, size
from desktop.classification.industry import Industry
from desktop.classification.size import SizeJudgement
from desktop.verdicts.profile import FIGURES, Profile
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise


def profile(db: sqlite3.Connection, key: str, as_of: date) -> Profile:
    """Return what is known of an enterprise on a day; of one that was merged, what is known of the firm.

    Raises RuleError when there is none of that key.
    """
    return profile_of(enterprises.one(db, enterprises.resolve(db, key)), as_of)


def profile_of(enterprise: Enterprise, as_of: date) -> Profile:
    """Return what is known of an enterprise on a day: of each figure the newest that is not later.

    A fact of which this program does not know, and an industry that there is not, are not known.
    """
    return Profile(
        name=enterprise.name,
        uscc=credit_code.normal(enterprise.uscc),
        industry=enterprise.known_industry,
        taxpayer=enterprise.taxpayer,
        town=enterprise.town,
        as_of=as_of,
        facts={key: value for key, value in enterprise.facts.items() if key in vocabulary.vocabulary()},
        **_values(enterprise, as_of),
    )


def size_of(enterprise: Enterprise, as_of: date) -> SizeJudgement:
    """Return what can be said of an enterprise's size on a day."""
    known = profile_of(enterprise, as_of)
    is_individual = known.known_facts.get("individual") is True
    return _judged(known.industry, known.employees, known.revenue, known.assets, is_individual)


def size_words(judged: SizeJudgement) -> str:
    """Return a size in a word: 小型, 规模待定, 不在划型范围."""
    return judged.size or (size.OUTSIDE if judged.outside else "规模待定")


@lru_cache(maxsize=20_000)
def _judged(
    industry: Industry | None,
    employees: float | None,
    revenue: float | None,
    assets: float | None,
    is_individual: bool,
) -> SizeJudgement:
    return size.judge(industry, employees, revenue, assets, sole_trader=is_individual)


def _values(enterprise: Enterprise, as_of: date) -> dict[str, float | None]:
    newest = {name: enterprise.figure(name, as_of) for name in FIGURES}
    return {name: found.value if found else None for name, found in newest.items()}
