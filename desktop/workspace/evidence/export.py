"""佐证材料 taken along: a folder per unit, under names that say what is what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk
from desktop.catalogue.model import UNASSIGNED
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

MOST_TOLD = 8  # names of files that could not be copied


@dataclass(frozen=True, slots=True)
class Exported:
    """Where each file was copied to, and those that were not because they are missing or altered."""

    files: tuple[tuple[Evidence, Path], ...]
    missing: tuple[Evidence, ...]
    altered: tuple[Evidence, ...]

    @property
    def words(self) -> str:
        """Return what was copied and what was not, in sentences."""
        told = f"已导出佐证材料{len(self.files)}份。"
        for files, why in ((self.missing, "文件缺失"), (self.altered, "内容已改动")):
            if files:
                told += f"{len(files)}份{why}，没有导出：{_named(files)}。"
        return told


def _named(files: Sequence[Evidence]) -> str:
    """Return the names of some files, of many the first and how many they are."""
    named = "、".join(one.name for one in files[:MOST_TOLD])
    return f"{named}等{len(files)}份" if len(files) > MOST_TOLD else named


def export_to(
    folder: Path,
    target: Path,
    catalogue: Catalogue,
    files: Iterable[Evidence],
    report: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Copy ``files`` of the workspace in ``folder`` to ``target``/unit/第16条-name, byte for byte.

    What is there already with the same content is left; other files are never replaced, the copy gets a
    number. Missing and altered files are told, not copied. Stops early when ``cancelled``; what was copied
    stays. Raises KnownError when ``target`` cannot be written.
    """
    wanted = list(files)
    copied: list[tuple[Evidence, Path]] = []
    faulty: dict[State, list[Evidence]] = {State.MISSING: [], State.ALTERED: []}
    for done, one in enumerate(wanted, start=1):
        if cancelled is not None and cancelled():
            break
        state = evidence_files.state(folder, one.stored, thorough=True)
        if state is State.OK:
            copied.append(
                (one, _copy(one, folder, target / _unit_name(catalogue, one), _name(catalogue, one)))
            )
        else:
            faulty[state].append(one)
        if report is not None:
            report(done, len(wanted))
    return Exported(tuple(copied), tuple(faulty[State.MISSING]), tuple(faulty[State.ALTERED]))


def _copy(one: Evidence, folder: Path, home: Path, name: str) -> Path:
    stored = one.path(folder)
    with disk.writing(home / name):
        home.mkdir(parents=True, exist_ok=True)
        path = next(p for p in map(home.joinpath, disk.numbered(name)) if _free_or_same(p, one))
        if not path.exists():
            with stored.open("rb") as source, disk.written(path) as draft, draft.open("xb") as target:
                disk.pour(disk.pieces(source, stored), target)
    return path


def _free_or_same(path: Path, one: Evidence) -> bool:
    if not path.exists() and not path.is_symlink():
        return True
    return path.is_file() and disk.digest_of(path) == one.stored.sha256


def _unit_name(catalogue: Catalogue, one: Evidence) -> str:
    key = one.key.unit_key
    names = {unit.key: unit.name for unit in catalogue.whole.checklist_units()}
    return evidence_files.safe_name(names.get(key, "未明确责任单位" if key == UNASSIGNED else key))


def _name(catalogue: Catalogue, one: Evidence) -> str:
    try:
        measure = catalogue.measure(one.key.measure_key)
    except KeyError:
        return evidence_files.safe_name(one.name)
    only = catalogue.documents == (catalogue.document_of(measure),)
    paper = "" if only else catalogue.notice_of(measure).called
    return evidence_files.safe_name(f"{paper}{measure.cited}-{one.name}")
