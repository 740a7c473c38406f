"""The line above the pages: what is shown is past its day, or some of what is in use is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui import origin
from desktop.ui.kit.message_line import Banner

if TYPE_CHECKING:
    from desktop.catalogue.model import Notice
    from desktop.ui.desk import Desk

ADVICE = "引用前请核实是否有延续或替代文件。"


class ValidityLine(Banner):
    """Speaks of the notice that is shown; of all in use where none is, or a page is about several."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self._desk = desk

    def show_for(self, measure_key: str) -> None:
        """Speak of a measure's notice, of all for ""."""
        catalogue = self._desk.catalogue
        if measure_key:
            self._of_one(catalogue.notice_of(catalogue.measure(measure_key)))
        elif len(catalogue.notices) == 1:
            self._of_one(catalogue.notices[0])
        else:
            self._of_several(catalogue.notices)

    def _of_one(self, notice: Notice) -> None:
        validity = self._desk.validity_of(notice)
        if not validity.expired:
            self.say("")
            return
        called = f"{notice.called}" if origin.several(self._desk.catalogue) else "本文件"
        self.say(f"{called}有效期至 {validity.until}，", f"已过有效期 {validity.days_past} 天", f"。{ADVICE}")

    def _of_several(self, notices: tuple[Notice, ...]) -> None:
        past = [notice for notice in notices if self._desk.validity_of(notice).expired]
        if not past:
            self.say("")
            return
        named = "、".join(notice.called for notice in past[:2]) + ("等" if len(past) > 2 else "")
        self.say(f"在用的发文中有 {len(past)} 份", "已过有效期", f"：{named}。{ADVICE}")
