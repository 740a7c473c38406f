"""What goes wrong: words and an exit code, never a traceback on the screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import guard
from desktop.errors import KnownError
from tests.rights import ordinary_user


def failing(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def test_what_is_known_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.guarded(failing(KnownError("磁盘已满。", "请清理磁盘。")), lambda: None) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "磁盘已满。\n请清理磁盘。\n")


def test_a_bug_is_logged_whole_beside_the_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guard.guarded(failing(ZeroDivisionError("at the place 出错处")), lambda: tmp_path / "库") == 1
    said = capsys.readouterr()
    log = tmp_path / "库" / "logs" / "desk.log"
    assert str(log) in said.err
    assert "Traceback" not in said.err
    written = log.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "ZeroDivisionError: at the place …" in written


def test_a_bug_where_no_log_can_be_written_is_logged_in_the_temporary_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert guard.guarded(failing(ZeroDivisionError()), lambda: blocked) == 1
    log = tmp_path / "temporary" / "MeasuresDesk" / "logs" / "desk.log"
    assert str(log) in capsys.readouterr().err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_an_interruption_is_no_bug(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.guarded(failing(KeyboardInterrupt()), lambda: tmp_path) == 130
    assert capsys.readouterr().err == "已中断。\n"
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--workspace", str(tmp_path), "tree", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    with child:
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("verb", ["tree", "doctor --help"])
def test_a_full_disk_under_stdout_is_told(tmp_path: Path, verb: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--workspace", str(tmp_path), *verb.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("磁盘空间不足，输出没有写完")
    assert list(tmp_path.iterdir()) == []


def test_a_place_without_rights_is_no_mistake_of_the_program(
    open_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever somebody only looked whether something is there."""
    closed = open_folder / "闭"
    closed.mkdir(mode=0)
    with ordinary_user():
        code = guard.guarded(lambda: int((closed / "书.xlsx").exists()), lambda: open_folder)
    told = capsys.readouterr()
    assert (code, told.out) == (1, "")
    assert told.err.startswith(f"没有权限读写“{closed / '书.xlsx'}”")
    assert "意外" not in told.err
    assert list(open_folder.iterdir()) == [closed]
