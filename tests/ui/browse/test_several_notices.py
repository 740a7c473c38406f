"""查阅 over two notices, three papers: what is shown says which, with that one's validity."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from desktop.library import folders, links
from desktop.ui.browse import navigator_model
from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.browse.navigator_model import KEY_ROLE, KIND_ROLE, NUMBER_ROLE, UNDER_ROLE
from desktop.ui.frame.print_actions import in_view
from tests import two_notices
from tests.two_notices import BUNDLED, BUNDLED_NUMBER, FIRST, KEY, NUMBER, SECOND

OURS, OTHERS = f"{BUNDLED}.1.m03", f"{KEY}.1.m03"


def rows(tree, parent=navigator_model.ROOT):
    for row in range(tree.rowCount(parent)):
        index = tree.index(row, 0, parent)
        yield index
        yield from rows(tree, index)


def labels(widget):
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [each.text() for each in widget.findChildren(QLabel)]


def test_the_tree_has_a_branch_for_each_paper_above_its_categories(two_window):
    tree = two_window.browse.navigator.tree.model()
    assert QAbstractItemModelTester(tree, QAbstractItemModelTester.FailureReportingMode.Fatal).model() is tree
    papers = [tree.index(row, 0) for row in range(tree.rowCount())]
    assert [(paper.data(), paper.data(UNDER_ROLE)) for paper in papers[:2]] == [
        (NUMBER, FIRST),
        (NUMBER, SECOND),
    ]
    assert papers[2].data() == BUNDLED_NUMBER
    assert [tree.rowCount(paper) for paper in papers] == [2, 1, 10]
    delegate = two_window.browse.navigator.tree.itemDelegate()
    assert [delegate._mark(paper) for paper in papers] == ["", "", "已过有效期"]
    keys = [index.data(KEY_ROLE) for index in rows(tree) if index.data(NUMBER_ROLE) is not None]
    assert keys == [measure.key for measure in two_window.desk.catalogue.measures]


def test_a_units_measures_stand_below_their_papers(two_window):
    navigator = two_window.browse.navigator
    navigator.set_order("unit")
    tree = navigator.tree.model()
    finance = tree.find("finance")
    parts = [tree.index(row, 0, finance) for row in range(tree.rowCount(finance))]
    assert [part.data() for part in parts] == [
        f"{NUMBER}《{FIRST}》",
        f"{NUMBER}《{SECOND}》",
        BUNDLED_NUMBER,
    ]
    assert sum(map(tree.rowCount, parts)) == 11
    assert {part.data(KIND_ROLE) for part in parts} == {"part"}
    menu = two_window.browse_menus.made("part", parts[2].data(KEY_ROLE))
    assert "复制 9 条原文并注明出处" in [line.text() for line in menu.actions()]


def test_favourites_stand_below_their_papers(two_desk, two_window):
    two_desk.set_favourite(OURS, True)
    two_desk.set_favourite(OTHERS, True)
    navigator = two_window.browse.navigator
    navigator.set_order("favourite")
    tree = navigator.tree.model()
    told = [index.data() for index in rows(tree)]
    assert told[0] == "收藏"
    assert told[1] == f"{NUMBER}《{FIRST}》"
    assert told[3] == BUNDLED_NUMBER


def test_the_reader_and_the_line_above_speak_of_the_measures_own_notice(two_window):
    two_window.open_measure(OTHERS)
    reader, facts = two_window.browse.reader, two_window.browse.facts
    assert reader._title.text() == FIRST
    assert reader.byline.text() == f"{NUMBER} · 2026年3月18日印发"
    assert not two_window.lines.validity.isVisible()
    assert f"{NUMBER} · 原文第29行" in labels(facts)
    assert "至2099年12月31日 · 有效期内" in labels(facts)
    two_window.open_measure(OURS)
    assert "已过有效期" in reader.byline.text()
    assert two_window.lines.validity.isVisible()
    assert two_window.lines.validity.accessibleName().startswith(f"{BUNDLED_NUMBER}有效期至 2025年12月31日")


def test_next_and_previous_stay_within_a_paper(two_window):
    two_window.open_measure(OTHERS)
    two_window.browse.step_measure(1)
    assert two_window.browse.measure_key == OTHERS
    two_window.open_measure(f"{KEY}.2.m01")
    two_window.browse.step_measure(-1)
    assert two_window.browse.measure_key == f"{KEY}.2.m01"
    two_window.browse.step_measure(1)
    assert two_window.browse.measure_key == f"{KEY}.2.m02"


def test_a_paper_that_is_cited_and_in_use_is_opened(two_window):
    two_window.open_measure(OTHERS)
    (link,) = [each for each in two_window.browse.facts.findChildren(QLabel) if "href" in each.text()][-1:]
    assert BUNDLED_NUMBER in link.text()
    link.linkActivated.emit("#")
    assert two_window.browse.measure_key == f"{BUNDLED}.1.m01"


def test_a_hit_says_which_paper_it_is_of(two_window):
    two_window.search.ask_for("担保")
    model = two_window.browse.results._model
    papers = {row.key: model.card(row).paper for row in model.rows}
    assert papers[OURS] == BUNDLED_NUMBER
    assert papers[f"{KEY}.1.m01"] == f"{NUMBER}《{FIRST}》"
    assert papers[f"{KEY}.2.m02"] == f"{NUMBER}《{SECOND}》"
    assert all(papers[row.key] in model.sentence(row) for row in model.rows)


def test_what_is_copied_is_cited_with_its_own_notice(two_window):
    two_window.open_measure(OTHERS)
    two_window.browse.reader.copying.copy_with_source()
    assert QGuiApplication.clipboard().text().endswith(f"《{FIRST}》（{NUMBER}）第3条")
    assert "注意" not in two_window.status._message.text()
    two_window.open_measure(OURS)
    two_window.browse.reader.copying.copy_with_source()
    assert "已过有效期，有效期至2025年12月31日" in QGuiApplication.clipboard().text()
    assert "注意" in two_window.status._message.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # raise(), offscreen
def test_the_source_is_that_of_the_measure(two_window):
    two_window.open_measure(OTHERS)
    two_window.browse.beside.show_source()
    source = two_window.browse.beside.source
    assert source.windowTitle() == f"发文原文 · {NUMBER}"
    assert source.text.toPlainText() == two_notices.SOURCE
    two_window.open_measure(OURS)
    assert source.windowTitle() == f"发文原文 · {BUNDLED_NUMBER}"
    source.close()


def test_two_measures_beside_each_other_name_their_papers(qtbot, two_desk, two_window):
    dialog = ComparisonDialog(two_desk, OURS, OTHERS, two_window)
    qtbot.addWidget(dialog)
    assert dialog.left.choice.currentText().startswith(f"{BUNDLED_NUMBER} 3. ")
    assert dialog.right.choice.currentText().startswith(f"{NUMBER}《{FIRST}》 3. ")
    assert "已过有效期" in dialog.left._facts.text()
    assert "已过有效期" not in dialog.right._facts.text()


def test_the_whole_paper_in_view_is_what_is_printed(two_window):
    two_window.open_measure(f"{KEY}.2.m01")
    assert in_view(two_window).document_key == f"{KEY}.2"
    _paper, title = two_window.printing._document("notice")
    assert title == SECOND
    tree = two_window.browse.navigator.tree
    tree.setCurrentIndex(tree.model().find(f"{BUNDLED}.1"))
    assert in_view(two_window).document_key == f"{BUNDLED}.1"


def test_the_window_is_not_called_by_one_of_several(two_window):
    assert two_window.windowTitle() == "发文库：2 份在用 — 惠企措施手册"
    assert two_window.status.facts.text().startswith("发文库：2 份在用 · 37 条措施")
    two_window.show_page(1)
    assert two_window.lines.validity.accessibleName().startswith("在用的发文中有 1 份已过有效期")
    assert Qt.TextFormat.RichText == two_window.lines.validity._words.textFormat()


def test_hits_can_be_those_of_one_notice_alone(two_window):
    bar = two_window.search
    assert bar.chips["notice"].isVisible()
    bar.ask_for("担保", notice=BUNDLED)
    keys = [row.key for row in two_window.browse.results._model.rows]
    assert len(keys) == 3
    assert all(key.startswith(BUNDLED) for key in keys)
    assert two_window.browse.listed.about == f"搜索“担保”（{BUNDLED_NUMBER}）"
    bar.ask_for("", notice=KEY)
    assert len(two_window.browse.results._model.rows) == 5


def test_with_one_notice_no_filter_for_it_is_offered(window):
    assert not window.search.chips["notice"].isVisible()


def test_what_was_confirmed_to_correspond_is_named_and_compared(two_desk, two_window):
    folder = folders.root(two_desk.workspace.folder)
    folder.mkdir(parents=True)
    links.confirm(folder, OURS, f"{KEY}.1.m01")
    two_window.open_measure(f"{KEY}.1.m02")
    assert "对应措施" not in labels(two_window.browse.facts)
    two_window.open_measure(f"{KEY}.1.m01")
    assert "对应措施" in labels(two_window.browse.facts)
    (link,) = [
        each
        for each in two_window.browse.facts.findChildren(QLabel)
        if f"{BUNDLED_NUMBER}第3条 发挥融资担保" in each.text()
    ]
    link.linkActivated.emit("#")
    (dialog,) = two_window.browse.findChildren(ComparisonDialog)
    assert dialog.right.measure.key == OURS
    dialog.close()
