"""The passphrase of a workspace: which files are sealed with one, and the keys that open them.

A sealed file is a database of SQLCipher's fourth format as it stands (AES-256, HMAC-SHA512 for each page of
4096 bytes, PBKDF2 with 256,000 rounds), so any tool that knows SQLCipher opens it with the passphrase. Its
first 16 bytes are the salt, which is random there; ours begins with MARK, by which a sealed file is told from
a damaged one. Passphrases and keys are kept in memory only, until the program ends.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.errors import KnownError

MARK = b"MDK1"
SHORTEST = 8  # characters of a new passphrase
LONGEST = 200
ROUNDS = 256_000  # of PBKDF2, as SQLCipher has it
_SALT = 16  # bytes
_PAGE = 4096
_TAG = 64  # bytes of HMAC-SHA512 at the end of each page
FEW_PAGES = 16  # looked at for one that is whole, to tell a wrong passphrase from a damaged first page
LOOKED_AT = FEW_PAGES * _PAGE  # bytes
_HMAC_SALT = 0x3A
_BLOCK = 128  # of SHA-512


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens the files that begin with ``salt``: 32 bytes, not shown where a key is printed."""

    salt: bytes
    raw: bytes = field(repr=False)


class PassphraseError(KnownError):
    """A file is sealed and no passphrase that was given opens it. ``wrong`` tells whether any was given.

    ``path`` is the file that was asked for: the backup, not what was unpacked from it.
    """

    def __init__(self, path: Path, *, wrong: bool, what: str = "工作库") -> None:
        super().__init__(
            f"口令不对，{what}没有打开，没有改动任何内容。"
            if wrong
            else f"{what}设有口令，没有打开，没有改动任何内容。",
            "请在命令前写 --passphrase-file 文件，文件的第一行是口令；打开窗口时会询问口令。",
        )
        self.path = path
        self.wrong = wrong

    def of(self, file: Path) -> PassphraseError:
        """Return the same error about ``file``, in which the sealed one was found."""
        return PassphraseError(file, wrong=self.wrong, what=f"备份“{file.name}”")


_offered: list[str] = []
_keys: dict[bytes, FileKey] = {}


def offer(passphrase: str) -> None:
    """Let ``passphrase`` be tried on every sealed file from now on, until the program ends."""
    if passphrase not in _offered:
        _offered.append(passphrase)


def is_offered(passphrase: str) -> bool:
    """Tell whether ``passphrase`` is tried already: in a window, whether it opened something."""
    return passphrase in _offered


def withdraw(passphrase: str) -> None:
    """Let ``passphrase`` not be tried any more: it opened nothing."""
    with suppress(ValueError):
        _offered.remove(passphrase)


def forget() -> None:
    """Forget all passphrases and keys."""
    _offered.clear()
    _keys.clear()


def new_key(passphrase: str) -> FileKey:
    """Return a new key for ``passphrase``, with a salt of its own; it is known from now on.

    Raises KnownError for a passphrase that is too short or too long, or has a control character in it.
    """
    if len(passphrase) < SHORTEST or len(passphrase) > LONGEST:
        raise KnownError(f"口令应有{SHORTEST}到{LONGEST}个字符，没有改动任何内容。", "请换一个口令。")
    if not passphrase.isprintable():
        raise KnownError("口令中有换行等不能显示的字符，没有改动任何内容。", "请换一个口令。")
    made = derived(passphrase, MARK + os.urandom(_SALT - len(MARK)))
    _keys[made.salt] = made
    offer(passphrase)
    return made


def derived(passphrase: str, salt: bytes) -> FileKey:
    """Return the key that ``passphrase`` gives with ``salt``; takes about a second, as it is meant to."""
    return FileKey(salt, _stretched(passphrase.encode(), salt, ROUNDS))


def is_sealed(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is sealed."""
    return head.startswith(MARK)


def is_sealed_file(path: Path) -> bool:
    """Tell whether the file at ``path`` is sealed; one that cannot be read is not.

    To be asked only while this program has the file not open: closing what it reads drops the locks on it.
    """
    with suppress(OSError), path.open("rb") as file:
        return is_sealed(file.read(_SALT))
    return False


def key_in(file: IO[bytes], path: Path) -> FileKey | None:
    """Return the key of the open ``file``, which lies at ``path``; None when it is not sealed.

    Raises PassphraseError when it is sealed and no key is known and no passphrase offered that opens it.
    """
    file.seek(0)
    salt = file.read(_SALT)
    if not is_sealed(salt):
        return None
    if salt in _keys:
        return _keys[salt]
    for passphrase in _offered:
        key = derived(passphrase, salt)
        if _opens(key, file):
            _keys[salt] = key
            return key
    raise PassphraseError(path, wrong=bool(_offered))


def key_of(path: Path) -> FileKey | None:
    """Return the key of the file at ``path``, which this program has not open. Raises as :func:`key_in`.

    None also for a file that cannot be read: SQLite will say why.
    """
    with suppress(OSError), path.open("rb") as file:
        return key_in(file, path)
    return None


def _opens(key: FileKey, file: IO[bytes]) -> bool:
    """Tell whether any of the first pages of ``file`` bears the mark that only ``key`` gives."""
    import hmac

    marking = _stretched(key.raw, bytes(byte ^ _HMAC_SALT for byte in key.salt), 2)
    file.seek(0)
    for number in range(1, FEW_PAGES + 1):
        page = file.read(_PAGE)
        if len(page) < _PAGE:
            return False
        content = page[_SALT if number == 1 else 0 : -_TAG] + number.to_bytes(4, "little")
        if hmac.compare_digest(hmac.digest(marking, content, "sha512"), page[-_TAG:]):
            return True
    return False


def _stretched(secret: bytes, salt: bytes, rounds: int) -> bytes:
    """Return 32 bytes of PBKDF2-HMAC-SHA512; Python's own needs OpenSSL, which the package leaves out."""
    import hashlib

    if (native := getattr(hashlib, "pbkdf2_hmac", None)) is not None and _has_openssl():
        return bytes(native("sha512", secret, salt, rounds, 32))
    return stretched_without_openssl(secret, salt, rounds)


def _has_openssl() -> bool:
    try:
        import _hashlib  # noqa: F401
    except ImportError:
        return False
    return True


def stretched_without_openssl(secret: bytes, salt: bytes, rounds: int) -> bytes:
    """Return what :func:`hashlib.pbkdf2_hmac` does for SHA-512 and 32 bytes, at about half its speed."""
    import hashlib

    if len(secret) > _BLOCK:
        secret = hashlib.sha512(secret).digest()
    secret = secret.ljust(_BLOCK, b"\0")
    inner = hashlib.sha512(bytes(byte ^ 0x36 for byte in secret)).copy
    outer = hashlib.sha512(bytes(byte ^ 0x5C for byte in secret)).copy
    last, total = salt + b"\0\0\0\1", 0
    for _ in range(rounds):
        within, around = inner(), outer()
        within.update(last)
        around.update(within.digest())
        last = around.digest()
        total ^= int.from_bytes(last, "big")
    return total.to_bytes(64, "big")[:32]
