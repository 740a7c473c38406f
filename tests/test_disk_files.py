from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.disk import NOTHING_CHANGED, ensure_free, explain, write_beside
from desktop.errors import KnownError
from tests.rights import ordinary_user


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


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EROFS, "只读"),
        (errno.ENOENT, "找不到文件夹"),
        (errno.EACCES, "正被其他程序打开"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_each_cause_has_its_words_and_something_to_do(code: int, words: str) -> None:
    error = explain(OSError(code, os.strerror(code)), Path("U盘") / "a.xlsx")
    assert words in error.message
    assert NOTHING_CHANGED in error.message
    assert error.hint.startswith("请")
