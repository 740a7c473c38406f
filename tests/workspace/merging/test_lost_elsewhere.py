"""What other programs that merge machines have lost, each named after its kind, with a report of it."""

from __future__ import annotations

import itertools
import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import disk
from desktop.errors import KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.file import store
from desktop.workspace.journal import identity
from desktop.workspace.journal.model import Stamp, WriteId, dumped
from desktop.workspace.merging import arrivals, conflicts, gaps, packing
from tests.workspace import sample
from tests.workspace.merging.machines import Machine, machine

KEY = sample.FINANCE_1
LATER = sample.NOON + timedelta(days=400)


def three(laptop: Machine) -> list[Path]:
    """Return three packages, each of what came since the one before."""
    made = []
    for number, fields in enumerate(({"name": "甲"}, {"name": "乙", "town": "义井镇"}, {"name": "丙"})):
        laptop.write("e1", **fields)
        made.append(laptop.pack(f"{number}.sjb", since=LATER))
    return made


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_packages_in_any_order(office: Machine, laptop: Machine, order: tuple[int, ...]) -> None:
    """getodk/central 669: submissions of one offline run that came out of order broke the entity."""
    packages = three(laptop)
    for number in order:
        office.take(packages[number])
    assert office.shown() == laptop.shown()
    assert gaps.gaps(office.db) == ()


def test_one_that_never_comes_is_named(office: Machine, laptop: Machine) -> None:
    """getodk/central 682: what waited for a lost predecessor waited without a word."""
    first, middle, last = three(laptop)
    office.take(first)
    made = office.take(last)
    assert office.values("e1")["name"] == "丙"
    ((gap),) = made.gaps
    assert (gap.first, gap.last) == (2, 3)
    assert gap.words.endswith("第2至3笔，共2笔录入还没有收到（2026-11-23之后、2026-11-23之前）")
    assert office.take(middle).gaps == ()


def test_the_office_edits_between_two_offline_edits(office: Machine, laptop: Machine) -> None:
    """getodk/central 698: an offline run that was not contiguous with the server's edit won silently."""
    office.write("e1", name="甲")
    laptop.take(office.pack("0.sjb"))
    laptop.write("e1", name="现场一")
    office.write("e1", name="办公室")
    laptop.write("e1", name="现场二")
    office.take(laptop.pack("1.sjb"))
    (one,) = conflicts.open_conflicts(office.db, office.catalogue)
    assert set(one.choices) == {"办公室", "现场二"}


def test_an_update_before_its_creation(office: Machine, laptop: Machine) -> None:
    """getodk/central 815: a creation that came after its update was kept, and its conflict not shown."""
    laptop.write("e1", name="甲", town="义井镇")
    creation = laptop.pack("1.sjb", since=LATER)
    laptop.write("e1", town="荫营镇")
    update = laptop.pack("2.sjb", since=LATER)
    assert office.take(update).new == 1
    assert office.values("e1") == {"town": "荫营镇"}
    made = office.take(creation)
    assert (made.new, made.changed, made.conflicts) == (0, 1, ())
    assert office.values("e1") == {"name": "甲", "town": "荫营镇"}


def test_an_open_conflict_survives_a_clean_merge(office: Machine, laptop: Machine, third: Machine) -> None:
    """MerginMaps/db-sync 152: what was in conflict was forgotten after the next successful sync."""
    office.write("e1", name="甲")
    laptop.take(office.pack("0.sjb"))
    office.write("e1", name="乙")
    laptop.write("e1", name="丙")
    office.take(laptop.pack("1.sjb"))
    third.write("e2", name="别的")
    third.write("e1", town="义井镇")
    office.take(third.pack("2.sjb"))
    office.take(laptop.pack("3.sjb"))
    (one,) = conflicts.open_conflicts(office.db, office.catalogue)
    assert set(one.choices) == {"乙", "丙"}


