"""An amended notice: keys are carried, older versions stay readable, old wordings are found by their hash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.catalogue import key_numbers, notice_folder
from desktop.errors import KnownError
from desktop.library import versions
from tests.library import noticed
from tests.library.noticed import AMENDED, KEY, MEASURES

DAY = date(2030, 9, 1)


def numbers(folder: Path) -> list[int]:
    return [int(measure.key[-2:]) for measure in notice_folder.read_text(folder, KEY).measures]


def amended(tmp_path: Path) -> Path:
    """Return the folder of the notice after it was amended."""
    old, new = noticed.put(tmp_path / "old" / KEY), noticed.put(tmp_path / "new" / KEY, AMENDED)
    versions.amend(old, new, KEY, DAY)
    return new


def test_measures_that_stayed_keep_their_keys_and_the_old_version_stays(tmp_path: Path) -> None:
    new = amended(tmp_path)
    assert numbers(new) == [5, 1, 3, 4]
    (version,) = versions.versions(new)
    assert (version.name, version.called, version.replaced_on) == ("2030-03", "2030-03 版", DAY)
    assert [measure.title for measure in version.read().measures] == [
        *("缓缴社会保险费", "减免房屋租金", "支持首次贷款", "办好用工服务")
    ]
    assert versions.is_version_of(tmp_path / "old" / KEY, new)
    assert not versions.is_version_of(new, new)
    assert versions.same(version.folder, tmp_path / "old" / KEY)


def test_the_old_wording_is_found_by_its_hash(tmp_path: Path) -> None:
    new = amended(tmp_path)
    first = notice_folder.read_text(tmp_path / "old" / KEY, KEY).measures[0]
    found = versions.wording(new.parent, first.key, first.text_sha256)
    assert found is not None
    assert (found.called, found.measure) == ("2030-03 版", first)
    assert versions.wording(new.parent, first.key, "0" * 64) is None
    assert versions.wording(new.parent, f"{KEY}.1.m05", first.text_sha256) is None
    assert versions.wording(new.parent, "gone-2030-1.1.m05", first.text_sha256) is None
    assert [one.called for one in versions.wordings(new, f"{KEY}.1.m02")] == ["2030-03 版"]


def test_amended_again_and_again(tmp_path: Path) -> None:
    second = amended(tmp_path)
    third = noticed.put(tmp_path / "third" / KEY, MEASURES, issued=None)
    versions.amend(second, third, KEY, date(2031, 1, 2))
    assert numbers(third) == [1, 6, 3, 4]  # what went has no way back to its key
    fourth = noticed.put(tmp_path / "fourth" / KEY, AMENDED)
    versions.amend(third, fourth, KEY, date(2031, 2, 3))
    assert numbers(fourth) == [7, 1, 3, 4]
    assert [one.called for one in versions.versions(fourth)] == [
        "2031-02 版",
        "2030-03 版（2）",
        "2030-03 版",
    ]
    assert key_numbers.load(fourth, [4]).highest == (7,)
    assert [len(each.read().measures) for each in versions.versions(fourth)] == [4, 4, 4]


def test_versions_that_are_there_are_not_doubled(tmp_path: Path) -> None:
    new = amended(tmp_path)
    old = tmp_path / "old" / KEY
    parsed = notice_folder.read_text(old, KEY)
    versions.add_version(old, new, parsed, DAY)
    versions.copy_versions(new, new)
    assert len(versions.versions(new)) == 1


def test_documents_keep_their_numbers_when_one_goes(tmp_path: Path) -> None:
    before = notice_folder.read_text(noticed.put(tmp_path / KEY), KEY)
    numbers = key_numbers.KeyNumbers(((1, 2, 3, 4), (1, 2)), (4, 2))
    carried = versions.carried_numbers(before, numbers, before)
    assert carried == key_numbers.KeyNumbers(((1, 2, 3, 4), ()), (4, 2))


def test_a_damaged_version_is_passed_over(tmp_path: Path) -> None:
    new = amended(tmp_path)
    (version,) = versions.versions(new)
    (version.folder / "version.json").write_text("[", "utf-8")
    (version.folder / "structure.json").write_text("{}", "utf-8")
    (again,) = versions.versions(new)
    assert again.replaced_on is None
    assert versions.wordings(new, f"{KEY}.1.m01") == ()
    with pytest.raises(KnownError):
        again.read()


def test_other_folders_are_no_versions(tmp_path: Path) -> None:
    assert versions.versions(tmp_path) == ()
    for name in ("2030", "2030-03-x", "../x", "备份"):
        (tmp_path / "versions" / name).mkdir(parents=True)
    (tmp_path / "versions" / "2030-04").write_text("no folder", "utf-8")
    assert versions.versions(tmp_path) == ()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("第一条　支持\r\n企业", True),
        ("\ufeff第一条支持企业\n", True),
        ("第一条支持小企业", False),
        ("", False),
    ],
)
def test_the_same_words(other: str, same: bool) -> None:
    assert versions.same_words("第一条 支持企业", other) is same


def test_how_it_was_worded_is_told(tmp_path: Path) -> None:
    new = amended(tmp_path)
    old = notice_folder.read_text(tmp_path / "old" / KEY, KEY).measures
    now = {one.key: one for one in notice_folder.read_text(new, KEY).measures}
    first = now[old[0].key]
    assert versions.told_change(new.parent, first, old[0].text_sha256) == (
        f"填写时的原文（2030-03 版）：{old[0].text}"
    )
    assert versions.told_change(new.parent, first, "0" * 64) == ""


def test_another_number_alone_is_no_change_of_the_words(tmp_path: Path) -> None:
    old = noticed.put(tmp_path / "old" / KEY, MEASURES)
    new = noticed.put(tmp_path / "new" / KEY, MEASURES[1:])
    versions.amend(old, new, KEY, DAY)
    before = notice_folder.read_text(old, KEY).measures[1]
    after = notice_folder.read_text(new, KEY).measures[0]
    assert before.key == after.key
    assert versions.unnumbered(before) == versions.unnumbered(after)
    assert versions.told_change(new.parent, after, before.text_sha256) == (
        "措施文字没有改动，只是编号由“2.”改为“1.”。"
    )
