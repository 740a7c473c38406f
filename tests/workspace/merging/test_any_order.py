"""Any number of machines, any order, any repetition of real packages: the same state, and nothing is lost."""

from __future__ import annotations

import random
import shutil
from contextlib import ExitStack, closing, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.workspace.file import migrations, store
from desktop.workspace.file.connection import memory
from desktop.workspace.file.transaction import transaction
from desktop.workspace.journal import state
from tests.workspace import sample
from tests.workspace.merging.machines import Machine

NAMES = ("办公室", "李四", "王五")
EVENT = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from("ab"), st.sampled_from("甲乙")),
    st.tuples(st.just("enter"), st.integers(0, 2), st.sampled_from(["推进中", "已完成"]), st.just("")),
    st.tuples(st.just("clock"), st.integers(0, 2), st.integers(-3000, 3000), st.just("")),
    st.tuples(st.just("pack"), st.integers(0, 2), st.booleans(), st.just("")),
    st.tuples(st.just("take"), st.integers(0, 2), st.integers(0, 99), st.just("")),
)


@cache
def empty() -> bytes:
    with closing(memory()) as db:
        migrations.found(db)
        return db.serialize()


def machine(folder: Path, name: str, stack: ExitStack) -> Machine:
    """Return a machine whose workspace is in memory: a file system asked to sync takes most of the time."""
    place = folder / name / "工作库"
    place.mkdir(parents=True)
    db = stack.enter_context(closing(memory()))
    db.deserialize(empty())
    return Machine(place, store.Workspace(place, db, read_only=False), name)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=st.lists(EVENT, max_size=14), seed=st.integers(0, 2**16))
def test_every_machine_ends_alike(
    tmp_path_factory: pytest.TempPathFactory,
    events: list[tuple],  # type: ignore[type-arg]
    seed: int,
) -> None:
    chance, folder = random.Random(seed), tmp_path_factory.mktemp("any")
    packages: list[Path] = []
    with ExitStack() as stack:
        machines = [machine(folder, name, stack) for name in NAMES]
        for number, (what, who, first, second) in enumerate(events):
            one = machines[who]
            match what:
                case "write":
                    one.write(first, name=f"{second}{number}")
                case "enter":
                    one.enter(sample.FINANCE_1, status=first, progress=str(number))
                case "clock":
                    one.later(days=first)
                case "pack":
                    since = one.clock + timedelta(days=first * 9000)
                    with_since = {"since": since} if first else {}
                    with suppress(KnownError):  # nothing to export
                        packages.append(one.pack(f"{number}.sjb", **with_since))
                case "take" if packages:
                    one.take(packages[first % len(packages)])
        for number, one in enumerate(machines):
            try:
                packages.append(one.pack(f"last{number}.sjb"))
            except KnownError:
                assert one.db.execute("SELECT count(*) FROM journal").fetchone() == (0,)
        written = set().union(
            *(one.db.execute("SELECT machine, counter FROM journal").fetchall() for one in machines)
        )
        for one in machines:
            chance.shuffle(packages)
            outcomes = [one.take(path) for path in [*packages, *packages[:2]]]
            assert not any(made.clashes for made in outcomes)
            assert all(made.gaps == () for made in outcomes[-1:])
            assert {*one.db.execute("SELECT machine, counter FROM journal")} == written
        first, *others = (one.shown() for one in machines)
        assert all(other == first for other in others)
        entries = [one.entry(sample.FINANCE_1) for one in machines]
        assert all(entry == entries[0] for entry in entries)
        with transaction(machines[0].db):
            state.compute_all(machines[0].db)
        assert machines[0].shown() == first
    shutil.rmtree(folder)
