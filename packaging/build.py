"""Package the program into ``dist/measures-desk``; ``--archive`` also makes the one file that is handed out.

``python3 packaging/desk.py package`` calls this inside ``.venv``. PyInstaller does the work.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "measures-desk"
DIST = ROOT / "dist"
PROGRAM = DIST / NAME
UNSAID = {"pyrage": "MIT"}
"""Licences that a package has as a text, without naming them."""


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
    (PROGRAM / "第三方组件.txt").write_text(components(), encoding="utf-8")
    if sys.platform.startswith("linux"):
        for paper in sorted((ROOT / "packaging" / "linux").iterdir()):
            shutil.copy(paper, PROGRAM)


def components() -> str:
    """Return names, versions, licences and homes of the open-source parts inside, as a text for users."""
    lines = [f"Python {sys.version.split()[0]} · PSF-2.0 · https://www.python.org"]
    for name in sorted(runtime_packages()):
        meta = importlib.metadata.metadata(name).json
        said = meta.get("license_expression") or meta.get("license") or UNSAID.get(name, "见其主页")
        licence = str(said).splitlines()[0]
        links = [link.partition(",")[2].strip() for link in meta.get("project_url", [])]
        home = meta.get("home_page") or next(iter(links), "")
        lines.append(f"{meta['name']} {meta['version']} · {licence} · {home}")
    title = "本程序包含下列开源组件，各按其许可证使用："
    qt = "Qt 与 PySide6 以动态库形式随附（LGPL-3.0），可以换成自行编译的同版本库。"
    return "\n".join([title, "", *lines, "", qt, ""])


def runtime_packages() -> set[str]:
    """Return the names of the packages that the program needs at run time, with all that these need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    queue = list(project["dependencies"])
    while queue:
        requirement = queue.pop()
        name = re.split(r"[^\w.-]", requirement)[0]
        # parts for other systems are not here; pip serves verbs of sqlite-utils that are left out
        if ";" not in requirement and name not in {*found, "pip"}:
            found.add(name)
            queue += importlib.metadata.requires(name) or []
    return found


def archive() -> Path:
    """Pack the folder into one file, named after version and machine, and return its path."""
    sys.path.insert(0, str(ROOT))
    from desktop import __version__

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
    return 0


if __name__ == "__main__":
    sys.exit(main())
