"""The look that doctor takes: it sees the real window, and it would see an empty one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.doctor.checks import NEEDED_COLOURS
from desktop.ui.demo import window_check
from desktop.ui.frame.window import Window


def test_the_window_is_drawn_in_chinese_and_closed(qapp: QApplication, tmp_path: Path) -> None:
    seen = window_check.examine(tmp_path)
    assert seen.chinese
    assert seen.colours > NEEDED_COLOURS
    assert seen.platform == "offscreen"
    assert min(seen.width, seen.height) >= 540
    assert not [widget for widget in qapp.topLevelWidgets() if isinstance(widget, Window)]


def test_an_empty_picture_has_one_colour() -> None:
    image = QImage(80, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    assert window_check._colours(image) == 1
