"""What may be entered: how a value must look, and which step may follow which.

The rules on 状态 are those of the district's checklist: 不适用 needs a reason; a reason belongs to 不适用 and
is cleared when an item leaves it. 已销号 has a room of its own, :mod:`desktop.workspace.items.confirmation`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from desktop.errors import RuleError
from desktop.workspace.items import deadline
from desktop.workspace.items.model import FIELD_NAMES, Status

LIMITS = {"owner": 200, "progress": 10_000, "problems": 10_000, "next_step": 10_000, "reason": 10_000}
_LINE_ENDS = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def clean(field: str, value: str) -> str:
    """Return ``value`` as it is kept for ``field``. Raises RuleError when it cannot be kept.

    Deadlines have the form of :attr:`~desktop.workspace.items.deadline.Deadline.stored`. Text keeps every
    visible character; line ends become ``\\n``, and characters that cannot be seen, printed or put in a
    workbook (control characters other than tab, lone surrogates) are left out.
    """
    name = FIELD_NAMES.get(field)
    if name is None:
        raise RuleError(
            f"没有名为“{field}”的栏目，没有改动任何内容。", f"可填的栏目：{'、'.join(FIELD_NAMES.values())}。"
        )
    if field == "status":
        return _status(value.strip())
    if field == "deadline":
        return deadline.parse(value.strip()).stored
    return text(name, value, LIMITS[field])


def text(name: str, value: str, limit: int) -> str:
    """Return ``value`` without what cannot be kept. Raises RuleError above ``limit`` characters."""
    kept = visible(value)
    if len(kept) > limit:
        raise RuleError(
            f"“{name}”有{len(kept)}个字，最多可填{limit}个字，没有改动任何内容。",
            "请精简后再填，详细材料可另附文件。",
        )
    return kept


def visible(value: str) -> str:
    """Return ``value`` without what cannot be seen, printed or put in a workbook, line ends as ``\\n``."""
    lines = value.replace("\r\n", "\n").translate(_LINE_ENDS)
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def same_width(value: object) -> object:
    """Return a word that was chosen from a list as it stands there, however wide it was typed."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def _status(value: str) -> str:
    if value not in set(Status):
        raise RuleError(f"没有“{value}”这种状态，没有改动任何内容。", f"状态只能是：{'、'.join(Status)}。")
    return value


def settle(now: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return all fields as they will be when ``wanted`` is entered over ``now``.

    Raises RuleError when that breaks a rule. Values are cleaned ones.
    """
    then = {**now, **wanted}
    if then["status"] != Status.NOT_APPLICABLE and then["reason"] == now["reason"]:
        then["reason"] = ""
    agree(then)
    return then


def agree(values: Mapping[str, str]) -> None:
    """Raise RuleError unless the fields of one item agree with each other."""
    applicable = values["status"] != Status.NOT_APPLICABLE
    if not applicable and not values["reason"].strip():
        raise RuleError("状态为“不适用”时必须填写理由，没有改动任何内容。", "请写明不适用的理由。")
    if applicable and values["reason"]:
        raise RuleError(
            "只有状态为“不适用”时才填写不适用理由，没有改动任何内容。", "请同时把状态改为“不适用”。"
        )
