"""The rights of an ordinary user, whoever runs the tests: no permission stops root."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534


@contextlib.contextmanager
def ordinary_user() -> Iterator[None]:
    """Act as a user whom permissions stop. An ordinary user who runs the tests stays who he is.

    He then owns what the test made, so take away the owner's rights too: ``chmod(0)``, not ``chmod(0o700)``.
    """
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def write_protect(folder: Path) -> None:
    """Let nobody but root write to ``folder`` or what is in it, as on a disc or a locked stick."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def set_free(folder: Path) -> None:
    """Let the owner write to ``folder`` and all folders in it again, so that it can be removed."""
    folder.chmod(0o755)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            set_free(path)
