"""The round's tile on the overview: how many have answered, of how many, and how long is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit import plain
from desktop.ui.kit.figure_button import FigureButton
from desktop.ui.rounds.figures import day

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look, Tokens
    from desktop.ui.rounds.figures import RoundFigures

NONE = "填报轮次"


class RoundTile(FigureButton):
    """The tile of a round, or of none yet."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._found: RoundFigures | None = None

    def show_round(self, found: RoundFigures | None) -> None:
        """Show a round, or that there is none."""
        self._found = found
        if found is None:
            self.say((NONE,), "—", ("还没有轮次",), "填报轮次：还没有")
            self.setToolTip("点击新建填报轮次")
            return
        stands = found.stands
        of = f"/ {len(stands.due)}"
        notes = (f"{of} 已回 · {found.days}", f"{of} · {found.days}", f"{of} 已回", of)
        captions = (found.name_and_day, found.asked.name, f"{day(found.asked.reply_by)}前", "已回")
        self.say(captions, str(len(stands.returned)), notes, found.sentence, f"/{len(stands.due)}")
        self.setToolTip(plain.tip(f"{found.sentence}\n点击查看各单位"))

    def colour(self, look: Tokens) -> str:
        if self._found is None:
            return look.faint
        return look.green if not self._found.stands.missing else look.text

    def note_colour(self, look: Tokens) -> str:
        return look.red if self._found is not None and self._found.stands.late else look.muted
