"""An input context of our own: keys go to fcitx first, what it makes of them goes into what has the focus.

PySide6 brings no plugin for fcitx, and the system's cannot be loaded into it (docs/decisions/typing.md).
So the keys of the window that has the focus are taken before any widget sees them. A key that fcitx does not
want goes its usual way. Where the daemon does not answer, or is gone, typing goes on without it; one that is
started again is taken up again.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, MatchRule, Message, message_bus
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QTextCharFormat,
    QWindow,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from desktop.ui.typing import dialects, keysyms
from desktop.ui.typing.bus import Bus, BusError
from desktop.ui.typing.dialects import Dialect, Key

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
AGAIN = 3.0  # seconds until a daemon that did not answer is asked again
_MARKED = 1 << 4  # of a piece of what is being typed: fcitx's text format
_OWNER_CHANGED = MatchRule(
    type="signal",
    sender=message_bus.bus_name,
    interface=message_bus.interface,
    member="NameOwnerChanged",
    path=message_bus.object_path,
)
_LOG = logging.getLogger(__name__)


class FcitxContext(QObject):
    """What is typed in the windows of the program goes through fcitx as long as this lives.

    Raises :class:`BusError` where there is no session bus.
    """

    def __init__(self, program: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialects = dialects.known(program)
        self._dialect: Dialect | None = None
        self._address = DBusAddress("/")
        self._not_before = 0.0
        self._focus: QObject | None = None
        self._typed = ""  # what is being typed and not yet taken
        self._window: QWindow | None = None
        self._bus = Bus(self._heard, self)
        self._bus.listen(_OWNER_CHANGED)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        app.focusObjectChanged.connect(self._focus_changed)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._place)
        self._watch(QGuiApplication.focusWindow())
        self._focus_changed(QGuiApplication.focusObject())

    def end(self) -> None:
        """Let go of the windows and of the bus."""
        self._watch(None)
        self._bus.close()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take a key of the window with the focus when fcitx wants it."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        assert isinstance(event, QKeyEvent)
        if self._focus is None or not self._ready():
            return False
        key = Key(
            event.nativeVirtualKey() or keysyms.symbol(event.key(), event.text()),
            event.nativeScanCode(),
            event.nativeModifiers(),
            event.type() is QEvent.Type.KeyRelease,
            event.timestamp() & 0xFFFFFFFF,
        )
        assert self._dialect is not None
        try:
            (mine,) = self._bus.call(self._address, *self._dialect.key_call(key))
        except BusError as error:
            self._lost(error)
            return False
        return bool(mine)

    def _watch(self, window: QWindow | None) -> None:
        """Listen to the keys of a window, and of no other."""
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _focus_changed(self, focus: QObject | None) -> None:
        if focus is self._focus:
            return
        if self._focus is not None:
            self._leave()
        self._focus = focus if focus is not None and takes_words(focus) else None
        if self._focus is not None and self._ready():
            self._tell("FocusIn")
            self._place()

    def _leave(self) -> None:
        """Take what is being typed into what loses the focus, as the daemon was told that we do."""
        left, typed = self._focus, self._typed
        self._typed = ""
        if typed:
            self._give(left, "", [], typed)
        if self._dialect is not None:
            self._tell("Reset")
            self._tell("FocusOut")

    def _ready(self) -> bool:
        """Return whether there is a context; one is made where a daemon is there."""
        if self._dialect is not None:
            return True
        if time.monotonic() < self._not_before:
            return False
        self._not_before = time.monotonic() + AGAIN
        try:
            for dialect in self._dialects:
                if self._bus.is_there(dialect.service):
                    self._make(dialect)
                    return True
        except BusError as error:
            self._lost(error)
        return False

    def _make(self, dialect: Dialect) -> None:
        factory = DBusAddress(dialect.factory_path, dialect.service, dialect.factory)
        path = dialect.path_of(self._bus.call(factory, *dialect.creating))
        self._bus.listen(MatchRule(type="signal", interface=dialect.context, path=path))
        self._address = DBusAddress(path, dialect.service, dialect.context)
        self._dialect = dialect
        member, signature = dialect.capability
        self._bus.call(self._address, member, signature, (dialects.CAN,))
        self._bus.call(self._address, "FocusIn")
        self._place()
        _LOG.info("typing through %s", dialect.service)

    def _lost(self, error: BusError) -> None:
        """Go on without the daemon: what was being typed stands as it is."""
        _LOG.info("fcitx does not answer: %s", error)
        self._dialect = None
        self._not_before = float("inf") if error.gone else time.monotonic() + AGAIN
        typed, self._typed = self._typed, ""
        if typed and self._focus is not None:
            self._give(self._focus, "", [], typed)

    def _tell(self, member: str, signature: str = "", values: tuple[Any, ...] = ()) -> None:
        try:
            self._bus.tell(self._address, member, signature, values)
        except BusError as error:
            self._lost(error)

    def _place(self) -> None:
        """Say where the cursor is, in pixels of the screen: the candidates are shown there."""
        focus = self._focus
        if self._dialect is None or not isinstance(focus, QWidget) or not isValid(focus):
            return
        cursor = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        inside = focus.viewport() if isinstance(focus, QAbstractScrollArea) else focus
        at = inside.mapToGlobal(cursor.topLeft())
        ratio, screen = focus.devicePixelRatioF(), focus.screen().geometry().topLeft()
        left, top = screen.x() + (at.x() - screen.x()) * ratio, screen.y() + (at.y() - screen.y()) * ratio
        place = (round(left), round(top), round(cursor.width() * ratio), round(cursor.height() * ratio))
        self._tell("SetCursorRect", "iiii", place)

    def _heard(self, message: Message) -> None:
        fields = {field.name: value for field, value in message.header.fields.items()}
        member, body = fields.get("member"), message.body
        if member == "NameOwnerChanged":
            self._owner_changed(*body)
        elif self._dialect is None or fields.get("path") != self._address.object_path:
            return
        elif member == "CommitString":
            self._typed = ""
            self._give(self._focus, "", [], body[0])
        elif member == "UpdateFormattedPreedit":
            self._show_typed(*body)
        elif member == "UpdatePreedit":
            self._show_typed([(body[0], 0)], body[1])
        elif member == "ForwardKey":
            self._forward(*body)

    def _owner_changed(self, name: str, _old: str, new: str) -> None:
        if self._dialect is not None and name == self._dialect.service:
            self._lost(BusError("gone"))
        if new and any(name == dialect.service for dialect in self._dialects):
            self._not_before = 0.0

    def _show_typed(self, pieces: Sequence[tuple[str, int]], cursor: int) -> None:
        """Show what is being typed; ``cursor`` counts bytes of UTF-8, below 0 for none."""
        text = "".join(piece for piece, _ in pieces)
        if not text and not self._typed:
            return
        shown: list[QInputMethodEvent.Attribute] = []
        at = 0
        for piece, style in pieces:
            length = _units(piece)
            look = _look(marked=bool(style & _MARKED))
            shown.append(QInputMethodEvent.Attribute(_FORMAT, at, length, look))
            at += length
        before = text.encode()[: max(cursor, 0)].decode("utf-8", "ignore")
        shown.append(QInputMethodEvent.Attribute(_CURSOR, _units(before), int(cursor >= 0), None))
        self._typed = text
        self._give(self._focus, text, shown)

    def _give(
        self,
        focus: QObject | None,
        typed: str,
        look: list[QInputMethodEvent.Attribute],
        taken: str = "",
    ) -> None:
        if focus is None or not isValid(focus):
            return
        event = QInputMethodEvent(typed, look)
        if taken:
            event.setCommitString(taken)
        QCoreApplication.sendEvent(focus, event)
        self._place()

    def _forward(self, symbol: int, held: int, kind: int) -> None:
        """Give a key back that the daemon took and does not want."""
        if self._focus is None or not isValid(self._focus):
            return
        pressed = QEvent.Type.KeyRelease if kind else QEvent.Type.KeyPress
        event = QKeyEvent(pressed, *keysyms.qt_key(symbol, held))
        QCoreApplication.sendEvent(self._focus, event)


_FORMAT = QInputMethodEvent.AttributeType.TextFormat
_CURSOR = QInputMethodEvent.AttributeType.Cursor


def takes_words(focus: QObject) -> bool:
    """Return whether what has the focus takes words in, and shows them: no password, no read-only text."""
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
    QCoreApplication.sendEvent(focus, query)
    if not query.value(Qt.InputMethodQuery.ImEnabled):
        return False
    hints = Qt.InputMethodHint(query.value(Qt.InputMethodQuery.ImHints) or 0)
    return not hints & HIDDEN


def _units(text: str) -> int:
    """Return how many UTF-16 units a text has, as Qt counts."""
    return len(text.encode("utf-16-le")) // 2


def _look(*, marked: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    if marked:
        palette = QGuiApplication.palette()
        look.setBackground(palette.highlight())
        look.setForeground(palette.highlightedText())
    return look
