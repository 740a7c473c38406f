"""What the verbs on visits and demands share: demands described in JSON, and demands as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import click

from desktop.catalogue.query import Catalogue
from desktop.cli.call import day, unit_name
from desktop.cli.values import MeasureNumber
from desktop.errors import KnownError, RuleError
from desktop.workspace.demands import recording, suggested
from desktop.workspace.demands.chain import DemandStep
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.demands.model import Demand
from desktop.workspace.enterprises import enterprises
from desktop.workspace.journal.model import Stamp

_TEXTS = ("text", "category", "nature", "source", "contact")
_KNOWN = {*_TEXTS, "measure", "unit"}
_HINT = "没有记入诉求。"
_MEND = "请改正后重试。"


def given(catalogue: Catalogue, data: object) -> dict[str, Any]:
    """Return the fields of a demand that JSON values give. Raises KnownError for a value of a wrong kind.

    Where no unit is given those that the measure names are meant, the first of them leading.
    """
    if not isinstance(data, dict):
        raise KnownError("诉求应为 JSON 对象。", f"{_HINT}{_MEND}")
    fields: dict[str, Any] = {}
    for name in _TEXTS:
        if data.get(name) not in (None, ""):
            if not isinstance(data[name], str):
                raise KnownError(f"诉求的 {name} 应为文字。", f"{_HINT}{_MEND}")
            fields[name] = data[name]
    if data.get("measure") is not None:
        fields["measure"] = measure_key(catalogue, data["measure"])
    if data.get("unit"):
        if not isinstance(data["unit"], str):
            raise KnownError("诉求的 unit 应为文字。", f"{_HINT}{_MEND}")
        fields["unit"] = unit_key(catalogue, data["unit"])
    elif "measure" in fields:
        units = suggested.units(catalogue, fields["measure"])
        fields |= {"unit": units.lead, "supports": units.supports}
    return fields


def register(db: sqlite3.Connection, fields: Mapping[str, Any], received: date, stamp: Stamp) -> str:
    """Register a demand; returns its key. Raises RuleError as recording.add does."""
    rest = dict(fields)
    return recording.add(db, str(rest.pop("text", "")), received, stamp, **rest)


def unread(*demands: Mapping[str, Any], also: Collection[str] = ()) -> list[str]:
    """Return the names in demands of JSON that :func:`given` does not know, nor are in ``also``."""
    return sorted({str(name) for one in demands for name in one} - _KNOWN - {*also})


def measure_key(catalogue: Catalogue, value: object, hint: str = _HINT) -> str:
    """Return the measure that a number or a key names. Raises KnownError when none, or several, are.

    ``hint`` says what was not done then.
    """
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise KnownError(f"“{value}”不是措施的编号。", f"{hint}{_MEND}")
    if isinstance(value, str):
        try:
            return catalogue.measure(value).key
        except KeyError:
            pass
    try:
        number = value if isinstance(value, int) else MeasureNumber().convert(value, None, None)
    except click.BadParameter:
        raise KnownError(f"没有编号或代号为“{value}”的措施。", f"{hint}{_MEND}") from None
    held = [one for document in catalogue.documents for one in catalogue.measures_in_document(document.key)]
    if len(meant := [one for one in held if one.number == number]) > 1:
        keys = "".join(f"\n  {one.key}　{catalogue.notice_of(one).called}　{one.title}" for one in meant)
        raise KnownError(f"有{len(meant)}条措施的编号是{number}。", f"{hint}请不写编号，写代号：{keys}")
    return catalogue.by_number(number).key


def unit_key(catalogue: Catalogue, name: str) -> str:
    """Return the key of a unit, or the name itself where no notice names it."""
    try:
        return catalogue.find_unit(name.strip()).key
    except KnownError:
        return name.strip()


def strangers(catalogue: Catalogue, *names: str | None) -> list[str]:
    """Return a sentence on those of the names that no notice in use has as a unit, none without any."""
    unknown = sorted({name.strip() for name in names if name and unit_key(catalogue, name) == name.strip()})
    unknown = [name for name in unknown if name not in {one.key for one in catalogue.units}]
    return [f"在用的发文没有这样的责任单位，已照写记入，请核对：{'、'.join(unknown)}。"] if unknown else []


def firm_name(db: sqlite3.Connection, key: str) -> str:
    """Return what an enterprise is called; "" for none, and its key where it is not here."""
    if not key:
        return ""
    try:
        return enterprises.one(db, enterprises.resolve(db, key)).name
    except RuleError:
        return key


def told(db: sqlite3.Connection, catalogue: Catalogue, one: DemandStanding) -> dict[str, Any]:
    """Return a demand as JSON values, with its steps."""
    demand = one.demand
    steps = demand.chain.steps if demand.chain else ()
    return {
        "key": demand.key,
        "number": demand.number,
        "enterprise": firm_name(db, demand.enterprise),
        "text": demand.text,
        "source": str(demand.source),
        "nature": str(demand.nature),
        "category": str(demand.category),
        "measure": demand.measure or None,
        "received": day(demand.received),
        "process": demand.process,
        "state": demand.state,
        "open": demand.is_open,
        "lead": unit_name(catalogue, demand.lead),
        "supports": [unit_name(catalogue, unit) for unit in _supports(demand)],
        "light": str(one.light),
        "due": day(one.next_limit.due) if one.next_limit else None,
        "limits": [
            {
                "name": each.name,
                "unit": unit_name(catalogue, each.unit),
                "due": day(each.due),
                "done": day(each.done),
                "caveat": each.caveat,
            }
            for each in one.spans
        ],
        "steps": [_step(catalogue, each) for each in steps],
        "conflicts": list(demand.conflicts),
    }


def _supports(demand: Demand) -> tuple[str, ...]:
    """Return the 协办单位; before an assignment, those that were meant at registration."""
    if demand.chain and demand.chain.lead:
        return tuple(one.unit for one in demand.chain.supports)
    return demand.supports


def _step(catalogue: Catalogue, one: DemandStep) -> dict[str, Any]:
    """Return a step as JSON values: what everyone states, and what this one states beside it."""
    told = one.told and {"how": one.told.how, "on": day(one.told.on), "whom": one.told.whom}
    more = {
        "entered_by": one.entered_by if one.entered_by != one.by else "",
        "unit": unit_name(catalogue, one.unit),
        "told": told,
        "lead": unit_name(catalogue, one.lead),
        "supports": [unit_name(catalogue, each.unit) for each in one.supports],
        "mode": one.mode,
        "due": day(one.due),
        "asked_by": one.asked_by,
        "satisfaction": str(one.satisfaction or ""),
    }
    always = {"act": one.act, "state": str(one.state), "day": day(one.day), "by": one.by, "text": one.text}
    return always | {name: value for name, value in more.items() if value}
