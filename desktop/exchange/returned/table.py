"""Where a checklist stands in a returned sheet: the row of headings and the columns under them.

People insert and delete columns, move them, and add to a heading; a column is known by its heading. Only the
visible rows' words count, not where they stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.exchange.checklists.sheet import COLUMNS, HIDDEN
from desktop.exchange.returned.sheet_cells import Area, Raw, Row
from desktop.workspace.items.model import FIELD_NAMES

MOST_ROWS = 2_000
"""The most rows that are not empty under the headings; the longest checklist has about twenty."""
WITHIN = 60
"""The headings stand within this many rows that are not empty; else the sheet is no checklist."""
INDEX, MEASURE, EVIDENCE = "序号", "措施", "佐证材料"
ITEM, REVISION, DIGEST = HIDDEN

_TITLES = tuple(column.title for column in COLUMNS)
_FEWEST = 5
_LONGEST_HEADING = 200
_FIELDS = {label: name for name, label in FIELD_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """A checklist as found: title of its sheet, columns by heading, the rows under the headings.

    ``headings`` are the words over each column, also over those that are not ours. ``twice`` are the headings
    of answers that stand over more than one column, ``gone`` those over none.
    """

    title: str
    headings: Mapping[int, str]
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    twice: tuple[str, ...]
    gone: tuple[str, ...]
    above: tuple[Row, ...]
    merged: Sequence[Area]

    def text(self, row: Row, heading: str) -> str:
        """Return what stands in ``row`` under ``heading``, empty when the column is gone."""
        column = self.columns.get(heading)
        return row.text(column) if column else ""

    def heading(self, column: int) -> str:
        """Return the words over a column, ours without what was added to them; "" for none."""
        own = next((head for head, number in self.columns.items() if number == column), "")
        return own or self.headings.get(column, "")

    def hidden(self) -> frozenset[int]:
        """Return the columns that say which item a row is."""
        return frozenset(self.columns[head] for head in HIDDEN if head in self.columns)

    def is_ours(self, column: int) -> bool:
        """Say whether a column is one of the checklist's."""
        return column in self.columns.values()

    def fields(self) -> Iterator[tuple[str, int]]:
        """Yield the fields (keys of FIELD_NAMES) whose columns are there, with their columns."""
        for label, name in _FIELDS.items():
            if label in self.columns:
                yield name, self.columns[label]

    def covered(self, row: int, column: int) -> Area | None:
        """Return the merged cells that cover this one, None when it is the first of them or not merged."""
        for area in self.merged:
            inside = area.top <= row <= area.bottom and area.left <= column <= area.right
            if inside and (row, column) != (area.top, area.left):
                return area
        return None

    def shown_in(self, area: Area) -> Raw | None:
        """Return what merged cells show: what stands in the first of them."""
        first = bisect_left(self.rows, area.top, key=lambda row: row.number)
        found = first < len(self.rows) and self.rows[first].number == area.top
        return self.rows[first].cells.get(area.left) if found else None


def columns(row: Row) -> dict[str, list[int]] | None:
    """Return the columns by heading when ``row`` holds the headings of a checklist, else None."""
    words = {
        number: "".join(cell.text.split())
        for number, cell in row.cells.items()
        if len(cell.text) <= _LONGEST_HEADING
    }
    if MEASURE not in words.values():
        return None
    found = {title: [n for n, word in words.items() if word == title] for title in (*_TITLES, *HIDDEN)}
    found = {title: numbers for title, numbers in found.items() if numbers}
    if sum(title in found for title in _TITLES) < _FEWEST:
        return None
    taken = {number for numbers in found.values() for number in numbers}
    for title in _TITLES:
        if title not in found:
            longer = [n for n, word in words.items() if word.startswith(title) and n not in taken]
            if longer:
                found[title] = longer
    return found


def find(title: str, rows: Iterator[Row], merged: Sequence[Area]) -> Table | None:
    """Return the checklist in a sheet, None when it holds none. ``merged`` is filled while rows are read."""
    above: list[Row] = []
    for row in rows:
        if (found := columns(row)) is not None:
            under = tuple(line for line in rows if columns(line) is None)
            return Table(
                title,
                {column: " ".join(cell.text.split()) for column, cell in row.cells.items()},
                {head: numbers[0] for head, numbers in found.items()},
                under,
                tuple(head for head, numbers in found.items() if len(numbers) > 1 and head in _FIELDS),
                tuple(label for label in _FIELDS if label not in found),
                tuple(above),
                merged,
            )
        above.append(row)
        if len(above) >= WITHIN:
            return None
    return None
