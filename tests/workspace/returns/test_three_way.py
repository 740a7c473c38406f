from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import FIELD_NAMES, Entry
from desktop.workspace.returns import three_way
from desktop.workspace.returns.returned import Cell
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome
from tests.workspace.sample import FINANCE_1

BLANK = values_of(Entry())
TEXTS = st.sampled_from(["", "一", "二", "三", " 一 ", "一\n二"])


def _line(field: str, base: str | None, ours: str, theirs: str | Cell) -> ComparedField:
    blank = ComparedField(8, FINANCE_1, 1, field, "区财政局", base, ours, "", FieldOutcome.SAME)
    return three_way.compare(blank, theirs if isinstance(theirs, Cell) else Cell(theirs, theirs))


def _row(ours: dict[str, str], **theirs: str | Cell) -> dict[str, ComparedField]:
    """Return the lines of a row that was sent out blank, by field."""
    cells = {name: cell if isinstance(cell, Cell) else Cell(cell, cell) for name, cell in theirs.items()}
    lines = three_way.compare_row(8, FINANCE_1, 1, "区财政局", BLANK, {**BLANK, **ours}, cells)
    return {line.field: line for line in lines}


def _settled(lines: dict[str, ComparedField]) -> dict[str, ComparedField]:
    return {line.field: line for line in three_way.settle(tuple(lines.values()))}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kind", "outcome"),
    [
        ("一", "一", "一", FieldOutcome.SAME, "一"),
        ("一", "二", "一", FieldOutcome.SAME, "二"),
        ("一", "二", "二", FieldOutcome.SAME, "二"),
        ("一", "一", "二", FieldOutcome.TAKE, "二"),
        ("一", "一", "", FieldOutcome.TAKE, ""),
        ("一", "二", "三", FieldOutcome.CONFLICT, "二"),
        ("一", "", "三", FieldOutcome.CONFLICT, ""),
        (None, "一", "一", FieldOutcome.SAME, "一"),
        (None, "一", "二", FieldOutcome.CONFLICT, "一"),
        (None, "一", "", FieldOutcome.SAME, "一"),
    ],
)
def test_three_values_give_one(
    base: str | None, ours: str, theirs: str, kind: FieldOutcome, outcome: str
) -> None:
    line = _line("progress", base, ours, theirs)
    assert (line.kind, line.outcome, line.open) == (kind, outcome, kind is FieldOutcome.CONFLICT)


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_the_three_ways_are_those_of_the_book(base: str, ours: str, theirs: str) -> None:
    line = _line("progress", base, ours, theirs)
    b, o, t = (text.strip() for text in (base, ours, theirs))
    expected = FieldOutcome.SAME if t in (b, o) else FieldOutcome.TAKE if o == b else FieldOutcome.CONFLICT
    assert line.kind is expected
    assert line.outcome == (theirs if expected is FieldOutcome.TAKE else ours)
    assert three_way.decide(line, Choice.UNDECIDED) == line


@pytest.mark.parametrize(
    "theirs", ["甲\r\n乙", "甲\r乙", "甲  \n乙", "\n甲\n乙\n", "甲_\n乙".replace("_", "\u3000"), "甲\n\x00乙"]
)
def test_what_a_spreadsheet_program_changes_by_itself_is_no_answer(theirs: str) -> None:
    assert _line("progress", "甲\n乙", "甲\n乙", theirs).kind is FieldOutcome.SAME


def test_what_cannot_be_kept_is_refused_with_the_reason_and_not_lost() -> None:
    line = _line("owner", "", "", "甲" * 201)
    assert (line.kind, line.outcome, line.loses) == (FieldOutcome.REFUSED, "", True)
    assert line.reason == "“责任人”有201个字，最多可填200个字"
    assert line.theirs == "甲" * 201


def test_an_empty_status_answers_nothing() -> None:
    assert _line("status", "未启动", "推进中", "").kind is FieldOutcome.SAME


def test_what_is_not_certain_is_asked() -> None:
    line = _line("status", "未启动", "未启动", Cell("已办结", None, "是否为“已完成”？", "已完成"))
    assert (line.kind, line.open, line.outcome, line.theirs) == (FieldOutcome.ASK, True, "未启动", "已办结")
    assert line.choices == (Choice.OURS, Choice.THEIRS, Choice.VALUE)
    assert three_way.decide(line, Choice.THEIRS).outcome == "已完成"
    assert three_way.decide(line, Choice.OURS).outcome == "未启动"
    assert three_way.decide(line, Choice.VALUE, "推进中").outcome == "推进中"


@pytest.mark.parametrize(("base", "ours"), [("已完成", "推进中"), ("未启动", "已完成")])
def test_a_guess_is_asked_about_also_where_it_would_change_nothing(base: str, ours: str) -> None:
    line = _line("status", base, ours, Cell("已办结", None, "是否为“已完成”？", "已完成"))
    assert (line.kind, line.open, line.outcome, line.theirs) == (FieldOutcome.ASK, True, ours, "已办结")


