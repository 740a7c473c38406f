"""In which colours the labels of pieces are shown: ink and ground, both tokens of the look."""

from __future__ import annotations

from desktop.reading.model import Label
from desktop.ui.kit.look import Tokens

SHOWN_FIRST = (Label.HEADING, Label.GROUP, Label.MEASURE, Label.CONTINUATION, Label.UNITS, Label.NOTE)
"""The labels that are given most often, in the order of their keys from 1."""
SHOWN_AFTER = tuple(label for label in Label if label not in SHOWN_FIRST)


def ink(look: Tokens, label: Label) -> str:
    """Return the colour of the words of a label."""
    match label:
        case Label.HEADING | Label.GROUP:
            return look.violet
        case Label.MEASURE | Label.CONTINUATION:
            return look.accent
        case Label.UNITS:
            return look.green
    return look.muted


def ground(look: Tokens, label: Label) -> str:
    """Return the colour on which the words of a label stand."""
    match label:
        case Label.HEADING | Label.GROUP:
            return look.violet_soft
        case Label.MEASURE | Label.CONTINUATION:
            return look.accent_soft
        case Label.UNITS:
            return look.green_soft
    return look.desk
