"""What backing up and restoring do in their thread."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.ui.safety.backup_table import FAULTY, WHOLE
from desktop.workspace.file import backup, store
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.file.cipher import PassphraseError
from desktop.workspace.safety import contents
from desktop.workspace.safety.contents import Contents

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.safety.bundle import Bundle
    from desktop.workspace.safety.restore import Restored


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in backups, by their paths: (what each holds, its newest change), and how each is.

    ``thorough`` says that each page was checked.
    """

    thorough: bool
    holds: dict[Path, tuple[str, str]]
    states: dict[Path, str]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What restoring ``file`` would bring and take away: ``lost`` changes stand here and not there.

    ``rounds_lost`` are deeds in rounds that stand here and not there.
    """

    file: Path
    brings: Contents
    replaces: Contents
    lost: int
    rounds_lost: int = 0


def look(files: tuple[BackupFile, ...], *, thorough: bool) -> Work:
    """Return the work that reads what backups hold; ``thorough`` checks each page of them."""

    def run(report: Report, cancelled: Cancelled) -> Looked:
        found = Looked(thorough, {}, {})
        for done, file in enumerate(files):
            if cancelled():
                break
            report(done, len(files))
            try:
                held = contents.of_file(file.path, thorough=thorough)
            except PassphraseError:
                found.holds[file.path] = ("用别的口令加密", "")
            except KnownError:
                found.holds[file.path] = ("读不出来", "")
                found.states[file.path] = FAULTY
            else:
                found.holds[file.path] = (held.words, held.last)
                if thorough:
                    found.states[file.path] = WHOLE
        return found

    return run


def save(desk: Desk) -> Work:
    """Return the work that makes a backup by hand."""
    workspace = desk.workspace

    def run(_report: Report, _cancelled: Cancelled) -> BackupFile:
        with store.read_again(workspace) as db:
            return backup.save(db, workspace.folder, backup.BY_HAND)

    return run


def save_to(desk: Desk, target: Path) -> Work:
    """Return the work that makes a backup to take along."""
    workspace = desk.workspace

    def run(_report: Report, _cancelled: Cancelled) -> Bundle:
        from desktop.workspace.safety import bundle

        with store.read_again(workspace) as db:
            return bundle.save(db, workspace.folder, target)

    return run


def consider(desk: Desk, file: Path) -> Work:
    """Return the work that checks a file before it is restored, and says what would change."""
    workspace = desk.workspace

    def run(_report: Report, _cancelled: Cancelled) -> Outlook:
        from desktop.workspace.file import migrations
        from desktop.workspace.safety import candidate, lost_rounds

        with (
            store.read_again(workspace) as db,
            candidate.opened(workspace.folder, file, migrations.STEPS) as found,
        ):
            lost, sent = contents.lost(db, found.db), lost_rounds.count(db, found.db)
            return Outlook(file, contents.of(found.db), contents.of(db), lost, sent)

    return run


def restore(desk: Desk, file: Path) -> Work:
    """Return the work that restores a file."""
    workspace, by, at = desk.workspace, desk.user_name, desk.now()

    def run(_report: Report, _cancelled: Cancelled) -> Restored:
        from desktop.workspace.safety import restore as restoring

        with closing(store.second_connection(workspace)) as db:
            return restoring.into(db, workspace.folder, file, by=by, at=at)

    return run
