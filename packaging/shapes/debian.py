"""The .deb for Debian, Ubuntu and Kylin: the program in ``/opt``, what desktops look for in ``/usr``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from shapes import depends, menu, tree

NAME = "measures-desk"
HOME = f"/opt/{NAME}"


def build(program: Path, folder: Path, version: str, *, quick: bool = False) -> Path:
    """Make the package of the finished folder ``program`` in ``folder`` and return its path."""
    architecture = tree.architecture()
    fields = {
        "Package": NAME,
        "Version": version,
        "Architecture": architecture,
        "Depends": ", ".join(depends.packages(program)),
        "Recommends": ", ".join(depends.RECOMMENDED),
    }
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        lay(program, root)
        return tree.pack(root, fields, folder / f"{NAME}_{version}_{architecture}.deb", quick=quick)


def lay(program: Path, root: Path) -> None:
    """Lay everything that is installed into ``root``."""
    tree.lay_program(program, root / HOME[1:])
    menu.lay(root / "usr" / "share", NAME, f"/usr/bin/{NAME}")
    papers = root / "usr" / "share" / "doc" / NAME
    tree.lay_papers(papers, f"{HOME}/随附材料/许可证")
    (papers / "使用说明.txt").symlink_to(f"{HOME}/使用说明.txt")
    launcher = root / "usr" / "bin" / NAME
    launcher.parent.mkdir()
    launcher.symlink_to(f"{HOME}/{NAME}")
