"""The .deb in the shape of UOS and deepin: everything below ``/opt/apps/<id>``, nothing run by the installer.

Which rules hold there is in :mod:`shapes.uos_rules`.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from shapes import depends, menu, tree
from shapes.uos_rules import PERMISSIONS

#: No domain of this name is ours: who hands the package to a store gives one of their own.
APP_ID = "org.measuresdesk.measuresdesk"
TITLE = "惠企措施手册"


def build(program: Path, folder: Path, version: str, *, app_id: str = APP_ID, quick: bool = False) -> Path:
    """Make the package of the finished folder ``program`` in ``folder`` and return its path."""
    architecture, version = tree.architecture(), four(version)
    fields = {
        "Package": app_id,
        "Version": version,
        "Architecture": architecture,
        "Depends": ", ".join(depends.packages(program)),
    }
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        lay(program, root, app_id, version, architecture)
        return tree.pack(root, fields, folder / f"{app_id}_{version}_{architecture}.deb", quick=quick)


def four(version: str) -> str:
    """Return ``1.0.0`` as UOS writes it, with a fourth number."""
    return ".".join((version.split(".") + ["0"] * 4)[:4])


def lay(program: Path, root: Path, app_id: str, version: str, architecture: str) -> None:
    """Lay everything that is installed into ``root``."""
    home = root / "opt" / "apps" / app_id
    tree.lay_program(program, home / "files" / "bin")
    inside = f"/opt/apps/{app_id}/files/bin"
    tree.lay_papers(home / "files" / "doc", f"{inside}/随附材料/许可证")
    menu.lay(home / "entries", app_id, f"{inside}/measures-desk")
    told = {
        "appid": app_id,
        "name": TITLE,
        "version": version,
        "arch": [architecture],
        "permissions": dict.fromkeys(PERMISSIONS, False) | {"clipboard": True},
    }
    (home / "info").write_text(json.dumps(told, ensure_ascii=False, indent=4) + "\n", encoding="utf-8")
