"""Packs of invented notices, and packs made by hand, as nobody should make them."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from desktop.library import pack_file
from desktop.library.pack_file import PackContents, PackedNotice

FILES = {
    "notices/xx-2026-1/notice.txt": "某某市人民政府\n1.减免租金。免收两个月租金。\n".encode(),
    "notices/xx-2026-1/structure.json": b'{"format": 1}\n',
    "notices/xx-2026-1/annotations.toml": b"",
    "notices/xx-2026-1/original.docx": bytes(range(256)) * 40,
}
NOTICES = (PackedNotice("xx-2026-1", "某政发〔2026〕1号", "若干措施", 1),)


def made(target: Path, files: Mapping[str, Path | bytes] = FILES, **others: object) -> PackContents:
    """Write a pack of ``files`` to ``target``."""
    told = {"program": "1.0.0", "made_by": "张三", "made_at": "2026-03-05T10:00:00+08:00", **others}
    notices = told.pop("notices", NOTICES)
    return pack_file.write(target, files, notices, **told)  # type: ignore[arg-type]


def parts(pack: Path) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(pack) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(target: Path, files: Mapping[str, bytes], mode: int = stat.S_IFREG | 0o644) -> Path:
    """Write a zip of ``files`` to ``target``, each with ``mode``, whatever its manifest says."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return target


def retold(data: bytes, **others: object) -> bytes:
    """Return a manifest that says ``others``, its digest left as it was."""
    return json.dumps(json.loads(data) | others, ensure_ascii=False, indent=1).encode() + b"\n"
