"""填报轮次: what was sent to whom, with which values in each row, who has answered and who has not."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.errors import KnownError, RuleError
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import entries, rules
from desktop.workspace.items.changes import Origin
from desktop.workspace.items.model import Item, ItemKey
from desktop.workspace.returns import records

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

NAME_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Round:
    """A round. ``key`` is the world's only one; ``unit_keys`` are the units asked, in checklist order."""

    key: str
    name: str
    sent_on: date
    reply_by: date
    unit_keys: tuple[str, ...]
    created_at: str
    by: str


@dataclass(frozen=True, slots=True)
class BaseRow:
    """A row as it was sent out: revision and values of the entry, hash of the measure's text."""

    revision: int
    text_sha256: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """How a round stands, as unit keys in the order in which the round asked them.

    ``due`` 应回, ``returned`` 实回 and ``missing`` 缺 (due = returned + missing); among the returned,
    ``repeated`` 重复 sent more than one different workbook and ``conflicting`` 待决定 have values that
    someone must still choose between. ``days_left`` is negative past the day; ``late`` is past it with
    something missing.
    """

    due: tuple[str, ...]
    returned: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]
    conflicting: tuple[str, ...]
    late: bool
    days_left: int


def new(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    name: str,
    reply_by: date,
    unit_keys: Iterable[str] = (),
    *,
    by: str,
    at: datetime,
) -> Round:
    """Begin a round; without ``unit_keys`` all units are asked. Returns it as it was kept.

    Raises RuleError for a name that is empty, too long or taken, for a reply-by day before the day of
    ``at``, and for an unknown unit; KnownError when it cannot be written. Nothing is kept then.
    """
    kept = " ".join(rules.text("轮次名称", name, NAME_LIMIT).split())
    if not kept:
        raise RuleError("轮次没有名称，没有新建。", "请写一个名称，例如“2026年第一季度”。")
    if reply_by < at.date():
        raise RuleError(f"反馈时限（{reply_by}）早于今天，没有新建轮次。", "请选择今天或以后的日期。")
    units = _asked(catalogue, tuple(unit_keys))
    made = Round(uuid.uuid4().hex, kept, at.date(), reply_by, units, Origin(by, "", at).moment, by)
    with transaction(db):
        if db.execute("SELECT 1 FROM rounds WHERE name = ?", (kept,)).fetchone():
            raise RuleError(f"已有名为“{kept}”的轮次，没有新建。", "请换一个名称。")
        db.execute(
            "INSERT INTO rounds (key, name, sent_on, reply_by, created_at, person) VALUES (?, ?, ?, ?, ?, ?)",
            (made.key, kept, made.sent_on.isoformat(), reply_by.isoformat(), made.created_at, by),
        )
        db.executemany(
            "INSERT INTO round_units (round_key, position, unit_key) VALUES (?, ?, ?)",
            [(made.key, position, unit) for position, unit in enumerate(units)],
        )
    return made


def _asked(catalogue: Catalogue, unit_keys: Sequence[str]) -> tuple[str, ...]:
    """Return the units in checklist order; 未明确责任单位 is nobody who could answer."""
    units = tuple(unit.key for unit in catalogue.checklist_units() if unit.key != UNASSIGNED)
    if not unit_keys:
        return units
    if unknown := [key for key in unit_keys if key not in units]:
        raise RuleError(
            f"“{'、'.join(unknown)}”不是可以填报的责任单位，没有新建轮次。", "请从责任单位中选择。"
        )
    return tuple(key for key in units if key in unit_keys)


def every(db: sqlite3.Connection) -> tuple[Round, ...]:
    """Return all rounds, newest first."""
    with translated():
        rows = db.execute(
            "SELECT key, name, sent_on, reply_by, created_at, person FROM rounds ORDER BY id DESC"
        ).fetchall()
        asked = db.execute(
            "SELECT round_key, unit_key FROM round_units ORDER BY round_key, position"
        ).fetchall()
    units: dict[str, list[str]] = {}
    for round_key, unit_key in asked:
        units.setdefault(round_key, []).append(unit_key)
    return tuple(
        Round(
            key, name, date.fromisoformat(sent), date.fromisoformat(until), tuple(units.get(key, ())), at, by
        )
        for key, name, sent, until, at, by in rows
    )


def find(db: sqlite3.Connection, name: str = "") -> Round:
    """Return the round called ``name`` (or with that key), the newest for "".

    Raises KnownError, which lists the names that there are.
    """
    known = every(db)
    if not known:
        raise KnownError("还没有填报轮次。", "请先新建一个轮次。")
    if not name:
        return known[0]
    wanted = " ".join(name.split())
    for one in known:
        if wanted in (one.name, one.key):
            return one
    raise KnownError(f"没有名为“{wanted}”的轮次。", f"已有的轮次：{'、'.join(one.name for one in known)}。")


