"""The workbooks of an import that no open round sent: what is asked about them, once for all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.workspace.returns import rounds
from desktop.workspace.returns.plans import Plan


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked of an import: how many workbooks, of which units, would count for which rounds.

    ``withdrawn`` tells how many of them were sent by a round that has been withdrawn.
    """

    count: int
    unit_keys: tuple[str, ...]
    round_names: tuple[str, ...]
    withdrawn: int

    @property
    def words(self) -> str:
        """Return the question."""
        rounds_of = "、".join(f"“{name}”" for name in self.round_names)
        return f"有 {self.count} 份不是按本轮发出的，是否算作{rounds_of}的回填？"


def question(db: sqlite3.Connection, made: Sequence[Plan]) -> Question | None:
    """Return what is to be asked before these plans are gone on with; None when there is nothing."""
    asked = [plan for plan in made if plan.offered and not plan.twin]
    if not asked:
        return None
    names = {one.key: one.name for one in rounds.every(db)}
    return Question(
        count=len(asked),
        unit_keys=tuple(dict.fromkeys(plan.unit_key for plan in asked)),
        round_names=tuple(names[key] for key in dict.fromkeys(plan.offered for plan in asked)),
        withdrawn=sum(bool(plan.file.round_key) for plan in asked),
    )
