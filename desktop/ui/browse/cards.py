"""What a row of the results shows: a measure that was found, an enterprise, or something filled in."""

from __future__ import annotations

from typing import NamedTuple

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.search import Hit
from desktop.catalogue.spans import Span
from desktop.catalogue.typeset import typeset
from desktop.workspace import words
from desktop.workspace.enterprises.listing import FirmRow
from desktop.workspace.items.filled import FilledHit


class Card(NamedTuple):
    """The pieces of a row. ``tells_why``: ``where`` says why it was found, not only where it stands.

    ``paper`` is the short name of the paper that it belongs to, "" where only one is in use.
    """

    number: str
    title: str
    title_spans: tuple[Span, ...]
    snippet: str
    spans: tuple[Span, ...]
    where: str
    tells_why: bool = False
    paper: str = ""


def of_hit(catalogue: Catalogue, hit: Hit) -> Card:
    """Return the card of a measure: what it says, its category and units, or why it was found."""
    snippet = typeset(hit.snippet)
    where, paper = hit.reason or _where(catalogue, hit), words.paper(catalogue, hit.key)
    number, tells_why = str(hit.number), bool(hit.reason)
    title = hit.title or _first_words(catalogue, hit.key)
    return Card(number, title, hit.title_spans, snippet, hit.spans, where, tells_why, paper)


def of_filled(catalogue: Catalogue, hit: FilledHit) -> Card:
    """Return the card of something filled in: unit and field, what was written, the measure."""
    title = " · ".join(filter(None, [words.unit(catalogue, hit.key.unit_key), words.field(hit.field)]))
    snippet = hit.snippet.replace("\n", " ").replace("\t", " ")
    paper = words.paper(catalogue, hit.key.measure_key)
    where = words.measure(catalogue, hit.key.measure_key).removeprefix(f"{paper}　")
    return Card("", title, (), snippet, hit.spans, where, paper=paper)


def of_firm(row: FirmRow) -> Card:
    """Return the card of an enterprise: its name, what it is, its code."""
    industry = row.industry.partition(" ")[2] or row.industry
    return Card("", row.name, (), " · ".join(filter(None, (row.size, industry, row.town))), (), row.uscc)


def known(catalogue: Catalogue, hit: FilledHit) -> bool:
    """Return whether the catalogue has the measure for which something was filled in."""
    return catalogue.has(hit.key.measure_key)


def _first_words(catalogue: Catalogue, key: str) -> str:
    """Return what a measure without a title is called; "" for one that the library does not have."""
    try:
        return catalogue.measure(key).called
    except KeyError:
        return ""


def _where(catalogue: Catalogue, hit: Hit) -> str:
    units = catalogue.units_of(hit.key)
    if not units:
        return f"{hit.category} · {catalogue.unit(UNASSIGNED).name}"
    more = f" 等{len(units)}个单位" if len(units) > 1 else ""
    return f"{hit.category} · {units[0].name}{more}"
