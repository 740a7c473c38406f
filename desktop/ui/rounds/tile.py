"""The round's tile on the overview: how many have answered, of how many, and how long is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit import plain
from desktop.ui.kit.figure_button import FigureButton
from desktop.ui.rounds.figures import day
from desktop.workspace.returns.rounds import RoundState

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look, Tokens
    from desktop.ui.rounds.figures import RoundFigures

NONE = "填报轮次"
SHORTER = (14, 11, 8)  # characters of a long name, as many as there is room for


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
            self.setToolTip("点击发给各单位填报")
            return
        stands, asked = found.stands, found.asked
        of = f"/ {len(stands.due)}"
        notes = (f"{of} 已回 · {found.days}", f"{of} · {found.days}") if asked.open else ()
        end = f"{day(asked.reply_by, found.today)}前" if asked.open else found.days
        short = (f"{asked.name[:many]}… · {end}" for many in SHORTER if len(asked.name) > many)
        captions = (found.name_and_day, *short, asked.name, end, "已回")
        figure, every = str(len(stands.returned)), f"/{len(stands.due)}"
        self.say(captions, figure, (*notes, f"{of} 已回", of), found.sentence, every)
        self.setToolTip(plain.tip(f"{found.sentence}\n点击查看各单位"))

    def colour(self, look: Tokens) -> str:
        if self._found is None:
            return look.faint
        if self._found.asked.state is RoundState.WITHDRAWN:
            return look.faint
        return look.green if not self._found.stands.missing else look.text

    def note_colour(self, look: Tokens) -> str:
        return look.red if self._found is not None and self._found.stands.late else look.muted
