"""What each verb is called with, and what it opens."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

_MOST_TOLD = 5
_LARGEST_JSON = 1_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: the workspace chosen for it (None: the usual one) and the time of the call."""

    workspace: Path | None
    now: datetime

    @property
    def folder(self) -> Path:
        """Return the workspace's folder."""
        return paths.workspace_folder(self.workspace)

    @property
    def today(self) -> date:
        """Return the day of the call."""
        return self.now.date()


@contextmanager
def opened_catalogue(call: Call) -> Iterator[tuple[sqlite3.Connection, Catalogue]]:
    """Open the measures of the notices in use, take them into memory, and close them afterwards.

    What is wrong with the library is said on stderr, and what can be opened is.
    """
    from desktop.library import opening

    found = opening.opened(call.folder)
    _warn(found.warning)
    with closing(found.db):
        yield found.db, found.catalogue


@contextmanager
def opened_index(call: Call) -> Iterator[tuple[sqlite3.Connection, frozenset[str]]]:
    """Open the measures for a search alone; also gives the keys of the notices that are not in use."""
    from desktop.library import opening

    found = opening.opened_index(call.folder)
    _warn(found.warning)
    with closing(found.db):
        yield found.db, found.out_of_use


def _warn(warning: str) -> None:
    if warning:
        print(warning, file=sys.stderr)


def read_json(path: Path, undone: str) -> object:
    """Return the JSON value in a file that describes one thing.

    Raises KnownError when it cannot be read, is no JSON or far too large; ``undone`` says what was not done.
    """
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise KnownError(f"文件太大，不是一份情况说明：{path}", f"{undone}请检查是否选错了文件。")
        value: object = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_each_once(undone))
    except OSError as error:
        hint = f"{undone}请检查文件是否存在、能否打开。"
        raise KnownError(f"读不到文件：{path}（{error.strerror}）", hint) from error
    except UnicodeDecodeError as error:
        hint = f"{undone}请在记事本中另存为，编码选 UTF-8，再重试。"
        raise KnownError(f"文件不是合格的 JSON（UTF-8）：{path}，文字编码不对", hint) from error
    except json.JSONDecodeError as error:
        at = f"，第{error.lineno}行第{error.colno}个字附近有误"
        hint = f"{undone}请检查引号、冒号、逗号是否都是半角，有没有多写或漏写，改正后重试。"
        raise KnownError(f"文件不是合格的 JSON（UTF-8）：{path}{at}", hint) from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"文件不是合格的 JSON（UTF-8）：{path}", f"{undone}请改正后重试。") from error
    return value


def _each_once(undone: str) -> Callable[[list[tuple[str, object]]], dict[str, object]]:
    """Return what makes an object of its pairs, and refuses one in which a name stands twice."""

    def made(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at]))
            raise KnownError(f"“{twice[:40]}”在文件中写了两次。", f"{undone}请只留一处后重试。")
        return found

    return made


def print_json(value: object) -> None:
    """Print one JSON value and nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_list(values: Iterable[object]) -> None:
    """Print JSON values as :func:`print_json` prints a list of them, each as it comes."""
    before = "["
    for value in values:
        print(before)
        told = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        print(f"  {told}", end="")
        before = ","
    print("\n]" if before == "," else "[]")


def day(value: date | None) -> str | None:
    """Return a day as JSON has it, YYYY-MM-DD."""
    return value.isoformat() if value else None


def unit_name(catalogue: Catalogue, key: str) -> str:
    """Return what a unit is called; the key of one that this catalogue does not have."""
    try:
        return catalogue.unit(key).name
    except KeyError:
        return key


def measure_number(catalogue: Catalogue, key: str) -> int | None:
    """Return the number of the measure with this key, None when this catalogue does not have it."""
    try:
        return catalogue.measure(key).number
    except KeyError:
        return None


def item_name(catalogue: Catalogue, measure_key: str) -> str:
    """Return what an item is called within its unit, e.g. 第16条, with its document where several are in use.

    Of one that is not here the key.
    """
    from desktop.workspace import words

    return words.number(catalogue, measure_key) if measure_number(catalogue, measure_key) else measure_key


def validity_line(catalogue: Catalogue, today: date) -> str:
    """Return what stands under everything that shows measures: each notice and how long it is valid.

    Of very many the first.
    """
    from desktop.catalogue import validity

    told = [f"{one.called}　{validity.state(one, today).sentence}" for one in catalogue.notices[:_MOST_TOLD]]
    left = len(catalogue.notices) - len(told)
    return "\n".join([*told, f"另有{left}份在用的发文。"] if left else told) or "没有在用的发文。"
