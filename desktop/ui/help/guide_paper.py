"""The manual on A4: title, contents with page numbers, and each chapter on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QSizeF, QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from desktop import TITLE, __version__
from desktop.ui.help import guide
from desktop.ui.help.guide import GuideKind, GuideLine
from desktop.ui.help.guide_setting import INDENT, GuideType, set_lines
from desktop.ui.kit import look as looks
from desktop.ui.printing.paper import INK, Paper, typeface

SIZE, PICTURED = 11.0, 0.8  # points of the body; the part of the line that a picture takes
HEADING = "#1d3f7a"
MUTED = "#505050"
NAME = f"{TITLE}使用手册"


def paper() -> Paper:
    """Return the manual on its pages. Raises KnownError where it is missing."""
    told = guide.lines()
    first = next((at for at, line in enumerate(told) if line.kind is GuideKind.CHAPTER), len(told))
    pages: Mapping[GuideLine, int] = {}
    for _first_without_the_numbers in range(2):
        made = Paper(NAME, (NAME, f"{__version__} 版"))
        option = made.defaultTextOption()
        option.setTabStopDistance(made.length(SIZE * INDENT))
        made.setDefaultTextOption(option)
        kind = _type(made)
        _take_pictures(made, told)
        set_lines(made, told[:first], kind)
        _set_contents(made, told, pages, kind)
        headings = set_lines(made, told[first:], kind)
        _keep_headings(made, headings)
        pages = {line: _page(made, made.findBlockByNumber(block)) + 1 for block, line in headings.items()}
    return made


def dated(pdf: bytes, moment: datetime) -> bytes:
    """Return a PDF as if written at a moment (UTC), under an identity of its own words: same in, same out."""
    day, at = f"{moment:%Y%m%d%H%M%S}".encode(), f"{moment:%Y-%m-%dT%H:%M:%S}".encode()
    identity = str(uuid5(NAMESPACE_URL, f"{NAME} {__version__}")).encode()
    for form, told in (
        (rb"(?<=\(D:)\d{14}", day),
        (rb"(?<=Date=\")[\dT:-]{19}", at),
        (rb"(?<=\"uuid:)[0-9a-f-]{36}", identity),
        (rb"(?<=<)[0-9a-f]{72}(?=>)", identity.hex().encode()),
    ):
        pdf = re.sub(form, told, pdf)
    return pdf


def _type(made: Paper) -> GuideType:
    def pictured(name: str) -> QSizeF:
        size = QImage(str(guide.picture(name))).size()
        wide = made.area.width() * PICTURED
        return QSizeF(wide, size.height() * wide / max(size.width(), 1))

    return GuideType(
        SIZE,
        INK,
        MUTED,
        HEADING,
        lambda points, bold: typeface(looks.UI_FAMILIES, points, bold=bold),
        made.length,
        lambda points: points,
        pictured,
        chapters_on_new_pages=True,
    )


def _take_pictures(made: Paper, told: Sequence[GuideLine]) -> None:
    for line in told:
        if line.kind is GuideKind.PICTURE:
            image = QImage(str(guide.picture(line.mark)))
            made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(line.mark), image)


def _set_contents(
    made: Paper, told: Sequence[GuideLine], pages: Mapping[GuideLine, int], kind: GuideType
) -> None:
    """Write a line for each heading, its page at the right edge."""
    cursor = QTextCursor(made)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    for line in told:
        if line.is_heading:
            is_chapter = line.kind is GuideKind.CHAPTER
            form = QTextBlockFormat()
            form.setTopMargin(kind.length(SIZE * (0.9 if is_chapter else 0.25)))
            aside = 0 if is_chapter else 2 * SIZE
            form.setLeftMargin(kind.inset(aside))
            edge = kind.length(made.area.width() - aside - 1)
            form.setTabPositions([QTextOption.Tab(edge, QTextOption.TabType.RightTab)])
            cursor.insertBlock(form)
            cursor.insertText(f"{line.words}\t{pages.get(line, 0)}", kind.letters(bold=is_chapter))


def _keep_headings(made: Paper, headings: Mapping[int, GuideLine]) -> None:
    """Begin a page with each heading that would stand at a page's foot, its text on the next one."""
    for number in headings:
        block = made.findBlockByNumber(number)
        if _page(made, block) != _page(made, block.next()):
            form = QTextBlockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).mergeBlockFormat(form)


def _page(made: Paper, block: QTextBlock) -> int:
    """Return on which page, from 0, the first line of a block stands."""
    top = made.documentLayout().blockBoundingRect(block).topLeft()
    line = block.layout().lineAt(0).rect().translated(top)
    return int(line.center().y() // made.area.height())
