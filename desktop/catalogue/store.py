"""Open ``measures.db`` read-only, and prove that it is whole and ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import quote

from desktop import paths
from desktop.catalogue import bundled
from desktop.errors import KnownError

_CACHE = -1000  # KB: the system keeps the file's pages anyway
APPLICATION_ID = 0x48514353  # "HQCS", 惠企措施
SCHEMA_VERSION = 4
TABLES = (
    "notices",
    "documents",
    "categories",
    "measure_groups",
    "measures",
    "units",
    "responsibilities",
    "citations",
    "tags",
    "measure_tags",
    "figures",
    "clauses",
)

_HINT = (
    "您录入的内容不在此文件中，没有受影响。"
    "请重新安装程序，或从安装包重新复制 resources 文件夹中的 measures.db。"
)


def open_catalogue(path: Path | None = None) -> sqlite3.Connection:
    """Open the bundled database, or the one at ``path``; nothing can be written to it.

    The bundled one is read once, compared with :data:`bundled.SHA256`, and what was read is what is asked:
    never a database that was altered, whatever digest it carries, nor one that was put in its place later.
    One at a ``path`` is whoever's it is, and is opened where it lies.

    Raises :class:`KnownError` when the file is missing, half-copied, damaged, no measures database, one of
    another schema version, or not the one that this program was made with. The caller closes the connection.
    """
    place = (path or paths.bundled_database()).absolute()
    if not place.is_file():
        raise KnownError(f"找不到措施数据库：{place}", _HINT)
    db = _at(place) if path else _bundled(place)
    try:
        _check(db, place)
    except sqlite3.Error as error:
        db.close()
        raise _broken(place) from error
    except KnownError:
        db.close()
        raise
    return db


def open_library(path: Path) -> sqlite3.Connection:
    """Open the database of the user's library at ``path``, checked before; only its head is looked at.

    Raises :class:`KnownError` or :class:`sqlite3.Error` when there is none, or it is another one.
    """
    db = _at(path)
    db.execute(f"PRAGMA cache_size = {_CACHE}")
    try:
        _check_head(db, path)
    except BaseException:
        db.close()
        raise
    return db


def in_memory(content: bytes) -> sqlite3.Connection:
    """Return a database that is all in memory, to be read only. Raises :class:`sqlite3.Error`."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.deserialize(content)
        db.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _at(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(uri(path), uri=True, isolation_level=None)


def _bundled(path: Path) -> sqlite3.Connection:
    """Return the bundled database in memory, 330 KB. Raises KnownError unless it is the one we came with."""
    import hashlib

    try:
        content = path.read_bytes()
    except OSError as error:
        raise KnownError(f"读不了措施数据库：{path}（{error.strerror}）", _HINT) from error
    if hashlib.sha256(content).hexdigest() != bundled.SHA256:
        raise KnownError(
            f"措施数据库与本程序发布时的不一致（已损坏、不完整，或被改动、替换过），没有使用其中任何内容：{path}",
            _HINT,
        )
    try:
        return in_memory(content)
    except sqlite3.Error as error:
        raise _broken(path) from error


def _broken(path: Path) -> KnownError:
    return KnownError(f"措施数据库已损坏或不完整：{path}", _HINT)


def uri(path: PurePath) -> str:
    """Return the URI by which SQLite opens an absolute path, on a drive or a share, and never writes.

    Spaces, #, ? and Han characters are quoted.
    """
    posix = path.as_posix()
    root = "" if posix.startswith("/") else "/"
    return f"file://{root}{quote(os.fsencode(posix), safe='/:')}?mode=ro&immutable=1"


def _check(db: sqlite3.Connection, path: Path) -> None:
    """Raise unless the file is a measures database of this schema, as long as its header says, and sound."""
    _check_head(db, path)
    ((verdict,),) = db.execute("PRAGMA quick_check(1)")
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _check_head(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    (page_size,) = db.execute("PRAGMA page_size").fetchone()
    if application != APPLICATION_ID:
        raise KnownError(f"这不是措施数据库：{path}", _HINT)
    if version != SCHEMA_VERSION:
        raise KnownError(f"措施数据库的版本（{version}）与本程序（{SCHEMA_VERSION}）不符：{path}", _HINT)
    if pages * page_size != path.stat().st_size:
        raise sqlite3.DatabaseError("the file's size differs from its header")


def content_sha256(db: sqlite3.Connection) -> str:
    """Return a hash over every row of :data:`TABLES`, in the order of their primary keys."""
    import hashlib
    import json

    digest = hashlib.sha256()
    for table in TABLES:
        keys = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5]]
        for row in db.execute(f"SELECT * FROM {table} ORDER BY {', '.join(keys)}"):
            digest.update(f"{table} {json.dumps(row, ensure_ascii=False)}\n".encode())
    return digest.hexdigest()


