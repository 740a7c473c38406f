from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from desktop import disk
from desktop.errors import KnownError


def test_a_file_appears_whole_and_replaces_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "甲.txt"
    target.write_bytes(b"old")
    with disk.written(target) as draft:
        draft.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["甲.txt"]
    assert target.read_bytes() == b"new"


def test_a_file_is_on_disk_before_it_takes_its_place_and_its_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    with disk.written(target) as draft:
        draft.write_bytes(b"new")
    assert synced == [(target.stat().st_ino, b"old"), (tmp_path.stat().st_ino, b"new")]


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
        (errno.EROFS, "只读"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.ENOENT, "找不到文件夹"),
        (errno.EISDIR, "占着"),
        (errno.EACCES, "没有权限"),
        (errno.EIO, "没有写成"),
    ],
)
def test_what_the_system_says_against_writing_is_put_in_words(number: int, words: str) -> None:
    with pytest.raises(KnownError, match=words) as refused, disk.writing(Path("甲.zip")):
        raise OSError(number, os.strerror(number))
    assert "没有改动" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "找不到文件"),
        (errno.EACCES, "正被其他程序打开"),
        (errno.ELOOP, "指向自身"),
        (errno.EIO, "读不出来"),
    ],
)
def test_what_the_system_says_against_reading_is_put_in_words(number: int, words: str) -> None:
    with pytest.raises(KnownError, match=words) as refused, disk.reading(Path("甲.zip")):
        raise OSError(number, os.strerror(number))
    assert "没有改动" in refused.value.message
    assert refused.value.hint
