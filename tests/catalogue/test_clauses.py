"""``rules.toml``: what may stand in it, and that its words are the measure's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.catalogue import build, clauses, facts, notice_folder, rules, store
from desktop.catalogue.clauses import Clause
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError

from . import samples

TEXT = (samples.FOLDER / "rules.toml").read_text(encoding="utf-8")
ENTRY = """
[[clause]]
number = 13
offer = "电价优惠"
quote = "将符合条件的中小企业及时备案,尽早享受电价优惠政策"
rule = { all = [{ size = ["小型", "中型"], quote = "中小企业" }, { not = { fact = "power_cost" } }] }
unit_decides = ["符合条件的"]
"""


@pytest.fixture(scope="module")
def parsed() -> ParsedNotice:
    return notice_folder.read_text(samples.FOLDER, samples.SLUG)


def load(tmp_path: Path, parsed: ParsedNotice, text: str) -> tuple[Clause, ...]:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return clauses.load(path, parsed)


def test_an_entry_is_read_with_the_places_of_its_words(tmp_path: Path, parsed: ParsedNotice) -> None:
    (clause,) = load(tmp_path, parsed, ENTRY)
    text = parsed.measures[12].text
    assert (clause.key, clause.measure_key, clause.internal) == (
        f"{clause.measure_key}.k01",
        "czbf-2023-3.1.m13",
        False,
    )
    quoted = [*clause.quotes, *clause.unit_decides]
    assert clause.rule is not None
    quoted += [each.quote for each in rules.predicates(clause.rule) if each.quote]
    assert len(quoted) == 3
    assert all(text[each.start : each.start + len(each.words)] == each.words for each in quoted)
    assert [each.values for each in rules.predicates(clause.rule)] == [("中型", "小型"), ("power_cost",)]
    assert rules.from_data(rules.to_data(clause.rule)) == clause.rule


def test_there_need_be_no_rules(tmp_path: Path, parsed: ParsedNotice) -> None:
    assert clauses.load(tmp_path / "rules.toml", parsed) == ()
    assert clauses.version(()) == ""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("number = 13", "number = 33", "原文中没有第33条"),
        ("number = 13", "number = true", "有误"),
        ("number = 13", "", "条目应有 number"),
        ("将符合", "把符合", "原文中没有“把符合"),
        ('quote = "中小企业"', 'quote = "小微企业"', "引文中没有“小微企业”"),
        ('quote = "中小企业"', 'quote = ["中小企业", 2]', "没有“中小企业”的第2处"),
        ('["符合条件的"]', '"符合条件的"', "unit_decides 应为列表"),
        ('["符合条件的"]', '["不符合的"]', "引文中没有“不符合的”"),
        ('"power_cost"', '"power_price"', "不认识事项“power_price”"),
        ('"power_cost"', '["power_cost"]', "不认识事项"),
        ('"小型", "中型"', '"小", "中型"', "不认识“小”"),
        ('"小型", "中型"', "", "应为文字的列表"),
        ("not =", "never =", "不认识“never”"),
        ('{ fact = "power_cost" }', '{ fact = "power_cost", size = ["小型"] }', "恰有一项"),
        ('{ fact = "power_cost" }', "{ small_profit = false }", "应为 true"),
        ('{ fact = "power_cost" }', '{ industry = ["Z"] }', "不认识“Z”"),
        ('offer = "电价优惠"', 'offer = ""', "应有 offer"),
        ("offer =", "offers =", "不认识“offers”"),
        ("unit_decides", "internal = true\nunit_decides", "应有 offer，以及 rule 或 internal"),
        ("rule = ", "internal = false #", "应有 offer，以及 rule 或 internal"),
        ("[[clause]]", "[clause]", "应写作"),
        ("[[clause]]", "[[clauses]]", "应写作"),
        ("number = 13", "number =", "不是合格的 TOML"),
    ],
)
def test_what_does_not_hold_is_named(
    tmp_path: Path, parsed: ParsedNotice, old: str, new: str, reason: str
) -> None:
    assert old in ENTRY
    with pytest.raises(KnownError) as caught:
        load(tmp_path, parsed, ENTRY.replace(old, new, 1))
    assert reason in caught.value.message
    assert "没有改动" in caught.value.hint


def test_a_tree_is_not_too_deep(tmp_path: Path, parsed: ParsedNotice) -> None:
    deep = "{ not = " * 12 + '{ fact = "power_cost" }' + " }" * 12
    with pytest.raises(KnownError, match="不超过"):
        load(tmp_path, parsed, ENTRY.replace('{ fact = "power_cost" }', deep))


def test_the_database_has_every_clause_with_its_words(db: sqlite3.Connection, parsed: ParsedNotice) -> None:
    held = clauses.of_documents(db, ["czbf-2023-3.1"])
    told = clauses.load(samples.FOLDER / "rules.toml", parsed)
    assert tuple(each for of in held.values() for each in of) == told
    assert list(held) == [measure.key for measure in parsed.measures]
    texts = {measure.key: measure.text for measure in parsed.measures}
    for clause in told:
        asked = [each.quote for each in rules.predicates(clause.rule)] if clause.rule else []
        for quote in filter(None, (*clause.quotes, *clause.unit_decides, *asked)):
            assert texts[clause.measure_key][quote.start :].startswith(quote.words)
    version = db.execute("SELECT value FROM meta WHERE key = 'rules_version'").fetchone()[0]
    assert version == clauses.version(told) != clauses.version(told[1:])
    assert clauses.version((replace(told[0], offer="别的"), *told[1:])) != version


def test_every_fact_is_asked_by_a_rule_or_tells_of_another(parsed: ParsedNotice) -> None:
    told = clauses.load(samples.FOLDER / "rules.toml", parsed)
    asked = {
        predicate.values[0]
        for clause in told
        if clause.rule
        for predicate in rules.predicates(clause.rule)
        if predicate.kind == rules.FACT
    }
    unasked = facts.vocabulary().keys() - asked
    assert {key for key in unasked if not facts.vocabulary()[key].implies} == {"tech_sme"}


def test_words_that_do_not_stand_stop_the_build(tmp_path: Path) -> None:
    path = tmp_path / samples.SLUG
    path.mkdir()
    for file in samples.FOLDER.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    out = tmp_path / "measures.db"
    (path / "rules.toml").write_text(TEXT.replace("展位费、布展费", "展位费、展览费", 1), "utf-8")
    with pytest.raises(KnownError, match="第20条"):
        build.build(tmp_path, out)


def test_a_notice_without_rules_is_built(tmp_path: Path) -> None:
    path = tmp_path / samples.SLUG
    path.mkdir()
    for file in samples.FOLDER.iterdir():
        if file.name != "rules.toml":
            (path / file.name).write_bytes(file.read_bytes())
    out = tmp_path / "measures.db"
    build.build(tmp_path, out)
    with closing(store.open_catalogue(out)) as db:
        assert store.verify(db) == []
        assert clauses.of_documents(db, ["czbf-2023-3.1"]) == {}
