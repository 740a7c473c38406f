"""Colours, fonts and the style sheet: the one place where the looks are decided.

Two sets of tokens, light and dark. One accent; every other colour means something (a status, a light, a
match, the expired notice). Sizes are in points times the zoom, so that Ctrl+plus enlarges everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.ui.kit import style_sheet
from desktop.workspace.items.model import Light, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE_POINTS = 10.0
LOOK = "look"  # the application's property that names the look it has
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
    """The colours of one appearance, as ``#rrggbb``; ``zoom`` is a factor on all sizes."""

    dark: bool
    desk: str
    surface: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    faint: str
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
    green: str
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

    def light(self, light: Light) -> str:
        """Return the colour of a light."""
        return {
            Light.RED: self.red,
            Light.YELLOW: self.amber,
            Light.GREEN: self.green,
            Light.GREY: self.grey,
        }[light]

    def status(self, status: Status) -> str:
        """Return the colour of a status."""
        return {
            Status.NOT_STARTED: self.grey,
            Status.UNDER_WAY: self.blue,
            Status.DONE: self.green,
            Status.CLOSED: self.green,
            Status.NOT_APPLICABLE: self.grey,
        }[status]


LIGHT = Tokens(
    dark=False,
    desk="#f1f3f6",
    surface="#ffffff",
    raised="#f8fafc",
    hover="#f1f5fa",
    border="#dfe3e9",
    text="#1a1e24",
    muted="#5f6876",
    faint="#8a93a1",
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
    green="#1a7f37",
    blue="#1d5cc0",
    grey="#8a93a1",
    track="#e3e6eb",
)

DARK = Tokens(
    dark=True,
    desk="#16191d",
    surface="#1e2227",
    raised="#1a1d22",
    hover="#282d34",
    border="#343a42",
    text="#e8eaee",
    muted="#a3abb7",
    faint="#7d8693",
    accent="#74a9ff",
    accent_soft="#22344f",
    accent_text="#0d1726",
    official="#ff7d70",
    mark="#6b5310",
    mark_text="#fff3d1",
    mark_now="#a87514",
    warn="#ffd08a",
    warn_soft="#3b2b14",
    red="#ff6a6a",
    amber="#e2ab3c",
    green="#4fc36a",
    blue="#74a9ff",
    grey="#7d8693",
    track="#343a42",
)


def tokens(dark: bool, zoom: float) -> Tokens:
    """Return the tokens of an appearance at a zoom."""
    return replace(DARK if dark else LIGHT, zoom=zoom)


def font(families: Iterable[str], points: float, *, bold: bool = False) -> QFont:
    """Return a font that takes the first installed of ``families``."""
    made = QFont()
    made.setFamilies(list(families))
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def apply(app: QApplication, look: Tokens) -> None:
    """Give the whole application the look: style, palette, font, style sheet.

    Doing so again for the same look is free: restyling a window that stands takes longer than building it.
    """
    wanted = f"{'dark' if look.dark else 'light'} {look.zoom}"
    if app.property(LOOK) == wanted:
        return
    app.setProperty(LOOK, wanted)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(look))
    app.setFont(font(UI_FAMILIES, look.points()))
    app.setStyleSheet(style_sheet.style_sheet(look, TITLE_FAMILIES, BODY_FAMILIES))


def _palette(look: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: look.surface,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.raised,
        role.Text: look.text,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.BrightText: look.red,
        role.Highlight: look.accent,
        role.HighlightedText: look.accent_text,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.ToolTipBase: look.raised,
        role.ToolTipText: look.text,
        role.PlaceholderText: look.faint,
        role.Light: look.hover,
        role.Midlight: look.hover,
        role.Mid: look.border,
        role.Dark: look.border,
        role.Shadow: look.border,
        role.Accent: look.accent,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.faint))
    return palette
