"""Several files changed as one: killed at any step, or refused by the disk, all is as before or as after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import KnownError
from desktop.library import moves
from tests.library import casualty

ROOT = Path(__file__).parents[2]
BEFORE = {"a/notice.txt": "old a", "links.json": "old", "c/notice.txt": "c"}
AFTER = {
    "a/notice.txt": "new a",
    "b/notice.txt": "new b",
    "c/notice.txt": "c",
    "links.json": "new",
    "removed/a/notice.txt": "old a",
}


def laid(root: Path) -> Path:
    for name, text in BEFORE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def found(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def test_all_is_replaced_and_what_was_is_kept(tmp_path: Path) -> None:
    casualty.deed(laid(tmp_path))
    assert found(tmp_path) == AFTER
    assert not moves.settle(tmp_path)


def test_what_is_not_replaced_leaves_nothing(tmp_path: Path) -> None:
    with moves.staged(laid(tmp_path)) as new:
        (new / "a").mkdir()
    assert found(tmp_path) == BEFORE
    with pytest.raises(RuntimeError), moves.staged(tmp_path) as new:
        raise RuntimeError
    assert not (tmp_path / moves.PENDING).exists()


def test_a_name_that_does_not_come_goes(tmp_path: Path) -> None:
    with moves.staged(laid(tmp_path)):
        moves.replace(tmp_path, ["a"], keep=[("a", "removed/a")])
    assert found(tmp_path) == {
        **{name: text for name, text in BEFORE.items() if not name.startswith("a/")},
        "removed/a/notice.txt": "old a",
    }
    with moves.staged(tmp_path):
        moves.replace(tmp_path, ["c"])
    assert "c/notice.txt" not in found(tmp_path)


def test_killed_at_each_step(tmp_path: Path) -> None:
    laid(tmp_path / "base")
    places = tmp_path / "places"
    places.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    command = [sys.executable, "-m", casualty.__name__, str(tmp_path / "base"), str(places)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, timeout=300)
    ends = []
    for place in sorted(places.iterdir(), key=lambda path: int(path.name)):
        moves.settle(place)
        with moves.staged(place):
            pass
        ends.append(found(place))
    assert len(ends) > 30
    assert all(end in (BEFORE, AFTER) for end in ends)
    turn = ends.index(AFTER)
    assert all(end == BEFORE for end in ends[:turn])
    assert all(end == AFTER for end in ends[turn:])


@pytest.mark.parametrize("refused", range(1, 8))
def test_a_disk_that_refuses_a_move(tmp_path: Path, refused: int) -> None:
    laid(tmp_path)
    taken = 0
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal taken
        if watching and event == "os.rename" and str(tmp_path) in str(arguments[0]):
            taken += 1
            if taken == refused:
                raise PermissionError(13, "in use", str(arguments[0]))

    sys.addaudithook(watch)
    try:
        casualty.deed(tmp_path)
    except KnownError:
        assert found(tmp_path) == BEFORE
    else:
        assert found(tmp_path) == AFTER
    finally:
        watching = False
    assert not moves.settle(tmp_path)


@pytest.mark.parametrize(
    "told",
    ["", "{}", "[[1, 2]]", '[["a"]]', '[["../a", "b"]]', '[["a", "/b"]]', '[["a", "b\\\\c"]]', '["ab"]'],
)
def test_what_is_pending_and_not_ours_is_not_done(tmp_path: Path, told: str) -> None:
    laid(tmp_path)
    (tmp_path / moves.PENDING).mkdir()
    (tmp_path / moves.PENDING / "moves.json").write_text(told, "utf-8")
    with pytest.raises(KnownError, match="没有继续"):
        moves.settle(tmp_path)
    assert found(tmp_path).items() >= BEFORE.items()
