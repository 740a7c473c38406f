"""责任清单: the items of a unit as the catalogue gives them, with what was entered for each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.catalogue.model import Measure
from desktop.errors import RuleError
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import changes, confirmation, entries, rules, settings
from desktop.workspace.items.model import Change, Entry, Item, ItemKey, Light
from desktop.workspace.items.progress import light

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def items(db: sqlite3.Connection, catalogue: Catalogue, unit_key: str, today: date) -> list[Item]:
    """Return one unit's checklist, documents in use one after the other, orphans at the end.

    What was entered for notices that are not in use is neither shown nor an orphan.
    """
    kept = entries.load(db, unit_key)
    near = settings.near_days(db)
    keys = [ItemKey(unit_key, measure.key) for measure in catalogue.measures_of(unit_key)]
    rows = [_item(catalogue, key, kept.pop(key, None), today, near) for key in keys]
    rows += _orphans(catalogue, kept, today, near)
    return _with_evidence(rows, entries.evidence_names(db, unit_key))


def every_item(db: sqlite3.Connection, catalogue: Catalogue, today: date) -> list[Item]:
    """Return all units' checklists, units as in ``catalogue.checklist_units()``, orphans at the end."""
    kept = entries.load(db)
    near = settings.near_days(db)
    keys = [
        ItemKey(unit.key, measure.key)
        for unit in catalogue.checklist_units()
        for measure in catalogue.measures_of(unit.key)
    ]
    rows = [_item(catalogue, key, kept.pop(key, None), today, near) for key in keys]
    rows += _orphans(catalogue, kept, today, near)
    return _with_evidence(rows, entries.evidence_names(db))


def entered_items(db: sqlite3.Connection, catalogue: Catalogue, today: date) -> list[Item]:
    """Return those of :func:`every_item` for which something was entered, by their keys, orphans at the end.

    All the others are as a new workspace has them: 未启动, without a deadline.
    """
    return _entered(db, catalogue, entries.load(db), today)


def late_items(db: sqlite3.Connection, catalogue: Catalogue, today: date) -> list[Item]:
    """Return those of :func:`entered_items` whose light is red."""
    near = settings.near_days(db)
    kept = entries.load(db).items()
    late = {key: each for key, each in kept if light(each.entry, today, near) is Light.RED}
    return _entered(db, catalogue, late, today)


def _entered(
    db: sqlite3.Connection, catalogue: Catalogue, kept: Mapping[ItemKey, entries.Kept], today: date
) -> list[Item]:
    near = settings.near_days(db)
    lost = dict.fromkeys(lacking(catalogue, kept))
    rows = [
        _item(catalogue, key, each, today, near)
        for key, each in kept.items()
        if key not in lost and catalogue.has(key.measure_key)
    ]
    rows += [_orphan(key, kept[key], today, near) for key in lost]
    return _with_evidence(rows, entries.evidence_names(db))


def lacking(catalogue: Catalogue, keys: Iterable[ItemKey]) -> list[ItemKey]:
    """Return those of ``keys`` that no notice of the library has any more, in use or not."""
    return [key for key in keys if not catalogue.carries(key.unit_key, key.measure_key)]


def item(db: sqlite3.Connection, catalogue: Catalogue, key: ItemKey, today: date) -> Item:
    """Return one item of any notice, in use or not. RuleError: neither catalogue nor workspace has it."""
    kept = entries.load_one(db, key)
    near = settings.near_days(db)
    if not lacking(catalogue, (key,)):
        (row,) = _with_evidence(
            [_item(catalogue, key, kept, today, near)], entries.evidence_names(db, key.unit_key)
        )
        return row
    if kept is None:
        raise _unknown(key)
    return _orphan(key, kept, today, near)


def edit(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    values: Mapping[str, str],
    *,
    by: str,
    source: str,
    at: datetime,
    session: str = "",
) -> tuple[Change, ...]:
    """Enter ``values`` (by the keys of FIELD_NAMES, deadlines as they are stored) for one item.

    One transaction: when this returns, the entry and its history are on disk. Fields that stay as they are
    make no change. Within a non-empty ``session``, going on typing in one field lets that field's newest
    change grow. Raises RuleError when a rule is broken and KnownError when the disk refuses; nothing is
    changed then.
    """
    wanted = {field: rules.clean(field, value) for field, value in values.items()}
    with transaction(db):
        return _enter(db, catalogue, key, wanted, changes.Origin(by, source, at, session))


