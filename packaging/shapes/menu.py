"""What a desktop shows of the program: its menu entry, its icons, the kinds of files that it opens.

``/usr/share`` of Debian and ``entries`` of UOS hold these in the same folders.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "packaging" / "linux"
ICONS = ROOT / "resources" / "icon"
SIZES = (16, 24, 32, 48, 128, 256, 512)  # those that UOS knows; pixels


def lay(share: Path, name: str, program: str) -> None:
    """Lay menu entry, icons and kinds of files into ``share``, all named ``name``.

    ``program`` is the absolute path at which the program is installed.
    """
    entry = _filled("measures-desk.desktop", name, program)
    _write(share / "applications" / f"{name}.desktop", entry.encode())
    kinds = _filled("measures-desk.xml", name, program)
    _write(share / "mime" / "packages" / f"{name}.xml", kinds.encode())
    icons = share / "icons" / "hicolor"
    for size, picture in pictures().items():
        _write(icons / f"{size}x{size}" / "apps" / f"{name}.png", picture)
    _write(icons / "scalable" / "apps" / f"{name}.svg", (ICONS / "measures-desk.svg").read_bytes())


@cache
def pictures() -> dict[int, bytes]:
    """Return the icon as PNG, by its size in pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import draw_icon
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    drawn = {size: draw_icon.draw(size) for size in SIZES}
    del application
    return drawn


def _filled(template: str, name: str, program: str) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return text.replace("@name@", name).replace("@program@", program)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
