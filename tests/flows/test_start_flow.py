"""The program started: on a sound workspace, one in use, one damaged, one too new, and with a mistake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.catalogue import query
from desktop.catalogue.store import open_catalogue
from desktop.ui.frame import app
from desktop.workspace.file import backup, migrations, store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey
from tests.flows import starting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工作库"


def log_of(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (folder / "logs").iterdir())


def test_a_start_backs_up_and_remembers_who_was_reminded(folder):
    store.open_for_writing(folder).close()
    done = starting.run(folder, until="backups/*.zip")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "writable"
    assert [file.reason for file in backup.every(folder)] == [backup.START]
    with store.open_for_reading(folder) as workspace:
        (day,) = workspace.db.execute("SELECT value FROM settings WHERE name = 'ui.reminded'").fetchone()
    assert date.today() - date.fromisoformat(day) <= timedelta(days=1)


def test_without_arguments_the_users_own_workspace_is_opened(tmp_path):
    done = starting.run(None, XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "writable"
    assert list(tmp_path.rglob(store.DATABASE))


def test_a_second_start_reads_only_and_says_why(folder):
    with store.open_for_writing(folder):
        done = starting.run(folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "read-only"
    assert "已在另一个程序中打开" in done.stdout
    assert "本窗口只读，可以查阅和导出，不能填报。" in done.stdout


FIRST = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.__main__ import main
from desktop.ui.frame import app
from desktop.ui.frame.window import Window

def look():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Window) and window.isVisible():
            if not minimised:
                minimised.append(window)
                window.painted.connect(window.showMinimized)
            elif sys.argv[2] == "hangs" and window.isMinimized():
                print("hangs", flush=True)
                sys.stdin.readline()
                window.close()
            elif was_seen_minimised and not window.isMinimized():
                print("at the front", window.isActiveWindow(), flush=True)
                sys.stdin.readline()  # who rang has read the answer
                window.close()
            elif window.isMinimized():
                was_seen_minimised.append(window)

minimised, was_seen_minimised = [], []
application = app.application()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(main(["--workspace", sys.argv[1]]))
"""


