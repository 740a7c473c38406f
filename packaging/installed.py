"""Prove that both .deb install, run, give way to a newer one and go: after a build, run this as root.

Debian with Xvfb, desktop-file-utils and shared-mime-info. The packages are installed on this machine,
the program in them is started as the user ``nobody``, and all is removed again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from shapes import debian, tree, uos, uos_rules
from watch import WatchError, display, watch

PROGRAM = tree.ROOT / "dist" / "measures-desk"
NOBODY = 65534
AS_NOBODY = ["/usr/bin/setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
OLD, NEW = "1.0.0", "1.0.1"
UNIT, MEASURE, WORDS = "区财政局", "2", "推进中"
HURRY = "--force-unsafe-io"  # the disk need not have everything at once
NEEDED_COLOURS = 64  # a window without text or pictures has fewer


class InstallError(Exception):
    """A package does not do what it should; the text says what."""


def run(command: list[str | Path], **environment: str) -> str:
    """Run a command to its end and return what it printed. Raises InstallError when it fails."""
    done = subprocess.run(
        command,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise InstallError(f"{' '.join(map(str, command))} gave exit code {done.returncode}\n{text}")
    return text


def check(build: Callable[..., Path], name: str, program: Path, home: Path) -> None:
    """Install, start, upgrade and remove the package ``name``, whose program lands at ``program``."""
    old, new = (build(PROGRAM, home.parent, version, quick=True) for version in (OLD, NEW))
    if name == uos.APP_ID and (faults := uos_rules.wrong(uos_rules.read(old))):
        raise InstallError("\n".join(faults))
    user = {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    desk: list[str | Path] = [*AS_NOBODY, program]
    try:
        run(
            [
                "apt-get",
                "-q",
                "-y",
                "-o",
                f"Dpkg::Options::={HURRY}",
                "--no-install-recommends",
                "install",
                old,
            ]
        )
        run(["dpkg", "--verify", name])
        if name == debian.NAME:
            check_desktop()
        run([*desk, "doctor"], **user)
        run([*desk, "mark", UNIT, MEASURE, "--status", WORDS], **user)
        with display(home) as (screen_name, screen):
            seen = watch(desk, screen_name, screen, home)
        if seen.colours < NEEDED_COLOURS:
            raise InstallError(f"the window has only {seen.colours} colours")
        print(f"{name}: installed, window complete after {seen.complete:.2f} s, {seen.colours} colours")
        run(["dpkg", HURRY, "-i", new])
        if NEW not in run(["dpkg-query", "-f", "${Version}", "-W", name]):
            raise InstallError("the newer package did not take the place of the older one")
        look_at_data(desk, user)
        print(f"{name}: upgraded, what was entered is there")
        files = [Path(line) for line in run(["dpkg", "-L", name]).splitlines()]
    finally:
        run(["dpkg", HURRY, "--purge", name])
    left = [str(path) for path in files if name in path.parts[-3:] and (path.exists() or path.is_symlink())]
    if left or not any(home.rglob("workspace.db")):
        raise InstallError(f"after the removal there is {', '.join(left) or 'no workspace any more'}")
    print(f"{name}: removed, what was entered stays")


def look_at_data(desk: list[str | Path], user: dict[str, str]) -> None:
    """Find again what was entered with the older version."""
    rows = json.loads(run([*desk, "checklist", UNIT, "--json"], **user))
    if WORDS not in json.dumps(rows, ensure_ascii=False):
        raise InstallError("what was entered with the older version is gone")


def check_desktop() -> None:
    """Check what the desktop is told of the program; asks its own tools."""
    run(["desktop-file-validate", f"/usr/share/applications/{debian.NAME}.desktop"])
    kinds = Path("/usr/share/mime/globs2").read_text(encoding="utf-8")
    if "measures-desk-data:*.sjb" not in kinds or "measures-desk-notices:*.fwb" not in kinds:
        raise InstallError("the desktop does not know the program's files")
    print("menu entry and kinds of files are known")


def main() -> int:
    """Check both packages, and say what is wrong if anything is."""
    if os.geteuid() != 0:
        print("packages are installed by root only", file=sys.stderr)
        return 1
    shapes = (
        (debian.build, debian.NAME, Path(f"/usr/bin/{debian.NAME}")),
        (uos.build, uos.APP_ID, Path(f"/opt/apps/{uos.APP_ID}/files/bin/measures-desk")),
    )
    try:
        for build, name, program in shapes:
            with tempfile.TemporaryDirectory() as scratch:
                Path(scratch).chmod(0o755)
                home = Path(scratch) / "home"
                home.mkdir(mode=0o700)
                os.chown(home, NOBODY, NOBODY)
                check(build, name, program, home)
    except (InstallError, WatchError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
