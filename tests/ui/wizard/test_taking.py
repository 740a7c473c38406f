from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from desktop.library import drafts as kept_drafts
from desktop.library import folders, store
from desktop.ui.wizard.dialog import CHECK, UNITS, WizardDialog
from tests.reading.invented import ODD
from tests.ui.wizard.test_dialog import answer_all, fill_head, paste, press


def ready(qtbot, desk, window, text):
    """Return the wizard with a text in it that may be taken in."""

    def accept(draft, original):
        return store.accept(desk.workspace.folder, draft.reading, kinds=draft.facts.kinds, original=original)

    dialog = WizardDialog(desk, accept, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    paste(dialog, text)
    fill_head(dialog)
    answer_all(dialog)
    dialog.show_step(UNITS)
    dialog.units.table.selectRow(3)
    press(dialog.units.group_button)
    dialog.show_step(CHECK)
    return dialog


def test_what_amends_a_notice_is_asked_about_before(qtbot, desk, window) -> None:
    first = ready(qtbot, desk, window, ODD)
    with qtbot.waitSignal(first.taken):
        press(first.forward_button)
    second = ready(qtbot, desk, window, ODD.replace("缓缴水费", "缓缴水费和电费"))
    taken = []
    second.taken.connect(taken.append)
    press(second.forward_button)
    asked = next(one for one in second.findChildren(QDialog) if one.isVisible())
    assert any("按修订收入？" in label.text() for label in asked.findChildren(QLabel))
    asked.reject()
    assert taken == []
    assert second.isVisible()
    press(second.forward_button)
    asked = next(one for one in second.findChildren(QDialog) if one.isVisible())
    with qtbot.waitSignal(second.taken):
        asked.accept()


def test_what_is_here_but_for_blanks_is_refused_at_once_and_not_asked_about(qtbot, desk, window) -> None:
    first = ready(qtbot, desk, window, ODD)
    with qtbot.waitSignal(first.taken):
        press(first.forward_button)
    second = ready(qtbot, desk, window, ODD.replace("\n", "\n\n"))
    taken = []
    second.taken.connect(taken.append)
    press(second.forward_button)
    (told,) = [one for one in second.findChildren(QDialog) if one.isVisible()]
    words = "".join(label.text() for label in told.findChildren(QLabel))
    assert "已在发文库中，文字相同（空格、换行不计）" in words
    assert "按修订收入" not in words
    told.reject()
    assert taken == []
    assert second.isVisible()
    assert len(kept_drafts.listed(desk.workspace.folder)) == 1


def test_a_pasted_notice_is_taken_into_the_library(qtbot, desk, window) -> None:
    dialog = ready(qtbot, desk, window, ODD)
    assert "0 个" not in dialog.check.summary.text()
    with qtbot.waitSignal(dialog.taken) as told:
        QTest.mouseClick(dialog.forward_button, Qt.MouseButton.LeftButton)
    folder = folders.root(desk.workspace.folder) / told.args[0]
    assert (folder / "notice.txt").read_bytes() == ODD.encode()
    assert "机构群体" in (folder / "annotations.toml").read_text("utf-8")
    assert kept_drafts.listed(desk.workspace.folder) == ()
    assert [path.name for path in folders.held(desk.workspace.folder)] == [told.args[0]]
