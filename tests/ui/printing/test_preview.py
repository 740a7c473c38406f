"""Looking at pages asks nobody for anything; printing asks this machine alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import desktop
from desktop.ui.printing import preview

LOOK = """
import sys; from pathlib import Path
from desktop.ui.frame import app
from desktop.ui.printing import checklist, preview
running = app.application()
desk, _ = app.open_desk(Path(sys.argv[1]))
shown = preview.PrintPreview(None, checklist.unit(desk, "finance"), "清单")
shown.show(); running.processEvents(); shown.turn(1); shown._wide.click()
running.processEvents(); shown.grab()
print("cups" in Path("/proc/self/maps").read_text().lower())
printer = preview.printer_for(shown._paper, "清单")
print("cups" in Path("/proc/self/maps").read_text().lower())
import os; print(os.environ["CUPS_SERVER"])
desk.close()
"""


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what a program has loaded")
def test_cups_is_not_even_loaded_until_somebody_prints(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path / "工作库")],
        env={
            **os.environ,
            "CUPS_SERVER": "192.0.2.1",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(Path(desktop.__file__).parents[1]),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    looked, _, server = done.stdout.split()
    assert looked == "False"
    assert server == preview.CUPS
    assert server.startswith("/")
