"""Colours, fonts and zoom: the one place where they are decided.

Two sets of tokens, light and dark. One accent; every other colour means something (a status, a light, a
match, the expired notice). Sizes are in points times the zoom, so that Ctrl+plus enlarges everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont

from desktop.workspace.items.model import Light, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

BASE_POINTS = 10.0
LOW = 620  # a window less high than that, at zoom 1, has room for few lines
ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

UI_FAMILIES = [
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
]
TITLE_FAMILIES = [
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "方正小标宋_GBK",
    "Noto Serif CJK SC",
    "SimSun",
    "宋体",
]
BODY_FAMILIES = ["仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "Noto Serif CJK SC", "SimSun"]
HEADING_FAMILIES = ["黑体", "SimHei", "Noto Sans CJK SC", "Microsoft YaHei"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, as ``#rrggbb``; ``zoom`` is a factor on all sizes.

    ``border`` parts areas, ``field`` bounds what is filled in. ``amber`` is a mark, ``near`` the same in
    words.
    """

    dark: bool
    desk: str
    surface: str
    raised: str
    hover: str
    border: str
    field: str
    text: str
    muted: str
    faint: str
    disabled: str
    accent: str
    accent_soft: str
    accent_text: str
    official: str
    mark: str
    mark_text: str
    mark_now: str
    warn: str
    warn_soft: str
    red: str
    amber: str
    near: str
    green: str
    green_soft: str
    violet: str
    violet_soft: str
    blue: str
    grey: str
    track: str
    zoom: float = 1.0

    def points(self, factor: float = 1.0) -> float:
        """Return a font size in points, ``factor`` times the base size, zoomed."""
        return BASE_POINTS * factor * self.zoom

    def px(self, length: float) -> int:
        """Return a length in device-independent pixels, zoomed."""
        return round(length * self.zoom)

    def low(self, widget: QWidget) -> bool:
        """Return whether the window of ``widget`` is so low that heads and gaps must give way."""
        return widget.window().height() < self.px(LOW)

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the interface font at ``factor`` times the base size, zoomed."""
        return font(UI_FAMILIES, self.points(factor), bold=bold)

    def light(self, light: Light) -> str:
        """Return the colour of a light."""
        match light:
            case Light.RED:
                return self.red
            case Light.YELLOW:
                return self.amber
            case Light.GREEN:
                return self.green
            case Light.GREY:
                return self.grey
        assert_never(light)

    def told(self, light: Light) -> str:
        """Return the colour of words that tell of a light."""
        match light:
            case Light.YELLOW:
                return self.near
            case Light.RED | Light.GREEN | Light.GREY:
                return self.light(light)
        assert_never(light)

    def status(self, status: Status) -> str:
        """Return the colour of a status."""
        match status:
            case Status.NOT_STARTED | Status.NOT_APPLICABLE:
                return self.grey
            case Status.UNDER_WAY:
                return self.blue
            case Status.DONE | Status.CLOSED:
                return self.green
        assert_never(status)


LIGHT = Tokens(
    dark=False,
    desk="#f1f3f6",
    surface="#ffffff",
    raised="#f8fafc",
    hover="#f1f5fa",
    border="#dfe3e9",
    field="#838c9a",
    text="#1a1e24",
    muted="#5a6371",
    faint="#616a78",
    disabled="#7b8492",
    accent="#1d5cc0",
    accent_soft="#e6effb",
    accent_text="#ffffff",
    official="#b8231a",
    mark="#ffe6a1",
    mark_text="#1a1e24",
    mark_now="#ffb648",
    warn="#7d4a00",
    warn_soft="#fff3e2",
    red="#c81e2c",
    amber="#b27708",
    near="#8f5f00",
    green="#187533",
    green_soft="#e1f3e6",
    violet="#6b2fb0",
    violet_soft="#f0e7fb",
    blue="#1d5cc0",
    grey="#616a78",
    track="#e3e6eb",
)

DARK = Tokens(
    dark=True,
    desk="#16191d",
    surface="#1e2227",
    raised="#1a1d22",
    hover="#282d34",
    border="#343a42",
    field="#757e8b",
    text="#e8eaee",
    muted="#aeb6c2",
    faint="#98a1ae",
    disabled="#7d8693",
    accent="#74a9ff",
    accent_soft="#22344f",
    accent_text="#0d1726",
    official="#ff7d70",
    mark="#6b5310",
    mark_text="#fff3d1",
    mark_now="#94660f",
    warn="#ffd08a",
    warn_soft="#3b2b14",
    red="#ff7373",
    amber="#e2ab3c",
    near="#e2ab3c",
    green="#4fc36a",
    green_soft="#1c3626",
    violet="#c9a5ff",
    violet_soft="#33284a",
    blue="#74a9ff",
    grey="#98a1ae",
    track="#343a42",
)


class Look(QObject):
    """The appearance and the zoom that a window has now; whatever paints takes ``tokens`` when it paints.

    Signals:
        changed(): appearance or zoom differ; take sizes and pixmaps from ``tokens`` again
    """

    changed = Signal()

    def __init__(self, *, dark: bool = False, zoom: float = 1.0) -> None:
        super().__init__()
        self._tokens = tokens(dark, min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1]))

    @property
    def tokens(self) -> Tokens:
        """Return colours and zoom."""
        return self._tokens

    def set_dark(self, dark: bool) -> None:
        """Choose the dark or the light appearance."""
        self._take(tokens(dark, self._tokens.zoom))

    @property
    def zoom_step(self) -> int:
        """Return which of ``ZOOM_STEPS`` the zoom is, or is nearest to."""
        return min(range(len(ZOOM_STEPS)), key=lambda at: abs(ZOOM_STEPS[at] - self._tokens.zoom))

    def step_zoom(self, step: int) -> None:
        """Enlarge (+1), shrink (-1) or reset (0) all sizes."""
        last = len(ZOOM_STEPS) - 1
        self.set_zoom(1.0 if step == 0 else ZOOM_STEPS[max(0, min(last, self.zoom_step + step))])

    def set_zoom(self, zoom: float) -> None:
        """Take a factor on all sizes, one of ``ZOOM_STEPS``."""
        self._take(tokens(self._tokens.dark, zoom))

    def _take(self, wanted: Tokens) -> None:
        self._tokens = wanted
        self.changed.emit()


def tokens(dark: bool, zoom: float) -> Tokens:
    """Return the tokens of an appearance at a zoom."""
    return replace(DARK if dark else LIGHT, zoom=zoom)


def look_of(widget: QWidget) -> Tokens:
    """Return the tokens, at zoom 1, of the appearance that ``widget`` is shown in."""
    return DARK if widget.palette().window().color().lightnessF() < 0.5 else LIGHT


def font(families: Iterable[str], points: float, *, bold: bool = False) -> QFont:
    """Return a font that takes the first installed of ``families``."""
    made = QFont()
    made.setFamilies(list(families))
    made.setPointSizeF(points)
    made.setBold(bold)
    return made
