"""What a widget really draws: its words with their colours, its icons, and the ground that they stand on.

Words and icons are taken from the widget as it paints itself (into a drawing that keeps them as words and
icons), grounds from its pixels. So whatever is drawn is found, by style sheet, palette or delegate alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

SHARP = 3  # device pixels per pixel: strokes have cores that are not blended with their ground
NEAR = 40  # difference of colours, summed over red, green and blue, that blending at edges makes
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
NAMESPACE = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Word:
    """A run of words, in the colour of its pen, on the ground that most of its box has."""

    text: str
    colour: QColor
    ground: QColor
    place: QRect
    enabled: bool

    @property
    def contrast(self) -> float:
        return contrast(self.colour, self.ground)


@dataclass(frozen=True)
class Picture:
    """An icon: its ground, and the most contrast that any of its pixels has with that."""

    place: QRect
    contrast: float
    enabled: bool


def luminance(colour: QColor) -> float:
    """Return the relative luminance, WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1 to 21, WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def picture_of(widget: QWidget, area: QRect | None = None) -> QImage:
    """Return the pixels of a widget, or of an area of it, ``SHARP`` to the pixel."""
    area = area or widget.rect()
    image = QImage(area.size() * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(0)
    widget.render(image, QPoint(0, 0), area)
    return image


def _drawing(widget: QWidget) -> ElementTree.Element:
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    widget.render(generator)
    del generator  # it writes the end of the file
    kept = bytes(buffer.data().data()).decode("utf-8", "replace")
    return ElementTree.fromstring(CONTROLS.sub("", kept))


def _elements(node: ElementTree.Element, at: QTransform) -> Iterator[tuple[ElementTree.Element, QTransform]]:
    if matrix := node.get("transform", ""):
        numbers = [float(part) for part in matrix[len("matrix(") : -1].split(",")]
        at = QTransform(*numbers) * at
    yield node, at
    for below in node:
        yield from _elements(below, at)


def _pixels(image: QImage, place: QRect) -> Counter[int]:
    box = QRect(place.topLeft() * SHARP, place.size() * SHARP).intersected(QRect(QPoint(0, 0), image.size()))
    found: Counter[int] = Counter()
    bits, stride = image.constBits(), image.bytesPerLine()
    for y in range(box.top(), box.bottom() + 1):
        start = y * stride + box.left() * 4
        found.update(memoryview(bits)[start : start + box.width() * 4].cast("I"))
    return found


def _differ(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def _is_enabled(widget: QWidget, place: QRect) -> bool:
    child = widget.childAt(place.center())
    return child is None or child.isEnabled()


def looked_at(widget: QWidget) -> tuple[list[Word], list[Picture]]:
    """Return the words and icons that are seen on a widget, those cut off by others left out."""
    image, words, pictures = picture_of(widget), [], []
    for node, at in _elements(_drawing(widget), QTransform()):
        if node.tag == f"{NAMESPACE}text" and (text := (node.text or "").strip()):
            size, x, y = (float(node.get(name, "0")) for name in ("font-size", "x", "y"))
            font = QFont(widget.font())
            font.setPixelSize(max(round(size), 1))
            wide = QFontMetricsF(font).horizontalAdvance(text)
            place = at.mapRect(QRectF(x, y - 0.85 * size, wide, 1.05 * size)).toAlignedRect()
            seen = place.intersected(widget.rect())
            if seen.width() * seen.height() * 2 < place.width() * place.height():
                continue
            colour = QColor(node.get("fill", "#000000"))
            counted = _pixels(image, seen)
            if not any(_differ(QColor(each), colour) <= NEAR for each in counted):
                continue  # what scrolls has moved it out of sight
            ground = next(
                (c for c, _ in counted.most_common() if _differ(QColor(c), colour) > NEAR), colour.rgb()
            )
            words.append(Word(text, colour, QColor(ground), seen, _is_enabled(widget, seen)))
        elif node.tag == f"{NAMESPACE}image":
            box = QRectF(*(float(node.get(name, "0")) for name in ("x", "y", "width", "height")))
            place = at.mapRect(box).toAlignedRect().intersected(widget.rect())
            if place.isEmpty() or place.width() > 64:
                continue
            counted = _pixels(image, place)
            ground = QColor(counted.most_common(1)[0][0])
            most = max(contrast(QColor(each), ground) for each in counted)
            if most > 1.05:
                pictures.append(Picture(place, most, _is_enabled(widget, place)))
    return words, pictures
