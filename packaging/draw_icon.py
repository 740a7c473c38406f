"""Draw the program's icon in every size that Windows and Linux ask for, from the two SVG drawings there.

Also the sentence that is shown where no Chinese typeface is installed, as a picture, for the same reason.
Run after a change of a drawing: ``.venv/bin/python packaging/draw_icon.py``. What it writes is committed.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from desktop.libraries import CHINESE_FONT

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icon"
NAME = "measures-desk"
SIZES = (16, 24, 32, 48, 64, 128, 256)
LARGEST_SMALL = 32
SENTENCE = (
    "这台电脑没有中文字体，惠企措施手册的文字显示不出来。",
    "请由管理员在终端执行下面一行，再重新打开本程序：",
    f"sudo apt-get install {CHINESE_FONT}",
)


def draw(size: int) -> bytes:
    """Return the icon as a PNG of ``size`` by ``size`` pixels."""
    drawing = FOLDER / (f"{NAME}-small.svg" if size <= LARGEST_SMALL else f"{NAME}.svg")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return png(image)


def sentence() -> bytes:
    """Return the sentence as a PNG that is shown at half its size in pixels."""
    image = QImage(936, 292, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    font = QFont("Noto Sans CJK SC")
    for line, words in enumerate(SENTENCE):
        font.setPixelSize(32)
        font.setBold(line == len(SENTENCE) - 1)
        painter.setFont(font)
        painter.setPen(QColor("#1d2733"))
        painter.drawText(QRect(56, 40 + 74 * line, 860, 64), Qt.AlignmentFlag.AlignVCenter, words)
    painter.end()
    return png(image.convertToFormat(QImage.Format.Format_Grayscale8))


def png(image: QImage) -> bytes:
    """Return an image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only file names
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon file that holds ``pictures`` (PNG by size in pixels, 256 at most)."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    entries = b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return header + entries + b"".join(pictures.values())


def main() -> None:
    """Write the ``.ico`` of all sizes (Windows, and the window itself) and the largest PNG (Linux menus)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    pictures = {size: draw(size) for size in SIZES}
    (FOLDER / f"{NAME}.png").write_bytes(pictures[max(SIZES)])
    (FOLDER / f"{NAME}.ico").write_bytes(ico(pictures))
    (FOLDER / "no-chinese-font.png").write_bytes(sentence())
    application.quit()


if __name__ == "__main__":
    main()
