"""What of the rounds would be lost if a backup took the workspace's place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop.workspace.file import backup, packed
from desktop.workspace.returns import round_changes, rounds
from desktop.workspace.safety import lost_rounds
from tests.workspace import books
from tests.workspace.sample import NOON


def test_each_deed_that_the_backup_lacks_counts(db, catalogue, tmp_path: Path):
    folder = tmp_path / "工作库"
    asked = books.ask(db, catalogue)
    with packed.opened(backup.save(db, folder, backup.BY_HAND).path) as other:
        assert lost_rounds.count(db, other) == 0
        day = NOON.date() + timedelta(days=5)
        round_changes.extend(db, asked.key, day, by="张三", at=NOON)
        assert lost_rounds.count(db, other) == 1
        rounds.record_export(
            db,
            catalogue,
            asked.key,
            "tax",
            [],
            file_name="再发.xlsx",
            by="张三",
            at=NOON + timedelta(hours=1),
        )
        rounds.new(db, catalogue, "补报", day, by="张三", at=NOON)
        assert lost_rounds.count(db, other) == 3
        assert lost_rounds.count(other, db) == 0


def test_closing_a_round_is_reason_enough_for_a_backup_on_start(db, catalogue, tmp_path: Path):
    folder = tmp_path / "工作库"
    asked = books.ask(db, catalogue)
    assert backup.automatic(db, folder) is not None
    assert backup.automatic(db, folder) is None
    round_changes.close(db, asked.key, by="张三", at=NOON)
    assert backup.automatic(db, folder) is not None
