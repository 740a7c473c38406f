"""明白纸: one page for any enterprise, every quotation as in the source, never the word 检查."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.catalogue import clauses, facts
from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.printing import leaflet, pdf
from desktop.verdicts import card, profile
from desktop.verdicts.judging import Finding, judge
from desktop.verdicts.known import Known
from desktop.verdicts.profile import Profile
from desktop.workspace.visits import leaflet as contents
from desktop.workspace.visits.leaflet import FORBIDDEN, GAP, Leaflet, quoted
from tests.ui.printing import pdf_reading

TODAY = date(2026, 11, 26)
FIRMS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "verdicts" / "enterprises.json").read_text("utf-8")
)


def told(desk: Desk, known: Profile) -> Leaflet:
    held = clauses.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))
    return contents.of(desk.catalogue, held, known, TODAY, ("张××",))


def read(made: Leaflet) -> str:
    paper = leaflet.paper(made)
    (page,) = pdf_reading.pages(pdf.pdf(paper))
    assert paper.lowest < leaflet.HEIGHT - 20
    return page


def everything(desk: Desk) -> Profile:
    """Return an enterprise of which every fact is true that does not exclude another."""
    known, _ = profile.read(FIRMS[1]["full"])
    excluded = {"individual", "sole_trader", "micro"}
    return replace(known, facts=dict.fromkeys(set(facts.vocabulary()) - excluded, True))


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm["id"])
def test_it_is_one_page_in_the_words_of_the_source(desk: Desk, firm: dict[str, Any]) -> None:
    for form in ("partial", "full"):
        made = told(desk, profile.read(firm[form])[0])
        page = read(made)
        assert "惠企政策明白纸" in page
        assert FORBIDDEN not in page
        assert "“能否享受" not in page
        assert "已过有效期330天" in page
        shown = [one for one in made.measures if one.title and one.title in page]
        assert len(shown) == len(made.measures) or f"另有{len(made.measures) - len(shown)}条适用" in page
        assert "要准备的材料" in page
        assert "联系人和电话" in page


def test_of_a_firm_to_which_all_applies_the_page_holds_the_first(desk: Desk) -> None:
    made = told(desk, everything(desk))
    assert len(made.measures) > leaflet.MOST
    page = read(made)
    assert made.measures[0].title in page
    assert "条适用" in page
    assert FORBIDDEN not in page


def test_no_name_and_no_title_makes_it_two_pages(desk: Desk) -> None:
    made = told(desk, everything(desk))
    long = replace(
        made,
        firm="阳泉" * 90 + "公司",
        visitors="、".join(["张××"] * 12),
        measures=tuple(
            replace(one, pieces=("很长的一句，" * 60,), reason="原因" * 40, units="单位名称很长、" * 12)
            for one in made.measures
        ),
        papers={key: words * 3 for key, words in made.papers.items()},
    )
    page = read(long)
    assert page.endswith("张××")
    assert "联系人和电话" in page


def test_each_part_of_a_quotation_stands_in_the_source(desk: Desk) -> None:
    held = clauses.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))
    for key, several in held.items():
        source = typeset(desk.catalogue.measure(key).text)
        for clause in several:
            for most in (0, 150, 64, 40, 5):
                words = quoted([typeset(one.words) for one in clause.quotes], most)
                assert FORBIDDEN not in words
                assert all(part in source for part in words.split(GAP))
                assert not most or len(words) <= most + 2 * len(GAP) + 10


def test_a_quotation_is_a_whole_part_of_a_sentence(desk: Desk) -> None:
    made = told(desk, everything(desk))
    words = {one.number: quoted(one.pieces) for one in made.measures}
    assert words["4"].startswith("全面落实制造业中小微企业缓税、")
    assert words["4"].endswith("的税费优惠政策。")
    for one in made.measures:
        source = typeset(desk.catalogue.measure(one.key).text)
        assert all(piece in source for piece in one.pieces)
        assert "".join(one.pieces).count("“") == "".join(one.pieces).count("”")


def test_first_stands_what_brings_up_something_new_of_the_firm(desk: Desk) -> None:
    facts_told = ("financing_need", "arrears_owed", "tech_upgrade", "specialised")
    known, _ = profile.read(
        {"name": "某厂", "industry": "C33", "employees": 86, "facts": dict.fromkeys(facts_told, True)}
    )
    reasons = "".join(one.reason for one in told(desk, known).measures[:5])
    for words in ("有融资需求", "有被拖欠的账款", "有技术改造", "“专精特新”", "行业为"):
        assert words in reasons


def test_of_a_firm_of_which_nothing_is_known_the_page_lists_what_to_ask(desk: Desk) -> None:
    made = told(desk, Profile("某厂"))
    assert not made.measures
    page = read(made)
    assert page.count("□") == leaflet.LISTED
    assert "要准备的材料" in page


def test_no_measure_at_all_brings_the_word_onto_the_page(desk: Desk) -> None:
    held = clauses.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))
    known = everything(desk)
    found = card.match(desk.catalogue, held, known)
    seen = 0
    for verdict in found.found(Finding.APPLIES):
        of_one = {verdict.measure_key: held[verdict.measure_key]}
        made = contents.of(desk.catalogue, of_one, known, TODAY)
        (page,) = pdf_reading.pages(pdf.pdf(leaflet.paper(made)))
        assert FORBIDDEN not in page
        seen += 1
    assert seen > 20
    inspected = held[desk.catalogue.by_number(27).key]
    alone = [clause for clause in inspected if FORBIDDEN in clause.quotes[0].words]
    assert judge(desk.catalogue.by_number(27), alone, Known(known)).finding is Finding.APPLIES
    made = contents.of(desk.catalogue, {alone[0].measure_key: alone}, known, TODAY)
    assert "组织行业专家开展零距离质量诊断服务" in read(made)


@pytest.mark.parametrize(
    ("pieces", "most", "words"),
    [
        (("加大力度，规范收费",), 0, "加大力度，规范收费"),
        (("加大检查力度，规范收费",), 0, "规范收费"),
        (("规范收费，加大检查力度",), 0, "规范收费……"),
        (("甲，监督检查，乙",), 0, "甲……乙"),
        (("第一款。", "第二款"), 0, "第一款……第二款"),
        (("检查",), 0, ""),
        (("一二三四，五六七八，九十",), 8, "一二三四……"),
        (("一二三四五六七八九十",), 4, "一二三四……"),
    ],
)
def test_words_are_shortened_between_marks(pieces: tuple[str, ...], most: int, words: str) -> None:
    assert quoted(pieces, most) == words


def test_the_window_asks_for_it_by_enterprise(desk: Desk) -> None:
    key = desk.firms.add("阳泉某某铸造有限公司", {})
    assert key
    paper = leaflet.pages(desk, key, ("李建国",))
    assert "李××" in paper.words()
    assert "李建国" in leaflet.pages(desk, key, ("李建国",), with_contacts=True).words()
