"""Which item each row of a returned checklist is, wherever it was moved and whatever was copied.

A row is known by its hidden key; without one by the words of its measure, if they are exactly those of one
item that no other row has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from desktop.exchange.checklists import identity
from desktop.exchange.checklists.identity import SentRow
from desktop.exchange.returned import table
from desktop.exchange.returned.sheet_cells import Row
from desktop.exchange.returned.table import Table
from desktop.workspace.items.model import ItemKey


def own_key(found: Table, row: Row) -> ItemKey | None:
    """Return the item that the hidden key of ``row`` names, None when there is no such key."""
    return identity.item_key(found.text(row, table.ITEM))


def majority(keys: Iterable[ItemKey]) -> str:
    """Return the unit that most keys name, the first of them when several do; "" for no keys."""
    counted = Counter(key.unit_key for key in keys)
    return counted.most_common(1)[0][0] if counted else ""


def find(
    found: Table, lines: Sequence[Row], own: Mapping[int, ItemKey], sent: Mapping[ItemKey, SentRow]
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
    titles = {str(row.number): _squeezed(f"{row.number}.{row.title}") for row in left}
    for row in lines:
        if row.number in keys or row.number in made_of:
            continue
        text = found.text(row, table.MEASURE)
        if key := free.get(identity.shown_hash(text)):
            keys[row.number] = key
        elif (title := titles.get(text.partition(".")[0].strip())) and _squeezed(text).startswith(title):
            keys[row.number] = None
    return keys


def _made_out_of_others(
    found: Table, lines: Sequence[Row], own: Mapping[int, ItemKey], sent: Mapping[ItemKey, SentRow]
) -> set[int]:
    """Return the rows that were copied from an item's row and written over: their measure is another.

    That holds where the words of the measure are whole in one of the rows alone.
    """
    by_key: dict[ItemKey, dict[int, bool]] = {}
    for row in lines:
        key = own.get(row.number)
        if key is not None and key in sent:
            whole = identity.shown_hash(found.text(row, table.MEASURE)) == sent[key].shown_sha256
            by_key.setdefault(key, {})[row.number] = whole
    return {
        number
        for rows in by_key.values()
        if list(rows.values()).count(True) == 1
        for number, whole in rows.items()
        if not whole
    }


def _squeezed(text: str) -> str:
    return "".join(text.split())
