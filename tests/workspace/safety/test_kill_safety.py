"""Killed at any step of a backup, a restore, a rescue or an attachment, all is as before or as after."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.file import backup, packed, store
from desktop.workspace.items import checklist
from desktop.workspace.safety import bundle, rescue
from tests.workspace import casualty, sample
from tests.workspace.casualty import PACKAGE, PAPER, WORKSPACE
from tests.workspace.sample import FINANCE_1, NOON, TODAY

ROOT = Path(__file__).parents[3]


def _environment() -> dict[str, str]:
    paths = [str(ROOT), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _killed_at_each_step(deed: Callable[[Path], None], base: Path, places: Path) -> list[Path]:
    """Return the places, in each of which a child was killed at one step; in the last it came to its end."""
    command = [sys.executable, "-m", casualty.__name__, deed.__name__, str(base), str(places)]
    subprocess.run(command, check=True, env=_environment(), cwd=ROOT, timeout=300)
    found = sorted(places.iterdir(), key=lambda place: int(place.name))
    assert len(found) > 10
    return found


def _edit(workspace: store.Workspace, owner: str) -> None:
    checklist.edit(
        workspace.db, sample.catalogue(), FINANCE_1, {"owner": owner}, by="张三", source="录入", at=NOON
    )


def _attach(workspace: store.Workspace, paper: Path) -> None:
    attached.add(workspace.db, workspace.folder, sample.catalogue(), FINANCE_1, paper, by="张三", at=NOON)


def _read(workspace: store.Workspace) -> tuple[str, tuple[str, ...]]:
    """Return the 责任人 and the evidence of an item of a workspace that is whole, evidence and all."""
    assert workspace.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    papers = attached.of_item(workspace.db, FINANCE_1)
    assert set(attached.check(workspace.folder, papers, thorough=True).values()) <= {State.OK}
    item = checklist.item(workspace.db, sample.catalogue(), FINANCE_1, TODAY)
    return item.entry.owner, tuple(paper.name for paper in papers)


def _state(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return what a reader finds, then a writer; check that they agree and that no litter is left."""
    with store.open_for_reading(folder) as reader:
        seen = _read(reader)
    with store.open_for_writing(folder) as writer:
        assert _read(writer) == seen
        for saved in backup.every(folder):
            with packed.opened(saved.path) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not list(folder.rglob("*.part"))
        _edit(writer, "继续")
    with store.open_for_writing(folder) as writer:
        assert _read(writer)[0] == "继续"
    return seen


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a place with a workspace (甲, one paper), a new paper and another machine's package (乙)."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "旧.pdf").write_bytes(b"old")
    with store.open_for_writing(tmp_path / "other") as workspace:
        _edit(workspace, "乙")
        for name in ("一.pdf", "二.pdf"):
            (tmp_path / name).write_bytes(name.encode() * 100)
            _attach(workspace, tmp_path / name)
        bundle.save(workspace.db, workspace.folder, base / PACKAGE)
    with store.open_for_writing(base / WORKSPACE) as workspace:
        _edit(workspace, "甲")
        _attach(workspace, base / "旧.pdf")
    (base / PAPER).write_bytes(b"new" * 1000)
    return base


OURS = ("甲", ("旧.pdf",))
THEIRS = ("乙", ("一.pdf", "二.pdf"))


