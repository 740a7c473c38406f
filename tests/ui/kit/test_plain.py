"""What a user or a file wrote is shown as it was written: in tips, labels, menus, lists and on paper."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget

import desktop.ui
from desktop.ui.checklist.handover import HandoverDialog
from desktop.ui.frame.rail import CHECKLIST, OVERVIEW
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.history.change_table import HistoryModel
from desktop.ui.intake.dialog import IntakeDialog
from desktop.ui.intake.workbook_list import ALL
from desktop.ui.kit import messages, plain
from desktop.ui.kit.choice_button import ChoiceButton
from desktop.ui.kit.message_line import Banner, MessageLine
from desktop.ui.overview.reminder import ReminderRows
from desktop.ui.printing import checklist
from desktop.workspace.history.search import Scope
from desktop.workspace.items import settings
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import plans, rounds
from desktop.workspace.returns.returned import AddedRow
from tests.ui.intake.test_preview import planned, returned

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen

HOSTILE = (
    "<b>粗</b>",
    '<img src="/dev/zero">',
    '<img src="//host/share/a.png">',
    "甲&乙 &amp; &lt;b&gt;",
    '<a href="file:///etc/passwd">点</a>',
    "<!DOCTYPE html><p>",
    "<?xml version='1.0'?>",
    "\n<table><tr><td>x",
    "<br/>" * 30,
)
GUESSING = ("QLabel", "QMessageBox", "QProgressDialog", "QInputDialog")
TIP = Qt.ItemDataRole.ToolTipRole
EVERYTHING = "。".join(HOSTILE)


def guessed_rich(words: str) -> bool:
    """Ask Qt's own guess, by which tool tips and labels go."""
    return bool(QtGui.Qt.mightBeRichText(words))


def shown(tip: str) -> str:
    """Return what a tool tip shows of its text."""
    if not guessed_rich(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("words", [*HOSTILE, EVERYTHING, "第1条\n支持", "", "两个  空格", "a < b"])
def test_a_tip_shows_what_was_written(qapp, words):
    assert shown(plain.tip(words)) == words


@given(st.text(alphabet="<>&;/bimg src=\"'甲 \n\tamplt!?x-", max_size=60))
def test_no_words_are_taken_for_html(words):
    assert shown(plain.tip(words)) == words


def test_a_tip_is_bounded(qapp):
    assert len(shown(plain.tip("<" * 10**6))) < plain.MOST + 10


def test_every_tip_goes_through_the_one_rule_and_every_label_is_plain():
    """Whoever sets a tip gives a constant, a verb's hint, another's tip, or ``plain.tip(…)``."""
    found = []
    for path in Path(desktop.ui.__file__).parent.rglob("*.py"):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
        ):
            name = ast.unparse(call.func)
            told = ast.unparse(call.args[0]) if call.args else ""
            if name.endswith(".setToolTip") and not _is_safe(call.args[0]):
                found.append(f"{path.name}: {name}({told})")
            if name.endswith("QToolTip.showText") and not ast.unparse(call.args[1]).startswith("plain.tip("):
                found.append(f"{path.name}: {name}({told})")
            if (
                name in ("QLabel", "QMessageBox", "QProgressDialog", "QInputDialog")
                and path.name != "widgets.py"
            ):
                found.append(f"{path.name}: {name}({told})")
    assert found == []


def _is_safe(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Constant):
        return True
    if isinstance(argument, ast.JoinedStr):
        return False
    written = ast.unparse(argument)
    return written.startswith(("plain.tip(", "tip(")) or written.endswith(".toolTip()") or "hint" in written


