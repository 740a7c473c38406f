"""Colours, fonts and the style sheet: the one place where the looks are decided.

Two sets of tokens, light and dark. One accent; every other colour means something (a status, a light, a match,
the expired notice). Sizes are in points times the zoom, so that Ctrl+plus enlarges everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.workspace.model import Light, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE_POINTS = 10.0
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
    """Give the whole application the look: style, palette, font, style sheet."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(look))
    app.setFont(font(UI_FAMILIES, look.points()))
    app.setStyleSheet(_style_sheet(look))


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


def _style_sheet(look: Tokens) -> str:
    p, px = look.points, look.px
    return f"""
    QWidget {{ outline: none; }}
    QMainWindow, #desk {{ background: {look.desk}; }}
    QToolTip {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.border}; padding: {px(4)}px; }}
    QFrame[surface="true"] {{ background: {look.surface}; border: none; }}
    QFrame[edge="right"] {{ border-right: 1px solid {look.border}; }}
    QFrame[edge="left"] {{ border-left: 1px solid {look.border}; }}
    QFrame[edge="bottom"] {{ border-bottom: 1px solid {look.border}; }}
    QFrame[edge="top"] {{ border-top: 1px solid {look.border}; }}
    QFrame[card="true"] {{ background: {look.surface}; border: 1px solid {look.border}; border-radius: 8px; }}
    QLabel[muted="true"] {{ color: {look.muted}; }}
    QLabel[small="true"] {{ font-size: {p(0.9)}pt; }}
    QLabel[section="true"] {{ color: {look.muted}; font-size: {p(0.92)}pt; font-weight: 600; }}
    QLabel[heading="true"] {{ font-size: {p(1.2)}pt; font-weight: 700; }}

    #rail {{ background: {look.raised}; border-right: 1px solid {look.border}; }}
    #rail QToolButton {{ border: none; border-radius: 8px; color: {look.muted}; padding: {px(6)}px 0;
        font-size: {p(0.92)}pt; background: transparent; }}
    #rail QToolButton:hover {{ background: {look.hover}; }}
    #rail QToolButton:focus {{ border: 1px solid {look.accent}; }}
    #rail QToolButton:checked {{ background: {look.accent_soft}; color: {look.accent}; font-weight: 700; }}

    #header {{ background: {look.surface}; border-bottom: 1px solid {look.border}; }}
    #banner {{ background: {look.warn_soft}; border-bottom: 1px solid {look.border}; }}
    #banner QLabel {{ color: {look.warn}; }}
    #status {{ background: {look.raised}; border-top: 1px solid {look.border}; }}
    #status QLabel {{ color: {look.muted}; font-size: {p(0.9)}pt; }}
    #status QLabel[state="bad"] {{ color: {look.red}; font-weight: 600; }}

    QLineEdit, QPlainTextEdit, QTextEdit#input, QDateEdit, QComboBox, QSpinBox {{
        background: {look.surface}; color: {look.text}; border: 1px solid {look.border}; border-radius: 5px;
        padding: {px(4)}px {px(8)}px; selection-background-color: {look.accent};
        selection-color: {look.accent_text}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit#input:focus, QDateEdit:focus, QComboBox:focus, QSpinBox:focus {{
        border: 1px solid {look.accent}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {look.faint}; background: {look.raised}; }}
    QComboBox QAbstractItemView {{ background: {look.surface}; border: 1px solid {look.border};
        selection-background-color: {look.accent_soft}; selection-color: {look.text}; padding: {px(2)}px; }}

    QPushButton {{ background: {look.surface}; color: {look.text}; border: 1px solid {look.border};
        border-radius: 6px; padding: {px(5)}px {px(12)}px; }}
    QPushButton:hover {{ background: {look.hover}; }}
    QPushButton:pressed {{ background: {look.accent_soft}; }}
    QPushButton:focus {{ border-color: {look.accent}; }}
    QPushButton:disabled {{ color: {look.faint}; }}
    QPushButton:checked {{ background: {look.accent_soft}; color: {look.accent}; border-color: {look.accent}; }}
    QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[primary="true"] {{ background: {look.accent}; color: {look.accent_text};
        border-color: {look.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:focus {{ border-color: {look.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {look.track}; color: {look.faint}; border-color: {look.track}; }}
    QPushButton[chip="true"] {{ border-radius: {px(13)}px; padding: {px(3)}px {px(10)}px; color: {look.muted}; }}
    QPushButton[chip="true"][active="true"] {{ background: {look.accent_soft}; color: {look.accent};
        border-color: {look.accent}; }}
    QPushButton[tag="true"] {{ border-radius: 5px; padding: {px(2)}px {px(7)}px; font-size: {p(0.92)}pt; }}
    QPushButton[quiet="true"] {{ border: none; background: transparent; color: {look.accent};
        padding: {px(2)}px {px(4)}px; text-align: left; }}
    QPushButton[quiet="true"]:hover {{ text-decoration: underline; }}
    QPushButton[quiet="true"]:focus {{ border: 1px solid {look.accent}; border-radius: 4px; }}
    QPushButton[row="true"] {{ text-align: left; padding: 0; border-radius: 6px; }}
    QPushButton[segment="true"] {{ border: none; border-radius: 5px; padding: {px(4)}px {px(6)}px; color: {look.muted};
        background: transparent; }}
    QPushButton[segment="true"]:hover {{ color: {look.text}; }}
    QPushButton[segment="true"]:focus {{ color: {look.accent}; }}
    QPushButton[segment="true"]:checked {{ background: {look.surface}; color: {look.accent}; font-weight: 600;
        border: 1px solid {look.border}; }}
    #segments {{ background: {look.desk}; border-radius: 7px; }}

    QTreeView, QListView, QTableView {{ background: {look.surface}; border: none; color: {look.text};
        selection-background-color: {look.accent_soft}; selection-color: {look.text}; gridline-color: {look.border}; }}
    QHeaderView {{ background: {look.raised}; }}
    QHeaderView::section {{ background: {look.raised}; color: {look.muted}; border: none; font-weight: 600;
        font-size: {p(0.92)}pt; border-bottom: 1px solid {look.border}; padding: {px(7)}px {px(8)}px; }}
    QTextBrowser, QTextEdit {{ background: transparent; border: none; color: {look.text};
        selection-background-color: {look.accent}; selection-color: {look.accent_text}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget#canvas {{ background: transparent; }}
    #sheet {{ background: {look.surface}; border: 1px solid {look.border}; border-radius: 4px; }}

    QMenu {{ background: {look.surface}; border: 1px solid {look.border}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {look.accent_soft}; color: {look.text}; }}
    QMenu::item:disabled {{ color: {look.faint}; }}
    QMenu::separator {{ height: 1px; background: {look.border}; margin: {px(4)}px {px(6)}px; }}
    QProgressBar {{ background: {look.track}; border: none; border-radius: 3px; height: {px(6)}px; text-align: center; }}
    QProgressBar::chunk {{ background: {look.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {look.border}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}

    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {look.track if not look.dark else "#454c56"}; border-radius: 4px; margin: 2px;
        min-height: 28px; min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {look.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
