"""The one kind of error that a user can act on.

Everything else that escapes is a bug: it is logged whole and shown with a report that can be copied.
"""

from __future__ import annotations


class KnownError(Exception):
    """Something went wrong that the user can understand and put right.

    ``message`` is a Chinese sentence saying what happened and that nothing was lost; ``hint`` is a Chinese
    sentence saying what to do next, empty when the message says it all. ``typed`` is what the user typed and
    what was not kept, to be shown for copying.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.typed = ""

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class NoticeError(KnownError):
    """A notice does not have the form that the parser knows.

    ``line`` is the 1-based line in the source where the form broke, or 0 when it is about the whole file.
    """

    def __init__(self, line: int, reason: str, hint: str = "") -> None:
        where = f"第{line}行：" if line else ""
        super().__init__(f"发文原文不合格式，未生成数据库。{where}{reason}", hint)
        self.line = line
        self.reason = reason


class RuleError(KnownError):
    """An entry breaks a rule of the checklist; nothing was changed."""


class LockedError(KnownError):
    """Another program holds the workspace."""


class UnwritableError(KnownError):
    """The workspace cannot be written where it is: a disk that is read-only or full, no right to, no locks.

    ``why`` is a sentence that says so above a window in which one can still read.
    """

    def __init__(self, message: str, hint: str = "", why: str = "") -> None:
        super().__init__(message, hint)
        self.why = why or message


class DamagedError(KnownError):
    """The workspace file is damaged, cut short or gone while its backups are there."""