def test_while_a_workspace_is_created(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    for place in _killed_at_each_step(casualty.create, tmp_path / "base", tmp_path / "places"):
        assert _state(place / WORKSPACE) == ("", ())


def test_while_a_backup_is_made_on_start(tmp_path: Path, base: Path) -> None:
    places = _killed_at_each_step(casualty.save, base, tmp_path / "places")
    saved = [len(backup.every(place / WORKSPACE)) for place in places]
    assert saved == sorted(saved)
    assert (saved[0], saved[-1]) == (0, 1)
    for place in places:
        assert _state(place / WORKSPACE) == OURS


def test_while_a_package_is_written(tmp_path: Path, base: Path) -> None:
    before = (base / PACKAGE).read_bytes()
    places = _killed_at_each_step(casualty.take_along, base, tmp_path / "places")
    replaced = []
    for place in places:
        replaced.append((place / PACKAGE).read_bytes() != before)
        with zipfile.ZipFile(place / PACKAGE) as package:
            assert package.testzip() is None
        assert _state(place / WORKSPACE) == OURS
    assert replaced == sorted(replaced)
    assert (replaced[0], replaced[-1]) == (False, True)


def test_while_a_paper_is_attached(tmp_path: Path, base: Path) -> None:
    places = _killed_at_each_step(casualty.attach, base, tmp_path / "places")
    seen = [_state(place / WORKSPACE)[1] for place in places]
    assert set(seen[:-1]) <= {("旧.pdf",), ("旧.pdf", PAPER)}
    assert (seen[0], seen[-1]) == (("旧.pdf",), ("旧.pdf", PAPER))
    assert {(place / PAPER).read_bytes() for place in places} == {b"new" * 1000}


def test_while_a_package_is_restored(tmp_path: Path, base: Path) -> None:
    places = _killed_at_each_step(casualty.restore_package, base, tmp_path / "places")
    seen = [_state(place / WORKSPACE) for place in places]
    assert seen == sorted(seen, key=(OURS, THEIRS).index)
    assert (seen[0], seen[-1]) == (OURS, THEIRS)


def test_while_a_package_takes_the_place_of_a_damaged_workspace(tmp_path: Path, base: Path) -> None:
    _damage(base)
    places = _killed_at_each_step(casualty.restore_package, base, tmp_path / "places")
    _one_or_the_other(places, base, THEIRS)


def test_while_an_offer_is_accepted(tmp_path: Path, base: Path) -> None:
    with store.open_for_writing(base / WORKSPACE) as workspace:
        backup.automatic(workspace.db, workspace.folder)
        _edit(workspace, "丙")
    _damage(base)
    places = _killed_at_each_step(casualty.accept, base, tmp_path / "places")
    _one_or_the_other(places, base, OURS)


def _damage(base: Path) -> None:
    file = base / WORKSPACE / store.DATABASE
    file.write_bytes(file.read_bytes()[:-20_000])
    (base / WORKSPACE / "workspace.db-journal").write_bytes(b"no journal")


def _one_or_the_other(places: list[Path], base: Path, after: tuple[str, tuple[str, ...]]) -> None:
    """Check that each place has the damaged files untouched and offers a rescue, or has them aside."""
    names = (store.DATABASE, "workspace.db-journal")
    damaged = [(base / WORKSPACE / name).read_bytes() for name in names]
    exchanged = []
    for place in places:
        folder = place / WORKSPACE
        decided = rescue.offer(folder) is None
        if decided:
            assert _state(folder) == after
            (home,) = [home for home in (folder / "damaged").iterdir() if any(home.iterdir())]
        else:
            home = folder
        assert [(home / name).read_bytes() for name in names] == damaged
        exchanged.append(decided)
    assert exchanged == sorted(exchanged)
    assert (exchanged[0], exchanged[-1]) == (False, True)


def test_killed_within_sqlites_own_work(tmp_path: Path) -> None:
    """Kills of a program that restores two large backups in turn, until ten of them left a journal behind.

    Each comes when SQLite has written so many bytes of the journal, or a little later: no clock decides it.
    """
    folder = tmp_path / WORKSPACE
    with store.open_for_writing(folder) as workspace:
        files = []
        for number, rows in enumerate((1500, 2500)):
            workspace.db.execute("BEGIN")
            workspace.db.execute("DELETE FROM settings")
            workspace.db.executemany(
                "INSERT INTO settings VALUES (?, ?)",
                ((f"{number}-{row}", f"{number}" * 1000) for row in range(rows)),
            )
            workspace.db.execute("COMMIT")
            files.append(bundle.save(workspace.db, folder, tmp_path / f"{number}.db").path)
    chance = random.Random(2026)
    journal = folder / "workspace.db-journal"
    hot = []
    command = [sys.executable, "-m", casualty.__name__, "to-and-fro", str(folder), *map(str, files)]
    states = set()
    while sum(hot) < 10:
        assert len(hot) < 100
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=_environment(), cwd=ROOT
        ) as process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(chance.randrange(1, 3))]
            _wait_for(process, journal, chance.randrange(2_500_000))
            process.kill()
            said += process.stdout.read().splitlines()
        last = int(said[-1])
        hot.append(journal.exists())
        with store.open_for_reading(folder) as reader:
            seen = _numbers(reader.db)
        with store.open_for_writing(folder) as writer:
            assert writer.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert _numbers(writer.db) == seen
        assert seen in ({(last, (1500, 2500)[last])}, {(1 - last, (2500, 1500)[last])})
        states |= {(last, frozenset(seen))}
        assert len(backup.every(folder)) <= 60
    assert len(states) >= 2


def _wait_for(process: subprocess.Popen[str], journal: Path, size: int) -> None:
    """Return as soon as ``journal`` has grown to ``size`` bytes or is gone again; if need be at the end."""
    most = -1
    while process.poll() is None and most < size:
        try:
            most = journal.stat().st_size
        except FileNotFoundError:
            if most >= 0:
                return


def _numbers(db: sqlite3.Connection) -> set[tuple[int, int]]:
    """Return which backup's rows there are, and how many of each."""
    rows = db.execute("SELECT substr(name, 1, 1), count(*) FROM settings GROUP BY 1")
    return {(int(number), rows) for number, rows in rows}
