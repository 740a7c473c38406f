"""The alphabet of the search index: which tokens stand for a text, a filter, a name.

The index is one FTS5 table with the ``ascii`` tokenizer, for which letters, digits and everything beyond
ASCII are token characters and all else separates. A text is indexed as its pairs of neighbouring characters
and its single characters; where in the text they stand is not kept, which halves the index. So a term of one
or two characters is found exactly, and a longer one in what has all of its pairs; whether the term itself
stands there is seen when the text is read.

Folded text holds no compatibility forms (NFKC took them out), so these are free to stand for other things:
the full-width forms for ASCII punctuation, half-width forms for control characters, circled letters as tags
in front of tokens that are not text.
"""

from __future__ import annotations

TITLE = "Ⓣ"  # before a pair or a character of the title
NUMBER = "Ⓝ"  # before the measure's number
PINYIN = "Ⓟ"  # before a pair of initials, or one, of the title
NAME = "Ⓢ"  # before a pair or a character of a name; names have rows of their own, below 0
SHARED = "Ⓔ"  # before a pair of a name that the measure has, where very many names have this pair
NAME_PINYIN = "Ⓘ"  # before a pair of initials, or one, of a name
CATEGORY = "Ⓒ"  # before a category's key
GROUP = "Ⓚ"  # before a group's key
UNIT = "Ⓤ"  # before the key of a responsible unit
TAG = "Ⓖ"  # before the key of a tag (适用对象, 支持方式)
DOCUMENT = "Ⓓ"  # before a document's key
NOTICE = "Ⓛ"  # before a notice's key
MEASURE = "Ⓜ"  # before the measure's own key

EXACT = 2  # what the index holds as it is

_SPACE = "\u3000"
_LONE = "\uffe0"  # half of a surrogate pair: stands in no stored text, so it may share one token


def _stand_ins() -> dict[int, str]:
    table = {code: chr(0xFF61 + code) for code in range(0x20)} | {0x7F: "\uff9f"}
    table |= {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
    table |= {ord(c): _SPACE for c in " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"}
    return table | dict.fromkeys(range(0xD800, 0xE000), _LONE)


_TABLE = _stand_ins()


def grams(folded: str, tag: str = "") -> str:
    """Return the tokens of a folded text, separated by spaces, each one with ``tag`` in front."""
    text = folded.translate(_TABLE)
    return " ".join(tag + gram for gram in sorted({*text, *_pairs(text)}))


def pairs(folded: str, tag: str = "") -> set[str]:
    """Return the tokens for the pairs of a folded text, each one with ``tag`` in front."""
    return {tag + pair for pair in _pairs(folded.translate(_TABLE))}


def parts(term: str, tag: str = "") -> str:
    """Return the FTS5 expression for what has each pair of the folded ``term``.

    The texts in which the term stands are among them; up to :data:`EXACT` characters they are no others.
    """
    text = term.translate(_TABLE)
    having = [f'"{tag}{gram}"' for gram in dict.fromkeys(_pairs(text))]
    return f"({' AND '.join(having)})" if having else f'"{tag}{text}"'


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def word(tag: str, value: str) -> str:
    """Return the single token for a key, a number or a spelling, as it is stored."""
    return tag + value.translate(_TABLE)


def quoted(token: str) -> str:
    """Return the FTS5 expression for a token of :func:`word`."""
    return f'"{token}"'
