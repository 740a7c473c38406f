"""On start: a line that says what turned red since someone last looked; nothing when nothing did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.frame import strips
from desktop.ui.overview import reminder_rows

if TYPE_CHECKING:
    from desktop.ui.frame.strips import Strip
    from desktop.ui.frame.window import Window
    from desktop.workspace.items.model import Item, ItemKey


def begin(window: Window) -> Strip | None:
    """Put the line above the pages if there is something to say. Only the window that writes says it.

    Until it is closed, the next start says it again.
    """
    desk = window.desk
    if desk.read_only:
        return None
    since = reminder_rows.last_seen(desk)
    items = reminder_rows.turned_red(desk.every_item(), since) if since else ()
    if since is None or not items:
        reminder_rows.mark_seen(desk)
        return None
    units = {unit.key: unit.name for unit in desk.catalogue.checklist_units()}
    words = reminder_rows.sentence(items, since, units)
    strip = strips.put(window, words, 查看=lambda: _show(window, items))
    strip.close_button.setText("知道了")
    strip.close_button.clicked.connect(lambda: reminder_rows.mark_seen(desk))
    return strip


def _show(window: Window, items: tuple[Item, ...]) -> None:
    from desktop.ui.overview.reminder_dialog import ReminderDialog

    def go(key: ItemKey) -> None:
        window.open_unit(key.unit_key, key.measure_key)
        window.checklist.table.setFocus()

    dialog = ReminderDialog(window.desk, [window.desk.item(item.key) for item in items], window)
    dialog.item_chosen.connect(go)
    dialog.open()
