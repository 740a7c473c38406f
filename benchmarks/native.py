"""Two native Qt programs that Debian packages, to be started beside ours: sqlitebrowser and goldendict.

Both are C++ on Qt 5 and read what they show from files of their own, as ours does. They are started as a
user has them after the first day: nothing is asked, nothing is fetched from the network, and they speak
Chinese, so that they draw with the same fonts as ours.
"""

from __future__ import annotations

import shutil
from pathlib import Path

PROGRAMS = ("sqlitebrowser", "goldendict")

_BROWSER_SETTINGS = """\
[%General]
language=zh_CN

[checkversion]
enabled=false
"""
_DICTIONARY_SETTINGS = {
    'enabled="1"': 'enabled="0"',  # the English Wikipedia
    "<interfaceLanguage></": "<interfaceLanguage>zh_CN</",
    "<checkForNewReleases>1</": "<checkForNewReleases>0</",
}


def missing() -> tuple[str, ...]:
    """Return the programs that are not installed; their Debian packages are called the same."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


def settle(name: str, home: Path) -> None:
    """Write the settings of a program into ``home``, where its first start has left those it begins with."""
    settings = home / ".config" / name
    if name == "sqlitebrowser":
        (settings / "sqlitebrowser.conf").write_text(_BROWSER_SETTINGS, encoding="utf-8")
        return
    text = (settings / "config").read_text(encoding="utf-8")
    for given, wanted in _DICTIONARY_SETTINGS.items():
        if given not in text:
            raise LookupError(f"{name} does not know the setting {given}")
        text = text.replace(given, wanted)
    (settings / "config").write_text(text, encoding="utf-8")
