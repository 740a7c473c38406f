from __future__ import annotations

import sqlite3

import pytest

from desktop.workspace.items import settings


def test_a_setting_is_what_was_put_last(db: sqlite3.Connection) -> None:
    assert settings.get(db, "user_name") == ""
    assert settings.get(db, "theme", "light") == "light"
    settings.put(db, "user_name", "张三")
    settings.put(db, "user_name", "李四")
    settings.put(db, "theme", "")
    assert settings.get(db, "user_name") == "李四"
    assert settings.get(db, "theme", "light") == ""


@pytest.mark.parametrize(
    ("kept", "days"), [("7", 7), ("0", 0), ("", 15), ("-3", 15), ("七", 15), ("٣", 15), ("1.5", 15)]
)
def test_near_days_falls_back_when_it_is_no_number(db: sqlite3.Connection, kept: str, days: int) -> None:
    assert settings.near_days(db) == 15
    settings.put(db, "near_days", kept)
    assert settings.near_days(db) == days


def test_settings_leave_no_history(db: sqlite3.Connection) -> None:
    settings.put(db, "ui.zoom", "120")
    assert db.execute("SELECT count(*) FROM changes").fetchone() == (0,)
