"""Prove that Chinese can be typed into the package: ``packaging/typed.py fcitx|fcitx5|ibus``, after a build.

Linux with Xvfb, openbox, xdotool, xclip and the input method itself with pinyin; the daemon runs on a bus and
a screen of its own, and keys come from xdotool as from a keyboard. ``nihao`` and a space are typed into the
search field, a dialog and a cell of the checklist, and what stands there is read back. How it looks
while letters are not yet taken is for people to see: ``--pictures`` keeps what the screen showed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "dist" / "measures-desk" / "measures-desk"
LETTERS, WORD = "nihao", "你好"
UNIT = "区中小企业发展中心"  # the first in the list
CELL = (838, 233)  # 责任人 of the first item, in a window that fills the screen
PATIENCE = 20.0

PROFILES = {
    "fcitx": (
        ".config/fcitx/profile",
        (
            "[Profile]\nIMName=pinyin-libpinyin\nPreeditStringInClientWindow=True\n"
            "EnabledIMList=fcitx-keyboard-us:True,pinyin-libpinyin:True\n"
        ),
    ),
    "fcitx5": (
        ".config/fcitx5/profile",
        (
            "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n"
            "[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n[Groups/0/Items/1]\nName=pinyin\nLayout=\n\n"
            "[GroupOrder]\n0=Default\n"
        ),
    ),
}
"""Where each daemon reads which of its engines are on, and what stands there."""


class TypedError(Exception):
    """What was typed does not stand where it should; the text says what does."""


class Desk:
    """A screen, a bus and an input method, with the program's window on it."""

    def __init__(
        self,
        method: str,
        program: list[str],
        home: Path,
        environment: dict[str, str],
        pictures: Path | None,
    ) -> None:
        self.method, self.program, self.home = method, program, home
        self.environment, self.pictures = environment, pictures

    def run(self, *command: str | Path, wait: float = 15.0) -> str:
        """Run a command on the screen and return what it printed."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, timeout=wait, check=False, cwd=self.home
        )
        if done.returncode:
            raise TypedError(f"{command[0]} gave {done.returncode}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode("utf-8")

    def keys(self, *names: str, pause: float = 0.12) -> None:
        """Press keys, one after the other."""
        for name in names:
            self.run("xdotool", "key", name)
            time.sleep(pause)

    def picture(self, name: str) -> None:
        """Keep what the screen shows, where that was asked for."""
        if self.pictures:
            self.run("import", "-window", "root", self.pictures / f"{self.method}-{name}.png")

    def type_word(self, place: str) -> None:
        """Type the letters and take what they stand for."""
        self.keys(*LETTERS)
        time.sleep(0.8)
        self.picture(place)
        self.keys("space")
        time.sleep(0.4)

    def owner(self) -> str:
        """Return who is written down for the first item of the first unit, as the program says elsewhere."""
        told = self.run(*self.program, "checklist", UNIT, "--json", wait=PATIENCE)
        return str(json.loads(told)[0]["owner"])

    def copied(self) -> str:
        """Return what stands in the field with the focus, through the clipboard."""
        self.keys("ctrl+a", "ctrl+c")
        time.sleep(0.3)
        return self.run("xclip", "-o", "-selection", "clipboard")


def prove(desk: Desk) -> None:
    """Type into three places. Raises :class:`TypedError` where something else stands there."""
    desk.keys("ctrl+f")
    if desk.method != "ibus":  # which was told its engine
        desk.keys("ctrl+space")
    desk.type_word("search")
    expect("the search field", desk.copied())
    desk.keys("ctrl+shift+n")
    time.sleep(2)
    desk.keys("ctrl+a")
    desk.type_word("dialog")
    expect("a dialog", desk.copied())
    desk.keys("Escape", "Escape", "ctrl+2")
    time.sleep(3)
    desk.run("xdotool", "mousemove", *map(str, CELL), "click", "--repeat", "2", "--delay", "80", "1")
    time.sleep(0.5)
    desk.type_word("cell")
    desk.keys("Return")
    time.sleep(1)
    expect("a cell of the checklist", desk.owner())


def expect(place: str, found: str) -> None:
    """Say what stands somewhere. Raises :class:`TypedError` unless it is the word."""
    if found.strip() != WORD:
        raise TypedError(f"in {place} stands {found!r} instead of {WORD}")
    print(f"  {place}: {found.strip()}", flush=True)


@contextmanager
def running(command: list[str | Path], environment: dict[str, str], log: Path) -> Iterator[None]:
    """Run a command in the background for as long as the block lasts."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)


def daemon(method: str) -> list[str]:
    """Return the command line of an input method that stays in the foreground."""
    return {
        "fcitx": ["fcitx", "-D"],
        "fcitx5": ["fcitx5", "--disable=wayland"],
        "ibus": ["ibus-daemon", "--xim", "--panel", "disable"],
    }[method]


def main() -> int:
    """Set the screen up, type, and say what stood where."""
    parser = argparse.ArgumentParser(description="在打包好的程序里打中文")
    parser.add_argument("method", choices=("fcitx", "fcitx5", "ibus"))
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--program", default=str(PROGRAM), help="the program to type into")
    options = parser.parse_args()
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ or not os.environ.get("TYPED_BUS"):
        os.environ["TYPED_BUS"] = "1"
        return subprocess.call(["dbus-run-session", "--", sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        home = Path(scratch)
        method = options.method
        environment = {
            "HOME": scratch,
            "XDG_RUNTIME_DIR": scratch,
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "DISPLAY": ":79",
            "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"],
            "XMODIFIERS": f"@im={'ibus' if method == 'ibus' else 'fcitx'}",
            "QT_IM_MODULE": "ibus" if method == "ibus" else "fcitx",
        }
        if method in PROFILES:
            place, text = PROFILES[method]
            (home / place).parent.mkdir(parents=True)
            (home / place).write_text(text, encoding="utf-8")
        logs = home / "logs"
        logs.mkdir()
        stack.enter_context(running(["Xvfb", ":79", "-screen", "0", "1366x768x24"], environment, logs / "x"))
        time.sleep(1)
        stack.enter_context(running(["openbox"], environment, logs / "openbox"))
        stack.enter_context(running([*daemon(method)], environment, logs / method))
        time.sleep(2)
        if method == "ibus":
            subprocess.run(["ibus", "engine", "libpinyin"], env=environment, timeout=PATIENCE, check=False)
        program = [*options.program.split(), "--workspace", str(home / "ws")]
        stack.enter_context(running([*program], environment, logs / "program"))
        desk = Desk(method, program, home, environment, options.pictures)
        try:
            desk.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "惠企措施手册", wait=PATIENCE)
            time.sleep(3)
            prove(desk)
        except (TypedError, subprocess.TimeoutExpired) as error:
            print(error, file=sys.stderr)
            for log in (*logs.iterdir(), *home.glob("ws/logs/*")):
                print(f"-- {log.name}", log.read_text(errors="replace")[-1500:], sep="\n", file=sys.stderr)
            return 1
    print(f"typed through {options.method}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
