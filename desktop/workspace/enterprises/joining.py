"""Two records of one firm become one: what the first lacks is taken over, the other stays readable."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from desktop.errors import RuleError
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import CONTACT, MERGED, NOUN
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Record, Stamp, WriteId, dumped


def merge(db: sqlite3.Connection, key: str, other: str, stamp: Stamp) -> WriteId | None:
    """Let the firm of ``other`` be the one of ``key``; returns the batch, by which it can be undone.

    What the record of ``key`` lacks is taken from the other; where both say something else, the first counts
    and the other keeps its own. Visits and demands of the other belong to the first from now on
    (:func:`~desktop.workspace.enterprises.enterprises.keys_of`). Raises RuleError where one is not there, or
    both are the same firm already.
    """
    with transaction(db):
        into = enterprises.merged(db)
        own, taken = enterprises.resolved(into, key), enterprises.resolved(into, other)
        enterprises.one(db, own)
        enterprises.one(db, taken)
        if own == taken:
            raise RuleError("这两条已是同一家企业，没有改动任何内容。")
        first, second = state.record(db, NOUN, own), state.record(db, NOUN, taken)
        assert first is not None
        assert second is not None
        edits = [Edit(NOUN, own, name, value) for name, value in lacking(first, second).items()]
        return writing.write(db, [*edits, Edit(NOUN, taken, MERGED, own)], stamp, grow=False)


def lacking(first: Record, second: Record) -> dict[str, Any]:
    """Return the fields of ``second`` about which ``first`` says nothing; contacts that both have, once."""
    return lacking_of(first.values, second.values)


def lacking_of(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same of the fields of two records."""
    start = f"{CONTACT}/"
    known = {dumped(value) for name, value in first.items() if name.startswith(start)}
    return {
        name: value
        for name, value in second.items()
        if name not in first and name != MERGED and not (name.startswith(start) and dumped(value) in known)
    }


def differing(first: Record, second: Record) -> tuple[str, ...]:
    """Return the fields about which both say something else: these stay readable on the second."""
    return differing_of(first.values, second.values)


def differing_of(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the same of the fields of two records."""
    return tuple(
        name
        for name, value in second.items()
        if name in first and name != MERGED and dumped(first[name]) != dumped(value)
    )
