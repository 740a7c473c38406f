"""What a notice's measures ask of an enterprise, clause by clause: ``rules.toml`` beside the annotations.

It is kept by hand and may be missing. One entry is one clause (款) of a measure, which may have several.

    [[clause]]
    number = 13                             # of the measure; ``document`` as in the annotations
    offer = "电价优惠"                       # what it offers, in a few words
    quote = "将符合条件的中小企业及时备案"     # its words: "…", ["…", 2], or several: [["…"], ["…", 2]]
    rule = { all = [{ size = ["中型", "小型", "微型"], quote = "中小企业" }, { fact = "power_cost" }] }
    unit_decides = ["符合条件的"]            # what only the unit can find

The words of a predicate and of ``unit_decides`` stand in the clause's own quotations. A clause that speaks to
government bodies alone has ``internal = true`` in place of the rule. The trees are those of
:mod:`desktop.catalogue.rules`. An entry whose words do not stand in the measure stops the build.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desktop.catalogue import quoting, rules
from desktop.catalogue.model import Measure
from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.rules import Rule, RuleQuote
from desktop.errors import KnownError

_HINT = "未生成数据库，原有数据库没有改动。请改正规则文件后重试。"
_FIELDS = {"number", "document", "offer", "quote", "rule", "internal", "unit_decides"}


@dataclass(frozen=True, slots=True)
class Clause:
    """款: what a measure offers, and whom.

    ``key`` is the measure's with .k01 and so on, by ``ordinal``; ``quotes`` its words, at least one; ``rule``
    is None where it speaks to government bodies (面向部门的工作); ``unit_decides`` what only a unit can find.
    """

    key: str
    measure_key: str
    ordinal: int
    offer: str
    quotes: tuple[RuleQuote, ...]
    rule: Rule | None
    unit_decides: tuple[RuleQuote, ...] = ()

    @property
    def internal(self) -> bool:
        """Return whether it offers enterprises nothing, being work of government bodies."""
        return self.rule is None


def load(path: Path, parsed: ParsedNotice) -> tuple[Clause, ...]:
    """Return the clauses in ``path``, those of a measure in the order of the file; none without a file.

    Raises :class:`KnownError`, which names the entry that does not hold.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise KnownError(f"读不到规则文件：{path}", _HINT) from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"规则文件“{path.name}”不是合格的 TOML：{error}", _HINT) from error
    entries = content.get("clause", [])
    if content.keys() - {"clause"} or not isinstance(entries, list):
        raise _wrong("条目应写作[[clause]]。")
    measures = {(one.document_key, one.number): one for one in parsed.measures}
    found: dict[str, list[Clause]] = {one.key: [] for one in parsed.measures}
    for entry in entries:
        measure = _measure(entry, parsed.notice.key, measures)
        held = found[measure.key]
        held.append(_clause(entry, measure, len(held) + 1))
    return tuple(clause for held in found.values() for clause in held)


def _wrong(reason: str) -> KnownError:
    return KnownError(f"规则文件有误：{reason}", _HINT)


def _measure(entry: object, notice_key: str, measures: Mapping[tuple[str, int], Measure]) -> Measure:
    if not isinstance(entry, dict) or not isinstance(entry.get("number"), int):
        raise _wrong(f"条目应有 number：{entry}")
    if unknown := entry.keys() - _FIELDS:
        raise _wrong(f"第{entry['number']}条中不认识“{min(unknown)}”。")
    found = measures.get((f"{notice_key}.{entry.get('document', 1)}", entry["number"]))
    if found is None:
        raise _wrong(f"原文中没有第{entry['number']}条。")
    return found


def _clause(entry: dict[str, Any], measure: Measure, ordinal: int) -> Clause:
    internal, offer = entry.get("internal", False) is True, entry.get("offer", "")
    if internal == ("rule" in entry) or not isinstance(offer, str) or not offer.strip():
        raise _wrong(f"第{measure.number}条的条目应有 offer，以及 rule 或 internal = true：{entry}")
    quoted, decided = entry.get("quote"), entry.get("unit_decides", [])
    several = quoted if isinstance(quoted, list) and quoted and isinstance(quoted[0], list) else [quoted]
    try:
        if not isinstance(decided, list):
            raise ValueError(f"unit_decides 应为列表：{decided}")
        quotes = tuple(_proven(measure, each) for each in several)
        proven = partial(_within, quotes)
        return Clause(
            f"{measure.key}.k{ordinal:02}",
            measure.key,
            ordinal,
            offer,
            quotes,
            None if internal else rules.parse(entry["rule"], proven),
            tuple(map(proven, decided)),
        )
    except ValueError as error:
        raise _wrong(f"第{measure.number}条的“{offer}”：{error}") from error


def _proven(measure: Measure, quoted: object) -> RuleQuote:
    words, which = quoting.read(quoted)
    return RuleQuote(words, quoting.place(measure, words, which))


def _within(quotes: Sequence[RuleQuote], quoted: object) -> RuleQuote:
    """Return where words of a clause stand: in one of its quotations, counted over all of them."""
    words, which = quoting.read(quoted)
    found = [RuleQuote(words, each.start + at) for each in quotes for at in quoting.places(words, each.words)]
    return found[quoting.chosen(words, which, len(found), "该款引文")]


def rows(clauses: Iterable[Clause]) -> Iterator[dict[str, str | int | None]]:
    """Yield the clauses as rows of the table ``clauses``."""
    for clause in clauses:
        yield {
            "key": clause.key,
            "measure_key": clause.measure_key,
            "ordinal": clause.ordinal,
            "offer": clause.offer,
            "quotes": _quotes(clause.quotes),
            "rule": json.dumps(rules.to_data(clause.rule), ensure_ascii=False) if clause.rule else None,
            "unit_decides": _quotes(clause.unit_decides),
        }


def of_documents(db: sqlite3.Connection, document_keys: Iterable[str]) -> dict[str, tuple[Clause, ...]]:
    """Return the clauses of the documents' measures by the measure's key; one without has no entry."""
    found: dict[str, tuple[Clause, ...]] = {}
    for document in document_keys:
        for key, measure, ordinal, offer, quotes, rule, decided in db.execute(
            "SELECT c.key, c.measure_key, c.ordinal, c.offer, c.quotes, c.rule, c.unit_decides FROM clauses c"
            " JOIN measures m ON m.key = c.measure_key WHERE m.document_key = ?"
            " ORDER BY m.ordinal, c.ordinal",
            (document,),
        ):
            tree = rules.from_data(json.loads(rule)) if rule else None
            clause = Clause(key, measure, ordinal, offer, _read(quotes), tree, _read(decided))
            found[measure] = (*found.get(measure, ()), clause)
    return found


def version(clauses: Iterable[Clause]) -> str:
    """Return what tells these rules from others: 12 hexadecimal digits; "" where there are none."""
    told = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows(clauses)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12] if told else ""


def _quotes(quotes: Iterable[RuleQuote]) -> str:
    return json.dumps([[each.words, each.start] for each in quotes], ensure_ascii=False)


def _read(quotes: str) -> tuple[RuleQuote, ...]:
    return tuple(RuleQuote(*each) for each in json.loads(quotes))
