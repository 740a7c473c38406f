"""In a wheel, ``resources/`` lies inside ``desktop/`` (see ``desktop/paths.py``)."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """Lays the resources beside the modules, unless the source tree itself is installed."""

    def run(self) -> None:
        """Copy the modules, then the resources."""
        super().run()
        if not self.editable_mode:
            inside = Path(self.build_lib) / "desktop" / "resources"
            shutil.rmtree(inside, ignore_errors=True)
            shutil.copytree(Path(__file__).parent / "resources", inside)


setup(cmdclass={"build_py": BuildWithResources})
