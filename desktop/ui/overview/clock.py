"""Says on start that the machine's clock must be wrong: something was entered after what it calls today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.catalogue.validity import date_words
from desktop.workspace.items import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.desk import Desk
    from desktop.ui.kit.message_line import MessageLine

_SLACK = timedelta(days=1)  # entries of a machine in another time zone


def begin(desk: Desk, announce: Callable[[str], MessageLine]) -> MessageLine | None:
    """Let ``announce`` put the line above the pages if the clock went back; return it."""
    newest = changes.select(desk.workspace.db, "true", limit=1)
    last = date.fromisoformat(newest[0].at[:10]) if newest else desk.today()
    if last <= desk.today() + _SLACK:
        return None
    line = announce(
        f"电脑日期是{date_words(desk.today())}，早于最近一次填报（{date_words(last)}）。"
        "有效期、亮灯和逾期都按电脑日期计算，请先核对电脑日期。"
    )
    line.warn()
    return line
