"""The verbs with two notices in the library, the invented one first: each notice itself, never mixed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from desktop.cli import entry
from desktop.exchange.checklists.filled_in import fill_in
from desktop.library import store as library
from tests import two_notices
from tests.exchange import several

from .conftest import NOW, Call, Outcome

BUNDLED = ("--notice", two_notices.BUNDLED_NUMBER)
KEY, NUMBER = two_notices.KEY, two_notices.NUMBER


@pytest.fixture
def two(folder: Path) -> str:
    """Take the invented notice into the library."""
    folder.mkdir(exist_ok=True)
    return library.accept(folder, two_notices.reading(), now=NOW)


def test_a_visit_names_a_measure_by_its_key_where_a_number_is_two(
    call: Call, two: str, tmp_path: Path
) -> None:
    for name, content in {"甲.json": {"name": "甲"}, "一.json": {"explained": [1]}}.items():
        (tmp_path / name).write_text(
            json.dumps({"enterprise": "甲", "date": "2026-03-01", **content}), "utf-8"
        )
    call("enterprise", "add", "--file", str(tmp_path / "甲.json"))
    refused = call("visit", "add", "--file", str(tmp_path / "一.json"))
    assert (refused.code, "--notice" in refused.err) == (1, False)
    keys = re.findall(r"^  (\S+)　", refused.err, flags=re.MULTILINE)
    assert {key.partition(".")[0] for key in keys} == {two, "czbf-2023-3"}
    told = {"enterprise": "甲", "date": "2026-03-01", "explained": keys}
    (tmp_path / "一.json").write_text(json.dumps(told), "utf-8")
    made = call("visit", "add", "--file", str(tmp_path / "一.json"), "--json").json
    assert {one["measure"] for one in made["explained"]} == {*keys}


@pytest.fixture
def both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[Outcome, Outcome]]:
    """Two workspaces, one with the bundled notice alone and one with another before it.

    The verb is called on both, on the second about the bundled one; numbers of rounds are left out.
    """
    second = tmp_path / "二" / "工作库"
    second.mkdir(parents=True)
    assert library.accept(second, two_notices.reading(), now=NOW) == KEY

    def run(*arguments: str) -> tuple[Outcome, Outcome]:
        told = []
        for place, more in ((tmp_path / "一", ()), (tmp_path / "二", BUNDLED)):
            here = [each.replace("{}", str(place)) for each in arguments]
            code = entry.run(["--workspace", str(place / "工作库"), *here, *more], now=NOW)
            out, err = (re.sub(r"[0-9a-f]{32}", "轮次", text) for text in capsys.readouterr())
            told.append(Outcome(code, out.replace(str(place), ""), err))
        return told[0], told[1]

    return run


VERBS = (
    (
        "mark",
        "区财政局",
        "2",
        "--status",
        "推进中",
        "--deadline",
        "2026-03-31",
        "--owner",
        "张三",
        "--by",
        "甲",
    ),
    ("mark", "区财政局", "1", "--status", "已完成", "--progress", "很多\n字", "--by", "甲", "--json"),
    ("evidence", "add", "区财政局", "1", "{}/证明.txt", "--by", "甲"),
    ("checklist", "区财政局"),
    ("checklist", "区财政局", "--json"),
    ("round", "new", "一季", "--reply-by", "2026-12-01", "--by", "甲"),
    ("export", "--unit", "区财政局", "-o", "{}/单位.xlsx"),
    ("export", "--all", "-o", "{}/全部"),
    ("export", "--each", "-o", "{}/各单位"),
    ("export", "--each", "--round", "一季", "-o", "{}/轮次", "--by", "甲"),
    ("round", "show"),
    ("round", "show", "一季", "--json"),
    ("round", "list", "--json"),
    ("ledger", "-o", "{}/台账", "--since", "2026-11-01"),
    ("history",),
    ("history", "--json"),
    ("history", "区财政局", "1"),
    ("evidence", "list"),
)


def test_each_verb_says_of_one_notice_what_it_says_where_that_is_alone(
    both: Callable[..., tuple[Outcome, Outcome]], tmp_path: Path
) -> None:
    for place in ("一", "二"):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "证明.txt").write_text("证明", "utf-8")
    for verb in VERBS:
        alone, beside = both(*verb)
        assert alone == beside, verb
        assert alone.code == 0, alone.err
    written = [sorted((tmp_path / place).rglob("*.xlsx")) for place in ("一", "二")]
    assert [path.relative_to(tmp_path / "一") for path in written[0]] == [
        path.relative_to(tmp_path / "二") for path in written[1]
    ]
    keys = [path for path in written[0] if path.parent.name == "轮次"]  # these bear the round's own key
    for one, other in zip(*written, strict=True):
        if one not in keys:
            assert one.read_bytes() == other.read_bytes(), one.name


def test_a_number_that_several_documents_have_is_asked_back_about(call: Call, two: str) -> None:
    done = call("mark", "区财政局", "1", "--status", "推进中")
    assert done.code == 1
    assert "有3份文件都有编号为1的措施" in done.err
    assert NUMBER in done.err
    assert two_notices.BUNDLED_NUMBER in done.err
    assert not (call("history", "--json").json)
    done = call("mark", "区财政局", "1", "--notice", "czbf-2023-3", "--status", "推进中", "--json")
    assert (done.code, done.json["item"]["key"]) == (0, "czbf-2023-3.1.m01")
    done = call("mark", "区财政局", "1", "--notice", f"{KEY}.2", "--status", "推进中")
    assert done.code == 0
    assert f"{NUMBER}《{two_notices.SECOND}》第1条" not in done.out  # only that one is meant
    assert "补贴参展费用" in done.out
    done = call("mark", "区财政局", "7", "--status", "推进中")
    assert done.code == 1
    assert "第7条不在区财政局的清单中" in done.err


def test_a_checklist_says_whose_each_item_is(call: Call, two: str) -> None:
    rows = call("checklist", "区财政局", "--json").json
    assert list(dict.fromkeys(row["notice"] for row in rows)) == [two, two_notices.BUNDLED]
    told = call("checklist", "区财政局").out
    assert told.index(f"〔{NUMBER}《{two_notices.FIRST}》〕") < told.index(
        f"〔{two_notices.BUNDLED_NUMBER}〕"
    )
    assert f"{NUMBER}　有效期至2099年12月31日" in told
    only = call("checklist", "区财政局", "--notice", NUMBER, "--json").json
    assert [(row["notice"], row["number"]) for row in only] == [(two, 1), (two, 1)]
    either = call("checklist", "区财政局", "--notice", two, *BUNDLED, "--json").json
    assert either == rows


def test_a_notice_that_is_not_there_or_not_in_use_is_told(call: Call, folder: Path, two: str) -> None:
    done = call("checklist", "区财政局", "--notice", "某政发〔2020〕9号")
    assert done.code == 1
    assert "某政发〔2020〕9号" in done.err
    assert NUMBER in done.err
    library.use(folder, two, on=False)
    done = call("export", "--all", "--notice", two, "-o", str(folder / "x"))
    assert done.code == 1
    assert f"{NUMBER}已停用" in done.err
    rows = call("checklist", "区财政局", "--json").json
    assert {row["notice"] for row in rows} == {two_notices.BUNDLED}


def test_a_round_about_two_notices_of_which_one_is_switched_off_in_between(
    call: Call, folder: Path, tmp_path: Path, two: str
) -> None:
    assert call("round", "new", "一季", "--reply-by", "2026-12-01").out.count(NUMBER) == 2  # of two documents
    assert call("export", "--each", "--round", "一季", "-o", str(tmp_path / "发")).code == 0
    (sent,) = (tmp_path / "发").glob("区财政局*")
    assert "2件发文" in sent.name
    back = fill_in(sent, {1: {"工作进展": "办了"}}, tmp_path / "收.xlsx")
    library.use(folder, two, on=False)
    done = call("import", str(back), "--json")
    assert done.code == 0
    (file,) = done.json["files"]
    assert file["changed"] == 3
    assert sum("已停用" in note for note in file["notes"]) == 2
    assert {row["key"].rpartition(".")[0] for row in call("history", "--json").json} == {
        f"{KEY}.1",
        f"{KEY}.2",
        "czbf-2023-3.1",
    }
    told = call("history").out
    assert f"{NUMBER}《{two_notices.FIRST}》第1条" in told
    library.use(folder, two, on=True)
    rows = call("checklist", "区财政局", "--json").json
    assert [row["progress"] for row in rows if row["number"] == 1] == ["办了"] * 3


def test_what_is_left_open_is_decided_for_one_document(call: Call, tmp_path: Path, two: str) -> None:
    call("round", "new", "一季", "--reply-by", "2026-12-01")
    call("export", "--unit", "区财政局", "--round", "一季", "-o", str(tmp_path / "发.xlsx"))
    back = fill_in(tmp_path / "发.xlsx", {1: {"状态": "办结"}}, tmp_path / "收.xlsx")
    done = call("import", str(back), "--json")
    assert done.code == 3
    assert [line["notice"] for line in done.json["files"][0]["conflicts"]] == [two, two, "czbf-2023-3"]
    done = call("import", "decide", "--number", "1", "--theirs")
    assert done.code == 1
    assert "有3份文件的编号为1的措施待决定" in done.err
    assert call("import", "decide", "--number", "1", *BUNDLED, "--theirs").code == 0
    assert call("import", "decide", "--number", "1", "--notice", f"{KEY}.1", "--theirs").code == 0
    rows = call("checklist", "区财政局", "--json").json
    assert [row["status"] for row in rows if row["number"] == 1] == ["已完成", "未启动", "已完成"]


def test_a_workbook_of_one_notice_among_two(call: Call, tmp_path: Path, two: str) -> None:
    path = tmp_path / "一份.xlsx"
    assert call("export", "--unit", "区财政局", "--notice", two, "-o", str(path)).code == 0
    assert len(several.checklists(path)) == 2
    texts = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    assert not any(two_notices.BUNDLED_NUMBER in text for text in texts if text.startswith("依据"))
    done = call("export", "--unit", "区审计局", "--notice", two, "-o", str(tmp_path / "无.xlsx"))
    assert done.code == 1
    assert "区审计局在所选的发文中没有事项" in done.err
