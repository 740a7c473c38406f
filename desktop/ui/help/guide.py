"""The manual as its source has it: chapters, tasks, and what stands in them, line by line.

The source is Markdown of the plainest kind: ``#`` the title, ``##`` a chapter, ``###`` a
task, ``1.`` a step, ``-`` a point, ``![words](pictures/name.png)`` a picture, any other line a paragraph.
Words of the screen stand in 【】.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from desktop import paths
from desktop.errors import KnownError


class GuideKind(Enum):
    """What a line of the manual is."""

    TITLE = "title"
    CHAPTER = "chapter"
    TASK = "task"
    TEXT = "text"
    STEP = "step"
    POINT = "point"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line: its words, and the mark before them (``1.``) or, of a picture, the name of its file."""

    kind: GuideKind
    words: str
    mark: str = ""

    @property
    def is_heading(self) -> bool:
        """Tell whether the line is one of the contents: a chapter or a task."""
        return self.kind in (GuideKind.CHAPTER, GuideKind.TASK)


_LINES = (
    (GuideKind.PICTURE, re.compile(r"!\[(?P<words>[^\]]*)\]\(pictures/(?P<mark>[\w.-]+)\)")),
    (GuideKind.TASK, re.compile(r"### (?P<mark>)(?P<words>.+)")),
    (GuideKind.CHAPTER, re.compile(r"## (?P<mark>)(?P<words>.+)")),
    (GuideKind.TITLE, re.compile(r"# (?P<mark>)(?P<words>.+)")),
    (GuideKind.STEP, re.compile(r"(?P<mark>\d+\.) +(?P<words>.+)")),
    (GuideKind.POINT, re.compile(r"- (?P<mark>)(?P<words>.+)")),
    (GuideKind.TEXT, re.compile(r"(?P<mark>)(?P<words>.+)")),
)


def folder() -> Path:
    """Return the folder of the manual, beside ``resources/`` in the repository and in the package alike."""
    return paths.resources().parent / "docs"


def picture(name: str) -> Path:
    """Return where a picture of the manual lies."""
    return folder() / "pictures" / name


def lines() -> tuple[GuideLine, ...]:
    """Return the manual. Raises KnownError where its file cannot be read."""
    path = folder() / "user-guide.zh-CN.md"
    try:
        return read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(
            "使用手册的文件不在程序文件夹中，或者读不出来。", f"请重新安装程序。应在的位置：{path}"
        ) from error


def read(source: str) -> tuple[GuideLine, ...]:
    """Return the lines of a source; one without a mark goes on with the step, point or paragraph above it."""
    found: list[GuideLine] = []
    goes_on = False
    for line in map(str.strip, source.splitlines()):
        if line:
            made = _line(line)
            if goes_on and made.kind is GuideKind.TEXT:
                found[-1] = replace(found[-1], words=found[-1].words + made.words)
            else:
                found.append(made)
        goes_on = bool(line) and found[-1].kind in (GuideKind.STEP, GuideKind.POINT, GuideKind.TEXT)
    return tuple(found)


def _line(line: str) -> GuideLine:
    for kind, form in _LINES:
        if found := form.fullmatch(line):
            return GuideLine(kind, found["words"].replace("`", ""), found["mark"])
    raise AssertionError(line)  # the last form takes any line