def first(folder: Path, runtime: Path, how: str) -> subprocess.Popen[str]:
    """Start the program in a process of its own; its window is minimised, closed by a line once restored."""
    return subprocess.Popen(
        [sys.executable, "-c", FIRST, str(folder), how],
        env={**os.environ, "PYTHONPATH": str(starting.ROOT), "XDG_RUNTIME_DIR": str(runtime)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir(0o700)
    return folder


def test_a_second_start_brings_the_first_ones_window_to_the_front(folder, runtime):
    with first(folder, runtime, "listens") as running:
        while not list(runtime.rglob("*.bell")):
            assert running.poll() is None
            time.sleep(0.02)
        done = starting.run(folder, XDG_RUNTIME_DIR=str(runtime), PATIENCE="60")  # a loaded machine is slow
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""
        assert done.stderr == "惠企措施手册已经打开，已把它的窗口提到最前面。\n"
        assert running.communicate("\n")[0] == "at the front True\n"
    assert running.returncode == 0
    assert [path for path in runtime.rglob("*") if path.is_file()] == []


def test_a_second_start_beside_one_that_hangs_reads_only(folder, runtime):
    with first(folder, runtime, "hangs") as running:
        assert running.stdout.readline() == "hangs\n"
        done = starting.run(folder, XDG_RUNTIME_DIR=str(runtime))
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "read-only"
        assert [path.read_bytes() for path in runtime.rglob("*.bell")] == [b""]
        running.communicate("\n")
    assert running.returncode == 0


def test_without_the_drawings_and_the_data_that_is_said_in_a_window_and_on_the_console(folder, tmp_path):
    shutil.copytree(starting.ROOT / "desktop", tmp_path / "program" / "desktop")
    shutil.copytree(starting.ROOT / "tests" / "flows", tmp_path / "program" / "tests" / "flows")
    done = starting.run(folder, root=tmp_path / "program")
    assert done.returncode == 1, done.stderr
    assert "找不到措施数据库" in done.stdout
    assert "从安装包重新复制 resources 文件夹" in done.stdout
    assert done.stdout.splitlines()[:2] == done.stderr.splitlines()


def test_where_the_workspace_cannot_be_written_that_is_said_on_the_console_too(tmp_path):
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    done = starting.run(None, XDG_DATA_HOME=str(tmp_path / "home"))
    assert done.returncode == 1, done.stderr
    assert done.stderr.splitlines() == done.stdout.splitlines()[:2]


@pytest.mark.parametrize(
    ("answer", "code", "shown"),
    [(starting.READ, 0, "read-only"), (starting.LEAVE, 1, ""), (starting.OFFERED, 0, "writable")],
)
def test_with_a_damaged_workspace_that_is_done_which_was_chosen(folder, answer, code, shown):
    with store.open_for_writing(folder) as workspace:
        backup.save(workspace.db, folder, backup.START)
    file = folder / store.DATABASE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    before = file.read_bytes()
    done = starting.run(folder, answer)
    assert done.returncode == code, done.stderr
    assert done.stderr == ("工作库已损坏，没有打开，文件原样保留。\n" if answer == starting.READ else "")
    assert "damaged workspace" in log_of(folder)
    assert done.stdout.strip().endswith(shown)
    kept = [path.read_bytes() for path in (folder / "damaged").glob("*/workspace.db")]
    if answer == starting.OFFERED:
        assert "已恢复" in done.stdout
        assert kept == [before]
    else:
        assert kept == []
        assert file.read_bytes() == before


def large(folder: Path) -> tuple[Path, bytes]:
    """Make a workspace that is too large to be read before the window stands, back it up, harm one letter."""
    with store.open_for_writing(folder) as workspace:
        with closing(open_catalogue()) as db:
            catalogue = query.load(db)
        unit = catalogue.checklist_units()[0].key
        key, at = ItemKey(unit, catalogue.measures_of(unit)[0].key), datetime.now().astimezone()
        with transaction(workspace.db):
            for number in range(450):
                values = {"progress": f"第{number}版" + "长" * 9000}
                checklist.edit(workspace.db, catalogue, key, values, by="张三", source="录入", at=at)
        backup.save(workspace.db, folder, backup.START)
    file = folder / store.DATABASE
    file.write_bytes(file.read_bytes().replace("第100版".encode(), "第101版".encode()))
    assert file.stat().st_size > app.LARGE
    return file, file.read_bytes()


def test_a_large_workspace_is_shown_at_once_and_damage_found_then_leads_to_the_same_choices(folder):
    _, before = large(folder)
    done = starting.run(folder, starting.OFFERED, until="damaged/*/workspace.db")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "writable"
    assert "damaged workspace" in log_of(folder)
    assert [path.read_bytes() for path in (folder / "damaged").glob("*/workspace.db")] == [before]
    with store.open_for_reading(folder) as workspace:
        assert workspace.db.execute("SELECT count(*) FROM restores").fetchone() == (1,)


def test_a_large_damaged_workspace_that_is_left_alone_stays_as_it_is_byte_for_byte(folder):
    file, before = large(folder)
    done = starting.run(folder, starting.LEAVE, until="never")
    assert done.returncode == 1, done.stderr
    assert file.read_bytes() == before


def _m999_later(db: migrations.Executes) -> None:
    db.execute("CREATE TABLE visits (a)")


def test_where_the_workspace_cannot_be_opened_that_is_said_and_logged(folder):
    store.open_for_writing(folder, (*migrations.STEPS, _m999_later)).close()
    done = starting.run(folder)
    assert done.returncode == 1, done.stderr
    assert "由更新版本的惠企措施手册建立，本版本没有打开它，文件原样保留" in done.stdout
    assert "cannot start" in log_of(folder)


def test_a_mistake_is_told_with_a_report_to_copy_and_logged_whole(folder):
    done = starting.run(folder, starting.FAIL)
    assert done.returncode == 0, done.stderr
    assert "程序出现意外错误，刚才的操作可能没有完成。已录入的内容都已保存" in done.stdout
    assert "ZeroDivisionError: a mistake of the program" in done.stdout
    assert "Traceback (most recent call last)" in log_of(folder)
    assert done.stdout.splitlines()[-1] == "writable"
