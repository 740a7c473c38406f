"""How a round stands as the overview shows it: who is in which group, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.workspace import words
from desktop.workspace.returns import kept_lines, records, round_documents, rounds

if TYPE_CHECKING:
    import sqlite3

    from desktop.catalogue.query import Catalogue
    from desktop.workspace.returns.rounds import Round, RoundStanding
    from desktop.workspace.returns.three_way import ComparedField

QUARTERS = "一二三四"
REPLY_DAY = 20  # of the last month of a quarter
LEAST_DAYS, USUAL_DAYS = 7, 14


class Group(StrEnum):
    """The groups of units, in the order in which they call for attention."""

    MISSING = "缺"
    TORN = "待决定"
    REPEATED = "重复"
    RETURNED = "实回"
    DUE = "应回"


@dataclass(frozen=True, slots=True)
class UnitStand:
    """One unit asked: what came of it. ``measure_key`` is where its first open question stands, or "".

    ``late``: it has not answered, and the day is past. ``lacking`` names the papers for which nothing came
    back from a unit that answered for others.
    """

    key: str
    name: str
    told: str
    under: str
    groups: frozenset[Group]
    measure_key: str = ""
    late: bool = False
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """A round and how it stands on ``today``; ``unsent`` are the units that were not sent a workbook yet."""

    asked: Round
    stands: RoundStanding
    units: tuple[UnitStand, ...]
    unsent: tuple[str, ...]
    today: date

    def of(self, group: Group) -> tuple[UnitStand, ...]:
        """Return the units of a group, in the order in which the round asked them."""
        return tuple(unit for unit in self.units if group in unit.groups)

    @property
    def days(self) -> str:
        """Return how far the reply-by day is, in words; of a round that is not open, that it is not."""
        if not self.asked.open:
            return self.asked.state.words
        if not self.stands.missing:
            return "已全部反馈"
        left = self.stands.days_left
        if left < 0:
            return f"已逾期 {-left} 天"
        return f"还有 {left} 天" if left else "今天到期"

    @property
    def until(self) -> str:
        """Return the reply-by day, with the one before it when that was another."""
        asked = self.asked
        was = f"（原{day(asked.first_day, self.today)}）" if asked.first_day else ""
        return f"{day(asked.reply_by, self.today)}前{was}"

    @property
    def about(self) -> str:
        """Return by when the round is to be answered and how far that is, or that it ended, in few words."""
        asked = self.asked
        if not asked.open:
            ended = day(date.fromisoformat(asked.since[:10]), self.today)
            words = asked.state.words.removeprefix("已")
            return f"{ended}{words} · {day(asked.reply_by, self.today)}前回"
        begun = "" if asked.first_day else f"{day(asked.sent_on, self.today)}起 · "
        return f"{begun}{self.until}回 · {self.days}"

    @property
    def name_and_day(self) -> str:
        """Return the round's name and its reply-by day, or that it is not open."""
        day_or_end = f"{day(self.asked.reply_by, self.today)}前" if self.asked.open else self.days
        return f"{self.asked.name} · {day_or_end}"

    @property
    def sentence(self) -> str:
        """Return how the round stands, for tooltips and screen readers."""
        counted = "，".join(f"{group}{len(self.of(group))}家" for group in reversed(Group) if self.of(group))
        days = f"，{self.days}" if self.asked.open else ""
        return f"{self.name_and_day}{days}：{counted}"


def figures(db: sqlite3.Connection, catalogue: Catalogue, asked: Round, today: date) -> RoundFigures:
    """Return how the round ``asked`` stands on ``today``."""
    stands = rounds.standing(db, asked, today)
    sent, times = rounds.exports(db, asked.key), rounds.times_sent(db, asked.key)
    copies = records.came_back(db, asked.key)
    torn: dict[str, list[ComparedField]] = {}
    for line in kept_lines.open_lines(db, asked.key):
        torn.setdefault(line.key.unit_key, []).append(line)
    open_papers = round_documents.unanswered(db, asked.key, asked.documents)
    units = []
    for key in asked.unit_keys:
        groups = _groups(stands, key)
        came, lines = len(copies.get(key, ())), torn.get(key, [])
        lacking = "、".join(words.document(catalogue, each) for each in open_papers.get(key, ()))
        units.append(
            UnitStand(
                key,
                words.unit(catalogue, key),
                _told(groups, came, len(lines), lacking),
                _under(sent, times, key, came, today) + (f" · 还缺 {lacking}" if lacking else ""),
                groups,
                lines[0].key.measure_key if lines else "",
                stands.late and Group.MISSING in groups,
                lacking,
            )
        )
    unsent = tuple(key for key in asked.unit_keys if key not in sent)
    return RoundFigures(asked, stands, tuple(units), unsent, today)


def proposed_name(today: date, taken: Mapping[str, object] | frozenset[str]) -> str:
    """Return a name for a round that begins on ``today``, one that is not ``taken``."""
    name = f"{today.year}年第{QUARTERS[(today.month - 1) // 3]}季度填报"
    number, proposed = 2, name
    while proposed in taken:
        proposed, number = f"{name}（{number}）", number + 1
    return proposed


def proposed_day(today: date) -> date:
    """Return a reply-by day: the 20th of the quarter's last month, else a fortnight from ``today``."""
    proposed = date(today.year, (today.month + 2) // 3 * 3, REPLY_DAY)
    soon = proposed - today < timedelta(days=LEAST_DAYS)
    return today + timedelta(days=USUAL_DAYS) if soon else proposed


def day(when: date, today: date | None = None) -> str:
    """Return a day as people say it within a year, with its year when that is not ``today``'s."""
    year = f"{when.year}年" if today is not None and when.year != today.year else ""
    return f"{year}{when.month}月{when.day}日"


def _groups(stands: RoundStanding, key: str) -> frozenset[Group]:
    members = {
        Group.MISSING: stands.missing,
        Group.TORN: stands.conflicting,
        Group.REPEATED: stands.repeated,
        Group.RETURNED: stands.returned,
        Group.DUE: stands.due,
    }
    return frozenset(group for group, keys in members.items() if key in keys)


def _told(groups: frozenset[Group], came: int, open_lines: int, lacking: str) -> str:
    if Group.TORN in groups:
        return f"{open_lines} 处待决定"
    if Group.REPEATED in groups:
        return f"重复 {came} 份"
    if Group.RETURNED in groups:
        return "已回一部分" if lacking else "已回"
    return "未回"


def _under(
    sent: Mapping[str, tuple[str, str]], times: Mapping[str, int], key: str, came: int, today: date
) -> str:
    """Return when a unit was sent its workbook last, how often if more than once, and what it sent back."""
    told = ["还没有发出工作簿"]
    if key in sent:
        told = [f"{day(date.fromisoformat(sent[key][1][:10]), today)}发出"]
        told += [f"共 {times[key]} 次"] if times[key] > 1 else []
    told += [f"收到 {came} 份"] if came else []
    return " · ".join(told)
