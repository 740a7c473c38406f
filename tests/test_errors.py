from __future__ import annotations

from desktop.errors import KnownError, LockedError, NoticeError, RuleError


def test_a_known_error_says_what_happened_and_what_to_do() -> None:
    assert str(KnownError("磁盘已满。", "请清理磁盘。")) == "磁盘已满。\n请清理磁盘。"
    assert str(KnownError("磁盘已满。")) == "磁盘已满。"


def test_a_notice_error_names_the_line() -> None:
    error = NoticeError(12, "括号没有关上。")
    assert (error.line, error.reason) == (12, "括号没有关上。")
    assert "第12行：括号没有关上。" in error.message
    assert "行：" not in NoticeError(0, "没有类别。").message


def test_each_kind_is_a_known_error() -> None:
    assert all(issubclass(kind, KnownError) for kind in (NoticeError, RuleError, LockedError))
