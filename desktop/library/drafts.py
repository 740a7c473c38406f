"""Notices that are being taken in, as files: closing the window, or a crash, loses nothing.

Each lies in a folder of its own, ``notices/drafts/<key>`` beside the workspace: ``source.txt`` (the text,
byte for byte), ``operations.json`` (what was proposed and decided, :mod:`desktop.reading.operations`) and the
file that it came as. What is discarded is moved to ``notices/discarded``, for whoever wants it back.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import disk
from desktop.errors import KnownError
from desktop.paths import OWN_FILE, OWN_FOLDER

if TYPE_CHECKING:
    from desktop.reading.drafts import NoticeDraft

NOTICES, DRAFTS, DISCARDED = "notices", "drafts", "discarded"
SOURCE, DECIDED = "source.txt", "operations.json"
_ORIGINAL = "original"
_LONGEST_NAME = 80
_MOST_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft on disk: its folder, when it was begun and changed.

    ``name`` is what the file was called, "" for pasted text; ``title`` the title as far as it was read;
    ``step`` the step of the wizard where it was left.
    """

    folder: Path
    name: str
    begun: datetime
    changed: datetime
    title: str
    step: str

    @property
    def key(self) -> str:
        """Return the name of the folder, by which a draft is known."""
        return self.folder.name


def folder_of(workspace: Path) -> Path:
    """Return the folder that holds the drafts of a workspace, which may not be there yet."""
    return workspace / NOTICES / DRAFTS


def keep(
    workspace: Path,
    draft: NoticeDraft,
    name: str = "",
    original: Path | None = None,
    now: datetime | None = None,
) -> KeptDraft:
    """Put a new draft on disk, with the file that it came as, and return where it is.

    Raises KnownError when nothing can be written there: nothing is lost, the draft lives on in memory.
    """
    begun = now or datetime.now().astimezone()
    root = folder_of(workspace)
    key = f"{begun:%Y%m%d-%H%M}-{secrets.token_hex(2)}"
    with disk.writing(root / key):
        root.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        with disk.folder_in(root) as folder:
            _write(folder / SOURCE, draft.source)
            if original is not None:
                _copy(original, folder)
            notes = {"name": name, "begun": begun.isoformat(timespec="seconds"), "step": ""}
            _write(folder / DECIDED, _told(draft, notes))
            folder.replace(root / key)
            folder.mkdir(OWN_FOLDER)  # what the block removes
        disk.sync_folder(root)
    return _kept(root / key)


def save(kept: KeptDraft, draft: NoticeDraft, step: str = "") -> KeptDraft:
    """Write a draft as it is now, return how it is kept. Raises KnownError; what was there before stays."""
    notes = {"name": kept.name, "begun": kept.begun.isoformat(timespec="seconds"), "step": step or kept.step}
    with disk.writing(kept.folder / DECIDED):
        _write(kept.folder / DECIDED, _told(draft, notes))
    return KeptDraft(
        kept.folder, kept.name, kept.begun, datetime.now().astimezone(), _title(draft), step or kept.step
    )


def listed(workspace: Path) -> tuple[KeptDraft, ...]:
    """Return the drafts, the one changed last first; what cannot be read is passed over and logged."""
    found: list[KeptDraft] = []
    try:
        folders = [path for path in folder_of(workspace).iterdir() if (path / DECIDED).is_file()]
    except OSError:
        return ()
    for folder in folders:
        try:
            found.append(_kept(folder))
        except (KnownError, OSError, ValueError):
            logging.getLogger(__name__).warning("a draft of a notice cannot be read", exc_info=True)
    return tuple(sorted(found, key=lambda one: one.changed, reverse=True))


def opened(kept: KeptDraft) -> NoticeDraft:
    """Return a draft as it was left. Raises KnownError when its files are damaged; they stay as they are."""
    from desktop.reading import drafts, operations

    source = _read(kept.folder / SOURCE)
    return drafts.replayed(source, operations.from_json(_read(kept.folder / DECIDED)))


def original_of(kept: KeptDraft) -> Path | None:
    """Return the file that the draft came as, None for pasted text."""
    return next(iter(sorted(kept.folder.glob(f"{_ORIGINAL}.*"))), None)


def discard(kept: KeptDraft) -> Path:
    """Move a draft aside and return where it is now. Raises KnownError when it cannot be moved."""
    root = kept.folder.parent.parent / DISCARDED
    with disk.writing(kept.folder):
        root.mkdir(OWN_FOLDER, exist_ok=True)
        target = disk.free_path(root, kept.key)
        kept.folder.replace(target)
        return target


def _kept(folder: Path) -> KeptDraft:
    from desktop.reading import operations

    decided = operations.from_json(_read(folder / DECIDED))
    changed = datetime.fromtimestamp((folder / DECIDED).stat().st_mtime).astimezone()
    begun = decided.notes.get("begun", "")
    return KeptDraft(
        folder,
        decided.notes.get("name", ""),
        datetime.fromisoformat(begun) if begun else changed,
        changed,
        decided.notes.get("title", ""),
        decided.notes.get("step", ""),
    )


def _told(draft: NoticeDraft, notes: Mapping[str, str]) -> str:
    from desktop.reading import drafts, operations

    return operations.to_json(drafts.decisions(draft, {**notes, "title": _title(draft)}))


def _title(draft: NoticeDraft) -> str:
    titles = [draft.reading.head.title, *(document.title for document in draft.reading.documents)]
    return next((title for title in titles if title), "")


def _write(path: Path, text: str) -> None:
    with disk.written(path) as part:
        part.touch(OWN_FILE)
        with part.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            file.write(text)


def _read(path: Path) -> str:
    with disk.reading(path):
        if path.stat().st_size > _MOST_BYTES:
            raise KnownError(f"“{path.name}”大得不正常，没有读。", "请重新录入这份发文。")
        data = path.read_bytes()
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise KnownError(f"“{path.name}”已损坏，没有读。", "文件原样保留；请重新录入这份发文。") from error


def _copy(original: Path, folder: Path) -> None:
    """Keep the file that the notice came as under a name that any disk allows."""
    ending = disk.allowed_name(original.suffix.lower())[:_LONGEST_NAME] or ".txt"
    (folder / f"{_ORIGINAL}{ending}").touch(OWN_FILE)
    shutil.copyfile(original, folder / f"{_ORIGINAL}{ending}")
