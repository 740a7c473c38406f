from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import KnownError, LockedError
from desktop.workspace.file import lock, store

HOLD = (
    "import sys; from pathlib import Path; from desktop.workspace.file import store\n"
    "workspace = store.open_for_writing(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


def _holder(folder: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_another_program_is_told_who_holds_the_workspace(tmp_path: Path) -> None:
    with _holder(tmp_path):
        with pytest.raises(LockedError) as refused:
            store.open_for_writing(tmp_path)
        assert "（电脑：" in refused.value.message
        assert "打开时间：" in refused.value.message
        assert "进程号" not in refused.value.message
        assert "没有改动任何内容" in refused.value.message
        assert "请先关闭" in refused.value.hint
        with store.open_for_reading(tmp_path) as reader:
            assert reader.read_only
    store.open_for_writing(tmp_path).close()


def test_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        holder.kill()
        holder.wait()
    assert (tmp_path / lock.HOLDER).exists()
    with store.open_for_writing(tmp_path):
        assert f"进程号：{os.getpid()}\n" in (tmp_path / lock.HOLDER).read_text(encoding="utf-8")
    assert not (tmp_path / lock.HOLDER).exists()


def test_the_same_program_cannot_hold_it_twice_and_may_let_go_twice(tmp_path: Path) -> None:
    first = store.open_for_writing(tmp_path)
    with pytest.raises(LockedError):
        store.open_for_writing(tmp_path)
    first.close()
    first.close()
    store.open_for_writing(tmp_path).close()


def test_a_lock_without_its_note_still_holds(tmp_path: Path) -> None:
    with store.open_for_writing(tmp_path):
        (tmp_path / lock.HOLDER).unlink()
        with pytest.raises(LockedError, match="另一个程序中打开，"):
            store.open_for_writing(tmp_path)


def test_a_refused_workspace_is_let_go(tmp_path: Path) -> None:
    (tmp_path / store.DATABASE).write_bytes(b"no database")
    for _ in range(2):
        with pytest.raises(KnownError) as refused:
            store.open_for_writing(tmp_path)
        assert not isinstance(refused.value, LockedError)
    assert not (tmp_path / lock.HOLDER).exists()


def test_the_lock_writes_nothing_but_its_two_names(tmp_path: Path) -> None:
    held = lock.acquire(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [lock.LOCK, lock.HOLDER]
    assert (tmp_path / lock.LOCK).stat().st_size == 0
    held.release()
