"""A program that opens a workspace and types into it until it is killed.

``python -m … FOLDER FIRST [MODULE]`` says ``ready`` just before it opens the workspace (MODULE is imported
before that, for a migration to start at once), and the number of each edit after that edit was
acknowledged. Edit number n is fixed by n alone, so that whoever reads the file afterwards knows what must
be in it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.workspace.file import store
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey

from . import sample


def edit(number: int) -> tuple[ItemKey, dict[str, str]]:
    """Return what edit ``number`` enters where: always two fields of one item, always something new."""
    key = sample.EVERY_KEY[number % len(sample.EVERY_KEY)]
    return key, {"progress": f"第{number}次" + "进展" * (number % 7 * 60), "owner": f"经办{number}"}


def work(folder: Path, number: int, say: Callable[[str], object]) -> None:
    """Type edit ``number`` and all that follow, without end."""
    catalogue = sample.catalogue()
    say("ready\n")
    with store.open_for_writing(folder) as workspace:
        while True:
            key, values = edit(number)
            checklist.edit(workspace.db, catalogue, key, values, by="张三", source="录入", at=sample.NOON)
            say(f"{number}\n")
            number += 1


if __name__ == "__main__":
    for module in sys.argv[3:]:
        importlib.import_module(module)
    sys.stdout.reconfigure(line_buffering=True)
    work(Path(sys.argv[1]), int(sys.argv[2]), sys.stdout.write)
