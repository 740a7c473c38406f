"""The editorial file beside a notice: units with kinds and aliases; tags, conditions, figures of measures.

``annotations.toml`` is kept by hand. Each tag and figure quotes the words of the measure that justify it; an
entry whose words do not stand there, or a value outside the vocabularies, stops the build.

    [[unit]]
    key = "finance"
    name = "区财政局"
    kind = "区级部门"
    aliases = ["财政局"]

    [[measure]]
    number = 3
    beneficiary = [["small-micro", "中小微企业"]]       # tag, quoted words
    support = [["guarantee", "担保费率", 2]]            # the second occurrence of the words
    figure = [["平均担保费率", "1%以下"]]               # label, quoted words
    condition = [["…", "…"]]

``document`` says which paper of the notice is meant, 1 when absent; ``suggested = true`` that rules made the
entry and nobody has confirmed it yet.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.catalogue import quoting, unit_names, vocabulary
from desktop.catalogue.clauses import Clause
from desktop.catalogue.model import UNASSIGNED, Figure, Measure, MeasureTag, Unit
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError

_HINT = "未生成数据库，原有数据库没有改动。请改正批注文件后重试。"
_TAGS = {
    vocabulary.BENEFICIARY: vocabulary.BENEFICIARIES,
    vocabulary.SUPPORT: vocabulary.SUPPORTS,
}
_UNIT_FIELDS = {"key": str, "name": str, "kind": str, "aliases": list}
_MEASURE_FIELDS = {"number", "document", "suggested", *_TAGS, *vocabulary.FIGURE_KINDS}


@dataclass(frozen=True, slots=True)
class Annotations:
    """The editorial part of the catalogue; ``units`` in the order in which the notice first names them.

    ``clauses`` are from the rules file beside the annotations, of which ``sha256`` says nothing.
    """

    units: tuple[Unit, ...]
    measure_tags: tuple[MeasureTag, ...]
    figures: tuple[Figure, ...]
    sha256: str
    clauses: tuple[Clause, ...] = ()


def load(path: Path, parsed: ParsedNotice, *, complete: bool = True) -> Annotations:
    """Read and check the annotations of ``parsed``; ``complete``: each measure must have tags of both kinds.

    Raises :class:`KnownError`, which names the entry that does not hold.
    """
    try:
        data = path.read_bytes()
        content = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise KnownError(f"读不到批注文件：{path}", _HINT) from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"批注文件“{path.name}”不是合格的 TOML：{error}", _HINT) from error
    if unknown := content.keys() - {"unit", "measure"}:
        raise _wrong(f"不认识“{min(unknown)}”。")
    units = _units(_tables(content, "unit"), parsed)
    tags: list[MeasureTag] = []
    figures: list[Figure] = []
    for measure, entry in _measures(_tables(content, "measure"), parsed, complete):
        suggested = entry.get("suggested", False) is True
        tags += _measure_tags(measure, entry, suggested)
        figures += _figures(measure, entry, suggested)
    return Annotations(units, tuple(tags), tuple(figures), hashlib.sha256(data).hexdigest())


def _wrong(reason: str) -> KnownError:
    return KnownError(f"批注文件有误：{reason}", _HINT)


def _tables(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the entries under ``[[name]]``."""
    entries = content.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _wrong(f"条目应写作[[{name}]]。")
    return entries


