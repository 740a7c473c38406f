"""The page 核查: a report pasted, opened or dropped, checked, and what was found in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.proofreading.model import ClaimKind, ClaimVerdict
from desktop.ui.demo.sample_report import TEXT
from desktop.ui.frame.rail import BROWSE, PROOFREADING
from desktop.ui.frame.window import Window
from desktop.ui.proofreading.page import ProofreadingPage

FAULTS = ["33", "2%", "第17条", "区商务局"]


@pytest.fixture
def page(window: Window) -> ProofreadingPage:
    window.show_page(PROOFREADING)
    return window.proofreading


def checked(qtbot: QtBot, page: ProofreadingPage) -> None:
    page.check_button.click()
    qtbot.waitUntil(lambda: bool(page.found))


def shown(page: ProofreadingPage) -> list[str]:
    return [label.text() for label in page.empty.findChildren(QLabel) if label.isVisible()]


def said(page: ProofreadingPage) -> list[str]:
    return [one.text for one in page.model.claims]


def test_an_empty_page_says_what_to_do(page: ProofreadingPage) -> None:
    assert page.empty.isVisible()
    assert not page.check_button.isEnabled()
    assert not page.export_button.isEnabled()
    page.report.setPlainText("今年完成税收3亿元")
    assert page.check_button.isEnabled()
    page.report.clear()
    assert not page.check_button.isEnabled()


def test_faults_come_first_and_what_is_the_same_is_folded(qtbot: QtBot, page: ProofreadingPage) -> None:
    page.report.setPlainText(TEXT)
    checked(qtbot, page)
    assert set(FAULTS) < set(said(page))
    assert ClaimVerdict.SAME not in {one.verdict for one in page.model.claims}
    before = page.model.rowCount()
    page.same_button.click()
    assert page.model.rowCount() == len(page.found) > before
    assert page.model.claims[-1].verdict is ClaimVerdict.SAME
    assert len(page.report.extraSelections()) == len(page.found)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a window is raised, offscreen
def test_a_choice_shows_the_difference_and_leads_to_the_source(
    qtbot: QtBot, window: Window, page: ProofreadingPage
) -> None:
    page.report.setPlainText(TEXT)
    checked(qtbot, page)
    page.view.selectRow(said(page).index("2%"))
    assert page.card.claim is not None
    assert page.card.claim.kind is ClaimKind.FIGURE
    told = page.card.text.toPlainText()
    assert "1%" in told
    assert "2%" in told
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.page == BROWSE
    assert window.browse.measure_key == "czbf-2023-3.1.m03"
    source = window.browse.beside.source
    assert source.text.marked_words() == "1%"
    source.close()


def test_a_click_into_the_report_chooses_the_claim(qtbot: QtBot, page: ProofreadingPage) -> None:
    page.report.setPlainText(f"𠮷\n{TEXT}")
    checked(qtbot, page)
    page.report.chosen.emit(page.report.toPlainText().index("区商务局") + 1)
    assert page.card.claim is not None
    assert page.card.claim.text == "区商务局"


def test_words_that_are_changed_have_to_be_checked_again(qtbot: QtBot, page: ProofreadingPage) -> None:
    page.report.setPlainText(TEXT)
    checked(qtbot, page)
    page.report.insertPlainText("补充：")
    assert page.found == ()
    assert page.empty.isVisible()


def test_a_report_without_claims_says_so(qtbot: QtBot, page: ProofreadingPage) -> None:
    page.report.setPlainText("今年完成税收3亿元")
    page.check_button.click()
    qtbot.waitUntil(lambda: "没有引用在用的发文" in shown(page))
    assert page.found == ()


def test_a_file_is_read_and_checked(qtbot: QtBot, page: ProofreadingPage, tmp_path: Path) -> None:
    path = tmp_path / "汇报.txt"
    path.write_text(TEXT, "utf-8")
    page.read(path)
    qtbot.waitUntil(lambda: bool(page.found))
    assert set(FAULTS) < set(said(page))


def test_only_words_are_pasted(page: ProofreadingPage) -> None:
    data = QMimeData()
    data.setHtml("<b>第16条</b>")
    data.setText("第16条")
    page.report.insertFromMimeData(data)
    assert page.report.toPlainText() == "第16条"
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/x.txt")])
    page.report.insertFromMimeData(files)
    assert page.report.toPlainText() == "第16条"


def test_the_workbook_has_what_was_found(
    qtbot: QtBot, window: Window, page: ProofreadingPage, tmp_path: Path
) -> None:
    from desktop.ui.export.claims import ClaimsExport

    page.report.setPlainText(TEXT)
    checked(qtbot, page)
    run = ClaimsExport(window.desk, window, page.found, TEXT, "")
    path = tmp_path / "核查.xlsx"
    with qtbot.waitSignal(run.ended):
        run.write(path)
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert set(FAULTS) < set(cells)
    book.close()
