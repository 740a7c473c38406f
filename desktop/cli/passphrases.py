"""The passphrase of a sealed workspace, read from a file: what stands on a command line, others can see."""

from __future__ import annotations

from pathlib import Path

from desktop import disk
from desktop.errors import KnownError
from desktop.workspace.file import cipher

_MOST = 4096  # bytes that are looked at


def read(path: Path) -> None:
    """Let the first line of the file at ``path`` be tried on what is sealed.

    Raises KnownError when the file cannot be read, is no UTF-8 or begins with an empty line.
    """
    with disk.reading(path), path.open("rb") as file:
        line = file.read(_MOST).split(b"\n", 1)[0]
    try:
        passphrase = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise KnownError(
            f"口令文件“{path.name}”不是 UTF-8 文本，没有读取口令，没有改动任何内容。",
            "请用文本编辑器另存为 UTF-8。",
        ) from error
    if not passphrase:
        raise KnownError(f"口令文件“{path.name}”的第一行是空的，没有改动任何内容。", "请把口令写在第一行。")
    cipher.offer(passphrase)
