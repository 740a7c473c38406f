"""The passphrase in the window: asked on opening, set, changed, taken off, forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from desktop.catalogue import query
from desktop.catalogue.store import open_catalogue
from desktop.ui.frame import app
from desktop.ui.safety import rescue as rescuing
from desktop.ui.safety import sealing, unlocking
from desktop.ui.safety.passphrase_dialog import SealDialog
from desktop.ui.safety.rescue import LeaveError, ShownElsewhereError
from desktop.ui.safety.unlock_dialog import ForgottenDialog, UnlockDialog
from desktop.workspace.file import backup, cipher, store
from desktop.workspace.safety import passphrase

SECRET = "办公室的口令2026"
OTHER = "换过的口令2027"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(cipher, "ROUNDS", 2)
    cipher.forget()
    yield
    cipher.forget()


@pytest.fixture
def catalogue(qapp):
    db = open_catalogue()
    yield query.load(db)
    db.close()


@pytest.fixture
def sealed(folder: Path) -> Path:
    """A workspace with a backup from before it had a passphrase, which is not known any more."""
    desk, _ = app.open_desk(folder)
    desk.set_setting("user_name", "张三")
    backup.save(desk.workspace.db, folder, backup.BY_HAND)
    desk.close()
    passphrase.change(folder, SECRET)
    cipher.forget()
    return folder


class Answers:
    """Answers the dialogs one after the other and remembers what they said."""

    def __init__(self, *answers) -> None:
        self._answers = list(answers)
        self.said: list[str] = []

    def __call__(self, dialog) -> None:
        shown = (label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())
        self.said.append("\n".join(shown))
        self._answers.pop(0)(dialog)


def enter(secret: str):
    def answer(dialog: UnlockDialog) -> None:
        dialog.secret.setText(secret)
        dialog.ok_button.click()

    return answer


def press(name: str):
    return lambda dialog: getattr(dialog, name).click()


def leave(dialog) -> None:
    dialog.reject()


def test_it_is_asked_for_until_it_is_right(sealed, catalogue) -> None:
    answers = Answers(enter("错的口令"), enter(SECRET.lower() + "x"), enter(SECRET))
    workspace, why, told = rescuing.opened(sealed, catalogue, answers)
    with workspace:
        assert (why, told, workspace.read_only) == ("", "", False)
    assert ["口令不对" in said for said in answers.said] == [False, True, True]
    assert not cipher.is_offered("错的口令")


def test_a_second_start_asks_nothing_and_brings_the_first_to_the_front(sealed, catalogue) -> None:
    cipher.offer(SECRET)
    with store.open_for_writing(sealed):
        cipher.forget()
        with pytest.raises(ShownElsewhereError):
            rescuing.opened(sealed, catalogue, Answers(), elsewhere=lambda: True)
        answers = Answers(enter(SECRET))  # one that does not come: it is read
        workspace, why, _told = rescuing.opened(sealed, catalogue, answers, elsewhere=lambda: False)
        with workspace:
            assert workspace.read_only
            assert "已在另一个程序中打开" in why


def test_one_may_leave(sealed, catalogue) -> None:
    before = (sealed / store.DATABASE).read_bytes()
    with pytest.raises(LeaveError):
        rescuing.opened(sealed, catalogue, Answers(leave))
    assert (sealed / store.DATABASE).read_bytes() == before


def test_a_forgotten_one_leaves_the_earlier_backups(sealed, catalogue) -> None:
    (old,) = passphrase.unsealed(sealed)
    before = (sealed / store.DATABASE).read_bytes()
    answers = Answers(
        press("forgotten_button"),
        leave,
        press("forgotten_button"),
        lambda dialog: dialog.choose_file(old.path),
    )
    workspace, _why, told = rescuing.opened(sealed, catalogue, answers)
    with workspace:
        assert workspace.db.execute("SELECT value FROM settings WHERE name = 'user_name'").fetchone()
    assert "已恢复" in told
    assert "找不回" in answers.said[1]
    (kept,) = (sealed / "damaged").glob("*/workspace.db")
    assert kept.read_bytes() == before


def test_a_forgotten_one_leaves_a_new_beginning(sealed, catalogue) -> None:
    answers = Answers(press("forgotten_button"), press("empty_button"))
    workspace, _why, told = rescuing.opened(sealed, catalogue, answers)
    with workspace:
        assert not workspace.read_only
    assert "空白工作库重新开始" in told
    assert list((sealed / "damaged").glob("*/workspace.db"))


def test_a_backup_with_an_earlier_passphrase_asks_for_that(sealed, catalogue) -> None:
    cipher.offer(SECRET)
    (newest, *_) = backup.every(sealed)
    passphrase.change(sealed, OTHER)
    cipher.forget()
    answers = Answers(
        press("forgotten_button"),
        lambda dialog: dialog.choose_file(newest.path),
        enter("x" * 9),
        enter(SECRET),
    )
    workspace, _why, told = rescuing.opened(sealed, catalogue, answers)
    workspace.close()
    assert "已恢复" in told
    assert f"备份“{newest.path.name}”设有口令" in answers.said[2]
    assert "口令不对" in answers.said[3]
    assert cipher.is_sealed_file(sealed / store.DATABASE)


def test_a_damaged_beginning_is_rescued_with_the_passphrase_of_the_backup(sealed, catalogue) -> None:
    with (sealed / store.DATABASE).open("r+b") as file:
        file.write(bytes(16))
    answers = Answers(enter(SECRET), press("offered_button"))
    workspace, _why, told = rescuing.opened(sealed, catalogue, answers)
    workspace.close()
    assert "已恢复" in told


def test_who_does_not_know_it_is_offered_a_backup_without(sealed, catalogue) -> None:
    with (sealed / store.DATABASE).open("r+b") as file:
        file.write(bytes(16))
    answers = Answers(leave, leave)
    with pytest.raises(LeaveError):
        rescuing.opened(sealed, catalogue, answers)
    assert "设有口令" in answers.said[0]
    assert "（手动）" in answers.said[1]


def test_the_dialog_says_what_is_not_sealed_and_asks_twice(qtbot, desk, window) -> None:
    backup.save(desk.workspace.db, desk.workspace.folder, backup.BY_HAND)
    dialog = SealDialog(desk, window)
    qtbot.addWidget(dialog)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for words in ("佐证材料", "谁也打不开", "断电"):
        assert words in said
    assert "1 个" in dialog.delete.text()
    assert not dialog.delete.isChecked()
    asked = []
    dialog.asked.connect(asked.append)
    dialog.show()
    tall = dialog.secret.height()
    for secret, again, told in (("短", "", "至少 8"), (SECRET, "别的", "不一样"), (SECRET, SECRET, "")):
        dialog.secret.setText(secret)
        dialog.again.setText(again)
        assert told in dialog.problem.text()
        QApplication.processEvents()
        assert dialog.secret.height() == tall  # a line that comes squeezes no field
        assert dialog.ok_button.isEnabled() == (not told)
    dialog.ok_button.click()
    assert asked == [sealing.Sealing(SECRET, deletes_unsealed=False)]
    assert SECRET not in repr(asked)
    assert dialog.secret.text() == ""


def test_changed_and_taken_off_only_by_one_who_knows_it(qtbot, sealed, catalogue) -> None:
    cipher.offer(SECRET)
    desk, _ = app.open_desk(sealed)
    asked = []
    for takes_off, wanted in ((False, OTHER), (True, None)):
        dialog = SealDialog(desk, takes_off=takes_off)
        qtbot.addWidget(dialog)
        dialog.asked.connect(asked.append)
        dialog.secret.setText(OTHER)
        dialog.again.setText(OTHER)
        assert not dialog.ok_button.isEnabled()
        dialog.present.setText("不是这个")
        dialog.ok_button.click()
        assert "现在的口令不对" in dialog.problem.text()
        dialog.present.setText(SECRET)
        dialog.ok_button.click()
        assert asked[-1].passphrase == wanted
    desk.close()


def test_the_settings_say_how_it_stands_and_the_window_closes_for_it(qtbot, desk, window) -> None:
    window.dialogs.show_passphrase(False)
    (dialog,) = window.findChildren(SealDialog)
    dialog.secret.setText(SECRET)
    dialog.again.setText(SECRET)
    dialog.ok_button.click()
    assert not window.isVisible()
    assert window.dialogs.sealing == sealing.Sealing(SECRET, deletes_unsealed=False)


def test_carried_out_it_is_sealed_and_says_so(qtbot, folder) -> None:
    app.open_desk(folder)[0].close()
    told = sealing.carry_out(folder, sealing.Sealing(SECRET, deletes_unsealed=True), Answers())
    assert "口令已生效" in told
    assert cipher.is_sealed_file(folder / store.DATABASE)
    answers = Answers(leave)
    with store.open_for_writing(folder):
        assert sealing.carry_out(folder, sealing.Sealing(None, deletes_unsealed=False), answers) == ""
    assert "已在另一个程序中打开" in answers.said[0]
    assert "已取消" in sealing.carry_out(folder, sealing.Sealing(None, deletes_unsealed=False), answers)
    assert not cipher.is_sealed_file(folder / store.DATABASE)


def test_a_dialog_on_the_screen_is_answered_with_keys(qtbot, qapp, sealed) -> None:
    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        assert dialog.focusWidget() is dialog.secret
        qtbot.keyClicks(dialog.secret, "mimamima")
        qtbot.keyClick(dialog.secret, "\r")

    cipher.offer(SECRET)
    passphrase.change(sealed, "mimamima")
    cipher.forget()
    with pytest.raises(cipher.PassphraseError) as shut:
        store.open_for_reading(sealed)
    QTimer.singleShot(0, type_it)
    assert unlocking.unlocked(shut.value, sealed) == ""
    assert ForgottenDialog(sealed).way.name == "BACK"
