"""Workbooks of a round: what is recorded is what goes out, and it is recorded first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.catalogue import query, store
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, RuleError
from desktop.exchange.checklists import sending
from desktop.exchange.checklists.book import Sending
from desktop.exchange.returned import book
from desktop.workspace.file import store as workspaces
from desktop.workspace.file.store import Workspace
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import plans, round_changes, rounds
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.rounds import Round

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Catalogue]:
    with closing(store.open_catalogue()) as db:
        yield query.load(db)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with workspaces.open_for_writing(tmp_path / "库") as opened:
        yield opened


@pytest.fixture
def asked(workspace: Workspace, catalogue: Catalogue) -> Round:
    """A round of the first two units, in which the first has an entry."""
    units = [unit.key for unit in catalogue.checklist_units()[:2]]
    key = ItemKey(units[0], catalogue.measures_of(units[0])[0].key)
    checklist.edit(workspace.db, catalogue, key, {"progress": "甲"}, by="张三", source="录入", at=NOW)
    return rounds.new(workspace.db, catalogue, "四季度", NOW.date(), units, by="张三", at=NOW)


def test_what_is_recorded_is_what_the_workbooks_say(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    today = NOW.date()
    paths = sending.send_each(
        tmp_path / "发", workspace.db, asked, Sending(catalogue, today), by="张三", at=NOW
    )
    assert sorted((tmp_path / "发").iterdir()) == sorted(paths)
    for path, unit_key in zip(paths, asked.unit_keys, strict=True):
        (said,) = book.read(path)
        assert (said.round_key, said.unit_key) == (asked.key, unit_key)
        recorded = rounds.base(workspace.db, asked.key, unit_key)
        assert {row.key: (row.base_revision, row.base_text_sha256, dict(row.base)) for row in said.rows} == {
            key: (row.revision, row.text_sha256, dict(row.values)) for key, row in recorded.items()
        }
        assert rounds.exports(workspace.db, asked.key)[unit_key][0] == path.name
    first = asked.unit_keys[0]
    assert "甲" in {row.values["progress"] for row in rounds.base(workspace.db, asked.key, first).values()}


def test_one_unit_is_sent_its_workbook_once_more_as_it_stands_then(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    today = NOW.date()
    unit = catalogue.unit(asked.unit_keys[0])
    key = ItemKey(unit.key, catalogue.measures_of(unit.key)[0].key)
    sending.send_unit(
        tmp_path / "1.xlsx", workspace.db, asked, Sending(catalogue, today), unit, by="张三", at=NOW
    )
    checklist.edit(workspace.db, catalogue, key, {"progress": "乙"}, by="张三", source="录入", at=NOW)
    sending.send_unit(
        tmp_path / "2.xlsx", workspace.db, asked, Sending(catalogue, today), unit, by="张三", at=NOW
    )
    sent = rounds.bases(workspace.db, asked.key, unit.key)[key]
    assert [row.values["progress"] for row in sent] == ["甲", "乙"]
    assert sent[-1].revision == entries.load_one(workspace.db, key).entry.revision  # type: ignore[union-attr]


def test_a_unit_that_is_not_asked_is_sent_nothing(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    today = NOW.date()
    other = catalogue.checklist_units()[2]
    with pytest.raises(RuleError, match="没有请"):
        sending.send_unit(
            tmp_path / "x.xlsx", workspace.db, asked, Sending(catalogue, today), other, by="张三", at=NOW
        )
    assert not (tmp_path / "x.xlsx").exists()


def test_where_a_workbook_cannot_be_written_nothing_is_recorded(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    today = NOW.date()
    (tmp_path / "x.xlsx").mkdir()
    unit = catalogue.unit(asked.unit_keys[0])
    with pytest.raises(KnownError):
        sending.send_unit(
            tmp_path / "x.xlsx", workspace.db, asked, Sending(catalogue, today), unit, by="张三", at=NOW
        )
    (tmp_path / "文件").write_text("")
    with pytest.raises(KnownError):
        sending.send_each(
            tmp_path / "文件" / "发", workspace.db, asked, Sending(catalogue, today), by="张三", at=NOW
        )
    assert rounds.exports(workspace.db, asked.key) == {}


def test_sent_again_after_another_day_was_set_it_says_that_day_and_both_come_back_known(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    db, wanted = workspace.db, Sending(catalogue, NOW.date())
    unit = catalogue.unit(asked.unit_keys[0])
    first = sending.send_unit(tmp_path / "1.xlsx", db, asked, wanted, unit, by="张三", at=NOW)
    round_changes.extend(db, asked.key, NOW.date() + timedelta(days=8), by="张三", at=NOW)
    round_changes.rename(db, asked.key, "第四季度", by="张三", at=NOW)
    key = ItemKey(unit.key, catalogue.measures_of(unit.key)[0].key)
    checklist.edit(db, catalogue, key, {"progress": "补充"}, by="张三", source="录入", at=NOW)
    second = sending.send_unit(tmp_path / "2.xlsx", db, asked, wanted, unit, by="张三", at=NOW)
    said = [
        str([[c.value for c in r] for r in load_workbook(p)["填写说明"].iter_rows()]) for p in (first, second)
    ]
    assert ["2026年11月23日前" in said[0], "填报轮次：四季度" in said[0]] == [True, True]
    assert ["2026年12月1日前" in said[1], "填报轮次：第四季度" in said[1]] == [True, True]
    read = [book.read(path)[0] for path in (first, second)]
    planned = plans.plan_all(db, catalogue, read, NOW.date(), by="张三")
    assert [plan.state for plan in planned] == [FileState.UNCHANGED] * 2
    assert [plan.round_key for plan in planned] == [asked.key] * 2


def test_nothing_is_written_for_a_round_that_was_withdrawn(
    workspace: Workspace, catalogue: Catalogue, asked: Round, tmp_path: Path
) -> None:
    wanted = Sending(catalogue, NOW.date())
    round_changes.withdraw(workspace.db, asked.key, by="张三", at=NOW)
    with pytest.raises(RuleError, match="已撤回，没有发出工作簿"):
        sending.send_each(tmp_path / "发", workspace.db, asked, wanted, by="张三", at=NOW)
    assert list((tmp_path / "发").iterdir()) == []
    assert rounds.exports(workspace.db, asked.key) == {}
