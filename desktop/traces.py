"""What a mistake of the program leaves for a maintainer to read: where it was, nothing that users entered."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

_OF_THE_CODE = re.compile(
    "(Arithmetic|Attribute|Database|Import|Index|Memory|Name|NotImplemented|Recursion|Runtime|Type)Error"
)
"""Kinds whose words are about the program. Those of others (KeyError: '张三') quote what was worked on."""

_HOMES = re.compile(
    r"(?:(?:/data)?/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\\s“”'\"]+"
    r"|(?<![A-Za-z0-9_/.-])/root(?![A-Za-z0-9_.-])"  # at the beginning of a path only
)
_NAMED = re.compile(r"“[^”]*”")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME_IN_CODE = re.compile(r".[A-Za-z_][\w.\[\]]*.", re.ASCII)
_OTHER = re.compile(r"[^\x20-\x7e]+|\d{5,}")


def told(error: BaseException) -> str:
    """Return the tracebacks of ``error`` and of what led to it, oldest first, in Python's own form.

    No lines of code, no values: files and functions, the kind of the error, its words where they are about
    the program, of an OSError what the system said. Paths in a home begin with ``~``.
    """
    parts: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        frames = traceback.StackSummary.from_list(
            [(_place(frame.filename), frame.lineno or 0, frame.name, "") for frame in _frames(each)]
        )
        parts.append(f"Traceback (most recent call last):\n{''.join(frames.format())}{_words(each)}")
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n\n".join(reversed(parts))


def without_names(text: str) -> str:
    """Return ``text`` with ``~`` for the homes of users in it, and ``“…”`` for each name that it quotes."""
    return _NAMED.sub("“…”", _HOMES.sub("~", text))


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _place(name: str) -> str:
    """Return where a file of code is: within the program's folder, else below the user's home."""
    path, ours = Path(name), Path(__file__).parents[1]
    return path.relative_to(ours).as_posix() if path.is_relative_to(ours) else _HOMES.sub("~", name)


def _words(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError):
        said = error.strerror or ""
    elif not any(_OF_THE_CODE.fullmatch(base.__name__) for base in kind.__mro__):
        said = ""
    else:
        said = _OTHER.sub("…", _QUOTED.sub(_name_only, str(error)))
    return f"{name}: {said}" if said else name


def _name_only(found: re.Match[str]) -> str:
    return found[0] if _NAME_IN_CODE.fullmatch(found[0]) else "'…'"
