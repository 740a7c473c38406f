from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.errors import RuleError
from desktop.workspace.file import store
from desktop.workspace.file.store import Workspace
from desktop.workspace.journal import state, writing
from desktop.workspace.journal.model import Edit, Stamp
from desktop.workspace.visits import files, recording, visits
from desktop.workspace.visits.model import Confirmation, Met, VisitKind, VisitState, Wish

NOON = datetime.fromisoformat("2026-11-26T12:00:00+08:00")
DAY = date(2026, 11, 26)
STAMP = Stamp("张三", "录入", NOON, "session")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with store.open_for_writing(tmp_path / "ws") as opened:
        yield opened


def test_a_visit_is_filled_in_and_read_back(workspace: Workspace) -> None:
    db = workspace.db
    key = recording.begin(db, "e1", DAY, STAMP, visitors=["张三", " "], met=["王五（厂长）", "赵六(财务)"])
    recording.edit(db, key, {"kind": "座谈", "place": "工业园3号", "summary": "订单增加\r\n两成"}, STAMP)
    recording.edit(db, key, {"explained/m16": Wish.APPLY, "explained/m04": Wish.TOLD}, STAMP)
    recording.edit(db, key, {"explained/m04": None, "confirmation": "口头"}, STAMP)
    recording.edit(db, key, {"advice/a": {"text": "多办对接会", "answer": "已转区商务局"}}, STAMP)
    visit = visits.one(db, key)
    assert visit.number.startswith("ZF-20261126-")
    assert visit.number.endswith("-01")
    assert (visit.kind, visit.state, visit.place) == (VisitKind.MEETING, VisitState.DRAFT, "工业园3号")
    assert visit.visitors == ("张三",)
    assert visit.met == (Met("王五", "厂长"), Met("赵六", "财务"))
    assert visit.summary == "订单增加\n两成"
    assert visit.explained == {"m16": Wish.APPLY}
    assert (visit.advice[0].text, visit.advice[0].answer) == ("多办对接会", "已转区商务局")
    assert visit.confirmation is Confirmation.SPOKEN
    again = recording.begin(db, "e1", DAY, STAMP)
    assert visits.one(db, again).number.endswith("-02")


@pytest.mark.parametrize("said", ["电话", "线上", "电话/线上"])
def test_either_word_means_a_visit_that_is_none(workspace: Workspace, said: str) -> None:
    key = recording.begin(workspace.db, "e1", DAY, STAMP, kind=said)
    assert visits.one(workspace.db, key).kind is VisitKind.REMOTE


def test_a_final_visit_takes_corrections_with_a_reason_only(workspace: Workspace) -> None:
    db = workspace.db
    key = recording.begin(db, "e1", DAY, STAMP, summary="订单下降", visitors=["张三"])
    card = {"as_of": "2026-11-26", "verdicts": {"m16": "applies"}}
    assert recording.finish(db, key, STAMP, card) is not None
    assert recording.finish(db, key, STAMP) is None
    with pytest.raises(RuleError, match="已定稿"):
        recording.edit(db, key, {"summary": "订单增加"}, STAMP)
    recording.edit(db, key, {"summary": "订单增加"}, STAMP, reason="听错了")
    visit = visits.one(db, key)
    assert (visit.summary, visit.card) == ("订单增加", card)
    assert [(one.fields, one.reason, one.by) for one in visit.corrections] == [
        (("summary",), "听错了", "张三")
    ]
    assert [write.value for write in state.history(db, "visit", key, "summary")] == ["订单下降", "订单增加"]


def test_a_visit_without_visitors_or_of_a_day_to_come_is_not_final(workspace: Workspace) -> None:
    db = workspace.db
    key = recording.begin(db, "e1", DAY, STAMP)
    with pytest.raises(RuleError, match="走访人"):
        recording.finish(db, key, STAMP)
    recording.edit(db, key, {"visitors": ["张三"], "date": "2026-11-27"}, STAMP)
    with pytest.raises(RuleError, match="还没有到"):
        recording.finish(db, key, STAMP)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "检查"),
        ("date", "昨天"),
        ("explained/m1", "好"),
        ("explained/", "已讲"),
        ("colour", "红"),
        ("place", "长" * 501),
    ],
)
def test_what_cannot_be_kept_changes_nothing(workspace: Workspace, name: str, value: str) -> None:
    db = workspace.db
    key = recording.begin(db, "e1", DAY, STAMP, summary="近况")
    before = state.history(db, "visit", key)
    with pytest.raises(RuleError, match="没有改动任何内容"):
        recording.edit(db, key, {"summary": "新近况", name: value}, STAMP)
    assert state.history(db, "visit", key) == before


def test_visits_of_any_unit_near_a_day_are_found_before_one_more_is_planned(workspace: Workspace) -> None:
    db = workspace.db
    days = {name: date.fromisoformat(name) for name in ("2026-10-01", "2026-11-10", "2026-12-20")}
    keys = {name: recording.begin(db, "e1", day, STAMP, unit="区工信局") for name, day in days.items()}
    recording.begin(db, "e2", DAY, STAMP)
    planned = recording.begin(db, "e1", date(2026, 12, 1), STAMP, state=VisitState.PLANNED)
    near = visits.near(db, ("e1",), DAY)
    assert [one.key for one in near] == [keys["2026-12-20"], planned, keys["2026-11-10"]]
    recording.join(db, planned, "区科技局", "李四", STAMP)
    assert [(one.unit, one.visitors) for one in visits.one(db, planned).joined] == [("区科技局", "李四")]


def test_a_photo_is_kept_once_by_content_and_taken_off_with_its_history(
    workspace: Workspace, tmp_path: Path
) -> None:
    db = workspace.db
    photo = tmp_path / "车间 照片.jpg"
    photo.write_bytes(b"\xff\xd8 photo")
    key = recording.begin(db, "e1", DAY, STAMP, visitors=["张三"])
    one = files.attach(db, workspace.folder, key, photo, STAMP)
    assert visits.one(db, key).files == (one,)
    stored = files.path_of(workspace.folder, one)
    assert stored is not None
    assert stored.read_bytes() == photo.read_bytes()
    recording.finish(db, key, STAMP)
    with pytest.raises(RuleError, match="已定稿"):
        files.remove(db, key, one.sha256, STAMP)
    files.remove(db, key, one.sha256, STAMP, reason="拍错了")
    assert visits.one(db, key).files == ()
    assert files.path_of(workspace.folder, one) == stored


def test_what_is_no_value_of_a_visit_does_no_harm(workspace: Workspace) -> None:
    junk = {
        "date": "x",
        "kind": 3,
        "visitors": "张",
        "met": [1],
        "explained/m": "x",
        "advice/a": 1,
        "evidence/z": {},
    }
    writing.write(workspace.db, [Edit("visit", "v", name, value) for name, value in junk.items()], STAMP)
    visit = visits.one(workspace.db, "v")
    assert (visit.day, visit.kind, visit.visitors, visit.met) == (None, VisitKind.ON_SITE, (), ())
    assert visits.near(workspace.db, ("",), DAY) == ()


def test_an_unknown_visit_is_said_to_be_none(workspace: Workspace) -> None:
    with pytest.raises(RuleError, match="没有这次走访"):
        visits.one(workspace.db, "nothing")
