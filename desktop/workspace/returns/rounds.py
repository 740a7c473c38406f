"""填报轮次: what was sent to whom, with which values in each row, who has answered and who has not.

What becomes of a round after it was begun is :mod:`desktop.workspace.returns.round_changes`.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from desktop.catalogue.model import UNASSIGNED
from desktop.errors import KnownError, RuleError
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import entries, rules
from desktop.workspace.items.changes import Origin
from desktop.workspace.items.model import Item, ItemKey
from desktop.workspace.returns import kept_lines, records, round_documents

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

NAME_LIMIT = 50


class RoundState(StrEnum):
    """Whether answers are still waited for; the order is that in which a round is looked for."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """Return how it is said."""
        return {RoundState.OPEN: "进行中", RoundState.CLOSED: "已结束", RoundState.WITHDRAWN: "已撤回"}[self]


@dataclass(frozen=True, slots=True)
class Round:
    """A round. ``key`` is the world's only one; ``unit_keys`` are the units asked, in checklist order.

    ``documents`` are those that it asks about: by key what each was called then, "" where that was not kept.
    Without any it asks about all in use. ``since`` is when it came to its ``state``, "" while it is as it was
    begun; ``first_day`` is the reply-by day with which it was begun, None when that still holds.
    """

    key: str
    name: str
    sent_on: date
    reply_by: date
    unit_keys: tuple[str, ...]
    created_at: str
    by: str
    state: RoundState = RoundState.OPEN
    since: str = ""
    first_day: date | None = None
    documents: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def open(self) -> bool:
        """Tell whether answers are waited for."""
        return self.state is RoundState.OPEN


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
    ``repeated`` 重复 sent more than one different workbook, ``conflicting`` 待决定 have values that someone
    must still choose between, ``partial`` 部分反馈 sent nothing back for these of the documents sent to them.
    ``days_left`` is negative past the day; ``late`` is past it with something missing in an open round.
    """

    due: tuple[str, ...]
    returned: tuple[str, ...]
    missing: tuple[str, ...]
    repeated: tuple[str, ...]
    conflicting: tuple[str, ...]
    late: bool
    days_left: int
    partial: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


def new(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    name: str,
    reply_by: date,
    unit_keys: Iterable[str] = (),
    *,
    document_keys: Iterable[str] = (),
    by: str,
    at: datetime,
) -> Round:
    """Begin a round about the documents ``document_keys``, by default all in use. Returns it as it was kept.

    Without ``unit_keys`` all units are asked that have something to do in them.

    Raises RuleError for a name that is empty, too long or taken, for a reply-by day before the day of
    ``at``, for an unknown unit and a document that is not in use; KnownError when it cannot be written.
    Nothing is kept then.
    """
    kept = written(name, "没有新建")
    if reply_by < at.date():
        raise RuleError(f"反馈时限（{reply_by}）早于今天，没有新建轮次。", "请选择今天或以后的日期。")
    documents = round_documents.chosen(catalogue, frozenset(document_keys))
    units = _asked(catalogue.narrowed(documents), tuple(unit_keys))
    moment = Origin(by, "", at).moment
    made = Round(uuid.uuid4().hex, kept, at.date(), reply_by, units, moment, by, documents=documents)
    with transaction(db):
        ensure_free(db, kept, "没有新建")
        db.execute(
            "INSERT INTO rounds (key, name, sent_on, reply_by, created_at, person) VALUES (?, ?, ?, ?, ?, ?)",
            (made.key, kept, made.sent_on.isoformat(), reply_by.isoformat(), made.created_at, by),
        )
        db.executemany(
            "INSERT INTO round_units (round_key, position, unit_key) VALUES (?, ?, ?)",
            [(made.key, position, unit) for position, unit in enumerate(units)],
        )
        round_documents.keep(db, made.key, documents)
    return made


def written(name: str, undone: str) -> str:
    """Return a round's name as it is kept. RuleError, which ends with ``undone``, for none or a long one."""
    kept = " ".join(rules.text("轮次名称", name, NAME_LIMIT).split())
    if not kept:
        raise RuleError(f"轮次没有名称，{undone}。", "请写一个名称，例如“2026年第一季度”。")
    return kept


def ensure_free(db: sqlite3.Connection, name: str, undone: str) -> None:
    """Raise RuleError when a round bears this name; to be called inside the transaction that gives it."""
    if db.execute("SELECT 1 FROM rounds WHERE name = ?", (name,)).fetchone():
        raise RuleError(f"已有名为“{name}”的轮次，{undone}。", "请换一个名称。")


def _asked(catalogue: Catalogue, unit_keys: Sequence[str]) -> tuple[str, ...]:
    """Return the units in checklist order; 未明确责任单位 is nobody who could answer."""
    units = tuple(unit.key for unit in catalogue.checklist_units() if unit.key != UNASSIGNED)
    if not unit_keys:
        return units
    if unknown := [key for key in unit_keys if key not in units]:
        raise round_documents.nothing_for(catalogue, unknown) or RuleError(
            f"“{'、'.join(unknown)}”不是可以填报的责任单位，没有新建轮次。", "请从责任单位中选择。"
        )
    return tuple(key for key in units if key in unit_keys)


_STATE_SINCE = "SELECT max(id) FROM round_changes WHERE field = 'state' GROUP BY round_key"
_FIRST_DAY = "SELECT min(id) FROM round_changes WHERE field = 'reply_by' GROUP BY round_key"


