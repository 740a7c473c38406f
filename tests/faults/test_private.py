"""What lies in a workspace is for its owner alone at every moment, and its log names nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.library import folders, packs
from tests.faults import private
from tests.faults.private import NAME, PHONE
from tests.faults.remote import Remote
from tests.library import noticed
from tests.library.pack_casualty import PACK
from tests.workspace.sample import NOON

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_all_that_is_made_is_for_its_owner_and_no_name_is_logged(tmp_path: Path) -> None:
    noticed.put(folders.root(tmp_path / "编制") / noticed.KEY)
    packs.export(tmp_path / "编制", tmp_path / PACK, by=NAME, at=NOON)
    folder = tmp_path / "工作库"
    done = subprocess.run(
        [sys.executable, "-m", private.__name__, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert [line for line in done.stdout.splitlines() if line.startswith("LEAK")] == []
    with Remote(folder, lambda: os.umask(0o022)) as window:
        window.do(f"type {NAME} {PHONE} " + "长" * 10_000)
        window.do(f"type {NAME} {PHONE}")
        window.close()
    assert open_to_others(folder) == []
    made = {path.name for path in folder.iterdir()}
    assert made >= {"workspace.db", "evidence", "backups", "notices", "logs"}
    log = "".join(path.read_text(encoding="utf-8") for path in (folder / "logs").iterdir())
    assert NAME not in log
    assert PHONE not in log
