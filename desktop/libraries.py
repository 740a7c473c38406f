"""What Qt links to on Linux, and what to say and do where some of it is missing.

Nothing but the standard library is used: the set-up (``packaging/desk.py``) reads the table before anything
is installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.errors import KnownError

#: What Qt and its X11 plugin link to, and the Debian package of each (UOS, Kylin: the same).
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
CHINESE_FONT = "fonts-noto-cjk"

_ABSENT = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")


def lacking() -> set[str]:
    """Return the libraries, of those above and of what these link to, that the linker does not find."""
    found = (_ABSENT.search(complaint(library)) for library in PACKAGES)
    return {absent[1] for absent in found if absent}


def complaint(library: str) -> str:
    """Return what the linker says against a library, a name or a path; empty when it can be loaded."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error.__cause__ or error)  # in the package it is wrapped
    return ""


def told(reason: str) -> KnownError | None:
    """Return what to say when a library could not be loaded; ``reason`` is what the linker said.

    All that is missing is named at once. None when the linker's reason is another one.
    """
    from desktop.errors import KnownError

    absent = _ABSENT.search(reason)
    if absent is None:
        return None
    packages = {PACKAGES.get(library, library) for library in {absent[1], *lacking()}}
    return KnownError(
        "这台电脑缺少系统组件，程序打不开。",
        f"请由管理员执行 sudo apt-get install {' '.join(sorted(packages))}，再重新打开。",
    )
