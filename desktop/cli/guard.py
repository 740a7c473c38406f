"""What goes wrong becomes words on stderr and an exit code; a bug is told whole in the log only."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop import paths
from desktop.errors import KnownError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def prepare_streams() -> None:
    """Make stdout and stderr UTF-8 whatever the locale or code page is.

    What cannot be encoded (undecodable bytes of a file name) is shown escaped. A windowed program on Windows
    has no streams at all; then there is nothing to prepare.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: str) -> None:
    """Say ``message`` on stderr, if there is one that takes it."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def guarded(action: Callable[[], int], chosen: Callable[[], Path | None]) -> int:
    """Do ``action`` and return its exit code, or the one that fits what went wrong.

    ``chosen`` tells, when asked, which workspace folder was chosen on the command line: the log lies there.
    A reader of stdout that goes away early ends the program quietly. The rooms below translate what the
    system says about their own files: a full disk that gets this far is the one that stdout goes to.
    """
    try:
        code = action()
        if sys.stdout is not None:
            sys.stdout.flush()
    except KnownError as error:
        complain(str(error))
        return FAILED
    except OSError as error:
        if error.errno == errno.EPIPE:
            _drop_stdout()
        elif error.errno == errno.ENOSPC:
            _drop_stdout()
            complain("磁盘空间不足，输出没有写完，已保存的内容不受影响。\n请清理磁盘后再试。")
        else:
            from desktop.disk import unforeseen

            known = unforeseen(error)
            complain(str(known or unexpected(error, chosen())))
        return FAILED
    except KeyboardInterrupt:
        complain("已中断。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, it is logged
        complain(str(unexpected(error, chosen())))
        return FAILED
    return code


def _drop_stdout() -> None:
    """stdout takes nothing any more: let what is left in its buffer go nowhere instead of failing at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def unexpected(error: Exception, chosen: Path | None) -> KnownError:
    """Log where ``error`` was and return what to say of it, with the place of the log."""
    import logging
    import tempfile

    from desktop import logs, traces

    path = logs.start(paths.log_folder(paths.workspace_folder(chosen)))
    if path is None:
        path = logs.start(paths.log_folder(Path(tempfile.gettempdir()) / paths.APP_NAME))
    try:
        logging.getLogger("desktop").error("unexpected error", exc_info=error)
    finally:
        logs.stop()
    last = traces.told(error).splitlines()[-1]
    where = f"详细情况已记入日志：{path}" if path else f"日志也无法写入。错误：{last}"
    return KnownError("程序出现意外错误，本次操作没有完成，已保存的内容不受影响。", where)
