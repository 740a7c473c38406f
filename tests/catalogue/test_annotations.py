"""The editorial file: complete, each entry standing on its measure's words, refused when it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.catalogue import annotations as editorial
from desktop.catalogue import unit_names, vocabulary
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError

from . import samples

TEXT = (samples.FOLDER / "annotations.toml").read_text(encoding="utf-8")


def test_every_quote_stands_in_its_measure_before_the_units(
    parsed: ParsedNotice, annotations: Annotations
) -> None:
    measures = {measure.key: measure for measure in parsed.measures}
    for note in (*annotations.measure_tags, *annotations.figures):
        measure = measures[note.measure_key]
        assert note.quote
        assert samples.SOURCE[measure.start :].startswith(note.quote, note.start)
        assert note.start + len(note.quote) <= measure.body_end


def test_every_measure_has_both_kinds_of_tags(parsed: ParsedNotice, annotations: Annotations) -> None:
    kinds = {tag.key: tag.kind for tag in vocabulary.tags()}
    for kind in vocabulary.TAG_KINDS:
        tagged = {tag.measure_key for tag in annotations.measure_tags if kinds[tag.tag_key] == kind}
        assert tagged == {measure.key for measure in parsed.measures}


def test_every_number_in_a_measure_is_a_figure(parsed: ParsedNotice, annotations: Annotations) -> None:
    """The digits in the texts and the digits in the figures are the same: none forgotten, none invented."""
    for measure in parsed.measures:
        printed = re.findall(r"\d+%?", measure.body)
        quoted = [
            re.findall(r"\d+%?", figure.quote)
            for figure in annotations.figures
            if figure.measure_key == measure.key and figure.kind == "figure"
        ]
        assert [number for numbers in quoted for number in numbers] == printed


def test_key_figures(annotations: Annotations) -> None:
    found = [(note.measure_key[-2:], note.quote) for note in annotations.figures if note.kind == "figure"]
    assert found == [("03", "1%以下"), ("10", "12345平台"), ("19", "30%以上"), ("30", "12345便企服务热线")]


def test_who_qualifies_is_a_condition(parsed: ParsedNotice, annotations: Annotations) -> None:
    """Wherever a measure says 符合条件的, the words are part of one of its conditions."""
    for measure in parsed.measures:
        for found in re.finditer("符合条件的|符合授信条件的", measure.body):
            at = measure.body_start + found.start()
            assert any(
                note.measure_key == measure.key and note.start <= at < note.start + len(note.quote)
                for note in annotations.figures
                if note.kind == "condition"
            )


def test_kinds_of_units(annotations: Annotations) -> None:
    kinds = {unit.name: unit.kind for unit in annotations.units if unit.kind != "区级部门"}
    assert kinds == {
        "国家税务总局阳泉市城区税务局": "垂直管理机构",
        "市生态环境局城区分局": "垂直管理机构",
        "国网阳泉供电公司": "企业",
        "辖区金融机构": "机构群体",
        "保险机构": "机构群体",
    }


def test_units_are_numbered_as_they_first_appear(annotations: Annotations) -> None:
    places = [samples.SOURCE.index(unit.name) for unit in annotations.units if len(unit.name) > 4]
    assert places == sorted(places)
    assert [unit.ordinal for unit in annotations.units] == list(range(1, 21))


def test_no_name_means_two_units(annotations: Annotations) -> None:
    assert unit_names.ambiguous(annotations.units) == []
    for unit in annotations.units:
        for name in unit_names.called(unit):
            assert unit_names.find(annotations.units, name) == unit


def swapped(old: str, new: str) -> str:
    assert old in TEXT, old
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (swapped('"给予专项资金支持"', '"给予专项资金补助"'), "第1条原文中没有“给予专项资金补助”"),
        (swapped('"规范涉企收费", 2]', '"规范涉企收费"]'), "第5条原文中“规范涉企收费”有2处"),
        (swapped('"规范涉企收费", 2]', '"规范涉企收费", 3]'), "没有“规范涉企收费”的第3处"),
        (swapped('"规范涉企收费", 2]', '"规范涉企收费", 0]'), "第5条的条目应为"),
        (
            swapped('["funds", "给予专项资金支持"]', '["gifts", "给予专项资金支持"]'),
            "“gifts”不在规定的范围内",
        ),
        (swapped('["funds", "给予专项资金支持"]', '["funds", ""]'), "第1条的条目应为"),
        (swapped('["funds", "给予专项资金支持"]', '"funds"'), "第1条的条目应为"),
        (swapped('[["funds", "给予专项资金支持"]]', "[]"), "第1条没有支持方式"),
        (
            swapped('["sme", "统筹安排中小企业纾困资金"]', '["specialised", "统筹安排"]'),
            "“specialised”重复",
        ),
        (swapped('"1%以下"', '"中小微企业"'), "中没有数字"),
        (swapped("number = 7\n", "number = 8\n"), "第8条的条目重复"),
        (swapped("number = 32\n", "number = 33\n"), "第32条没有适用对象"),
        (TEXT + '\n[[measure]]\nnumber = 33\nsupport = [["funds", "x"]]\n', "原文中没有第33条"),
        (TEXT + '\n[[measure]]\nnumber = 33\nremark = "x"\n', "不认识“remark”"),
        (swapped('["funds", "给予专项资金支持"]', '["funds", "区财政局"]'), "原文中没有“区财政局”"),
        (swapped('name = "区科技局"', 'name = "区科学局"'), "原文中没有责任单位“区科学局”"),
        (swapped('key = "commerce"', 'key = "finance"'), "重复"),
        (swapped('key = "commerce"', 'key = "Commerce 1"'), "只能用小写字母和连字符"),
        (swapped('key = "commerce"', 'key = "unassigned"'), "不能是unassigned"),
        (swapped('kind = "企业"', 'kind = "国企"'), "“国企”不在规定的范围内"),
        (swapped('"科技局", "科技"', '"科技局", "商务"'), "“商务”不止指一个单位"),
        (swapped('aliases = ["商务局", "商务", "城区商务局"]', 'aliases = "商务局"'), "责任单位的条目应恰有"),
        (TEXT[: TEXT.index('[[unit]]\nkey = "science')] + TEXT[TEXT.index("# 一、") :], "“区科技局”没有批注"),
        (swapped('"科技局", "科技"', '"科技局", ""'), "的别名应为文字"),
        (swapped('"科技局", "科技"', '"科技局", 7'), "的别名应为文字"),
        (swapped("number = 7\n", 'number = "7"\n'), "措施的条目应有 number"),
        (swapped("number = 7\n", "number = [7]\n"), "措施的条目应有 number"),
        (swapped('support = [["funds", "给予专项资金支持"]]', "support = 3"), "第1条的条目应为列表"),
        ("measure = 3\n" + TEXT[: TEXT.index("# 一、")], "条目应写作[[measure]]"),
        ("unit = [3]\n" + TEXT[TEXT.index("# 一、") :], "条目应写作[[unit]]"),
        (TEXT + "\n[other]\n", "不认识“other”"),
        (TEXT + "\n[[measure]\n", "不是合格的 TOML"),
    ],
)
def test_what_does_not_hold_is_refused(tmp_path: Path, parsed: ParsedNotice, text: str, words: str) -> None:
    path = tmp_path / "annotations.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        editorial.load(path, parsed)
    assert words in caught.value.message
    assert "未生成数据库" in caught.value.hint


def test_another_encoding_or_no_file_is_refused(tmp_path: Path, parsed: ParsedNotice) -> None:
    path = tmp_path / "annotations.toml"
    with pytest.raises(KnownError, match="读不到批注文件"):
        editorial.load(path, parsed)
    path.write_bytes(TEXT.encode("gbk", errors="replace"))
    with pytest.raises(KnownError, match="不是合格的 TOML"):
        editorial.load(path, parsed)
