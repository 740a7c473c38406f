"""An older workspace.db copied by hand over the present one: what is entered on it reaches everybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import identity, marks, state
from tests.workspace import sample
from tests.workspace.merging.machines import Machine, machine

DAY = st.tuples(st.none() | st.integers(0, 3), st.booleans(), st.booleans())
"""Which of the laptop's copies is put back (None: none); whether it is packed; who takes the last package."""


def put_back(one: Machine, data: bytes) -> None:
    """Copy a file over the workspace's, as file managers do: the same file with other contents."""
    one.workspace.close()
    (one.folder / store.DATABASE).write_bytes(data)
    one.workspace = store.open_for_writing(one.folder)


def copied(one: Machine) -> bytes:
    return (one.folder / store.DATABASE).read_bytes()


def own(one: Machine) -> list[str]:
    return [name.machine for name in identity.own(one.db)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, "张三") as found:
        yield found
        found.workspace.close()


def test_what_is_entered_on_an_older_file_is_not_missing_elsewhere(office: Machine, desk: Machine) -> None:
    desk.write("e1", name="甲")
    older = copied(desk)
    desk.write("e1", town="义井镇")
    desk.write("e1", phone="1")
    office.take(desk.pack("1.sjb"))
    put_back(desk, older)
    assert identity.put_back(desk.db) == 2
    desk.write("e1", town="荫营镇")
    desk.write("e2", name="乙")
    assert identity.put_back(desk.db) == 0
    made = office.take(desk.pack("2.sjb"))
    assert (made.clashes, made.gaps, made.new) == ((), (), 1)
    desk.take(office.pack("3.sjb"))
    assert desk.shown() == office.shown()
    assert office.values("e2") == {"name": "乙"}
    assert len(set(own(desk))) == 2


def test_what_is_packed_from_an_older_file_is_packed_by_another_machine(desk: Machine) -> None:
    desk.write("e1", name="甲")
    older = copied(desk)
    desk.write("e2", name="乙")
    put_back(desk, older)
    desk.pack("1.sjb")
    assert len(own(desk)) == 2


def test_a_whole_older_folder_copied_over_is_seen_too(office: Machine, desk: Machine, tmp_path: Path) -> None:
    desk.write("e1", name="甲")
    shutil.copytree(desk.folder, tmp_path / "旧")
    desk.write("e1", name="乙")
    office.take(desk.pack("1.sjb"))
    desk.workspace.close()
    for path in (path for path in (tmp_path / "旧").rglob("*") if path.is_file()):
        shutil.copyfile(path, desk.folder / path.relative_to(tmp_path / "旧"))
    desk.workspace = store.open_for_writing(desk.folder)
    desk.write("e1", name="丙")
    assert office.take(desk.pack("2.sjb")).clashes == ()
    assert {one.value for one in state.history(office.db, "enterprise", "e1")} == {"甲", "乙", "丙"}


def test_older_and_newer_files_in_turn_lose_nothing(office: Machine, desk: Machine) -> None:
    desk.write("e1", name="甲")
    older = copied(desk)
    desk.write("e1", town="义井镇")
    newer = copied(desk)
    for number, data in enumerate((older, newer, older, newer, newer)):
        put_back(desk, data)
        desk.write(f"n{number}", name="乙")
        assert office.take(desk.pack(f"{number}.sjb")).clashes == ()
    assert {record.key for record in state.records(office.db, "enterprise")} == {
        "e1",
        *(f"n{number}" for number in range(5)),
    }


def test_the_present_file_stays_the_same_machine(desk: Machine) -> None:
    for number in range(3):
        desk.write("e1", name=str(number))
        put_back(desk, copied(desk))
    assert len(own(desk)) == 1
    assert [path.name for path in (desk.folder / marks.FOLDER).iterdir()] == [f"{own(desk)[0]}.3"]


def test_what_was_rolled_back_is_not_taken_for_lost(desk: Machine) -> None:
    desk.write("e1", name="甲")

    def fail() -> None:
        with transaction(desk.db):
            desk.write("e1", name="乙")
            raise RuleError("停下")

    with pytest.raises(RuleError):
        fail()
    assert identity.put_back(desk.db) == 0
    desk.write("e1", name="丙")
    assert len(own(desk)) == 1


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


def _other_files(folder: Path) -> None:
    for path in folder.iterdir():
        for name in (f"{path.name} - 副本", f"{path.stem}.٣", f"{path.stem}.", f"{path.stem}.{'9' * 40}"):
            (folder / name).write_bytes(b"")


@pytest.mark.parametrize("spoil", [_gone, _a_file, _other_files])
def test_without_its_mark_a_workspace_is_written_as_ever(
    desk: Machine, spoil: Callable[[Path], None]
) -> None:
    desk.write("e1", name="甲")
    spoil(desk.folder / marks.FOLDER)
    desk.write("e1", name="乙")
    assert desk.values("e1") == {"name": "乙"}
    assert len(own(desk)) == 1


@settings(max_examples=10)
@given(days=st.lists(DAY, min_size=3, max_size=6))
def test_whatever_older_file_is_put_back_everybody_ends_alike(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int | None, bool, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("older")
    packages: list[Path] = []
    copies: list[bytes] = []
    left: set[tuple[str, int]] = set()

    def pack(one: Machine) -> None:
        packages.append(one.pack(f"{len(packages)}.sjb"))
        left.update(one.db.execute("SELECT machine, counter FROM journal"))

    with machine(folder, "办公室") as office, machine(folder, "李四") as laptop:
        machines = office, laptop
        for number, (which, packs, here) in enumerate(days):
            if which is not None and copies:
                put_back(laptop, copies[which % len(copies)])
            for one in machines:
                one.enter(sample.FINANCE_1, status="推进中", progress=f"{one.by}{number}")
            laptop.write("ab"[number % 2], name=str(number))
            copies.append(copied(laptop))
            if packs:
                pack(laptop)
            if packages:
                machines[here].take(packages[-1])
        for one in machines:
            pack(one)
        for one in machines:
            assert not any(one.take(path).clashes for path in packages)
            assert {*one.db.execute("SELECT machine, counter FROM journal")} == left
        assert office.shown() == laptop.shown()
        assert office.entry(sample.FINANCE_1) == laptop.entry(sample.FINANCE_1)
        laptop.workspace.close()
    shutil.rmtree(folder)
