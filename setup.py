"""In a wheel, ``resources/`` and the manual lie inside ``desktop/`` (see ``desktop/paths.py``)."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HOME = Path(__file__).parent
FOLDERS = ("resources", "docs/pictures")
MANUAL = "docs/user-guide.zh-CN.md"


class BuildWithResources(build_py):
    """Lays the resources and the manual beside the modules, unless the source tree itself is installed."""

    def run(self) -> None:
        """Copy the modules, then the rest."""
        super().run()
        if self.editable_mode:
            return
        inside = Path(self.build_lib) / "desktop"
        for folder in FOLDERS:
            shutil.rmtree(inside / folder, ignore_errors=True)
            shutil.copytree(HOME / folder, inside / folder)
        shutil.copy2(HOME / MANUAL, inside / MANUAL)


setup(cmdclass={"build_py": BuildWithResources})
