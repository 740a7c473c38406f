"""The session bus: calls with a short wait, and signals told in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jeepney import (
    AuthenticationError,
    DBusAddress,
    DBusErrorResponse,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier

PATIENCE = 0.5  # seconds; a daemon answers within thousandths, and one that hangs must not freeze the window


class BusError(Exception):
    """The bus, or who was called, does not answer or refuses; ``gone`` where it is the bus itself."""

    def __init__(self, reason: object, *, gone: bool = False) -> None:
        super().__init__(str(reason))
        self.gone = gone


class Bus(QObject):
    """A connection to the session bus; ``heard`` is called with each signal that was asked for."""

    def __init__(self, heard: Callable[[Message], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard = heard
        self._signals: deque[Message] = deque()
        try:
            self._connection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError, RuntimeError, AuthenticationError, DBusErrorResponse) as error:
            raise BusError(error, gone=True) from error
        self._filter = self._connection.filter(MatchRule(type="signal"), queue=self._signals)
        self._filter.__enter__()
        self._notifier = QSocketNotifier(self._connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def call(
        self, address: DBusAddress, member: str, signature: str = "", values: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        """Return the answer to a call; signals that came before it are told first. Raises BusError."""
        return self._answer(new_method_call(address, member, signature or None, values))

    def tell(
        self, address: DBusAddress, member: str, signature: str = "", values: tuple[Any, ...] = ()
    ) -> None:
        """Call without waiting for an answer. Raises BusError."""
        try:
            self._connection.send(new_method_call(address, member, signature or None, values))
        except OSError as error:
            raise BusError(error, gone=True) from error

    def listen(self, rule: MatchRule) -> None:
        """Have the signals that fit ``rule`` sent here. Raises BusError."""
        self._answer(message_bus.AddMatch(rule))

    def is_there(self, service: str) -> bool:
        """Return whether anybody has a name on the bus. Raises BusError."""
        return bool(self._answer(message_bus.NameHasOwner(service))[0])

    def close(self) -> None:
        """Let go of the connection."""
        self._notifier.setEnabled(False)
        with suppress(OSError):
            self._connection.close()

    def _answer(self, message: Message) -> tuple[Any, ...]:
        try:
            reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        except TimeoutError as error:
            raise BusError("no answer") from error
        except (OSError, ValueError) as error:
            raise BusError(error, gone=True) from error
        self._tell()
        if reply.header.message_type is MessageType.error:
            raise BusError(reply.body)
        return tuple(reply.body)

    def _read(self) -> None:
        try:
            while True:
                self._connection.recv_messages(timeout=0)
        except TimeoutError:
            self._tell()
        except (OSError, ValueError):
            self._notifier.setEnabled(False)  # the bus is gone: the next call says so
            self._tell()

    def _tell(self) -> None:
        while self._signals:
            self._heard(self._signals.popleft())
