"""The build: the same bytes from the same sources, and nothing at all from broken ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop import paths
from desktop.catalogue import build, query, schema, store
from desktop.errors import KnownError, NoticeError

from . import invented, samples

OLD = b"the database that was there"


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A copy of the sources that a test may spoil."""
    folder = tmp_path / "发文 原文#1"
    shutil.copytree(samples.NOTICES, folder)
    return folder


def test_the_committed_database_is_what_the_sources_give(tmp_path: Path, notices: Path) -> None:
    for folder, sources in (("一", samples.NOTICES), ("two words", notices)):
        (tmp_path / folder).mkdir()
        out = tmp_path / folder / "measures.db"
        build.build(sources, out)
        assert out.read_bytes() == paths.bundled_database().read_bytes()
        assert [path.name for path in out.parent.iterdir()] == ["measures.db"]


def test_a_new_database_takes_the_old_ones_place(tmp_path: Path) -> None:
    out = tmp_path / "measures.db"
    out.write_bytes(OLD)
    build.build(samples.NOTICES, out)
    with closing(store.open_catalogue(out)) as db:
        assert store.verify(db, samples.NOTICES) == []


def refused(notices: Path, out: Path) -> KnownError:
    """Build, expect an error, and see that nothing was written."""
    out.write_bytes(OLD)
    before = sorted(out.parent.iterdir())
    with pytest.raises(KnownError) as caught:
        build.build(notices, out)
    assert out.read_bytes() == OLD
    assert sorted(out.parent.iterdir()) == before
    return caught.value


def test_a_structure_of_another_text_writes_nothing(tmp_path: Path, notices: Path) -> None:
    path = notices / samples.SLUG / "notice.txt"
    path.write_bytes(samples.SOURCE.replace("区商务局", "区商业局").encode())
    error = refused(notices, tmp_path / "measures.db")
    assert "与原文不是一对" in error.message
    assert str(path.with_name("structure.json")) in error.message


def test_a_notice_with_open_questions_writes_nothing(tmp_path: Path, notices: Path) -> None:
    (notices / samples.SLUG / "structure.json").unlink()
    error = refused(notices, tmp_path / "measures.db")
    assert isinstance(error, NoticeError)
    assert "未生成数据库" in error.message
    assert str(notices / samples.SLUG / "notice.txt") in error.hint


@pytest.mark.parametrize("name", ["czbf-2023-4", "czbf-2022-3", "czbf", "城政办发-2023-3", "czbf-2023-3-x"])
def test_the_folder_must_be_named_for_its_notice(tmp_path: Path, notices: Path, name: str) -> None:
    (notices / samples.SLUG).rename(notices / name)
    assert "城政办发〔2023〕3号" in refused(notices, tmp_path / "measures.db").message


def test_another_encoding_writes_nothing(tmp_path: Path, notices: Path) -> None:
    path = notices / samples.SLUG / "notice.txt"
    path.write_bytes(samples.SOURCE.encode("gb18030"))
    assert "编码不是 UTF-8" in refused(notices, tmp_path / "measures.db").message


def test_an_unknown_unit_writes_nothing(tmp_path: Path, notices: Path) -> None:
    path = notices / samples.SLUG / "annotations.toml"
    path.write_text(path.read_text("utf-8").replace('name = "区商务局"', 'name = "区商业局"'), "utf-8")
    assert "“区商业局”" in refused(notices, tmp_path / "measures.db").message


def test_wrong_annotations_write_nothing(tmp_path: Path, notices: Path) -> None:
    path = notices / samples.SLUG / "annotations.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("1%以下", "2%以下"), encoding="utf-8")
    assert "第3条原文中没有“2%以下”" in refused(notices, tmp_path / "measures.db").message


def test_no_notices_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "没有发文原文" in refused(tmp_path / "empty", tmp_path / "measures.db").message


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="无法写入"):
        build.build(samples.NOTICES, tmp_path / "none" / "measures.db")


