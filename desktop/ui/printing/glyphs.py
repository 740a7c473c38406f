"""Characters that no typeface of this machine has: they would be printed as boxes, so it is said which."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from PySide6.QtGui import QTextLayout

from desktop.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont

    from desktop.ui.printing.paper import Paper

ENDLESS = 1e9
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
MOST = 8  # are named; of the others it is said how many they are
HINT = "请由管理员安装收字更全的字体（支持 GB 18030-2022 的大字库）后再打印；录入的内容没有改变。"


def lacking(paper: Paper) -> KnownError | None:
    """Return what to say of the characters of ``paper`` that are not in any typeface; None when all are."""
    found = absent(paper.words(), paper.defaultFont())
    if not found:
        return None
    codes = "、".join(f"U+{ord(character):04X}" for character in found[:MOST])
    more = f" 等 {len(found)} 个字" if len(found) > MOST else ""
    return KnownError(f"这些字在本机字体中没有：{codes}{more}，纸上是空框。", HINT)


def absent(words: Iterable[str], font: QFont) -> list[str]:
    """Return the characters of ``words`` that neither ``font`` nor what stands in for it has, each once."""
    used = sorted(character for character in set("".join(words)) if category(character) not in _UNSEEN)
    if 0 not in _glyphs("".join(used), font):
        return []
    return [character for character in used if 0 in _glyphs(character, font)]


def _glyphs(text: str, font: QFont) -> list[int]:
    """Return the glyphs by which ``text`` is drawn, 0 for each that is nowhere."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine().setLineWidth(ENDLESS)
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
