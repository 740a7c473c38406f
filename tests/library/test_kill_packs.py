"""Killed, or refused by the disk, at any step of taking a pack in, the library is as before or as after."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.library import folders, links, opening, packs, versions
from tests.library import noticed, pack_casualty
from tests.library.noticed import AMENDED, KEY, MEASURES
from tests.library.pack_casualty import AT, PACK, WORKSPACE

ROOT = Path(__file__).parents[2]
OTHER = "yyzf-2030-9"


def test_killed_or_refused_at_steps_all_over(tmp_path: Path) -> None:
    base, places, there = tmp_path / "base", tmp_path / "places", tmp_path / "there"
    for workspace in (base / WORKSPACE, there):
        noticed.put(folders.root(workspace) / KEY, MEASURES)
    new = noticed.put(tmp_path / "new" / KEY, AMENDED)
    versions.amend(folders.root(there) / KEY, new, KEY, AT.date())
    (folders.root(there) / KEY).rename(tmp_path / "old")
    new.rename(folders.root(there) / KEY)
    noticed.put(folders.root(there) / OTHER, MEASURES[:2], number="另县政发〔2030〕9号")
    links.confirm(folders.root(there), f"{KEY}.1.m01", f"{OTHER}.1.m01")
    packs.export(there, base / PACK, by="张三", at=AT)
    before, after = state(base / WORKSPACE), state(there)
    places.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    command = [sys.executable, "-m", pack_casualty.__name__, str(base), str(places)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, timeout=600)
    found = [state(place / WORKSPACE) for place in sorted(places.iterdir())]
    assert len(found) > 40
    assert all(each in (before, after) for each in found)
    assert before in found
    assert after in found


def state(workspace: Path) -> tuple[Catalogue, int]:
    """Return what a library holds after whatever happened, and how many links; it takes further work."""
    opened = opening.opened(workspace)
    with closing(opened.db):
        assert opened.warning == ""
    root = folders.root(workspace)
    kept = len(links.links(root))
    links.confirm(root, "a-1.1.m01", "b-1.1.m01")
    links.forget(root, "a-1.1.m01", "b-1.1.m01")
    return opened.catalogue, kept