def test_without_a_guess_theirs_cannot_be_chosen() -> None:
    line = _line("deadline", "", "", Cell("尽快", None, "“尽快”是哪一天？"))
    assert line.choices == (Choice.OURS, Choice.VALUE)
    with pytest.raises(RuleError, match="“完成时限”不能这样选择"):
        three_way.decide(line, Choice.THEIRS)
    with pytest.raises(RuleError, match="不是有效的完成时限"):
        three_way.decide(line, Choice.VALUE, "尽快")
    assert three_way.decide(line, Choice.VALUE, "2026-12-31").outcome == "2026-12-31"


def test_both_texts_are_joined_with_whose_they_are() -> None:
    line = three_way.decide(_line("progress", "", "走访3户", "走访5户"), Choice.BOTH)
    assert line.outcome == "【本库原有】\n走访3户\n【区财政局回填】\n走访5户"
    assert not line.loses
    assert three_way.decide(_line("progress", "一", "二", ""), Choice.BOTH).outcome == "二"
    assert three_way.decide(_line("progress", "一", "", "二"), Choice.BOTH).outcome == "二"


def test_a_text_of_nothing_but_space_is_none_to_join() -> None:
    assert three_way.decide(_line("progress", "一", " \n　", "二"), Choice.BOTH).outcome == "二"
    assert three_way.both(_line("progress", None, "二", " \n　")) == "二"


@pytest.mark.parametrize("field", ["status", "deadline", "owner"])
def test_only_texts_can_be_joined(field: str) -> None:
    values = {"status": ("未启动", "推进中", "已完成"), "deadline": ("", "长期", "2026-12-31")}
    line = _line(field, *values.get(field, ("", "甲", "乙")))
    assert line.kind is FieldOutcome.CONFLICT
    with pytest.raises(RuleError):
        three_way.decide(line, Choice.BOTH)


def test_two_texts_that_are_too_long_together_are_not_joined() -> None:
    line = _line("progress", "", "甲" * 6000, "乙" * 6000)
    with pytest.raises(RuleError, match="最多可填10000个字"):
        three_way.decide(line, Choice.BOTH)


def test_nothing_is_to_be_chosen_where_nothing_is_open() -> None:
    same, refused = _line("progress", "一", "一", "一"), _line("owner", "", "", "甲" * 201)
    for line in (same, refused):
        assert line.choices == ()
        for choice in (Choice.OURS, Choice.THEIRS, Choice.BOTH, Choice.VALUE):
            with pytest.raises(RuleError):
                three_way.decide(line, choice)


def test_a_change_can_be_declined_and_the_value_counts_as_lost() -> None:
    line = three_way.decide(_line("progress", "一", "一", "二"), Choice.OURS)
    assert (line.outcome, line.open, line.loses) == ("一", False, True)


def test_nobody_closes_an_item_by_choosing() -> None:
    line = _line("status", "推进中", "已完成", "未启动")
    with pytest.raises(RuleError, match="销号不能随导入填写"):
        three_way.decide(line, Choice.VALUE, "已销号")


def test_a_choice_made_on_other_facts_is_open_again() -> None:
    line = three_way.decide(_line("progress", "", "一", "二"), Choice.THEIRS)
    assert three_way.renew(line, "一") == line
    moved = three_way.renew(line, "三")
    assert (moved.kind, moved.choice, moved.outcome) == (FieldOutcome.CONFLICT, Choice.UNDECIDED, "三")
    assert three_way.renew(line, "二").kind is FieldOutcome.SAME
    assert three_way.renew(line, "").kind is FieldOutcome.TAKE


def test_a_question_stays_one_when_the_value_here_moves() -> None:
    line = _line("status", "未启动", "未启动", Cell("已办结", None, "是否为“已完成”？", "已完成"))
    moved = three_way.renew(line, "推进中")
    assert (moved.kind, moved.question, moved.guess, moved.theirs) == (
        FieldOutcome.ASK,
        "是否为“已完成”？",
        "已完成",
        "已办结",
    )
    assert three_way.renew(line, "已完成").kind is FieldOutcome.ASK


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS, later=TEXTS)
def test_what_had_its_say_never_speaks_again(base: str, ours: str, theirs: str, later: str) -> None:
    for cell in (Cell(theirs, theirs), Cell(theirs, None, "？", "一")):
        spent = three_way.spent(_line("progress", base, ours, cell))
        assert three_way.renew(spent, later).outcome == later
        assert not three_way.renew(spent, later).loses


# ---- 状态 and 不适用理由 decide about each other


def test_every_row_has_a_line_for_status_and_reason() -> None:
    lines = _row({"owner": "甲"}, owner="乙")
    assert list(lines) == ["status", "owner", "reason"]
    assert all(lines[field].kind is FieldOutcome.SAME for field in ("status", "reason"))
    assert list(_row({}, **BLANK)) == list(FIELD_NAMES)


def test_not_applicable_without_a_reason_is_refused_the_rest_is_taken() -> None:
    lines = _settled(_row({}, status="不适用", reason=" ", progress="一"))
    assert (lines["status"].kind, lines["status"].reason) == (FieldOutcome.REFUSED, "改为“不适用”须写明理由")
    assert (lines["status"].outcome, lines["reason"].outcome, lines["progress"].outcome) == (
        "未启动",
        "",
        "一",
    )


