"""A round's workbooks: what goes out to whom is recorded before the files are there.

A record without a file does no harm; a file without a record could not be taken back in.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop import disk
from desktop.catalogue.model import Unit
from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.exchange.checklists import book
from desktop.exchange.checklists.book import Sending
from desktop.workspace.items import checklist, settings
from desktop.workspace.items.model import Item
from desktop.workspace.returns import round_documents, rounds
from desktop.workspace.returns.rounds import Round


def send_each(
    folder: Path, db: sqlite3.Connection, asked: Round, sending: Sending, *, by: str, at: datetime
) -> tuple[Path, ...]:
    """Write one workbook for each unit that the round asks into ``folder``, and return their paths.

    ``db`` is the workspace, open for writing; the values that go out are those that stand there now. Names
    and replacing are as in :func:`book.write_each`. ``by`` is who sends them.

    :raises RuleError: when the round is not open; KnownError as there, and when the record cannot be written.
    """
    sending = _for_round(sending, db, asked, at)
    every = checklist.every_item(db, sending.catalogue, sending.today)
    items = [item for item in _asked(asked, every) if item.key.unit_key in asked.unit_keys]
    groups = book.by_unit(sending.catalogue, items)
    if not groups:
        raise _nothing(asked)
    targets = [book.free_path(folder / sending.name_of(unit.name, rows)) for unit, rows in groups]
    for path in targets:
        _make_ready(path)
    for path, (unit, rows) in zip(targets, groups, strict=True):
        _record(db, sending.catalogue, asked, unit, rows, path, by, at)
    return book.write_each(folder, sending, items)


def send_unit(
    path: Path,
    db: sqlite3.Connection,
    asked: Round,
    sending: Sending,
    unit: Unit,
    *,
    by: str,
    at: datetime,
) -> Path:
    """Write the workbook of one unit of the round to ``path``, once more or for the first time.

    Whichever workbook of the unit comes back, it is known: nothing that was sent before is forgotten.

    :raises RuleError: when the round does not ask the unit or is not open; KnownError as
        :func:`book.write_unit`.
    """
    if unit.key not in asked.unit_keys:
        raise RuleError(
            f"“{asked.name}”轮次没有请{unit.name}填报，没有导出。", "请不带轮次导出，或新建包括该单位的轮次。"
        )
    sending = _for_round(sending, db, asked, at)
    items = _asked(asked, checklist.items(db, sending.catalogue, unit.key, sending.today))
    if not items:
        raise _nothing(asked, unit.name)
    _make_ready(path)
    _record(db, sending.catalogue, asked, unit, items, path, by, at)
    return book.write_unit(path, sending, items, unit)


def name_of(sending: Sending, asked: Round, unit: Unit) -> str:
    """Return the name of a unit's workbook of a round: about the documents that give the unit something."""
    catalogue = round_documents.asked_in(sending.catalogue, asked.documents)
    own = catalogue.narrowed(each.key for each in catalogue.documents_of(unit.key))
    return replace(sending, catalogue=own).name_of(unit.name)


def _for_round(sending: Sending, db: sqlite3.Connection, asked: Round, at: datetime) -> Sending:
    """Return how the workbooks of a round are written: about its documents, as far as they are in use."""
    return replace(
        sending,
        catalogue=round_documents.asked_in(sending.catalogue, asked.documents),
        near_days=settings.near_days(db),
        in_round=rounds.find(db, asked.key),
        at=at,
    )


def _asked(asked: Round, items: Sequence[Item]) -> list[Item]:
    """Return the items that a round asks about: none of another document, here or not."""
    return [item for item in items if not asked.documents or item.document_key in asked.documents]


def _nothing(asked: Round, who: str = "") -> RuleError:
    called = "、".join(filter(None, asked.documents.values()))
    about = f"（{called}）" if called else ""
    return RuleError(
        f"“{asked.name}”轮次所问的文件{about}中现在没有{who}的事项，没有导出。",
        "发文已停用的，请先设为在用。",
    )


def _make_ready(path: Path) -> None:
    """Make the folder of ``path`` and check that ``path`` can be replaced. Raises KnownError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk.explain(error, path) from error
    disk.ensure_free(path)


def _record(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    asked: Round,
    unit: Unit,
    items: Sequence[Item],
    path: Path,
    by: str,
    at: datetime,
) -> None:
    name = os.fsencode(path.name).decode(errors="replace")
    rounds.record_export(db, catalogue, asked.key, unit.key, items, file_name=name, by=by, at=at)
