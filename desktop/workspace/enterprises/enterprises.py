"""Enterprises found: one, all, one by what people call it, and which records are the same firm."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from desktop.classification import credit_code
from desktop.errors import KnownError, RuleError
from desktop.workspace.enterprises.model import MERGED, NOUN, Enterprise, enterprise_of
from desktop.workspace.enterprises.names import firm_name, firm_name_loosely
from desktop.workspace.file.transaction import translated
from desktop.workspace.journal import state

_MOST_NAMED = 5


def one(db: sqlite3.Connection, key: str) -> Enterprise:
    """Return an enterprise, a merged one too. Raises RuleError when there is none of that key."""
    record = state.record(db, NOUN, key)
    if record is None or not record.values:
        raise RuleError(
            "工作库中没有这家企业，没有改动任何内容。", "它可能已按保留期限删除，请在企业列表中另选一家。"
        )
    return enterprise_of(record)


def recorded(db: sqlite3.Connection) -> tuple[Enterprise, ...]:
    """Return every record of an enterprise, merged ones and those whose name has not arrived yet too."""
    return tuple(enterprise_of(record) for record in state.records(db, NOUN) if record.values)


def every(db: sqlite3.Connection) -> tuple[Enterprise, ...]:
    """Return all enterprises by name, each firm once."""
    return standing(recorded(db))


def standing(found: Iterable[Enterprise]) -> tuple[Enterprise, ...]:
    """Return those of all records that stand for themselves and have a name, by name."""
    records = tuple(found)
    into = ways(records)
    own = (each for each in records if each.name and resolved(into, each.key) == each.key)
    return tuple(sorted(own, key=lambda each: (each.name, each.key)))


def ways(records: Iterable[Enterprise]) -> dict[str, str]:
    """Return into which record each merged one of these went, where that one is here."""
    into = {each.key: each.merged_into for each in records if each.name}
    return {key: other for key, other in into.items() if other in into}


def find(db: sqlite3.Connection, text: str) -> Enterprise:
    """Return the enterprise of a code, key or name, or the only one whose name holds ``text``.

    What a merged record was called still means its firm. Raises KnownError where there is none, or several.
    """
    words, code = firm_name(text), credit_code.normal(text)
    records = recorded(db)
    firms, into = {firm.key: firm for firm in standing(records)}, ways(records)
    former = [(each, firms[resolved(into, each.key)]) for each in records if each.key in into]
    meant = (
        lambda firm: bool(code) and credit_code.normal(firm.uscc) == code,
        lambda firm: firm.key == text.strip(),
        lambda firm: bool(words) and firm_name(firm.name) == words,
        lambda firm: bool(words) and firm_name_loosely(firm.name) == firm_name_loosely(text),
        lambda firm: bool(words) and words in firm_name(firm.name),
    )
    for is_meant in meant if text.strip() else ():
        found = [firm for firm in firms.values() if is_meant(firm)] or list(
            {firm.key: firm for each, firm in former if is_meant(each)}.values()
        )
        if len(found) == 1:
            return found[0]
        if found:
            names = "；".join(
                f"{firm.name}（{firm.uscc or '无信用代码'}，编号{firm.key}）" for firm in found[:_MOST_NAMED]
            )
            more = f"等{len(found)}家" if len(found) > _MOST_NAMED else ""
            raise KnownError(
                f"“{text}”可指多家企业：{names}{more}。", "请写完整名称、统一社会信用代码或编号。"
            )
    raise KnownError(
        f"工作库中没有企业“{text}”。", "请写企业名称或统一社会信用代码；enterprise list 列出全部企业。"
    )


def merged(db: sqlite3.Connection) -> dict[str, str]:
    """Return into which record each merged one went, where that one is here."""
    with translated():
        rows = db.execute(
            f"SELECT key, json_extract(data, '$.{MERGED}') FROM records"
            " WHERE noun = ? AND json_extract(data, '$.name') IS NOT NULL",
            (NOUN,),
        ).fetchall()
    into = dict(rows)
    return {key: other for key, other in into.items() if other in into}


def resolve(db: sqlite3.Connection, key: str) -> str:
    """Return the key of the record that stands for the firm: itself, or the one it was merged into."""
    return resolved(merged(db), key)


def resolved(into: Mapping[str, str], key: str) -> str:
    """Return where the way from ``key`` ends.

    Machines that merged two records each into the other make a circle: its smallest key stands for all.
    """
    way = [key]
    while following := into.get(way[-1]):
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def keys_of(db: sqlite3.Connection, key: str) -> tuple[str, ...]:
    """Return the keys of all records that are the same firm, the one that stands for it first.

    What names any of them, a visit or a demand, belongs to it.
    """
    into = merged(db)
    own = resolved(into, key)
    return (own, *sorted(other for other in into if other != own and resolved(into, other) == own))
