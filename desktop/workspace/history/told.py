"""What an edit did, in one line for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.workspace import words
from desktop.workspace.items import notes
from desktop.workspace.items.model import EVIDENCE, Change

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

MOST = 16  # characters of a value that are quoted


def told(catalogue: Catalogue, made: Sequence[Change]) -> str:
    """Return where the changes of one edit changed something; of a single one also from what to what.

    E.g. 区财政局第16条的状态由“推进中”改为“未启动”; 区财政局 5 项的完成时限; （没有改动）for none.
    """
    if not made:
        return "（没有改动）"
    fields = "、".join(dict.fromkeys(words.field(change.field) for change in made))
    where = f"{_place(catalogue, made)}的{fields}"
    first = made[0]
    if len(made) > 1 or first.field == EVIDENCE:
        return where
    before, after = (_quoted(first.field, value) for value in (first.before, first.after))
    return f"{where}由{before}改为{after}"


def _place(catalogue: Catalogue, made: Sequence[Change]) -> str:
    keys = list(dict.fromkeys(change.key for change in made))
    if len(keys) == 1:
        return words.unit(catalogue, keys[0].unit_key) + words.number(catalogue, keys[0].measure_key)
    units = list(dict.fromkeys(key.unit_key for key in keys))
    if units == [notes.NO_UNIT]:
        return f"{len(keys)} 条措施"
    whose = f"{words.unit(catalogue, units[0])} " if len(units) == 1 else f"{len(units)} 个单位 "
    return f"{whose}{len(keys)} 项"


def _quoted(field: str, stored: str) -> str:
    said = " ".join(words.value(field, stored).split())
    if said == words.EMPTY:
        return said
    return f"“{said if len(said) <= MOST else said[: MOST - 1] + '…'}”"
