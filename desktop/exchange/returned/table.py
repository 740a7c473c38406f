"""Where the checklist stands in a returned sheet, and which item each of its rows is, wherever it was moved.

The headings are found by their words, in whatever columns. A row is known by its hidden key; without one by
the words of its measure, if they are exactly those of one item that no other row has.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.catalogue.lookalikes import usual
from desktop.exchange.checklists.columns import COLUMNS, HIDDEN, MEASURE
from desktop.exchange.checklists.identity import shown_hash
from desktop.exchange.returned.identity import SentRow, item_key
from desktop.exchange.returned.sheet_cells import Area, Raw, SheetRow
from desktop.workspace.items.model import CHANGE_NAMES, FIELD_NAMES, ItemKey
from desktop.workspace.items.model import EVIDENCE as EVIDENCE_FIELD

MOST_ROWS = 2_000
"""The most rows that are not empty under the headings; the longest checklist has about twenty."""
WITHIN = 60
"""The headings stand within this many rows that are not empty; else the sheet is no checklist."""
EVIDENCE = CHANGE_NAMES[EVIDENCE_FIELD]
ITEM, REVISION, DIGEST = HIDDEN

_TITLES = tuple(column.title for column in COLUMNS)
_FEWEST = 5
_ORDINAL = "[0-9一二三四五六七八九十百]+"
_LABEL = re.compile(rf"(?:{_ORDINAL}[.、]|\({_ORDINAL}\)|第{_ORDINAL}条[:：.、]?)")
"""What stands before a measure's title, in usual characters."""
_LONGEST_HEADING = 200
FIELDS = {label: name for name, label in FIELD_NAMES.items()}


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A checklist as found: title of its sheet, columns by heading, the rows under the headings.

    ``headings`` are the words over each column, also over those that are not ours. ``twice`` are the headings
    of answers that stand over more than one column, ``gone`` those over none.
    """

    title: str
    headings: Mapping[int, str]
    columns: Mapping[str, int]
    rows: tuple[SheetRow, ...]
    twice: tuple[str, ...]
    gone: tuple[str, ...]
    above: tuple[SheetRow, ...]
    merged: Sequence[Area]

    def text(self, row: SheetRow, heading: str) -> str:
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
        for label, name in FIELDS.items():
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


def columns(row: SheetRow) -> dict[str, list[int]] | None:
    """Return the columns by heading when ``row`` holds the headings of a checklist, else None."""
    words = {
        number: "".join(usual(cell.text).split())
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


def find(title: str, rows: Iterator[SheetRow], merged: Sequence[Area]) -> FoundTable | None:
    """Return the checklist in a sheet, None when it holds none. ``merged`` is filled while rows are read."""
    above: list[SheetRow] = []
    for row in rows:
        if (found := columns(row)) is not None:
            under = tuple(line for line in rows if columns(line) is None)
            return FoundTable(
                title,
                {column: " ".join(cell.text.split()) for column, cell in row.cells.items()},
                {head: numbers[0] for head, numbers in found.items()},
                under,
                tuple(head for head, numbers in found.items() if len(numbers) > 1 and head in FIELDS),
                tuple(label for label in FIELDS if label not in found),
                tuple(above),
                merged,
            )
        above.append(row)
        if len(above) >= WITHIN:
            return None
    return None


def own_key(found: FoundTable, row: SheetRow) -> ItemKey | None:
    """Return the item that the hidden key of ``row`` names, None when there is no such key."""
    return item_key(found.text(row, ITEM))


def majority(keys: Iterable[ItemKey]) -> str:
    """Return the unit that most keys name, the first of them when several do; "" for no keys."""
    counted = Counter(key.unit_key for key in keys)
    return counted.most_common(1)[0][0] if counted else ""


def row_items(
    found: FoundTable, lines: Sequence[SheetRow], own: Mapping[int, ItemKey], sent: Mapping[ItemKey, SentRow]
) -> dict[int, ItemKey | None]:
    """Return the item of each row that is one, by row number; None when it is one but nobody knows which."""
    made_of = _made_out_of_others(found, lines, own, sent)
    keys: dict[int, ItemKey | None] = {
        row.number: own[row.number] for row in lines if row.number in own and row.number not in made_of
    }
    taken = set(keys.values())
    left = [row for row in sent.values() if row.key not in taken]
    counted = Counter(row.shown_sha256 for row in sent.values())
    free = {row.shown_sha256: row.key for row in left if counted[row.shown_sha256] == 1}
    titles = tuple(filter(None, (_squeezed(one.title) for one in left)))
    for row in lines:
        if row.number in keys or row.number in made_of:
            continue
        text = found.text(row, MEASURE)
        if key := free.get(shown_hash(text)):
            keys[row.number] = key
        elif (label := _LABEL.match(_squeezed(text))) and _squeezed(text).startswith(titles, label.end()):
            keys[row.number] = None
    return keys


def _made_out_of_others(
    found: FoundTable, lines: Sequence[SheetRow], own: Mapping[int, ItemKey], sent: Mapping[ItemKey, SentRow]
) -> set[int]:
    """Return the rows that were copied from an item's row and written over: their measure is another.

    That holds where the words of the measure are whole in one of the rows alone.
    """
    by_key: dict[ItemKey, dict[int, bool]] = {}
    for row in lines:
        key = own.get(row.number)
        if key is not None and key in sent:
            whole = shown_hash(found.text(row, MEASURE)) == sent[key].shown_sha256
            by_key.setdefault(key, {})[row.number] = whole
    return {
        number
        for rows in by_key.values()
        if list(rows.values()).count(True) == 1
        for number, whole in rows.items()
        if not whole
    }


def _squeezed(text: str) -> str:
    return "".join(usual(text).split())
