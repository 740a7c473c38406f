"""The documents name what stands: each path, room and name in them, and each reference in a docstring."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = [
    path for top in ("desktop", "tests", "benchmarks", "packaging") for path in (ROOT / top).rglob("*.py")
]
MADE = {"build", "dist", "out"}  # not in the repository: what they hold need not stand
TOPS = {path.name for top in (ROOT, ROOT / "desktop") for path in top.iterdir() if path.is_dir()} - MADE
FILES = {path.name for path in SOURCES}
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w*./-]+")
NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")
LINK = re.compile(r"\]\(([^)#\s]+)")
REFERENCE = re.compile(r":(?:mod|func|class|meth|data):`~?(desktop[\w.]*)`")


def stands(path: str) -> bool:
    """Tell whether a path of a document stands, below the root or below desktop; ``*`` is any text."""
    return any(
        any(top.glob(path.rstrip("/") + ending)) for top in (ROOT, ROOT / "desktop") for ending in ("", ".py")
    )


def missing(text: str, words: set[str]) -> list[str]:
    """Return what a document names that does not stand; ``words`` are all words of the sources."""
    gone = []
    for code in CODE.findall(text):
        if PATH.fullmatch(code) and code.split("/")[0] in TOPS and "/" in code:
            gone += [] if stands(code) else [code]
        elif re.fullmatch(r"\w+\.py", code):
            gone += [] if code in FILES else [code]
        elif NAME.fullmatch(code):
            gone += [] if code in words else [code]
    return gone


@pytest.fixture(scope="module")
def words() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        found.update(path.stem.split(), re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_stands(document: Path, words: set[str]) -> None:
    text = document.read_text(encoding="utf-8")
    assert missing(text, words) == []
    links = [link for link in LINK.findall(text) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_what_is_gone_is_seen() -> None:
    text = "`ui/kit/look.py`, `cli/returning`; `ui/no_such.py`, `nowhere.py`, `word_gone`, `word_kept`"
    assert missing(text, {"word_kept"}) == ["ui/no_such.py", "nowhere.py", "word_gone"]


def test_what_a_docstring_refers_to_stands() -> None:
    named = {name for path in SOURCES for name in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    for name in sorted(named):
        assert pkgutil.resolve_name(name) is not None
