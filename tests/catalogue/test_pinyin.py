from __future__ import annotations

import pytest

from desktop.catalogue.pinyin import place, spelling, spellings, syllables
from desktop.catalogue.terms import fold

TITLE = "鼓励中小企业走“专精特新”发展道路"


def test_each_sounding_character_has_one_syllable() -> None:
    assert syllables("走“专精特新”, APEC 1%") == (
        *("zou", "zhuan", "jing", "te", "xin"),
        *("a", "p", "e", "c", "1"),
    )


def test_words_decide_how_a_character_is_read() -> None:
    assert syllables("银行行长")[1:3] == ("hang", "hang")
    assert syllables("重庆重点") == ("chong", "qing", "zhong", "dian")


def test_rare_characters_without_pinyin_stand_for_themselves() -> None:
    assert len(syllables("企\U0002ffff业𠮷é")) == len([c for c in "企\U0002ffff业𠮷é" if c.isalnum()])


def test_spellings_begin_at_each_syllable() -> None:
    assert spellings(("dan", "bao")) == ("b", "bao", "d", "danbao", "db")


@pytest.mark.parametrize("typed", ["lv", "lu", "lvse", "luse", "ls"])
def test_u_umlaut_is_written_v_or_u(typed: str) -> None:
    sounds = syllables("绿色")
    assert any(known.startswith(typed) for known in spellings(sounds))
    assert place("绿色", sounds, typed) is not None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("zjtx", "专精特新"),
        ("zhuanjing", "专精"),
        ("zhuanj", "专精"),
        ("txfz", "特新”发展"),
        ("gulizhongxiaoqiye", "鼓励中小企业"),
        ("l", "励"),
    ],
)
def test_the_place_is_what_the_letters_spell(typed: str, words: str) -> None:
    span = place(TITLE, syllables(TITLE), typed)
    assert span is not None
    assert TITLE[span[0] : span[1]] == words


@pytest.mark.parametrize("typed", ["huanjing", "uanjing", "zjtxx", "iao", "zhuanjingx1"])
def test_letters_must_begin_with_a_syllable(typed: str) -> None:
    assert place(TITLE, syllables(TITLE), typed) is None


def test_only_letters_are_pinyin() -> None:
    assert spelling("xi'an") == "xian"
    assert spelling("zj1") == spelling("担保") == spelling("ñ") == spelling("") == ""


@pytest.mark.parametrize(
    ("typed", "letters"), [("lü", "lv"), ("lu\u0308", "lv"), ("lǚyóu", "lvyou"), ("dānbǎo", "danbao")]
)
def test_pinyin_may_be_typed_as_a_dictionary_prints_it(typed: str, letters: str) -> None:
    assert spelling(fold(typed)) == letters
