"""The name of a round as it is typed: one line, and no other round's."""

from __future__ import annotations

from collections.abc import Collection


def typed_name(text: str) -> str:
    """Return the name that is meant by what was typed: blanks at the ends and doubled ones are none of it."""
    return " ".join(text.split())


def problem(name: str, taken: Collection[str]) -> str:
    """Return in Chinese why a round cannot have this name, "" when it can."""
    if not name:
        return "请写一个轮次名称。"
    return f"已有名为“{name}”的轮次，请换一个名称。" if name in taken else ""
