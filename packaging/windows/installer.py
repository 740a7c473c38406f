"""Compile the installer for Windows from a finished folder; needs NSIS 3 (``makensis``), on Windows or Linux.

``python packaging/windows/installer.py [FOLDER]`` (else ``dist/measures-desk``) makes
``dist/measures-desk-VERSION-win-amd64.exe``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path(__file__).resolve().parent / "measures-desk.nsi"
ICON = ROOT / "resources" / "icon" / "measures-desk.ico"


def installer(folder: Path, out: Path) -> None:
    """Compile the installer of ``folder`` into the file ``out``; warnings of the compiler are errors."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    values = {
        "VERSION": __version__,
        "FOLDER": folder.resolve(),
        "OUT": out.resolve(),
        "ICON": ICON,
        "KILOBYTES": size // 1024,
    }
    defined = [f"-D{name}={value}" for name, value in values.items()]
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, SCRIPT], check=True)


def main() -> int:
    """Compile and say where the installer is."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "measures-desk"
    out = ROOT / "dist" / f"measures-desk-{__version__}-win-amd64.exe"
    installer(folder, out)
    print(f"{out}  {out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
