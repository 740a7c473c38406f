"""Does this copy of the program work on this machine? Each check does the real thing and stands alone.

Nothing of the user's is read or written: workspace and workbook are made in a temporary folder. The same
checks run from the source tree and inside the packaged program.
"""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from desktop import __version__, libraries, paths
from desktop.catalogue import query, search, store
from desktop.catalogue.query import Catalogue
from desktop.doctor import CheckError, examined, sealing
from desktop.doctor.recovery import safety
from desktop.doctor.round_trip import returns
from desktop.errors import KnownError, LockedError
from desktop.library import folders, links

# What is looked for as people type it, and found exactly where a scan of the texts finds it.
WORDS = ("贷", "担保", "中小企业", "制造业", "1%", "专精特新", "不存在的词语")
# Pinyin, and the words of a title that it must find.
PINYIN = (("danbao", "担保"), ("zjtx", "专精特新"))
NEEDED_COLOURS = 64


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was found when it is ``ok``, what is wrong when it is not; it took ``seconds``."""

    name: str
    ok: bool
    detail: str
    seconds: float


def examine(workspace: Path | None = None) -> list[Check]:
    """Make all checks, one after the other; one that fails does not keep the others from being made.

    They are made with the program's own notice and those that the workspace in this folder has.
    """
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary)
        return [
            _made("版本", versions),
            _made("措施数据", lambda: data(workspace, library)),
            *(_made(name, partial(check, library)) for name, check in WITH_NOTICES),
            _made("口令", lambda: sealing.passphrase(workspace)),
            _made("窗口", window),
        ]


def _made(name: str, check: Callable[[], str]) -> Check:
    began = time.perf_counter()
    try:
        detail, ok = check(), True
    except (CheckError, KnownError) as error:
        detail, ok = str(error), False
    except Exception as error:  # noqa: BLE001 - whatever is wrong, it is this check that fails
        absent = libraries.told(str(error)) if isinstance(error, ImportError) else None
        detail, ok = str(absent or f"{type(error).__name__}：{error}"), False
    return Check(name, ok, detail, time.perf_counter() - began)


def versions() -> str:
    """Name the versions of the program and of what it stands on."""
    from desktop.ui.demo import window_check

    parts = {
        "程序": __version__,
        "数据": _data_version(),
        "Python": platform.python_version(),
        "Qt": window_check.qt_version(),
        "SQLite": sqlite3.sqlite_version,
        "系统": platform.platform(),
        "运行方式": "安装包" if getattr(sys, "frozen", False) else "源代码",
    }
    return "，".join(f"{name} {version}" for name, version in parts.items())


def data(workspace: Path | None, library: Path) -> str:
    """Check the bundled database: its hashes, its texts against the notice, its numbers; then all notices.

    Those of the workspace are copied into the folder ``library`` for this and the checks that follow.
    """
    notices = paths.resources() / "notices"
    with closing(store.open_catalogue()) as db:
        problems = store.verify(db, notices if notices.is_dir() else None)
        if problems:
            raise CheckError("；".join(problems))
    examined.copy(workspace, library)
    with examined.opened(library, strict=True) as (db, catalogue):
        if problems := store.verify(db):
            raise CheckError("；".join(problems))
    links.links(folders.root(library))
    if not catalogue.measures:
        raise CheckError("措施数据库中没有措施。")
    called = "、".join(notice.called for notice in catalogue.notices)
    sources = "、".join(digest[:12] for digest in catalogue.meta["source_sha256"].split())
    return (
        f"{called}，{len(catalogue.measures)}条措施逐字与发文一致，"
        f"{sum(each.printed for each in catalogue.categories)}个类别，{len(catalogue.units)}个责任单位，"
        f"{len(catalogue.responsibilities)}项责任，原文校验值 {sources}"
    )


def searches(library: Path) -> str:
    """Search as people do and compare with a scan of the texts."""
    with examined.opened(library) as (db, catalogue):
        for word in WORDS:
            found = {hit.key for hit in search.search(db, word, limit=0).hits}
            scanned = {m.key for m in catalogue.measures if _folded(word) in _folded(m.text)}
            if found != scanned:
                raise CheckError(f"检索“{word}”得{len(found)}条，逐条比对得{len(scanned)}条。")
        for letters, word in PINYIN:
            found = {hit.key for hit in search.search(db, letters, limit=0).hits}
            titled = {m.key for m in catalogue.measures if word in m.title}
            if not titled or not titled <= found:
                raise CheckError(f"拼音“{letters}”没有找到标题含“{word}”的措施。")
    return f"{len(WORDS)}个词与逐条比对一致，{len(PINYIN)}个拼音能找到"


def workspace(library: Path) -> str:
    """Write a workspace, read it back, and make sure that a second program is kept out."""
    from desktop.workspace.file.store import open_for_reading, open_for_writing
    from desktop.workspace.history.search import Scope, page
    from desktop.workspace.items import checklist
    from desktop.workspace.items.model import ItemKey

    now = datetime.now().astimezone()
    written = {"status": "推进中", "deadline": "2030-06-30", "progress": "自检：‘引号’、𠮷、\n第二行"}
    with examined.opened(library) as (_, catalogue), tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "工作库"
        unit = catalogue.checklist_units()[0]
        key = ItemKey(unit.key, catalogue.measures_of(unit.key)[0].key)
        with open_for_writing(folder) as opened:
            checklist.edit(opened.db, catalogue, key, written, by="自检", source="命令行", at=now)
            _refuses_second(folder)
        with open_for_reading(folder) as opened:
            entry = checklist.item(opened.db, catalogue, key, now.date()).entry
            changes = page(opened.db, Scope.item(key))
    read = {"status": entry.status.value, "deadline": entry.deadline.stored, "progress": entry.progress}
    if read != written:
        raise CheckError("读回的内容与写入的不同。")
    if {change.field for change in changes} != set(written):
        raise CheckError("历史记录不完整。")
    return f"写入并读回{len(written)}项内容，历史完整，第二个程序不能同时写"


def workbook(library: Path) -> str:
    """Write a unit's workbook and read it back with another reader than the one that wrote it.

    So for as many units as it takes for each document to be written once.
    """
    from desktop.exchange.checklists import book
    from desktop.exchange.checklists.book import Sending
    from desktop.workspace import words
    from desktop.workspace.file.store import open_for_reading
    from desktop.workspace.items import checklist

    today = datetime.now().astimezone().date()
    told = []
    with examined.opened(library) as (_, catalogue), tempfile.TemporaryDirectory() as temporary:
        sending = Sending(catalogue, today)
        for unit in examined.units_of_all(catalogue):
            with open_for_reading(Path(temporary)) as opened:
                items = checklist.items(opened.db, catalogue, unit.key, today)
            path = Path(temporary) / sending.name_of(unit.name, items)
            book.write_unit(path, sending, items, unit)
            if missing := _missing_from(_words_in(path), catalogue, unit.key):
                raise CheckError(f"{unit.name}的工作簿中缺少：{'、'.join(missing)}。")
            told.append(f"{unit.name}{len(items)}项写入并读回，{words.size(path.stat().st_size)}")
    return "；".join(told)


def window() -> str:
    """Show the real window on a workspace of its own and look at what it drew."""
    from desktop.ui.demo import window_check

    with tempfile.TemporaryDirectory() as temporary:
        seen = window_check.examine(Path(temporary) / "工作库")
    if not seen.chinese:
        raise CheckError("没有可用的中文字体，界面文字不能显示。")
    if seen.colours < NEEDED_COLOURS:
        raise CheckError(f"窗口是空白的（只有{seen.colours}种颜色）。")
    return f"{seen.width}×{seen.height}，{seen.colours}种颜色，中文字体 {seen.font}，平台 {seen.platform}"


WITH_NOTICES: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("检索", searches),
    ("工作库", workspace),
    ("工作簿", workbook),
    ("回填", returns),
    ("备份", safety),
)


def _data_version() -> str:
    try:
        with closing(store.open_catalogue()) as db:
            return query.load(db).meta["data_version"]
    except KnownError:  # told by the check of the data
        return "读不到"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _refuses_second(folder: Path) -> None:
    """Try to open the workspace in ``folder`` while it is held."""
    from desktop.workspace.file.store import open_for_writing

    try:
        open_for_writing(folder).close()
    except LockedError:
        return
    raise CheckError("工作库已被占用时，第二个程序仍能打开。")


def _words_in(path: Path) -> str:
    """Return all text of a workbook, read as the zip of XML files that it is."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        if damaged is not None:
            raise CheckError(f"工作簿中的 {damaged} 已损坏。")
        parts = [name for name in archive.namelist() if name.endswith(".xml")]
        return "\n".join("".join(ElementTree.fromstring(archive.read(name)).itertext()) for name in parts)


def _missing_from(words: str, catalogue: Catalogue, unit_key: str) -> list[str]:
    """Return what a unit's workbook must show and does not."""
    from desktop.catalogue.typeset import typeset

    measures = catalogue.measures_of(unit_key)
    needed = [typeset(measure.title) for measure in measures]
    needed += dict.fromkeys(catalogue.notice_of(measure).called for measure in measures)
    needed.append(catalogue.unit(unit_key).name)
    return [wanted for wanted in needed if wanted not in words]
