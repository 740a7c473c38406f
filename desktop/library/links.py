"""What was decided by hand about which measures correspond, in ``links.json`` beside the user's notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop import disk
from desktop.errors import KnownError
from desktop.library.corresponding import PairState
from desktop.library.turns import turn

LINKS = "links.json"
_FORMAT = 1
_LARGEST = 8 * 1024 * 1024
_SAID = {"confirmed": PairState.CONFIRMED, "rejected": PairState.REJECTED}
_WORDS = {state: word for word, state in _SAID.items()}

Links = Mapping[frozenset[str], PairState]


def links(folder: Path) -> dict[frozenset[str], PairState]:
    """Return what was decided, by the keys of the two measures; nothing where there is no file in ``folder``.

    Raises KnownError when the file cannot be read or is not ours.
    """
    path = folder / LINKS
    if not path.exists():
        return {}
    with disk.reading(path):
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    try:
        return parsed(data)
    except ValueError as error:
        raise KnownError(
            f"记录上下位对应关系的文件“{path}”读不出来，没有改动任何内容。",
            "请把它移到别处后再试；移走后已确认的对应关系要重新确认。",
        ) from error


def confirm(folder: Path, one: str, other: str) -> None:
    """Keep that the measures with these keys correspond. Raises KnownError when it cannot be kept."""
    _keep(folder, one, other, PairState.CONFIRMED)


def reject(folder: Path, one: str, other: str) -> None:
    """Keep that the measures with these keys do not correspond. Raises KnownError when it cannot be kept."""
    _keep(folder, one, other, PairState.REJECTED)


def forget(folder: Path, one: str, other: str) -> None:
    """Let nothing be decided about the measures with these keys. Raises KnownError when it cannot be kept."""
    _keep(folder, one, other, None)


def written(decided: Links) -> str:
    """Return the text of the file that keeps ``decided``, the same for the same."""
    rows = sorted([*sorted(pair), _WORDS[state]] for pair, state in decided.items())
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{"format": {_FORMAT}, "links": [\n{lines}\n]}}\n'


def parsed(data: bytes) -> dict[frozenset[str], PairState]:
    """Return what a file keeps. Raises ValueError for anything that :func:`written` would not write."""
    try:
        told = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(told, dict) or told.get("format") != _FORMAT or not isinstance(told.get("links"), list):
        raise ValueError("not a file of links")
    return dict(_link(row) for row in told["links"])


def within(decided: Links, notices: Iterable[str]) -> dict[frozenset[str], PairState]:
    """Return what was decided about measures of the notices with these keys, and of no others."""
    keys = set(notices)
    return {pair: state for pair, state in decided.items() if all(_notice(key) in keys for key in pair)}


def about(decided: Links, notice: str) -> dict[frozenset[str], PairState]:
    """Return what was decided about measures of one notice."""
    return {pair: state for pair, state in decided.items() if any(_notice(key) == notice for key in pair)}


def _notice(measure_key: str) -> str:
    return measure_key.rsplit(".", 2)[0]


def _link(row: object) -> tuple[frozenset[str], PairState]:
    if not isinstance(row, list) or len(row) != 3 or not all(isinstance(word, str) for word in row):
        raise ValueError("not a link")
    one, other, word = row
    if one == other or word not in _SAID:
        raise ValueError("not a link")
    return frozenset((one, other)), _SAID[word]


def _keep(folder: Path, one: str, other: str, state: PairState | None) -> None:
    if one == other:
        raise ValueError("a measure does not correspond to itself")
    with turn(folder):
        decided = links(folder)
        pair = frozenset((one, other))
        if decided.get(pair) is state:
            return
        if state is None:
            del decided[pair]
        else:
            decided[pair] = state
        with disk.write_beside(folder / LINKS) as draft:
            draft.write_text(written(decided), encoding="utf-8")
