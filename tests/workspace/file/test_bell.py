"""A second start rings at the program that holds the workspace, and nothing but a token counts as that."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.workspace.file import bell, lock

SHORT = 0.1
LONG = 60.0  # a loaded machine is slow


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of a workspace whose lock is held here."""
    place = tmp_path / "工作库"
    place.mkdir()
    with lock.acquire(place):
        yield place


@contextmanager
def listening(hung: bell.Bell) -> Iterator[list[str]]:
    """Listen until somebody rang or the block ends."""
    rung: list[str] = []
    done = threading.Event()

    def listen() -> None:
        while not done.wait(0.005):
            if (file := hung.heard()) is not None:
                rung.append(file)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield rung
    finally:
        done.set()
        thread.join()


def hang(folder: Path) -> bell.Bell:
    hung = bell.hang(folder)
    assert hung is not None
    return hung


def test_who_rings_is_heard_once_and_answered(folder: Path) -> None:
    hung = hang(folder)
    with listening(hung) as rung:
        assert bell.ring(folder, LONG)
    assert rung == [""]
    assert hung.file.read_bytes() == b""
    assert hung.heard() is None


@pytest.mark.parametrize("name", ["包.sjb", "a\nb.fwb", "\udcff.sjb", "x" * 255])
def test_who_rings_with_a_file_has_it_looked_at(folder: Path, name: str) -> None:
    with listening(hang(folder)) as rung:
        assert bell.ring(folder, LONG, folder / name)
    assert rung == [str(folder / name)]


def test_a_program_that_does_not_answer_is_not_waited_for_and_nothing_is_left(folder: Path) -> None:
    hung = hang(folder)
    assert not bell.ring(folder, SHORT)
    assert hung.heard() is None
    assert hung.file.read_bytes() == b""


def test_without_a_bell_nobody_is_there(folder: Path) -> None:
    assert not bell.ring(folder, SHORT)


def test_a_bell_that_is_put_up_while_one_waits_is_rung(folder: Path) -> None:
    hung: list[bell.Bell] = []
    later = threading.Timer(0.05, lambda: hung.append(hang(folder)))
    later.start()
    ringing: list[bool] = []
    ringer = threading.Thread(target=lambda: ringing.append(bell.ring(folder, LONG)))
    ringer.start()
    later.join()
    with listening(hung[0]):
        ringer.join()
    assert ringing == [True]


@pytest.mark.parametrize("note", ["电脑：别的电脑\n打开时间：今天\n", "", "\x00" * 200])
def test_for_a_workspace_that_another_machine_holds_nobody_rings(folder: Path, note: str) -> None:
    with listening(hang(folder)) as rung:
        (folder / lock.HOLDER).write_text(note, encoding="utf-8")
        assert not bell.ring(folder, SHORT)
    assert rung == []


def test_on_another_screen_there_is_no_bell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    with listening(hang(folder)) as rung:
        monkeypatch.setenv("DISPLAY", ":0.0")
        assert bell.ring(folder, LONG)
        monkeypatch.setenv("DISPLAY", "localhost:10.0")
        assert not bell.ring(folder, SHORT)
    assert rung == [""]


def test_the_same_workspace_by_another_path_has_the_same_bell(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "链接").symlink_to(folder)
    with listening(hang(folder)) as rung:
        assert bell.ring(tmp_path / "链接", LONG)
    assert rung == [""]


@pytest.mark.parametrize(
    "content", [b"rm -rf /", b"0" * 31, b"0" * 33, b"0" * 32 + b"\n", b"G" * 32, b"\xff" * 1_000_000]
)
def test_anything_but_a_token_does_nothing_and_is_thrown_away(folder: Path, content: bytes) -> None:
    hung = hang(folder)
    hung.file.write_bytes(content)
    assert hung.heard() is None
    assert hung.file.read_bytes() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps each user's folder for himself")
def test_the_bell_is_for_its_owner_alone_and_what_lies_in_its_place_is_not_followed(
    folder: Path, tmp_path: Path
) -> None:
    hung = hang(folder)
    assert stat.S_IMODE(hung.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(hung.file.parent.stat().st_mode) == 0o700
    precious = tmp_path / "precious"
    precious.write_bytes(b"0" * 32)
    hung.file.unlink()
    hung.file.symlink_to(precious)
    assert hung.heard() is None
    assert not bell.ring(folder, SHORT)
    hung.file.unlink()
    os.mkfifo(hung.file)
    assert hung.heard() is None
    assert not bell.ring(folder, SHORT)
    hung = hang(folder)
    hung.file.chmod(0o666)
    assert hung.heard() is None
    assert precious.read_bytes() == b"0" * 32


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps each user's folder for himself")
def test_in_a_folder_that_others_may_write_no_bell_is_put_up(folder: Path, runtime: Path) -> None:
    (runtime / "MeasuresDesk").mkdir()
    (runtime / "MeasuresDesk").chmod(0o777)
    assert bell.hang(folder) is None


def test_where_no_bell_can_be_put_up_there_is_none(folder: Path, runtime: Path) -> None:
    (runtime / "MeasuresDesk").write_bytes(b"")
    assert bell.hang(folder) is None
    assert not bell.ring(folder, SHORT)


def test_one_left_by_a_killed_program_is_replaced_and_one_taken_down_is_gone(folder: Path) -> None:
    before = hang(folder)
    before.file.write_bytes(b"0" * 32)
    hung = hang(folder)
    assert hung == before
    assert hung.heard() is None, "rung at the program that was killed"
    hung.take_down()
    hung.take_down()
    assert not hung.file.exists()
    assert hung.heard() is None
