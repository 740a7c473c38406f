"""The set-up script: what it takes for ready, what it says when it may not or cannot go on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.conftest import load


def say(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, tree / "packaging" / "desk.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_verb_it_explains_itself_and_fails(tree: Path) -> None:
    done = say(tree)
    assert done.returncode == 2
    assert "desk.py run" in done.stderr
    assert done.stdout == ""


def test_an_unknown_verb_is_wrong_usage(tree: Path) -> None:
    assert say(tree, "fly").returncode == 2


def test_help_is_no_failure(tree: Path) -> None:
    done = say(tree, "--help")
    assert done.returncode == 0
    assert "desk.py test" in done.stderr


def test_an_environment_is_ready_only_when_finished_for_this_lock(desk: ModuleType) -> None:
    wanted = desk.fingerprint()
    assert not desk.is_ready(wanted), "there is none"
    desk.PYTHON.parent.mkdir(parents=True)
    desk.PYTHON.touch()
    assert not desk.is_ready(wanted), "half-made: no stamp yet"
    desk.STAMP.write_text(wanted, encoding="utf-8")
    assert desk.is_ready(wanted)
    with desk.LOCK.open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert not desk.is_ready(desk.fingerprint()), "the lock has changed"


def test_a_python_brought_up_to_date_keeps_the_environment_another_minor_version_does_not(
    desk: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.PYTHON.parent.mkdir(parents=True)
    desk.PYTHON.touch()
    desk.STAMP.write_text(desk.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(sys, "version", f"{desk.MINOR}.99 (main, Jan  1 2030, 00:00:00) [GCC 99]")
    later = load(Path(desk.__file__))
    assert later.is_ready(later.fingerprint())
    monkeypatch.setattr(sys, "version_info", (3, sys.version_info[1] + 1, 0, "final", 0))
    newer = load(Path(desk.__file__))
    assert not newer.is_ready(newer.fingerprint())


def test_an_environment_made_by_an_earlier_patch_of_this_python_is_kept(desk: ModuleType) -> None:
    """What finds ``.venv`` usable asks its Python for the minor version only."""
    desk.PYTHON.parent.mkdir(parents=True)
    desk.PYTHON.write_text(
        f"#!/bin/sh\nexec {sys.executable} -c \"import sys; sys.version = 'earlier'; $2\"\n",
        encoding="utf-8",
    )
    desk.PYTHON.chmod(0o755)
    assert desk.can_install()


def test_a_stamp_without_its_python_is_not_ready(desk: ModuleType) -> None:
    desk.VENV.mkdir()
    desk.STAMP.write_text(desk.fingerprint(), encoding="utf-8")
    assert not desk.is_ready(desk.fingerprint())
    assert not desk.can_install()


def test_a_broken_stamp_is_not_ready(desk: ModuleType) -> None:
    desk.PYTHON.parent.mkdir(parents=True)
    desk.PYTHON.touch()
    desk.STAMP.write_bytes(b"\xff\xfe\x00")
    assert not desk.is_ready(desk.fingerprint())


def test_who_may_not_install_is_told_the_line_to_run(
    desk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt-get here
    with pytest.raises(desk.SetupError) as caught:
        desk.install_packages(["fonts-noto-cjk", "libegl1"])
    assert "apt-get install -y --no-install-recommends fonts-noto-cjk libegl1" in str(caught.value)


def test_a_package_source_that_fails_is_said_and_leaves_no_stamp(
    desk: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(desk.SetupError, match="联网后重新执行"):
        desk.prepare_environment()
    assert not desk.STAMP.exists()
    assert desk.can_install(), "the environment itself was made, and the next try goes on from it"


def test_a_source_tree_that_cannot_be_written_is_said_and_nothing_else_is(
    tree: Path,
) -> None:
    (tree / ".venv").write_text("in the way", encoding="utf-8")
    desk = load(tree / "packaging" / "desk.py")
    with pytest.raises(desk.SetupError, match=r"不能写入 .*\n请把整个源代码文件夹复制到可以写入的位置"):
        desk.prepare_environment()


def test_a_python_that_cannot_make_environments_is_told_what_to_install(
    desk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "__file__", str(tmp_path / "os.py"))  # no ensurepip there
    with pytest.raises(desk.SetupError, match=rf"请安装 python{desk.MINOR}-venv"):
        desk.prepare_environment()
    assert not desk.STAMP.exists()


def test_chinese_is_said_whatever_the_locale(tree: Path) -> None:
    for locale in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}):
        done = subprocess.run(
            [sys.executable, tree / "packaging" / "desk.py"],
            env={**os.environ, **locale, "PYTHONUTF8": "0"},
            capture_output=True,
            check=False,
        )
        assert "准备环境并打开程序" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Temporary failure resolving 'deb.debian.org'", "连不上软件源"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError", "连不上软件源"),
        ("after connection broken by 'SSLError: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "另一个安装程序正在运行"),
    ],
)
def test_of_a_command_that_fails_the_reason_is_said_and_its_english_is_not(
    desk: ModuleType, words: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    fail = "import sys; print(sys.argv[1], file=sys.stderr); sys.exit(1)"
    assert reason in desk.attempt(sys.executable, "-c", fail, words)
    assert capfd.readouterr() == ("", "")


def test_of_a_command_that_fails_for_another_reason_the_end_is_shown(
    desk: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    assert desk.attempt(sys.executable, "-c", "import sys; sys.exit('hash mismatch')") == "原因见上"
    assert capfd.readouterr().err == "hash mismatch\n"
    assert desk.attempt(sys.executable, "-c", "print('fine')") is None
    assert desk.attempt(str(desk.HOME / "nowhere")) != ""


@pytest.mark.parametrize("verb", ["run", "package"])
def test_a_machine_without_a_chinese_font_is_asked_for_one(
    desk: ModuleType, verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no fc-list here
    assert {"fontconfig", "fonts-noto-cjk"} <= set(desk.missing_packages(verb))
    assert ("binutils" in desk.missing_packages(verb)) == (verb == "package")


def test_a_folder_on_the_path_that_may_not_be_read_is_passed_over(
    desk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, other = tmp_path / "shut", tmp_path / "other"
    shut.mkdir(mode=0)  # root may read it all the same
    other.mkdir()
    (other / "fc-list").touch(0o755)
    monkeypatch.setenv("PATH", f"{shut}:{other}")
    assert desk.has_program("fc-list")
    assert not desk.has_program("apt-get")
