"""Packing on one machine, taking in on another: what arrives, how it shows, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.errors import KnownError, RuleError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.items import changes, checklist, entries, notes
from desktop.workspace.items.model import ItemKey, Status
from desktop.workspace.journal.model import Stamp
from desktop.workspace.merging import arrivals, conflicts
from tests.workspace import sample
from tests.workspace.merging.machines import Machine

KEY = sample.FINANCE_1


def test_everything_arrives_and_a_second_time_nothing(office: Machine, laptop: Machine) -> None:
    laptop.write("e1", name="山西泉新", contact__1={"name": "王某", "phone": "13800000000"})
    laptop.write("v1", "visit", enterprise="e1", date="2026-11-26", summary="正常")
    laptop.enter(KEY, status="推进中", progress="已对接")
    notes.set_note(laptop.db, laptop.catalogue, "m2", "联系税务局", "李四", laptop.clock)
    digest = laptop.attach(KEY, "凭证.pdf", b"paper")
    path = laptop.pack("一.sjb")
    before = office.whole()
    planned = office.plan(path)
    assert office.whole() == before
    made = office.take(path, digest=planned.digest)
    assert (made.new, made.changed, made.same) == (planned.new, planned.changed, planned.same) == (4, 0, 0)
    assert office.shown() == laptop.shown()
    assert office.entry(KEY) == laptop.entry(KEY)
    assert notes.note(office.db, "m2") == "联系税务局"
    (file,) = attached.of_item(office.db, KEY)
    assert (file.name, file.stored.sha256, file.by) == ("凭证.pdf", digest, "李四")
    assert file.path(office.folder).read_bytes() == b"paper"
    told = changes.select(office.db, "true")
    assert {(one.by, one.source) for one in told} == {("李四", "数据包")}
    assert {one.field for one in told} == {"status", "progress", "note", "evidence"}
    again = office.take(path)
    assert (again.new, again.changed, again.same, again.conflicts) == (0, 0, 4, ())
    assert again.nothing
    assert office.shown() == laptop.shown()
    assert changes.select(office.db, "true") == told


def test_ones_own_package_comes_back(office: Machine, laptop: Machine) -> None:
    office.write("e1", name="甲")
    path = office.pack("一.sjb")
    laptop.take(path)
    laptop.write("e1", town="义井镇")
    home = laptop.pack("二.sjb")
    made = office.take(home)
    assert (made.new, made.changed, made.same) == (0, 1, 0)
    assert office.take(path).nothing
    assert office.shown() == laptop.shown()
    office.write("e1", name="乙")
    laptop.take(office.pack("三.sjb"))
    assert laptop.values("e1") == {"name": "乙", "town": "义井镇"}
    assert conflicts.open_conflicts(laptop.db, laptop.catalogue) == ()


def test_both_values_stay_and_a_decision_ends_it_everywhere(office: Machine, laptop: Machine) -> None:
    office.enter(KEY, progress="初稿")
    laptop.take(office.pack("一.sjb"))
    office.enter(KEY, progress="办公室改")
    laptop.enter(KEY, progress="现场改")
    laptop.write("e1", name="甲")
    made = office.take(laptop.pack("二.sjb"))
    (one,) = made.conflicts
    assert (one.field_called, {write.by for write in one.values}) == ("工作进展", {"办公室", "李四"})
    assert set(one.choices) == {"办公室改", "现场改"}
    assert "第1项" in one.called
    (same,) = conflicts.open_conflicts(office.db, office.catalogue)
    assert same == one
    told = [conflicts.told(office.db, office.catalogue, write) for write in one.values]
    assert "现场改（李四，2026-11-23 12:00）" in told
    stamp = Stamp("办公室", "录入", office.clock)
    batch = conflicts.decide(
        office.db, office.folder, office.catalogue, "item", "finance/m1", "progress", "现场改", stamp
    )
    assert batch is not None
    assert office.entry(KEY)["progress"] == "现场改"
    assert conflicts.open_conflicts(office.db, office.catalogue) == ()
    laptop.take(office.pack("三.sjb"))
    assert laptop.entry(KEY)["progress"] == "现场改"
    assert conflicts.open_conflicts(laptop.db, laptop.catalogue) == ()
    assert laptop.shown() == office.shown()
    with pytest.raises(RuleError):
        conflicts.decide(office.db, office.folder, office.catalogue, FIRM, "no", "name", "x", stamp)


FIRM = "enterprise"


def test_what_a_rule_forbids_to_type_arrives_as_it_was_written(office: Machine, laptop: Machine) -> None:
    """The writes of two machines, each in order, can together be what nobody could have typed."""
    office.enter(KEY, status="不适用", reason="已停产")
    laptop.take(office.pack("一.sjb"))
    laptop.enter(KEY, status="推进中")
    office.enter(KEY, reason="已注销")
    office.take(laptop.pack("二.sjb"))
    entry = office.entry(KEY)
    assert entry["status"] == "推进中"
    rows = checklist.items(office.db, office.catalogue, "finance", sample.TODAY)
    assert rows[0].entry.status is Status.UNDER_WAY
    laptop.write("finance/m1", "item", status="从未有过的状态", deadline="不是日期", progress=5)
    office.take(laptop.pack("三.sjb"))
    assert office.entry(KEY) == entry


def test_items_of_a_notice_that_is_not_here_are_kept_and_shown(office: Machine, laptop: Machine) -> None:
    laptop.enter(KEY, progress="已对接")
    laptop.attach(KEY, "图.png", b"image")
    office.catalogue = sample.catalogue({2: "二"}, (sample.FINANCE_2,))
    office.take(laptop.pack("一.sjb"))
    rows = checklist.every_item(office.db, office.catalogue, sample.TODAY)
    (row,) = [one for one in rows if one.orphaned]
    assert (row.key, row.title, row.entry.progress) == (KEY, "第1项", "已对接")
    assert row.evidence == ("图.png",)
    office.catalogue = sample.catalogue()
    item = checklist.item(office.db, office.catalogue, KEY, sample.TODAY)
    assert not item.text_changed
    assert not item.orphaned


def test_taking_back_leaves_what_was_entered_on_top(office: Machine, laptop: Machine) -> None:
    office.enter(KEY, progress="初稿")
    laptop.take(office.pack("一.sjb"))
    laptop.enter(KEY, progress="现场", problems="缺钱")
    laptop.attach(KEY, "图.png", b"image")
    laptop.write("e1", name="甲")
    path = laptop.pack("二.sjb")
    before = office.shown()
    office.take(path)
    office.write("e1", town="义井镇")
    office.undo()
    assert office.values("e1") == {"town": "义井镇"}
    assert (office.entry(KEY)["progress"], office.entry(KEY)["problems"]) == ("初稿", "")
    assert attached.of_item(office.db, KEY) == ()
    (receipt,) = [one for one in arrivals.every(office.db) if one.undone_at]
    assert receipt.counts["new"] == 1
    assert receipt.file_name == "二.sjb"
    with pytest.raises(RuleError, match="没有可以撤销的"):
        office.undo()
    again = office.take(path)
    assert again.writes == 4
    assert office.values("e1") == {"name": "甲", "town": "义井镇"}
    assert [one.name for one in attached.of_item(office.db, KEY)] == ["图.png"]
    assert office.shown() != before


def test_two_files_of_one_name_are_both_kept(office: Machine, laptop: Machine) -> None:
    office.attach(KEY, "图.png", b"one")
    laptop.attach(KEY, "图.png", b"two")
    office.take(laptop.pack("一.sjb"))
    assert [one.name for one in attached.of_item(office.db, KEY)] == ["图.png", "图（2）.png"]
    assert set(attached.check(office.folder, attached.of_item(office.db, KEY)).values()) == {State.OK}


def test_revisions_go_on_for_workbooks_that_are_out(office: Machine, laptop: Machine) -> None:
    office.enter(KEY, progress="一")
    laptop.take(office.pack("一.sjb"))
    revision = entries.load_one(office.db, KEY).entry.revision  # type: ignore[union-attr]
    laptop.enter(KEY, progress="二")
    office.take(laptop.pack("二.sjb"))
    assert entries.load_one(office.db, KEY).entry.revision == revision + 1  # type: ignore[union-attr]


def test_one_unit_alone_with_whom_its_demands_name(office: Machine, laptop: Machine) -> None:
    laptop.enter(KEY, progress="财政")
    laptop.enter(sample.TAX_2, progress="税务")
    laptop.write("e1", name="甲")
    laptop.write("e2", name="乙")
    laptop.write("v1", "visit", enterprise="e1", date="2026-11-26")
    laptop.write("d1", "demand", visit="v1", step__1={"act": "交办", "lead": "finance"})
    laptop.write("d2", "demand", enterprise="e2", step__1={"act": "交办", "lead": "tax"})
    office.take(laptop.pack("一.sjb", unit=("finance", "区财政局")))
    records = office.db.execute("SELECT noun, key FROM records ORDER BY 1, 2").fetchall()
    assert records == [("demand", "d1"), ("enterprise", "e1"), ("item", "finance/m1"), ("visit", "v1")]
    assert office.take(laptop.pack("二.sjb", unit=("finance", "区财政局"))).gaps == ()
    whole = office.take(laptop.pack("三.sjb"))
    assert whole.gaps == ()
    assert office.shown() == laptop.shown()


def test_possible_duplicates_are_named(office: Machine, laptop: Machine) -> None:
    office.write("e1", name="山西泉新（集团）有限公司")
    office.write("v1", "visit", enterprise="e1", date="2026-11-26", number="ZF-1")
    laptop.take(office.pack("一.sjb"))
    laptop.write("e2", name="山西泉新(集团)有限公司")
    laptop.write("v2", "visit", enterprise="e2", date="2026-11-26", number="ZF-2")
    made = office.take(laptop.pack("二.sjb"))
    assert [(one.noun, one.keys) for one in made.duplicates] == [
        ("enterprise", ("e1", "e2")),
        ("visit", ("v1", "v2")),
    ]
    assert "ZF-2" in made.duplicates[1].called[1]


def test_since_is_about_arrival_and_never_leaves_behind_what_never_left(
    office: Machine, laptop: Machine
) -> None:
    laptop.write("e1", name="甲")
    laptop.pack("一.sjb")
    moment = laptop.clock + timedelta(days=1)
    with pytest.raises(KnownError, match="没有可导出的内容"):
        laptop.pack("二.sjb", since=moment)
    laptop.clock -= timedelta(days=3000)
    laptop.write("e2", name="乙")
    made = office.take(laptop.pack("二.sjb", since=moment))
    assert made.writes == 1
    assert [(one.first, one.last) for one in made.gaps] == [(1, 1)]
    assert "李四" not in made.gaps[0].words
    assert "第1至1笔，共1笔录入还没有收到" in made.gaps[0].words


def test_a_package_behind_a_passphrase(office: Machine, laptop: Machine) -> None:
    laptop.write("e1", name="甲")
    path = laptop.pack("一.sjb", passphrase="红杉树 2026")
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    with pytest.raises(KnownError, match="设有密码"):
        office.take(path)
    with pytest.raises(KnownError, match="密码不对"):
        office.take(path, passphrase="红杉树")
    cut = path.with_name("半.sjb")
    cut.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(KnownError, match="不完整或已损坏"):
        office.take(cut, passphrase="红杉树 2026")
    assert office.take(path, passphrase="红杉树 2026").new == 1
    assert [one.name for one in office.folder.iterdir() if one.name.endswith(".part")] == []


def test_a_note_of_a_measure_not_here_is_kept(office: Machine, laptop: Machine, tmp_path: Path) -> None:
    notes.set_note(laptop.db, laptop.catalogue, "m1", "重点", "李四", laptop.clock)
    office.catalogue = sample.catalogue({2: "二"}, (sample.FINANCE_2,))
    office.take(laptop.pack("一.sjb"))
    assert notes.note(office.db, "m1") == "重点"
    assert changes.select(office.db, "field = 'note'")[0].key == ItemKey("", "m1")
