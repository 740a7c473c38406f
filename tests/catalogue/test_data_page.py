"""docs/data.md says what is so: it names every table and column, and its queries run."""

from __future__ import annotations

import re
import sqlite3

from desktop import paths
from desktop.catalogue import schema

PAGE = (paths.home() / "docs" / "data.md").read_text(encoding="utf-8")


def test_every_table_and_column_is_explained() -> None:
    for table in schema.TABLES:
        (row,) = re.findall(rf"(?m)^\| `{table.name}` \|.*$", PAGE)
        columns = row.split("|")[3]
        assert {name for name in table.columns if f"`{name}`" not in columns} == set()


def test_the_queries_run_and_prove_the_text(db: sqlite3.Connection) -> None:
    finance, proof = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)
    assert [row[0] for row in db.execute(finance)] == [1, 2, 3, 4, 5, 6, 16, 19, 25]
    assert [row[1] for row in db.execute(proof)] == [1] * 32


def test_the_view_is_described_as_it_is(db: sqlite3.Connection) -> None:
    columns = [column[0] for column in db.execute("SELECT * FROM checklist_rows").description]
    assert ", ".join(columns) in " ".join(PAGE.split())
