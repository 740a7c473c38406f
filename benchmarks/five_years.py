"""A workspace as it is after five years: ``python -m benchmarks.five_years FOLDER``.

60 monthly rounds to all units, 200 imports of what came back, 300,000 changes and 5,000 papers, made row by
row into our own schema, and the same each time. What was entered stands as its history says: replayed, the
changes give the entries.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from desktop.catalogue import query
from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.store import open_catalogue
from desktop.workspace.file import store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items.model import EVIDENCE, FIELD_NAMES, ItemKey

ROUNDS, IMPORTS, CHANGES, PAPERS = 60, 200, 300_000, 5_000
LAST_DAY = datetime(2026, 11, 27, 17, tzinfo=timezone(timedelta(hours=8)))
PAPER_BYTES = 2_000
FILES_OF_AN_IMPORT = 6
PEOPLE = ("张建国", "李红梅", "王志强", "刘芳", "陈晓东", "杨丽华", "赵永刚", "周敏", "吴海涛", "孙静")
TYPED = ("progress", "progress", "progress", "problems", "next_step")
PIECES = (
    "走访企业{}户，收集诉求{}件，已办结{}件",
    "发放贷款{}笔、金额{}万元，惠及小微企业{}户",
    "召开专题协调会{}次，研究解决用地、用电等问题{}个，形成纪要{}份",
    "兑现奖补资金{}万元，涉及企业{}家，其余{}家正在审核材料",
    "组织政策宣讲{}场，参加人员{}人次，印发手册{}册",
    "受理申请{}份，审核通过{}份，退回补正{}份",
    "对接银行机构{}家，签订合作协议{}份，授信额度{}亿元",
    "开展用工招聘会{}场，提供岗位{}个，达成意向{}人",
    "减免租金{}万元，缓缴社保费{}万元，受益市场主体{}户",
    "部分企业材料不齐，{}户尚未提交财务报表，已逐户电话提醒{}次，预计{}个工作日内补齐",
    "担保机构反映代偿压力较大，建议由财政统筹安排风险补偿资金{}万元，分{}批到位，首批{}万元",
    "下一步将逐户建立台账，于{}日前完成第{}批审核，并按月通报进展（第{}期）",
)
NOTHING_ELSE = {"rows_refused": [], "added": [], "missing": [], "notes": []}
COLUMNS = (
    "id, batch, at, person, source, session, unit_key, measure_key, field, before, after, undoes, revision,"
    " text_sha256, intake_file, adopted"
)


@dataclass(frozen=True, slots=True)
class How:
    """Where an edit comes from, by the columns of ``changes``."""

    person: str
    source: str
    session: str = ""
    undoes: int | None = None
    file: int | None = None
    adopted: int = 1


@dataclass(slots=True)
class Standing:
    """What stands entered for one item while its history is made."""

    key: ItemKey
    number: int
    title: str
    digest: str
    values: dict[str, str] = field(
        default_factory=lambda: {**dict.fromkeys(FIELD_NAMES, ""), "status": "未启动"}
    )
    revision: int = 0
    updated_at: str = ""


def make(
    folder: Path,
    *,
    rounds: int = ROUNDS,
    imports: int = IMPORTS,
    changes: int = CHANGES,
    papers: int = PAPERS,
) -> None:
    """Make the workspace in the new ``folder``."""
    with closing(open_catalogue()) as measures, store.open_for_writing(folder) as workspace:
        made = _Making(query.load(measures), workspace.db, folder)
        workspace.db.execute("PRAGMA synchronous = OFF")
        with transaction(workspace.db):
            made.fill(rounds, imports, changes, papers)
        workspace.db.execute("PRAGMA synchronous = EXTRA")


class _Making:
    """Everything that is made together: one dice, one clock, one history."""

    def __init__(self, catalogue: Catalogue, db: sqlite3.Connection, folder: Path) -> None:
        self._db, self._folder = db, folder
        self._dice = Random(2023)
        self._units = [unit.key for unit in catalogue.checklist_units() if unit.key != UNASSIGNED]
        self._items = [
            Standing(ItemKey(unit.key, measure.key), measure.number, measure.title, measure.text_sha256)
            for unit in catalogue.checklist_units()
            for measure in catalogue.measures_of(unit.key)
        ]
        self._at = LAST_DAY
        self._rows: list[tuple[object, ...]] = []
        self._last = 0

    def fill(self, rounds: int, imports: int, changes: int, papers: int) -> None:
        """Make all of it: month by month a round, what was typed, the imports, the papers."""
        begin = LAST_DAY - timedelta(days=365 * 5)
        month = (LAST_DAY - begin) / rounds
        numbers = iter(range(1, papers + 1))
        for number in range(rounds):
            self._at = begin + number * month
            key = f"{self._dice.getrandbits(128):032x}"
            self._begin_round(key, number)
            due = (number + 1) * changes // rounds
            step = month / max(due - self._last, 1) * 0.98
            here = (number + 1) * imports // rounds - number * imports // rounds
            stops = [self._last + (due - self._last) * (at + 1) // (here + 1) for at in range(here)]
            attach = max((due - self._last) // max(-(-papers // rounds), 1), 2)
            while self._last < due:
                self._at += step
                if stops and self._last >= stops[0]:
                    stops.pop(0)
                    self._import(key)
                elif self._last % attach == 0 and (paper := next(numbers, 0)):
                    self._attach(paper)
                else:
                    self._type()
            self._flush()
        for paper in numbers:
            self._attach(paper)
        self._flush()
        self._keep_entries()

    # ---- what happens

    def _begin_round(self, key: str, number: int) -> None:
        moment, day = self._moment(), self._at.date()
        self._db.execute(
            "INSERT INTO rounds (key, name, sent_on, reply_by, created_at, person) VALUES (?, ?, ?, ?, ?, ?)",
            (key, f"{day.year}年{day.month}月填报（第{number + 1}次）", str(day),
             str(day + timedelta(days=14)), moment, PEOPLE[0]),
        )  # fmt: skip
        for position, unit in enumerate(self._units):
            self._db.execute("INSERT INTO round_units VALUES (?, ?, ?)", (key, position, unit))
            export = self._db.execute(
                "INSERT INTO round_exports (round_key, unit_key, file_name, at) VALUES (?, ?, ?, ?)",
                (key, unit, f"{unit}-责任清单-{day}.xlsx", moment),
            ).lastrowid
            for item in self._of(unit):
                self._db.execute(
                    "INSERT INTO round_rows VALUES (?, ?, ?, ?, ?)",
                    (export, item.key.measure_key, item.revision, item.digest,
                     json.dumps(item.values, ensure_ascii=False)),
                )  # fmt: skip

    def _type(self) -> None:
        """Let someone type in one field, or choose a status or a day; now and then take that back."""
        item, person = self._dice.choice(self._items), self._dice.choice(PEOPLE)
        chance = self._dice.random()
        if chance < 0.03:
            fields = {"status": "已完成" if item.values["status"] == "推进中" else "推进中"}
        elif chance < 0.05:
            fields = {"deadline": str(self._at.date() + timedelta(days=self._dice.randrange(10, 200)))}
        elif chance < 0.06:
            fields = {"owner": self._dice.choice(PEOPLE)}
        else:
            fields = {self._dice.choice(TYPED): self._words()}
        before, batch = dict(item.values), self._last + 1
        self._change(item, fields, How(person, "录入", f"{self._dice.getrandbits(64):016x}"))
        if chance > 0.985 and self._last >= batch:
            (name,) = fields
            self._change(item, {name: before[name]}, How(person, "撤销", undoes=batch))

    def _import(self, round_key: str) -> None:
        """Take in the workbooks of some units; some fields are chosen on, a few stay open or untaken."""
        moment, person = self._moment(), self._dice.choice(PEOPLE)
        number = self._db.execute(
            "INSERT INTO intakes (at, person) VALUES (?, ?)", (moment, person)
        ).lastrowid
        for position, unit in enumerate(self._dice.sample(self._units, FILES_OF_AN_IMPORT)):
            open_line = position == 0 and self._dice.random() < 0.1
            file = self._db.execute(
                "INSERT INTO intake_files (intake_id, position, path_name, file_sha256, size, unit_key,"
                " round_key, state, reason, known, unchanged, details) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (number, position, f"{unit}-责任清单-第{number}次.xlsx",
                 f"{self._dice.getrandbits(256):064x}", self._dice.randrange(9_000, 30_000), unit, round_key,
                 "conflicts" if open_line else "accepted", "", "", self._dice.randrange(4, 20),
                 json.dumps(NOTHING_ELSE)),
            ).lastrowid  # fmt: skip
            for row, item in enumerate(self._of(unit)):
                fields = {name: self._words() for name in ("progress", "problems", "next_step")}
                fields["owner"] = self._dice.choice(PEOPLE)
                if row == 0:
                    self._line(file, row, item, fields["progress"], "" if open_line else "theirs")
                    if self._dice.random() < 0.2:
                        untaken = How(person, "导入", file=file, adopted=0)
                        self._change(item, {"problems": fields.pop("problems")}, untaken)
                    if open_line:
                        del fields["progress"]
                self._change(item, fields, How(person, "导入", file=file))

    def _line(self, file: int | None, row: int, item: Standing, theirs: str, choice: str) -> None:
        ours = item.values["progress"]
        self._db.execute(
            "INSERT INTO intake_lines (file_id, sheet_row, unit_key, measure_key, number, field, unit_name,"
            " kind, choice, base, ours, theirs, value, guess, question, reason)"
            " VALUES (?, ?, ?, ?, ?, 'progress', '', 'conflict', ?, '', ?, ?, '', '', '', '')",
            (file, row + 5, *self._key(item), item.number, choice, ours, theirs),
        )

    def _attach(self, number: int) -> None:
        """Put a paper into ``evidence/`` and among those of an item."""
        item, person = self._dice.choice(self._items), self._dice.choice(PEOPLE)
        name = f"佐证{number:05}-{self._at:%Y%m%d}会议纪要.pdf"
        content = f"%PDF 第{number}份".encode() + self._dice.randbytes(PAPER_BYTES)
        digest = hashlib.sha256(content).hexdigest()
        place = f"{digest[:2]}/{digest}/{name}"
        path = self._folder / store.FOLDER / place
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        written = int(self._at.timestamp())
        os.utime(path, (written, written))
        self._db.execute(
            "INSERT INTO evidence (unit_key, measure_key, name, sha256, size, place, written, added_at,"
            " added_by, attached) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (*self._key(item), name, digest, len(content), place, written, self._moment(), person),
        )
        item.revision += 1
        item.updated_at = self._moment()
        self._keep(item, EVIDENCE, "", name, self._last + 1, How(person, "录入"))

    # ---- how it is kept

    def _change(self, item: Standing, fields: dict[str, str], how: How) -> None:
        """Let fields of an item be something else, as one edit."""
        batch = self._last + 1
        item.revision += how.adopted
        item.updated_at = self._moment()
        for name, after in fields.items():
            if item.values[name] != after:
                self._keep(item, name, item.values[name], after, batch, how)
                if how.adopted:
                    item.values[name] = after

    def _keep(self, item: Standing, name: str, before: str, after: str, batch: int, how: How) -> None:
        self._last += 1
        self._rows.append(
            (self._last, batch, self._moment(), how.person, how.source, how.session, *self._key(item), name,
             before, after, how.undoes, item.revision, item.digest, how.file, how.adopted)
        )  # fmt: skip

    def _flush(self) -> None:
        marks = ", ".join("?" * len(COLUMNS.split(",")))
        self._db.executemany(f"INSERT INTO changes ({COLUMNS}) VALUES ({marks})", self._rows)
        self._rows.clear()

    def _keep_entries(self) -> None:
        names = ", ".join(FIELD_NAMES)
        for item in self._items:
            if item.revision:
                values = [item.values[name] for name in FIELD_NAMES]
                self._db.execute(
                    f"INSERT INTO entries (unit_key, measure_key, {names}, revision, updated_at,"
                    " measure_title, text_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*self._key(item), *values, item.revision, item.updated_at, item.title, item.digest),
                )

    def _of(self, unit_key: str) -> Iterator[Standing]:
        return (item for item in self._items if item.key.unit_key == unit_key)

    def _key(self, item: Standing) -> tuple[str, str]:
        return item.key.unit_key, item.key.measure_key

    def _moment(self) -> str:
        return self._at.isoformat(timespec="seconds")

    def _words(self) -> str:
        pieces = self._dice.sample(PIECES, self._dice.choice((1, 1, 2, 2, 3, 4)))
        told = (piece.format(*(self._dice.randrange(1, 900) for _ in range(3))) for piece in pieces)
        return f"{self._at.month}月{self._at.day}日，{'；'.join(told)}。"


if __name__ == "__main__":
    make(Path(sys.argv[1]))
