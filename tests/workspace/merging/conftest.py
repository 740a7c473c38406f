from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.merging.machines import Machine, machine


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, "办公室") as found:
        yield found


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, "李四") as found:
        yield found


@pytest.fixture
def third(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, "王五") as found:
        yield found
