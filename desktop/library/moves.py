"""Several files and folders changed as one: all of them, or none, whenever the program is killed.

What is to come lies whole in ``pending/new`` first. Then ``pending/moves.json`` says which moves are to be
made; from that moment on the change is decided, and whoever opens the library next finishes it. Nothing is
ever written over: what is in the way is moved to ``pending/old`` first, by a move of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop import disk
from desktop.errors import KnownError
from desktop.library.turns import turn
from desktop.paths import OWN_FILE, OWN_FOLDER

PENDING = "pending"
_MOVES, _NEW, _OLD = "moves.json", "new", "old"

Move = tuple[str, str]


@contextlib.contextmanager
def staged(root: Path) -> Iterator[Path]:
    """Finish what is pending in ``root``, then yield a new, empty folder for what is to come.

    It is removed when the block ends; until then no other program changes anything in ``root``, which must
    be there. Raises KnownError when the disk refuses, or another program is at it for too long.
    """
    pending = root / PENDING
    with turn(root):
        _settle(root)
        with disk.writing(pending):
            _clear(pending)
            pending.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
            for folder in (_NEW, _OLD):
                (pending / folder).mkdir(OWN_FOLDER)
        try:
            yield pending / _NEW
        finally:
            if not (pending / _MOVES).exists():  # else it is decided, and still to be finished
                with contextlib.suppress(OSError):
                    _clear(pending)


def replace(root: Path, names: Sequence[str], keep: Sequence[Move] = ()) -> None:
    """Put what lies in ``pending/new`` under ``names`` in its place in ``root``, all of it or nothing.

    ``keep`` are moves within ``root`` that are made before; what else is in the way goes. Names may have
    several steps, of which all but the last are folders that are there or are made. Raises KnownError when
    the disk refuses: then everything is as before.
    """
    moves: list[Move] = [*keep]
    moved = {source for source, _ in keep}
    for at, name in enumerate(names):
        if (root / name).exists() and name not in moved:
            moves.append((name, f"{PENDING}/{_OLD}/{at}"))
        if (root / PENDING / _NEW / name).exists():
            moves.append((f"{PENDING}/{_NEW}/{name}", name))
    with disk.writing(root / PENDING):
        _sync(root / PENDING / _NEW)
        with disk.written(root / PENDING / _MOVES) as draft:
            draft.touch(OWN_FILE)
            draft.write_text(json.dumps(moves, ensure_ascii=False), encoding="utf-8")
        try:
            _carry_out(root, moves)
        except OSError:
            _take_back(root, moves)
            raise
        _done(root)


def settle(root: Path) -> bool:
    """Finish a change that was decided and not finished; return whether there was one.

    Raises KnownError when the disk refuses, what is pending is not ours, or another program is at it.
    """
    if not (root / PENDING / _MOVES).exists():
        return False
    with turn(root):
        return _settle(root)


def _settle(root: Path) -> bool:
    path = root / PENDING / _MOVES
    try:
        moves = _read(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise KnownError(
            f"发文库里有一次没有完成的改动，记录“{path}”读不出来，没有继续。",
            "请把这个文件夹另存一份，再联系维护人员。",
        ) from error
    with disk.writing(root):
        _carry_out(root, moves)
        _done(root)
    return True


def _carry_out(root: Path, moves: Sequence[Move]) -> None:
    """Make the moves that were not made yet, also beside another program that does the same."""
    for source, target in moves:
        old, new = root / source, root / target
        if new.exists() or not old.exists():
            continue
        new.parent.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError, FileExistsError):
            old.rename(new)
        disk.sync_folder(new.parent)


def _take_back(root: Path, moves: Sequence[Move]) -> None:
    """Undo the moves that were made; where that fails too, the change stays decided."""
    for source, target in reversed(moves):
        old, new = root / source, root / target
        if new.exists() and not old.exists():
            new.rename(old)
    (root / PENDING / _MOVES).unlink()


def _done(root: Path) -> None:
    (root / PENDING / _MOVES).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # what is left of it is of no worth
        _clear(root / PENDING)


def _read(data: bytes) -> list[Move]:
    moves = json.loads(data)
    if not isinstance(moves, list):
        raise ValueError("no moves")
    for move in moves:
        if not isinstance(move, list) or len(move) != 2 or not all(map(_is_within, move)):
            raise ValueError("no move")
    return [(source, target) for source, target in moves]


def _is_within(name: object) -> bool:
    return (
        isinstance(name, str)
        and bool(name)
        and not {"", ".", ".."} & set(name.split("/"))
        and "\\" not in name
    )


def _clear(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)


def _sync(folder: Path) -> None:
    """Bring all that lies in a folder to disk, for its owner alone."""
    for path in folder.rglob("*"):
        path.chmod(OWN_FOLDER if path.is_dir() else OWN_FILE)
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            disk.sync_folder(path)
    disk.sync_folder(folder)
