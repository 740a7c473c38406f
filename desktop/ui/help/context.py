"""Which task of the manual goes with which page of the window."""

from __future__ import annotations

TASKS = {
    "browse": "查一条措施",
    "checklist": "填写一个单位的清单",
    "visits": "看哪些措施适合这家企业",
    "overview": "看总览，导出台账",
    "library": "录入一份新的发文",
    "proofreading": "核查材料中的引文",
}


def task(page: str) -> str:
    """Return the heading of a page's task; "" for a page that has none, which opens the manual as it is."""
    return TASKS.get(page, "")
