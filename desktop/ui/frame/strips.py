"""Lines above the pages that say something once: closed, they are gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.ui.checklist.legend import NoticeStrip

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.frame.window import Window

BELOW_BANNERS = 3  # header, validity and read-only come before


class Strip(NoticeStrip):
    """One such line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.close_button.clicked.connect(self.deleteLater)
        desk.look_changed.connect(self._take_look)
        self._take_look()

    def _take_look(self) -> None:
        self.apply_look(self._desk.look)


def put(window: Window, words: str, **actions: Callable[[], object]) -> Strip:
    """Put a line with ``words`` above the window's pages, with a button for each of ``actions``."""
    strip = Strip(window.desk)
    window.above.insertWidget(BELOW_BANNERS, strip)
    strip.tell(words, **actions)
    return strip