def _units(entries: Sequence[dict[str, Any]], parsed: ParsedNotice) -> tuple[Unit, ...]:
    """Return the units that the notice names; each must be annotated, and nothing else may be."""
    known: dict[str, Unit] = {}
    order = list(dict.fromkeys(named.name for named in parsed.named))
    for entry in entries:
        if entry.keys() != _UNIT_FIELDS.keys() or any(
            not isinstance(entry[name], kind) for name, kind in _UNIT_FIELDS.items()
        ):
            raise _wrong(f"责任单位的条目应恰有{'、'.join(_UNIT_FIELDS)}：{entry}")
        if not all(isinstance(alias, str) and alias.strip() for alias in entry["aliases"]):
            raise _wrong(f"责任单位“{entry['name']}”的别名应为文字：{entry['aliases']}")
        name = entry["name"]
        if name not in order:
            raise _wrong(f"原文中没有责任单位“{name}”。")
        if name in known or entry["key"] in {unit.key for unit in known.values()}:
            raise _wrong(f"责任单位“{name}”或其代号“{entry['key']}”重复。")
        if not re.fullmatch("[a-z]+(-[a-z]+)*", entry["key"]) or entry["key"] == UNASSIGNED:
            raise _wrong(
                f"责任单位“{name}”的代号“{entry['key']}”只能用小写字母和连字符，且不能是{UNASSIGNED}。"
            )
        if entry["kind"] not in vocabulary.UNIT_KINDS:
            raise _wrong(f"责任单位“{name}”的类型“{entry['kind']}”不在规定的范围内。")
        known[name] = Unit(entry["key"], order.index(name) + 1, name, entry["kind"], tuple(entry["aliases"]))
    for named in parsed.named:
        if named.name not in known:
            raise _wrong(f"原文第{named.line}行的责任单位“{named.name}”没有批注。")
    units = tuple(known[name] for name in order)
    if ambiguous := unit_names.ambiguous(units):
        raise _wrong(f"责任单位的别名“{ambiguous[0]}”不止指一个单位。")
    return units


def _measures(
    entries: Sequence[dict[str, Any]], parsed: ParsedNotice, complete: bool
) -> Iterator[tuple[Measure, dict[str, Any]]]:
    """Yield each measure of the notice with its entry, in order; none may lack one where ``complete``."""
    by_place: dict[tuple[str, int], dict[str, Any]] = {}
    for entry in entries:
        if not isinstance(entry.get("number"), int):
            raise _wrong(f"措施的条目应有 number：{entry}")
        place = (f"{parsed.notice.key}.{entry.get('document', 1)}", entry["number"])
        if place in by_place:
            raise _wrong(f"第{entry['number']}条的条目重复。")
        if unknown := entry.keys() - _MEASURE_FIELDS:
            raise _wrong(f"第{entry['number']}条中不认识“{min(unknown)}”。")
        by_place[place] = entry
    for measure in parsed.measures:
        entry = by_place.pop((measure.document_key, measure.number), {})
        for kind in _TAGS if complete else ():
            if not entry.get(kind):
                raise _wrong(f"第{measure.number}条没有{vocabulary.TAG_KINDS[kind]}。")
        yield measure, entry
    if by_place:
        raise _wrong(f"原文中没有第{next(iter(by_place))[1]}条。")


def _measure_tags(measure: Measure, entry: dict[str, Any], suggested: bool) -> Iterator[MeasureTag]:
    for kind, names in _TAGS.items():
        seen: set[str] = set()
        for tag, quote, start in _quoted(measure, entry.get(kind, [])):
            if tag not in names:
                raise _wrong(f"第{measure.number}条的{vocabulary.TAG_KINDS[kind]}“{tag}”不在规定的范围内。")
            if tag in seen:
                raise _wrong(f"第{measure.number}条的{vocabulary.TAG_KINDS[kind]}“{tag}”重复。")
            seen.add(tag)
            yield MeasureTag(measure.key, tag, quote, start, suggested)


def _figures(measure: Measure, entry: dict[str, Any], suggested: bool) -> Iterator[Figure]:
    for kind in vocabulary.FIGURE_KINDS:
        for label, quote, start in _quoted(measure, entry.get(kind, [])):
            if kind == "figure" and not re.search(r"\d", quote):
                raise _wrong(f"第{measure.number}条的关键数字“{quote}”中没有数字。")
            yield Figure(measure.key, kind, label, quote, start, suggested)


def _quoted(measure: Measure, entries: object) -> Iterator[tuple[str, str, int]]:
    """Yield name, quote and the quote's start in the measure's text, which ends before the unit list."""
    if not isinstance(entries, list):
        raise _wrong(f"第{measure.number}条的条目应为列表：{entries}")
    for entry in entries:
        match entry:
            case [str(name), str(quote), int(which)] if name and quote and which > 0:
                pass
            case [str(name), str(quote)] if name and quote:
                which = 0
            case _:
                raise _wrong(f"第{measure.number}条的条目应为[名称, 引文]或[名称, 引文, 第几处]：{entry}")
        try:
            start = quoting.place(measure, quote, which)
        except ValueError as error:
            raise _wrong(str(error)) from error
        yield name, quote, start