def tips(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> list[str]:  # noqa: B008
    """Return every tip of a model, of its cells and of its heads."""
    found = [model.headerData(section, way, TIP) for section in range(9) for way in Qt.Orientation]
    for row in range(model.rowCount(parent)):
        for column in range(9):
            if (index := model.index(row, column, parent)).isValid():
                found += [index.data(TIP), *(tips(model, index) if column == 0 else [])]
    return [tip for tip in found if isinstance(tip, str)]


def look_through(top: QWidget) -> list[str]:
    """Check every label, tip and model below a window; return all the texts that were found."""
    texts: list[str] = []
    for widget in [top, *top.findChildren(QWidget)]:
        told = [widget.toolTip(), *(action.toolTip() for action in widget.actions())]
        if isinstance(widget, QLabel):
            if widget.textFormat() is Qt.TextFormat.AutoText:  # the words beside a field of a form
                assert not guessed_rich(widget.text())
            if widget.textFormat() is Qt.TextFormat.RichText:
                assert "<img" not in widget.text()
                assert "<a " not in widget.text()
            texts.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            told += tips(widget.model())
        for tip in told:
            check(tip)
        texts += told
    return texts


def check(tip: str) -> None:
    """Nothing in a tip is HTML but what ``plain`` puts around it."""
    if guessed_rich(tip):
        assert tip == plain.tip(shown(tip))


@pytest.fixture
def filled(desk) -> list[ItemKey]:
    """Return the items of a unit, in every field of which stands something hostile."""
    settings.put(desk.workspace.db, "user_name", "<b>张</b><img>")
    keys = [item.key for item in desk.items("finance")]
    for place, key in enumerate(keys[:6]):
        words = HOSTILE[place]
        values = {"owner": words, "progress": EVERYTHING, "problems": words * 9, "next_step": words * 9}
        desk.edit(key, {name: " ".join(value.split()) for name, value in values.items()})
    desk.edit(keys[0], {"status": "不适用", "reason": EVERYTHING})
    named = "<img src='/dev/zero'>&轮"
    rounds.new(desk.workspace.db, desk.catalogue, named, desk.today(), ["finance"], by="<b>", at=desk.now())
    return keys


def test_the_whole_window_shows_text_as_text(qtbot, desk, window, filled):
    for page in range(3):
        window.show_page(page)
        look_through(window)
    window.show_page(CHECKLIST)
    window.checklist.show_unit("finance")
    window.checklist.head.history_button.click()
    assert any("<img src" in shown(text) for text in look_through(window))
    window.show_page(OVERVIEW)


def test_the_models_tell_text_as_text(qapp, desk, filled):
    history = HistoryModel(desk)
    history.show(Scope(unit_key="finance"))
    for model in (ReminderRows(desk, desk.items("finance")), history):
        found = tips(model)
        assert any('<img src="/dev/zero">' in shown(tip) for tip in found)
        for tip in found:
            check(tip)


@pytest.fixture
def preview(qtbot, desk, window, filled):
    """Return the preview of a workbook each of whose cells is hostile."""
    changes = [
        {"progress": f"答：{words}" + "长" * 60, "owner": words[:30], "problems": words} for words in HOSTILE
    ]
    sent = returned(desk, filled, *changes, added=(AddedRow(20, EVERYTHING, filled[0]),))
    refused = [(f"{words}.xlsx".replace("/", "／"), words) for words in HOSTILE]
    made = IntakeDialog(
        desk, (*planned(desk, sent), *(plans.refused(name, why) for name, why in refused)), window
    )
    with qtbot.waitExposed(made):
        made.show()
    made.preview.only_open.setChecked(False)
    made.preview.panes.choose(ALL)
    return made


def test_a_returned_cell_is_shown_as_it_came(preview):
    told = look_through(preview)
    assert any('答：<img src="/dev/zero">' in shown(text) for text in told)


def test_hovering_over_a_returned_cell_shows_its_words(qtbot, preview):
    panes = preview.preview.panes
    model = panes.model
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(6)]
    index = next(cell for cell in cells if '<img src="/dev' in shown(cell.data(TIP) or ""))
    panes.table.scrollTo(index)
    where = panes.table.visualRect(index).center()
    view = panes.table.viewport()
    QApplication.sendEvent(view, QHelpEvent(QHelpEvent.Type.ToolTip, where, view.mapToGlobal(where)))
    assert '<img src="/dev/zero">' in shown(QToolTip.text())
    QToolTip.hideText()


def test_dialogs_show_text_as_text(qtbot, desk, window, filled):
    unit = desk.catalogue.find_unit("区财政局")
    for dialog in (HandoverDialog(desk, unit, desk.items(unit.key), window), SettingsDialog(desk, window)):
        qtbot.addWidget(dialog)
        dialog.show()
        look_through(dialog)
        dialog.close()


def test_messages_and_banners_show_text_as_text(qtbot, desk, window):
    dialog = messages.show_message(window, EVERYTHING, EVERYTHING)
    assert look_through(dialog).count(EVERYTHING) == 2
    dialog.close()
    banner = Banner(desk.look)
    qtbot.addWidget(banner)
    banner.resize(1366, 768)
    banner.say(EVERYTHING, "<i>", EVERYTHING)
    assert shown(banner.findChildren(QLabel)[-1].text()).count("/dev/zero") == 2
    look_through(banner)
    line = MessageLine(desk.look)
    qtbot.addWidget(line)
    line.tell(EVERYTHING)
    line.resize(80, 30)
    line.show()
    line.grab()
    assert "<b>" in shown(line.words.toolTip())


def test_an_ampersand_stands_in_menus_and_buttons(qtbot, desk):
    assert plain.caption("甲&乙\t丙") == "甲&&乙 丙"
    made = ChoiceButton("使用人")
    qtbot.addWidget(made)
    made.offer(("不限", "甲&乙  丙"))
    made.choose(1)
    assert made.text_chosen == "甲&乙  丙"
    assert made.text() == "甲&&乙 丙 ▾"


def test_paper_shows_text_as_text(qapp, desk, filled):
    printed = "".join(checklist.unit(desk, "finance").toPlainText().split())
    assert all("".join(words.split()) in printed for words in HOSTILE)
