"""A folder that stands for the root of a system, and the .deb made from it: always the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MAINTAINER = "Measures Desk maintainers <maintainers@localhost>"
SUMMARY = "惠企措施手册：离线查阅惠企措施，填报责任清单，走访企业"
DESCRIPTION = """措施逐字检索；各责任单位的清单以 Excel 发出、收回、核对；到企业走访、登记诉求；
自己录入发文。不联网。
Measures Desk, an offline desktop reference to measures for enterprises,
with checklists and workbooks for the responsible units, in Chinese."""
EARLIEST = 315532800  # 1980-01-01: a zip knows nothing before


def moment() -> int:
    """Return the time of all files in a package, in seconds since 1970.

    That is ``SOURCE_DATE_EPOCH`` where it is set, else the time of the commit that is packaged.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        said = ""
    return int(said) if said else EARLIEST


def architecture() -> str:
    """Return what Debian calls the processor for which this machine builds."""
    asked = ["dpkg", "--print-architecture"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def lay_program(program: Path, target: Path) -> None:
    """Copy the finished folder to ``target``."""
    shutil.copytree(program, target, symlinks=True)


def lay_papers(folder: Path, licences: str) -> None:
    """Write what Debian wants to find in a folder of documents; ``licences`` is where all of them lie."""
    folder.mkdir(parents=True)
    log = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(log, 9, mtime=0))
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    head = "Copyright: the authors of Measures Desk, under the licence below (MulanPSL-2.0)"
    text = f"{head}\nThe licences of its parts: {licences}\n\n{own}"
    (folder / "copyright").write_text(text, encoding="utf-8")


def pack(root: Path, fields: Mapping[str, str], target: Path, *, quick: bool = False) -> Path:
    """Make the .deb ``target`` from all that lies in ``root``, which also gets ``DEBIAN/``; return its path.

    ``fields`` are those of the control file that differ between the shapes. ``quick`` compresses nothing, for
    a package that is only to be looked at.
    """
    when = moment()
    settle(root, when)
    size = sum(-(-file.stat().st_size // 1024) for file in files_of(root))
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "md5sums").write_text(md5sums(root), encoding="utf-8")
    (root / "DEBIAN" / "control").write_text(control(fields, size), encoding="utf-8")
    settle(root, when)
    squeezed = "-Znone" if quick else "-Zxz"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", squeezed, "--build", root, target],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(when)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def control(fields: Mapping[str, str], kibibytes: int) -> str:
    """Return the control file; who answers for a package is said as Debian's own tools want to be told."""
    name, address = os.environ.get("DEBFULLNAME"), os.environ.get("DEBEMAIL")
    paragraphs = {
        **fields,
        "Section": "text",
        "Priority": "optional",
        "Maintainer": f"{name} <{address}>" if name and address else MAINTAINER,
        "Installed-Size": str(kibibytes),
        "Description": "\n ".join([SUMMARY, *DESCRIPTION.splitlines()]),
    }
    return "".join(f"{field}: {value}\n" for field, value in paragraphs.items())


def md5sums(root: Path) -> str:
    """Return the sums of all files that will be installed, as ``dpkg --verify`` reads them."""
    names = sorted(file.relative_to(root).as_posix() for file in files_of(root))
    return "".join(f"{hashlib.md5((root / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def files_of(root: Path) -> list[Path]:
    """Return the files of a tree, links left out."""
    return [file for file in root.rglob("*") if file.is_file() and not file.is_symlink()]


def settle(root: Path, when: int) -> None:
    """Give all files one time, and everybody the right to read them and to run what is a program."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or runs(path) else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def runs(file: Path) -> bool:
    """Tell whether a file is a program; PyInstaller gives libraries the same rights."""
    return bool(file.stat().st_mode & stat.S_IXUSR) and ".so" not in file.suffixes
