"""What is compared takes turns, so that a moment in which the machine is busy harms all of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def in_turns(runs: int, *calls: Callable[[], object]) -> list[float]:
    """Return the median seconds of the processor of each call, run by turns."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(runs):
        for call, taken in zip(calls, times, strict=True):
            began = time.process_time()
            call()
            taken.append(time.process_time() - began)
    return [statistics.median(taken) for taken in times]
