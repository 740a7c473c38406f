"""Notices by stick: what one desk takes in and exports, another imports, and has the same library."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.catalogue import notice_folder
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.library import database, folders, links, opening, packs, versions
from desktop.library.differing import PackDifference, PackedState
from desktop.library.pack_checks import PackError
from tests.catalogue import invented
from tests.library import noticed
from tests.library.noticed import AMENDED, FRESH, KEY, MEASURES

NOW = datetime(2030, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2030, 9, 1)
OWN = "czbf-2023-3"
OTHER = "yyzf-2030-9"


def desk(tmp_path: Path, name: str, *measures: str, key: str = KEY, **others: object) -> Path:
    """Return a workspace whose library holds a notice of ``measures``, or none."""
    workspace = tmp_path / name
    workspace.mkdir(exist_ok=True)
    if measures:
        noticed.put(folders.root(workspace) / key, measures, **others)
    return workspace


def amended(workspace: Path, *measures: str) -> None:
    """Amend the notice of a workspace."""
    old = folders.root(workspace) / KEY
    new = noticed.put(workspace / "new" / KEY, measures)
    versions.amend(old, new, KEY, TODAY)
    shutil.rmtree(old)
    new.replace(old)


def exported(workspace: Path, *keys: str, by: str = "张三") -> Path:
    target = workspace.parent / f"{workspace.name}.fwb"
    packs.export(workspace, target, keys, by=by, at=NOW)
    return target


def taken(workspace: Path, pack: Path, entered: object = ()) -> PackDifference:
    """Take a pack in; what was told before is what was done."""
    told = packs.difference(workspace, pack, entered, on=TODAY)  # type: ignore[arg-type]
    done = packs.take_in(workspace, pack, entered, at=NOW, digest=told.contents.digest)  # type: ignore[arg-type]
    assert counts(done) == counts(told)
    return done


def counts(found: PackDifference) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.gone, len(found.orphans)


def files(workspace: Path) -> dict[str, bytes]:
    """Return the files of a library, those aside that an import replaced."""
    root = folders.root(workspace)
    names = (path for path in root.rglob("*") if path.is_file())
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in names}
    return {name: data for name, data in found.items() if not name.startswith(packs.REPLACED)}


def catalogue(workspace: Path) -> Catalogue:
    found = opening.opened(workspace)
    with closing(found.db):
        assert found.warning == ""
        return found.catalogue


def keys(workspace: Path, key: str = KEY) -> list[int]:
    read = notice_folder.read_text(folders.root(workspace) / key, key)
    return [int(measure.key.rpartition("m")[2]) for measure in read.measures]


def reason(workspace: Path, pack: Path) -> str:
    before = files(workspace)
    with pytest.raises(PackError) as caught:
        packs.difference(workspace, pack, on=TODAY)
    with pytest.raises(PackError):
        packs.take_in(workspace, pack, at=NOW)
    assert files(workspace) == before
    return caught.value.reason


def test_what_one_desk_exports_another_has_afterwards(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    (folders.root(a) / KEY / "original.docx").write_bytes(b"PK paper")
    noticed.put(folders.root(a) / OTHER, MEASURES[:2], number="另县政发〔2030〕9号")
    links.confirm(folders.root(a), f"{KEY}.1.m01", f"{OTHER}.1.m01")
    links.confirm(folders.root(a), f"{KEY}.1.m01", f"{OWN}.1.m01")
    found = taken(b, exported(a))
    assert counts(found) == (6, 0, 0, 0)
    assert [each.state for each in found.notices] == [PackedState.NEW] * 2
    assert {name for name, data in files(a).items() if files(b).get(name) != data} == {links.LINKS}
    assert set(links.links(folders.root(b))) == {frozenset((f"{KEY}.1.m01", f"{OTHER}.1.m01"))}
    there = catalogue(b)
    assert there == catalogue(a)
    assert (a / database.DATABASE).read_bytes() == (b / database.DATABASE).read_bytes()
    assert [notice.key for notice in there.notices] == [OWN, KEY, OTHER]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    pack = exported(a)
    taken(b, pack)
    before = files(b)
    found = taken(b, pack)
    assert found.nothing
    assert files(b) == before
    assert not (folders.root(b) / packs.REPLACED).exists()


def test_an_amended_notice_on_another_desk(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    taken(b, exported(a))
    before = catalogue(b)
    entered = [
        (unit.key, measure.key)
        for unit in before.checklist_units()
        for measure in before.measures_of(unit.key)
    ]
    amended(a, *AMENDED)
    found = taken(b, exported(a), entered)
    (told,) = found.notices
    assert told.state is PackedState.AMENDED
    assert [one.title for one in told.new] == ["补贴物流费用"]
    assert [one.title for one in told.gone] == ["减免房屋租金"]
    assert {one.after.key[-3:] for one in told.changed} == {"m01"}
    assert "".join(each.text for each in told.changed[0].words if each.marked == "new") == "十二"
    assert found.orphans == (("xx-finance", f"{KEY}.1.m02"), ("xx-housing", f"{KEY}.1.m02"))
    assert files(b) == files(a)
    assert catalogue(b) == catalogue(a)
    assert keys(b) == [5, 1, 3, 4]
    (version,) = versions.versions(folders.root(b) / KEY)
    assert version.called == "2030-03 版"
    kept = folders.root(b) / packs.REPLACED / "20300901-100000" / KEY
    assert notice_folder.read_text(kept, KEY).measures[0].key == f"{KEY}.1.m01"


def test_a_desk_that_amended_already_refuses_the_old_version(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    old = exported(a).rename(tmp_path / "old.fwb")
    taken(b, old)
    amended(a, *AMENDED)
    assert "是旧版本" in reason(a, old)
    taken(b, exported(a))
    assert "是旧版本" in reason(b, old)


def test_going_back_to_the_old_words_is_no_old_version(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    amended(a, *AMENDED)
    taken(b, exported(a))
    amended(a, *MEASURES)
    assert counts(taken(b, exported(a)))[:3] == (1, 1, 1)
    assert files(b) == files(a)


def test_what_each_desk_took_in_by_itself_keeps_the_keys_that_are_here(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *AMENDED), desk(tmp_path, "b", *MEASURES)
    assert keys(a) == [1, 2, 3, 4]
    found = taken(b, exported(a))
    assert keys(b) == [5, 1, 3, 4]
    assert [one.title for one in found.notices[0].new] == ["补贴物流费用"]
    assert [one.title for one in found.notices[0].gone] == ["减免房屋租金"]
    assert [each.name for each in versions.versions(folders.root(b) / KEY)] == ["2030-03"]
    again = taken(b, exported(a))  # another desk's keys, other words for the same
    assert counts(again) == (0, 0, 0, 0)


def test_links_follow_the_keys_that_measures_get_here(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *AMENDED), desk(tmp_path, "b", *MEASURES)
    noticed.put(folders.root(a) / OTHER, MEASURES[:2], number="另县政发〔2030〕9号")
    links.confirm(folders.root(a), f"{KEY}.1.m02", f"{OTHER}.1.m01")
    taken(b, exported(a))
    assert set(links.links(folders.root(b))) == {frozenset((f"{KEY}.1.m01", f"{OTHER}.1.m01"))}
    links.reject(folders.root(b), f"{KEY}.1.m01", f"{OTHER}.1.m01")
    here = files(b)[links.LINKS]
    taken(b, exported(a))
    assert files(b)[links.LINKS] == here  # what was decided here stands


def test_another_notice_of_the_same_key_gets_another(tmp_path: Path) -> None:
    a = desk(tmp_path, "a", *MEASURES, number="另县政发〔2030〕2号")
    b = desk(tmp_path, "b", FRESH)
    found = taken(b, exported(a))
    assert [each.notice.key for each in found.notices] == [f"{KEY}-2"]
    assert counts(found) == (4, 0, 0, 0)
    assert counts(taken(b, exported(a))) == (0, 0, 0, 0)


def test_the_same_notice_under_another_key_is_the_same(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *AMENDED), desk(tmp_path, "b", *MEASURES, key="xxzf-2030-2-2")
    taken(b, exported(a))
    assert [folder.name for folder in folders.held(b)] == ["xxzf-2030-2-2"]
    assert keys(b, "xxzf-2030-2-2") == [5, 1, 3, 4]


def test_notices_without_a_number(tmp_path: Path) -> None:
    a, b = (desk(tmp_path, name, *MEASURES, key="n-2030-cjqyfz", number="") for name in "ab")
    assert counts(taken(b, exported(a))) == (0, 0, 0, 0)
    c = desk(tmp_path, "c")
    invented.put(folders.root(c) / "n-2030-cjqyfz", invented.plain(), _unit("市商务局", "市城管局"))
    assert [each.notice.key for each in taken(c, exported(a)).notices] == ["n-2030-cjqyfz-2"]


def _unit(*names: str, key: str = "yy") -> str:
    return "".join(
        f'[[unit]]\nkey = "{key}-{"a" * at}"\nname = "{name}"\nkind = "其他单位"\naliases = []\n'
        for at, name in enumerate(names, 1)
    )


def test_a_removed_notice_that_comes_back_keeps_its_keys(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *AMENDED), desk(tmp_path, "b", *MEASURES)
    gone = folders.root(b) / folders.REMOVED
    gone.mkdir()
    (folders.root(b) / KEY).replace(gone / KEY)
    assert counts(taken(b, exported(a))) == (4, 0, 0, 0)
    assert keys(b) == [5, 1, 3, 4]


def test_units_have_the_keys_that_they_have_here(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    annotations = folders.root(a) / KEY / "annotations.toml"
    there = invented.plain()
    invented.put(
        folders.root(b) / "n-2030-cjxf",
        there,
        _unit("市商务局", "市城管局", key="xx").replace('xx-a"', 'xx-hr"'),
    )
    before = {unit.name: unit.key for unit in catalogue(b).units}
    taken(b, exported(a))
    after = {unit.name: unit.key for unit in catalogue(b).units}
    assert after.items() >= before.items()
    assert after["市商务局"] == "xx-hr"
    assert after["县人社局"] == "xx-hr-x"
    assert 'key = "xx-hr"' in annotations.read_text("utf-8")


def test_annotations_alone(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    taken(b, exported(a))
    with (folders.root(a) / KEY / "annotations.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[measure]]\nnumber = 2\ncondition = [["对象", "小微企业"]]\n')
    found = taken(b, exported(a))
    assert [each.state for each in found.notices] == [PackedState.ANNOTATED]
    assert counts(found) == (0, 0, 0, 0)
    assert not found.nothing
    assert files(b) == files(a)
    assert versions.versions(folders.root(b) / KEY) == ()


def test_the_program_s_own_notice_is_in_no_pack(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    with pytest.raises(KnownError, match="不放进发文包"):
        exported(a, OWN)
    with pytest.raises(KnownError, match="发文库中没有代号为"):
        exported(a, "none-2030-1")
    with pytest.raises(KnownError, match="没有可导出的内容"):
        exported(b)
    shutil.rmtree(folders.root(a) / KEY)
    noticed.put(folders.root(a) / KEY, MEASURES, number="城政办发〔2023〕3号")
    assert "是程序自带的发文" in reason(b, exported(a))
    (folders.root(a) / KEY).replace(folders.root(a) / "aa-2030-1")
    assert "是程序自带的发文" in reason(b, exported(a))


def test_a_structure_that_does_not_fit_its_text(tmp_path: Path) -> None:
    b = desk(tmp_path, "b", FRESH)
    spoilt = {
        "structure.json": lambda data: data.replace(b'"sha', b'"xx', 1).replace(
            b"source_sha256", b"source_sha257"
        ),
        "notice.txt": lambda data: data + "补充说明。".encode(),
        "annotations.toml": lambda data: b"[",
    }
    for name, spoil in spoilt.items():
        a = desk(tmp_path, "a" + name[0], *MEASURES)
        path = folders.root(a) / KEY / name
        path.write_bytes(spoil(path.read_bytes()))
        with pytest.raises(KnownError):
            exported(a)
        target = _packed_as_it_lies(a)
        assert "结构与原文对不上" in reason(b, target)


def _packed_as_it_lies(workspace: Path) -> Path:
    from desktop.library import pack_file
    from desktop.library.pack_file import PackedNotice

    root = folders.root(workspace)
    lying = {f"notices/{name}": data for name, data in files(workspace).items()}
    target = root.parent.parent / "lying.fwb"
    told = [PackedNotice(KEY, "某县政发〔2030〕2号", "某县促进企业发展若干措施", 4)]
    pack_file.write(target, lying, told, program="1", made_by="x", made_at="x")
    return target


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(("annotations.toml", b"x = " + b"[" * 3000), ("annotations.toml", b"unit = 5")),
        *(("structure.json", b"[" * 100_000), ("structure.json", b'{"format": 1}'), ("keys.json", b"null")),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, data: bytes) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    (folders.root(a) / KEY / name).write_bytes(data)
    assert "结构与原文对不上" in reason(b, _packed_as_it_lies(a))


def test_a_manifest_that_calls_a_notice_otherwise(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", FRESH), desk(tmp_path, "b")
    assert "被改动过" in reason(b, _packed_as_it_lies(a))


def test_a_pack_that_is_another_by_now(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    seen = packs.read_pack(exported(a)).digest
    pack = exported(a, by="李四")
    with pytest.raises(PackError, match="不是刚才查看的那一份"):
        packs.take_in(b, pack, at=NOW, digest=seen)
    assert not files(b)


def test_links_that_are_none(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    (folders.root(a) / "links.json").write_text("[]", "utf-8")
    with pytest.raises(KnownError, match="读不出来"):
        exported(a)
    from desktop.library import pack_file

    read = packs.read_pack
    (folders.root(a) / "links.json").unlink()
    told = read(exported(a))
    lying = {f"notices/{name}": data for name, data in files(a).items()} | {"links.json": b"[]"}
    target = tmp_path / "lying.fwb"
    pack_file.write(target, lying, told.notices, program="1", made_by="x", made_at="x")
    assert "被改动过" in reason(b, target)


def test_what_is_damaged_here_is_left_as_it_is(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b", FRESH, key=OTHER, number="另县政发〔2030〕9号")
    (folders.root(b) / OTHER / "structure.json").write_text("{}", "utf-8")
    assert counts(taken(b, exported(a))) == (4, 0, 0, 0)
    assert (folders.root(b) / OTHER / "structure.json").read_text("utf-8") == "{}"


measures = st.lists(st.sampled_from([*MEASURES, FRESH]), min_size=1, max_size=4, unique=True)


@settings(max_examples=12)
@given(st.lists(measures, min_size=1, max_size=3))
def test_round_trip_of_any_history(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("desks")
    a, b = desk(tmp_path, "a", *history[0]), desk(tmp_path, "b")
    for further in history[1:]:
        amended(a, *further)
    taken(b, exported(a))
    assert files(b) == files(a)
    assert catalogue(b) == catalogue(a)


def test_rules_travel_with_their_notice(tmp_path: Path) -> None:
    a, b = desk(tmp_path, "a", *MEASURES), desk(tmp_path, "b")
    (folders.root(a) / KEY / "rules.toml").write_text(
        '[[clause]]\nnumber = 2\noffer = "补助"\nquote = "小微企业"\nrule = { size = ["小型"] }\n', "utf-8"
    )
    taken(b, exported(a))
    assert files(b) == files(a)
    assert f"{KEY}/rules.toml" in files(b)
    assert catalogue(b).meta["rules_version"] == catalogue(a).meta["rules_version"] != ""
