"""A second notice, which sorts before the bundled one, changes not a byte of what is said of that one."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import entry
from desktop.library import store
from tests.catalogue import invented, samples

from .conftest import NOW, Outcome

OWN = "czbf-2023-3"
TERMS = (
    *("企业", "担保", "danbao", "zjtx", "caizhengju", "第16条", "16", "3号", "财政", "国有房屋", "企业 担保"),
    *("guoyoufangwu", "升规", "不在其中", "融资支持", "qiye", "安乙", "一、", "区财政局", "小微企业"),
)


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    return tmp_path / "alone"


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    folder = tmp_path / "beside"
    assert store.accept(folder, invented.ahead(), now=NOW) < OWN
    store.accept(folder, invented.plain(), now=NOW)
    return folder


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    def run(folder: Path, *arguments: str) -> Outcome:
        code = entry.run(["--workspace", str(folder), *arguments], now=NOW)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


def same(say, alone: Path, beside: Path, *arguments: str) -> None:
    """See that both say the same, once with the notice named and once with all others switched off."""
    wanted = say(alone, *arguments)
    assert say(beside, *arguments, "--notice", OWN) == wanted, arguments
    assert say(beside, *arguments, "--notice", "城政办发[2023] 3号") == wanted, arguments


def test_the_tree(say, alone: Path, beside: Path) -> None:
    for by in ("category", "unit", "beneficiary"):
        same(say, alone, beside, "tree", "--by", by)
        same(say, alone, beside, "tree", "--by", by, "--json")


def test_each_measure(say, alone: Path, beside: Path) -> None:
    for number in (1, 3, 16, 19, 29, 32, 33):
        same(say, alone, beside, "show", str(number))
        same(say, alone, beside, "show", str(number), "--json")


@pytest.mark.parametrize("term", TERMS)
def test_each_search(say, alone: Path, beside: Path, term: str) -> None:
    same(say, alone, beside, "search", term, "--json", "--limit", "0")
    same(say, alone, beside, "search", term)
    same(say, alone, beside, "search", term, "--category", "九", "--json")
    same(say, alone, beside, "search", term, "--unit", "财政局")


def test_each_checklist(say, alone: Path, beside: Path) -> None:
    for unit in ("区财政局", "tax", "未明确责任单位", "国网"):
        same(say, alone, beside, "checklist", unit)
        same(say, alone, beside, "checklist", unit, "--json")


def test_with_the_others_switched_off_nothing_need_be_named(say, alone: Path, beside: Path) -> None:
    for one in invented.AHEAD_KEY, "n-2026-mmscjxfr":
        store.use(beside, one, False)
    verbs = [("tree",), ("tree", "--by", "unit", "--json"), ("show", "1"), ("checklist", "财政")]
    verbs += [("search", term, *more) for term in TERMS for more in ((), ("--json",))]
    for arguments in verbs:
        assert say(beside, *arguments) == say(alone, *arguments), arguments


def test_the_others_are_there_all_the_same(say, beside: Path) -> None:
    assert invented.AHEAD_KEY in say(beside, "search", "国有房屋", "--json").out
    assert len(samples.LINES) == 134
