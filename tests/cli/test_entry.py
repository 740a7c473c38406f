"""The program as others call it: real processes, odd locales, odd bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import desk


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
        {"LANGUAGE": "en", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_json_is_utf8_whatever_the_locale(environment: dict[str, str]) -> None:
    done = desk("search", "担保", "--json", **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "担保" in json.loads(done.stdout.decode())[0]["title"]


def test_errors_are_utf8_and_leave_stdout_alone() -> None:
    done = desk("show", "99", "--json", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "没有第99条措施" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="arguments are bytes on POSIX only")
def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    assert json.loads(desk("search", b"\xff\xfe", "--json").stdout) == []
    assert desk("mark", "区财政局", "2", "--owner", b"\xff").returncode == 2
    assert desk("checklist", b"\xff").returncode == 2
    assert desk(b"\xff").returncode == 2
    odd = os.fsencode(tmp_path) + b"/\xff"
    done = desk("--workspace", odd, "mark", "区财政局", "2", "--owner", "张三")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(desk("--workspace", odd, "checklist", "区财政局", "--json").stdout)
    assert [row["number"] for row in rows if row["owner"] == "张三"] == [2]


def test_a_workspace_that_cannot_be_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for verb in (["checklist", "区财政局"], ["mark", "区财政局", "2", "--owner", "张三"]):
        done = desk("--workspace", str(blocked / "folder"), *verb)
        assert b"Traceback" not in done.stderr
    assert done.returncode == 1
    assert done.stderr.decode().strip()


def test_the_window_starts_without_an_argument_parser() -> None:
    code = (
        "import sys; from desktop import __main__; from desktop.cli import guard, window; "
        "sys.exit(any(m in sys.modules for m in ('click', 'openpyxl', 'sqlite_utils', 'PySide6', 'logging')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
