"""What is to be ticked or opened is seen in both looks, ticked or not."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
)

from desktop.ui.kit import style_sheet
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.look import Look

SEEN = 3.0  # the least contrast of what is not text, WCAG 2.1, 1.4.11


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def look(request, qapp):
    look = Look(dark=request.param)
    style_sheet.apply(qapp, look.tokens)
    yield look
    style_sheet.apply(qapp, Look().tokens)


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def most_contrast(qtbot, widget, look, area=None):
    """Return the most contrast with the ground that any pixel in an area of a drawn widget has."""
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    picture = widget.grab().toImage()
    area = area(widget) if area else picture.rect()
    ground = QColor(look.tokens.surface)
    return max(
        contrast(picture.pixelColor(x, y), ground)
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )


def indicator(element):
    def of(widget):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        return widget.style().subElementRect(element, option, widget)

    return of


@pytest.mark.parametrize("checked", [False, True])
def test_a_box_and_a_choice_are_seen(qtbot, look, checked):
    for made, element in (
        (TickBox("另附", look), QStyle.SubElement.SE_CheckBoxIndicator),
        (QRadioButton("已完成"), QStyle.SubElement.SE_RadioButtonIndicator),
    ):
        made.setChecked(checked)
        assert most_contrast(qtbot, made, look, indicator(element)) >= SEEN


@pytest.mark.parametrize("kind", [QComboBox, QDateEdit, QSpinBox])
def test_a_field_shows_its_arrow(qtbot, look, kind):
    made = kind()
    if isinstance(made, QDateEdit):
        made.setCalendarPopup(True)
    made.setMinimumWidth(160)
    right = most_contrast(
        qtbot, made, look, lambda widget: widget.rect().adjusted(widget.width() - 26, 4, -4, -4)
    )
    assert right >= SEEN
