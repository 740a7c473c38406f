"""Every help page and every usage error is Chinese but for command names, option names and the like."""

from __future__ import annotations

import re

import click
import pytest

from desktop.cli import entry

from .conftest import Call

CONTEXT = click.Context(entry.verbs)
VERBS = entry.verbs.list_commands(CONTEXT)
UNDER = [["import", "undo"], ["import", "decide"], ["unpack", "undo"]]
UNDER += [
    [noun, verb] for noun in VERBS for verb in getattr(entry.verbs.get_command(CONTEXT, noun), "commands", ())
]
PAGES = [[], *([verb] for verb in VERBS), *UNDER]
NAMES = {"python", "desktop", "workspace", "help", "JSON", "Excel", "PNG", "xlsx", "measures", "db", "out"}
NAMES |= {"category", "unit", "beneficiary", *VERBS, *(verb for _, verb in UNDER)}
NAMES |= {"backups", "damaged", "zip", "fwb", "sjb", "on", "off", "CSV", "PDF", "pdf"}
BAD_USAGE = [
    ["nonsense"],
    ["--nonsense"],
    ["--workspace"],
    ["--workspace", ""],
    ["--version=3"],
    ["-x"],
    ["tree", "--by"],
    ["tree", "--by", "zzz"],
    ["tree", "zzz"],
    ["tree", "--jso"],
    ["tree", "--json=1"],
    ["show"],
    ["show", "十六"],
    ["show", "1", "2", "3"],
    ["search"],
    ["search", "企业", "--limit", "-1"],
    ["search", "企业", "--limit"],
    ["search", "小微", "企业"],
    ["checklist"],
    ["checklist", "a\0b"],
    ["mark", "区财政局"],
    ["mark", "区财政局", "2"],
    ["mark", "区财政局", "2", "--status", "好"],
    ["mark", "区财政局", "2", "--deadline", "2026-02-30"],
    ["mark", "区财政局", "2", "--progress", "\udcff"],
    ["mark", "区财政局", "2", "--deadline", "2026-12-31/2026-01-01"],
    ["round"],
    ["round", "nonsense"],
    ["round", "new"],
    ["round", "new", "一"],
    ["round", "new", "一", "--reply-by", "明天"],
    ["round", "new", "一", "--reply-by", ""],
    ["round", "show", "一", "二"],
    ["export", "--all"],
    ["export", "--all", "--round", "一", "-o", "x"],
    ["export", "--all", "--each", "-o", "x"],
    ["export", "-o", "x"],
    ["export", "--all", "-o", "x.xls"],
    ["import"],
    ["import", "x", "--ours", "--theirs"],
    ["import", "undo", "x"],
    ["import", "undo", "1", "2"],
    ["import", "decide", "x"],
    ["import", "decide", "1", "--ours", "--theirs"],
    ["enterprise"],
    ["enterprise", "add"],
    ["enterprise", "merge", "甲"],
    ["enterprise", "undo", "x"],
    ["enterprise", "import", "x", "--unit", "美元"],
    ["enterprise", "list", "--as-of", "明天"],
    ["history", "区财政局", "x"],
    ["history", "--limit", "x"],
    ["ledger"],
    ["ledger", "-o", "x.pdf"],
    ["ledger", "-o", "x", "--since", "2026"],
    ["evidence"],
    ["evidence", "add", "区财政局", "2"],
    ["evidence", "remove", "x"],
    ["evidence", "export"],
    ["data"],
    ["data", "export"],
    ["data", "import"],
    ["notice", "compare", "x"],
    ["notice", "compare", "x", "y", "--confirm", "z"],
    ["backup", "x"],
    ["backup", "-o", ""],
    ["restore", "x", "y"],
    ["doctor", "x"],
]


def english(text: str) -> set[str]:
    """Return the Latin words of a text that are neither options nor names."""
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"--?[a-z][a-z-]*", "", text))) - NAMES


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_help_is_chinese(call: Call, page: list[str]) -> None:
    shown = call(*page, "--help")
    assert shown.code == 0
    assert shown.err == ""
    assert shown.out.startswith("用法：")
    assert english(shown.out) == set()


def test_help_names_every_verb(call: Call) -> None:
    page = call("--help").out
    assert all(re.search(rf"^  {verb}  +\S", page, re.MULTILINE) for verb in VERBS)


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_wrong_usage_is_told_in_chinese(call: Call, arguments: list[str]) -> None:
    told = call(*arguments)
    assert told.code == 2
    assert told.out == ""
    sentence, hint, *rest = told.err.splitlines()
    assert rest == []
    assert re.search(r"[\u4e00-\u9fff]", sentence)
    assert hint.startswith("用法说明：")
    given = {word for argument in arguments for word in re.findall(r"[A-Za-z]+", argument)}
    assert english(told.err) <= given


def test_the_sentence_says_what_is_wrong(call: Call) -> None:
    assert "没有 --jsno 这个选项。是否想写 --json？" in call("tree", "--jsno").err
    assert "缺少参数 编号。" in call("show").err
    assert "选项 --owner 后面要写内容。" in call("mark", "区财政局", "2", "--owner").err
    assert "选项 --json 不带内容。" in call("tree", "--json=1").err
    assert "可用的命令：tree、show、search" in call("nonsense").err


def test_version_is_chinese(call: Call) -> None:
    assert re.fullmatch(r"惠企措施手册 [0-9.]+ 版\n", call("--version").out)
