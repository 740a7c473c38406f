"""Opening the window where there is no screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import desk

NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_the_tour_is_made(tmp_path: Path) -> None:
    done = desk("--workspace", str(tmp_path / "库"), cwd=tmp_path, **NO_SCREEN)
    assert done.returncode == 0, done.stderr.decode()
    assert "没有图形界面" in done.stderr.decode()
    written = [Path(line) for line in done.stdout.decode().splitlines()]
    assert {path.suffix for path in written} == {".png", ".xlsx"}
    assert all((tmp_path / path).stat().st_size > 1000 for path in written)
