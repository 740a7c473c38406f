from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import KnownError
from desktop.library import drafts as kept_drafts
from desktop.reading.acceptance import acceptable, unconfirmed
from desktop.reading.drafts import NoticeDraft, open_questions
from desktop.reading.model import Label
from desktop.ui.desk import Desk
from desktop.ui.frame import app
from desktop.ui.frame.window import Window
from desktop.ui.wizard.dialog import CHECK, HEAD, PIECES, SOURCE, UNITS, WizardDialog
from tests.exchange.papers import made
from tests.reading.invented import ODD
from tests.reading.invented import SOURCE as NOTICE


class Library:
    """Stands where the library will: keeps what it was given."""

    def __init__(self) -> None:
        self.taken: list[tuple[NoticeDraft, Path | None]] = []
        self.refuses: KnownError | None = None

    def accept(self, draft: NoticeDraft, original: Path | None) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.taken.append((draft, original))
        return "czbf-2031-5"


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, window: Window, library: Library) -> WizardDialog:
    return opened(qtbot, desk, window, library)


def opened(qtbot: QtBot, desk: Desk, window: Window, library: Library) -> WizardDialog:
    made = WizardDialog(desk, library.accept, window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def paste(dialog: WizardDialog, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    dialog.source.field.setFocus()
    dialog.source.field.paste()


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def typed(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    line.insert(text)
    line.editingFinished.emit()


def at(words: str) -> int:
    return NOTICE.index(words)


def label_of(dialog: WizardDialog, words: str) -> Label:
    return next(one.label for one in dialog.sitting.draft.pieces if one.start == at(words))


def measures(dialog: WizardDialog) -> int:
    return sum(len(document.measures) for document in dialog.sitting.draft.reading.documents)


def fill_head(dialog: WizardDialog) -> None:
    """Give each field of the head that was not read a value, or say that the text has none."""
    values = {"title": "支持花卉企业若干措施", "issued_on": "2031年3月4日", "issuer": "云溪市人民政府办公室"}
    dialog.show_step(HEAD)
    for name, field in dialog.head.fields.items():
        if field.line.text():
            continue
        if name in values:
            typed(field.line, values[name])
        elif not field.absent.isChecked():
            field.absent.click()


def answer_all(dialog: WizardDialog) -> None:
    dialog.show_step(PIECES)
    while open_questions(dialog.sitting.draft):
        left = len(open_questions(dialog.sitting.draft))
        press(dialog.structure.questions.cards[0].buttons[0])
        assert len(open_questions(dialog.sitting.draft)) < left


def test_from_a_pasted_text_to_a_notice_that_passes(qtbot, dialog: WizardDialog, library: Library) -> None:
    assert not dialog.forward_button.isEnabled()
    paste(dialog, ODD)
    assert dialog.forward_button.text() == "下一步：文头"
    press(dialog.forward_button)
    assert dialog.sitting.source == ODD
    fill_head(dialog)
    press(dialog.forward_button)
    assert open_questions(dialog.sitting.draft)
    answer_all(dialog)
    assert not dialog.next_question_button.isEnabled()
    press(dialog.forward_button)
    press(dialog.forward_button)
    assert acceptable(dialog.sitting.draft) + unconfirmed(dialog.sitting.draft) == []
    assert dialog.check.verdict.text() == "都核对过了，可以收入发文库。"
    assert dialog.check.count.nowhere.text() == "没有归处的 0 字"
    with qtbot.waitSignal(dialog.taken) as told:
        press(dialog.forward_button)
    assert told.args == ["czbf-2031-5"]
    ((draft, original),) = library.taken
    assert (draft.source, original, acceptable(draft)) == (ODD, None, [])
    assert kept_drafts.listed(dialog.source._sitting.desk.workspace.folder) == ()


def test_pieces_are_changed_by_mouse_and_taken_back(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    page = dialog.structure
    page.text.go_to(at("2.缓缴"))
    press(page.chosen.label_buttons[Label.NOTE])
    assert (label_of(dialog, "2.缓缴"), measures(dialog)) == (Label.NOTE, 3)
    press(page.undo_button)
    assert measures(dialog) == 4
    page.text.go_to(at("4.开展"))
    press(page.chosen.merge_button)
    assert measures(dialog) == 3
    page.text.go_to(at("4.开展"))
    press(page.chosen.split_button)
    assert measures(dialog) == 4
    assert page.text.place == at("4.开展")
    press(page.undo_button)
    press(page.undo_button)
    press(page.redo_button)
    assert measures(dialog) == 3
    page.text.go_to(at("的花卉企业，免收"))
    press(page.chosen.title_button)
    assert dialog.sitting.draft.reading.documents[0].measures[0].title == "减免租金。对承租国有房产"
    press(page.chosen.no_title_button)
    assert dialog.sitting.draft.reading.documents[0].measures[0].title == ""


def test_pieces_are_changed_by_keys(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    text = dialog.structure.text
    text.go_to(at("2.缓缴"))
    QTest.keyClick(text, Qt.Key.Key_6)
    assert label_of(dialog, "2.缓缴") is Label.NOTE
    QTest.keyClick(text, Qt.Key.Key_3)
    assert label_of(dialog, "2.缓缴") is Label.MEASURE
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    assert measures(dialog) == 3
    text.go_to(at("2.缓缴"))
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert measures(dialog) == 4
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert measures(dialog) == 3
    QTest.keyClick(text, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert measures(dialog) == 4
    text.go_to(at("租金。对承租"))
    QTest.keyClick(text, Qt.Key.Key_T)
    assert dialog.sitting.draft.reading.documents[0].measures[0].title == "减免"
    QTest.keyClick(text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert text.place == at("2.缓缴")
    QTest.keyClick(text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert text.place == at("1.减免")
    assert text.toPlainText().replace("\u200b", "").replace("\n", "") == NOTICE.replace("\n", "")


def test_every_place_of_the_text_is_one_of_the_source(dialog: WizardDialog) -> None:
    source = NOTICE.replace("对暂时困难的企业", "对暂时\n困难的\U00020000企业")
    paste(dialog, source)
    dialog.show_step(PIECES)
    text = dialog.structure.text
    for piece in dialog.sitting.draft.pieces:
        for place in range(piece.start, piece.end + 1):
            text.go_to(place)
            assert text.place == place
    text.go_to(source.index("企业，缓缴水费三个月"))
    press(dialog.structure.chosen.split_button)
    assert any(
        source[one.start : one.end].startswith("企业，缓缴水费") for one in dialog.sitting.draft.pieces
    )


def test_f8_goes_from_question_to_question(dialog: WizardDialog) -> None:
    paste(dialog, ODD.replace("4.开展担保", "6.开展担保"))
    dialog.show_step(HEAD)
    seen = []
    for _ in open_questions(dialog.sitting.draft):
        QTest.keyClick(dialog, Qt.Key.Key_F8)
        seen.append(dialog.structure.text.place)
        focus = dialog.focusWidget()
        assert isinstance(focus, QPushButton)
        assert focus.accessibleName().endswith("）")
    assert sorted(seen) == [one.start for one in open_questions(dialog.sitting.draft)]
    assert len(seen) >= 2


def test_an_answer_by_hand_leads_to_the_place(dialog: WizardDialog) -> None:
    paste(dialog, ODD)
    dialog.show_step(PIECES)
    card = dialog.structure.questions.cards[0]
    by_hand = next(n for n, one in enumerate(card.question.choices) if one.does == "edit")
    press(card.buttons[by_hand])
    assert dialog.structure.text.place == card.question.start
    assert dialog.structure.text.hasFocus()
    assert open_questions(dialog.sitting.draft)


def test_the_outline_leads_to_pieces(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    page = dialog.structure
    told = [page.outline.rows.sentence(row) for row in page.outline.rows.rows]
    assert told[:3] == ["一、降低成本，2", "1　减免租金，2 家", "2　缓缴水费，1 家"]
    assert any(words.startswith("页面杂项（放在一边，未删）") for words in told)
    row = next(n for n, row in enumerate(page.outline.rows.rows) if row.start == at("4.开展"))
    page.outline.chosen.emit(page.outline.rows.index(row))
    assert page.text.place == at("4.开展")


def test_units_are_decided_once_for_all_places(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(UNITS)
    page = dialog.units
    names = [row.printed for row in page.model.rows]
    assert names == ["市国资委", "市财政局", "市水务局", "市金融局"]
    page.table.selectRow(1)
    typed(page.name, "云溪市财政局")
    assert page.model.rows[1].name == "云溪市财政局"
    page.table.selectRow(2)
    press(page.no_unit_button)
    assert page.model.rows[-1].means() == "不是单位" or page.model.rows[2].means() == "不是单位"
    dropped = next(n for n, row in enumerate(page.model.rows) if row.printed == "市水务局")
    page.table.selectRow(dropped)
    press(page.as_printed_button)
    page.table.selectRow(3)
    press(page.group_button)
    assert dialog.sitting.draft.facts.kinds == {"市金融局": "机构群体"}
    used = {
        mention.name
        for measure in dialog.sitting.draft.reading.documents[0].measures
        for statement in measure.statements
        for mention in statement.mentions
    }
    assert used == {"市国资委", "云溪市财政局", "市水务局", "市金融局"}


def test_a_unit_of_the_library_is_known_and_one_nearly_so_is_offered(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE.replace("市国资委", "区财政局").replace("市水务局", "区科委"))
    dialog.show_step(UNITS)
    means = {row.printed: row.means() for row in dialog.units.model.rows}
    assert means["区财政局"] == "发文库已有的单位"
    near = next((n for n, row in enumerate(dialog.units.model.rows) if row.near), -1)
    assert near >= 0
    dialog.units.table.selectRow(near)
    offered = dialog.units.model.rows[near].near
    press(dialog.units.near_button)
    assert offered in {row.name for row in dialog.units.model.rows}


def test_the_head_is_filled_in_or_said_to_be_missing(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(HEAD)
    fields = dialog.head.fields
    typed(fields["number"].line, "云政办发〔2031〕5号")
    assert dialog.sitting.draft.reading.head.number == "云政办发〔2031〕5号"
    assert fields["number"].place.text() == "在第 3 行"
    typed(fields["issued_on"].line, "2031年3月4日")
    assert str(dialog.sitting.draft.reading.head.issued_on) == "2031-03-04"
    typed(fields["issued_on"].line, "春天")
    assert fields["issued_on"].line.property("bad")
    assert "不是日期" in dialog.message.words.text()
    typed(fields["addressees"].line, "各县区人民政府；市政府各部门")
    assert dialog.sitting.draft.reading.head.addressees == ("各县区人民政府", "市政府各部门")
    fields["number"].absent.click()
    assert dialog.sitting.draft.facts.head["number"] == ""
    assert not fields["number"].line.isEnabled()


def test_a_long_title_is_shown_from_its_beginning(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE.replace("支持花卉企业若干", "支持花卉企业" * 40 + "若干"))
    dialog.show_step(HEAD)
    title = dialog.head.fields["title"].line
    assert len(title.text()) > 240
    assert title.cursorPosition() == 0


def test_the_term_is_decided_in_words_and_days(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE.replace("，有效期至2033年12月31日", ""))
    dialog.show_step(CHECK)
    page = dialog.check
    page.kind.setCurrentIndex(0)
    page.kind.activated.emit(0)
    typed(page.until, "2033年12月31日")
    assert str(dialog.sitting.draft.reading.term.until) == "2033-12-31"
    typed(page.since, "某天")
    assert page.since.property("bad")
    page.kind.setCurrentIndex(4)
    page.kind.activated.emit(4)
    assert dialog.sitting.draft.reading.term.until is None
    assert not any("有效期" in reason for reason in unconfirmed(dialog.sitting.draft))


def test_each_reason_leads_to_where_it_is_dealt_with(dialog: WizardDialog) -> None:
    paste(dialog, ODD)
    dialog.show_step(CHECK)
    assert not dialog.forward_button.isEnabled()
    dialog.check.wanted.emit(acceptable(dialog.sitting.draft)[0])
    assert dialog._stack.currentIndex() == PIECES
    dialog.check.wanted.emit("文号没有读出：原文写了的请填上。")
    assert dialog._stack.currentIndex() == HEAD


def test_closing_loses_nothing(qtbot, desk: Desk, window: Window, library: Library, dialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    dialog.structure.text.go_to(at("2.缓缴"))
    QTest.keyClick(dialog.structure.text, Qt.Key.Key_6)
    before = dialog.sitting.draft
    dialog.close()
    again = opened(qtbot, desk, window, library)
    (row,) = again.source.drafts.rows.rows
    again.source.drafts.chosen.emit(again.source.drafts.rows.index(0))
    assert again._stack.currentIndex() == PIECES
    assert again.sitting.draft.reading == before.reading
    press(again.structure.undo_button)
    assert measures(again) == 4
    assert again.source.field.isReadOnly()
    assert row.step == "pieces"


def test_a_file_is_read_and_kept(qtbot, tmp_path: Path, dialog: WizardDialog, library: Library) -> None:
    path = made.docx(tmp_path / "来文.docx", "".join(map(made.paragraph, NOTICE.splitlines())))
    dialog.source.read(path)
    qtbot.waitUntil(lambda: dialog.source.field.isReadOnly())
    assert dialog.source.words == NOTICE.rstrip("\n")
    assert "来文.docx" in dialog.source.notes.text()
    press(dialog.forward_button)
    assert dialog.original_button.isVisible()
    assert dialog.sitting.kept is not None
    kept = kept_drafts.original_of(dialog.sitting.kept)
    assert kept is not None
    assert kept.read_bytes() == path.read_bytes()


def test_a_file_may_be_pasted(qtbot, tmp_path: Path, dialog: WizardDialog) -> None:
    path = tmp_path / "来文.txt"
    path.write_text(NOTICE, "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    dialog.source.field.insertFromMimeData(data)
    qtbot.waitUntil(lambda: dialog.source.field.isReadOnly())
    press(dialog.source.anew_button)
    assert (dialog.source.words, dialog.source.field.isReadOnly()) == ("", False)


def test_why_a_draft_could_not_be_saved_is_said_in_the_next_step(dialog: WizardDialog, desk: Desk) -> None:
    (desk.workspace.folder / "notices").write_text("不是文件夹", "utf-8")
    paste(dialog, NOTICE)
    press(dialog.forward_button)
    assert dialog._stack.currentIndex() == HEAD
    assert dialog.message.isVisible()
    assert "可以接着录入" in dialog.message.words.text()


def test_what_is_no_notice_is_said_and_stays_to_be_put_right(dialog: WizardDialog) -> None:
    paste(dialog, "今天天气很好。\n")
    press(dialog.forward_button)
    assert dialog._stack.currentIndex() == SOURCE
    assert not dialog.message.isHidden()
    assert dialog.source.words == "今天天气很好。\n"


def test_what_the_library_refuses_stays_a_draft(dialog: WizardDialog, library: Library) -> None:
    paste(dialog, NOTICE)
    fill_head(dialog)
    answer_all(dialog)
    dialog.show_step(CHECK)
    library.refuses = KnownError("发文库写不进去。", "请再试。")
    press(dialog.forward_button)
    assert dialog.isVisible()
    assert library.taken == []
    assert len(kept_drafts.listed(dialog.sitting.desk.workspace.folder)) == 1


def test_another_source_leaves_the_draft_on_disk(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(HEAD)
    dialog.show_step(SOURCE)
    press(dialog.source.anew_button)
    assert not dialog.sitting.has_draft
    assert len(dialog.source.drafts.rows.rows) == 1
    assert not dialog.forward_button.isEnabled()


def test_a_disk_that_refuses_is_said_once_and_the_work_goes_on(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    assert dialog.sitting.kept is not None
    decided = dialog.sitting.kept.folder / kept_drafts.DECIDED
    decided.unlink()
    decided.mkdir()
    dialog.structure.text.go_to(at("2.缓缴"))
    QTest.keyClick(dialog.structure.text, Qt.Key.Key_6)
    assert label_of(dialog, "2.缓缴") is Label.NOTE
    assert "没有存到磁盘上" in dialog.message.words.text()
    assert "没有存到磁盘上" in dialog._said.text()
    decided.rmdir()
    QTest.keyClick(dialog.structure.text, Qt.Key.Key_3)
    assert dialog._said.text().startswith("边改边存")


def test_the_menu_of_a_piece_says_what_can_be_done(qtbot, dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    page = dialog.structure
    page.text.go_to(at("2.缓缴"))
    page.chosen.open_menu(page.text.mapToGlobal(page.text.rect().center()))
    menu = next(one for one in page.chosen.findChildren(QMenu) if one.isVisible())
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert "标为措施" in words
    assert "并入上段" in words
    next(action for action in menu.actions() if action.text().startswith("标为说明")).trigger()
    assert label_of(dialog, "2.缓缴") is Label.NOTE
    menu.close()


def test_a_long_notice_with_a_piece_of_20000_characters_is_shown_whole(dialog: WizardDialog) -> None:
    long = "支持企业发展，落实补贴资金，优化政府服务。" * 1000
    paste(dialog, NOTICE.replace("1.减免租金。", f"1.减免租金。{long}"))
    dialog.show_step(PIECES)
    text = dialog.structure.text
    place = dialog.sitting.source.index("（责任单位：市国资委")
    text.go_to(place)
    assert text.place == place
    assert text.viewport().rect().contains(text.cursorRect().center())
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert any(one.start == place for one in dialog.sitting.draft.pieces)


def selected(dialog: WizardDialog, first: str, last: str) -> None:
    """Select from the beginning of some words to the end of others."""
    text = dialog.structure.text
    text.go_to(at(last) + len(last))
    end = text.textCursor().position()
    text.go_to(at(first))
    cursor = text.textCursor()
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def test_several_pieces_or_some_words_are_labelled_at_once(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    page = dialog.structure
    selected(dialog, "减免租金", "2.缓缴")
    assert page.chosen.about.text() == "选中了 2 段"
    QTest.keyClick(page.text, Qt.Key.Key_6)
    assert (label_of(dialog, "1.减免"), label_of(dialog, "2.缓缴")) == (Label.NOTE, Label.NOTE)
    press(page.undo_button)
    selected(dialog, "市水务局", "市水务局")
    QTest.keyClick(page.text, Qt.Key.Key_5)
    assert label_of(dialog, "市水务局") is Label.UNITS
    assert measures(dialog) == 4


def test_roles_are_given_by_hand(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    page = dialog.structure
    page.text.go_to(at("1.减免"))
    assert page.chosen.units.text() == "责任单位 2 家：市国资委、市财政局"
    page.chosen._roles.aboutToShow.emit()
    page.chosen._roles.actions()[0].trigger()
    assert page.chosen.units.text() == "责任单位 2 家：市国资委（牵头）、市财政局（配合）"
    page.chosen._roles.aboutToShow.emit()
    page.chosen._roles.actions()[1].trigger()
    assert page.chosen.units.text() == "责任单位 2 家：市国资委、市财政局"
    page.text.go_to(at("一、降低"))
    assert not page.chosen.roles_button.isVisible()


def test_tab_leads_out_of_the_text(dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    text = dialog.structure.text
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert not text.hasFocus()


def test_far_too_long_a_text_is_refused(dialog: WizardDialog) -> None:
    dialog.source.field.setPlainText("支持企业发展。\n" * 80_000)
    press(dialog.forward_button)
    assert "比任何发文都长" in dialog.message.words.text()
    assert dialog._stack.currentIndex() == SOURCE


def test_a_click_on_a_label_opens_the_menu_of_its_piece(qtbot, dialog: WizardDialog) -> None:
    paste(dialog, NOTICE)
    dialog.show_step(PIECES)
    text = dialog.structure.text
    text.go_to(at("2.缓缴"))
    place = QPoint(20, text.cursorRect().center().y())
    text.go_to(at("1.减免"))
    with qtbot.waitSignal(text.menu_wanted):
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert text.place == at("2.缓缴")
    for menu in dialog.structure.chosen.findChildren(QMenu):
        menu.close()


def test_an_answer_leads_to_the_next_question(dialog: WizardDialog) -> None:
    paste(dialog, ODD.replace("4.开展担保", "6.开展担保"))
    dialog.show_step(PIECES)
    first = open_questions(dialog.sitting.draft)[0]
    press(dialog.structure.questions.cards[0].buttons[0])
    assert first.key not in [one.key for one in open_questions(dialog.sitting.draft)]
    left = [one.start for one in open_questions(dialog.sitting.draft)]
    assert dialog.structure.text.place in left


def test_a_window_that_only_reads_takes_nothing_in(qtbot, folder: Path, desk: Desk, library: Library) -> None:
    other, told = app.open_desk(folder)
    assert told
    assert other.read_only
    window = Window(other)
    qtbot.addWidget(window)
    dialog = opened(qtbot, other, window, library)
    paste(dialog, NOTICE)
    fill_head(dialog)
    answer_all(dialog)
    dialog.show_step(CHECK)
    assert "只读" in dialog._said.text()
    press(dialog.forward_button)
    assert library.taken == []
    assert kept_drafts.listed(folder) == ()
    dialog.done(0)
    window.close()
    other.close()
