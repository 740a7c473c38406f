"""Rounds on the command line: as JSON, and for people."""

from __future__ import annotations

from typing import Any

from desktop.catalogue.query import Catalogue
from desktop.cli.call import unit_name
from desktop.workspace.returns import round_documents
from desktop.workspace.returns.round_changes import RoundEvent
from desktop.workspace.returns.rounds import Round, RoundStanding


def as_json(catalogue: Catalogue, asked: Round) -> dict[str, Any]:
    """Return a round as JSON values."""
    return {
        "key": asked.key,
        "name": asked.name,
        "sent_on": asked.sent_on.isoformat(),
        "reply_by": asked.reply_by.isoformat(),
        "units": names(catalogue, asked.unit_keys),
        "by": asked.by,
        "state": asked.state.value,
        "first_reply_by": (asked.first_day or asked.reply_by).isoformat(),
    } | ({"documents": list(asked.documents)} if papers(catalogue, asked) else {})


def papers(catalogue: Catalogue, asked: Round) -> list[str]:
    """Return what the documents of a round are called, none where it asks about the only one in use."""
    used = [document.key for document in catalogue.documents]
    about = list(asked.documents) or used
    return [] if len(about) == 1 and about == used else round_documents.names(catalogue, asked.documents)


def event(catalogue: Catalogue, one: RoundEvent) -> dict[str, Any]:
    """Return a line of a round's record as JSON values."""
    return {
        "at": one.at,
        "by": one.by,
        "what": one.deed.value,
        "before": one.before,
        "after": one.after,
        "units": names(catalogue, one.unit_keys),
    }


def standing(catalogue: Catalogue, stands: RoundStanding) -> dict[str, Any]:
    """Return how a round stands as JSON values, units by name."""
    groups = {
        "due": stands.due,
        "returned": stands.returned,
        "missing": stands.missing,
        "repeated": stands.repeated,
        "conflicting": stands.conflicting,
    }
    told: dict[str, Any] = {name: names(catalogue, keys) for name, keys in groups.items()}
    partial = names(catalogue, tuple(stands.partial))
    told |= {"partial": partial} if partial else {}
    return told | {"late": stands.late, "days_left": stands.days_left}


def sent(catalogue: Catalogue, asked: Round, exports: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Return what each unit was sent last as JSON values."""
    return [
        {"unit": unit_name(catalogue, key), "file": exports[key][0], "at": exports[key][1]}
        for key in asked.unit_keys
        if key in exports
    ]


def days(asked: Round, stands: RoundStanding) -> str:
    """Return how far the reply-by day is, or that the round is not open."""
    if not asked.open:
        return asked.state.words
    if not stands.missing:
        return "已全部反馈"
    if stands.days_left < 0:
        return f"已逾期{-stands.days_left}天"
    return f"还有{stands.days_left}天" if stands.days_left else "今日到期"


def names(catalogue: Catalogue, keys: tuple[str, ...]) -> list[str]:
    """Return the names of units."""
    return [unit_name(catalogue, key) for key in keys]
