"""A notice without 文号, with groups, roles and measures without a title: shown, searched and printed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktop.catalogue.typeset import typeset
from desktop.library import folders, store
from desktop.ui.browse.facts import UnitButton
from desktop.ui.browse.navigator_model import KIND_ROLE, UNDER_ROLE
from desktop.ui.printing import measures, pdf
from tests import other_form
from tests.other_form import TITLE
from tests.ui.printing import pdf_reading


@pytest.fixture
def key(folder):
    return store.accept(folder, other_form.reading())


@pytest.fixture
def shown(key, own_window):
    return own_window


def test_the_tree_has_groups_and_calls_measures_by_their_first_words(shown, key):
    tree = shown.browse.navigator.tree.model()
    paper = tree.find(f"{key}.1")
    assert (paper.data(), paper.data(UNDER_ROLE)) == (TITLE, "")
    category = tree.index(0, 0, paper)
    groups = [tree.index(row, 0, category) for row in range(tree.rowCount(category))]
    assert [(group.data(), group.data(KIND_ROLE)) for group in groups] == [
        ("（一）完善设施", "group"),
        ("（二）优化服务", "group"),
    ]
    assert tree.index(0, 0, groups[1]).data() == "夜间经营实行容缺办理"
    menu = shown.browse_menus.made("group", groups[0].data(0x0100))
    assert "复制 2 条原文并注明出处" in [line.text() for line in menu.actions()]


def test_the_reader_shows_headings_words_and_roles(shown, key):
    shown.open_measure(f"{key}.1.m01")
    reader = shown.browse.reader
    assert reader._title.text() == TITLE
    assert reader.byline.text() == "2026年4月20日印发"
    assert reader.text.toPlainText().splitlines()[:2] == [
        "二、重点任务　（一）完善设施",
        "1.改造夜市街区，对夜市街区给予改造补助。",
    ]
    named = [each.accessibleName() for each in shown.browse.facts.findChildren(UnitButton)][-3:]
    assert [each.split("，")[:2] for each in named] == [
        ["县商务局", "牵头"],
        ["县住建局", "配合"],
        ["县城管局", "配合"],
    ]
    told = [each.text() for each in shown.browse.facts.findChildren(QLabel)]
    assert "至2028年4月30日 · 有效期内" in told
    assert f"《{TITLE}》 · 原文第15行" in told


def test_a_search_marks_and_names_what_has_no_title(shown, key):
    shown.search.ask_for("容缺")
    (row,) = shown.browse.results._model.rows
    card = shown.browse.results._model.card(row)
    assert (card.title, card.paper) == ("夜间经营实行容缺办理", f"《{TITLE}》")
    assert shown.browse.reader.text.match_count == 1


def test_a_whole_paper_is_printed_with_all_its_paragraphs(shown, key):
    told = printed(measures.document(shown.desk, f"{key}.1"))
    assert f"全文据《{TITLE}》发布原文第3行至第26行排印，不是发文原件" in told
    parts = [
        "各乡镇人民政府、县直各单位：",
        "为激发",
        "一、总体要求",
        "坚持政府引导、市场运作。",
        "二、重点任务",
    ]
    parts += [
        "（一）完善设施",
        "1.改造",
        "2.延长",
        "（二）优化服务",
        "3.夜间经营",
        "本意见自2026年5月1日起施行",
    ]
    parts += ["县人民政府办公室", "2026年4月20日"]
    at = 0
    for words in parts:
        at = told.index(words, at) + len(words)
    for paragraph in filter(str.strip, other_form.SOURCE.splitlines()):
        assert typeset("".join(paragraph.split())) in told


def test_a_paper_of_which_the_files_are_gone_says_what_is_left_out(shown, key):
    (folders.root(shown.desk.workspace.folder) / key / "structure.json").unlink()
    told = printed(measures.document(shown.desk, f"{key}.1"))
    assert f"措施据《{TITLE}》发布原文第15行至第21行排印，措施以外的段落没有读到，没有排印" in told
    assert "坚持政府引导" not in told
    places = [told.index(words) for words in ("二、重点任务", "（一）完善设施", "1.改造", "（二）优化服务")]
    assert places == sorted(places)


def test_one_measure_is_printed_with_where_it_is_from(shown, key):
    assert f"摘自《{TITLE}》第3条" in printed(measures.measure(shown.desk, f"{key}.1.m03"))


def printed(paper):
    return "".join(pdf_reading.pages(pdf.pdf(paper)))
