"""How the package check tells a screen that changes from one that stays."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from types import ModuleType

BLACK, WHITE = b"\0\0\0\0", b"\xff\xff\xff\xff"


def test_a_screen_that_stays_has_not_changed(watch: ModuleType) -> None:
    picture = BLACK * watch.WIDTH * watch.HEIGHT
    assert watch.changed(picture, bytes(picture)) == 0.0


def test_a_screen_that_is_all_new_has_changed_wholly(watch: ModuleType) -> None:
    before, after = (pixel * watch.WIDTH * watch.HEIGHT for pixel in (BLACK, WHITE))
    assert watch.changed(before, after) == 1.0
    assert watch.colours(after) == 1


def test_a_blinking_cursor_is_no_change(watch: ModuleType) -> None:
    before = bytearray(BLACK * watch.WIDTH * watch.HEIGHT)
    after = bytearray(before)
    for line in range(100, 120):
        at = line * watch.ROW + 300 * watch.PIXEL
        after[at : at + 2 * watch.PIXEL] = WHITE * 2
    assert 0 < watch.changed(bytes(before), bytes(after)) < watch.SMALL_CHANGE


def test_memory_is_told_in_bytes(watch: ModuleType) -> None:
    assert 5_000_000 < watch.pss(os.getpid()) < 5_000_000_000


def test_what_a_program_starts_belongs_to_its_session(watch: ModuleType) -> None:
    leader = subprocess.Popen(
        ["sh", "-c", "sleep 60 & echo $!; wait"], stdout=subprocess.PIPE, start_new_session=True, text=True
    )
    with leader:
        assert leader.stdout is not None
        child = int(leader.stdout.readline())
        try:
            assert sorted(watch.session(leader.pid)) == sorted([leader.pid, child])
            assert os.getpid() not in watch.session(leader.pid)
        finally:
            os.killpg(leader.pid, signal.SIGTERM)


def test_the_empty_window_fills_the_screen(watch: ModuleType, root: Path) -> None:
    assert f"{watch.WIDTH}, {watch.HEIGHT}" in (root / "benchmarks" / "empty_window.py").read_text(
        encoding="utf-8"
    )
