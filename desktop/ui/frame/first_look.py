"""The first look around: five things in the window, one after the other; shown once, and when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.help.bubble import Bubble

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.frame.rail import Rail
    from desktop.ui.frame.search_bar import SearchBar

SEEN = "looked_around"


class LookedAt(Protocol):
    """What is looked at of the window."""

    desk: Desk
    search: SearchBar
    rail: Rail

    def focus_list(self) -> None:
        """Put the caret into the page's list."""


class Stop(NamedTuple):
    """A thing of the window, and what is said of it."""

    find: Callable[[LookedAt], QWidget]
    title: str
    words: str


STOPS = (
    Stop(
        lambda window: window.search.field,
        "查措施",
        "输入词语、单位、文号或拼音首字母，随输随找。哪一页都能用，按 Ctrl+F 就到这里。",
    ),
    Stop(
        lambda window: window.rail.button("checklist"),
        "收发清单",
        "填写各单位的清单，发给各单位填报，收回后逐处比对再并入。边录边存。",
    ),
    Stop(
        lambda window: window.rail.button("visits"),
        "下企业",
        "看哪些措施适合这家企业，记录走访和诉求；用 U 盘把录入的内容带回办公室。",
    ),
    Stop(
        lambda window: window.rail.button("settings"),
        "备份",
        "内容有变化就自动备份。要带走一份，或恢复到以前，在“设置”里点“备份与恢复”。",
    ),
    Stop(
        lambda window: window.rail.button("help"),
        "不会的时候",
        "按 F1 打开使用手册，直接到本页的那一节。这个介绍也可以从这里再看一遍。",
    ),
)


class FirstLook(QObject):
    """Goes through the stops. It ends with the last one, by 跳过 or Esc, and is remembered as seen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._around = cast("LookedAt", window)
        self.bubble = Bubble(self._around.desk.look, window)
        self._at = -1
        self.bubble.went_on.connect(self.go_on)
        self.bubble.left.connect(self.leave)
        self.go_on()

    def go_on(self) -> None:
        """Go to the next stop."""
        self._at += 1
        if self._at >= len(STOPS):
            self.leave()
            return
        stop, last = STOPS[self._at], self._at == len(STOPS) - 1
        count = f"{self._at + 1}/{len(STOPS)}"
        self.bubble.tell(stop.find(self._around), stop.title, stop.words, count, last=last)

    def leave(self) -> None:
        """End, and do not come again by itself."""
        desk = self._around.desk
        if not desk.read_only:
            desk.set_setting(SEEN, "1")
        self.bubble.leave()
        self._around.focus_list()
        self.deleteLater()


def begin(window: QWidget) -> FirstLook:
    """Begin, or go on with the one that stands."""
    standing = window.findChildren(FirstLook)
    return standing[0] if standing else FirstLook(window)


def begin_once(window: QWidget) -> None:
    """Begin where nobody has seen it in this workspace yet, and where that can be remembered."""
    desk = cast("LookedAt", window).desk
    if not desk.read_only and not desk.setting(SEEN):
        begin(window)
