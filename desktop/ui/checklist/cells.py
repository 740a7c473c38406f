"""How the cells of a checklist look and how high they need to be."""

from __future__ import annotations

from datetime import date

from desktop.catalogue.typeset import typeset
from desktop.ui.checklist import columns, model
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.look import Tokens
from desktop.workspace.evidence.standing import NOTHING, Standing
from desktop.workspace.items.deadline import UNSTATED
from desktop.workspace.items.model import Item, Light

WARNS = "⚠"


def pieces(
    item: Item, column: int, look: Tokens, today: date, selected: bool, evidence: Standing = NOTHING
) -> list[Piece]:
    """Return what stands in a cell, from top to bottom; ``selected`` is true where it can be edited now."""
    if column == columns.EVIDENCE:
        return _attached(evidence, look, selected)
    text = model.shown(item, column)
    if column == columns.NUMBER:
        return [Piece(text, look.muted, right=True)]
    if column == columns.TITLE:
        below = [Piece(typeset(item.category), look.muted, 0.92)] if item.category else []
        if warning := model.mark(item):
            below.append(Piece(f"{WARNS} {warning}", look.near, 0.92))
        return [Piece(text, look.text, bold=True), *below]
    if column == columns.STATUS:
        words = f"{text} ▾" if selected else text
        return [Piece(words, look.status(item.entry.status), 0.92, boxed=True)]
    if column == columns.DEADLINE:
        left = model.time_left(item, today)
        colour = look.faint if text == UNSTATED.words else look.text
        return [Piece(text, colour), *([Piece(left, look.told(item.light), 0.92)] if left else [])]
    if column == columns.LIGHT:
        quiet = item.light is Light.GREY
        return [Piece(text, look.muted if quiet else look.text, dot=look.light(item.light))]
    made = [Piece(text, look.text)] if text else []
    if column == columns.PROBLEMS and (told := model.reason(item)):
        made.insert(0, Piece(told, look.muted, 0.92))
    if not made and selected:
        made = [Piece("填写……", look.faint)]
    return made


def _attached(evidence: Standing, look: Tokens, selected: bool) -> list[Piece]:
    """Return the cell of 佐证材料: how many, by name, and in red what is missing or altered."""
    if not evidence.files:
        return [Piece("添加……", look.faint)] if selected else []
    made = [Piece(f"{len(evidence.files)} 份", look.accent)]
    made += [Piece(f"{WARNS} {warning}", look.red, 0.92, bold=True) for warning in evidence.warnings]
    return made + [Piece(name, look.muted, 0.92, single=True) for name in evidence.names]


def shortened(made: list[Piece], column: int) -> list[Piece]:
    """Return the two pieces of a cell that matter most: of a measure its title and what warns of it."""
    if column == columns.TITLE:
        return [made[0], *(piece for piece in made[1:] if piece.text.startswith(WARNS))]
    return made[:2]
