"""Typing through a daemon on a bus of its own: what is shown, what is taken, and when the daemon goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

pytest.importorskip("jeepney")
from desktop.ui.typing import context
from desktop.ui.typing.bus import BusError

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")
Daemon = subprocess.Popen[str]


class Field(QLineEdit):
    """A field that remembers what it was shown while something was being typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed: list[str] = []

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        self.typed.append(event.preeditString())
        super().inputMethodEvent(event)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        assert server.stdout
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", server.stdout.readline().strip())
        monkeypatch.setenv("DISPLAY", ":0")
        yield
        server.terminate()


@pytest.fixture
def start(bus: None) -> Iterator[Callable[[str], Daemon]]:
    """Return what starts a daemon and waits until it answers."""
    started: list[Daemon] = []

    def make(kind: str) -> Daemon:
        script = Path(__file__).with_name("stand_in.py")
        daemon = subprocess.Popen(
            [sys.executable, script, kind], stdout=subprocess.PIPE, env=os.environ.copy(), text=True
        )
        started.append(daemon)
        assert daemon.stdout
        assert daemon.stdout.readline() == "ready\n"
        return daemon

    yield make
    for daemon in started:
        daemon.kill()
        daemon.wait()
        assert daemon.stdout
        daemon.stdout.close()


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """A window with two fields; the first has the focus."""
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.addWidget(Field())
    lines.addWidget(QPlainTextEdit())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    field(made).setFocus()
    qtbot.waitUntil(lambda: QGuiApplication.focusObject() is field(made))
    return made


@pytest.fixture
def typing(form: QWidget, bus: None) -> Iterator[context.FcitxContext]:
    made = context.FcitxContext("test")
    yield made
    made.end()


def field(form: QWidget) -> Field:
    found = form.findChild(Field)
    assert isinstance(found, Field)
    return found


def below(form: QWidget) -> QPlainTextEdit:
    found = form.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def press(form: QWidget, keys: str) -> None:
    """Press keys in the window, as the screen tells them."""
    window = form.windowHandle()
    for key in keys:
        named = {" ": Qt.Key.Key_Space, "\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace}.get(key)
        if named is None:
            QTest.keyClick(window, key)
        else:
            QTest.keyClick(window, named)


@pytest.mark.parametrize("kind", ["fcitx4", "fcitx5"])
def test_letters_are_shown_and_a_word_taken(
    start: Callable[[str], Daemon], form: QWidget, kind: str, request: pytest.FixtureRequest
) -> None:
    start(kind)
    request.getfixturevalue("typing")
    press(form, "nihao ")
    assert field(form).typed[:5] == ["n", "ni", "nih", "niha", "nihao"]
    assert field(form).text() == "你好"
    press(form, "1")
    assert field(form).text() == "你好1"
    press(form, "\b")
    assert field(form).text() == "你好"


def test_what_is_being_typed_is_taken_where_it_was_typed(
    start: Callable[[str], Daemon], form: QWidget, request: pytest.FixtureRequest
) -> None:
    start("fcitx5")
    request.getfixturevalue("typing")
    press(form, "ni")
    below(form).setFocus()
    assert field(form).text() == "ni"
    press(form, "hao ")
    assert (field(form).text(), below(form).toPlainText()) == ("ni", "你好")


def test_a_field_that_goes_while_something_is_typed_in_it_takes_it_along(
    start: Callable[[str], Daemon], form: QWidget, request: pytest.FixtureRequest
) -> None:
    start("fcitx5")
    request.getfixturevalue("typing")
    press(form, "ni")
    shiboken6.delete(field(form))
    below(form).setFocus()
    press(form, "hao ")
    assert below(form).toPlainText() == "你好"


def test_a_password_is_told_to_nobody(
    start: Callable[[str], Daemon], form: QWidget, request: pytest.FixtureRequest
) -> None:
    daemon = start("fcitx5")
    field(form).setEchoMode(QLineEdit.EchoMode.Password)
    below(form).setFocus()
    request.getfixturevalue("typing")
    field(form).setFocus()
    press(form, "nihao ")
    assert field(form).text() == "nihao "
    below(form).setFocus()
    press(form, "a")
    daemon.terminate()
    said, _ = daemon.communicate()
    assert said.count("ProcessKeyEvent") == 2  # the last letter, pressed and let go


def test_typing_goes_on_when_the_daemon_goes_and_comes_again(
    start: Callable[[str], Daemon], form: QWidget, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    first = start("fcitx5")
    request.getfixturevalue("typing")
    press(form, "ni")
    first.kill()
    first.wait()
    qtbot.waitUntil(lambda: field(form).text() == "ni")
    press(form, "x ")
    assert field(form).text() == "nix "
    start("fcitx4")
    qtbot.wait(50)
    press(form, "hao ")
    assert field(form).text() == "nix 你好"


def test_without_a_daemon_or_a_bus_keys_are_as_ever(
    form: QWidget, typing: context.FcitxContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(form, "ni ")
    assert field(form).text() == "ni "
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(BusError):
        context.FcitxContext("test")


def test_what_only_shows_text_takes_no_words(form: QWidget) -> None:
    assert context.takes_words(field(form))
    field(form).setReadOnly(True)
    assert not context.takes_words(field(form))
    assert not context.takes_words(form)
