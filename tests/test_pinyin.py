"""Sounds as they are read from texts, and what letters may be."""

from __future__ import annotations

import importlib.util
import zlib

import pytest

from desktop import paths, pinyin_table
from desktop.catalogue.terms import fold
from desktop.pinyin import initials, last, neighbours, of_name, pairs, place, singles, spelling, syllables

from .catalogue import invented, samples


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairs(neighbours(text, syllables(text))))


def test_each_character_has_one_syllable() -> None:
    assert syllables("走“专精”, apec1%") == ["zou", "“", "zhuan", "jing", "”", ",", " ", *"apec1%"]


def test_words_decide_how_a_character_is_read() -> None:
    assert syllables("银行行长")[1:3] == ["hang", "hang"]
    assert syllables("重庆重点") == ["chong", "qing", "zhong", "dian"]
    assert syllables("给予,还贷") == ["ji", "yu", ",", "huan", "dai"]


def test_rare_characters_without_pinyin_stand_for_themselves() -> None:
    text = "企\U0002ffff业𠮷é"
    assert len(syllables(text)) == len(text)
    assert _pairs(text) == set()


def test_neighbours_sound_together_across_quotation_marks_only() -> None:
    assert _pairs("走“专精”,特新") == {("zou zhuan", "走“专"), ("zhuan jing", "专精"), ("te xin", "特新")}
    assert _pairs("《担》保") == {("dan bao", "担》保")}
    assert _pairs("第16条") == set()
    assert _pairs("") == set()


def test_u_umlaut_is_written_v_or_u() -> None:
    assert _pairs("绿色") == {("lv se", "绿色"), ("lu se", "绿色")}


def test_a_reading_is_told_by_what_stands_beside_it() -> None:
    text = "银行,行"
    sounds = syllables(text)
    assert set(singles(neighbours(text, sounds))) == {("yin", "银", "银行"), ("hang", "行", "行,")}
    assert list(last(text, sounds)) == [("xing", "行", ",行")]
    assert list(last("行", ["hang"])) == [("hang", "行", "行")]
    assert list(last("", [])) == []


def test_initials_are_those_of_letters_digits_and_characters() -> None:
    title = "走“专精”a1"
    letters = initials(title, syllables(title))
    assert letters == "zzja1"
    assert place(title, letters, "zzj") == "走“专精"
    assert place(title, letters, "ja") == "精”a"
    assert place(title, letters, "xx") == ""


def test_only_letters_are_pinyin() -> None:
    assert spelling("xi'an") == "xian"
    assert spelling("zj1") == spelling("担保") == spelling("ñ") == spelling("") == ""


@pytest.mark.parametrize(
    ("typed", "letters"), [("lü", "lv"), ("lu\u0308", "lv"), ("lǚyóu", "lvyou"), ("dānbǎo", "danbao")]
)
def test_pinyin_may_be_typed_as_a_dictionary_prints_it(typed: str, letters: str) -> None:
    assert spelling(fold(typed)) == letters


def test_the_table_says_what_pypinyin_says() -> None:
    """Over every character of GB 2312 and everything that the notice, an invented one and words say."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    every = [bytes((a, b)) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    texts = [char.decode("gb2312", "ignore") for char in every]
    texts += [fold(line) for line in (*samples.LINES, *invented.AHEAD.splitlines()) if line]
    words = sorted(PHRASES_DICT)
    texts += ["".join(words[at : at + 7]) for at in range(0, len(words), 101)]
    for text in filter(None, texts):
        told = [fold(sound) for sound in lazy_pinyin(text, errors=list)]  # type: ignore[arg-type]
        assert syllables(text) == told, text


def test_the_table_in_the_repository_is_the_one_that_is_made() -> None:
    spec = importlib.util.spec_from_file_location("made", paths.home() / "packaging" / "pinyin_table.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert zlib.decompress(pinyin_table.PATH.read_bytes()).decode() == module.made()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("长治市", "changzhishi"),
        ("山西长顺达", "shanxichangshunda"),
        ("长子县", "zhangzixian"),
        ("区长利民", "quzhanglimin"),
        ("洪洞县", "hongtongxian"),
        ("单县", "shanxian"),
        ("曾记面馆", "zengjimianguan"),
        ("长效机制", "changxiaojizhi"),
    ],
)
def test_names_are_read_as_they_are_called(name: str, letters: str) -> None:
    assert of_name(name).letters == letters
