"""A program that imports workbooks, or takes the import back, and is killed on the way.

``python -m … FOLDER import|undo POINT``: it says ``ready``, opens the workspace in FOLDER, kills itself when
SQLite begins its statement number POINT (0: never) and says ``done`` when the step was acknowledged.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

from desktop.workspace.file import store
from desktop.workspace.items import checklist
from desktop.workspace.returns import intake, plans, receipts, reversal, rounds
from desktop.workspace.returns.returned import AddedRow, Cell

from . import books, sample
from .sample import FINANCE_1, FINANCE_2, TAX_2, TAX_3

LONG = "进展" * 2_000
ANSWERS = {
    "finance": {
        FINANCE_1: {"status": "已完成", "progress": LONG, "owner": "甲", "deadline": "长期"},
        FINANCE_2: {"status": Cell("已办结", None, "是否为“已完成”？", "已完成"), "progress": LONG},
    },
    "tax": {
        TAX_2: {"status": "不适用", "reason": "无此业务", "problems": LONG},
        TAX_3: {"next_step": LONG, "progress": "冲突"},
    },
}


def prepare(folder: Path) -> None:
    """Make a workspace whose workbooks are out, with a value that one of them will conflict with."""
    catalogue = sample.catalogue()
    with store.open_for_writing(folder) as workspace:
        books.ask(workspace.db, catalogue)
        checklist.edit(
            workspace.db, catalogue, TAX_3, {"progress": "本库"}, by="张三", source="录入", at=sample.NOON
        )


def _plans(db: sqlite3.Connection) -> tuple[plans.Plan, ...]:
    """Return the plans of two workbooks of the round, with everything in them that an import can meet."""
    catalogue = sample.catalogue()
    asked = rounds.find(db)
    files = []
    for unit_key, answers in ANSWERS.items():
        blank = books.blank(db, catalogue, unit_key, asked)
        files.append(books.fill(blank, answers))
    planned = plans.plan_all(db, catalogue, files, sample.TODAY, by="张三")
    by_hand = replace(planned[0], added=(AddedRow(20, "另有一项", FINANCE_1),))
    return plans.keep_added(by_hand, by_hand.added[0], True), *planned[1:]


def step(db: sqlite3.Connection, what: str) -> None:
    """Import the workbooks, or take the import back."""
    if what == "undo":
        reversal.undo(db, sample.catalogue(), by="李四", at=sample.NOON)
    else:
        intake.apply(db, sample.catalogue(), _plans(db), by="张三", at=sample.NOON)


def picture(db: sqlite3.Connection) -> object:
    """Return everything that the workspace holds of entries, notes, history and receipts."""
    tables = ("entries", "notes", "changes", "intakes", "intake_files", "intake_lines")
    return receipts.receipts(db), [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


class Countdown:
    """Kills the program when it has been called ``point`` times."""

    def __init__(self, point: int) -> None:
        self.left = point
        self.count = 0

    def __call__(self, statement: str) -> None:
        self.count += 1
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    with store.open_for_writing(Path(sys.argv[1])) as workspace:
        sys.stdout.write("ready\n")
        workspace.db.set_trace_callback(Countdown(int(sys.argv[3])))
        step(workspace.db, sys.argv[2])
        sys.stdout.write("done\n")
