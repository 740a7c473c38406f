"""Beginning a round, and sending its workbooks out: one after the other, each recorded as it is written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.workspace.file import store
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.returns.rounds import Round


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: ``left`` are the units whose workbook is not written, ``problem`` why."""

    asked: Round
    folder: Path
    paths: tuple[Path, ...]
    left: tuple[str, ...]
    problem: KnownError | None


def begin(desk: Desk, name: str, reply_by: date, unit_keys: Sequence[str]) -> Round | None:
    """Begin a round; return it, None when it was not written."""
    made: list[Round] = []
    desk.write(
        lambda: made.append(
            rounds.new(
                desk.workspace.db,
                desk.catalogue,
                name,
                reply_by,
                unit_keys,
                by=desk.user_name,
                at=desk.now(),
            )
        ),
        lambda: desk.progress_changed.emit(()),
    )
    return made[0] if made else None


def sending(desk: Desk, asked: Round, unit_keys: Sequence[str], folder: Path) -> Work:
    """Return the work of writing the workbooks of ``unit_keys`` into ``folder``; its result is a Sent.

    What was written stays when it is cancelled or when something is in the way, and is told.
    """
    workspace, catalogue, validity, today = desk.workspace, desk.catalogue, desk.validity, desk.today()

    def work(report: Report, cancelled: Cancelled) -> Sent:
        from desktop.exchange.checklists import book, sending

        paths: list[Path] = []
        problem: KnownError | None = None
        with closing(store.second_connection(workspace)) as db:
            for key in unit_keys:
                report(len(paths), len(unit_keys))
                if cancelled():
                    break
                unit = catalogue.unit(key)
                path = folder / book.file_name(catalogue, unit.name, today)
                try:
                    path = book.free_path(path)
                    sending.send_unit(path, db, catalogue, asked, unit, validity, at=desk.now())
                except KnownError as met:
                    problem = met
                    break
                paths.append(path)
        return Sent(asked, folder, tuple(paths), tuple(unit_keys[len(paths) :]), problem)

    return work
