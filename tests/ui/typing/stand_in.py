"""A daemon that speaks as fcitx does and knows one word: ``python stand_in.py fcitx4|fcitx5``.

Letters are held and shown; a space takes 你好 for them; Return takes the letters themselves; Backspace takes
one back, and is given back when there is none. It takes no other key, and says what it heard on stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from jeepney import DBusAddress, Message, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

NAMES = {"fcitx4": "org.fcitx.Fcitx-0", "fcitx5": "org.fcitx.Fcitx5"}
PATHS = {"fcitx4": "/inputcontext_7", "fcitx5": "/org/freedesktop/portal/inputcontext/7"}
CONTEXTS = {"fcitx4": "org.fcitx.Fcitx.InputContext", "fcitx5": "org.fcitx.Fcitx.InputContext1"}
SPACE, RETURN, BACKSPACE = 0x20, 0xFF0D, 0xFF08


def answers(kind: str, held: list[str], symbol: int) -> tuple[bool, list[tuple[str, str, tuple[Any, ...]]]]:
    """Return whether a key is ours, and the signals that it brings."""
    shown = ("UpdateFormattedPreedit", "a(si)i")

    def typed() -> tuple[str, str, tuple[Any, ...]]:
        text = "".join(held)
        return (*shown, ([(text, 8)] if text else [], len(text.encode())))

    if ord("a") <= symbol <= ord("z"):
        held.append(chr(symbol))
        return True, [typed()]
    if symbol in (SPACE, RETURN) and held:
        word = "你好" if symbol == SPACE else "".join(held)
        held.clear()
        return True, [("CommitString", "s", (word,)), typed()]
    if symbol == BACKSPACE:
        if held:
            held.pop()
            return True, [typed()]
        last = (
            ("ForwardKey", "uui", (BACKSPACE, 0, 0))
            if kind == "fcitx4"
            else ("ForwardKey", "uub", (BACKSPACE, 0, False))
        )
        return True, [last]
    return False, []


def heard(
    kind: str, held: list[str], message: Message, member: str
) -> tuple[str, tuple[Any, ...], list[Any]]:
    """Return the signature and the values of the answer to a call, and the signals before it."""
    if member == "CreateICv3":
        return "ibuuuu", (7, True, 0, 0, 0, 0), []
    if member == "CreateInputContext":
        return "oay", (PATHS[kind], b"0123456789abcdef"), []
    if member == "ProcessKeyEvent":
        symbol, _, _, released, _ = message.body
        mine, signals = (False, []) if released else answers(kind, held, symbol)
        return ("i" if kind == "fcitx4" else "b"), (int(mine) if kind == "fcitx4" else mine,), signals
    if member == "Reset":
        held.clear()
    return "", (), []


def calls(connection: Any) -> Iterator[tuple[Message, str]]:
    """Yield what is called, with its name."""
    while True:
        message = connection.receive()
        if message.header.message_type is MessageType.method_call:
            fields = {field.name: value for field, value in message.header.fields.items()}
            yield message, fields["member"]


def main(kind: str) -> None:
    """Answer until the bus goes."""
    connection = open_dbus_connection("SESSION")
    connection.send_and_get_reply(message_bus.RequestName(NAMES[kind]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    held: list[str] = []
    sender = DBusAddress(PATHS[kind], interface=CONTEXTS[kind])
    for message, member in calls(connection):
        signature, values, signals = heard(kind, held, message, member)
        for name, types, body in signals:
            connection.send(new_signal(sender, name, types, body))
        what = f"{member} {message.body[0]}" if member == "ProcessKeyEvent" else member
        sys.stdout.write(f"{what}\n")
        sys.stdout.flush()  # before the answer: whoever has that may end us
        connection.send(new_method_return(message, signature or None, values))


if __name__ == "__main__":
    main(sys.argv[1])
