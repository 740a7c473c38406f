"""PySide6's own modules, compiled when the program is packaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import shiboken6

ASKED = """
import sys
from PySide6.QtCore import QPoint
for name in sorted(sys.modules):
    if name.startswith("shibokensupport"):
        print(sys.modules[name].__file__)
try:
    QPoint("x")
except TypeError as error:
    print(str(error).splitlines()[0])
"""


@pytest.fixture
def beside(tmp_path: Path, support: ModuleType) -> Path:
    """shiboken6 as it is packed: with its modules compiled beside it."""
    shutil.copytree(Path(shiboken6.__file__).parent, tmp_path / "shiboken6")
    for name, file, kind in support.compiled(tmp_path / "scratch"):
        assert kind == "DATA"
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return tmp_path


def asked(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_qt_for_python_takes_what_is_compiled_and_says_of_errors_what_it_says_else(beside: Path) -> None:
    *files, words = asked(PYTHONPATH=str(beside))
    assert files
    assert all(file.startswith(str(beside)) and file.endswith(".pyc") for file in files)
    assert words == asked()[-1]
