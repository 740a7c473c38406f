"""What all tests share: no test may touch the user's own workspace or open a window on a real screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
