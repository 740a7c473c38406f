"""Which demands turned late since someone last looked: a line on start when any did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.workspace.demands import demands

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.message_line import MessageLine
    from desktop.workspace.demands.demands import DemandStanding

SEEN = "reminded_demands"  # the setting ``ui.reminded_demands``: the day on which someone last looked
NAMED = 24  # characters of a demand that the line says


def begin(desk: Desk, parent: QWidget, announce: Callable[..., MessageLine]) -> MessageLine | None:
    """Let ``announce`` put the line above the pages if there is something to say.

    Only the window that writes says it. Until it is closed, the next start says it again.
    """
    if desk.read_only:
        return None
    late = turned_late(desk)
    if not late:
        mark_seen(desk)
        return None

    def show() -> None:
        from desktop.ui.demands.figures import DemandSet
        from desktop.ui.overview.demands import DemandsDialog

        dialog = DemandsDialog(desk, parent)
        dialog.show_set(DemandSet.LATE)
        dialog.open()

    line = announce(sentence(late), 查看=show)
    line.warn()
    line.close_button.setText("知道了")
    line.close_button.clicked.connect(lambda: mark_seen(desk))
    return line


def turned_late(desk: Desk) -> tuple[DemandStanding, ...]:
    """Return the open demands that are late now and were not on the day when someone last looked."""
    db = desk.workspace.db
    found = [one for one in demands.every(db) if one.is_open]
    late = [one for one in demands.standings(db, found, desk.today()) if one.is_late]
    try:
        since = date.fromisoformat(desk.setting(f"ui.{SEEN}"))
    except ValueError:
        return tuple(late)
    then = demands.standings(db, (one.demand for one in late), min(since, desk.today()))
    known = {one.demand.key for one in then if one.is_late}
    return tuple(one for one in late if one.demand.key not in known)


def mark_seen(desk: Desk) -> None:
    """Remember that someone has looked today."""
    desk.remember_place({SEEN: desk.today().isoformat()})


def sentence(late: tuple[DemandStanding, ...]) -> str:
    """Return what turned late, in a line."""
    words = " ".join(late[0].demand.text.split())
    named = f"“{words[:NAMED]}{'……' if len(words) > NAMED else ''}”"
    return (
        f"企业诉求{named}转为逾期。" if len(late) == 1 else f"有 {len(late)} 件企业诉求转为逾期：{named}等。"
    )
