"""What the look for networks sees."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CALLS = """
import socket
socket.socket(socket.AF_UNIX).close()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
    other.connect(("127.0.0.1", 9))
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_a_program_that_asks_for_a_network_is_seen(offline: ModuleType, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    for _ in range(2):
        subprocess.run([*offline.strace(trace), sys.executable, "-c", CALLS], check=True)
    found = offline.families(trace)
    assert found["AF_UNIX"] == 2
    assert found["AF_INET"] >= 4
    assert found.keys() - offline.LOCAL == {"AF_INET"}
