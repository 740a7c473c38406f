"""tree, show and search, against the tables of measures.db read by plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop import paths

from .conftest import EXPIRED, Call


@pytest.fixture
def measures() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{paths.bundled_database().as_uri()}?mode=ro", uri=True)) as db:
        yield db


def test_tree_by_category(call: Call, measures: sqlite3.Connection) -> None:
    branches = call("tree", "--json").json
    rows = measures.execute(
        "SELECT DISTINCT category_ordinal, measure_number, measure_key, measure_title FROM checklist_rows"
        " ORDER BY measure_number"
    ).fetchall()
    assert [branch["title"][:2] for branch in branches] == [f"{label}、" for label in "一二三四五六七八九十"]
    assert [
        (ordinal, m["number"], m["key"], m["title"])
        for ordinal, branch in enumerate(branches, 1)
        for m in branch["measures"]
    ] == rows
    assert all(list(branch) == ["key", "title", "count", "measures"] for branch in branches)
    assert all(branch["count"] == len(branch["measures"]) for branch in branches)


def test_tree_by_unit_has_every_responsibility_and_those_without_a_unit(
    call: Call, measures: sqlite3.Connection
) -> None:
    branches = call("tree", "--by", "unit", "--json").json
    told = {(branch["title"], m["number"]) for branch in branches for m in branch["measures"]}
    assert told == {
        (unit or "未明确责任单位", number)
        for unit, number in measures.execute("SELECT unit_name, measure_number FROM checklist_rows")
    }
    assert len(branches) == 21
    counts = [branch["count"] for branch in branches[:-1]]
    assert counts == sorted(counts, reverse=True)
    assert [m["number"] for m in branches[-1]["measures"]] == [29, 30, 31, 32]


def test_tree_by_beneficiary_has_every_tag(call: Call, measures: sqlite3.Connection) -> None:
    branches = call("tree", "--by", "beneficiary", "--json").json
    told = {(branch["key"], m["key"]) for branch in branches for m in branch["measures"]}
    tagged = measures.execute(
        "SELECT tag_key, measure_key FROM measure_tags JOIN tags ON tags.key = tag_key"
        " WHERE kind = 'beneficiary'"
    )
    assert told == set(tagged)


def test_tree_for_people_names_all_and_says_how_long_it_is_valid(call: Call) -> None:
    page = call("tree").out
    assert "一、加大纾困资金支持（3条）" in page
    assert "  16  持续清理拖欠中小企业账款\n" in page
    assert page.rstrip().endswith(f"城政办发〔2023〕3号　{EXPIRED}")


def test_show_gives_the_text_verbatim_and_where_it_stands(call: Call) -> None:
    source = (paths.resources() / "notices" / "czbf-2023-3" / "notice.txt").read_bytes().decode()
    for number in range(1, 33):
        facts = call("show", str(number), "--json").json
        assert facts["number"] == number
        assert facts["text"] == source[facts["start"] : facts["end"]]
        assert facts["text"].startswith(f"{number}.{facts['title']}")
        assert source[: facts["start"]].count("\n") + 1 == facts["line"]
        assert len(facts["typeset"]) == len(facts["text"])
        for figure in facts["figures"]:
            assert facts["text"].startswith(figure["quote"], figure["start"])
        for citation in facts["citations"]:
            assert citation["title"] in source[citation["start"] : citation["end"]]


def test_show_names_units_in_printed_order_tags_and_validity(call: Call) -> None:
    facts = call("show", "第16条", "--json").json
    assert [(unit["position"], unit["name"]) for unit in facts["units"]] == [
        (1, "区工信局"),
        (2, "区中小企业发展中心"),
        (3, "区财政局"),
    ]
    assert facts["category"]["title"] == "七、保障中小企业款项支付"
    assert facts["beneficiaries"] == ["中小企业"]
    assert facts["validity"] == {
        "valid_until": "2025-12-31",
        "expired": True,
        "days_past": 327,
        "sentence": EXPIRED,
    }
    assert facts["notice"]["issued_printed"] == "2023210"


def test_show_for_people_is_typeset_and_says_how_long_it_is_valid(call: Call) -> None:
    page = call("show", "16").out
    assert "（责任单位：区工信局、" in page
    assert "责任单位  区工信局、区中小企业发展中心、区财政局" in page
    assert EXPIRED in page
    assert "未明确责任单位" in call("show", "29").out


def test_show_of_a_number_that_is_not_there(call: Call) -> None:
    told = call("show", "33", "--json")
    assert (told.code, told.out) == (1, "")
    assert "没有第33条措施" in told.err


def test_search_gives_exactly_the_promised_shape(call: Call, measures: sqlite3.Connection) -> None:
    hits = call("search", "企业", "--limit", "0", "--json").json
    assert all(
        list(hit) == ["key", "number", "title", "category", "snippet", "spans", "notice"] for hit in hits
    )
    scanned = measures.execute(
        "SELECT DISTINCT measure_number FROM checklist_rows WHERE instr(measure_text, '企业')"
    )
    assert {hit["number"] for hit in hits} == {number for (number,) in scanned}
    marked = [hit["snippet"][start:end] for hit in hits for start, end in hit["spans"]]
    assert marked
    assert set(marked) == {"企业"}


def test_search_filters_and_limits(call: Call, measures: sqlite3.Connection) -> None:
    def numbers(*options: str) -> list[int]:
        return [hit["number"] for hit in call("search", *options, "--json").json]

    of_finance = {
        number
        for (number,) in measures.execute(
            "SELECT measure_number FROM checklist_rows"
            " WHERE unit_name = '区财政局' AND instr(measure_text, '企业')"
        )
    }
    assert set(numbers("企业", "--unit", "财政局", "--limit", "0")) == of_finance
    assert numbers("企业", "--limit", "0")[:3] == numbers("企业", "--limit", "3")
    everything_of_a_category = [
        numbers("", "--category", name) for name in ("9", "九", "推动中小企业创新发展")
    ]
    assert everything_of_a_category == [list(range(22, 29))] * 3


def test_search_takes_pinyin_and_several_words(call: Call) -> None:
    assert 22 in {hit["number"] for hit in call("search", "zjtx", "--json").json}
    assert [hit["number"] for hit in call("search", "担保 费率", "--json").json] == [3]


@pytest.mark.parametrize(
    "anything", ["-x", "--limt", "*", '"', "AND", "😀", "\udcff", "a\0b", "，", "企" * 10_000]
)
def test_search_takes_anything(call: Call, anything: str) -> None:
    found = call("search", anything, "--json")
    assert (found.code, found.err) == (0, "")
    assert isinstance(found.json, list)


def test_search_for_people(call: Call) -> None:
    page = call("search", "企业", "--limit", "2").out
    assert "以上列出前2条；列出全部请加 --limit 0。" in page
    assert EXPIRED in page
    nothing = call("search", "不存在的词语").out
    assert nothing.startswith("没有找到。")


def test_an_unknown_unit_or_category_lists_what_there_is(call: Call) -> None:
    told = call("search", "企业", "--unit", "住见局", "--json")
    assert (told.code, told.out) == (1, "")
    assert "区住建局" in told.err
    told = call("search", "企业", "--category", "十一", "--json")
    assert (told.code, told.out) == (1, "")
    assert "九、推动中小企业创新发展" in told.err


def test_search_finds_what_was_filled_in_when_asked(call: Call) -> None:
    call("mark", "区财政局", "3", "--owner", "刘芳", "--progress", "已办理担保\n两笔")
    plain = call("search", "担保", "--json").json
    both = call("search", "担保", "--filled", "--json").json
    assert both["measures"] == plain
    (hit,) = both["filled"]
    assert (hit["unit"], hit["field"], hit["field_name"]) == ("区财政局", "progress", "工作进展")
    assert hit["measure"].startswith("3.")
    assert [hit["snippet"][start:end] for start, end in hit["spans"]] == ["担保"]
    told = call("search", "刘芳", "--filled").out
    assert "区财政局 · 责任人　〔3." in told
    assert "填报内容（1处）" in told
    assert "刘芳" not in call("search", "刘", "--unit", "区财政局").out.replace("“刘”", "")
    assert call("search", "刘芳", "--filled", "--unit", "区审计局", "--json").json == {
        "measures": [],
        "filled": [],
    }
    assert "填报内容中没有找到" in call("search", "担保", "--filled", "--unit", "区审计局").out
