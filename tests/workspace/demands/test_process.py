"""Processes as files say them."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.errors import RuleError
from desktop.workspace.demands import process

LIMIT = {"name": "受理", "days": 1, "from": ["登记"], "until": ["受理"]}


def test_the_bundled_processes_say_where_their_figures_come_from() -> None:
    found = process.bundled()
    assert set(found) == {"shanxi", "quanzhou", "shandong"}
    assert all(one.source and one.note and one.limits for one in found.values())
    assert {key: [one.days for one in kind.limits] for key, kind in found.items()} == {
        "shanxi": [15, None],
        "quanzhou": [1, 0, 3, 7, 1],
        "shandong": [1, 3, 15],
    }


def test_a_process_may_leave_acts_out_or_have_them_otherwise() -> None:
    made = process.parse(
        "own",
        {
            "title": "自定",
            "leaves_out": ["提级"],
            "act": [{"name": "补充说明", "from": ["办理中"], "who": ["主办单位"], "must": ["理由"]}],
        },
    )
    assert "提级" not in made.acts
    assert made.acts["补充说明"].to is None
    assert made.acts["受理"] == process.shared_acts()["受理"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "没有名称"),
        ({"title": "x", "leaves_out": ["没有"]}, "没有“没有”这一步"),
        ({"title": "x", "leaves_out": "提级"}, "应是一列词"),
        ({"title": "x", "limit": [LIMIT, LIMIT]}, "同名"),
        ({"title": "x", "limit": [{**LIMIT, "days": -1}]}, "0到1000"),
        ({"title": "x", "limit": [{**LIMIT, "days": True}]}, "0到1000"),
        ({"title": "x", "limit": [{**LIMIT, "until": ["没有"]}]}, "没有“没有”这一步"),
        ({"title": "x", "limit": [{**LIMIT, "until": []}]}, "没有写从哪一步到哪一步"),
        ({"title": "x", "limit": [{"name": "a", "before": "b", "until": ["受理"]}]}, "要早于的“b”不存在"),
        ({"title": "x", "act": [{"name": "登记", "from": ["受理"], "who": ["企业"]}]}, "不能叫“登记”"),
        ({"title": "x", "act": [{"name": "a", "from": [], "who": ["企业"]}]}, "没有写从哪一状态开始"),
        ({"title": "x", "act": [{"name": "a", "from": ["某"], "who": ["企业"]}]}, "不认识的词"),
    ],
)
def test_what_does_not_hold_is_named(content: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        process.parse("own", content)
