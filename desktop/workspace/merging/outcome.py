"""What taking in a package does, or would do, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.workspace.journal.model import Write, WriteId
from desktop.workspace.merging.manifest import PackageManifest


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of a record of which several values stand until somebody decides.

    ``called`` is the record and ``field_called`` the field as people call them; ``values`` are the standing
    writes, each with who and when. The first is what lists and sums use meanwhile.
    """

    noun: str
    key: str
    field: str
    called: str
    field_called: str
    values: tuple[Write, ...]

    @property
    def choices(self) -> tuple[Any, ...]:
        """Return the different values, in the order of the writes."""
        found: list[Any] = []
        for write in self.values:
            if write.value not in found:
                found.append(write.value)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Records that may be one thing, entered on two machines: their keys and what they are called."""

    noun: str
    keys: tuple[str, ...]
    called: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Writes of a machine that exist and are not here: counters ``first`` to ``last``."""

    machine: str
    called: str
    first: int
    last: int
    after: str = ""
    before: str = ""

    @property
    def words(self) -> str:
        """Return whose writes are missing, how many, and from when to when as far as the neighbours tell."""
        count = self.last - self.first + 1
        since = f"{self.after[:10]}之后" if self.after else ""
        until = f"{self.before[:10]}之前" if self.before else ""
        when = f"（{since}{'、' if since and until else ''}{until}）" if since or until else ""
        return f"{self.called}：第{self.first}至{self.last}笔，共{count}笔录入还没有收到{when}"


@dataclass(frozen=True, slots=True)
class Clash:
    """A write that was not taken: one of that name is here with other content. Nothing else is affected."""

    name: WriteId
    noun: str
    key: str
    field: str
    called: str


@dataclass(frozen=True, slots=True)
class BroughtChange:
    """A record that a package brings, or one of its fields that it changes, in words.

    ``field_called`` is "" for a whole record that is new; ``by`` and ``at`` are of what stands after it.
    """

    noun: str
    key: str
    called: str
    field_called: str = ""
    before: str = ""
    after: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class FileBack:
    """A file of 佐证材料 called ``name`` that a record here named, that was not whole, and that came back."""

    noun: str
    key: str
    called: str
    name: str


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a package brings. ``new``, ``changed`` and ``same`` count the records that it speaks of.

    New ones did not exist here, changed ones are not as they were, the same ones are. ``writes`` are how many
    of its writes were not here. ``conflicts`` are the fields on which it brings a further value, ``gaps`` all
    that is missing after it. ``files`` counts its files of 佐证材料, ``missing`` are those its maker lacked,
    ``files_back`` those that records here named before and that were not whole.
    ``deleted`` are the records (noun, key) of which it says, or was told, that they were deleted for good.
    ``changes`` are, of a plan, the first of what is new and changed, one by one. ``arrival`` is the receipt's
    number, 0 for a plan.
    """

    manifest: PackageManifest
    digest: str
    new: int = 0
    changed: int = 0
    same: int = 0
    writes: int = 0
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[PossibleDuplicate, ...] = ()
    gaps: tuple[Gap, ...] = ()
    clashes: tuple[Clash, ...] = ()
    files: int = 0
    missing: tuple[str, ...] = ()
    files_back: tuple[FileBack, ...] = ()
    deleted: tuple[tuple[str, str], ...] = ()
    changes: tuple[BroughtChange, ...] = ()
    arrival: int = 0

    @property
    def nothing(self) -> bool:
        """Tell whether all of it is here already."""
        return not (self.writes or self.clashes)
