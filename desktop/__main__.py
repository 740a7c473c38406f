"""Where the program starts: the window when nothing else is asked for, else the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run with ``arguments`` (default: the process's own) and return the exit code.

    The window needs no argument parser: without arguments none is imported.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given:
        from desktop.cli.entry import run

        return run(given)

    from desktop.cli import guard, window

    guard.prepare_streams()
    return guard.guarded(lambda: window.open_window(None), lambda: None)


if __name__ == "__main__":
    sys.exit(main())