def edit_each(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    keys: Iterable[ItemKey],
    values: Mapping[str, str],
    *,
    by: str,
    source: str,
    at: datetime,
) -> tuple[Change, ...]:
    """Enter the same ``values`` for each of ``keys``, as one edit: all of them or none, undone together.

    Raises as :func:`edit` does; a rule that one item breaks keeps all of them as they were.
    """
    wanted = {field: rules.clean(field, value) for field, value in values.items()}
    with transaction(db):
        origin = changes.Origin(by, source, at, batch=changes.next_batch(db))
        made = [_enter(db, catalogue, key, wanted, origin) for key in dict.fromkeys(keys)]
    return tuple(change for edited in made for change in edited)


def hand_over(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    unit_key: str,
    owner: str,
    *,
    by: str,
    source: str,
    at: datetime,
) -> tuple[Change, ...]:
    """责任人变更: let ``owner`` answer for all of a unit's items, as one edit.

    Raises RuleError for a name that cannot be kept, KnownError when the disk refuses.
    """
    keys = [ItemKey(unit_key, measure.key) for measure in catalogue.measures_of(unit_key)]
    return edit_each(db, catalogue, keys, {"owner": owner}, by=by, source=source, at=at)


def _enter(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    key: ItemKey,
    wanted: Mapping[str, str],
    origin: changes.Origin,
) -> tuple[Change, ...]:
    """Enter cleaned values for one item, inside a transaction."""
    measure = measure_of(catalogue, key)
    now = entries.values(db, key)
    then = rules.settle(now, wanted)
    confirmation.check(db, key, now, then, origin.by)
    return entries.write(db, key, measure, then, origin)


def measure_of(catalogue: Catalogue, key: ItemKey) -> Measure:
    """Return the measure of an item, also of a notice not in use: what came back for it is kept with it.

    Raises RuleError when there is no such item.
    """
    if not catalogue.carries(key.unit_key, key.measure_key):
        raise _unknown(key)
    return catalogue.measure(key.measure_key)


def _unknown(key: ItemKey) -> RuleError:
    return RuleError(
        f"措施数据中没有这个事项（{key.unit_key}／{key.measure_key}），没有改动任何内容。",
        "它可能属于另一版本的措施数据；原有录入仍保留在工作库中。",
    )


def _with_evidence(rows: list[Item], names: Mapping[ItemKey, tuple[str, ...]]) -> list[Item]:
    return [replace(row, evidence=names[row.key]) if row.key in names else row for row in rows]


def _item(catalogue: Catalogue, key: ItemKey, kept: entries.Kept | None, today: date, near: int) -> Item:
    measure = catalogue.measure(key.measure_key)
    entry = kept.entry if kept else Entry()
    changed = kept is not None and kept.text_sha256 != measure.text_sha256
    return Item(
        key=key,
        number=measure.number,
        title=measure.called,
        category=catalogue.category_of(measure).heading,
        position=catalogue.position(key.unit_key, key.measure_key),
        entry=entry,
        light=light(entry, today, near),
        text_changed=changed,
        document_key=measure.document_key,
        cited=measure.cited,
        entered_for=kept.text_sha256 if kept is not None and changed else "",
    )


def _orphans(
    catalogue: Catalogue, left: Mapping[ItemKey, entries.Kept], today: date, near: int
) -> list[Item]:
    return [_orphan(key, left[key], today, near) for key in lacking(catalogue, left)]


def _orphan(key: ItemKey, kept: entries.Kept, today: date, near: int) -> Item:
    return Item(
        key=key,
        number=0,
        title=kept.measure_title,
        category="",
        position=0,
        entry=kept.entry,
        light=light(kept.entry, today, near),
        orphaned=True,
        document_key=key.document_key,
    )
