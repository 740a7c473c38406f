"""For which round a workbook counts as the unit's answer, when no open round sent it.

Such a workbook was exported outside any round, or in one that has been withdrawn. Whether it is an answer is
for a person to say, once for an import: see :class:`Counting`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.workspace import words
from desktop.workspace.returns import matching, records, rounds
from desktop.workspace.returns.rounds import RoundState

if TYPE_CHECKING:
    from desktop.workspace.returns.returned import Returned
    from desktop.workspace.returns.rounds import Round


@dataclass(frozen=True, slots=True)
class Counting:
    """What was said about such workbooks: whether they are ``answers``, and in which round.

    ``round_key`` is "" for the newest open round that asks the unit; a withdrawn round's own workbooks are
    answers in it when there is no such round.
    """

    answers: bool = False
    round_key: str = ""


NOT_SAID = Counting()


@dataclass(frozen=True, slots=True)
class Counted:
    """What follows for one workbook.

    ``round_key`` is the round for which it counts, "" for that by which it was sent, or for none. ``offered``
    is the round for which it would count if someone said so, "" when there is nothing to ask. ``refused``
    says why nothing of it is taken, "" when nothing speaks against it; ``notes`` what is to be known of it.
    """

    round_key: str = ""
    offered: str = ""
    refused: str = ""
    notes: tuple[str, ...] = ()


def judge(db: sqlite3.Connection, file: Returned, unit_key: str, said: Counting, today: date) -> Counted:
    """Return for which round the workbook ``file`` of a unit counts, by what was ``said``.

    The round that sent it, if one did, is known here. ``today`` is the day on which it is taken in.
    """
    known = rounds.every(db)
    own = next((one for one in known if one.key == file.round_key), None)
    if own is not None and own.state is not RoundState.WITHDRAWN:
        return Counted()
    chosen = _chosen(known, own, unit_key, said)
    if own is None:
        return _of_none(db, file, unit_key, chosen, said, today)
    gone = f"这份是“{own.name}”轮次发出的，该轮已于{words.day(own.since)}撤回"
    if any(file.file_sha256 in records.came_back(db, one.key).get(unit_key, ()) for one in known):
        return Counted(notes=(f"{gone}。",))
    if chosen is not None and said.answers and unit_key in chosen.unit_keys:
        what = "仍作为该轮的回填" if chosen.key == own.key else f"算作“{chosen.name}”的回填"
        told = (f"{gone}；经确认，{what}。", *matching.lateness(chosen, today))
        return Counted(chosen.key, notes=told)
    hint = "如仍要采用，请再次导入，并确认算作回填。"
    why = f"{gone}。文件原样保留，没有并入任何内容。\n{hint}"
    return Counted(offered="" if said.answers or chosen is None else chosen.key, refused=why)


def _of_none(
    db: sqlite3.Connection,
    file: Returned,
    unit_key: str,
    chosen: Round | None,
    said: Counting,
    today: date,
) -> Counted:
    if chosen is None or file.file_sha256 in records.came_back(db, chosen.key).get(unit_key, ()):
        return Counted()
    if unit_key not in chosen.unit_keys:
        return Counted(notes=(f"“{chosen.name}”轮次没有请这个单位填报，没有算作它的回填。",))
    if said.answers:
        told = f"这份不是按轮次发出的；经确认，算作“{chosen.name}”的回填。"
        return Counted(chosen.key, notes=(told, *matching.lateness(chosen, today)))
    return Counted(offered=chosen.key, notes=(f"这份不是按轮次发出的，没有算作“{chosen.name}”的回填。",))


def _chosen(known: Sequence[Round], own: Round | None, unit_key: str, said: Counting) -> Round | None:
    """Return the round that was named, else the newest open one that asks the unit, else the file's own."""
    if said.round_key:
        return next(one for one in known if one.key == said.round_key)
    return next((one for one in known if one.open and unit_key in one.unit_keys), own)
