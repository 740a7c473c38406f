"""The scripts of ``packaging/`` stand outside the program: load them by their files."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.ui.frame import app

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packaging"))  # its scripts find one another so


def load(path: Path) -> ModuleType:
    """Load one script as a module, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session", autouse=True)
def _the_programs_application() -> None:
    """A process has one application for all its tests; icons are drawn by it too."""
    app.application()


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree of its own in which ``desk.py`` can look for an environment."""
    for folder in ("packaging", "desktop"):
        (tmp_path / folder).mkdir()
    for name in (
        "pyproject.toml",
        "packaging/requirements.lock",
        "packaging/desk.py",
        "desktop/__init__.py",
        "desktop/libraries.py",
    ):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def desk(tree: Path) -> ModuleType:
    return load(tree / "packaging" / "desk.py")


@pytest.fixture
def trim() -> ModuleType:
    return load(ROOT / "packaging" / "trim.py")


@pytest.fixture
def offline(watch: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setitem(sys.modules, "watch", watch)
    return load(ROOT / "packaging" / "offline.py")


@pytest.fixture
def watch() -> ModuleType:
    return load(ROOT / "packaging" / "watch.py")


@pytest.fixture
def support() -> ModuleType:
    return load(ROOT / "packaging" / "support.py")
