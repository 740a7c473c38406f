"""The .deb in the shape of UOS and deepin: everything below ``/opt/apps/<id>``, nothing run by the installer.

Which rules hold there is in :mod:`shapes.uos_rules`.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from shapes import depends, menu, tree
from shapes.uos_rules import PERMISSIONS

#: The id of the package, a domain backwards. ``measuresdesk.org`` is nobody's of us: whoever publishes the
#: package writes a domain of their own here, the only place in the code, before the first copy goes out, and
#: keeps it.
APP_ID = "org.measuresdesk.measuresdesk"
TITLE = "惠企措施手册"


def build(program: Path, folder: Path, version: str, *, quick: bool = False) -> Path:
    """Make the package of the finished folder ``program`` in ``folder`` and return its path."""
    architecture, version = tree.architecture(), four(version)
    fields = {
        "Package": APP_ID,
        "Version": version,
        "Architecture": architecture,
        "Depends": ", ".join(depends.packages(program)),
    }
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        lay(program, root, version, architecture)
        return tree.pack(root, fields, folder / f"{APP_ID}_{version}_{architecture}.deb", quick=quick)


def four(version: str) -> str:
    """Return ``1.0.0`` as UOS writes it, with a fourth number."""
    return ".".join((version.split(".") + ["0"] * 4)[:4])


def lay(program: Path, root: Path, version: str, architecture: str) -> None:
    """Lay everything that is installed into ``root``."""
    home = root / "opt" / "apps" / APP_ID
    tree.lay_program(program, home / "files" / "bin")
    inside = f"/opt/apps/{APP_ID}/files/bin"
    tree.lay_papers(home / "files" / "doc", f"{inside}/随附材料/许可证")
    menu.lay(home / "entries", APP_ID, f"{inside}/measures-desk")
    told = {
        "appid": APP_ID,
        "name": TITLE,
        "version": version,
        "arch": [architecture],
        "permissions": dict.fromkeys(PERMISSIONS, False) | {"clipboard": True},
    }
    (home / "info").write_text(json.dumps(told, ensure_ascii=False, indent=4) + "\n", encoding="utf-8")
