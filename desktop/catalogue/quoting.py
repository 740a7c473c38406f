"""Words of a measure as the files beside a notice quote them: they stand there once, or it is said which."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.catalogue.model import Measure


def read(quoted: object) -> tuple[str, int]:
    """Return the words and the occurrence that is meant, 0 for the only one: "…", ["…"] or ["…", 2].

    Raises ValueError, in Chinese, for anything else.
    """
    match quoted:
        case str(words) | [str(words)] if words:
            return words, 0
        case [str(words), int(which)] if words and which > 0:
            return words, which
        case _:
            raise ValueError(f"引文应为文字或[文字, 第几处]：{quoted}")


def place(measure: Measure, words: str, which: int) -> int:
    """Return where the words stand in the measure's text, before its unit list.

    Raises ValueError, in Chinese, where they do not, or stand more than once and ``which`` is 0.
    """
    starts = list(places(words, measure.text[: measure.body_end]))
    return starts[chosen(words, which, len(starts), f"第{measure.number}条原文")]


def chosen(words: str, which: int, count: int, where: str) -> int:
    """Return which of ``count`` places is meant, from 0; ``where`` says in Chinese what they stand in.

    Raises ValueError, in Chinese, where it is none, or not clear.
    """
    if count < max(which, 1):
        raise ValueError(f"{where}中没有“{words}”{f'的第{which}处' if which else ''}。")
    if not which and count > 1:
        raise ValueError(f"{where}中“{words}”有{count}处，请写明第几处。")
    return max(which, 1) - 1


def places(words: str, text: str) -> Iterator[int]:
    """Yield where words stand, one place after the end of the other."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))
