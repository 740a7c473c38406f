from __future__ import annotations

import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import DamagedError, KnownError
from desktop.workspace.file import backup, packed, store
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.items import notes, settings
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the workspace that ``db`` is."""
    return tmp_path / "工作库"


def _backups(folder: Path) -> Path:
    return folder / backup.FOLDER


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in _backups(folder).iterdir())


def _owners(path: Path) -> list[str]:
    with packed.opened(path) as copy:
        return [owner for (owner,) in copy.execute("SELECT owner FROM entries")]


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _made(folder: Path, whole: Path, *stems: str) -> None:
    """Put backups under the names ``workspace-STEM.zip`` beside the others."""
    for stem in stems:
        shutil.copyfile(whole, _backups(folder) / f"workspace-{stem}.zip")


def _unpacked(folder: Path, db: sqlite3.Connection, stem: str) -> Path:
    """Make a backup as programs made them before they were packed."""
    path = _backups(folder) / f"workspace-{stem}.db"
    path.parent.mkdir(exist_ok=True)
    backup.write_copy(db, path)
    return path


def test_a_backup_is_a_whole_copy_under_a_numbered_and_dated_name(
    folder: Path, db: sqlite3.Connection, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    first = backup.save(db, folder, "before-m009_visits")
    enter(FINANCE_1, owner="乙")
    second = backup.save(db, folder, backup.BY_HAND)
    assert backup.every(folder) == (second, first)
    assert re.fullmatch(r"workspace-00001-\d{8}-\d{6}-before-m009_visits\.zip", first.path.name)
    assert re.fullmatch(r"workspace-00002-\d{8}-\d{6}-by-hand\.zip", second.path.name)
    assert [(f.number, f.words, f.by_hand) for f in (first, second)] == [
        (1, "升级前", False),
        (2, "手动", True),
    ]
    for saved, owner in ((first, "甲"), (second, "乙")):
        assert _owners(saved.path) == [owner]
        assert saved.size == saved.path.stat().st_size
        assert abs(datetime.now() - saved.at) < timedelta(minutes=5)
    assert len(_names(folder)) == 2


def test_a_backup_that_cannot_be_written_is_said_plainly(folder: Path, db: sqlite3.Connection) -> None:
    _backups(folder).write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="backups”不是文件夹"):
        backup.save(db, folder, backup.START)


@pytest.mark.parametrize("size", [0, 4096, 20_000, 90_000])
def test_a_disk_that_takes_no_more_leaves_no_partial_file(
    folder: Path, db: sqlite3.Connection, enter: Enter, size: int
) -> None:
    enter(FINANCE_1, owner="甲")
    good = backup.save(db, folder, backup.START)
    enter(FINANCE_1, owner="乙")
    with _largest_file(size), pytest.raises(KnownError, match=r"程序可以照常使用：.*没有写成"):
        backup.automatic(db, folder)
    assert _names(folder) == [good.path.name]
    enter(FINANCE_1, owner="丙")
    assert backup.automatic(db, folder) is not None


def test_a_workspace_that_another_program_holds_is_not_waited_for_without_end(
    folder: Path, db: sqlite3.Connection
) -> None:
    db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(folder / "workspace.db", isolation_level=None)) as tool:
        tool.execute("BEGIN EXCLUSIVE")
        with pytest.raises(KnownError, match="占用"):
            backup.save(db, folder, backup.START)
    assert _names(folder) == []


def test_automatic_ones_are_made_when_something_changed(
    folder: Path, db: sqlite3.Connection, catalogue, enter: Enter
) -> None:
    def made() -> bool:
        return backup.automatic(db, folder) is not None

    assert made()
    assert not made()
    enter(FINANCE_1, session="s", progress="已受理")
    assert made()
    enter(FINANCE_1, session="s", progress="已受理3户")  # the change grows, no row is added
    assert made()
    settings.put(db, "ui.width", "1366")
    assert not made()
    notes.set_favourite(db, catalogue, "m1", True, NOON)
    assert made()
    notes.set_favourite(db, catalogue, "m1", False, NOON)
    assert made()
    assert not made()
    assert [file.reason for file in backup.every(folder)] == [backup.START] * 5


def test_a_damaged_newest_backup_is_no_reason_to_make_none(folder: Path, db: sqlite3.Connection) -> None:
    for harm in (b"", b"nothing of the kind" * 500, None):
        first = backup.save(db, folder, backup.START)
        data = first.path.read_bytes()
        first.path.write_bytes(data[:2000] + bytes(500) + data[2500:] if harm is None else harm)
        assert backup.automatic(db, folder) is not None


def test_a_backup_is_put_back_by_hand_with_any_program_that_unpacks(
    folder: Path, db: sqlite3.Connection, enter: Enter, tmp_path: Path
) -> None:
    enter(FINANCE_1, owner="甲")
    saved = backup.save(db, folder, backup.START)
    by_hand = tmp_path / "手工"
    by_hand.mkdir()
    subprocess.run([sys.executable, "-m", "zipfile", "-e", saved.path, by_hand], check=True)
    assert "workspace.db 复制到工作库文件夹" in (by_hand / "恢复方法.txt").read_text("utf-8-sig")
    with store.open_for_writing(by_hand) as again:
        assert again.db.execute("SELECT owner FROM entries").fetchall() == [("甲",)]


def test_what_is_packed_is_what_was_copied_and_smaller(
    folder: Path, db: sqlite3.Connection, enter: Enter, tmp_path: Path
) -> None:
    for number in range(100):
        enter(FINANCE_1, progress=f"第{number}次：走访企业{number}户，逐户建立台账。")
    saved = backup.save(db, folder, backup.START)
    copied = tmp_path / "copy.db"
    backup.write_copy(db, copied)
    with zipfile.ZipFile(saved.path) as package:
        there = package.read("workspace.db")
    assert there[100:] == copied.read_bytes()[100:]
    assert saved.size < len(there) / 2
    assert saved.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_packed_backup_in_which_a_byte_changed_is_not_taken_for_whole(
    folder: Path, db: sqlite3.Connection, enter: Enter, at: int
) -> None:
    enter(FINANCE_1, owner="甲")
    saved = backup.save(db, folder, backup.START)
    with zipfile.ZipFile(saved.path) as package:
        info = package.getinfo("workspace.db")
    data = bytearray(saved.path.read_bytes())
    data[info.header_offset + 60 + (info.compress_size - 60) * at // 100] ^= 0xFF  # one bit may say the same
    saved.path.write_bytes(data)
    assert backup.newest_whole([saved]) is None
    with pytest.raises(DamagedError), packed.opened(saved.path):
        pass
    assert not list(_backups(folder).glob("*.part"))


def test_those_of_earlier_programs_are_read_and_packed_one_at_each_start(
    folder: Path, db: sqlite3.Connection, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    for stem in ("00001-20260105-083000-start", "00002-20260106-083000-before-import"):
        _unpacked(folder, db, stem)
    by_hand = _unpacked(folder, db, "00003-20260107-083000-by-hand")
    rotten = _unpacked(folder, db, "00004-20260108-083000-start")
    rotten.write_bytes(rotten.read_bytes().replace("甲".encode(), "乙".encode()))
    assert _owners(by_hand) == ["甲"]
    enter(FINANCE_1, owner="乙")
    told = [(file.number, file.at, file.words) for file in backup.every(folder)]
    for packed_by_now in ([2, 5], [1, 2, 5], [1, 2, 5]):
        backup.automatic(db, folder)
        kept = backup.every(folder)
        assert sorted(file.number for file in kept if packed.is_packed(file.path)) == packed_by_now
    assert [(file.number, file.at, file.words) for file in kept][1:] == told
    assert {file.path for file in kept} >= {by_hand, rotten}
    assert [_owners(file.path) for file in kept if file.number in (1, 2)] == [["甲"], ["甲"]]


def test_an_unpacked_newest_one_with_the_same_rows_is_enough(
    folder: Path, db: sqlite3.Connection, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    _unpacked(folder, db, "00001-20260105-083000-start")
    assert backup.automatic(db, folder) is None
    assert _names(folder) == ["workspace-00001-20260105-083000-start.zip"]
    assert backup.automatic(db, folder) is None


def test_files_of_others_are_passed_over(folder: Path, db: sqlite3.Connection) -> None:
    saved = backup.save(db, folder, backup.START)
    _made(folder, saved.path, "旧", "00001-20269999-120000-start", "副本")
    (_backups(folder) / "说明.txt").write_text("看这里")
    assert backup.every(folder) == (saved,)
    backup.prune(folder)
    assert len(_names(folder)) == 5


def test_a_clock_that_was_set_back_mixes_nothing_up(folder: Path, db: sqlite3.Connection) -> None:
    whole = backup.save(db, folder, backup.START).path
    _made(folder, whole, "20990101-000000-before-m002_notes", "00002-20990101-000000-start")
    newest = backup.save(db, folder, backup.START)
    assert newest.number == 3
    assert [file.number for file in backup.every(folder)] == [3, 2, 1, 0]
    same_second = [backup.save(db, folder, backup.START) for _ in range(3)]
    assert [file.number for file in same_second] == [4, 5, 6]


def _file(number: int, at: datetime, reason: str) -> BackupFile:
    return BackupFile(Path(f"workspace-{number:05}-{at:%Y%m%d-%H%M%S}-{reason}.zip"), number, at, reason, 1)


def test_a_year_of_working_days_leaves_a_sensible_number(folder: Path, db: sqlite3.Connection) -> None:
    whole = backup.save(db, folder, backup.START).path.rename(folder / "whole.zip")
    day = datetime(2026, 1, 5, 8, 30)
    number = 2
    for offset in range(364):
        if (offset % 7) < 5:
            for hours, reason in ((0, backup.START), (1, backup.IMPORT), (5, backup.START)):
                at = day + timedelta(days=offset, hours=hours)
                _made(folder, whole, f"{number:05}-{at:%Y%m%d-%H%M%S}-{reason}")
                number += 1
        backup.prune(folder)
    kept = backup.every(folder)
    starts = [file for file in kept if file.reason == backup.START]
    assert len({file.at.date() for file in starts[:14]}) >= 9
    assert len({file.at.strftime("%G-%V") for file in kept}) == 8
    assert len({file.at.date() for file in kept}) >= 14
    assert sum(file.reason == backup.IMPORT for file in kept) == 10
    assert len(kept) <= 40
    assert kept[0].number == number - 1


@given(
    st.lists(
        st.tuples(
            st.integers(-400, 400),
            st.sampled_from([backup.START, backup.IMPORT, backup.BY_HAND, "before-m9"]),
        ),
        max_size=120,
    )
)
def test_whatever_the_clock_said_the_newest_and_those_by_hand_are_kept(days: list[tuple[int, str]]) -> None:
    files = [
        _file(number, datetime(2026, 11, 23) + timedelta(days=day), reason)
        for number, (day, reason) in enumerate(days, start=1)
    ][::-1]
    kept = backup.wanted(files)
    assert {file for file in files if file.by_hand} <= kept
    made = [file for file in files if not file.by_hand]
    assert set(made[:5]) <= kept
    assert len({file for file in kept if not file.by_hand}) <= 20 + backup.DAYS + backup.WEEKS
    days_seen: list[object] = []
    for file in made:
        if file.at.date() not in days_seen:
            days_seen.append(file.at.date())
            if len(days_seen) <= backup.DAYS:
                assert file in kept


def test_the_same_week_of_another_year_is_another_week() -> None:
    newest = datetime(2026, 11, 23)
    days = [newest - timedelta(days=number) for number in range(28)]  # more than are kept for their days
    year_ago = next(
        day
        for day in (newest - timedelta(days=number) for number in range(330, 400))
        if day.isocalendar().week == newest.isocalendar().week
    )
    files = [_file(60 - number, at, backup.START) for number, at in enumerate([*days, year_ago])]
    assert files[-1] in backup.wanted(files)


def test_large_ones_are_kept_by_turns_as_long_as_there_is_room() -> None:
    newest = datetime(2026, 11, 27, 9)
    files = [
        replace(_file(500 - number, newest - timedelta(hours=12 * number), reason), size=60_000_000)
        for number, reason in enumerate([backup.START, backup.IMPORT] * 100)
    ]
    by_hand = replace(_file(600, newest, backup.BY_HAND), size=900_000_000)
    everything = backup.wanted([by_hand, *files], room=10**12)
    kept = backup.wanted([by_hand, *files], room=625_000_000) - {by_hand}
    assert kept < everything
    assert by_hand in backup.wanted([by_hand, *files], room=0)
    assert sum(file.size for file in kept) <= 625_000_000
    assert len(kept) == 10
    assert set(files[:4]) <= kept
    assert max(file.at for file in kept) - min(file.at for file in kept) > timedelta(days=10)
    least = backup.wanted(files, room=0)
    assert {file.reason for file in least} == {backup.START, backup.IMPORT}
    assert 4 <= len(least) <= 8


def _numbers(files: Iterable[BackupFile]) -> list[int]:
    return [file.number for file in files]


def test_the_newest_good_backup_is_never_thinned_out(folder: Path, db: sqlite3.Connection) -> None:
    whole = backup.save(db, folder, backup.START).path
    _made(folder, whole, *(f"{number:05}-20260105-0830{number:02}-start" for number in range(2, 40)))
    for file in backup.every(folder):
        if file.number > 4:
            file.path.write_bytes(b"rotten")
    backup.prune(folder)
    assert _numbers(backup.every(folder)) == [*range(39, 29, -1), 4, 1]
    whole_one = backup.every(folder)[-2]
    assert _owners(whole_one.path) == []


def test_nothing_is_thinned_out_while_none_is_good(folder: Path, db: sqlite3.Connection) -> None:
    whole = backup.save(db, folder, backup.START).path
    _made(folder, whole, *(f"{number:05}-20260105-0830{number:02}-start" for number in range(2, 30)))
    for file in backup.every(folder):
        file.path.write_bytes(b"rotten")
    assert backup.prune(folder) == ()
    assert len(backup.every(folder)) == 29


def test_one_that_cannot_be_removed_stops_nothing(folder: Path, db: sqlite3.Connection) -> None:
    whole = backup.save(db, folder, backup.START).path
    _made(folder, whole, *(f"{number:05}-20260105-0830{number:02}-start" for number in range(3, 20)))
    (_backups(folder) / "workspace-00002-20260105-083002-start.db").mkdir()
    removed = backup.prune(folder)
    assert len(removed) == 7
    assert _numbers(backup.every(folder)) == [*range(19, 9, -1), 2, 1]


def test_what_is_kept_does_not_hang_on_how_often_one_thins_out(folder: Path) -> None:
    chance = random.Random(2026)
    at = datetime(2026, 1, 1)
    kept: list[BackupFile] = []
    for number in range(1, 300):
        at += timedelta(hours=chance.choice([1, 3, 20, 70, 400]))
        kept = [_file(number, at, backup.START), *kept]
        kept = [file for file in kept if file in backup.wanted(kept)]
        assert kept[0].number == number
        assert len(kept) <= 10 + backup.DAYS + backup.WEEKS
    ages = [kept[0].at - file.at for file in kept]
    assert ages[-1] > timedelta(days=30)


def test_where_nothing_was_entered_yet_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with store.open_for_reading(tmp_path) as nothing, pytest.raises(KnownError, match="没有可备份的"):
        backup.save(nothing.db, tmp_path, backup.BY_HAND)
    assert list(tmp_path.iterdir()) == []
    store.open_for_writing(tmp_path).close()
