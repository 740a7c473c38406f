from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.sheets import names


@given(st.text(max_size=60))
def test_every_word_becomes_the_title_of_a_sheet(words: str) -> None:
    title = names.sheet_title(words)
    assert 0 < len(title) <= 31
    assert not set(title) & set("[]:*?/\\")
    assert not title.startswith("'")
    assert not title.endswith("'")
