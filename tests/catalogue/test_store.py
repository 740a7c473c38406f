"""Opening measures.db: from any folder, never writing, and refusing what is not whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

import desktop
from desktop import paths
from desktop.catalogue import bundled, query, store
from desktop.errors import KnownError
from tests import two_notices

from . import samples

BUNDLED = paths.bundled_database()


def test_the_bundled_database_is_in_order(db: sqlite3.Connection) -> None:
    assert store.verify(db) == []
    assert store.verify(db, samples.NOTICES) == []


@pytest.mark.parametrize(
    "name", ["惠企 措施", "a#b", "what?mode=rw", "50%25", "it's & more", "mode=memory", "[x]+;@=,"]
)
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    shutil.copy(BUNDLED, folder / "measures.db")
    with closing(store.open_catalogue(folder / "measures.db")) as db:
        assert len(query.load(db).measures) == 32
    assert [path.name for path in folder.iterdir()] == ["measures.db"]


def test_a_relative_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(BUNDLED, tmp_path / "measures.db")
    monkeypatch.chdir(tmp_path)
    with closing(store.open_catalogue(Path("measures.db"))) as db:
        assert store.verify(db) == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/数据/a b.db"), "file:///%E6%95%B0%E6%8D%AE/a%20b.db"),
        (PureWindowsPath(r"C:\a b\#1.db"), "file:///C:/a%20b/%231.db"),
        (PureWindowsPath(r"\\server\share\m.db"), "file:////server/share/m.db"),
    ],
)
def test_drives_and_shares(path: PurePath, uri: str) -> None:
    assert store.uri(path) == f"{uri}?mode=ro&immutable=1"


def test_nothing_can_be_written(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM measures")


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "measures.db"
    with pytest.raises(KnownError, match="找不到措施数据库"):
        store.open_catalogue(path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"x", b"not a database" * 500, bytes(8192)])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "measures.db"
    path.write_bytes(content)
    with pytest.raises(KnownError, match=r"损坏|不是措施数据库"):
        store.open_catalogue(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.9999])
def test_a_half_copied_file_is_refused(tmp_path: Path, share: float) -> None:
    whole = BUNDLED.read_bytes()
    path = tmp_path / "measures.db"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(KnownError, match="损坏") as caught:
        store.open_catalogue(path)
    assert "没有受影响" in caught.value.hint


def test_a_file_overwritten_within_is_refused(tmp_path: Path) -> None:
    """Wherever a whole page is lost, the file is refused or the loss is found; never read as if whole."""
    whole = BUNDLED.read_bytes()
    path = tmp_path / "measures.db"
    for start in range(4096, len(whole), 4096):
        path.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        try:
            db = store.open_catalogue(path)
        except KnownError:
            continue
        with closing(db):
            assert store.verify(db), f"page at {start}"


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "measures.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE measures (key TEXT)")
    with pytest.raises(KnownError, match="不是措施数据库"):
        store.open_catalogue(path)


def _changed(tmp_path: Path, *statements: str) -> Path:
    path = tmp_path / "measures.db"
    shutil.copy(BUNDLED, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            assert db.execute(statement).rowcount != 0, statement
    return path


def test_of_several_notices_what_was_changed_is_told_with_its_own(tmp_path: Path) -> None:
    path = two_notices.built(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE measures SET source_start = source_start + 1 WHERE number = 3")
    with closing(store.open_catalogue(path)) as db:
        problems = store.verify(db)
    for number in (two_notices.NUMBER, two_notices.BUNDLED_NUMBER):
        assert f"{number}第3条与原文不一致" in problems


def test_another_schema_version_is_refused(tmp_path: Path) -> None:
    path = _changed(tmp_path, f"PRAGMA user_version = {store.SCHEMA_VERSION + 1}")
    with pytest.raises(KnownError, match="版本（5）与本程序（4）不符"):
        store.open_catalogue(path)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE measures SET text = replace(text, '1%以下', '2%以下') WHERE number = 3",
            "第3条与原文不一致",
        ),
        (
            "UPDATE measures SET text = replace(text, '1%以下', '2%以下') WHERE number = 3",
            "第3条与其校验值不符",
        ),
        ("UPDATE measures SET source_start = source_start + 1 WHERE number = 9", "第9条与原文不一致"),
        ("UPDATE notices SET source = replace(source, '30%', '20%')", "原文与其校验值不符"),
        ("UPDATE notices SET source = replace(source, '30%', '20%')", "数据库中的原文与文件不一致"),
        ("UPDATE units SET name = '区财务局' WHERE key = 'finance'", "内容与制作时的校验值不符"),
        ("DELETE FROM responsibilities WHERE unit_key = 'insurers'", "responsibilities有62行，制作时为63行"),
        ("UPDATE responsibilities SET unit_key = 'nobody' WHERE unit_key = 'audit'", "指向不存在内容"),
        ("DELETE FROM meta WHERE key = 'rows_tags'", "制作时为未记录行"),
        ("DROP TABLE figures", "读不出来"),
    ],
)
def test_verify_finds_what_was_changed(tmp_path: Path, statement: str, problem: str) -> None:
    with closing(store.open_catalogue(_changed(tmp_path, statement))) as db:
        problems = store.verify(db, samples.NOTICES)
    assert any(problem in found for found in problems), problems


def test_verify_names_a_source_file_that_is_not_there(db: sqlite3.Connection, tmp_path: Path) -> None:
    (problem,) = store.verify(db, tmp_path)
    assert "读不到原文文件" in problem


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE figures",
        "UPDATE notices SET valid_until = '2025年12月31日'",
        "UPDATE units SET aliases = '财政局' WHERE key = 'finance'",
    ],
)
def test_a_database_that_cannot_be_read_is_refused(tmp_path: Path, statement: str) -> None:
    with (
        closing(store.open_catalogue(_changed(tmp_path, statement))) as db,
        pytest.raises(KnownError, match="已损坏"),
    ):
        query.load(db)


def altered(path: Path) -> bytes:
    """Change a measure in the database at ``path`` and recompute every digest that it holds of itself."""
    with closing(sqlite3.connect(path)) as db:
        ((source, text, start),) = db.execute(
            "SELECT n.source, m.text, m.source_start FROM measures m JOIN notices n WHERE m.number = 1"
        )
        other = f"{text[:-2]}倍。"
        source = f"{source[:start]}{other}{source[start + len(text) :]}"
        (key, digest) = ("notices", hashlib.sha256(source.encode()).hexdigest())
        db.execute(f"UPDATE {key} SET source = ?, source_sha256 = ?", (source, digest))
        db.execute(
            "UPDATE measures SET text = ?, text_sha256 = ? WHERE number = 1",
            (other, hashlib.sha256(other.encode()).hexdigest()),
        )
        whole = store.content_sha256(db)
        db.execute("UPDATE meta SET value = ? WHERE key = 'content_sha256'", (whole,))
        db.commit()
    return path.read_bytes()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program."""
    home = tmp_path / "program"
    for part in (paths.resources(), Path(desktop.__file__).parent):
        shutil.copytree(part, home / part.name, ignore=shutil.ignore_patterns("__pycache__"))
    return home