def verify(db: sqlite3.Connection, source_folder: Path | None = None) -> list[str]:
    """Return what is wrong with the database, in Chinese; an empty list when all is well.

    Checks the file's structure, foreign keys, the hash over all content, the hash of each notice's stored
    source, and that every measure is its place in the source, word for word. With ``source_folder`` (the
    folder of the notices), each stored source is also compared with its file, byte for byte.
    """
    try:
        return [*_broken_structure(db), *_broken_words(db), *_other_sources(db, source_folder)]
    except sqlite3.Error as error:
        return [f"措施数据库读不出来：{error}"]


def _broken_structure(db: sqlite3.Connection) -> Iterator[str]:
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"数据库结构损坏：{line}"
    for table, *_ in db.execute("PRAGMA foreign_key_check"):
        yield f"数据表{table}中有指向不存在内容的行"
    stated = dict(db.execute("SELECT key, value FROM meta"))
    if stated.get("content_sha256") != content_sha256(db):
        yield "数据库内容与制作时的校验值不符"
    for table in TABLES:
        (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
        if stated.get(f"rows_{table}") != str(rows):
            yield f"数据表{table}有{rows}行，制作时为{stated.get(f'rows_{table}', '未记录')}行"


def _broken_words(db: sqlite3.Connection) -> Iterator[str]:
    import hashlib

    for key, source, sha256 in db.execute("SELECT key, source, source_sha256 FROM notices"):
        if hashlib.sha256(source.encode()).hexdigest() != sha256:
            yield f"{key}的原文与其校验值不符"
    several = db.execute("SELECT count(*) FROM notices").fetchone()[0] > 1
    for number, text, start, end, segments, sha256, source, paper in db.execute(
        "SELECT m.number, m.text, m.source_start, m.source_end, m.segments, m.text_sha256, n.source,"
        " coalesce(nullif(n.number, ''), n.key)"
        " FROM measures m JOIN documents d ON d.key = m.document_key JOIN notices n ON n.key = d.notice_key"
        " ORDER BY m.key"
    ):
        measure = f"{paper if several else ''}第{number}条"
        if not _stands_in(source, text, segments or f"[[0, {start}, {end}]]"):
            yield f"{measure}与原文不一致"
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f"{measure}与其校验值不符"


def _stands_in(source: str, text: str, segments: str) -> bool:
    """Return whether ``text`` is made of these stretches of the source, in order, and of blanks."""
    import json

    done = last = 0
    for at, start, end in json.loads(segments):
        if start < last or text[done:at].strip() or text[at : at + end - start] != source[start:end]:
            return False
        done, last = at + end - start, end
    return not text[done:].strip()


def _other_sources(db: sqlite3.Connection, source_folder: Path | None) -> Iterator[str]:
    if source_folder is None:
        return
    for key, source in db.execute("SELECT key, source FROM notices"):
        path = source_folder / key / "notice.txt"
        try:
            same = path.read_bytes() == source.encode()
        except OSError:
            yield f"读不到原文文件：{path}"
            continue
        if not same:
            yield f"数据库中的原文与文件不一致：{path}"
