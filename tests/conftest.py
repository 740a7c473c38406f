"""What all tests share: no test may touch the user's own workspace or open a window on a real screen."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import rights

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_MEMORY, _ROOM = Path("/dev/shm"), 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM:
    # what is synced to a disk that others use is waited for: a third of the time
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
# what is right is right on a busy machine too: no example is held against a clock
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are for one user only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    rights.set_free(folder)
    shutil.rmtree(folder)
