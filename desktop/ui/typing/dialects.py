"""What fcitx 4 and fcitx 5 call the same things on the session bus.

From the interfaces that the daemons publish: org.fcitx.Fcitx.InputMethod and InputContext of fcitx 4.2,
org.fcitx.Fcitx.InputMethod1 and InputContext1 of fcitx 5.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

PREEDIT, PASSWORD, FORMATTED_PREEDIT, COMMIT_WHEN_LEFT = 1 << 1, 1 << 3, 1 << 4, 1 << 5
CAN = PREEDIT | FORMATTED_PREEDIT | COMMIT_WHEN_LEFT
"""What an input context of ours can do: show what is being typed itself, and take it when it is left."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the screen tells it: its symbol, its code, which others were held, whether it was let go."""

    symbol: int
    code: int
    held: int
    released: bool
    time: int


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one daemon is asked: its name on the bus, and each call as (member, signature, values)."""

    service: str
    factory_path: str
    factory: str
    context: str
    creating: tuple[str, str, tuple[Any, ...]]
    capability: tuple[str, str]

    def path_of(self, reply: tuple[Any, ...]) -> str:
        """Return the path of the context that was made."""
        made = reply[0]
        return f"/inputcontext_{made}" if isinstance(made, int) else str(made)

    def key_call(self, key: Key) -> tuple[str, str, tuple[Any, ...]]:
        """Return the call that tells the daemon of a key; it answers whether the key is its own."""
        if self.context.endswith("1"):
            return "ProcessKeyEvent", "uuubu", (key.symbol, key.code, key.held, key.released, key.time)
        return "ProcessKeyEvent", "uuuiu", (key.symbol, key.code, key.held, int(key.released), key.time)


def known(program: str) -> tuple[Dialect, ...]:
    """Return the daemons that may answer, the newer first; ``program`` is what we are called."""
    number = re.search(r":(\d+)", os.environ.get("DISPLAY", ""))
    newer = [
        Dialect(
            service,
            "/org/freedesktop/portal/inputmethod",
            "org.fcitx.Fcitx.InputMethod1",
            "org.fcitx.Fcitx.InputContext1",
            ("CreateInputContext", "a(ss)", ([("program", program)],)),
            ("SetCapability", "t"),
        )
        for service in ("org.fcitx.Fcitx5", "org.freedesktop.portal.Fcitx")
    ]
    older = Dialect(
        f"org.fcitx.Fcitx-{number[1] if number else 0}",
        "/inputmethod",
        "org.fcitx.Fcitx.InputMethod",
        "org.fcitx.Fcitx.InputContext",
        ("CreateICv3", "si", (program, os.getpid())),
        ("SetCapacity", "u"),
    )
    return newer[0], older, newer[1]  # fcitx 4 may have the last name, too
