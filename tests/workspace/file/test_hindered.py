"""A full disk, a lock that nobody can hold, a file that went away: read what can be, say what is true."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, LockedError, UnwritableError
from desktop.workspace.file import lock, store
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import checklist
from tests.rights import NOBODY, ordinary_user
from tests.workspace.sample import FINANCE_1, NOON, TODAY


def enter(folder: Path, catalogue: Catalogue, owner: str) -> None:
    with store.open_for_writing(folder) as workspace:
        checklist.edit(
            workspace.db, catalogue, FINANCE_1, {"owner": owner}, by="张三", source="录入", at=NOON
        )


def owner(workspace: store.Workspace, catalogue: Catalogue) -> str:
    return checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=64", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> None:
    """Let not one byte be free."""
    with contextlib.suppress(OSError), (place / "ballast").open("wb", buffering=0) as ballast:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while ballast.write(bytes(size)):
                    pass


def fill_names(place: Path) -> None:
    """Let not one more file be made."""
    with contextlib.suppress(OSError):
        for number in range(1000):
            (place / f"ballast-{number}").touch()


@pytest.mark.parametrize("filled", [fill, fill_names])
def test_a_full_disk_opens_to_be_read(stick: Path, catalogue: Catalogue, filled: object) -> None:
    enter(stick / "工作库", catalogue, "甲")
    assert callable(filled)
    filled(stick)
    workspace, reason = store.open_as_possible(stick / "工作库")
    with workspace:
        assert workspace.read_only
        assert "磁盘空间不足" in reason
        assert owner(workspace, catalogue) == "甲"


@pytest.mark.parametrize("filled", [fill, fill_names])
def test_on_a_full_disk_nothing_begun_reads_as_empty(
    stick: Path, catalogue: Catalogue, filled: object
) -> None:
    assert callable(filled)
    filled(stick)
    workspace, reason = store.open_as_possible(stick / "工作库")
    with workspace:
        assert "磁盘空间不足" in reason
        assert owner(workspace, catalogue) == ""


def test_a_disk_that_fills_up_in_use_says_so_and_loses_nothing(stick: Path, catalogue: Catalogue) -> None:
    enter(stick / "工作库", catalogue, "甲")
    with store.open_for_writing(stick / "工作库") as workspace:
        fill(stick)
        with pytest.raises(UnwritableError, match="磁盘空间不足"):
            checklist.edit(
                workspace.db,
                catalogue,
                FINANCE_1,
                {"progress": "长" * 9000},
                by="张三",
                source="录入",
                at=NOON,
            )
        assert owner(workspace, catalogue) == "甲"
        (stick / "ballast").unlink()
    enter(stick / "工作库", catalogue, "乙")


def test_a_log_on_a_full_disk_is_silent(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stick / "logs").mkdir()
    fill(stick)
    assert logs.start(stick / "logs") is not None
    for _ in range(3):
        logging.getLogger("desktop").error("记不下" * 999)
    logs.stop()
    assert capsys.readouterr() == ("", "")
    assert (stick / "logs" / "desk.log").stat().st_size == 0


@pytest.mark.parametrize("mode", [0o444, 0o600])
def test_a_lock_that_nobody_can_hold_lets_nobody_write(
    open_folder: Path, catalogue: Catalogue, mode: int
) -> None:
    """Of another user, or read-only: whoever may write the workspace itself still may not."""
    enter(open_folder, catalogue, "甲")
    open_folder.chmod(0o777)
    (open_folder / store.DATABASE).chmod(0o666)
    (open_folder / lock.LOCK).chmod(mode)
    if os.geteuid() != 0:
        (open_folder / lock.LOCK).chmod(mode & 0o444)
    with ordinary_user():
        with pytest.raises(UnwritableError) as refused:
            store.open_for_writing(open_folder)
        workspace, reason = store.open_as_possible(open_folder)
        with workspace:
            assert workspace.read_only
            assert owner(workspace, catalogue) == "甲"
    assert refused.value.why == reason
    if mode == 0o444:
        assert "workspace.lock" in reason


def test_two_programs_never_both_write(open_folder: Path, catalogue: Catalogue) -> None:
    """One as root who may write anything, one as somebody who may not write the lock."""
    enter(open_folder, catalogue, "甲")
    open_folder.chmod(0o777)
    (open_folder / store.DATABASE).chmod(0o666)
    (open_folder / lock.LOCK).chmod(0o444)
    code = (
        "import os, sys; from pathlib import Path; from desktop.workspace.file import store\n"
        "os.geteuid() == 0 and sys.argv[2] != '0' and os.seteuid(int(sys.argv[2]))\n"
        "w, why = store.open_as_possible(Path(sys.argv[1])); print(int(w.read_only), flush=True)\n"
        "sys.stdin.read()"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(open_folder), user],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(store.__file__).parents[3])},
        )
        for user in (str(NOBODY), "0", str(NOBODY))
    ]
    told = [program.stdout.readline().strip() for program in programs if program.stdout]
    for program in programs:
        program.communicate()
    assert told.count("0") <= 1


def test_a_link_to_nowhere_is_no_beginning(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "工作库"
    enter(tmp_path / "U盘", catalogue, "甲")
    folder.mkdir()
    (folder / store.DATABASE).symlink_to(tmp_path / "U盘" / store.DATABASE)
    with store.open_for_reading(folder) as workspace:
        assert owner(workspace, catalogue) == "甲"
    (tmp_path / "U盘").rename(tmp_path / "拔出")
    for opens in (store.open_for_writing, store.open_for_reading, store.open_as_possible):
        with pytest.raises(KnownError, match="指向的文件找不到"):
            opens(folder)
    assert (folder / store.DATABASE).is_symlink()
    assert not (tmp_path / "U盘").exists()


@pytest.mark.parametrize("change", ["unlink", "rename", "replace"])
def test_a_file_that_went_away_in_use_is_named(tmp_path: Path, catalogue: Catalogue, change: str) -> None:
    enter(tmp_path, catalogue, "甲")
    path = tmp_path / store.DATABASE
    shutil.copyfile(path, tmp_path / "别的.db")
    with store.open_for_writing(tmp_path) as workspace:
        if change == "unlink":
            path.unlink()
        elif change == "rename":
            path.rename(tmp_path / "old.db")
        else:
            (tmp_path / "别的.db").replace(path)
        with pytest.raises(KnownError, match="被移走、改名、删除或替换"), transaction(workspace.db):
            workspace.db.execute("INSERT INTO settings VALUES ('a', 'b')")


def test_a_folder_that_may_not_even_be_read_is_not_called_write_protected(open_folder: Path) -> None:
    (open_folder / "内").mkdir()
    (open_folder / "内").chmod(0)
    with ordinary_user(), pytest.raises(KnownError, match="无法打开工作库"):
        store.open_as_possible(open_folder / "内")


def test_a_disk_without_locks_is_said_so(tmp_path: Path) -> None:
    assert lock.lockable(tmp_path)
    with pytest.raises(UnwritableError, match="不支持文件锁"), translated():
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
    with store.open_for_writing(tmp_path), pytest.raises(LockedError):
        store.open_for_writing(tmp_path)
