from __future__ import annotations

import os

from desktop.ui import app as program
from desktop.ui import theme


def test_fcitx_is_reached_through_the_plugin_that_qt_brings(monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")
    program._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_another_input_method_is_left_as_it_is(monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "compose")
    program._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "compose"


def test_the_same_look_twice_is_one_restyling(qapp):
    theme.apply(qapp, theme.tokens(True, 1.25))
    dark = qapp.styleSheet()
    qapp.setStyleSheet("")
    theme.apply(qapp, theme.tokens(True, 1.25))
    assert qapp.styleSheet() == ""
    theme.apply(qapp, theme.tokens(False, 1.0))
    assert qapp.styleSheet() not in ("", dark)
