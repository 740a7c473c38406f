"""Every status, light and part of a bar has a colour, in light and in dark."""

from __future__ import annotations

import re

import pytest

from desktop.ui.kit.look import DARK, LIGHT, Tokens
from desktop.ui.kit.progress_bar import brush
from desktop.workspace.items.model import Light, Part, Status


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_each_status_light_and_part_has_a_colour(tokens: Tokens) -> None:
    colours = [tokens.status(status) for status in Status] + [tokens.light(light) for light in Light]
    colours += [brush(part, tokens).color().name() for part in Part]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert len({tokens.light(light) for light in Light}) == len(Light)
