"""What a call of the command line loads: its own room and no other. Names, not times."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = """
import sys
from desktop.__main__ import main
main(sys.argv[1:])
print(*sorted(name for name in sys.modules if name.partition(".")[0] in %r), sep="\\n", file=sys.stderr)
"""
THIRD = {"PySide6", "openpyxl", "sqlite_utils", "defusedxml", "platformdirs", "pypinyin"}
SEARCH = [
    "desktop",
    "desktop.__main__",
    "desktop.catalogue",
    "desktop.catalogue.bundled",
    "desktop.catalogue.lookalikes",
    "desktop.catalogue.matches",
    "desktop.catalogue.ranking",
    "desktop.catalogue.readings",
    "desktop.catalogue.understood",
    "desktop.catalogue.search",
    "desktop.catalogue.snippets",
    "desktop.catalogue.spans",
    "desktop.catalogue.store",
    "desktop.catalogue.terms",
    "desktop.catalogue.tokens",
    "desktop.catalogue.typeset",
    "desktop.cli",
    "desktop.cli.call",
    "desktop.cli.entry",
    "desktop.cli.guard",
    "desktop.cli.notice_option",
    "desktop.cli.reading",
    "desktop.cli.text",
    "desktop.cli.values",
    "desktop.cli.wording",
    "desktop.errors",
    "desktop.library",
    "desktop.library.index_opened",
    "desktop.library.opening",
    "desktop.paths",
]


def loaded(*arguments: str) -> list[str]:
    """Return the modules of ours, and those of others that are large, that a call loads."""
    code = LOADED % (THIRD | {"desktop"},)
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    return done.stderr.decode().split()


def test_a_search_for_programs_loads_what_searches_and_nothing_else() -> None:
    found = [name for name in loaded("search", "担保", "--json") if not name.startswith("platformdirs")]
    assert found == sorted(SEARCH)  # and what says where the user's notices would lie


@pytest.mark.parametrize("arguments", [("show", "16"), ("tree",), ("search", "担保", "--unit", "区财政局")])
def test_reading_the_measures_loads_neither_workspace_nor_workbooks(arguments: tuple[str, ...]) -> None:
    rooms = {name.partition(".")[2].partition(".")[0] for name in loaded(*arguments)}
    assert not rooms & {"workspace", "exchange", "ui", "doctor"}
