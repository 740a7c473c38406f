"""The style sheet that goes with the tokens of :mod:`desktop.ui.kit.look`.

Widgets ask for a look by dynamic property (``surface``, ``card``, ``edge``, ``muted``, ``section``, ``chip``,
…), so that no page writes style sheets of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.ui.kit.look import BODY_FAMILIES, TITLE_FAMILIES, Tokens

TARGET = 24  # pixels both ways that whatever can be pressed has at least, at any zoom (WCAG 2.2, 2.5.8)
LOOK = "look"  # the application's property that names the look it has


def apply(app: QApplication, look: Tokens) -> None:
    """Give the whole application the look: palette, font, style sheet.

    Doing so again for the same look is free: restyling a window that stands takes longer than building it.
    """
    wanted = f"{'dark' if look.dark else 'light'} {look.zoom}"
    if app.property(LOOK) == wanted:
        return
    app.setProperty(LOOK, wanted)
    app.setPalette(_palette(look))
    app.setFont(look.font())
    app.setStyleSheet(style_sheet(look, TITLE_FAMILIES, BODY_FAMILIES))


def style_sheet(look: Tokens, title: Iterable[str], body: Iterable[str]) -> str:
    """Return the style sheet for a look, with the font families of official titles and bodies."""
    p, px = look.points, look.px
    met = partial(_met, look)
    ring = 2 * round(6 * look.zoom)  # even, as what is chosen stands in its middle
    side = max(look.px(26), TARGET)
    dot = ring // 4 * 2
    icons = (paths.resources() / "icons").as_posix()  # these two have a grey that stands on both grounds
    return f"""
    QWidget {{ outline: none; }}
    QMainWindow, #desk {{ background: {look.desk}; }}
    QToolTip {{ background: {look.raised}; color: {look.text}; border: 1px solid {look.border};
        padding: {px(4)}px; }}
    QFrame[surface="true"] {{ background: {look.surface}; border: none; }}
    QFrame[edge="right"] {{ border-right: 1px solid {look.border}; }}
    QFrame[edge="left"] {{ border-left: 1px solid {look.border}; }}
    QFrame[edge="bottom"] {{ border-bottom: 1px solid {look.border}; }}
    QFrame[edge="top"] {{ border-top: 1px solid {look.border}; }}
    QFrame[card="true"] {{ background: {look.surface}; border: 1px solid {look.border}; border-radius: 8px; }}
    QFrame[card="true"]:focus {{ border: 2px solid {look.accent}; }}
    QFrame[entry="true"] {{ background: {look.surface}; border: 1px solid {look.accent};
        border-radius: 8px; }}
    QFrame[asking="true"] {{ background: {look.warn_soft}; }}
    QFrame[ask="true"] {{ background: {look.warn_soft}; border: 1px solid {look.border};
        border-radius: 8px; }}
    QLabel[muted="true"] {{ color: {look.muted}; }}
    QLabel[warn="true"] {{ color: {look.warn}; }}
    QLabel[good="true"] {{ color: {look.green}; font-weight: 600; }}
    QLabel[small="true"] {{ font-size: {p(0.9)}pt; }}
    QLabel[section="true"] {{ color: {look.muted}; font-size: {p(0.92)}pt; font-weight: 600; }}
    QLabel[strong="true"] {{ font-size: {p(1.05)}pt; font-weight: 700; }}
    QLabel[chip="true"] {{ background: {look.accent_soft}; color: {look.accent}; border-radius: {px(10)}px;
        padding: {px(2)}px {px(8)}px; font-size: {p(0.9)}pt; }}
    QLabel[chip="true"][warn="true"] {{ background: {look.warn_soft}; color: {look.warn}; }}
    QLabel[heading="true"] {{ font-size: {p(1.2)}pt; font-weight: 700; }}

    QTabWidget::pane {{ border: none; border-top: 1px solid {look.border}; }}
    QTabBar::tab {{ background: transparent; color: {look.muted}; border: none;
        border-bottom: 2px solid transparent; padding: {px(6)}px {px(2)}px; margin-right: {px(20)}px; }}
    QTabBar::tab:selected {{ color: {look.accent}; border-bottom-color: {look.accent}; font-weight: 700; }}
    QTabBar::tab:hover {{ color: {look.text}; }}
    QTabBar::tab:focus {{ color: {look.accent}; border-bottom: 2px dotted {look.accent}; }}

    #rail {{ background: {look.raised}; border-right: 1px solid {look.border}; }}
    #rail QToolButton {{ border: none; border-radius: 8px; color: {look.muted}; padding: {px(6)}px 0;
        font-size: {p(0.92)}pt; background: transparent; }}
    #rail QToolButton[low="true"] {{ padding: {px(1)}px 0; }}
    #rail QToolButton:hover {{ background: {look.hover}; }}
    #rail QToolButton:focus {{ border: 1px solid {look.accent}; }}
    #rail QToolButton:checked {{ background: {look.accent_soft}; color: {look.accent}; font-weight: 700; }}

    #header {{ background: {look.surface}; border-bottom: 1px solid {look.border}; }}
    #banner {{ background: {look.warn_soft}; border-bottom: 1px solid {look.border}; }}
    #banner QLabel {{ color: {look.warn}; }}
    #message {{ background: {look.accent_soft}; border-bottom: 1px solid {look.border}; }}
    #message[warn="true"] {{ background: {look.warn_soft}; }}
    #status {{ background: {look.raised}; border-top: 1px solid {look.border}; }}
    #status QLabel {{ color: {look.muted}; font-size: {p(0.9)}pt; }}
    #status QLabel[state="bad"] {{ color: {look.red}; font-weight: 600; }}

    QLineEdit, QPlainTextEdit, QTextEdit#input {{
        background: {look.surface}; color: {look.text}; border: 1px solid {look.field}; border-radius: 5px;
        padding: {px(4)}px {px(8)}px; selection-background-color: {look.accent};
        selection-color: {look.accent_text}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit#input:focus, QComboBox:focus, QAbstractSpinBox:focus {{
        border: 2px solid {look.accent}; padding: {px(4) - 1}px {px(8) - 1}px; }}
    QLineEdit[bad="true"] {{ border: 1px solid {look.red}; }}
    QLineEdit[bad="true"]:focus {{ border: 2px solid {look.red}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {look.disabled}; background: {look.raised}; }}
    QComboBox, QAbstractSpinBox {{
        background: {look.surface}; color: {look.text}; border: 1px solid {look.field}; border-radius: 5px;
        padding: {px(4)}px {px(8)}px; }}
    QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {look.disabled}; background: {look.raised}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {max(px(26), TARGET)}px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {side}px; height: {side}px; }}
    QSpinBox::up-button {{ subcontrol-position: center right; }}
    QSpinBox::down-button {{ subcontrol-position: center left; }}
    QComboBox::down-arrow, QDateEdit::down-arrow, QSpinBox::down-arrow {{
        image: url("{icons}/arrow-down.svg");
        width: {px(11)}px; height: {px(11)}px; }}
    QSpinBox::up-arrow {{ image: url("{icons}/arrow-up.svg"); width: {px(11)}px; height: {px(11)}px; }}
    QRadioButton, QCheckBox {{ min-height: {TARGET - 2}px; spacing: {px(6)}px; border-radius: 4px;
        border: 1px solid transparent; padding-right: {px(3)}px; }}
    QRadioButton:focus, QCheckBox:focus {{ border: 1px solid {look.accent}; }}
    QCheckBox::indicator, QAbstractItemView::indicator {{ width: {px(14)}px; height: {px(14)}px; }}
    QRadioButton::indicator {{ width: {ring}px; height: {ring}px; border-radius: {ring // 2 + 1}px;
        border: 1px solid {look.muted}; background: {look.surface}; }}
    QRadioButton::indicator:checked {{ width: {dot}px; height: {dot}px;
        border: {(ring + 2 - dot) // 2}px solid {look.accent}; }}
    QComboBox QAbstractItemView {{ background: {look.surface}; border: 1px solid {look.border};
        selection-background-color: {look.accent_soft}; selection-color: {look.text}; padding: {px(2)}px; }}

    QPushButton {{ background: {look.surface}; color: {look.text}; border: 1px solid {look.border};
        border-radius: 6px; padding: {px(5)}px {px(12)}px; }}
    QPushButton:hover {{ background: {look.hover}; }}
    QPushButton:pressed {{ background: {look.accent_soft}; }}
    QPushButton:focus {{ border-color: {look.accent}; }}
    QPushButton:disabled {{ color: {look.disabled}; }}
    QPushButton:checked, QPushButton[chosen="true"] {{ background: {look.accent_soft}; color: {look.accent};
        border-color: {look.accent}; }}
    QPushButton:checked:focus, QPushButton[chosen="true"]:focus {{ border: 2px solid {look.accent};
        padding: {px(5) - 1}px {px(12) - 1}px; }}
    QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[primary="true"] {{ background: {look.accent}; color: {look.accent_text};
        border-color: {look.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:focus {{ border: 3px double {look.accent_text};
        padding: {px(5) - 2}px {px(12) - 2}px; }}
    QPushButton[primary="true"]:disabled {{ background: {look.track}; color: {look.disabled};
        border-color: {look.track}; }}
    QPushButton[chip="true"] {{ border-radius: {px(12)}px; padding: {px(3)}px {px(10)}px; {met(3, 10)}
        color: {look.muted}; }}
    QPushButton[chip="true"][active="true"] {{ background: {look.accent_soft}; color: {look.accent};
        border-color: {look.accent}; }}
    QPushButton[chip="true"]:focus {{ border: 2px solid {look.accent};
        padding: {px(3) - 1}px {px(10) - 1}px; }}
    QPushButton[tag="true"] {{ border-radius: 5px; padding: {px(2)}px {px(7)}px; font-size: {p(0.92)}pt;
        {met(2, 7)} }}
    QPushButton[tag="true"][chosen="true"]:focus {{ border: 2px solid {look.accent};
        padding: {px(2) - 1}px {px(7) - 1}px; }}
    QPushButton[small="true"] {{ padding: {px(2)}px {px(10)}px; font-size: {p(0.92)}pt; {met(2, 10)} }}
    QPushButton[quiet="true"] {{ border: 1px solid transparent; background: transparent; color: {look.accent};
        padding: {px(2)}px {px(4)}px; text-align: left; {met(2, 4)} }}
    QPushButton[quiet="true"][flush="true"] {{ padding-left: 0; }}
    QPushButton[quiet="true"]:hover {{ text-decoration: underline; }}
    QPushButton[quiet="true"]:focus {{ border: 1px solid {look.accent}; border-radius: 4px; }}
    QPushButton[row="true"] {{ text-align: left; padding: 0; border-radius: 6px; {met(0, 0)} }}
    QPushButton[segment="true"] {{ border: 1px solid transparent; border-radius: 5px;
        padding: {px(4) - 1}px {px(6) - 1}px; {met(3, 5)}
        color: {look.muted};
        background: transparent; }}
    QPushButton[segment="true"]:hover {{ color: {look.text}; }}
    QPushButton[segment="true"]:focus {{ border: 1px solid {look.accent}; color: {look.accent}; }}
    QPushButton[segment="true"]:checked {{ background: {look.surface}; color: {look.accent}; font-weight: 600;
        border: 1px solid {look.border}; }}
    QPushButton[segment="true"]:checked:focus {{ border: 2px solid {look.accent};
        padding: {px(4) - 1}px {px(6) - 1}px; }}
    QPushButton[strip] {{ border: none; border-radius: 0; background: {look.raised}; color: {look.muted};
        padding: {px(10)}px 0; font-size: {p(0.92)}pt; }}
    QPushButton[strip="left"] {{ border-right: 1px solid {look.border}; }}
    QPushButton[strip="right"] {{ border-left: 1px solid {look.border}; }}
    QPushButton[strip]:hover, QPushButton[strip]:checked {{ background: {look.accent_soft};
        color: {look.accent}; }}
    QPushButton[strip]:focus {{ border: 1px solid {look.accent}; }}
    #segments {{ background: {look.desk}; border-radius: 7px; }}

    QTreeView, QListView, QTableView {{ background: {look.surface}; color: {look.text};
        border: 1px solid transparent;
        selection-background-color: {look.accent_soft}; selection-color: {look.text};
        gridline-color: {look.border}; }}
    QListView:focus, QTableView:focus, QTreeWidget:focus, QScrollArea:focus {{
        border: 1px solid {look.accent}; }}
    QHeaderView {{ background: {look.raised}; }}
    QHeaderView::section {{ background: {look.raised}; color: {look.muted}; border: none; font-weight: 600;
        font-size: {p(0.92)}pt; border-bottom: 1px solid {look.border}; padding: {px(7)}px {px(8)}px; }}
    QTextBrowser, QTextEdit {{ background: transparent; border: none; color: {look.text};
        selection-background-color: {look.accent}; selection-color: {look.accent_text}; }}
    QScrollArea {{ background: transparent; border: 1px solid transparent; }}
    QScrollArea > QWidget > QWidget#canvas {{ background: transparent; }}
    #redRule {{ background: {look.official}; border: none; }}
    QLabel[official="true"] {{ color: {look.official}; font-family: {_families(title)};
        font-size: {p(1.34)}pt; }}
    QLabel[byline="true"] {{ color: {look.muted}; font-family: {_families(body)}; font-size: {p(1.1)}pt; }}
    #matches {{ background: {look.raised}; border: 1px solid {look.border}; border-radius: 6px; }}
    #matches QToolButton {{ {met(3, 3)} }}
    #matches QToolButton, #clear {{ border: 1px solid transparent; border-radius: 4px; padding: {px(3)}px;
        background: transparent; }}
    #matches QToolButton:hover, #clear:hover {{ background: {look.accent_soft}; }}
    QToolButton:focus, #matches QToolButton:focus, #clear:focus {{ border: 1px solid {look.accent};
        border-radius: 4px; }}
    QFrame[pane="true"], QTextEdit[pane="true"] {{ background: {look.surface};
        border: 1px solid {look.border}; border-radius: 4px; }}
    QTextEdit[pane="true"]:focus {{ border: 1px solid {look.accent}; }}
    QTextBrowser[leaf="true"] {{ background: {look.surface}; border: 1px solid transparent; }}
    QTextBrowser[leaf="true"]:focus {{ border: 1px solid {look.accent}; }}
    #paper {{ background: {look.surface}; border: 1px solid {look.border}; border-radius: 4px; }}

    QMenu {{ background: {look.surface}; border: 1px solid {look.border}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {look.accent_soft}; color: {look.text}; }}
    QMenu::item:disabled {{ color: {look.disabled}; }}
    QMenu::separator {{ height: 1px; background: {look.border}; margin: {px(4)}px {px(6)}px; }}
    QProgressBar {{ background: {look.track}; border: none; border-radius: 3px; height: {px(6)}px;
        text-align: center; }}
    QProgressBar::chunk {{ background: {look.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {look.border}; }}
    QSplitter#gutter::handle {{ background: transparent; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}

    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {look.track if not look.dark else "#454c56"}; border-radius: 4px;
        margin: 2px;
        min-height: 28px; min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {look.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _met(look: Tokens, above: int, aside: int) -> str:
    """Return what makes a thing with that padding at zoom 1, and a border, large enough to be met.

    A style sheet takes the place of a fixed size that was set in code: only for what has none.
    """
    tall, wide = (max(TARGET - 2 * look.px(pad) - 2, 0) for pad in (above, aside))
    return f"min-height: {tall}px; min-width: {wide}px;"


def _families(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


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
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.disabled))
    return palette
