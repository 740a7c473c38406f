"""X11's names of keys (keysyms) and Qt's, for the few that fcitx gives back."""

from __future__ import annotations

from PySide6.QtCore import Qt

_KEYS = {
    0xFF08: Qt.Key.Key_Backspace,
    0xFF09: Qt.Key.Key_Tab,
    0xFF0D: Qt.Key.Key_Return,
    0xFF1B: Qt.Key.Key_Escape,
    0xFF50: Qt.Key.Key_Home,
    0xFF51: Qt.Key.Key_Left,
    0xFF52: Qt.Key.Key_Up,
    0xFF53: Qt.Key.Key_Right,
    0xFF54: Qt.Key.Key_Down,
    0xFF57: Qt.Key.Key_End,
    0xFFFF: Qt.Key.Key_Delete,
}
_SYMBOLS = {key.value: symbol for symbol, key in _KEYS.items()}
_UNICODE = 0x01000000  # and above: the code point of a character
_HELD = (
    (1 << 0, Qt.KeyboardModifier.ShiftModifier),
    (1 << 2, Qt.KeyboardModifier.ControlModifier),
    (1 << 3, Qt.KeyboardModifier.AltModifier),
)


def symbol(key: int, text: str) -> int:
    """Return the keysym of a key of Qt with its text, 0 where it has none; where the screen tells none."""
    if key in _SYMBOLS:
        return _SYMBOLS[key]
    if len(text) != 1 or not text.isprintable():
        return 0
    return ord(text) if ord(text) < 0x100 else _UNICODE + ord(text)


def qt_key(keysym: int, held: int) -> tuple[int, Qt.KeyboardModifier, str]:
    """Return the key of Qt, the modifiers and the text for a keysym and a mask of X11."""
    modifiers = Qt.KeyboardModifier.NoModifier
    for bit, modifier in _HELD:
        if held & bit:
            modifiers |= modifier
    if keysym in _KEYS:
        return _KEYS[keysym].value, modifiers, ""
    code = keysym - _UNICODE if keysym > _UNICODE else keysym
    is_character = 0x20 <= code < 0x7F or 0xA0 <= code < 0x100 or keysym > _UNICODE
    text = chr(code) if is_character else ""
    upper = text.upper()
    return ord(upper) if len(upper) == 1 else 0, modifiers, text
