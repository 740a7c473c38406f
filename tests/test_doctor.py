"""doctor passes here, and each check fails alone when what it checks is broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.library import store
from tests.catalogue import invented
from tests.two_notices import BUNDLED_NUMBER

NAMES = ["版本", "措施数据", "检索", "工作库", "工作簿", "回填", "备份", "口令", "窗口"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program that may be broken."""
    home = tmp_path / "program"
    shutil.copytree(paths.home() / "desktop", home / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(paths.resources(), home / "resources")
    return home


def doctor(home: Path, *options: str, **environment: str) -> tuple[int, dict[str, dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *options, "doctor", "--json"],
        capture_output=True,
        check=False,
        cwd=home,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )
    checks = json.loads(done.stdout)
    assert [check["name"] for check in checks] == NAMES
    assert all(list(check) == ["name", "ok", "detail", "seconds"] for check in checks)
    return done.returncode, {check["name"]: check for check in checks}


def failed(checks: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name, check in checks.items() if not check["ok"]]


def test_everything_works_here(tmp_path: Path) -> None:
    code, checks = doctor(paths.home(), HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "data"))
    assert failed(checks) == []
    assert code == 0
    for part in ("程序", "数据 2023-3", "Python", "Qt", "SQLite", "系统"):
        assert part in checks["版本"]["detail"]
    assert "32条措施" in checks["措施数据"]["detail"]
    assert not (tmp_path / "data").exists()


def test_the_notices_of_the_user_are_examined_too_and_left_as_they_are(tmp_path: Path) -> None:
    key = store.accept(tmp_path, invented.ahead())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, checks = doctor(paths.home(), "--workspace", str(tmp_path))
    assert (failed(checks), code) == ([], 0)
    assert f"{invented.ahead().head.number}、{BUNDLED_NUMBER}，" in checks["措施数据"]["detail"]
    assert "导入6项内容" in checks["回填"]["detail"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    plain = store.accept(tmp_path, invented.plain())
    code, checks = doctor(paths.home(), "--workspace", str(tmp_path))
    assert (failed(checks), code) == ([], 0)
    assert "市商务局3项写入并读回" in checks["工作簿"]["detail"]
    store.remove(tmp_path, plain)

    (tmp_path / "notices" / key / "notice.txt").write_text("别的内容", "utf-8")
    code, checks = doctor(paths.home(), "--workspace", str(tmp_path))
    assert (failed(checks), code) == (["措施数据"], 1)
    assert key in checks["措施数据"]["detail"]


def test_a_text_that_is_not_the_notices_is_found(copy: Path) -> None:
    database = copy / "resources" / "measures.db"
    data = database.read_bytes()
    word = "创业担保贷款的政策宣传".encode()
    assert word in data
    database.write_bytes(data.replace(word, "创业担保贷款的政策宣讲".encode()))
    code, checks = doctor(copy)
    assert failed(checks) == ["措施数据"]  # the rest works with those built again from their sources
    assert "发布时的不一致" in checks["措施数据"]["detail"]
    assert code == 1


def test_a_notice_that_is_not_the_databases_is_found(copy: Path) -> None:
    notice = copy / "resources" / "notices" / "czbf-2023-3" / "notice.txt"
    notice.write_bytes(notice.read_bytes().replace(b"1%", b"2%"))
    code, checks = doctor(copy)
    assert failed(checks) == ["措施数据"]
    assert code == 1


def test_a_missing_database_fails_what_needs_it_and_is_named(copy: Path) -> None:
    (copy / "resources" / "measures.db").unlink()
    shutil.rmtree(copy / "resources" / "notices")
    code, checks = doctor(copy)
    assert failed(checks) == [name for name in NAMES[1:] if name != "口令"]
    assert "找不到措施数据库" in checks["措施数据"]["detail"]
    assert code == 1


def test_a_program_file_that_is_missing_fails_one_check(copy: Path) -> None:
    (copy / "desktop" / "exchange" / "checklists" / "book.py").unlink()
    code, checks = doctor(copy)
    assert "工作簿" in failed(checks)
    assert "措施数据" not in failed(checks)
    assert code == 1


@pytest.mark.parametrize(
    ("room", "does_nothing", "name"),
    [("exchange/returned/book.py", "read", "回填"), ("workspace/safety/restore.py", "at_rest", "备份")],
)
def test_work_that_is_not_done_is_found(copy: Path, room: str, does_nothing: str, name: str) -> None:
    with (copy / "desktop" / room).open("a") as module:
        module.write(f"\n\ndef {does_nothing}(*_: object, **__: object) -> tuple[()]:\n    return ()\n")
    code, checks = doctor(copy)
    assert name in failed(checks)
    assert {"工作库", "工作簿", "回填", "备份"} - {name} <= checks.keys() - set(failed(checks))
    assert code == 1


def test_a_portable_workspace_is_used(copy: Path) -> None:
    (copy / "workspace").mkdir()
    mark = [sys.executable, "-m", "desktop", "mark", "区财政局", "2", "--owner", "张三"]
    subprocess.run(mark, check=True, capture_output=True, cwd=copy)
    assert (copy / "workspace" / "workspace.db").is_file()
