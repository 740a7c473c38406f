"""The figures on top of the overview: each tile a button that leads to the rows that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit import plain
from desktop.ui.kit.figure_button import FigureButton
from desktop.ui.overview.figures import Tile

if TYPE_CHECKING:
    from desktop.ui.kit.look import Look, Tokens

SHORT = {Tile.FINISHED: "完成"}  # where there is no room for the whole name


class TileButton(FigureButton):
    """The tile of a set of items."""

    def __init__(self, look: Look, tile: Tile) -> None:
        super().__init__(look)
        self.tile = tile
        self.figure = 0

    def show_figure(self, figure: int, note: str) -> None:
        """Show another figure."""
        self.figure = figure
        words = f"{self.tile}：{figure}项" + (f"，{note}" if note else "")
        self.say((self.tile, SHORT.get(self.tile, self.tile)), str(figure), (note,), words)
        self.setToolTip(plain.tip(f"{words}\n点击查看这些事项"))

    def colour(self, look: Tokens) -> str:
        meant = {
            Tile.FINISHED: look.green,
            Tile.UNDER_WAY: look.blue,
            Tile.LATE: look.red,
            Tile.NEAR: look.near,
        }
        return meant.get(self.tile, look.text) if self.figure else look.faint
