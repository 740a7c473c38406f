"""Sheets whose answers were sorted off their measures, and sheets that only look like it."""

from __future__ import annotations

import random

import pytest

from desktop.workspace.items.model import FIELD_NAMES, ItemKey
from desktop.workspace.returns import moved
from desktop.workspace.returns.matching import MatchedRow
from desktop.workspace.returns.returned import Cell

TEXTS = ("已拨付第一批资金", "名单公示中", "已签订协议3份", "培训两期", "台账已建", "方案已印发")
BLANK = dict.fromkeys(FIELD_NAMES, "") | {"status": "未启动"}


def row(number: int, base: dict[str, str], said: dict[str, str]) -> MatchedRow:
    values = {name: Cell(value, value) for name, value in {**BLANK, **said}.items()}
    return MatchedRow(number + 5, ItemKey("finance", f"m.{number}"), number, {**BLANK, **base}, values)


def sheet(sent: list[dict[str, str]], said: list[dict[str, str]]) -> list[MatchedRow]:
    return [row(at, *pair) for at, pair in enumerate(zip(sent, said, strict=True), 1)]


SENT = [
    {"progress": text, "status": "推进中", "owner": "张" if at % 2 else "李"} for at, text in enumerate(TEXTS)
]


@pytest.mark.parametrize("seed", range(20))
def test_a_permutation_of_what_was_sent_is_seen(seed: int) -> None:
    said = random.Random(seed).sample(SENT, len(SENT))
    found = moved.example(sheet(SENT, said))
    if said == SENT:
        assert found is None
        return
    assert found is not None
    number, origin = (row.number for row in found)
    assert said[number - 1]["progress"] == SENT[origin - 1]["progress"]
    assert f"第{number}条现在填的是发出时第{origin}条" in moved.question(f"第{number}条", f"第{origin}条")


def test_answers_that_were_filled_in_and_sorted_are_seen() -> None:
    said = [{**values, "next_step": f"下一步{at}", "status": "已完成"} for at, values in enumerate(SENT)]
    assert moved.example(sheet(SENT, said[2:] + said[:2])) is not None


def test_rows_without_any_text_are_seen_when_all_of_them_moved() -> None:
    sent = [{"status": status} for status in ("已完成", "推进中", "未启动", "不适用")]
    assert moved.example(sheet(sent, sent[1:] + sent[:1])) is not None


@pytest.mark.parametrize(
    "said",
    [
        SENT,
        [{**values, "progress": f"{values['progress']}，已办结"} for values in SENT],
        [{**values, "status": "已完成"} for values in SENT],
        [SENT[0]] * len(SENT),  # one answer copied down
        [{**values, "next_step": SENT[0]["progress"]} for values in SENT],
        [{}] * len(SENT),
        [{**values, "owner": "王"} for values in SENT],
        [SENT[1], *SENT[1:]],  # one row copied from another
    ],
)
def test_what_a_unit_may_well_write_is_not_suspected(said: list[dict[str, str]]) -> None:
    assert moved.example(sheet(SENT, said)) is None


def test_a_first_round_has_nothing_that_could_have_moved() -> None:
    assert moved.example(sheet([{}] * 6, SENT)) is None


def test_two_statuses_that_changed_places_are_no_sorting() -> None:
    sent = [{"status": "推进中", "progress": text} for text in TEXTS]
    said = [{**values, "status": "已完成" if at < 3 else "未启动"} for at, values in enumerate(sent)]
    assert moved.example(sheet(sent, said)) is None
