from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import KnownError
from desktop.library import drafts as kept_drafts
from desktop.reading.drafts import apply, begin, undo
from tests.reading.invented import SOURCE
from tests.rights import ordinary_user

START = SOURCE.index("2.缓缴")


def test_a_draft_is_found_again_as_it_was_left(tmp_path: Path) -> None:
    original = tmp_path / "来文.DOCX"
    original.write_bytes(b"PK")
    draft = begin(SOURCE)
    kept = kept_drafts.keep(tmp_path, draft, "来文.DOCX", original)
    assert kept_drafts.opened(kept).reading == draft.reading
    draft = undo(apply(apply(draft, "relabel", start=START, label="note"), "merge", start=START))
    kept_drafts.save(kept, draft, "pieces")
    (found,) = kept_drafts.listed(tmp_path)
    assert (found.key, found.name, found.step) == (kept.key, "来文.DOCX", "pieces")
    assert found.begun == kept.begun
    again = kept_drafts.opened(found)
    assert (again.reading, again.operations, again.can_redo) == (draft.reading, draft.operations, True)
    copied = kept_drafts.original_of(found)
    assert copied is not None
    assert (copied.name, copied.read_bytes()) == ("original.docx", b"PK")
    names = sorted(path.name for path in found.folder.iterdir())
    assert names == ["operations.json", "original.docx", "source.txt"]
    assert sorted(path.name for path in kept_drafts.folder_of(tmp_path).iterdir()) == [found.key]


def test_the_source_is_kept_byte_for_byte(tmp_path: Path) -> None:
    source = SOURCE.replace("\n", "\r\n", 2) + "\u3000\t\n\n"
    kept = kept_drafts.keep(tmp_path, begin(source))
    assert (kept.folder / kept_drafts.SOURCE).read_bytes() == source.encode()
    assert kept_drafts.opened(kept).source == source


def test_discarding_moves_aside_and_deletes_nothing(tmp_path: Path) -> None:
    kept = kept_drafts.keep(tmp_path, begin(SOURCE))
    target = kept_drafts.discard(kept)
    assert kept_drafts.listed(tmp_path) == ()
    assert (target / kept_drafts.SOURCE).read_text("utf-8") == SOURCE


def test_a_damaged_draft_does_not_hide_the_others(tmp_path: Path) -> None:
    bad, good = (kept_drafts.keep(tmp_path, begin(SOURCE)) for _ in range(2))
    (bad.folder / kept_drafts.DECIDED).write_bytes(b"{\xff")
    assert [one.key for one in kept_drafts.listed(tmp_path)] == [good.key]
    with pytest.raises(KnownError, match="已损坏"):
        kept_drafts.opened(bad)
    (good.folder / kept_drafts.SOURCE).write_text(SOURCE + "多", "utf-8")
    with pytest.raises(KnownError, match="另一份原文"):
        kept_drafts.opened(good)


def test_a_place_without_rights_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with ordinary_user(), pytest.raises(KnownError, match="没有写"):
        kept_drafts.keep(tmp_path, begin(SOURCE))
    tmp_path.chmod(0o700)


def test_a_disk_that_refuses_is_said_and_the_draft_as_it_was_stays(tmp_path: Path) -> None:
    draft = begin(SOURCE)
    kept = kept_drafts.keep(tmp_path, draft)
    (kept.folder / kept_drafts.DECIDED).rename(kept.folder / "elsewhere")
    (kept.folder / kept_drafts.DECIDED).mkdir()
    with pytest.raises(KnownError, match="没有写成"):
        kept_drafts.save(kept, apply(draft, "relabel", start=START, label="note"))
    assert kept_drafts.listed(tmp_path) == ()
