"""Programs that change the notices at the same time wait for one another, and none undoes another's work."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import KnownError
from desktop.library import folders, links, moves, opening, turns
from tests.catalogue import invented
from tests.library import noticed

ROOT = Path(__file__).parents[2]


def test_a_second_one_waits_and_then_says_that_it_could_not(tmp_path: Path) -> None:
    with moves.staged(tmp_path):
        with pytest.raises(KnownError, match="正由另一个程序改动"), turns.turn(tmp_path, patience=0):
            raise AssertionError
        assert (tmp_path / moves.PENDING).is_dir()
    with turns.turn(tmp_path, patience=0):
        pass


def test_what_cannot_be_locked_is_not_kept_from_saying_why(tmp_path: Path) -> None:
    with turns.turn(tmp_path / "nowhere"):
        assert not (tmp_path / "nowhere").exists()
    (tmp_path / turns.TURN).mkdir()
    with turns.turn(tmp_path):
        links.confirm(tmp_path, "a-1.1.m01", "b-1.1.m01")


def test_two_processes_add_and_switch_at_once(tmp_path: Path) -> None:
    workspace = tmp_path / "工作库"
    noticed.put(folders.root(workspace) / noticed.KEY)
    for name, text in (("a.txt", invented.AHEAD), ("b.txt", invented.PLAIN)):
        (tmp_path / name).write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    verbs = (
        ["add", str(tmp_path / "a.txt"), "--accept"],
        ["add", str(tmp_path / "b.txt"), "--accept"],
        ["use", noticed.KEY, "off"],
    )
    command = [sys.executable, "-m", "desktop", "--workspace", str(workspace), "notice"]
    started = [
        subprocess.Popen([*command, *verb], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for verb in verbs
    ]
    ends = [(each.communicate(timeout=120)[0].decode(), each.returncode) for each in started]
    assert [code for _, code in ends] == [0, 0, 0], ends
    opened = opening.opened(workspace)
    with closing(opened.db):
        assert opened.warning == ""
        assert len(opened.catalogue.whole.notices) == 4
        assert len(opened.catalogue.notices) == 3
