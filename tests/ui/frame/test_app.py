from __future__ import annotations

import os

from desktop.ui.frame import app
from desktop.ui.kit import look, style_sheet


def test_fcitx_is_reached_through_the_plugin_that_qt_brings(monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")
    app._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_another_input_method_is_left_as_it_is(monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "compose")
    app._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "compose"


def test_the_same_look_twice_is_one_restyling(qapp):
    style_sheet.apply(qapp, look.tokens(True, 1.25))
    dark = qapp.styleSheet()
    qapp.setStyleSheet("")
    style_sheet.apply(qapp, look.tokens(True, 1.25))
    assert qapp.styleSheet() == ""
    style_sheet.apply(qapp, look.tokens(False, 1.0))
    assert qapp.styleSheet() not in ("", dark)
