"""Lines across the window: orange only where something warns, one line where the window is low."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from desktop.ui.frame.rail import CHECKLIST
from desktop.ui.kit.message_line import Banner, MessageLine
from tests.ui import drawn

LONG = "工作库已在另一个程序中打开（电脑：办公室二号机），同一时间只能有一个程序录入。"


def ground(widget) -> QColor:
    image = drawn.picture_of(widget, QRect(2, 2, 1, 1))
    return QColor(image.pixel(1, 1))


def test_what_was_done_is_told_without_orange_and_what_was_refused_with_it(desk, window) -> None:
    window.show_page(CHECKLIST)
    page, look = window.checklist, desk.look.tokens
    page.message.tell("已为 3 项设置完成时限。", 撤销=lambda: None)
    assert ground(page.message).name() == look.accent_soft
    page.verbs.tell_bad_date(page.model.item(0).key, "随便")
    assert ground(page.message).name() == look.warn_soft
    page.message.tell("已移除。")
    assert ground(page.message).name() == look.accent_soft


def test_a_mark_on_a_measure_is_no_warning(desk, window) -> None:
    key = window.browse.measure_key
    desk.set_favourite(key, True)
    desk.set_note(key, "记下")
    orange = {desk.look.tokens.warn, desk.look.tokens.near, desk.look.tokens.amber}
    image = drawn.picture_of(window.browse.navigator.tree)
    found = {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(400)}
    assert found & orange == set()
    assert desk.look.tokens.accent in found


def shown_words(banner: Banner) -> str:
    return banner.findChildren(QLabel)[-1].text()


def test_a_banner_in_a_low_window_keeps_its_strong_words(qtbot, desk) -> None:
    banner = Banner(desk.look)
    qtbot.addWidget(banner)
    banner.say("", "本窗口只读。", LONG)
    banner.resize(1366, 700)
    assert LONG in shown_words(banner)
    banner.resize(500, 400)
    assert shown_words(banner) == "<b>本窗口只读。</b>"
    assert banner.findChildren(QLabel)[-1].toolTip() == f"本窗口只读。{LONG}"
    assert banner.accessibleName() == f"本窗口只读。{LONG}"
    banner.resize(110, 400)
    assert shown_words(banner).endswith("…</b>")
    banner.resize(2400, 400)
    assert LONG in shown_words(banner)


def test_a_line_that_was_warning_tells_the_next_thing_quietly(qtbot, desk) -> None:
    line = MessageLine(desk.look)
    qtbot.addWidget(line)
    line.tell("没有写成。")
    line.warn()
    assert line.property("warn")
    line.tell("已写成。")
    assert not line.property("warn")
