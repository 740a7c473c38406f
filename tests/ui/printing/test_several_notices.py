"""Papers about two notices, read back: each part names its paper and says how long that one is valid."""

from __future__ import annotations

from desktop.ui.printing import checklist, handover, measures, pdf
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, KEY, NUMBER, SECOND
from tests.ui.printing import pdf_reading


def words(paper):
    return "".join(pdf_reading.pages(pdf.pdf(paper)))


def test_one_measure_is_printed_as_of_its_own_notice(two_desk):
    other = words(measures.measure(two_desk, f"{KEY}.1.m03"))
    assert f"摘自《{FIRST}》（{NUMBER}）第3条" in other
    assert f"{NUMBER}·有效期内" in other
    assert BUNDLED_NUMBER not in other
    ours = words(measures.measure(two_desk, f"{BUNDLED}.1.m03"))
    assert f"{BUNDLED_NUMBER}·已过有效期" in ours
    assert NUMBER not in ours


def test_the_bundled_notice_prints_as_it_does_alone(desk, two_desk):
    key = f"{BUNDLED}.1.m03"
    for made in (
        lambda at: measures.measure(at, key),
        lambda at: measures.category(at, f"{BUNDLED}.1.c02"),
        lambda at: measures.document(at, f"{BUNDLED}.1"),
        lambda at: measures.chosen(at, [key, f"{BUNDLED}.1.m19"], "收藏"),
        lambda at: checklist.unit(at, at.catalogue.find_unit("区工信局").key),
    ):
        alone, among = made(desk), made(two_desk)
        assert (among.toHtml(), among.foot, among.title) == (alone.toHtml(), alone.foot, alone.title)


def test_a_whole_paper_is_that_paper_alone(two_desk):
    told = words(measures.document(two_desk, f"{KEY}.2"))
    assert SECOND in told
    assert "补贴参展费用" in told
    assert "减免门店租金" not in told
    assert f"措施据{NUMBER}发布原文第35行至第37行排印" in told


def test_a_choice_of_measures_stands_below_the_head_of_each_paper(two_desk):
    keys = [f"{BUNDLED}.1.m03", f"{KEY}.2.m02", f"{KEY}.1.m01"]
    told = words(measures.chosen(two_desk, keys, "收藏"))
    assert "收藏，共3条，按文件和条号排列" in told
    for source in (f"摘自《{FIRST}》（{NUMBER}）第1条", f"摘自《{SECOND}》（{NUMBER}）第2条"):
        assert source in told
    assert f"（{BUNDLED_NUMBER}）第3条" in told
    assert told.index(f"《{SECOND}》") < told.index("有效期至2025年12月31日")
    assert f"{NUMBER}等2份发文·1份已过有效期" in told


def test_a_units_list_has_a_table_for_each_paper(two_desk):
    unit = two_desk.catalogue.find_unit("区财政局").key
    told = words(checklist.unit(two_desk, unit))
    assert "共11项" in told
    places = [told.index(f"《{title}》（{NUMBER}）") for title in (FIRST, SECOND)]
    places.append(told.index(f"（{BUNDLED_NUMBER}）"))
    assert places == sorted(places)
    assert told.count("共1项") == 2
    assert "共9项" in told
    only = words(checklist.unit(two_desk, two_desk.catalogue.find_unit("区工信局").key))
    assert NUMBER not in only
    assert f"{BUNDLED_NUMBER}·已过有效期" in only


def test_a_handover_says_of_each_item_which_paper_gives_it(two_desk):
    unit = two_desk.catalogue.find_unit("区财政局").key
    told = words(handover.handover(two_desk, unit, two_desk.items(unit), "李四", {}))
    assert told.count(f"《{FIRST}》（{NUMBER}）") == 1
    assert f"{NUMBER}《{FIRST}》1.减免门店租金" in told
    assert f"{BUNDLED_NUMBER}有效期至2025年12月31日" in told