def test_not_applicable_with_a_reason_is_taken() -> None:
    lines = _settled(_row({}, status="不适用", reason="无此业务"))
    assert (lines["status"].outcome, lines["reason"].outcome) == ("不适用", "无此业务")


def test_a_reason_without_not_applicable_is_not_taken_but_not_lost() -> None:
    lines = _settled(_row({}, status="推进中", reason="无此业务"))
    assert (lines["status"].outcome, lines["reason"].outcome) == ("推进中", "")
    assert (lines["reason"].kind, lines["reason"].loses) == (FieldOutcome.REFUSED, True)


def test_a_reason_waits_for_the_choice_on_its_status() -> None:
    open_row = _row({"status": "推进中"}, status="不适用", reason="无此业务")
    waiting = _settled(open_row)
    assert (waiting["status"].kind, waiting["reason"].kind) == (FieldOutcome.CONFLICT, FieldOutcome.REFUSED)
    chosen = {**open_row, "status": three_way.decide(open_row["status"], Choice.THEIRS)}
    lines = _settled(chosen)
    assert (lines["status"].outcome, lines["reason"].outcome) == ("不适用", "无此业务")


def test_a_reason_that_was_to_be_joined_is_not_lost_when_the_status_stays() -> None:
    was = {**BLANK, "status": "不适用", "reason": "无"}
    row = three_way.compare_row(8, FINANCE_1, 1, "", was, BLANK, {"reason": Cell("无此业务", "无此业务")})
    status, reason = (line if line.field == "status" else three_way.decide(line, Choice.BOTH) for line in row)
    reason = three_way.settle((status, reason))[1]
    assert (reason.kind, reason.outcome, reason.loses) == (FieldOutcome.REFUSED, "", True)


def test_a_reason_here_is_cleared_when_the_item_leaves_not_applicable() -> None:
    ours = {"status": "不适用", "reason": "无此业务"}
    row = three_way.compare_row(
        8, FINANCE_1, 1, "", {**BLANK, **ours}, {**BLANK, **ours}, {"status": Cell("推进中", "推进中")}
    )
    lines = {line.field: line for line in three_way.settle(row)}
    assert (lines["status"].outcome, lines["reason"].outcome) == ("推进中", "")
    assert lines["reason"].reason == "随状态一并清空"
    assert not lines["reason"].loses


def test_a_new_reason_with_another_status_is_cleared_and_not_lost() -> None:
    ours = {**BLANK, "status": "不适用", "reason": "无此业务"}
    cells = {"status": Cell("推进中", "推进中"), "reason": Cell("另一理由", "另一理由")}
    lines = {
        line.field: line
        for line in three_way.settle(three_way.compare_row(8, FINANCE_1, 1, "", ours, ours, cells))
    }
    assert (lines["status"].outcome, lines["reason"].outcome) == ("推进中", "")
    assert (lines["reason"].theirs, lines["reason"].loses) == ("另一理由", True)


def test_a_reason_cannot_be_cleared_from_what_does_not_apply() -> None:
    ours = {**BLANK, "status": "不适用", "reason": "无此业务"}
    (*_, reason) = three_way.settle(
        three_way.compare_row(8, FINANCE_1, 1, "", ours, ours, {"reason": Cell("", "")})
    )
    assert (reason.kind, reason.outcome) == (FieldOutcome.REFUSED, "无此业务")


STATUS = st.sampled_from(["未启动", "推进中", "已完成", "不适用"])
REASON = st.sampled_from(["", " ", "无此业务", "另一理由"])


@given(
    base=st.tuples(STATUS, REASON),
    ours=st.tuples(STATUS, REASON),
    theirs=st.tuples(STATUS, REASON),
    choices=st.tuples(st.sampled_from(Choice), st.sampled_from(Choice)),
)
def test_whatever_comes_back_and_is_chosen_the_rules_hold(base, ours, theirs, choices) -> None:
    def valid(status: str, reason: str) -> dict[str, str]:
        kept = (reason.strip() or "无") if status == "不适用" else ""
        return {**BLANK, "status": status, "reason": kept}

    cells = {"status": Cell(theirs[0], theirs[0]), "reason": Cell(theirs[1], theirs[1])}
    row = three_way.compare_row(8, FINANCE_1, 1, "", valid(*base), valid(*ours), cells)
    chosen = tuple(
        three_way.decide(line, choice) if choice in line.choices and choice is not Choice.VALUE else line
        for line, choice in zip(row, choices, strict=True)
    )
    status, reason = three_way.settle(chosen)
    assert (status.outcome == "不适用") == bool(reason.outcome.strip())
    assert status.outcome in (valid(*ours)["status"], theirs[0])
    assert three_way.settle((status, reason)) == (status, reason)
    for line, written in ((status, theirs[0]), (reason, theirs[1])):
        kept = written if line.loses else line.outcome
        assert written.strip() in kept or written in (line.ours, line.base)