def run(program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", "--workspace", str(program.parent / "ws"), *words],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_program_knows_the_database_that_it_came_with() -> None:
    assert hashlib.sha256(BUNDLED.read_bytes()).hexdigest() == bundled.SHA256


def test_what_is_read_later_is_what_was_checked(db: sqlite3.Connection) -> None:
    """The bundled database lies in memory: no file can be put in its place."""
    _, _, place = db.execute("PRAGMA database_list").fetchone()
    assert not Path(place).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("tree",),
        ("show", "1"),
        ("search", "担保", "--json"),
        ("search", "担保"),
        ("checklist", "财政局"),
        ("mark", "财政局", "1", "--owner", "张三"),
        ("export", "--unit", "财政局", "-o", "书.xlsx"),
        ("ledger", "-o", "账.xlsx"),
        ("round", "new", "一", "--reply-by", "2099-01-01"),
        ("history",),
        ("evidence", "list"),
        ("tour", "-o", "图"),
    ],
)
def test_altered_measures_with_digests_of_their_own_are_named_and_never_used(
    program: Path, words: tuple[str, ...]
) -> None:
    """Also where the sources are not there from which the right ones could be built again."""
    shutil.rmtree(program / "resources" / "notices")
    database = program / "resources" / "measures.db"
    content = altered(database)
    with closing(store.open_catalogue(database)) as opened:
        assert store.verify(opened) == []
    done = run(program, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "措施数据库与本程序发布时的不一致" in done.stderr
    assert str(database) in done.stderr
    assert database.read_bytes() == content
    assert not (program.parent / "ws" / "workspace.db").exists()
    assert sorted(path.name for path in program.iterdir()) == ["desktop", "resources"]


def test_beside_their_sources_altered_measures_are_named_and_the_right_ones_used(program: Path) -> None:
    database = program / "resources" / "measures.db"
    right = run(program, "show", "1").stdout
    altered(database)
    done = run(program, "show", "1")
    assert (done.returncode, done.stdout) == (0, right)
    assert "措施数据库与本程序发布时的不一致" in done.stderr
    assert str(database) in done.stderr
    assert run(program, "mark", "财政局", "1", "--owner", "张三").returncode == 0


def test_what_was_built_anew_is_what_the_program_uses(program: Path) -> None:
    notice = program / "resources" / "notices" / "czbf-2023-3" / "notice.txt"
    words = notice.read_bytes()
    other = words.replace("创业担保贷款的政策宣传".encode(), "创业担保贷款的政策宣讲".encode())
    notice.write_bytes(other)
    rules = notice.with_name("rules.toml")
    rules.write_bytes(rules.read_bytes().replace("政策宣传".encode(), "政策宣讲".encode()))
    structure = notice.with_name("structure.json")
    before, after = (hashlib.sha256(each).hexdigest().encode() for each in (words, other))
    structure.write_bytes(structure.read_bytes().replace(before, after))
    elsewhere = run(program, "build", "-o", str(program.parent / "别处.db"))
    assert (elsewhere.returncode, elsewhere.stdout) == (0, f"{program.parent / '别处.db'}\n")
    assert json.loads(run(program, "search", "政策宣讲", "--json").stdout) == []
    built = run(program, "build")
    assert (built.returncode, built.stderr) == (0, "")
    assert len(json.loads(run(program, "search", "政策宣讲", "--json").stdout)) == 1
