"""销号: a claim that something is done, confirmed by someone else than the one who made it.

Who made the claim stands in the history. What an undo brings back is the claim that stood before, not a new
one. In a workbook it is the unit that speaks, whoever imports it: the unit's claim may be confirmed by the
person who imported it, but not by another workbook of the unit, nor by a workbook that the claimant imports.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Mapping

from desktop.errors import RuleError
from desktop.workspace.items import changes
from desktop.workspace.items.model import Change, ItemKey, Status

BY_UNIT = "“已完成”是该单位自己回填的，不能再由该单位的工作簿销号"


def claim(db: sqlite3.Connection, key: ItemKey) -> Change | None:
    """Return the change that claimed what stands as 已完成, None when the history has no such claim."""
    before = 0
    while found := changes.select(
        db,
        "unit_key = ? AND measure_key = ? AND field = 'status' AND (? = 0 OR id < ?)",
        key.unit_key,
        key.measure_key,
        before,
        before,
        limit=1,
    ):
        if not found[0].undoes:
            return found[0] if found[0].after == Status.DONE else None
        before = found[0].undoes  # it brought back what stood before the change that it took back
    return None


def refusal(db: sqlite3.Connection, key: ItemKey, now: str, by: str, *, imported: bool = False) -> str:
    """Return why ``by`` cannot let ``key``, whose status is ``now``, be 已销号; "" when they can.

    ``imported`` says that the unit's workbook says so and ``by`` only imports it.
    """
    if now == Status.CLOSED:
        return ""
    if now != Status.DONE:
        return f"当前状态是“{now}”，不能直接改为“已销号”"
    made = claim(db, key)
    if made is None:
        return ""
    if made.intake:
        return BY_UNIT if imported else ""
    if _same(made.by, by):
        return f"“已完成”是{made.by or '同一人'}填报的，销号须由另一人确认"
    return ""


def check(
    db: sqlite3.Connection, key: ItemKey, now: Mapping[str, str], then: Mapping[str, str], by: str
) -> None:
    """Raise RuleError when ``then`` is 已销号 and ``by`` cannot confirm that."""
    if then["status"] != Status.CLOSED:
        return
    if reason := refusal(db, key, now["status"], by):
        raise RuleError(
            f"{reason}，没有改动任何内容。",
            "销号是对完成情况的确认：先填“已完成”，再由他人核实后填“已销号”；换人操作时请先在设置中改“本机使用人”。",
        )


def _same(one: str, other: str) -> bool:
    """Tell whether two names are the same person's, however they were typed."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
