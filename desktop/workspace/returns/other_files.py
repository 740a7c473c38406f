"""What else lies in a folder of returned workbooks: counted and named, as there may be answers in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

ARCHIVES = frozenset({".rar", ".7z", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
OTHER_TABLES = frozenset(
    {
        ".xls",
        ".et",
        ".ett",
        ".xlsb",
        ".xlsm",
        ".xlt",
        ".xltx",
        ".xltm",
        ".ods",
        ".fods",
        ".uos",
        ".csv",
        ".numbers",
    }
)
PACKAGES = {
    ".sjb": ("是数据包", "请到“走访”页，点“并入数据包”。"),
    ".fwb": ("是发文包", "请到“发文库”页，点“导入发文包……”。"),
}
"""What else comes by stick, by its ending: what it is, and where it is taken in."""
_NOBODYS = ("~$", ".~", ".")  # beside an open workbook: Excel and WPS; LibreOffice and WPS on Linux; hidden
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
_MOST_NAMED = 5


def is_nobodys(name: str) -> bool:
    """Say whether a file was left by a program and not by a person."""
    return name.startswith(_NOBODYS) or name.casefold() in _OF_THE_SYSTEM


def sentence(files: Sequence[Path]) -> str:
    """Return how many other files there are, which, and what to do with them."""
    tables = [path for path in files if path.suffix.lower() in OTHER_TABLES]
    archives = [path for path in files if path.suffix.lower() in ARCHIVES]
    rest = [path for path in files if path not in tables and path not in archives]
    told = [f"文件夹中另有{len(files)}个文件没有读取："]
    if tables:
        told.append(
            f"{len(tables)}个表格不是 .xlsx（{_named(tables)}），如是回填的清单，请另存为 .xlsx 后再导入；"
        )
    if archives:
        told.append(f"{len(archives)}个压缩包（{_named(archives)}），请先解压再导入；")
    if rest:
        told.append(f"{len(rest)}个其他文件（{_named(rest)}），如写有答复，请填入清单后再导入；")
    return "".join(told).rstrip("；") + "。"


def _named(files: Sequence[Path]) -> str:
    names = "、".join(path.name.encode("utf-8", "replace").decode() for path in files[:_MOST_NAMED])
    return f"{names}等" if len(files) > _MOST_NAMED else names
