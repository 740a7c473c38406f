"""What was searched for last: kept in the workspace, newest first, offered in a menu under the empty field.

Kept is a search that found something and of which a hit was opened. A window that only reads keeps nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.ui.kit import plain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk

SETTING = "recent_searches"
MOST = 10
LONGEST = 200  # characters; longer ones are pasted text
SHOWN = 30


def kept(desk: Desk) -> tuple[str, ...]:
    """Return what was searched for, newest first; nothing where what is kept cannot be read."""
    try:
        found = json.loads(desk.setting(f"ui.{SETTING}", "[]"))
    except ValueError:
        return ()
    return tuple(each for each in found if isinstance(each, str))[:MOST] if isinstance(found, list) else ()


def keep(desk: Desk, text: str) -> None:
    """Put a search first; one that differs only in its spaces is the same."""
    words = " ".join(text.split())
    if words and len(words) <= LONGEST:
        others = [each for each in kept(desk) if each != words]
        _put(desk, [words, *others][:MOST])


def forget(desk: Desk) -> None:
    """Keep none of them any more."""
    _put(desk, [])


def menu(desk: Desk, parent: QWidget, search: Callable[[str], object]) -> QMenu | None:
    """Return a menu that searches for one of them again, or forgets all; None when there are none."""
    texts = kept(desk)
    if not texts:
        return None
    made = QMenu(parent)
    made.setAccessibleName("最近搜索")
    made.setToolTipsVisible(True)
    for text in texts:
        line = plain.line(made, text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
        line.setToolTip(plain.tip(text))
        line.triggered.connect(lambda _on=False, text=text: search(text))
    made.addSeparator()
    clear = plain.line(made, "清除最近搜索")
    clear.setEnabled(not desk.read_only)
    clear.triggered.connect(lambda: forget(desk))
    made.setActiveAction(made.actions()[0])
    return made


def _put(desk: Desk, texts: list[str]) -> None:
    desk.remember_place({SETTING: json.dumps(texts, ensure_ascii=False)})
