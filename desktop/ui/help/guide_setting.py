"""The manual set into a document, for the screen and for paper alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)

from desktop.ui.help.guide import GuideKind, GuideLine

SHOWN = re.compile(r"(【[^】]+】)")
"""Words of the screen."""
LINK = "picture:"
SIZES = {GuideKind.TITLE: 2.0, GuideKind.CHAPTER: 1.6, GuideKind.TASK: 1.25}
ABOVE = {
    GuideKind.CHAPTER: 2.2,
    GuideKind.TASK: 1.6,
    GuideKind.TEXT: 0.5,
    GuideKind.STEP: 0.4,
    GuideKind.POINT: 0.3,
    GuideKind.PICTURE: 0.7,
}
INDENT, PITCH = 1.9, 1.2
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


@dataclass(frozen=True, slots=True)
class GuideType:
    """How the manual is set: ``size`` of the body in points, colours, and what its place asks of lengths.

    ``font`` gives a typeface of so many points; ``length`` what block formats need for so many points, and
    ``inset`` what their left margins and first lines need, which Qt takes otherwise on paper; ``pictured``
    the size of a picture in points, by its name.
    """

    size: float
    ink: str
    muted: str
    accent: str
    font: Callable[[float, bool], QFont]
    length: Callable[[float], float]
    inset: Callable[[float], float]
    pictured: Callable[[str], QSizeF]
    chapters_on_new_pages: bool = False

    def letters(self, factor: float = 1.0, *, bold: bool = False, ink: str = "") -> QTextCharFormat:
        """Return the format of letters."""
        made = QTextCharFormat()
        made.setFont(self.font(self.size * factor, bold))
        made.setForeground(QColor(ink or self.ink))
        return made


def set_lines(document: QTextDocument, told: Iterable[GuideLine], kind: GuideType) -> dict[int, GuideLine]:
    """Write the manual at the end of ``document``; return its headings by the numbers of their blocks."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    headings: dict[int, GuideLine] = {}
    cursor.beginEditBlock()
    for line in told:
        form, letters = _block(line, kind), kind.letters()
        if document.isEmpty():
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form, letters)
        if line.is_heading:
            headings[cursor.block().blockNumber()] = line
        _write(cursor, line, kind)
    cursor.endEditBlock()
    return headings


def _block(line: GuideLine, kind: GuideType) -> QTextBlockFormat:
    made = QTextBlockFormat()
    em = kind.length(kind.size)
    made.setTopMargin(ABOVE.get(line.kind, 0) * em)
    if line.kind is GuideKind.PICTURE:
        made.setBottomMargin(0.4 * em)
    else:
        made.setLineHeight(100 * (1.2 if line.is_heading else PITCH), _PROPORTIONAL)
    if line.kind in (GuideKind.STEP, GuideKind.POINT):
        made.setLeftMargin(INDENT * kind.inset(kind.size))
        made.setTextIndent(-INDENT * kind.inset(kind.size))
    if line.kind is GuideKind.CHAPTER and kind.chapters_on_new_pages:
        made.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    return made


def _write(cursor: QTextCursor, line: GuideLine, kind: GuideType) -> None:
    if line.kind is GuideKind.PICTURE:
        size = kind.pictured(line.mark)
        picture = QTextImageFormat()
        picture.setName(line.mark)
        picture.setWidth(kind.length(size.width()))
        picture.setHeight(kind.length(size.height()))
        picture.setAnchor(True)
        picture.setAnchorHref(f"{LINK}{line.mark}")
        picture.setProperty(QTextFormat.Property.ImageAltText.value, line.words)
        cursor.insertImage(picture)
        return
    heavy = line.kind in SIZES
    ink = kind.muted if line.kind is GuideKind.TEXT else kind.accent if line.kind is GuideKind.CHAPTER else ""
    plain = kind.letters(SIZES.get(line.kind, 1.0), bold=heavy, ink=ink if heavy else "")
    if line.kind in (GuideKind.STEP, GuideKind.POINT):
        cursor.insertText(f"{line.mark or '·'}\t", kind.letters(ink=kind.accent, bold=True))
    for part in SHOWN.split(line.words):
        shown = SHOWN.fullmatch(part) is not None and not heavy
        cursor.insertText(part, kind.letters(ink=kind.accent) if shown else plain)
