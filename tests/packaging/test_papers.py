"""README, lock file and CI agree with one another."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def test_the_readme_opens_with_the_two_commands(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    title, block = text.split("```sh\n", 1)
    assert len(title.splitlines()) == 2
    assert block.splitlines()[:3] == [
        "python3 packaging/desk.py run",
        "python3 packaging/desk.py test",
        "```",
    ]


def test_ci_runs_the_readmes_test_command_last(root: Path) -> None:
    lines = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == [
        "tests=$(grep -m1 -x 'python3 packaging/desk.py test' README.md)",
        "$tests </dev/null",
    ]


def test_the_lock_holds_what_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (root / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pinned = {canonicalize_name(name): Version(version) for name, version in PIN.findall(lock)}
    wanted = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]
    missing = [
        str(requirement)
        for requirement in wanted
        if pinned.get(canonicalize_name(requirement.name)) not in requirement.specifier
    ]
    assert missing == []


def test_every_pin_has_hashes_and_no_line_names_an_index(root: Path) -> None:
    lock = (root / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)
    assert len(entries) > 30
    assert [
        entry.splitlines()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry
    ] == []
    assert "://" not in lock


def test_the_pythons_asked_for_are_those_for_which_there_is_qt(root: Path) -> None:
    """From 3.11 on, and no further than PySide6's own wheels go; the set-up names the same."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = SpecifierSet(project["requires-python"])
    wheels = SpecifierSet(importlib.metadata.metadata("PySide6-Essentials")["Requires-Python"])
    minors = [minor for minor in range(11, 20) if f"3.{minor}" in asked]
    assert minors == [minor for minor in range(11, 20) if f"3.{minor}" in wheels]
    desk = (root / "packaging" / "desk.py").read_text(encoding="utf-8")
    assert f"(3, {minors[0]}) <= sys.version_info[:2] <= (3, {minors[-1]})" in desk
