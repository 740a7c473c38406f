"""Typing Chinese through fcitx, for which PySide6 brings no plugin."""