def record_export(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    round_key: str,
    unit_key: str,
    items: Iterable[Item],
    *,
    file_name: str,
    at: datetime,
) -> None:
    """Keep with which values the workbook of a unit goes out, orphans left out.

    To be called before the file appears under its name: a record without a file does no harm, a file
    without a record would be refused when it comes back. Raises RuleError when the round does not ask the
    unit, KnownError when it cannot be written.
    """
    with transaction(db):
        where = (round_key, unit_key)
        if not db.execute("SELECT 1 FROM round_units WHERE round_key = ? AND unit_key = ?", where).fetchone():
            raise RuleError("这个轮次没有请该单位填报，没有记录。", "请新建一个包括该单位的轮次。")
        export = db.execute(
            "INSERT INTO round_exports (round_key, unit_key, file_name, at) VALUES (?, ?, ?, ?)",
            (*where, file_name, Origin("", "", at).moment),
        ).lastrowid
        db.executemany(
            "INSERT INTO round_rows (export_id, measure_key, revision, text_sha256, entered)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (
                    export,
                    item.key.measure_key,
                    item.entry.revision,
                    catalogue.measure(item.key.measure_key).text_sha256,
                    json.dumps(entries.values_of(item.entry), ensure_ascii=False),
                )
                for item in items
                if not item.orphaned
            ],
        )


def exports(db: sqlite3.Connection, round_key: str) -> dict[str, tuple[str, str]]:
    """Return, for each unit that was sent its workbook, (file name, time) of the newest one."""
    with translated():
        rows = db.execute(
            "SELECT unit_key, file_name, at FROM round_exports WHERE round_key = ? ORDER BY id", (round_key,)
        ).fetchall()
    return {unit_key: (file_name, at) for unit_key, file_name, at in rows}


def base(db: sqlite3.Connection, round_key: str, unit_key: str) -> dict[ItemKey, BaseRow]:
    """Return each row as it was sent out last in this round."""
    return {key: rows[-1] for key, rows in bases(db, round_key, unit_key).items()}


def bases(db: sqlite3.Connection, round_key: str, unit_key: str) -> dict[ItemKey, list[BaseRow]]:
    """Return each row in all the ways in which it was sent out in this round, oldest first."""
    with translated():
        rows = db.execute(
            "SELECT measure_key, revision, text_sha256, entered FROM round_exports"
            " JOIN round_rows ON export_id = round_exports.id"
            " WHERE round_key = ? AND unit_key = ? ORDER BY export_id",
            (round_key, unit_key),
        ).fetchall()
    found: dict[ItemKey, list[BaseRow]] = {}
    for measure_key, revision, digest, entered in rows:
        row = BaseRow(revision, digest, _values(entered))
        found.setdefault(ItemKey(unit_key, measure_key), []).append(row)
    return found


def _values(entered: str) -> dict[str, str]:
    values: dict[str, Any] = json.loads(entered)
    return {str(name): str(value) for name, value in values.items()}


def standing(db: sqlite3.Connection, asked: Round, today: date) -> RoundStanding:
    """Return how the round ``asked`` stands on ``today``."""
    came = records.came_back(db, asked.key)
    torn = {line.key.unit_key for line in records.open_lines(db, asked.key)}
    missing = tuple(key for key in asked.unit_keys if key not in came)
    return RoundStanding(
        due=asked.unit_keys,
        returned=tuple(key for key in asked.unit_keys if key in came),
        missing=missing,
        repeated=tuple(key for key in asked.unit_keys if len(came.get(key, ())) > 1),
        conflicting=tuple(key for key in asked.unit_keys if key in torn),
        late=bool(missing) and today > asked.reply_by,
        days_left=(asked.reply_by - today).days,
    )


def reminder(stands: RoundStanding, asked: Round, catalogue: Catalogue) -> str:
    """Return the 催报 text, ready to be sent: who has not answered, and by when they were to."""
    if not stands.missing:
        return f"“{asked.name}”应回{len(stands.due)}家，已全部反馈。"
    names = "、".join(catalogue.unit(key).name for key in stands.missing)
    until = f"{asked.reply_by.year}年{asked.reply_by.month}月{asked.reply_by.day}日"
    if stands.days_left < 0:
        when = f"反馈时限为{until}，已逾期{-stands.days_left}天，请尽快反馈"
    elif stands.days_left:
        when = f"请于{until}前反馈（还有{stands.days_left}天）"
    else:
        when = f"请于今日（{until}）反馈"
    return (
        f"催报：《{typeset(catalogue.document.title)}》责任清单“{asked.name}”\n"
        f"应回{len(stands.due)}家，已回{len(stands.returned)}家，未回{len(stands.missing)}家：{names}。\n"
        f"{when}。"
    )
