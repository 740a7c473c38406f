"""What workspaces and backups hold, in figures."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import DamagedError
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.evidence import attached
from desktop.workspace.file import backup, packed, store
from desktop.workspace.file.connection import connect
from desktop.workspace.journal.model import Stamp
from desktop.workspace.returns import rounds
from desktop.workspace.safety import contents
from desktop.workspace.visits import recording as visits
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "工作库"


def test_an_empty_workspace_holds_nothing(db):
    held = contents.of(db)
    assert (held.entries, held.changes, held.files, held.rounds) == (0, 0, 0, 0)
    assert held.words == "没有填报内容"
    assert held.last == ""


def test_figures_are_those_of_what_was_entered(db, folder, catalogue, enter, tmp_path):
    enter(FINANCE_1, owner="张三", progress="一")
    enter(FINANCE_2, by="李四", owner="李四")
    paper = tmp_path / "凭证.pdf"
    paper.write_bytes(b"x")
    one = attached.add(db, folder, catalogue, FINANCE_1, paper, by="王五", at=NOON)
    held = contents.of(db)
    assert (held.entries, held.changes, held.files) == (2, 4, 1)
    assert held.words == "2项有填报，4次改动，佐证材料1份"
    assert held.last.endswith("（王五）")
    attached.remove(db, catalogue, one.id, by="王五", at=NOON)
    assert contents.of(db).files == 0


def test_a_round_counts(db, catalogue):
    rounds.new(db, catalogue, "一季度", NOON.date(), by="张三", at=NOON)
    assert contents.of(db).words.endswith("填报轮次1个")


def test_a_backup_tells_what_it_holds_and_whether_it_is_whole(db, folder, enter):
    enter(FINANCE_1, owner="张三")
    saved = backup.save(db, folder, backup.BY_HAND)
    enter(FINANCE_1, owner="李四")
    assert contents.of_file(saved.path, thorough=True).changes == 1
    assert contents.of(db).changes == 2


def test_a_damaged_backup_is_recognised(db, folder, enter):
    enter(FINANCE_1, progress="很长的进展" * 1000)
    saved = backup.save(db, folder, backup.BY_HAND)
    data = saved.path.read_bytes()
    saved.path.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedError):
        contents.of_file(saved.path, thorough=True)
    saved.path.write_bytes(b"no database at all")
    with pytest.raises(DamagedError):
        contents.of_file(saved.path)


def test_the_workspace_of_an_older_program_tells_what_it_has():
    released = sorted((Path(__file__).parents[1] / "fixtures").glob("workspace-*.db"))
    assert released
    for fixture in released:
        with closing(connect(fixture, "immutable=1")) as old:
            held = contents.of(old)
        assert held.entries > 0
        assert held.changes > 0


def test_lost_is_what_the_other_does_not_have(db, folder, catalogue, enter):
    enter(FINANCE_1, owner="张三")
    saved = backup.save(db, folder, backup.BY_HAND)
    with packed.opened(saved.path) as other:
        assert contents.lost(db, other) == 0
        enter(FINANCE_1, owner="李四", progress="新")
        assert contents.lost(db, other) == 2
        assert contents.lost(other, db) == 0


def test_what_visits_brought_counts_and_is_lost_as_well(db, folder):
    stamp = Stamp("王五", "录入", NOON)
    firm = firms.add(db, "恒工精密铸造有限公司", stamp, {"industry": "C33"})
    saved = backup.save(db, folder, backup.BY_HAND)
    visit = visits.begin(db, firm, NOON.date(), stamp)
    held, kept = contents.of(db), contents.of_file(saved.path)
    assert (held.words, kept.words) == ("企业1家，走访1次", "企业1家")
    assert held.last.endswith("（王五）")
    with packed.opened(saved.path) as other:
        written = db.execute("SELECT count(*) FROM journal WHERE record = ?", (visit,)).fetchone()[0]
        assert contents.lost(db, other) == written > 0
        assert contents.lost(other, db) == 0
        firms.edit(db, firm, {"industry": "C35"}, stamp)
        assert contents.lost(db, other) == written + 1


def test_a_change_that_grew_after_the_backup_counts_as_lost(db, folder, enter):
    enter(FINANCE_1, session="甲", progress="一")
    saved = backup.save(db, folder, backup.BY_HAND)
    enter(FINANCE_1, session="甲", progress="一二三")
    with packed.opened(saved.path) as other:
        assert contents.lost(db, other) == 1


def test_another_machines_changes_are_not_taken_for_ones_own(tmp_path, catalogue):
    from desktop.workspace.items import checklist

    with store.open_for_writing(tmp_path / "甲") as one, store.open_for_writing(tmp_path / "乙") as other:
        for workspace, owner in ((one, "张三"), (other, "李四")):
            checklist.edit(
                workspace.db, catalogue, FINANCE_1, {"owner": owner}, by="某人", source="录入", at=NOON
            )
        assert contents.lost(one.db, other.db) == 1
