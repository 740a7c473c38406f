"""What may lie in a 发文包, by name: all else is refused before anything of it is read or written.

Names are the program's own, so the rule is narrow: whatever a name could do on some system (lead out of the
folder, meet another name without regard to case, name a device) it cannot be written at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SUFFIX = ".fwb"
NOTICES, LINKS, MANIFEST = "notices", "links.json", "manifest.json"
RECORDS = "records.jsonl"
"""What a 数据包, which holds no notices, has."""
TEXT, STRUCTURE, ANNOTATIONS = "notice.txt", "structure.json", "annotations.toml"
RULES, KEYS = "rules.toml", "keys.json"
VERSIONS, VERSION = "versions", "version.json"
ORIGINAL = "original"
NEEDED = (TEXT, STRUCTURE, ANNOTATIONS)
"""What each notice, and each of its versions, has."""
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{1,3})?")
_ORIGINAL = re.compile(r"original\.[a-z0-9]{1,8}")
_LONGEST_KEY = 64
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def is_key(name: str) -> bool:
    """Tell whether ``name`` can be the key of a notice, which is the name of its folder.

    It has a hyphen, and so is never the name of another folder beside the notices (drafts, removed, pending).
    """
    return len(name) <= _LONGEST_KEY and bool(_KEY.fullmatch(name)) and not _DEVICES.fullmatch(name)


def is_version(name: str) -> bool:
    """Tell whether ``name`` can be the name of a version, e.g. 2026-03 or 2026-03-2."""
    return bool(_VERSION.fullmatch(name))


def is_kept(name: str) -> bool:
    """Tell whether a file of this name in a notice's folder, or a version's, goes into a pack."""
    return name in (*NEEDED, RULES, KEYS) or bool(_ORIGINAL.fullmatch(name))


def notice_of(name: str) -> str | None:
    """Return the key of the notice to which the file ``name`` of a pack belongs, None where it may not be."""
    match name.split("/"):
        case [folder, key, file] if folder == NOTICES and is_key(key) and is_kept(file):
            return key
        case [folder, key, versions, version, file] if (
            folder == NOTICES
            and versions == VERSIONS
            and is_key(key)
            and is_version(version)
            and (is_kept(file) or file == VERSION)
        ):
            return key
    return None


def lacking(names: Iterable[str]) -> str | None:
    """Return a file that a notice or a version among ``names`` ought to have and has not, None if all are."""
    there = set(names)
    folders = {name.rpartition("/")[0] for name in there if "/" in name}
    for folder in sorted(folders):
        needed = (*NEEDED, VERSION) if VERSIONS in folder.split("/") else NEEDED
        for file in needed:
            if f"{folder}/{file}" not in there:
                return f"{folder}/{file}"
    return None
