"""What a 数据包 says of itself: who made it, of what, and how long each part is, with its SHA-256."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.library.pack_checks import PackKind, altered, refused
from desktop.library.pack_names import MANIFEST, RECORDS
from desktop.workspace.evidence.files import LIMIT
from desktop.workspace.merging.spans import Spans

KIND, FORMAT = "measures-desk.data", 1
SUFFIX = ".sjb"
MEASURES = "measures.json"
"""Title and SHA-256 of the text of each measure that something was entered for, by its key."""
EVIDENCE = "evidence"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MACHINE = re.compile(r"[0-9a-f]{10}")
_LARGEST_RECORDS = 4 * 1024**3
_LARGEST_PAPER = 64 * 1024**2
_MOST_TEXT = 500
_AGAIN = "请对方重新导出一份。"


def is_digest(text: str) -> bool:
    """Tell whether ``text`` is a SHA-256 as it is kept."""
    return _SHA256.fullmatch(text) is not None


def evidence_of(name: str) -> str | None:
    """Return the SHA-256 of the file of 佐证材料 that a part is by its name, None for any other."""
    folder, _, digest = name.partition("/")
    return digest if folder == EVIDENCE and is_digest(digest) else None


def _most_bytes(name: str) -> int:
    if evidence_of(name):
        return LIMIT
    return {RECORDS: _LARGEST_RECORDS, MANIFEST: _LARGEST_PAPER, MEASURES: _LARGEST_PAPER}.get(name, -1)


DATA = PackKind(
    "数据包",
    "没有并入，工作库没有改动。",
    f"请选择由“导出数据包”得到的文件（{SUFFIX}）。",
    largest_file=64 * 1024**3,
    largest_total=64 * 1024**3,
    most_files=100_000,
    most_bytes=_most_bytes,
)


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A part of a package: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackageManifest:
    """What a package says of itself.

    ``machine`` made it; ``unit`` is the only unit whose items and demands are in it, "" for all; ``since``
    the moment from which on it has what was entered or came in, "" for all. ``holds`` are all writes that its
    maker has, ``left_out`` those that are of no concern to ``unit``. ``called`` is how machines are called,
    ``missing`` are files of 佐证材料 that the maker itself lacks.
    """

    machine: str
    made_at: str
    by: str
    program: str
    unit: str = ""
    since: str = ""
    writes: int = 0
    holds: Spans = field(default_factory=dict)
    left_out: Spans = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, PackagePart] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Return the SHA-256 of each file of 佐证材料 in it."""
        return tuple(digest for name in self.parts if (digest := evidence_of(name)))


def told(manifest: PackageManifest) -> bytes:
    """Return a manifest as it stands in a package."""
    values = {
        "kind": KIND,
        "format": FORMAT,
        "machine": manifest.machine,
        "called": dict(manifest.called),
        "made_at": manifest.made_at,
        "person": manifest.by,
        "program": manifest.program,
        "scope": {"unit": manifest.unit or None},
        "since": manifest.since or None,
        "writes": manifest.writes,
        "holds": {machine: [list(span) for span in mine] for machine, mine in manifest.holds.items()},
        "left_out": {machine: [list(span) for span in mine] for machine, mine in manifest.left_out.items()},
        "missing": list(manifest.missing),
        "parts": {name: {"size": part.size, "sha256": part.sha256} for name, part in manifest.parts.items()},
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def parsed(data: bytes, shown: str) -> PackageManifest:
    """Read the manifest of the package called ``shown``. Raises PackError for one that is none of ours."""
    try:
        values = json.loads(data)
        _check_format(values, shown)
        return PackageManifest(
            machine=_machine(values["machine"]),
            made_at=_moment(values["made_at"]),
            by=_text(values["person"]),
            program=_text(values["program"]),
            unit=_text(values["scope"]["unit"] or ""),
            since=_moment(values["since"]) if values["since"] else "",
            writes=_count(values["writes"]),
            holds=_spans(values["holds"]),
            left_out=_spans(values["left_out"]),
            called={_machine(machine): _text(name) for machine, name in values["called"].items()},
            parts={name: _part(part) for name, part in values["parts"].items()},
            missing=tuple(_digest(one) for one in values["missing"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise altered(shown, DATA) from error


def _check_format(values: Any, shown: str) -> None:
    if values["kind"] != KIND:
        raise refused(shown, f"不是{DATA.called}", DATA.another, DATA)
    if type(values["format"]) is not int or values["format"] < FORMAT:
        raise refused(shown, "的格式太旧，本版本已经读不了", f"请用现在的版本{_AGAIN[1:]}", DATA)
    if values["format"] > FORMAT:
        raise refused(shown, "由更新版本的惠企措施手册制作，本版本读不了", "请先更新程序，再并入。", DATA)


def _part(value: Any) -> PackagePart:
    return PackagePart(_count(value["size"]), _digest(value["sha256"]))


def _spans(value: Any) -> Spans:
    found = {}
    for machine, spans in value.items():
        flat = [number for first, last in spans for number in (_count(first), _count(last))]
        if any(first > last for first, last in spans) or flat != sorted(flat) or min(flat, default=1) < 1:
            raise ValueError(value)
        found[_machine(machine)] = tuple((first, last) for first, last in spans)
    return found


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 10**15:
        raise TypeError(value)
    return value


def _machine(value: Any) -> str:
    if not isinstance(value, str) or not _MACHINE.fullmatch(value):
        raise TypeError(value)
    return value


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not is_digest(value):
        raise TypeError(value)
    return value


def _moment(value: Any) -> str:
    datetime.fromisoformat(value)
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT or not (value.isprintable() or value == ""):
        raise TypeError(value)
    value.encode()
    return value
