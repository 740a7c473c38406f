"""The papers that lie beside the program: how to use it, versions, components, licences, sums."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from contents import bom, glibc, listing, owners, sums

ROOT = Path(__file__).resolve().parent.parent.parent
PAPERS = ROOT / "packaging" / "papers"
FOLDER = "随附材料"
BILL = "sbom.cdx.json"


def lay(program: Path, version: str, entries: Iterable[owners.Entry]) -> None:
    """Lay all papers into the finished folder ``program``; ``entries`` say what its files were taken from.

    The sums come last: nothing in the folder may change after that. Raises OwnerError, LicenceError.
    """
    found = owners.owners(entries)
    folder = program / FOLDER
    folder.mkdir()
    (folder / "第三方组件.txt").write_text(listing.components(found), encoding="utf-8")
    (folder / BILL).write_text(bom.bill(version, found), encoding="utf-8")
    listing.write_licences(found, PAPERS / "licences", folder / listing.LICENCES)
    shutil.copy(ROOT / "LICENSE", folder / listing.LICENCES / "惠企措施手册.txt")
    qt = importlib.metadata.version("PySide6-Essentials")
    text = (PAPERS / "使用说明.txt").read_text(encoding="utf-8")
    (program / "使用说明.txt").write_text(text.format(version=version, qt=qt), encoding="utf-8")
    (program / "版本.txt").write_text(versions(program, version, qt), encoding="utf-8")
    sums.write(program, sums.files_of(program), folder)


def versions(program: Path, version: str, qt: str) -> str:
    """Return what the package is and what it needs, as a text for users."""
    with closing(sqlite3.connect(ROOT / "resources" / "measures.db")) as db:
        meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('data_version', 'content_sha256')"))
    parts = {
        "程序": version,
        "数据": f"{meta['data_version']}（内容校验值 {meta['content_sha256'][:12]}）",
        "Python": platform.python_version(),
        "Qt": qt,
        "SQLite": sqlite3.sqlite_version,
        "处理器": platform.machine(),
    }
    if sys.platform.startswith("linux"):
        parts["需要 glibc"] = f"{glibc.highest(program)[0]} 或更高版本"
    if commit := source():
        parts["源代码"] = commit
    return "惠企措施手册\n\n" + "".join(f"{name}：{value}\n" for name, value in parts.items())


def source() -> str:
    """Return the commit that was packaged, empty where there is no git."""
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def wrong(program: Path) -> list[str]:
    """Return what the papers say wrongly of the folder: sums, files that no component of the bill names."""
    folder = program / FOLDER
    named = bom.files_in((folder / BILL).read_text(encoding="utf-8"))
    inside = program / "_internal"
    own = tuple(inside / top for top in ("desktop", "docs", "resources"))
    unnamed = [
        file.relative_to(program).as_posix()
        for file in sums.files_of(inside)
        if not any(file.is_relative_to(part) for part in own)
    ]
    return [f"{name} 不在 {BILL} 中" for name in unnamed if name not in named] + sums.wrong(program, folder)
