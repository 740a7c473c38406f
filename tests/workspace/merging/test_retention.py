"""What is past its period is offered, goes for good on all machines, and no old package brings it back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.errors import RuleError
from desktop.workspace.demands import recording as demands
from desktop.workspace.journal import state
from desktop.workspace.journal.model import Stamp
from desktop.workspace.merging import retention
from desktop.workspace.visits import files, recording, visits
from tests.workspace import sample
from tests.workspace.merging.machines import Machine


def stamp(one: Machine) -> Stamp:
    return Stamp(one.by, "录入", one.clock)


def visit(one: Machine, firm: str, day: date, photo: bytes = b"") -> str:
    key = recording.begin(one.db, firm, day, stamp(one), summary="谈到某某事")
    if photo:
        path = one.folder.parent / "照片.jpg"
        path.write_bytes(photo)
        files.attach(one.db, one.folder, key, path, stamp(one))
    return key


def old(one: Machine, years: int = 5) -> list[tuple[str, str]]:
    found = retention.expired(one.db, one.catalogue, years, sample.TODAY)
    return [(each.noun, each.key) for each in found]


def photos(one: Machine) -> list[Path]:
    return [path for path in (one.folder / "evidence").rglob("*") if path.is_file()]


def test_what_is_past_its_period(office: Machine) -> None:
    today = office.clock
    office.clock = today - timedelta(days=3000)
    office.write("e1", name="甲")
    office.write("e2", name="乙")
    office.write("e3", name="丙", merged_into="e2")
    gone = visit(office, "e1", office.clock.date())
    kept = visit(office, "e2", office.clock.date())
    office.write("v9", "visit", enterprise="e1")  # its day has not arrived
    key = demands.add(office.db, "想要贷款", office.clock.date(), stamp(office), enterprise="e2", visit=kept)
    office.clock = today
    visit(office, "e2", today.date())
    assert old(office) == [("visit", gone)]  # a demand that is open keeps its visit, a visit its enterprise
    office.write("v9", "visit", date="2010-01-01")
    assert old(office) == [("visit", "v9"), ("enterprise", "e1"), ("visit", gone)]
    assert old(office, 9) == [("visit", "v9")]
    assert state.record(office.db, "demand", key) is not None
    with pytest.raises(RuleError):
        old(office, 0)


def test_it_goes_for_good_everywhere(office: Machine, laptop: Machine) -> None:
    gone = visit(laptop, "e1", date(2010, 1, 1), b"photo one")
    both = visit(laptop, "e1", date(2010, 1, 2), b"photo two")
    stays = visit(laptop, "e1", sample.TODAY, b"photo two")
    package = laptop.pack("旧.sjb")
    office.take(package)
    laptop.take(package)
    assert len(photos(office)) == 2
    report = retention.expired(office.db, office.catalogue, 5, sample.TODAY)
    assert [(one.key, one.files, one.day.year) for one in report] == [(gone, 1, 2010), (both, 1, 2010)]
    assert retention.delete(office.db, office.folder, report, stamp(office)) == 1
    assert [path.read_bytes() for path in photos(office)] == [b"photo two"]
    assert [one.key for one in visits.every(office.db)] == [stays]
    again = office.take(package)
    assert (again.new, again.changed) == (0, 0)
    assert [one.key for one in visits.every(office.db)] == [stays]
    assert [path.read_bytes() for path in photos(office)] == [b"photo two"]
    assert "谈到某某事" not in str(
        office.db.execute("SELECT value FROM journal WHERE record IN (?, ?)", (gone, both)).fetchall()
    )
    with pytest.raises(RuleError):
        retention.delete(office.db, office.folder, report, stamp(office))
    news = office.pack("新.sjb")
    assert laptop.take(news).changed == 2
    assert [path.read_bytes() for path in photos(laptop)] == [b"photo two"]
    laptop.undo() if laptop.take(package).writes else None
    assert [one.key for one in visits.every(laptop.db)] == [stays]
    assert laptop.shown() == office.shown()


def test_a_machine_that_never_had_it_gets_nothing_of_it(
    office: Machine, laptop: Machine, third: Machine
) -> None:
    gone = visit(laptop, "e1", date(2010, 1, 1), b"photo one")
    package = laptop.pack("旧.sjb")
    office.take(package)
    retention.delete(
        office.db,
        office.folder,
        retention.expired(office.db, office.catalogue, 5, sample.TODAY),
        stamp(office),
    )
    third.take(office.pack("新.sjb"))
    third.take(package)
    assert state.record(third.db, "visit", gone) is None
    assert photos(third) == []
    assert third.shown() == office.shown()
