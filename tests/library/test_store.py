"""Notices taken into the library and out of it: whole or not at all, and one database over all of them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop import paths
from desktop.catalogue import search, store
from desktop.catalogue.query import Catalogue
from desktop.catalogue.search import Filters
from desktop.errors import KnownError
from desktop.library import database, folders, opening, versions
from desktop.library import store as library
from desktop.reading.propose import propose
from tests.catalogue import invented

NOW = datetime(2031, 4, 1)
OWN = "czbf-2023-3"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "工作库"
    folder.mkdir()
    return folder


@pytest.fixture
def ahead(workspace: Path) -> str:
    return library.accept(workspace, invented.ahead(), now=NOW)


@contextmanager
def opened(workspace: Path) -> Iterator[tuple[sqlite3.Connection, Catalogue, str]]:
    found = opening.opened(workspace)
    try:
        yield found.db, found.catalogue, found.warning
    finally:
        found.db.close()


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (database.DATABASE, database.STAMP)
    }


def test_without_notices_the_bundled_database_is_opened_and_nothing_written(workspace: Path) -> None:
    with opened(workspace) as (db, catalogue, warning):
        assert [notice.key for notice in catalogue.notices] == [OWN]
        assert not Path(db.execute("PRAGMA database_list").fetchone()[2]).exists()
        assert catalogue.meta["data_version"] == "2023-3"
    assert warning == ""
    assert list(workspace.iterdir()) == []


def test_a_notice_that_was_taken_in_stands_beside_the_bundled_one(workspace: Path, ahead: str) -> None:
    assert ahead == "ayzb-2031-7"
    with opened(workspace) as (db, catalogue, warning):
        assert store.verify(db) == []
        assert warning == ""
        assert [notice.key for notice in catalogue.notices] == [ahead, OWN]
        assert catalogue.unit("finance").name == "区财政局"
        keys = [measure.key for measure in catalogue.measures_of("finance")]
        assert keys[0] == f"{ahead}.1.m01"
        duty = catalogue.duty("finance", f"{ahead}.1.m01")
        assert duty
        assert (duty.role, duty.rule) == ("lead", "牵头单位")
        measure = catalogue.measure(f"{ahead}.1.m04")
        assert catalogue.category_of(measure).heading == "二、优化服务"
        assert catalogue.group_of(measure) is None
        assert catalogue.notice_of(measure).valid_until is None
        assert catalogue.meta["data_version"] == "2023-3+1"
        assert [hit.key for hit in search.search(db, "国有房屋").hits] == [measure.key]
        assert [hit.key for hit in search.search(db, "扩大再生产").hits] == [f"{ahead}.1.m01"]
        for words in ("融资支持", "rongzizhichi"):
            found = search.search(db, words).hits
            assert [(hit.key[-3:], hit.reason) for hit in found] == [
                ("m01", "分组：（一）融资支持"), ("m02", "分组：（一）融资支持"),
            ]  # fmt: skip
    folder = workspace / "notices" / ahead
    assert sorted(path.name for path in folder.iterdir()) == [
        "annotations.toml", "notice.txt", "structure.json",
    ]  # fmt: skip
    assert (folder / "notice.txt").read_bytes().decode() == invented.AHEAD


def test_a_notice_without_number_dates_and_categories(workspace: Path) -> None:
    key = library.accept(workspace, invented.plain(), now=NOW)
    assert key == "n-2031-mmscjxfr"
    with opened(workspace) as (db, catalogue, _):
        assert store.verify(db) == []
        (measure, *_) = catalogue.measures_in_document(f"{key}.1")
        assert catalogue.category_of(measure).title == "未分类别"
        assert catalogue.measures_in(f"{key}.1.c00") == catalogue.measures_in_document(f"{key}.1")
        assert catalogue.notice_with(key).called == "《某某市促进消费若干举措》"
        assert catalogue.find_notice("某某市促进消费若干举措").key == key
        hits = search.search(db, "夜间经济", Filters(category=f"{key}.1.c00")).hits
        assert [hit.category for hit in hits] == [""]
        assert db.execute("SELECT count(*) FROM checklist_rows").fetchone() == (67 + 4,)


def test_what_is_suggested_is_marked_as_such(workspace: Path, ahead: str) -> None:
    with opened(workspace) as (_, catalogue, _warning):
        tags = [tag for tag in catalogue.measure_tags if tag.measure_key.startswith(ahead)]
        assert tags
        assert all(tag.suggested for tag in tags)
        for tag in tags:
            text = catalogue.measure(tag.measure_key).text
            assert text[tag.start : tag.start + len(tag.quote)] == tag.quote
        assert not any(tag.suggested for tag in catalogue.measure_tags if tag.measure_key.startswith(OWN))


def test_a_notice_that_is_switched_off_is_left_out_but_found_by_key(workspace: Path, ahead: str) -> None:
    library.use(workspace, ahead, False)
    with opened(workspace) as (_, catalogue, _warning):
        assert [notice.key for notice in catalogue.notices] == [OWN]
        assert len(catalogue.whole.notices) == 2
        assert len(catalogue.measures) == 32
        assert len(catalogue.units) == 20
        measure = catalogue.measure(f"{ahead}.1.m01")
        assert catalogue.notice_of(measure).key == ahead
        assert [unit.name for unit in catalogue.units_of(measure.key)] == ["区财政局", "县工信局"]
        assert not catalogue.in_use(measure)
        assert {one.key: one.in_use for one in library.listed(catalogue)} == {OWN: True, ahead: False}
    with pytest.raises(KnownError, match="至少要有一份发文在用"):
        library.use(workspace, OWN, False)
    library.use(workspace, ahead, True)
    library.use(workspace, OWN, False)
    with opened(workspace) as (_, catalogue, _warning):
        assert [notice.key for notice in catalogue.notices] == [ahead]
    with pytest.raises(KnownError, match="没有代号为“nobody-1”的发文"):
        library.use(workspace, "nobody-1", True)


def test_taken_out_and_back(workspace: Path, ahead: str) -> None:
    before = everything(workspace / "notices" / ahead)
    name = library.remove(workspace, ahead)
    with opened(workspace) as (_, catalogue, _warning):
        assert len(catalogue.whole.notices) == 1
    assert everything(workspace / "notices" / "removed" / name) == before
    assert library.take_back(workspace, name) == ahead
    assert everything(workspace / "notices" / ahead) == before
    with opened(workspace) as (_, catalogue, _warning):
        assert len(catalogue.notices) == 2
    with pytest.raises(KnownError, match="程序自带的发文不能移除"):
        library.remove(workspace, OWN)
    with pytest.raises(KnownError, match="没有移除过"):
        library.take_back(workspace, name)


def test_the_same_number_is_not_taken_in_twice(workspace: Path, ahead: str) -> None:
    before = everything(workspace)
    with pytest.raises(KnownError, match="安乙政办〔2031〕7号已在发文库中"):
        library.accept(workspace, invented.ahead(), now=NOW)
    spaced = replace(propose(invented.AHEAD.replace("\n\n", "\n \n\n")), questions=())
    with pytest.raises(KnownError, match="文字相同"):
        library.accept(workspace, spaced, now=NOW)
    number = replace(invented.ahead().head, number="城政办发[2023] 3号")
    with pytest.raises(KnownError, match="已在发文库中"):
        library.accept(workspace, replace(invented.ahead(), head=number), now=NOW)
    assert everything(workspace) == before


def test_the_same_number_with_other_words_is_an_amendment(workspace: Path, ahead: str) -> None:
    text = invented.AHEAD.replace("最高50万元", "最高80万元").replace("2.用好担保政策。", "2.用好政府担保。")
    amended = replace(propose(text), head=invented.ahead().head, questions=())
    assert library.would_amend(workspace, amended) == ahead
    assert library.would_amend(workspace, invented.plain()) == ""
    with opened(workspace) as (_, before, _):
        old = before.measure(f"{ahead}.1.m01")
    assert library.accept(workspace, amended, now=NOW) == ahead
    with opened(workspace) as (db, catalogue, warning):
        assert (store.verify(db), warning) == ([], "")
        assert len(catalogue.notices) == 2
        now = catalogue.measure(f"{ahead}.1.m01")
        assert "80万元" in now.text
    root = folders.root(workspace)
    (version,) = versions.versions(root / ahead)
    assert version.called == "2031-03 版"
    found = versions.wording(root, now.key, old.text_sha256)
    assert found is not None
    assert found.measure.text == old.text


def test_a_second_notice_of_the_same_letters_gets_a_key_of_its_own(workspace: Path) -> None:
    first = library.accept(workspace, invented.plain(), now=NOW)
    other = invented.PLAIN.replace("一、发放消费券", "一、发放文旅消费券")
    second = replace(propose(other), head=invented.plain().head, questions=())
    assert library.accept(workspace, second, now=NOW) == f"{first}-2"
    with opened(workspace) as (db, catalogue, _):
        assert store.verify(db) == []
        assert len(catalogue.measures) == 32 + 6


@pytest.mark.parametrize("name", ["left over", "no measures", "surrogate"])
def test_what_is_open_is_not_taken_in(workspace: Path, name: str) -> None:
    reading = invented.ahead()
    match name:
        case "left over":
            reading = replace(reading, left_over=3)
        case "no measures":
            reading = replace(reading, documents=())
        case _:
            reading = replace(reading, source=reading.source + chr(0xD800))
    with pytest.raises(KnownError, match="没有收入发文库"):
        library.accept(workspace, reading, now=NOW)
    assert everything(workspace) == {}


def test_the_database_is_kept_while_nothing_changes(workspace: Path, ahead: str) -> None:
    with opened(workspace):
        pass
    place = workspace / database.DATABASE
    before = place.stat().st_mtime_ns, place.stat().st_ino
    with opened(workspace):
        pass
    os.utime(workspace / "notices" / ahead / "notice.txt", ns=(1, 1))  # as on a stick copied elsewhere
    with opened(workspace):
        pass
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before


@pytest.mark.parametrize("spoil", ["gone", "cut", "page", "other", "schema", "garbage", "stamp"])
def test_a_database_that_is_not_as_it_was_is_built_again(workspace: Path, ahead: str, spoil: str) -> None:
    with opened(workspace):
        pass
    place = workspace / database.DATABASE
    whole = place.read_bytes()
    match spoil:
        case "gone":
            place.unlink()
        case "cut":
            place.write_bytes(whole[:5000])
        case "page":
            place.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])
        case "other":
            with sqlite3.connect(place) as db:
                db.execute("UPDATE measures SET title = '别的'")
            db.close()
        case "schema":
            with sqlite3.connect(place) as db:
                db.execute("PRAGMA user_version = 1")
            db.close()
        case "garbage":
            place.write_bytes(b"x" * 100)
        case _:
            (workspace / database.STAMP).write_text("{", "utf-8")
    with opened(workspace) as (db, catalogue, warning):
        assert warning == ""
        assert store.verify(db) == []
        assert catalogue.measure(f"{ahead}.1.m01").title == "设立专项资金"


def test_a_notice_that_is_damaged_is_named_and_the_others_stay(workspace: Path, ahead: str) -> None:
    library.accept(workspace, invented.plain(), now=NOW)
    (workspace / "notices" / ahead / "structure.json").write_text("{}", "utf-8")
    for _ in range(2):  # also from the database that was built then
        with opened(workspace) as (_, catalogue, warning):
            assert len(catalogue.notices) == 2
        assert f"发文“{ahead}”读不出来" in warning


@pytest.mark.parametrize("name", ["notice.txt", "structure.json", "annotations.toml"])
def test_a_notice_that_was_copied_in_part_is_named(workspace: Path, ahead: str, name: str) -> None:
    (workspace / "notices" / ahead / name).unlink()
    with opened(workspace) as (_, catalogue, warning):
        assert [notice.key for notice in catalogue.notices] == [OWN]
    assert f"发文“{ahead}”读不出来" in warning


def test_a_folder_that_was_copied_in_twice_is_left_out_and_named(workspace: Path, ahead: str) -> None:
    root = folders.root(workspace)
    shutil.copytree(root / ahead, root / f"{ahead}-2")
    for key in (OWN, "zz-2023-3"):
        shutil.copytree(paths.resources() / "notices" / OWN, root / key)
    with opened(workspace) as (_, catalogue, warning):
        assert [notice.key for notice in catalogue.notices] == [ahead, OWN]
    assert f"发文“{OWN}”是程序自带的" in warning
    assert f"发文“zz-2023-3”与“{OWN}”文号相同" in warning
    assert f"发文“{ahead}-2”与“{ahead}”文号相同" in warning


@pytest.mark.parametrize("text", ["{", f'{{"format": 1, "out_of_use": ["{OWN}", "{invented.AHEAD_KEY}"]}}'])
def test_a_record_of_use_that_says_nothing_usable_is_mended_by_the_next_use(
    workspace: Path, ahead: str, text: str
) -> None:
    (folders.root(workspace) / folders.IN_USE).write_text(text, "utf-8")
    library.use(workspace, OWN, True)
    with opened(workspace) as (_, catalogue, warning):
        assert (len(catalogue.notices), warning) == (2, "")


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    workspace: Path, ahead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.forget(workspace)
    (workspace / database.DATABASE).mkdir()
    (workspace / database.DATABASE / "in the way").touch()
    with opened(workspace) as (db, catalogue, warning):
        assert len(catalogue.notices) == 2
        assert warning == ""
        assert not Path(db.execute("PRAGMA database_list").fetchone()[2]).exists()


def test_a_record_of_use_that_is_damaged_is_said_and_all_are_in_use(workspace: Path, ahead: str) -> None:
    library.use(workspace, ahead, False)
    (folders.root(workspace) / folders.IN_USE).write_text('{"format": 1, "out_of_use": "abc"}', "utf-8")
    with opened(workspace) as (_, catalogue, warning):
        assert len(catalogue.notices) == 2
    assert "已按全部在用处理" in warning


def test_the_same_files_give_the_same_database(workspace: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        library.accept(folder, invented.ahead(), now=NOW)
        with opened(folder) as (db, _, _warning):
            made.append(store.content_sha256(db))
    assert made[0] == made[1]


def test_the_files_can_be_read_by_people(workspace: Path, ahead: str) -> None:
    folder = workspace / "notices" / ahead
    structure = json.loads((folder / "structure.json").read_text("utf-8"))
    assert structure["documents"][0]["measures"][0]["title"] == "设立专项资金"
    notes = (folder / "annotations.toml").read_text("utf-8")
    assert 'key = "finance"\nname = "区财政局"' in notes
    assert "suggested = true" in notes
