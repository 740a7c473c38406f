"""A package behind a passphrase, in the age format (https://age-encryption.org/v1): any age program opens it.

The library encrypts with a passphrase only what is in memory whole, which sets the limit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from desktop import disk, paths
from desktop.errors import KnownError
from desktop.library.pack_checks import damaged, refused
from desktop.workspace.merging.manifest import DATA

HEAD = b"age-encryption.org/v1\n"
LARGEST = 200 * 1024 * 1024
"""Bytes of a package with a passphrase; packing and opening one takes three times as much memory."""
_OVERHEAD = 1 << 20
_WRONG = "Decryption failed"  # what the library says of another passphrase, and of nothing else


def lock(plain: Path, draft: Path, passphrase: str, shown: str) -> None:
    """Write what is in ``plain`` to ``draft``, encrypted. Raises KnownError where it is too large."""
    from pyrage import passphrase as age

    with disk.reading(plain):
        size = plain.stat().st_size
        if size > LARGEST:
            raise KnownError(
                f"“{shown}”有{size // 1024**2}MB，带密码的数据包最多{LARGEST // 1024**2}MB，没有生成数据包。",
                "请按时间或单位分几次导出，或者不设密码、把 U 盘妥善保管。",
            )
        data = plain.read_bytes()
    draft.write_bytes(age.encrypt(data, passphrase))


def is_locked(file: IO[bytes]) -> bool:
    """Tell whether an open file is encrypted in the age format; it stands at its begin afterwards."""
    head = file.read(len(HEAD))
    file.seek(0)
    return head == HEAD


@contextlib.contextmanager
def unlocked(file: IO[bytes], passphrase: str, folder: Path, shown: str) -> Iterator[IO[bytes]]:
    """Yield what is encrypted in ``file``, as a file in ``folder`` that is removed afterwards.

    Raises PackError without the right passphrase.
    """
    if not passphrase:
        raise refused(shown, "设有密码", "请输入对方导出时设的密码。", DATA)
    data = file.read(LARGEST + _OVERHEAD + 1)
    if len(data) > LARGEST + _OVERHEAD:
        raise refused(shown, "大得不正常", DATA.another, DATA)
    from pyrage import DecryptError
    from pyrage import passphrase as age

    try:
        plain = age.decrypt(data, passphrase)
    except (DecryptError, ValueError) as error:
        if str(error) == _WRONG:
            raise refused(shown, "的密码不对", "请核对密码后再试，注意大小写和全角、半角。", DATA) from error
        raise damaged(shown, DATA) from error
    with disk.writing(folder), disk.draft_in(folder) as draft:
        draft.touch(paths.OWN_FILE)
        draft.write_bytes(plain)
        del data, plain
        with draft.open("rb") as opened:
            yield opened
