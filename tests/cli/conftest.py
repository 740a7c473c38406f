"""A call of the command line, in this process, on a workspace of its own and on a fixed day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from desktop import paths
from desktop.cli import entry

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
EXPIRED = "有效期至2025年12月31日，已过有效期327天"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Outcome]


def desk(*arguments: str | bytes, cwd: Path | None = None, **environment: str) -> CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(paths.home()), **environment},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工作库"


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: str, now: datetime = NOW) -> Outcome:
        code = entry.run(["--workspace", str(folder), *arguments], now=now)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run