def test_a_failed_merge_stays_pending(
    office: Machine, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MerginMaps/mobile 1772: a sync that failed looked like done, and was offered no more."""
    laptop.write("e1", name="甲")
    laptop.attach(KEY, "图.png", b"image")
    path = laptop.pack("1.sjb")
    before = office.whole()

    def stop(done: int, of: int) -> None:
        if stopped.append(done) or len(stopped) == 3:
            raise KnownError("停下")

    stopped: list[int] = []  # type: ignore[no-redef]
    with pytest.raises(KnownError, match="停下"):
        office.take(path, report=stop)
    assert office.whole() == before
    assert arrivals.every(office.db) == ()
    assert office.take(path).new == 2
    laptop.write("e1", town="义井镇")
    stopped.clear()
    with pytest.raises(KnownError, match="停下"):
        laptop.pack("2.sjb", since=LATER, report=lambda done, of: stop(2, of) or stop(3, of))
    assert not (laptop.folder.parent / "2.sjb").exists()
    assert office.take(laptop.pack("2.sjb", since=LATER)).changed == 1


def test_never_nothing_to_export_while_something_is(office: Machine, laptop: Machine) -> None:
    """opengisch/QField 7479: the button was grey while a day's observations were not yet sent."""
    laptop.clock += timedelta(days=4000)
    laptop.write("e1", name="甲")
    laptop.clock -= timedelta(days=9000)
    laptop.write("e2", name="乙")
    path = laptop.pack("1.sjb", since=LATER + timedelta(days=9000))
    assert office.take(path).new == 2
    with pytest.raises(KnownError, match="没有可导出的内容"):
        laptop.pack("2.sjb", since=LATER + timedelta(days=9000))
    laptop.write("e2", name="丙")
    assert office.take(laptop.pack("2.sjb", since=LATER + timedelta(days=9000))).changed == 1


def test_a_disk_that_refuses_leaves_what_is_to_be_sent(
    laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """opengisch/QField 7479: what had not left was taken for sent."""
    laptop.write("e1", name="甲")
    target = laptop.folder.parent / "1.sjb"
    target.write_bytes(b"before")

    def full(draft: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "place", full)
        with pytest.raises(KnownError, match="磁盘空间不足"):
            laptop.pack("1.sjb", since=LATER)
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in target.parent.iterdir()) == ["1.sjb", "工作库"]
    laptop.write("e1", name="乙")
    packing.pack(laptop.db, laptop.folder, target, by="李四", at=laptop.clock, since=LATER)
    with zipfile.ZipFile(target) as package:
        lines = [json.loads(line) for line in package.read("records.jsonl").splitlines()]
    assert [(one["id"][-1], one["value"]) for one in lines] == [("1", "甲"), ("2", "乙")]


def test_one_name_with_other_content_is_refused_alone(office: Machine, laptop: Machine) -> None:
    """opengisch/QFieldCloud 154: one delta with a known id kept all others of the device out for good."""
    laptop.write("e1", name="甲", town="义井镇")
    path = laptop.pack("1.sjb")
    office.take(path)
    office.db.execute("DROP TRIGGER journal_left_is_final")
    office.db.execute("UPDATE journal SET value = '\"乙\"' WHERE field = 'name'")
    laptop.write("e1", address="某路1号")
    made = office.take(laptop.pack("2.sjb"))
    (clash,) = made.clashes
    assert (clash.name.counter, clash.field, made.writes) == (1, "name", 1)
    assert office.values("e1")["address"] == "某路1号"


def test_a_text_with_an_end_in_its_middle(office: Machine, laptop: Machine) -> None:
    """brody2consult/cordova-sqlite-storage 822: values were cut at a null character."""
    text = "前\x00后\ud7ff\U0010ffff\u2028"
    laptop.write("e1", name=text)
    office.take(laptop.pack("1.sjb"))
    assert office.values("e1")["name"] == text
    laptop.take(office.pack("2.sjb"))
    assert office.shown() == laptop.shown()


def test_half_a_file_is_sent_again(office: Machine, laptop: Machine) -> None:
    """kobotoolbox/enketo-express 776: a photo that had come in part was never completed by sending again."""
    laptop.attach(KEY, "图.png", b"image" * 1000)
    path = laptop.pack("1.sjb")
    office.take(path)
    (file,) = attached.of_item(office.db, KEY)
    place = file.path(office.folder)
    place.chmod(0o600)
    place.write_bytes(b"image")
    assert attached.check(office.folder, [file]) == {file.id: State.ALTERED}
    assert office.take(path).nothing
    assert place.read_bytes() == b"image" * 1000
    place.chmod(0o600)
    place.unlink()
    office.take(path)
    assert attached.check(office.folder, [file], thorough=True) == {file.id: State.OK}


def test_a_file_that_the_maker_lacks_is_named_and_may_come_later(
    office: Machine, laptop: Machine, third: Machine
) -> None:
    """enketo/enketo 1043: records arrived whose images did not, and nobody was told."""
    digest = laptop.attach(KEY, "图.png", b"image")
    (file,) = attached.of_item(laptop.db, KEY)
    third.take(laptop.pack("0.sjb"))
    file.path(laptop.folder).rename(laptop.folder / "away")
    made = office.take(laptop.pack("1.sjb"))
    assert made.missing == (digest,)
    (there,) = attached.of_item(office.db, KEY)
    assert attached.check(office.folder, [there]) == {there.id: State.MISSING}
    office.take(third.pack("2.sjb"))
    (there,) = attached.of_item(office.db, KEY)
    assert attached.check(office.folder, [there], thorough=True) == {there.id: State.OK}


def test_export_pressed_eight_times(office: Machine, laptop: Machine) -> None:
    """inventaire/inventaire-client 368: the same file taken in again made everything twice."""
    laptop.write("e1", name="甲")
    laptop.enter(KEY, progress="已对接")
    packages = [laptop.pack(f"{number}.sjb") for number in range(8)]
    made = [office.take(path) for path in reversed(packages)]
    assert [one.new for one in made] == [2, 0, 0, 0, 0, 0, 0, 0]
    assert office.shown() == laptop.shown()
    assert office.db.execute("SELECT count(*) FROM changes").fetchone() == (1,)


def test_a_year_old_stick(office: Machine, laptop: Machine) -> None:
    """syncthing/syncthing 10216: what came from an old copy was put over what was newer."""
    laptop.write("e1", name="旧")
    old = laptop.pack("旧.sjb")
    laptop.later(days=365)
    laptop.write("e1", name="新")
    laptop.write("e1", town=None)
    office.take(laptop.pack("新.sjb"))
    before = office.shown()
    assert office.take(old).nothing
    assert office.shown() == before


@pytest.mark.parametrize("days", [-9000, 9000])
def test_clocks_that_are_years_wrong(office: Machine, laptop: Machine, days: int) -> None:
    """laurent22/joplin 6517: what bore an old date was left out of the sync without a word."""
    office.write("e1", name="甲")
    laptop.take(office.pack("0.sjb"))
    laptop.later(days=days)
    laptop.write("e1", name="乙")
    made = office.take(laptop.pack("1.sjb", since=sample.NOON))
    assert made.conflicts == ()
    assert office.values("e1")["name"] == "乙"
    office.write("e1", name="丙")
    laptop.take(office.pack("2.sjb", since=sample.NOON))
    assert laptop.values("e1")["name"] == "丙"


def test_a_cloned_machine(office: Machine, laptop: Machine, tmp_path: Path) -> None:
    """vlcn-io/cr-sqlite 145: a copied database went on under the identity of the first."""
    laptop.write("e1", name="甲")
    office.take(laptop.pack("0.sjb"))
    place = tmp_path / "克隆" / "工作库"
    place.mkdir(parents=True)
    with store.open_for_reading(laptop.folder) as _:
        shutil.copy(laptop.folder / "workspace.db", place / "workspace.db")
    with machine(tmp_path, "克隆") as clone:
        clone.write("e1", town="义井镇")
        laptop.write("e1", address="某路1号")
        office.take(clone.pack("1.sjb"))
        office.take(laptop.pack("2.sjb"))
        assert office.values("e1") == {"name": "甲", "town": "义井镇", "address": "某路1号"}
        clone.take(office.pack("3.sjb"))
        laptop.take(office.pack("3.sjb"))
        assert clone.shown() == laptop.shown() == office.shown()


def test_a_clone_that_nobody_could_tell_parts_when_they_meet(office: Machine, laptop: Machine) -> None:
    """syncthing/syncthing 3997: a cloned virtual machine, alike in everything, kept its identity."""
    laptop.write("e1", name="甲")
    (own,) = identity.own(laptop.db)
    for number, value in ((2, "乙"), (3, "丙")):
        office.db.execute(
            "INSERT INTO journal (machine, counter, noun, record, field, value, seen, batch, at, person,"
            " source, session, sealed) VALUES (?, ?, 'enterprise', 'e9', ?, ?, '[]', ?, ?, '', '', '', 1)",
            (own.machine, number, f"f{number}", dumped(value), f"{own.machine}:2", "2026-11-23"),
        )
    laptop.write("e1", town="义井镇")
    made = laptop.take(office.pack("1.sjb"))
    assert [one.name for one in made.clashes] == [WriteId(own.machine, 2)]
    assert laptop.values("e1")["town"] == "义井镇"
    laptop.write("e1", address="某路1号")
    assert len(identity.own(laptop.db)) == 2
    assert Stamp("李四", "录入", laptop.clock).moment


def test_a_stick_pulled_out(office: Machine, laptop: Machine, tmp_path: Path) -> None:
    """relan/exfat 150: what was being copied when the card was pulled out was there, and empty."""
    laptop.write("e1", name="甲")
    data = laptop.pack("1.sjb").read_bytes()
    before = office.whole()
    for length in (0, 1, 30, 200, len(data) // 2, len(data) - 8):
        cut = tmp_path / "断.sjb"
        cut.write_bytes(data[:length])
        with pytest.raises(KnownError, match="没有并入，工作库没有改动"):
            office.take(cut)
        cut.write_bytes(data[:length] + bytes(len(data) - length))
        with pytest.raises(KnownError, match="没有并入，工作库没有改动"):
            office.take(cut)
    assert office.whole() == before


def test_names_in_gbk(office: Machine, laptop: Machine, tmp_path: Path) -> None:
    """srikanth-lingala/zip4j 242: Chinese names of files came out as other characters."""
    laptop.write("e1", name="甲")
    laptop.attach(KEY, "关于某事的照片（一）.png", b"image")
    path = laptop.pack("1.sjb")
    with zipfile.ZipFile(path) as package:
        assert all(name.isascii() for name in package.namelist())  # names travel as values, in UTF-8
    office.take(path)
    assert [one.name for one in attached.of_item(office.db, KEY)] == ["关于某事的照片（一）.png"]
    data = path.read_bytes().replace(b"measures.json", "清单.json".encode("gbk") + b"    ")
    (tmp_path / "二.sjb").write_bytes(data)
    with pytest.raises(KnownError, match="不该有的文件"):
        office.take(tmp_path / "二.sjb")
