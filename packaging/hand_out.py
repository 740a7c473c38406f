"""Make from the finished folder what is handed out on Linux: ``.venv/bin/python packaging/hand_out.py``.

Two .deb and two archives, in ``dist/``. ``packaging/build.py --archive`` does it after the build.
"""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from shapes import debian, portable, tree, uos

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from desktop import __version__

DIST = tree.ROOT / "dist"
PROGRAM = DIST / "measures-desk"


def every(program: Path, folder: Path) -> list[Path]:
    """Make all shapes of the finished folder ``program`` in ``folder`` and return their paths."""
    if shutil.which("dpkg-deb") is None:
        sys.exit("做安装包需要 dpkg-deb（Debian 系列的系统自带），请在那样的系统上执行。")
    base = f"{program.name}-{__version__}-linux-{platform.machine()}"
    return [
        debian.build(program, folder, __version__),
        uos.build(program, folder, __version__),
        *portable.build(program, folder, base),
    ]


def main() -> int:
    """Make them and say where they are."""
    print(*every(PROGRAM, DIST), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
