"""The rights of an ordinary user in a folder of others, also when the tests run as root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def others_folder() -> Iterator[Path]:
    """Give a folder that others own; rights that were dropped in the block come back after it."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    root = os.geteuid() == 0
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


def drop() -> None:
    """Be an ordinary user from here on."""
    if os.geteuid() == 0:
        os.seteuid(65534)


def write_protect(folder: Path) -> None:
    """Let nobody but root write to ``folder`` or what is in it, as on a disc or a locked stick."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
