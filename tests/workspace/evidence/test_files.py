from __future__ import annotations

import io
import os
import resource
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import KnownError, RuleError
from desktop.workspace.evidence.files import LIMIT, State, safe_name, shown_name, state, take_in
from desktop.workspace.file import store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a workspace, with its own file in it."""
    folder = tmp_path / "工作库"
    folder.mkdir()
    (folder / "workspace.db").write_bytes(b"db")
    return folder


def _files(folder: Path) -> list[str]:
    evidence = folder / store.FOLDER
    return sorted(path.relative_to(evidence).as_posix() for path in evidence.rglob("*") if path.is_file())


def _paper(tmp_path: Path, name: str = "拨付凭证.pdf", content: bytes = b"paper" * 1000) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_is_copied_whole_and_stays_as_it_was(tmp_path: Path, folder: Path) -> None:
    paper = _paper(tmp_path)
    os.utime(paper, (1_700_000_000, 1_700_000_000))
    before = paper.stat()
    stored = take_in(folder, paper)
    assert _files(folder) == [f"{stored.sha256[:2]}/{stored.sha256}/拨付凭证.pdf"]
    copy = folder / store.FOLDER / stored.place
    assert copy.read_bytes() == paper.read_bytes()
    assert (stored.size, stored.written) == (5000, 1_700_000_000)
    assert not copy.stat().st_mode & 0o222
    after = paper.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_mode) == (
        before.st_size,
        before.st_mtime_ns,
        before.st_mode,
    )
    assert state(folder, stored) is state(folder, stored, thorough=True) is State.OK


def test_the_same_content_is_stored_once_under_whatever_name(tmp_path: Path, folder: Path) -> None:
    first = take_in(folder, _paper(tmp_path))
    assert take_in(folder, _paper(tmp_path, "另一个名字.pdf")) == first
    assert len(_files(folder)) == 1


def test_a_link_to_a_file_is_followed(tmp_path: Path, folder: Path) -> None:
    _paper(tmp_path)
    (tmp_path / "快捷.pdf").symlink_to("拨付凭证.pdf")
    assert take_in(folder, tmp_path / "快捷.pdf").size == 5000


def _folder(path: Path) -> None:
    path.mkdir()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def _empty(path: Path) -> None:
    path.touch()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _gone(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_folder, "是文件夹"),
        (_fifo, "不是普通文件"),
        (_socket, "不是普通文件"),
        (_endless, "不是普通文件"),
        (_empty, "空文件"),
        (_huge, "超过200MB"),
        (_loop, "指向自身"),
        (_gone, "找不到文件"),
    ],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, make, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "材料")
    with pytest.raises(KnownError, match=words) as refused:
        take_in(folder, tmp_path / "材料")
    assert "“材料”" in refused.value.message
    assert refused.value.hint
    assert _files(folder) == []


def test_the_workspace_itself_is_no_evidence(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "hard.db").hardlink_to(folder / "workspace.db")
    for path in (folder / "workspace.db", tmp_path / "hard.db"):
        with pytest.raises(RuleError, match="工作库自己的文件"):
            take_in(folder, path)


@pytest.fixture
def _little_room() -> Iterator[None]:
    """Let no file of this process grow beyond 100,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_no_more_leaves_nothing(
    tmp_path: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    paper = _paper(tmp_path, content=b"x" * 300_000)
    request.getfixturevalue("_little_room")
    with pytest.raises(KnownError):
        take_in(folder, paper)
    assert _files(folder) == []


class _StillSaved(type(Path())):
    """A file that grows once while it is read, as one does that another program is saving."""

    def open(self, mode: str = "r", *_: object) -> io.FileIO:
        return _Growing(self, mode)


class _Growing(io.FileIO):
    def readall(self) -> bytes:
        return self.read()

    def read(self, size: int = -1, /) -> bytes:
        piece = super().read(size)
        if self.tell() == len(piece) > 0:
            with Path(os.fsdecode(self.name)).open("ab") as other:
                other.write(b"more")
        return piece


def test_a_file_that_changes_while_it_is_copied_is_not_attached(tmp_path: Path, folder: Path) -> None:
    paper = _paper(tmp_path)
    with pytest.raises(KnownError, match="在复制时被改动，没有附上"):
        take_in(folder, _StillSaved(paper))
    assert _files(folder) == []
    assert paper.read_bytes() == b"paper" * 1000 + b"more"
    assert state(folder, take_in(folder, paper)) is State.OK


@pytest.mark.parametrize(
    ("step", "found"), [(-2, State.OK), (2, State.OK), (-3, State.ALTERED), (3, State.ALTERED)]
)
def test_a_time_as_a_stick_keeps_it_counts_as_the_same(
    tmp_path: Path, folder: Path, step: int, found: State
) -> None:
    """FAT keeps times in steps of two seconds: a file that far off is not read, one farther off is."""
    stored = take_in(folder, _paper(tmp_path))
    copy = folder / store.FOLDER / stored.place
    copy.chmod(0o644)
    copy.write_bytes(b"PAPER" * 1000)  # as many bytes: only who reads it sees
    os.utime(copy, (stored.written + step, stored.written + step))
    assert state(folder, stored) is found


def test_missing_and_altered_files_are_seen(tmp_path: Path, folder: Path) -> None:
    paper = _paper(tmp_path)
    os.utime(paper, (1_700_000_000, 1_700_000_000))
    stored = take_in(folder, paper)
    copy = folder / store.FOLDER / stored.place
    copy.chmod(0o644)
    copy.write_bytes(b"paper" * 999 + b"PAPER")  # as many bytes, other ones
    assert state(folder, stored) is State.ALTERED
    os.utime(copy, (stored.written, stored.written))
    assert state(folder, stored) is State.OK  # the quick look does not read
    assert state(folder, stored, thorough=True) is State.ALTERED
    copy.write_bytes(b"short")
    assert state(folder, stored) is State.ALTERED
    copy.unlink()
    assert state(folder, stored) is State.MISSING
    copy.mkdir()
    assert state(folder, stored) is State.MISSING


def test_a_copy_that_lost_its_time_is_read_once(tmp_path: Path, folder: Path) -> None:
    stored = take_in(folder, _paper(tmp_path))
    copy = folder / store.FOLDER / stored.place
    os.utime(copy, (1, 1))
    assert state(folder, stored) is State.OK
    assert copy.stat().st_mtime == stored.written


def test_attaching_again_mends_what_is_gone_or_altered(tmp_path: Path, folder: Path) -> None:
    paper = _paper(tmp_path)
    stored = take_in(folder, paper)
    copy = folder / store.FOLDER / stored.place
    copy.unlink()
    assert take_in(folder, paper).place == stored.place
    copy.chmod(0o644)
    copy.write_bytes(b"scribbled over")
    again = take_in(folder, paper)
    assert state(folder, again, thorough=True) is State.OK
    kept = [path.read_bytes() for path in copy.parent.iterdir()]
    assert sorted(kept) == sorted([paper.read_bytes(), b"scribbled over"])


def test_stored_files_are_ordinary_files_that_their_owner_may_read(tmp_path: Path, folder: Path) -> None:
    paper = _paper(tmp_path)
    paper.chmod(0o700)
    copy = folder / store.FOLDER / take_in(folder, paper).place
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("第16条 拨付凭证.pdf", "第16条 拨付凭证.pdf"),
        ('a<b>:"/\\|?*.pdf', "a_b________.pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT¹.doc", "_LPT¹.doc"),
        ("合同. . ", "合同"),
        ("报表\u202efdp.exe", "报表fdp.exe"),
        ("换\n行\t.jpg", "换行.jpg"),
        ("e\u0301.txt", "é.txt"),
        ("\udcff\udcfe", "附件"),
        ("...", "附件"),
        (" .pdf", "附件.pdf"),
        ("很" * 300 + ".pdf", "很" * 56 + ".pdf"),
        ("x." + "y" * 300, ("x." + "y" * 300)[:60]),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters(), max_size=100))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 60
    assert len(safe.encode()) <= 240
    assert not set(safe) & set('<>:"/\\|?*\n\r\t\0')
    assert safe == safe.strip()
    assert not safe.endswith(".")
    assert safe.partition(".")[0].strip().upper() not in {"CON", "NUL", "COM1", "LPT9", "", ".."}
    assert safe_name(safe) == safe
    assert "\n" not in shown_name(name)
    assert shown_name(name).splitlines() == [shown_name(name)]
