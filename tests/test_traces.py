"""What is kept of a mistake says where it was, and nothing that somebody entered."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from desktop import traces

NAME, PHONE = "欧阳某某", "13912345678"


def caught(raised: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise raised from cause
    except BaseException as error:  # noqa: BLE001 - also those that end a program
        return error


def test_a_trace_names_files_functions_and_kinds() -> None:
    first = caught(AttributeError("'NoneType' object has no attribute 'items'"))
    told = traces.told(caught(KeyError(NAME), first))
    assert told.count("Traceback (most recent call last):") == 2
    assert 'File "tests/test_traces.py", line' in told
    assert "in caught" in told
    assert told.endswith("\nKeyError")
    assert "AttributeError: 'NoneType' object has no attribute 'items'\n\n" in told


@pytest.mark.parametrize(
    "error",
    [
        KeyError(NAME),
        ValueError(f"invalid literal for int() with base 10: '{PHONE}'"),
        TypeError(f"cannot use '{NAME}' ({PHONE}) or \"Zhang San\" here"),
        RuntimeError(f"{NAME} {PHONE}"),
        sqlite3.OperationalError(f'near "{NAME}": syntax error {PHONE}'),
        OSError(errno.ENOENT, os.strerror(errno.ENOENT), f"/home/zhangsan/{NAME}{PHONE}.xlsx"),
        UnicodeEncodeError("ascii", NAME, 0, 1, PHONE),
        SystemExit(NAME),
    ],
)
def test_no_value_is_in_a_trace(error: BaseException) -> None:
    told = traces.told(caught(error))
    assert type(error).__name__ in told
    assert not any(part in told for part in (NAME, PHONE, "Zhang San", "zhangsan"))


def test_a_mistake_that_called_itself_is_told_briefly() -> None:
    def again() -> None:
        again()

    try:
        again()
    except RecursionError as error:
        told = traces.told(error)
    assert "[Previous line repeated" in told
    assert len(told.splitlines()) < 30


@pytest.mark.parametrize(
    "home", ["/home/zhangsan", "/data/home/zhangsan", "/Users/zhangsan", r"C:\Users\zhangsan", "/root"]
)
def test_homes_and_quoted_names_are_left_out(home: str) -> None:
    said = traces.without_names(f"找不到“{NAME}.xlsx”。{home}/工作库 {home}")
    assert said == "找不到“…”。~/工作库 ~"
    assert traces.without_names("/srv/root/工作库") == "/srv/root/工作库"


def test_a_circle_of_causes_ends(tmp_path: Path) -> None:
    one, other = caught(KeyError(1)), caught(KeyError(2))
    one.__cause__, other.__cause__ = other, one
    assert traces.told(one).count("KeyError") == 2
