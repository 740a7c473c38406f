"""Which measures fit an enterprise, and by which rules: match, rules."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.catalogue import clauses, rules
from desktop.classification import credit_code, industry
from desktop.cli import matching_words, text
from desktop.cli.call import Call, opened_catalogue, print_json, read_json, validity_line
from desktop.cli.notice_option import chosen, only_option
from desktop.cli.values import AnyPath, Day, Words
from desktop.cli.wording import VerbCommand, WrongUsage
from desktop.verdicts import card, profile, words
from desktop.verdicts.judging import MissingFact, Reason, Verdict

if TYPE_CHECKING:
    from desktop.catalogue.clauses import Clause
    from desktop.catalogue.query import Catalogue
    from desktop.verdicts.card import MatchCard
    from desktop.verdicts.profile import Profile

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")


@click.command(cls=VerbCommand)
@click.option("--enterprise", type=Words(), metavar="企业", help="工作库中的企业，写名称或统一社会信用代码。")
@click.option("--file", "path", type=AnyPath(), metavar="文件", help="企业情况的 JSON 文件。")
@click.option(
    "--as-of", "day", type=Day(), metavar="年-月-日", help="按这一天判定，不写时按文件所写的日期或今天。"
)
@only_option
@json_option
@click.pass_obj
def match(
    call: Call,
    enterprise: str | None,
    path: Path | None,
    day: date | None,
    notices: tuple[str, ...],
    as_json: bool,
) -> None:
    """逐条判定措施适用于哪家企业：适用、可能适用、不适用，附依据的原文和还缺的信息。

    只依据条文判定，不是承诺；是否享受由责任单位确定。
    """
    if (enterprise is None) == (path is None):
        raise WrongUsage("请写 --enterprise 或 --file 其中一项。")
    judged = _of_file(path, day) if path else _of_workspace(call, enterprise or "", day)
    with opened_catalogue(call) as (db, catalogue):
        catalogue = chosen(catalogue, notices)
        held = clauses.of_documents(db, (document.key for document in catalogue.documents))
        found = card.match(catalogue, held, judged)
        if as_json:
            print_json(_card(catalogue, found))
            return
        for line in matching_words.card(catalogue, found):
            print(line)
        print(f"\n{validity_line(catalogue, call.today)}")


@click.command(name="rules", cls=VerbCommand)
@only_option
@json_option
@click.pass_obj
def list_rules(call: Call, notices: tuple[str, ...], as_json: bool) -> None:
    """列出判定规则：每条措施逐款问什么、依据哪句原文、什么须由单位认定。"""
    with opened_catalogue(call) as (db, catalogue):
        catalogue = chosen(catalogue, notices)
        held = clauses.of_documents(db, (document.key for document in catalogue.documents))
        if as_json:
            print_json(
                {
                    "version": clauses.version(clause for of in held.values() for clause in of),
                    "clauses": [_clause(catalogue, clause) for of in held.values() for clause in of],
                }
            )
            return
        for line in matching_words.rules(catalogue, held):
            print(line)
        print(f"\n{validity_line(catalogue, call.today)}")


VERBS = (match, list_rules)


def _of_file(path: Path, day: date | None) -> Profile:
    """Return the profile in a file, as it was known on a day; the day of its figures where none is given."""
    data = read_json(path, "没有判定。")
    found, unread = profile.read(data)
    if unread:
        text.tell_unread(unread)
    written = data.get("industry") if isinstance(data, dict) else None
    differing = "；".join(found.clashes)
    for mark in (
        credit_code.check(found.uscc).words,
        industry.check(written or "").words,
        f"情况前后不一致：{differing}。" if differing else "",
    ):
        if mark:
            print(text.printable(f"请注意：{mark}"), file=sys.stderr)
    return found.on(day) if day else found


def _of_workspace(call: Call, enterprise: str, day: date | None) -> Profile:
    """Return the profile of an enterprise of the workspace as it is known on a day, by default today."""
    from desktop.workspace.enterprises import enterprises, judged
    from desktop.workspace.file import store

    with store.open_for_reading(call.folder) as workspace:
        found = enterprises.find(workspace.db, enterprise)
        return judged.profile_of(found, day or call.today)


def _card(catalogue: Catalogue, found: MatchCard) -> dict[str, Any]:
    """Return the card as JSON values."""
    return {
        "size": found.size.size,
        "size_reason": found.size.reason,
        "missing": list(found.size.missing),
        "measures": [_verdict(catalogue, each) for each in found.verdicts],
        "ask_next": [
            {"fact": each.key, "question": each.question, "settles": each.settles} for each in found.ask_next
        ],
        "ask_groups": [
            {"group": each.name, "question": each.question, "facts": list(each.keys), "settles": each.settles}
            for each in found.ask_groups
        ],
    }


def _verdict(catalogue: Catalogue, verdict: Verdict) -> dict[str, Any]:
    measure = catalogue.measure(verdict.measure_key)
    return {
        "key": measure.key,
        "notice": catalogue.notice_of(measure).key,
        "number": measure.number,
        "title": measure.title,
        "verdict": verdict.finding.value,
        "for": list(map(_reason, verdict.reasons_for)),
        "against": list(map(_reason, verdict.reasons_against)),
        "missing": list(map(_missing, verdict.missing)),
        "units": [unit.name for unit in catalogue.units_of(measure.key)],
        "unit_decides": [quote.words for quote in verdict.unit_decides],
        "clauses": [
            {
                "key": each.clause.key,
                "offer": each.clause.offer,
                "quotes": [quote.words for quote in each.clause.quotes],
                "verdict": each.finding.value,
            }
            for each in verdict.clauses
        ],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"reason": reason.words, "quote": reason.quote, "start": reason.start}


def _missing(fact: MissingFact) -> dict[str, Any]:
    return {"fact": fact.key, "question": fact.question, "quote": fact.quote, "start": fact.start}


def _clause(catalogue: Catalogue, clause: Clause) -> dict[str, Any]:
    measure = catalogue.measure(clause.measure_key)
    return {
        "key": clause.key,
        "measure": measure.key,
        "number": measure.number,
        "offer": clause.offer,
        "quotes": [{"quote": each.words, "start": each.start} for each in clause.quotes],
        "rule": rules.to_data(clause.rule) if clause.rule else None,
        "words": words.rule(clause.rule),
        "internal": clause.internal,
        "unit_decides": [{"quote": each.words, "start": each.start} for each in clause.unit_decides],
    }
