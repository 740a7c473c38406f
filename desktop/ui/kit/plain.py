"""Text from outside is text: what a user or a file wrote is shown as it was written.

Qt guesses from the words themselves whether a tool tip is HTML, and then loads the pictures that it names.
In the words of menus and buttons an ``&`` underlines a letter, and a tab in a menu parts words from keys.
Every tip that is no constant goes through ``tip``, every such button through ``caption``, every such line
of a menu through ``line``.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

MOST = 4000  # characters; a tip is to be read at a glance, and laying out a longer one holds up the window


def tip(words: str) -> str:
    """Return what to give a tool tip so that it shows ``words``, the first ``MOST`` characters of them."""
    shown = words if len(words) <= MOST else f"{words[:MOST]}……"
    if "<" not in shown and "&" not in shown:  # without one of these nothing is taken for HTML
        return shown
    lines = escape(shown).replace("\n", "<br/>")  # at its beginning a paragraph drops the end of a line
    return f'<p style="white-space: pre-wrap">{lines}</p>'


def caption(words: str) -> str:
    """Return what to give a button so that it shows ``words``, on one line."""
    return " ".join(words.replace("&", "&&").split())


def line(menu: QMenu, words: str, keys: str = "") -> QAction:
    """Add a line to a menu that shows ``words``, and beside them ``keys``."""
    made = menu.addAction(caption(words) + (f"\t{keys}" if keys else ""))
    made.setToolTip(tip(words))  # else Qt makes one of the caption
    return made
