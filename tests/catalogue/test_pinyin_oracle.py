"""Letters find exactly what a scan over the readings of the texts finds."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.catalogue.matches import Filters, matching
from desktop.catalogue.search import search
from desktop.catalogue.terms import fold
from desktop.catalogue.understood import read
from desktop.pinyin import syllables

from . import made

QUOTES = '“”‘’《》「」『』"'

Text = tuple[str, range, list[str]]
"""A folded text, where in it the title stands, and the sound of each character."""


@pytest.fixture
def texts(db: sqlite3.Connection) -> dict[int, Text]:
    return _texts(db)


def _texts(db: sqlite3.Connection) -> dict[int, Text]:
    read = {}
    for number, title, text in db.execute("SELECT number, title, text FROM measures"):
        title, text = fold(title), fold(text)
        whole = text if title in text else f"{text}\n{title}"
        at = whole.index(title)
        read[number] = whole, range(at, at + len(title)), syllables(whole)
    return read


def _next(text: str, sounds: list[str], at: int) -> int | None:
    """Return the place of the sounding neighbour after ``at``."""
    at += 1
    while at < len(text) and text[at] in QUOTES:
        at += 1
    return at if at < len(text) and sounds[at].isascii() and sounds[at].isalpha() else None


def _ends(text: str, sounds: list[str], at: int, letters: str, whole: bool) -> Iterator[int]:
    """Yield where what begins at ``at`` and is spelled by ``letters`` ends; ``whole``: no mere beginning."""
    for way in {sounds[at], sounds[at].replace("v", "u")}:
        if not (way.isascii() and way.isalpha()):
            continue
        if way == letters or (way.startswith(letters) and not whole):
            yield at + 1
        elif letters.startswith(way) and (after := _next(text, sounds, at)) is not None:
            yield from _ends(text, sounds, after, letters[len(way) :], whole=False)


def _initials_end(text: str, sounds: list[str], at: int, letters: str) -> int | None:
    place: int | None = at
    for n, letter in enumerate(letters):
        if place is None or not sounds[place].isalpha() or sounds[place][0] != letter:
            return None
        if n == len(letters) - 1:
            return place + 1
        place = _next(text, sounds, place)
    return None


def _is_spelled(read: Text, letters: str) -> bool:
    text, title, sounds = read
    for at in range(len(text)):
        if any(_ends(text, sounds, at, letters, whole=True)):
            return True
        if len(letters) >= 4 and _initials_end(text, sounds, at, letters) is not None:
            return True
        if at in title and any(end == at + 1 for end in _ends(text, sounds, at, letters, whole=False)):
            return True
    initials = "".join(sounds[at][0] for at in title if text[at].isalnum())
    return letters in initials


def _scan(texts: dict[int, Text], letters: str) -> set[int]:
    return {number for number, read in texts.items() if _is_spelled(read, letters)}


def _found(db: sqlite3.Connection, letters: str) -> set[int] | None:
    """Return what is found by what stands in titles and texts, names left out; None for literal letters."""
    reading = read(db, letters)
    if reading and reading.literal:
        return None
    if not reading or not reading.spelled:
        return set()
    return set(matching(db, [replace(reading, other=reading.spelled, names=())], Filters()))


def test_the_pinyin_of_any_piece_finds_what_the_scan_finds(
    db: sqlite3.Connection, texts: dict[int, Text]
) -> None:
    chance = random.Random(3)
    tried = set()
    for text, _, sounds in texts.values():
        for at in range(len(text)):
            size = chance.choice((1, 2, 2, 3, 4, 6))
            piece = sounds[at : at + size]
            if all(sound.isascii() and sound.isalpha() for sound in piece):
                full = "".join(piece)
                tried |= {full, full[: chance.randint(1, len(full))], "".join(sound[0] for sound in piece)}
    assert len(tried) > 3000
    chosen = chance.sample(sorted(tried), 500)
    found = {letters: _found(db, letters) for letters in chosen}
    assert sum(each is None for each in found.values()) < 20
    differing = [letters for letters, each in found.items() if each not in (None, _scan(texts, letters))]
    assert differing == []


def test_letters_that_stand_nowhere_find_what_the_scan_finds(
    db: sqlite3.Connection, texts: dict[int, Text]
) -> None:
    chance = random.Random(4)
    parts = ["zh", "sh", "an", "a", "ang", "xi", "e", "i", "g", "n", "yuan", "lv", "lu", "qi", "ye"]
    for _ in range(150):
        letters = "".join(chance.choices(parts, k=chance.randint(1, 4)))
        assert _found(db, letters) in (None, _scan(texts, letters)), letters


def test_every_word_of_two_characters_is_found_by_its_pinyin(
    db: sqlite3.Connection, texts: dict[int, Text]
) -> None:
    """Through the search itself, which may find more by the names of units and categories."""
    words = {}
    for text, _, sounds in texts.values():
        for at in range(len(text) - 1):
            if all(sound.isascii() and sound.isalpha() for sound in sounds[at : at + 2]):
                words[text[at : at + 2]] = "".join(sounds[at : at + 2])
    assert len(words) > 1500
    for word, letters in words.items():
        having = {number for number, (text, _, _) in texts.items() if word in text}
        assert having <= {hit.number for hit in search(db, letters, limit=0).hits}, letters


def test_no_two_neighbours_of_the_catalogue_are_read_in_two_ways(texts: dict[int, Text]) -> None:
    """Else letters would find such a pair wherever it stands; it would have to be looked at."""
    read = defaultdict(set)
    for text, _, sounds in texts.values():
        for at in range(len(text) - 1):
            read[text[at : at + 2]].add(tuple(sounds[at : at + 2]))
    assert {pair: ways for pair, ways in read.items() if len(ways) > 1} == {}


SOUNDING = "行银长重担保绿女略西安先仙恩嗯a“”,1 "


@settings(max_examples=150)
@given(
    measures=st.lists(
        st.tuples(st.text(SOUNDING, max_size=4), st.text(SOUNDING, max_size=10)), min_size=1, max_size=3
    ),
    drawn=st.text("abceghinouvwxyz", min_size=1, max_size=8),
)
def test_any_text_is_found_by_its_readings(measures: list[tuple[str, str]], drawn: str) -> None:
    """Nothing is missed; more is found only where the same neighbours are read in another way elsewhere."""
    with closing(made.catalogue(measures)) as db:
        texts = _texts(db)
        pieces = {drawn}
        for _, _, sounds in texts.values():
            spelled = [sound if sound.isalpha() and sound.isascii() else " " for sound in sounds]
            for piece in "".join(spelled).split():
                pieces |= {piece, piece[:3], piece[-3:]}
        readings = defaultdict(set)
        for text, _, sounds in texts.values():
            for at in range(len(text)):
                readings[text[at]].add(sounds[at])
        certain = all(len(each) == 1 for each in readings.values())
        for letters in pieces:
            found, expected = _found(db, letters), _scan(texts, letters)
            if found is None:
                continue
            assert found >= expected, letters
            assert not certain or found == expected, letters


@pytest.mark.parametrize("letters", ["xian" * 15, "a" * 60, "anan" * 15, "z" * 60, "q" * 10_000, "shi" * 20])
def test_long_letters_are_answered(db: sqlite3.Connection, letters: str) -> None:
    assert search(db, letters).hits == ()
