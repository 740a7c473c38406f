"""Which documents a round asks about, what they are called, and for which of them a unit has not answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.catalogue.model import UNASSIGNED
from desktop.errors import RuleError
from desktop.workspace import words
from desktop.workspace.file.transaction import translated
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import records

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


def chosen(catalogue: Catalogue, wanted: frozenset[str]) -> dict[str, str]:
    """Return what each document in use that is wanted is called, by its key; of all when none is named.

    Raises RuleError for one that is not in use, and when none is.
    """
    used = {document.key: words.document(catalogue, document.key) for document in catalogue.documents}
    if unknown := sorted(wanted - used.keys()):
        told = "、".join(words.document(catalogue, key) for key in unknown)
        raise RuleError(f"{told}不在在用的发文中，没有新建轮次。", "请先把它设为在用，或从在用的发文中选择。")
    if not used:
        raise RuleError("没有在用的发文，没有新建轮次。", "请先把要填报的发文设为在用。")
    return {key: called for key, called in used.items() if not wanted or key in wanted}


def nothing_for(catalogue: Catalogue, unit_keys: Sequence[str]) -> RuleError | None:
    """Return why units cannot be asked that have measures only elsewhere; None for another reason."""
    if not all(catalogue.whole.documents_of(key) for key in unit_keys if key != UNASSIGNED):
        return None
    idle = "、".join(catalogue.unit(key).name for key in unit_keys if key != UNASSIGNED)
    if not idle:
        return None
    return RuleError(
        f"{idle}在所问的文件中没有事项，没有新建轮次。", "请改选责任单位，或加上有其事项的文件。"
    )


def keep(db: sqlite3.Connection, round_key: str, documents: Mapping[str, str]) -> None:
    """Keep the documents of a round, by key what each is called; inside the transaction that begins it."""
    db.executemany(
        "INSERT INTO round_documents (round_key, position, document_key, called) VALUES (?, ?, ?, ?)",
        [(round_key, position, key, called) for position, (key, called) in enumerate(documents.items())],
    )


def kept(db: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return the documents of each round as :func:`keep` was given them, without rounds that have none."""
    found: dict[str, dict[str, str]] = {}
    for round_key, document_key, called in db.execute(
        "SELECT round_key, document_key, called FROM round_documents ORDER BY round_key, position"
    ):
        found.setdefault(round_key, {})[document_key] = called
    return found


def asked_in(catalogue: Catalogue, documents: Mapping[str, str]) -> Catalogue:
    """Return the catalogue of the documents in use that a round asks about: ``documents`` are the round's."""
    return catalogue.narrowed(documents) if documents else catalogue


def names(catalogue: Catalogue, documents: Mapping[str, str]) -> list[str]:
    """Return what the documents of a round are called, as far as that is known."""
    if not documents:
        return [words.document(catalogue, each.key) for each in catalogue.documents]
    told = {key: words.document(catalogue, key) for key in documents}
    return [called if called != key else documents[key] or key for key, called in told.items()]


def unanswered(
    db: sqlite3.Connection, round_key: str, documents: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return for each unit that answered a round in part the documents for which nothing came back."""
    if len(documents) == 1:
        return {}
    with translated():
        rows = db.execute(
            "SELECT DISTINCT unit_key, measure_key FROM round_exports"
            " JOIN round_rows ON export_id = round_exports.id WHERE round_key = ?",
            (round_key,),
        ).fetchall()
    sent: dict[str, set[str]] = {}
    for unit_key, measure_key in rows:
        sent.setdefault(unit_key, set()).add(ItemKey(unit_key, measure_key).document_key)
    back = records.documents_back(db, round_key)
    left = {key: sorted(keys - back[key]) for key, keys in sent.items() if back.get(key)}
    return {key: tuple(missing) for key, missing in left.items() if missing}
