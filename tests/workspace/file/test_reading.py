"""The second window, the second machine, the locked stick: read-only, with the reason, and up to date."""

from __future__ import annotations

import importlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, LockedError, UnwritableError
from desktop.workspace.file import lock, migrations, store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import checklist
from tests.rights import ordinary_user, write_protect
from tests.workspace import older
from tests.workspace.sample import FINANCE_1, NOON, TODAY

TYPING = """
import sys
from pathlib import Path
from desktop.workspace.file import store
from desktop.workspace.items import checklist
from tests.workspace import sample
with store.open_for_writing(Path(sys.argv[1])) as workspace:
    print("open", flush=True)
    for line in sys.stdin:
        checklist.edit(workspace.db, sample.catalogue(), sample.FINANCE_1, {"owner": line.strip()},
                       by="张三", source="录入", at=sample.NOON)
        print("typed", flush=True)
"""


@contextmanager
def _typing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another program hold the workspace; it enters as 责任人 each line that it is sent."""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", TYPING, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=root,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.stdin.close()


def _type(process: subprocess.Popen[str], owner: str) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{owner}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "typed\n"


def _owner(workspace: store.Workspace, catalogue: Catalogue) -> str:
    return checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner


def _enter(folder: Path, catalogue: Catalogue, owner: str) -> None:
    with store.open_for_writing(folder) as workspace:
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": owner}, by="", source="录入", at=NOON)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_first_one_writes(tmp_path: Path) -> None:
    workspace, reason = store.open_as_possible(tmp_path / "w")
    with workspace:
        assert not workspace.read_only
    assert reason == ""


def test_the_second_reads_says_who_holds_it_and_sees_each_edit_at_once(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    with _typing(tmp_path) as other:
        second, reason = store.open_as_possible(tmp_path)
        with second:
            assert second.read_only
            assert "（电脑：" in reason
            assert "进程号" not in reason
            for owner in ("甲", "乙", "丙"):
                _type(other, owner)
                assert _owner(second, catalogue) == owner
            with pytest.raises(KnownError, match="不能写入"), transaction(second.db):
                second.db.execute("DELETE FROM entries")
        _type(other, "丁")
    with store.open_for_writing(tmp_path) as writer:
        assert _owner(writer, catalogue) == "丁"


@pytest.mark.parametrize("note", [b"", b"\xff\xfe\x00rubbish", "电脑：旧机\n进程号：1\n".encode(), None])
def test_an_old_note_neither_keeps_anyone_out_nor_lets_anyone_in(
    tmp_path: Path, catalogue: Catalogue, note: bytes | None
) -> None:
    def leave_note() -> None:
        if note is None:
            (tmp_path / lock.HOLDER).unlink(missing_ok=True)
            (tmp_path / lock.HOLDER).mkdir()
        else:
            (tmp_path / lock.HOLDER).write_bytes(note)

    leave_note()
    with store.open_for_writing(tmp_path):
        if note is not None:
            leave_note()
        with pytest.raises(LockedError, match="已在另一个程序中打开"):
            store.open_for_writing(tmp_path)
        second, reason = store.open_as_possible(tmp_path)
        with second:
            assert second.read_only
            assert reason
    _enter(tmp_path, catalogue, "甲")


def test_a_locked_stick_is_read_and_says_so(catalogue: Catalogue, open_folder: Path) -> None:
    _enter(open_folder, catalogue, "甲")
    write_protect(open_folder)
    with ordinary_user():
        before = _content(open_folder)
        with pytest.raises(UnwritableError):
            store.open_for_writing(open_folder)
        workspace, reason = store.open_as_possible(open_folder)
        with workspace:
            assert workspace.read_only
            assert "不能写入" in reason
            assert _owner(workspace, catalogue) == "甲"
        assert _content(open_folder) == before


def test_a_folder_that_cannot_be_made_reads_as_an_empty_workspace(
    catalogue: Catalogue, open_folder: Path
) -> None:
    write_protect(open_folder)
    with ordinary_user():
        workspace, reason = store.open_as_possible(open_folder / "工作库")
        with workspace:
            assert "不能写入" in reason
            assert _owner(workspace, catalogue) == ""


def _killed(folder: Path) -> None:
    """Leave the workspace in ``folder`` as a kill in the midst of an edit does."""
    with closing(sqlite3.connect(folder / store.DATABASE, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE entries SET owner = 'torn', progress = printf('%.*c', 100000, 'x')")
        data = {path.name: path.read_bytes() for path in folder.glob(f"{store.DATABASE}*")}
        db.execute("ROLLBACK")
    for name, content in data.items():
        (folder / name).write_bytes(content)
    assert len(data) == 2


def _in_wal(folder: Path) -> None:
    """Leave the workspace as a kill leaves it that a tool had put in WAL mode."""
    with closing(sqlite3.connect(folder / store.DATABASE, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE settings SET value = ''")
        db.execute("INSERT INTO settings VALUES ('a', '1')")
        shutil.copytree(folder, folder / "copy")
    for name in (store.DATABASE, f"{store.DATABASE}-wal"):
        shutil.copyfile(folder / "copy" / name, folder / name)
    shutil.rmtree(folder / "copy")


@pytest.mark.parametrize("leave", [_killed, _in_wal])
def test_what_a_kill_left_on_a_locked_stick_is_read_settled_and_left(
    catalogue: Catalogue, leave, open_folder: Path
) -> None:
    _enter(open_folder, catalogue, "甲")
    leave(open_folder)
    write_protect(open_folder)
    with ordinary_user():
        before = _content(open_folder)
        with store.open_for_reading(open_folder) as workspace:
            assert _owner(workspace, catalogue) == "甲"
        assert _content(open_folder) == before


def test_a_reader_leaves_the_settling_to_the_next_writer(tmp_path: Path, catalogue: Catalogue) -> None:
    _enter(tmp_path, catalogue, "甲")
    _killed(tmp_path)
    before = _content(tmp_path)
    with store.open_for_reading(tmp_path) as reader:
        assert _owner(reader, catalogue) == "甲"
    assert _content(tmp_path) == before
    with store.open_for_writing(tmp_path) as writer:
        assert _owner(writer, catalogue) == "甲"
    assert not (tmp_path / f"{store.DATABASE}-journal").exists()


def test_an_older_workspace_on_a_locked_stick_is_read_through_a_copy(
    catalogue: Catalogue, open_folder: Path
) -> None:
    with store.open_for_writing(open_folder, migrations.STEPS[:3]) as workspace:
        older.enter(workspace.db, FINANCE_1, {"owner": "甲"})
    importlib.import_module("sqlite_utils")  # root may read where it is installed, others perhaps not
    write_protect(open_folder)
    with ordinary_user(), store.open_for_reading(open_folder) as workspace:
        assert _owner(workspace, catalogue) == "甲"
