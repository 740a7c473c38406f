"""From a decided reading to what the catalogue holds: the bundled notice, and forms that it has not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.catalogue import key_numbers, notice_files, notice_folder, nouns
from desktop.catalogue.key_numbers import KeyNumbers
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError
from desktop.reading.propose import propose

from . import invented, samples


@pytest.fixture(scope="module")
def ahead() -> ParsedNotice:
    return nouns.nouns(invented.ahead(), invented.AHEAD_KEY)


@pytest.fixture(scope="module")
def plain() -> ParsedNotice:
    return nouns.nouns(invented.plain(), invented.PLAIN_KEY)


def test_the_proposal_for_the_bundled_notice_is_what_was_decided(parsed: ParsedNotice) -> None:
    """Rules may change what they propose; then this says so, and the decided structure stays."""
    proposed = nouns.nouns(propose(samples.SOURCE), samples.SLUG)
    for name in ("documents", "categories", "groups", "measures", "named", "citations", "segments"):
        assert getattr(proposed, name) == getattr(parsed, name), name


def test_counts(parsed: ParsedNotice) -> None:
    assert len(parsed.documents) == 1
    assert len(parsed.categories) == 10
    assert len(parsed.measures) == 32
    assert len({named.name for named in parsed.named}) == 20
    assert len(parsed.named) == 63
    without = [measure.number for measure in parsed.measures if measure.units_start < 0]
    assert without == [29, 30, 31, 32]


def test_every_piece_is_its_place_in_the_source(parsed: ParsedNotice) -> None:
    for measure in parsed.measures:
        assert samples.SOURCE[measure.start : measure.end] == measure.text == samples.LINES[measure.line - 1]
        assert measure.text == f"{measure.number}.{measure.title}。{measure.body}{measure.printed_units}"
        assert measure.printed_units == "" or measure.printed_units.startswith("(责任单位:")
    for category in parsed.categories:
        assert parsed.words(category.key) == category.heading
    for citation in parsed.citations:
        words = samples.SOURCE[citation.start : citation.end]
        assert words == f"《{citation.title}》" + (f"({citation.number})" if citation.number else "")
    assert parsed.documents[0].preamble == samples.LINES[47]
    letter = parsed.words(samples.SLUG)
    assert letter.startswith("城政办发〔2023〕3号\n")
    assert letter.endswith("(此件公开发布)")


def test_keys_are_stable(parsed: ParsedNotice) -> None:
    assert parsed.documents[0].key == "czbf-2023-3.1"
    assert [category.key for category in parsed.categories][::9] == ["czbf-2023-3.1.c01", "czbf-2023-3.1.c10"]
    assert parsed.measures[15].key == "czbf-2023-3.1.m16"
    assert parsed.measures[15].category_key == "czbf-2023-3.1.c07"


def test_nothing_of_the_navigation_gets_in(parsed: ParsedNotice) -> None:
    read = [measure.text for measure in parsed.measures] + [category.title for category in parsed.categories]
    read += [parsed.words(key) for key in parsed.places] + [parsed.documents[0].title]
    for words in ("法定主动", "依申请", "政府网站", "年度报表", "地方部门", "发布日期"):
        assert not any(words in text for text in read)


def test_groups_and_numbers_that_begin_anew(ahead: ParsedNotice) -> None:
    assert [(group.heading, group.category_key[-3:]) for group in ahead.groups] == [
        ("（一）融资支持", "c01"), ("（二）奖补支持", "c01"),
    ]  # fmt: skip
    found = [(one.key[-3:], one.label, one.number, one.cited, one.group_key[-3:]) for one in ahead.measures]
    assert found == [
        ("m01", "1.", 1, "第一部分（一）第1条", "g01"),
        ("m02", "2.", 2, "第一部分（一）第2条", "g01"),
        ("m03", "1.", 3, "第一部分（二）第1条", "g02"),
        ("m04", "1.", 4, "第二部分第1条", ""),
        ("m05", "2.", 5, "第二部分第2条", ""),
    ]


def test_a_hard_wrap_is_joined_and_a_paragraph_stays(ahead: ParsedNotice) -> None:
    first, second = ahead.measures[:2]
    assert first.body == "对符合条件的中小企业给予最高50万元贴息，支持企业扩大再生产。"
    assert second.body == "推广“随借随还”。\n鼓励银行让利。"
    for measure in (first, second):
        for segment in ahead.segments[measure.key]:
            words = invented.AHEAD[segment.start : segment.end]
            assert measure.text.startswith(words, segment.at)
    assert set(ahead.segments) == {first.key, second.key}


def test_roles_and_where_units_stand(ahead: ParsedNotice) -> None:
    found = [(one.name, one.position, one.role, one.rule) for one in ahead.named[:4]]
    assert found == [
        ("区财政局", 1, "lead", "牵头单位"),
        ("县工信局", 2, "support", "配合单位"),
        ("县金融办", 1, "", ""),
        ("县税务局", 2, "", ""),
    ]
    texts = {measure.key: measure.text for measure in ahead.measures}
    assert all(texts[one.measure_key][one.start : one.end] == one.name for one in ahead.named)
    assert ahead.measures[0].printed_units == "（牵头单位：区财政局；配合单位：县工信局）"


def test_a_notice_without_number_dates_and_categories(plain: ParsedNotice) -> None:
    assert (plain.notice.number, plain.notice.issued_on, plain.notice.valid_until) == ("", None, None)
    assert plain.notice.validity_kind == "none"
    assert plain.notice.called == "《某某市促进消费若干举措》"
    assert plain.categories == plain.groups == ()
    assert [measure.cited for measure in plain.measures] == ["第一条", "第二条", "第三条"]
    assert {measure.category_key for measure in plain.measures} == {f"{invented.PLAIN_KEY}.1.c00"}
    assert plain.words(invented.PLAIN_KEY) == ""


def test_a_unit_named_twice_has_one_responsibility_in_its_strongest_role() -> None:
    reading = invented.ahead()
    document = reading.documents[0]
    first = document.measures[0]
    again = replace(first.statements[0].mentions[1], name="区财政局")
    stated = replace(first.statements[0], mentions=(again, first.statements[0].mentions[0]))
    measures = (replace(first, statements=(stated,)), *document.measures[1:])
    changed = replace(reading, documents=(replace(document, measures=measures),))
    named = nouns.nouns(changed, "x-2031-1").named
    assert [(one.name, one.role) for one in named if one.measure_key.endswith("m01")] == [
        ("区财政局", "lead")
    ]


def test_windows_line_ends_do_no_harm(ahead: ParsedNotice) -> None:
    reading = propose(invented.AHEAD.replace("\n", "\r\n"))
    read = nouns.nouns(reading, invented.AHEAD_KEY)
    assert [measure.text for measure in read.measures] == [measure.text for measure in ahead.measures]
    assert [measure.line for measure in read.measures] == [measure.line for measure in ahead.measures]


def test_an_amended_notice_has_the_keys_that_are_kept(tmp_path: Path) -> None:
    folder = invented.put(tmp_path / invented.AHEAD_KEY, invented.ahead(), "")
    before = notice_files.digest([folder])
    counted = notice_folder.read_text(folder, "other").measures
    assert [one.key for one in counted][:2] == ["other.1.m01", "other.1.m02"]
    numbers = KeyNumbers(((2, 9, 1, 3, 4),), (9,))
    (folder / key_numbers.KEYS).write_text(key_numbers.to_json(numbers), "utf-8")
    read = notice_folder.read_text(folder, invented.AHEAD_KEY)
    assert [one.key[-3:] for one in read.measures] == ["m02", "m09", "m01", "m03", "m04"]
    assert [one.ordinal for one in read.measures] == [1, 2, 3, 4, 5]
    assert {one.measure_key for one in read.named} <= {one.key for one in read.measures}
    assert notice_files.digest([folder]) != before
    (folder / key_numbers.KEYS).write_text(key_numbers.to_json(KeyNumbers(((1,),), (1,))), "utf-8")
    with pytest.raises(KnownError, match="措施代号文件"):
        notice_folder.read_text(folder, invented.AHEAD_KEY)
