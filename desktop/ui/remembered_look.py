"""Colours and zoom as they were left, remembered again whenever they change."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.kit.look import Look


def kept(setting: Callable[[str, str], str], remember: Callable[[dict[str, str]], None]) -> Look:
    """Return the look that the settings ``ui.theme`` and ``ui.zoom`` say."""
    try:
        zoom = float(setting("ui.zoom", "1"))
    except ValueError:
        zoom = 1.0
    made = Look(dark=setting("ui.theme", "light") == "dark", zoom=zoom)

    def keep() -> None:
        chosen = made.tokens
        remember({"theme": "dark" if chosen.dark else "light", "zoom": str(chosen.zoom)})

    made.changed.connect(keep)
    return made