def every(db: sqlite3.Connection) -> tuple[Round, ...]:
    """Return all rounds, newest first."""
    with translated():
        rows = db.execute(
            "SELECT key, name, sent_on, reply_by, created_at, person, state FROM rounds ORDER BY id DESC"
        ).fetchall()
        asked = db.execute(
            "SELECT round_key, unit_key FROM round_units ORDER BY round_key, position"
        ).fetchall()
        since = dict(db.execute(f"SELECT round_key, at FROM round_changes WHERE id IN ({_STATE_SINCE})"))
        first = dict(db.execute(f"SELECT round_key, before FROM round_changes WHERE id IN ({_FIRST_DAY})"))
        about = round_documents.kept(db)
    units: dict[str, list[str]] = {}
    for round_key, unit_key in asked:
        units.setdefault(round_key, []).append(unit_key)
    return tuple(
        Round(
            key,
            name,
            date.fromisoformat(sent),
            date.fromisoformat(until),
            tuple(units.get(key, ())),
            at,
            by,
            RoundState(state),
            since.get(key, ""),
            date.fromisoformat(first[key]) if first.get(key, until) != until else None,
            about.get(key, {}),
        )
        for key, name, sent, until, at, by, state in rows
    )


def current(known: Iterable[Round]) -> Round | None:
    """Return the round that is meant where none is named, of ``known``, newest first; None when none is.

    That is the newest one that is open, else the newest that was closed: nobody asks for what was withdrawn.
    """
    standing = [one for one in known if one.state is not RoundState.WITHDRAWN]
    return next((one for one in standing if one.open), standing[0] if standing else None)


def find(db: sqlite3.Connection, name: str = "") -> Round:
    """Return the round called ``name`` (or with that key); for "" the current one, else the newest.

    Raises KnownError, which lists the names that there are, or says which one bore this name before.
    """
    known = every(db)
    if not known:
        raise KnownError("还没有填报轮次。", "请先新建一个轮次。")
    if not name:
        return current(known) or known[0]
    wanted = " ".join(name.split())
    for one in known:
        if wanted in (one.name, one.key):
            return one
    hint = f"已有的轮次：{'、'.join(one.name for one in known)}。"
    with translated():
        former = db.execute(
            "SELECT round_key FROM round_changes WHERE field = 'name' AND before = ? ORDER BY id DESC",
            (wanted,),
        ).fetchone()
    if former is not None:
        now = next(one for one in known if one.key == former[0])
        hint = f"它已改名为“{now.name}”。"
    raise KnownError(f"没有名为“{wanted}”的轮次。", hint)


def record_export(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    round_key: str,
    unit_key: str,
    items: Iterable[Item],
    *,
    file_name: str,
    by: str,
    at: datetime,
) -> None:
    """Keep with which values the workbook of a unit goes out, orphans left out.

    To be called before the file appears under its name: a record without a file does no harm, a file
    without a record would be refused when it comes back. Raises RuleError when the round does not ask the
    unit or is not open, KnownError when it cannot be written.
    """
    with transaction(db):
        where = (round_key, unit_key)
        if not db.execute("SELECT 1 FROM round_units WHERE round_key = ? AND unit_key = ?", where).fetchone():
            raise RuleError("这个轮次没有请该单位填报，没有记录。", "请新建一个包括该单位的轮次。")
        (name, state) = db.execute("SELECT name, state FROM rounds WHERE key = ?", (round_key,)).fetchone()
        if state != RoundState.OPEN:
            raise not_open(name, RoundState(state), "没有发出工作簿")
        export = db.execute(
            "INSERT INTO round_exports (round_key, unit_key, file_name, at, person) VALUES (?, ?, ?, ?, ?)",
            (*where, file_name, Origin(by, "", at).moment, by),
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


def not_open(name: str, state: RoundState, undone: str) -> RuleError:
    """Return why nothing can be done in a round that was closed or withdrawn, ending with ``undone``."""
    return RuleError(f"“{name}”轮次{state.words}，{undone}。", "需要继续时，请先恢复这个轮次。")


def exports(db: sqlite3.Connection, round_key: str) -> dict[str, tuple[str, str]]:
    """Return, for each unit that was sent its workbook, (file name, time) of the newest one."""
    with translated():
        rows = db.execute(
            "SELECT unit_key, file_name, at FROM round_exports WHERE round_key = ? ORDER BY id", (round_key,)
        ).fetchall()
    return {unit_key: (file_name, at) for unit_key, file_name, at in rows}


def times_sent(db: sqlite3.Connection, round_key: str) -> dict[str, int]:
    """Return how often each unit was sent its workbook, without those that never were."""
    with translated():
        return dict(
            db.execute(
                "SELECT unit_key, count(*) FROM round_exports WHERE round_key = ? GROUP BY unit_key",
                (round_key,),
            ).fetchall()
        )


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
    torn = {line.key.unit_key for line in kept_lines.open_lines(db, asked.key)}
    missing = tuple(key for key in asked.unit_keys if key not in came)
    partly = round_documents.unanswered(db, asked.key, asked.documents)
    return RoundStanding(
        due=asked.unit_keys,
        returned=tuple(key for key in asked.unit_keys if key in came),
        missing=missing,
        repeated=tuple(key for key in asked.unit_keys if len(came.get(key, ())) > 1),
        conflicting=tuple(key for key in asked.unit_keys if key in torn),
        partial={key: partly[key] for key in asked.unit_keys if key in partly},
        late=asked.open and bool(missing) and today > asked.reply_by,
        days_left=(asked.reply_by - today).days,
    )
