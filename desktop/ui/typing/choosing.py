"""Which input method the desktop asks for, and whether it is left to Qt or taken by us."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication

QT, OTHERS = ("QT_IM_MODULES", "QT_IM_MODULE"), ("XMODIFIERS", "GTK_IM_MODULE")


def asks_for_fcitx(environment: Mapping[str, str]) -> bool:
    """Return whether the desktop wants fcitx: what it says of Qt counts, else what it says of others."""
    said = [environment[name] for name in QT if environment.get(name)]
    if said:
        return "fcitx" in said[0]
    return any("fcitx" in environment.get(name, "") for name in OTHERS)


def prepare() -> bool:
    """Return whether fcitx is asked for, and keep Qt from looking for its plugin; before QApplication."""
    if not asks_for_fcitx(os.environ):
        return False
    os.environ.pop("QT_IM_MODULES", None)
    os.environ["QT_IM_MODULE"] = "compose"  # dead keys stay
    return True


def begin(app: QApplication) -> None:
    """Let what is typed go through fcitx, where there is a bus on which to reach it."""
    from desktop.ui.typing.bus import BusError
    from desktop.ui.typing.context import FcitxContext

    try:
        FcitxContext(app.applicationName(), app)
    except BusError as error:
        logging.getLogger(__name__).info("no session bus, no fcitx: %s", error)
