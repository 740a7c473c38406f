"""The program's own measures built again, where ``measures.db`` was damaged, lost or replaced."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from pathlib import Path

from desktop import paths
from desktop.catalogue import bundled, store
from desktop.errors import KnownError


def built_again(error: KnownError) -> tuple[sqlite3.Connection, str]:
    """Return the bundled database and what to say of its file, which ``error`` refused.

    The sources lie beside it and give the same bytes, so they are built again in memory, and used if they do.
    Raises ``error`` when they do not.
    """
    content = _built()
    if content is None:
        raise error
    told = f"{error.message}。已由随附的发文原文重新生成，与发布时逐字节一致，可以照常使用。{error.hint}"
    return store.in_memory(content), told


def _built() -> bytes | None:
    """Return the bytes of the database built from its sources, None unless they are those we came with."""
    from desktop.catalogue import build

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "measures.db"
        try:
            build.build(paths.resources() / "notices", out)
            content = out.read_bytes()
        except (KnownError, OSError, sqlite3.Error, ValueError):
            return None
    return content if hashlib.sha256(content).hexdigest() == bundled.SHA256 else None
