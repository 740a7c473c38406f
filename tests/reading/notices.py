"""Invented notices in the forms that real ones have: towns, units and sentences are made up.

Each is a file in `forms`; what is in it was counted by hand.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import NamedTuple

FORMS = Path(__file__).parent / "forms"


class Invented(NamedTuple):
    """An invented notice and what is in it; ``asked``: whether anything is to be asked about."""

    name: str
    categories: int
    groups: int
    measures: int
    responsibilities: int
    asked: bool = False

    @property
    def text(self) -> str:
        return (FORMS / f"{self.name}.txt").read_text("utf-8")


_NOTICES = (
    Invented("continuing", 2, 0, 4, 6),
    Invented("restarting", 2, 0, 4, 6),
    Invented("han-bracket", 2, 0, 4, 6),
    Invented("guarantees", 2, 0, 4, 6),
    Invented("three-levels", 1, 2, 4, 6),
    Invented("chapters", 2, 0, 4, 6),
    Invented("articles", 0, 0, 3, 5),
    Invented("units-below", 0, 0, 4, 6),
    Invented("titles-without-end", 0, 0, 4, 6),
    Invented("titles-with-colon", 0, 0, 4, 6),
    Invented("spoken", 2, 0, 4, 7),
    Invented("measures-within", 2, 0, 4, 5),
    Invented("no-units", 2, 0, 4, 0),
    Invented("headings-without-numbers", 2, 0, 4, 6),
    Invented("two-papers", 0, 0, 4, 6),
    Invented("paper-as-attachment", 0, 0, 4, 6),
    Invented("form-as-attachment", 0, 0, 4, 6, asked=True),
    Invented("page", 2, 0, 4, 6),
    Invented("things-within", 0, 0, 4, 6),
    Invented("digits-after-the-number", 0, 0, 4, 6),
    Invented("digits-in-brackets", 2, 0, 4, 6),
    Invented("guarantees-run-on", 1, 0, 4, 6, asked=True),
    Invented("units-at-the-headings", 2, 0, 4, 0, asked=True),
    Invented("number-missing", 0, 0, 4, 6, asked=True),
    Invented("number-lost", 0, 0, 4, 6, asked=True),
    Invented("units-lost", 0, 0, 4, 5, asked=True),
    Invented("contents", 1, 0, 2, 0),
    Invented("part-without-units", 3, 0, 5, 5, asked=True),
    Invented("level-left-out", 2, 0, 4, 6),
    Invented("without-numbers", 0, 0, 2, 5, asked=True),
    Invented("short-sentences", 2, 0, 4, 0),
    Invented("short-paragraphs", 0, 0, 3, 0),
    Invented("explained", 2, 0, 4, 6),
    Invented("guarantees-with-a-leader", 1, 0, 2, 3, asked=True),
)
NOTICES = {notice.name: notice for notice in _NOTICES}
CONTINUING = NOTICES["continuing"].text
"""一、 holds 1. 2., and the numbers go on from category to category."""


def flat(text: str) -> str:
    """Return ``text`` as a page often pastes it: line ends are blanks."""
    return " ".join(line.strip() for line in text.split("\n"))


def wrapped(text: str, width: int = 31, indent: str = "") -> str:
    """Return ``text`` with a line end after every ``width`` characters."""
    return "\n".join(
        "\n".join(textwrap.wrap(indent + line, width, drop_whitespace=False)) for line in text.split("\n")
    )
