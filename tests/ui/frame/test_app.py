from __future__ import annotations

from desktop.ui.kit import look, style_sheet


def test_the_same_look_twice_is_one_restyling(qapp):
    style_sheet.apply(qapp, look.tokens(True, 1.25))
    dark = qapp.styleSheet()
    qapp.setStyleSheet("")
    style_sheet.apply(qapp, look.tokens(True, 1.25))
    assert qapp.styleSheet() == ""
    style_sheet.apply(qapp, look.tokens(False, 1.0))
    assert qapp.styleSheet() not in ("", dark)
