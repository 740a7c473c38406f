"""Properties: whatever pieces are and however they are labelled, every character is there exactly once."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.reading.cutting import cut
from desktop.reading.labelling import label
from desktop.reading.model import Label, NoticePiece
from desktop.reading.propose import left_over, propose, reading_of

from .notices import NOTICES, flat

BLANK = "\ufeff\u200b\u200c\u200d"
SPOILT = 500
_MOJIBAKE = "锟斤拷烫屯�□？Ã©"

notices = st.sampled_from([notice.text for notice in NOTICES.values()])
lines = st.text(
    "一二三四五六七八九十、（）()1234567890.．。：；，第条章责任单位市财政局牵头 \u3000\n附件《》措施通知为",
    max_size=300,
)


def characters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace() and char not in BLANK)


def tiled(source: str, pieces: tuple[NoticePiece, ...]) -> bool:
    """Return whether the pieces are in order, do not overlap, and hold all that is no blank."""
    ordered = all(a.end <= b.start for a, b in pairwise(pieces))
    held = characters("".join(source[piece.start : piece.end] for piece in pieces))
    return ordered and held == characters(source)


@given(lines)
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_its_pieces_tile_it(source: str) -> None:
    blocks = cut(source)
    pieces = label(source, blocks) if blocks else ()
    assert tiled(source, pieces)
    assert left_over(source, pieces) == 0


@given(notices, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_relabelling_keeps_every_character(source: str, chance: random.Random) -> None:
    proposed = propose(source)
    labels = [chance.choice(list(Label)) if chance.random() < 0.3 else p.label for p in proposed.pieces]
    changed = tuple(
        replace(piece, label=new, confidence=1.0) for piece, new in zip(proposed.pieces, labels, strict=True)
    )
    reading = reading_of(source, changed, proposed.head, proposed.term)
    assert tiled(source, reading.pieces)
    assert reading.left_over == 0
    measures = [measure for document in reading.documents for measure in document.measures]
    assert len(measures) == labels.count(Label.MEASURE)
    for measure in measures:
        for statement in measure.statements:
            assert measure.start <= statement.start < statement.end <= measure.end


@given(notices, st.data())
@settings(max_examples=60, deadline=None)
def test_cutting_and_joining_pieces_keeps_every_character(source: str, data: st.DataObject) -> None:
    pieces = list(propose(source).pieces)
    for _ in range(3):
        at = data.draw(st.integers(0, len(pieces) - 1))
        piece = pieces[at]
        if data.draw(st.booleans()) and piece.end - piece.start > 1:
            middle = data.draw(st.integers(piece.start + 1, piece.end - 1))
            pieces[at : at + 1] = [replace(piece, end=middle), replace(piece, start=middle, number="")]
        elif at + 1 < len(pieces):
            pieces[at : at + 2] = [replace(piece, end=pieces[at + 1].end)]
    assert reading_of(source, pieces).left_over == 0


def test_a_piece_taken_away_is_counted() -> None:
    reading = propose(NOTICES["continuing"].text)
    taken = reading.pieces[7]
    left = [piece for piece in reading.pieces if piece is not taken]
    lost = sum(characters(reading.source[taken.start : taken.end]).values())
    assert reading_of(reading.source, left).left_over == lost
    assert reading_of(reading.source, [*reading.pieces, taken]).left_over == lost


def spoil(text: str, chance: random.Random) -> str:
    """Return ``text`` with one or two kinds of damage."""
    for _ in range(chance.choice((1, 1, 2))):
        rows = text.split("\n")
        place = chance.randrange(max(len(text), 1))
        kind = chance.randrange(9)
        if kind == 0:
            text = text[:place]
        elif kind == 1:
            text = text[place:]
        elif kind == 2:
            first = chance.randrange(len(rows))
            part = rows[first : first + 6]
            chance.shuffle(part)
            text = "\n".join([*rows[:first], *part, *rows[first + 6 :]])
        elif kind == 3:
            text = "".join(char for char in text if char not in "（）()" or chance.random() > 0.2)
        elif kind == 4:
            number = chance.choice(("1.", "2.", "3.", "一、", "二、", "（一）", "第三条"))
            text = text.replace(number, number + number)
        elif kind == 5:
            text = "".join(chance.choice(_MOJIBAKE) if chance.random() < 0.05 else char for char in text)
        elif kind == 6:
            text = text[:place] + text.replace("\n", "") * 4 + text[place:]
        elif kind == 7:
            text = "\n".join(row for row in rows if chance.random() > 0.2)
        else:
            text = flat(text)
    return text


def test_five_hundred_spoilt_notices() -> None:
    """None crashes, none loses a character, and what was spoilt visibly is asked about or refused."""
    chance = random.Random(20310304)
    texts = [notice.text for notice in NOTICES.values()]
    asked = read = 0
    for _ in range(SPOILT):
        source = spoil(chance.choice(texts), chance)
        try:
            reading = propose(source)
        except KnownError:
            continue
        read += 1
        assert tiled(source, reading.pieces)
        assert reading.left_over == 0
        asked += bool(reading.questions)
        for question in reading.questions:
            assert 1 <= question.line <= source.count("\n") + 1
            assert question.text
            assert question.choices
    assert read > SPOILT * 0.8
    assert asked > read * 0.4
