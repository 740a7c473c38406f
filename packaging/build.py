"""Package the program into ``dist/measures-desk``; ``--archive`` also makes what is handed out of it.

``python3 packaging/desk.py package`` calls this inside ``.venv``. PyInstaller does the work.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from contents import papers, sums
from shapes import tree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
NAME = "measures-desk"
DIST = ROOT / "dist"
PROGRAM = DIST / NAME
ARCHIVES = (".deb", ".exe", ".gz", ".zip")


def package() -> None:
    """Run PyInstaller on the spec file and lay the papers beside the program."""
    if not (ROOT / "resources" / "measures.db").is_file():
        sys.exit("resources/measures.db 不存在：先运行 python -m desktop build")
    fixed = {"PYTHONHASHSEED": "0", "QT_HASH_SEED": "0", "SOURCE_DATE_EPOCH": str(tree.moment()), "TZ": "UTC"}
    same = {**os.environ, **fixed}
    subprocess.run(  # with the moment and the seed given, the same sources give the same bytes
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", DIST, "--workpath", ROOT / "build" / "pyinstaller",
         ROOT / "packaging" / f"{NAME}.spec"],
        env=same,
        check=True,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "desktop", "manual", "-o", PROGRAM / "使用手册.pdf"],
        env=same, check=True, cwd=ROOT,
    )  # fmt: skip
    if sys.platform.startswith("linux"):
        for paper in sorted((ROOT / "packaging" / "linux").glob("*.sh")):
            shutil.copy(paper, PROGRAM)
    taken = json.loads((ROOT / "build" / "pyinstaller" / "taken.json").read_text(encoding="utf-8"))
    papers.lay(PROGRAM, __version__, [(name, file, kind) for name, file, kind in taken])


def archives() -> list[Path]:
    """Make what is handed out from the finished folder and return the paths."""
    if sys.platform.startswith("linux"):
        import hand_out

        return hand_out.every(PROGRAM, DIST)
    base = DIST / f"{NAME}-{__version__}-{sysconfig.get_platform()}"
    return [Path(shutil.make_archive(str(base), "zip", DIST, NAME))]


def weight(path: Path) -> str:
    """Return the size of a file or of all files in a folder, in MB of a million bytes."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:.1f} MB"


def main() -> int:
    """Package and say where the result is and how big."""
    parser = argparse.ArgumentParser(description="打包到 dist/measures-desk")
    parser.add_argument("--archive", action="store_true", help="另外做成安装包和压缩包")
    options = parser.parse_args()
    package()
    print(f"{PROGRAM}  {weight(PROGRAM)}")
    if options.archive:
        for made in archives():
            print(f"{made}  {weight(made)}")
        sums.write(DIST, [file for file in DIST.iterdir() if file.suffix in ARCHIVES])
    return 0


if __name__ == "__main__":
    sys.exit(main())
