"""Hundreds of kills and power cuts: ``python -m tests.faults.long [--kills 200] [--cuts 60] [--seed 1]``.

Not in the suite: it takes a quarter of an hour. Prints the table of docs/reliability.md. It ends with an
error when anything acknowledged was lost or half done, with 1 when the control lost nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from desktop.doctor import checks
from tests.faults import deeds, disks, striking
from tests.faults.deeds import DEEDS, WORKSPACE

AT_ONCE = 5  # blows on one place; then a new one
KILLED = ("typing", "importing", "merging", "saving", "restoring")
CUT = ("writing", "importing", "merging", "saving", "restoring")


def portions(count: int) -> Iterable[int]:
    return [AT_ONCE] * (count // AT_ONCE) + [count % AT_ONCE] * bool(count % AT_ONCE)


def examined(folder: Path) -> None:
    """Let doctor look at what the blows left."""
    bad = [check for check in checks.examine(folder) if not check.ok]
    assert not bad, bad


def killed(deed: str, count: int, chance: random.Random) -> int:
    """Kill a deed so many times; return how many steps were acknowledged."""
    total = 0
    for times in portions(count):
        with tempfile.TemporaryDirectory() as place:
            total += striking.struck(deed, Path(place), times, chance)
            examined(Path(place) / WORKSPACE)
    return total


def cut_off(deed: str, count: int, chance: random.Random) -> int:
    """Cut the power so many times; return how many steps were acknowledged."""
    total = 0
    for times in portions(count):
        with tempfile.TemporaryDirectory() as place, disks.ext4(Path(place)) as disk:
            total += striking.struck(deed, disk.path, times, chance, disk.fail)
            examined(disk.path / WORKSPACE)
    return total


def control(count: int, chance: random.Random) -> tuple[int, int, int]:
    """Cut the power where nothing is synced; return acknowledged, lost, and how many cuts lost something."""
    said = lost = losing = 0
    for _ in range(count):
        with tempfile.TemporaryDirectory() as place, disks.ext4(Path(place)) as disk:
            DEEDS["unsynced"].prepare(disk.path, deeds.bundled())
            numbers = striking.strike("unsynced", disk.path, 0, chance, disk.fail)
            missing = striking.lost("unsynced", disk.path, len(numbers))
        said, lost, losing = said + len(numbers), lost + missing, losing + (missing > 0)
    return said, lost, losing


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    out = sys.stdout
    out.write("| | blows | acknowledged | lost |\n|---|---:|---:|---:|\n")
    for blow, strike, kinds, count in (
        ("kill -9", killed, KILLED, asked.kills),
        ("power", cut_off, CUT, asked.cuts),
    ):
        for deed in kinds:
            blows = count // len(kinds)
            out.write(f"| {blow}, {deed} | {blows} | {strike(deed, blows, chance)} | 0 |\n")
            out.flush()
    said, lost, losing = control(asked.cuts // 5, chance)
    out.write(
        f"| power, nothing synced (control) | {asked.cuts // 5} | {said} | {lost}, in {losing} cuts |\n"
    )
    return int(not lost)


if __name__ == "__main__":
    sys.exit(main())
