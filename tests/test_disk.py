from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from desktop import disk
from desktop.disk import NOTHING_CHANGED, ensure_free, write_beside
from desktop.errors import KnownError
from tests.rights import ordinary_user


def test_a_file_appears_whole_and_replaces_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "甲.txt"
    target.write_bytes(b"old")
    with disk.written(target) as draft:
        draft.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["甲.txt"]
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("write", [disk.written, disk.write_beside])
def test_a_file_is_on_disk_before_it_takes_its_place_and_its_name_after(
    write: Callable[[Path], AbstractContextManager[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut leaves the old file or the new one: never an empty one, never a name that is gone again."""
    target = tmp_path / "甲.txt"
    target.write_bytes(b"old")
    synced: list[tuple[int, bytes]] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, target.read_bytes()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    with write(target) as draft:
        draft.write_bytes(b"new")
    assert synced == [(target.stat().st_ino, b"old"), (tmp_path.stat().st_ino, b"new")]


def _refused(number: int) -> Callable[[int], None]:
    """Return an fsync of a file system that says ``number`` for folders."""
    sync = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    return refuse


def test_a_share_that_cannot_sync_its_folders_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _refused(errno.EINVAL))
    with write_beside(tmp_path / "甲.txt") as draft:
        draft.write_bytes(b"new")
    assert (tmp_path / "甲.txt").read_bytes() == b"new"


def test_a_disk_that_fails_while_the_name_is_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _refused(errno.EIO))
    with pytest.raises(KnownError, match="可能已断开"), write_beside(tmp_path / "甲.txt"):
        pass


def _fail_halfway(target: Path) -> None:
    with disk.written(target) as draft:
        draft.write_bytes(b"ne")
        raise ZeroDivisionError


def test_a_file_that_fails_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "甲.txt"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(target)
    assert [path.name for path in tmp_path.iterdir()] == ["甲.txt"]
    assert target.read_bytes() == b"old"


def test_what_is_poured_is_hashed_and_counted_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(os.urandom(3_000_000))
    with path.open("rb") as source, (tmp_path / "b").open("wb") as target:
        told = disk.pour(disk.pieces(source, path), target, 3_000_000)
    assert told == (hashlib.sha256(path.read_bytes()).hexdigest(), 3_000_000)
    assert (tmp_path / "b").read_bytes() == path.read_bytes()
    with pytest.raises(disk.TooLargeError), path.open("rb") as source:
        disk.pour(disk.pieces(source, path), None, 2_999_999)


def test_what_a_killed_program_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".0123456789ab.part").write_bytes(b"half")
    (tmp_path / ".ba9876543210.part").mkdir()
    (tmp_path / ".ba9876543210.part" / "workspace.db").write_bytes(b"half")
    (tmp_path / "film.part").write_bytes(b"somebody's")
    (tmp_path / ".film.part").write_bytes(b"somebody's")
    disk.sweep(tmp_path)
    disk.sweep(tmp_path / "none")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".film.part", "film.part"]


@pytest.mark.parametrize(
    ("name", "second"),
    [("甲.pdf", "甲（2）.pdf"), ("无", "无（2）"), (".env", ".env（2）"), ("a.tar.gz", "a.tar（2）.gz")],
)
def test_a_taken_name_gets_a_number(tmp_path: Path, name: str, second: str) -> None:
    assert disk.free_path(tmp_path, name) == tmp_path / name
    (tmp_path / name).touch()
    assert disk.free_path(tmp_path, name) == tmp_path / second


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EFBIG, "允许的文件大小"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EROFS, "只读"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.ENOENT, "找不到文件夹"),
        (errno.ENXIO, "找不到文件夹"),
        (errno.ENOTDIR, "不是文件夹"),
        (errno.EISDIR, "占着"),
        (errno.EACCES, "正被其他程序打开，或者没有权限"),
        (errno.EIO, "磁盘或 U 盘可能已断开，“甲.zip”没有写成"),
        (errno.ENOTSUP, os.strerror(errno.ENOTSUP)),
    ],
)
def test_what_the_system_says_against_writing_is_put_in_words(number: int, words: str) -> None:
    with pytest.raises(KnownError, match=words) as refused, disk.writing(Path("U盘") / "甲.zip"):
        raise OSError(number, os.strerror(number))
    assert refused.value.message.endswith(NOTHING_CHANGED)
    assert refused.value.hint.startswith("请")


@pytest.mark.skipif(os.name == "nt", reason="folders have no such rights")
def test_a_folder_that_may_not_be_written_is_named(open_folder: Path) -> None:
    locked = open_folder / "notices"
    locked.mkdir(0o555)
    with (
        ordinary_user(),
        pytest.raises(KnownError, match="没有权限写入文件夹“") as refused,
        disk.writing(locked / "pending"),
    ):
        (locked / "pending" / "new").mkdir(parents=True)
    assert "管理员" in refused.value.hint


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "找不到文件"),
        (errno.EACCES, "正被其他程序打开"),
        (errno.ELOOP, "指向自身"),
        (errno.EIO, "磁盘或 U 盘可能已断开，“甲.zip”读不出来"),
    ],
)
def test_what_the_system_says_against_reading_is_put_in_words(number: int, words: str) -> None:
    with pytest.raises(KnownError, match=words) as refused, disk.reading(Path("甲.zip")):
        raise OSError(number, os.strerror(number))
    assert "没有改动" in refused.value.message
    assert refused.value.hint


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A workbook that is there already."""
    path = tmp_path / "清单.xlsx"
    path.write_bytes(b"old")
    return path


def alone(path: Path) -> bool:
    """Say whether nothing but ``path`` is in its folder."""
    return list(path.parent.iterdir()) == [path]


def test_the_new_file_takes_the_place_of_the_old_one_whole(target: Path) -> None:
    with write_beside(target) as new:
        new.write_bytes(b"half")
        assert target.read_bytes() == b"old"
        new.write_bytes(b"the whole")
    assert target.read_bytes() == b"the whole"
    assert alone(target)


def test_a_new_file_may_be_read_by_whoever_may_read_others(tmp_path: Path) -> None:
    with write_beside(tmp_path / "a.xlsx"):
        pass
    (tmp_path / "b").touch()
    assert (tmp_path / "a.xlsx").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_missing_folders_are_made(tmp_path: Path) -> None:
    with write_beside(tmp_path / "导出" / "十一月" / "a.xlsx") as new:
        new.write_bytes(b"x")
    assert (tmp_path / "导出" / "十一月" / "a.xlsx").read_bytes() == b"x"


def test_an_interrupted_block_leaves_what_was_there(target: Path) -> None:
    def interrupted() -> None:
        with write_beside(target) as new:
            new.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_bytes() == b"old"
    assert alone(target)


@pytest.mark.parametrize("owner", ["~$清单.xlsx", ".~lock.清单.xlsx#", ".~清单.xlsx"])
def test_a_file_open_in_a_spreadsheet_program_is_not_replaced(target: Path, owner: str) -> None:
    (target.parent / owner).touch()
    with pytest.raises(KnownError, match="正被其他程序打开") as caught, write_beside(target):
        pass
    assert "请先在 Excel/WPS 中关闭该文件" in caught.value.hint
    assert owner in caught.value.hint
    assert target.read_bytes() == b"old"


def test_a_left_over_owner_file_without_its_file_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "~$清单.xlsx").touch()
    with write_beside(tmp_path / "清单.xlsx") as new:
        new.write_bytes(b"x")
    assert (tmp_path / "清单.xlsx").exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "清单.xlsx").mkdir()
    with pytest.raises(KnownError, match="是一个文件夹"):
        ensure_free(tmp_path / "清单.xlsx")


def test_a_file_is_no_folder(target: Path) -> None:
    with pytest.raises(KnownError, match="不是文件夹"), write_beside(target / "a.xlsx"):
        pass
    with pytest.raises(KnownError, match="不是文件夹"), write_beside(target / "b" / "a.xlsx"):
        pass
    assert target.read_bytes() == b"old"


def test_a_full_disk_leaves_what_was_there(target: Path) -> None:
    def fill() -> None:
        with write_beside(target) as new:
            new.write_bytes(b"half")
            Path("/dev/full").write_bytes(b"x")

    with pytest.raises(KnownError, match="磁盘空间不足") as caught:
        fill()
    assert NOTHING_CHANGED in caught.value.message
    assert target.read_bytes() == b"old"
    assert alone(target)


FILL = """
import resource, signal, sys
from pathlib import Path
from desktop.errors import KnownError
from desktop.disk import write_beside
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    with write_beside(Path(sys.argv[1])) as new:
        new.write_bytes(b"x" * 5000)
except KnownError as error:
    sys.stdout.buffer.write(str(error).encode())
"""

KILL = """
import os, signal, sys
from pathlib import Path
from desktop.disk import write_beside
with write_beside(Path(sys.argv[1])) as new:
    new.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_file_system_that_takes_no_more_leaves_what_was_there(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FILL, str(target)], capture_output=True, check=True)
    assert "超过了这个磁盘允许的文件大小" in done.stdout.decode()
    assert target.read_bytes() == b"old"
    assert alone(target)


def test_a_killed_program_leaves_what_was_there(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILL, str(target)], capture_output=True, check=False)
    assert done.returncode < 0
    assert target.read_bytes() == b"old"


def test_a_forbidden_folder_is_named(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    path = open_folder / "a.xlsx"
    with (
        ordinary_user(),
        pytest.raises(KnownError, match="没有权限在文件夹") as caught,
        write_beside(path),
    ):
        pass
    assert str(open_folder) in caught.value.message
    assert list(open_folder.iterdir()) == []


def test_a_folder_that_one_may_not_enter_is_an_error_too(open_folder: Path) -> None:
    (open_folder / "inside").mkdir(mode=0)
    with ordinary_user(), pytest.raises(KnownError) as caught:
        ensure_free(open_folder / "inside" / "deeper" / "a.xlsx")
    assert NOTHING_CHANGED in caught.value.message


def test_a_read_only_file_is_not_replaced(open_folder: Path) -> None:
    path = open_folder / "a.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with ordinary_user(), pytest.raises(KnownError, match="没有权限改写"), write_beside(path):
        pass
    assert path.read_bytes() == b"old"


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="太长"):
        ensure_free(tmp_path / ("长" * 200 + ".xlsx"))


def test_what_a_killed_export_left_is_gone_after_the_next_one(tmp_path: Path) -> None:
    """A draft that is still being written to is another program's and stays."""
    dead, alive, other = (tmp_path / name for name in (".0123456789ab.part", ".abcdef012345.part", ".x.part"))
    for path in (dead, alive, other):
        path.write_bytes(b"half")
    for path in (dead, other):
        os.utime(path, (0, 0))
    with write_beside(tmp_path / "书.xlsx") as draft:
        draft.write_bytes(b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".abcdef012345.part", ".x.part", "书.xlsx"]