def test_a_target_that_cannot_be_replaced_is_named(tmp_path: Path) -> None:
    out = tmp_path / "measures.db"
    out.mkdir()
    with pytest.raises(KnownError, match="无法写入"):
        build.build(samples.NOTICES, out)
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_disk_writes_nothing(tmp_path: Path) -> None:
    """A child process may write files of 100 kB at most: a sentence, and the old file stays."""
    out = tmp_path / "measures.db"
    out.write_bytes(OLD)
    program = f"""
import resource, pathlib
from desktop.catalogue import build
from desktop.errors import KnownError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    build.build(pathlib.Path({str(samples.NOTICES)!r}), pathlib.Path({str(out)!r}))
except KnownError as error:
    print(ascii(error.message))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=paths.home())
    assert ascii("无法写入")[1:-1] in done.stdout, done.stderr
    assert out.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_without_a_notice_is_named(tmp_path: Path, notices: Path) -> None:
    (notices / "mbf-2023-5").mkdir()
    assert "mbf-2023-5" in refused(notices, tmp_path / "measures.db").hint


def test_tables_and_columns(db: sqlite3.Connection) -> None:
    for table in schema.TABLES:
        columns = db.execute(f"PRAGMA table_info({table.name})").fetchall()
        assert [column[1] for column in columns] == list(table.columns)
        primary = tuple(column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5])
        assert primary == (table.pk if isinstance(table.pk, tuple) else (table.pk,))
        assert {column[1] for column in columns if not column[3]} == set(table.nullable)
        references = {(row[3], row[2]) for row in db.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert references == set(table.references)
    assert {table.name for table in schema.TABLES} == {*store.TABLES, "meta"}


def test_no_clock_and_no_path_is_stored(db: sqlite3.Connection) -> None:
    stored = "\n".join(f"{key} {value}" for key, value in db.execute("SELECT key, value FROM meta"))
    assert str(paths.home()) not in stored
    assert not re.search(r"\d\d:\d\d|20\d\d-\d\d", stored)


def test_two_notices_share_their_units(tmp_path: Path, notices: Path) -> None:
    invented.put(notices / "ayzb-2031-7", invented.ahead(), notes())
    out = tmp_path / "measures.db"
    build.build(notices, out)
    with closing(store.open_catalogue(out)) as db:
        assert store.verify(db, notices) == []
        catalogue = query.load(db)
    assert [notice.key for notice in catalogue.notices] == ["ayzb-2031-7", "czbf-2023-3"]
    assert len(catalogue.units) == 25
    assert catalogue.measures_of("finance")[0].key == "ayzb-2031-7.1.m01"
    assert catalogue.by_number(1, ["czbf-2023-3.1"]).key == "czbf-2023-3.1.m01"
    with pytest.raises(KnownError, match="有2份文件都有编号为1的措施") as caught:
        catalogue.by_number(1)
    assert "安乙政办〔2031〕7号（代号ayzb-2031-7）　设立专项资金" in caught.value.hint
    assert catalogue.meta["data_version"] == "2031-7"


def test_one_key_cannot_mean_two_units(tmp_path: Path, notices: Path) -> None:
    text = notes().replace('"finance"', '"other"').replace('"unit-one"', '"finance"')
    invented.put(notices / "ayzb-2031-7", invented.ahead(), text)
    assert "“finance”" in refused(notices, tmp_path / "measures.db").message


def test_one_alias_cannot_mean_two_units(tmp_path: Path, notices: Path) -> None:
    text = notes().replace("aliases = []", 'aliases = ["税务局"]', 1)
    invented.put(notices / "ayzb-2031-7", invented.ahead(), text)
    assert "“税务局”" in refused(notices, tmp_path / "measures.db").message


def test_the_file_can_be_read_by_others(tmp_path: Path) -> None:
    out = tmp_path / "measures.db"
    build.build(samples.NOTICES, out)
    assert os.access(out, os.R_OK)
    assert out.stat().st_mode & 0o044 == 0o044


def notes() -> str:
    """Return annotations of the invented notice, as one of the program's own must have them."""
    units = [
        ("finance", "区财政局", ["财政局", "财政", "城区财政局"]),
        ("unit-one", "县工信局", []),
        ("unit-two", "县金融办", []),
        ("unit-three", "县税务局", []),
        ("unit-four", "县国资中心", []),
        ("unit-five", "县政府办", []),
    ]
    quotes = ["中小企业", "鼓励银行让利", "首次升规企业", "承租国有房屋的企业", "办理企业诉求"]
    lines: list[str] = []
    for key, name, aliases in units:
        lines += ["[[unit]]", f'key = "{key}"', f'name = "{name}"', 'kind = "区级部门"']
        lines.append(f"aliases = {json.dumps(aliases, ensure_ascii=False)}")
    for number, quote in enumerate(quotes, 1):
        lines += ["[[measure]]", f"number = {number}", f'beneficiary = [["sme", "{quote}"]]']
        lines.append(f'support = [["funds", "{quote}"]]')
    return "\n".join(lines)
