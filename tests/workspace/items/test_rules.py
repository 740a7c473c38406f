from __future__ import annotations

import pytest

from desktop.errors import RuleError
from desktop.workspace.items import rules
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import FIELD_NAMES, Entry, Status

TEXTS = [field for field in FIELD_NAMES if field not in ("status", "deadline")]


@pytest.mark.parametrize("value", ["未启动", "推进中", "已完成", "已销号", "不适用", " 推进中\n"])
def test_the_five_states_are_accepted(value: str) -> None:
    assert rules.clean("status", value) == value.strip()


@pytest.mark.parametrize("value", ["", "完成", "DONE", "已完成 吗", "未啟动"])
def test_any_other_state_is_refused_and_the_five_are_named(value: str) -> None:
    with pytest.raises(RuleError) as refused:
        rules.clean("status", value)
    assert "未启动、推进中、已完成、已销号、不适用" in refused.value.hint


@pytest.mark.parametrize(
    "value", ["2026-12-31", "2024-02-29", "", "  ", " 2026-12-31 ", "长期", "2026-01-01/2026-12-31"]
)
def test_what_a_deadline_may_be(value: str) -> None:
    assert rules.clean("deadline", value) == value.strip()


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-29",
        "2026-13-01",
        "20261231",
        "2026-W01-1",
        "2026/12/31",
        "2026-1-1",
        "明天",
        "２０２６-12-31",
    ],
)
def test_what_is_no_day_is_no_deadline(value: str) -> None:
    with pytest.raises(RuleError, match="不是有效的完成时限"):
        rules.clean("deadline", value)


@pytest.mark.parametrize("field", TEXTS)
def test_text_is_kept_as_typed_but_for_what_cannot_be_seen(field: str) -> None:
    assert (
        rules.clean(field, " 已发放３笔\t共“100万元”，=1+1 \n—— 😀 ")
        == " 已发放３笔\t共“100万元”，=1+1 \n—— 😀 "
    )
    assert rules.clean(field, "甲\r\n乙\r丙\u2029丁\x85戊") == "甲\n乙\n丙\n丁\n戊"
    assert rules.clean(field, "a\x00b\x1bc\x7fd\ud800e\x9f") == "abcde"


@pytest.mark.parametrize("field", TEXTS)
def test_text_over_the_limit_is_refused_not_cut(field: str) -> None:
    limit = rules.LIMITS[field]
    assert len(rules.clean(field, "字" * limit)) == limit
    with pytest.raises(RuleError, match=FIELD_NAMES[field]):
        rules.clean(field, "字" * (limit + 1))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(RuleError, match="revision"):
        rules.clean("revision", "1")


def _values(status: Status, reason: str = "") -> dict[str, str]:
    return values_of(Entry(status=status, reason=reason))


def _settle(status: Status, reason: str, /, **wanted: str) -> dict[str, str]:
    return rules.settle(_values(status, reason), wanted)


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "\u3000"])
def test_not_applicable_needs_a_reason_that_says_something(reason: str) -> None:
    with pytest.raises(RuleError, match="必须填写理由"):
        _settle(Status.UNDER_WAY, "", status="不适用", reason=reason)
    with pytest.raises(RuleError, match="必须填写理由"):
        _settle(Status.NOT_APPLICABLE, "无此业务", reason=reason)


def test_leaving_not_applicable_clears_the_reason() -> None:
    assert _settle(Status.NOT_APPLICABLE, "无此业务", status="推进中") == _values(Status.UNDER_WAY)
    again = _settle(Status.NOT_APPLICABLE, "无此业务", status="推进中", reason="无此业务")
    assert again == _values(Status.UNDER_WAY)


def test_a_reason_without_not_applicable_is_refused() -> None:
    with pytest.raises(RuleError, match="只有状态为“不适用”"):
        _settle(Status.UNDER_WAY, "", reason="无此业务")
    with pytest.raises(RuleError, match="只有状态为“不适用”"):
        _settle(Status.NOT_APPLICABLE, "无此业务", status="推进中", reason="另一理由")
