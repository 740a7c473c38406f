"""What was entered goes out and comes back as it was; what a second program types is read as typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.workspace.items import deadline, rules
from desktop.workspace.items.deadline import LONG_TERM, UNSTATED
from desktop.workspace.items.model import Entry, Item, Status
from tests.exchange import units
from tests.exchange.units import FIRST_ROW, differing, read

UNIT = "finance"
QUIET = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

# What the workspace keeps: any text that its own rules let through.
kept = st.text(max_size=60).map(lambda words: rules.clean("progress", words))
spiky = st.sampled_from(
    ["=1+1", "-", "@x", "_x0041_", "_x005F_", "  两端 ", "\n", "\t甲", "'0", "2026-3-1", "𠮷"]
)
days = st.dates(date(1880, 1, 1), date(2150, 12, 31))
deadlines = st.one_of(
    st.sampled_from([UNSTATED, LONG_TERM]),
    days.map(deadline.on),
    st.tuples(days, days).map(lambda two: deadline.span(min(two), max(two))),
)
entered = st.builds(
    Entry,
    status=st.sampled_from(list(Status)),
    deadline=deadlines,
    owner=kept | spiky,
    progress=kept | spiky,
    problems=kept | spiky,
    next_step=kept | spiky,
    reason=kept | spiky,
    revision=st.integers(0, 999),
)


@pytest.fixture(scope="module")
def own(blank: tuple[Item, ...]) -> Callable[[], list[Item]]:
    """The unit's items; in a function, so that no failure is told with all of them."""
    return lambda: [item for item in blank if item.key.unit_key == UNIT]


@pytest.fixture
def send(
    catalogue: Catalogue, today: date, own: Callable[[], list[Item]], tmp_path: Path
) -> Callable[[list[Entry]], Path]:
    """Write the unit's workbook with these entries."""

    def write(entries: list[Entry]) -> Path:
        items = [replace(item, entry=entry) for item, entry in zip(own(), entries, strict=True)]
        path = tmp_path / "a.xlsx"
        return book.write_unit(path, book.Sending(catalogue, today), items, catalogue.unit(UNIT))

    return write


@QUIET
@given(entries=st.lists(entered, min_size=9, max_size=9))
def test_an_untouched_workbook_says_nothing_new(
    send: Callable[[list[Entry]], Path], entries: list[Entry]
) -> None:
    path = send(entries)
    for opened in (path, units.save(openpyxl.load_workbook(path), path)):
        found = read(opened)
        assert differing(found) == {}
        assert [row.base_revision for row in found.rows] == [entry.revision for entry in entries]
        assert (found.missing, found.added, found.notes) == ((), (), ())
        assert not any(row.refused for row in found.rows)


typed = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="_\ufffe\uffff"),
    max_size=60,
)


@QUIET
@given(words=st.lists(typed, min_size=9, max_size=9), order=st.permutations(range(9)))
def test_what_a_second_program_types_is_read_whatever_the_order(
    own: Callable[[], list[Item]], tmp_path: Path, words: list[str], order: list[int]
) -> None:
    book = openpyxl.load_workbook(Path(__file__).parents[1] / "fixtures" / "sent.xlsx")
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in sheet[FIRST_ROW + index][:16]] for index in range(9)]
    next_step = [cell.value for cell in sheet[FIRST_ROW - 1]].index("下一步举措") + 1
    for target, source in enumerate(order):
        for column, value in enumerate(rows[source], 1):
            text = words[source] if column == next_step else value
            cell = sheet.cell(FIRST_ROW + target, column)
            cell.value = text
            if isinstance(text, str):
                cell.data_type = "s"
    found = read(units.save(book, tmp_path / "b.xlsx"))
    by_key = {row.key: row for row in found.rows}
    for item, text in zip(own(), words, strict=True):
        cell = by_key[item.key].values["next_step"]
        assert cell.value == text.strip() or not visible(text)


def visible(text: str) -> str:
    """Return ``text`` without what nobody sees: an answer of that alone is no answer."""
    return "".join(
        char for char in text if char not in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
    ).strip()
