"""The units of several notices as one list: the same name is the same unit, in whichever notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count

from desktop.catalogue import unit_names
from desktop.catalogue.model import UNASSIGNED, Unit
from desktop.errors import KnownError


def agreeing(of_notices: Iterable[Sequence[Unit]]) -> list[Unit]:
    """Return the units of the program's own notices, numbered as they first appear.

    Raises KnownError where a key, a name or an alias does not mean one and the same unit in all of them.
    """
    merged: dict[str, Unit] = {}
    for unit in chain.from_iterable(of_notices):
        known = merged.setdefault(unit.key, replace(unit, ordinal=len(merged) + 1))
        if replace(unit, ordinal=known.ordinal) != known:
            raise KnownError(f"责任单位“{unit.key}”在各发文的批注中不一致，未生成数据库。")
    if twice := unit_names.ambiguous(merged.values()):
        raise KnownError(f"责任单位的别名“{twice[0]}”在各发文的批注中不止指一个单位，未生成数据库。")
    return list(merged.values())


def joined(own: Sequence[Unit], of_notices: Iterable[Sequence[Unit]]) -> list[Unit]:
    """Return ``own`` and after them what the user's notices name besides, numbered on.

    What came first stands: a unit that is known by its name keeps key and kind and gains aliases that mean
    nobody else; a new one whose key is taken gets another, and loses aliases that are taken.
    """
    merged = {unit.name: unit for unit in own}
    keys = {UNASSIGNED, *(unit.key for unit in own)}
    taken = {unit_names.normal(name) for unit in own for name in unit_names.called(unit)}
    for unit in chain.from_iterable(of_notices):
        known = merged.get(unit.name)
        if known is None:
            key = next(key for key in _keys(unit.key) if key not in keys)
            known = replace(unit, key=key, ordinal=len(merged) + 1, aliases=())
            keys.add(key)
            taken |= {unit_names.normal(key), unit_names.normal(unit.name)}
        fresh = {
            unit_names.normal(alias): alias for alias in unit.aliases if unit_names.normal(alias) not in taken
        }
        taken |= fresh.keys()
        merged[unit.name] = replace(known, aliases=(*known.aliases, *fresh.values()))
    return list(merged.values())


def _keys(key: str) -> Iterable[str]:
    yield key
    yield from (f"{key}-{number}" for number in count(2))
