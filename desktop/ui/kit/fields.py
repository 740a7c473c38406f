"""Types for what PySide6's stubs leave out: the fields of Qt's plain structures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtGui import QAbstractTextDocumentLayout, QTextLayout
from PySide6.QtWidgets import QTextEdit

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QRectF, Qt
    from PySide6.QtGui import QFont, QFontMetrics, QTextCharFormat, QTextCursor
    from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

    class ViewOption(QStyleOptionViewItem):
        """How a cell is to be painted: where, in which state, with which font, on which view."""

        rect: QRect
        state: QStyle.StateFlag
        font: QFont
        fontMetrics: QFontMetrics  # noqa: N815
        widget: QWidget
        checkState: Qt.CheckState  # noqa: N815


Kept = TypeVar("Kept")


def of_option(option: QStyleOptionViewItem) -> ViewOption:
    """Return ``option`` with its fields known to the type checker."""
    return cast("ViewOption", option)


def selection(cursor: QTextCursor, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
    """Return what a text edit marks at ``cursor``."""
    made: Any = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, style
    return cast("QTextEdit.ExtraSelection", made)


def format_range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a range of a text layout, in UTF-16 units, with its format."""
    made: Any = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, style
    return cast("QTextLayout.FormatRange", made)


def clipped(part: QRectF) -> QAbstractTextDocumentLayout.PaintContext:
    """Return the context that draws only ``part`` of a document."""
    made: Any = QAbstractTextDocumentLayout.PaintContext()
    made.clip = part
    return cast("QAbstractTextDocumentLayout.PaintContext", made)


def there(one: Kept | None) -> Kept:
    """Return what is known to be there: a layout that was set, a part of one of Qt's own widgets."""
    assert one is not None
    return one
