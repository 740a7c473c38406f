"""What a bare start does where no window can be opened: one Chinese sentence, and the main job if it can."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from desktop import libraries, paths

from .conftest import desk

NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
CHINESE = re.compile("[一-鿿]")
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a screen and their own typefaces"
)


def said(done: CompletedProcess[bytes], code: int) -> str:
    """Check how it ended and that every line said is Chinese; return them."""
    words = done.stderr.decode("utf-8")
    assert done.returncode == code, words
    assert [line for line in words.splitlines() if not CHINESE.search(line)] == []
    return words


def bare(place: Path, **environment: str) -> CompletedProcess[bytes]:
    return desk("--workspace", str(place / "库"), cwd=place, **{**NO_SCREEN, **environment})


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({}, "未设置 DISPLAY 或 WAYLAND_DISPLAY"),
        ({"DISPLAY": ":7777"}, "图形界面没有应答（DISPLAY=:7777）"),
        ({"WAYLAND_DISPLAY": "wayland-77"}, "图形界面没有应答（WAYLAND_DISPLAY=wayland-77）"),
        ({"DISPLAY": ":7777", "QT_QPA_PLATFORM": "dxcb"}, "图形界面没有应答（DISPLAY=:7777）"),
    ],
)
def test_a_screen_that_does_not_answer_is_said_and_the_tour_is_begun(
    tmp_path: Path, environment: dict[str, str], why: str
) -> None:
    (tmp_path / "out").touch()  # which ends it
    words = said(bare(tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", **environment), 1)
    assert why in words
    assert str(tmp_path / "out") in words


def test_without_a_screen_the_tour_is_made(tmp_path: Path) -> None:
    done = bare(tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert f"保存到 {tmp_path / 'out'}" in said(done, 0)
    written = [Path(line) for line in done.stdout.decode().splitlines()]
    assert {path.suffix for path in written} == {".png", ".xlsx"}
    assert all((tmp_path / path).stat().st_size > 1000 for path in written)


def test_where_the_current_folder_is_gone_or_read_only_the_tour_is_not_begun(open_folder: Path) -> None:
    code = "import os, sys; from desktop.__main__ import main; {}; sys.exit(main([]))"
    gone = "os.mkdir('x'); os.chdir('x'); os.rmdir('../x')"
    shut = "os.mkdir('x', 0o555); os.chdir('x'); os.setuid(os.geteuid() or 65534)"
    for doing in (gone, shut):
        done = subprocess.run(
            [sys.executable, "-c", code.format(doing)],
            cwd=open_folder,
            env={**os.environ, **NO_SCREEN, "PYTHONPATH": str(paths.home())},
            capture_output=True,
            check=False,
        )
        assert "当前文件夹不能写入" in said(done, 1)
        assert "tour -o 文件夹" in said(done, 1)


@pytest.mark.parametrize("platform", ["offscreen", ""])
def test_without_a_chinese_typeface_that_is_said(tmp_path: Path, platform: str) -> None:
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8"
    )
    done = bare(tmp_path, QT_QPA_PLATFORM=platform, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert f"apt-get install {libraries.CHINESE_FONT}" in said(done, 1)


def test_a_library_that_is_missing_is_named_with_its_package(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        "raise ImportError('libnobody.so.1: cannot open shared object file: No such file or directory')",
        encoding="utf-8",
    )
    path = f"{tmp_path}:{paths.home()}"
    for arguments in (["--workspace", "库"], ["tour"]):
        done = desk(*arguments, cwd=tmp_path, **{**NO_SCREEN, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": path})
        words = said(done, 1)
        assert "sudo apt-get install libnobody.so.1" in words


def test_a_part_of_the_program_that_is_missing_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    path = f"{tmp_path}:{paths.home()}"
    done = desk("tour", cwd=tmp_path, **{**NO_SCREEN, "PYTHONPATH": path})
    assert "程序缺少组件 PySide6.Qt" in (words := said(done, 1))
    assert "python3 packaging/desk.py run" in words


def test_every_library_in_the_table_is_there_on_a_machine_that_runs_the_tests() -> None:
    assert libraries.lacking() == set()
    assert libraries.told("version `GLIBC_2.99' not found") is None


def test_a_desktop_of_wayland_without_xwayland_is_said(tmp_path: Path) -> None:
    """The packaged program has no plugin for Wayland; what is there only looks like one."""
    with socket.socket(socket.AF_UNIX) as nobody:
        nobody.bind(str(tmp_path / "w"))
        done = bare(tmp_path, WAYLAND_DISPLAY="w", XDG_RUNTIME_DIR=str(tmp_path))
    assert "apt-get install xwayland" in said(done, 1)


def test_a_screen_that_keeps_the_user_out_is_not_taken_for_none(tmp_path: Path) -> None:
    """It takes the call and hangs up, as an X server does on whom it does not know."""
    number = 9000 + os.getpid() % 1000
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()

        def hang_up() -> None:
            for _ in range(3):
                with suppress(OSError):
                    server.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        done = bare(tmp_path, DISPLAY=f":{number}.0")
    assert "图形界面不允许当前用户使用" in said(done, 1)
    assert not (tmp_path / "out").exists()
