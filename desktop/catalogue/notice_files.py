"""The files that a notice is built from, by name; what is in them stands in ``notice_folder``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from desktop.catalogue.key_numbers import KEYS

SOURCE, STRUCTURE, ANNOTATIONS = "notice.txt", "structure.json", "annotations.toml"
RULES = "rules.toml"
FILES = (SOURCE, STRUCTURE, ANNOTATIONS, RULES, KEYS)


def digest(folders: Sequence[Path]) -> str:
    """Return a hash over the names of the folders and the files in them that notices are built from."""
    whole = hashlib.sha256()
    for folder in folders:
        for name in FILES:
            path = folder / name
            content = path.read_bytes() if path.is_file() else b""
            whole.update(f"{folder.name}/{name} {len(content)}\n".encode())
            whole.update(content)
    return whole.hexdigest()
