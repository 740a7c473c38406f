"""Package the program into ``dist/measures-desk``; ``--archive`` also makes the one file that is handed out.

``python3 packaging/desk.py package`` calls this inside ``.venv``. PyInstaller does the work.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from contents import papers, sums

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
NAME = "measures-desk"
DIST = ROOT / "dist"
PROGRAM = DIST / NAME
ARCHIVES = (".deb", ".exe", ".xz", ".zip")


def package() -> None:
    """Run PyInstaller on the spec file and lay the papers beside the program."""
    if not (ROOT / "resources" / "measures.db").is_file():
        sys.exit("resources/measures.db 不存在：先运行 python -m desktop build")
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", DIST, "--workpath", ROOT / "build" / "pyinstaller",
         ROOT / "packaging" / f"{NAME}.spec"],
        check=True,
    )  # fmt: skip
    if sys.platform.startswith("linux"):
        for paper in sorted((ROOT / "packaging" / "linux").iterdir()):
            shutil.copy(paper, PROGRAM)
    taken = json.loads((ROOT / "build" / "pyinstaller" / "taken.json").read_text(encoding="utf-8"))
    papers.lay(PROGRAM, __version__, [(name, file, kind) for name, file, kind in taken])


def archive() -> Path:
    """Pack the folder into one file, named after version and machine, and return its path."""
    base = DIST / f"{NAME}-{__version__}-{sysconfig.get_platform()}"
    return Path(shutil.make_archive(str(base), "zip" if sys.platform == "win32" else "xztar", DIST, NAME))


def weight(path: Path) -> str:
    """Return the size of a file or of all files in a folder, in MB of a million bytes."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:.1f} MB"


def main() -> int:
    """Package and say where the result is and how big."""
    parser = argparse.ArgumentParser(description="打包到 dist/measures-desk")
    parser.add_argument("--archive", action="store_true", help="另外压缩成一个文件（tar.xz，Windows 为 zip）")
    options = parser.parse_args()
    package()
    print(f"{PROGRAM}  {weight(PROGRAM)}")
    if options.archive:
        made = archive()
        print(f"{made}  {weight(made)}")
        sums.write(DIST, [file for file in DIST.iterdir() if file.suffix in ARCHIVES])
    return 0


if __name__ == "__main__":
    sys.exit(main())
