"""讲解了哪些措施, as rows: those that fit, those that may, what else was explained; the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.catalogue.typeset import typeset
from desktop.ui.kit.rows_model import Index, RowsModel
from desktop.verdicts.judging import Finding
from desktop.verdicts.profile import FIGURES
from desktop.workspace import words

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.verdicts.card import MatchCard
    from desktop.verdicts.judging import Verdict
    from desktop.workspace.visits.model import Wish


class FitSection(StrEnum):
    """Under which head a measure stands."""

    APPLIES = "适用"
    MAYBE = "可能适用"
    OTHER = "其他措施"


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A measure, or with no ``key`` the head of a section; ``said`` stands at its end until it is ticked."""

    section: FitSection
    key: str = ""
    number: str = ""
    title: str = ""
    said: str = ""
    wish: Wish | None = None
    paper: str = ""

    @property
    def is_head(self) -> bool:
        """Tell whether it heads a section."""
        return not self.key


def rows(
    catalogue: Catalogue, card: MatchCard | None, explained: Mapping[str, Wish], *, unfolded: bool
) -> list[ExplainedRow]:
    """Return the rows for a card, and for what was explained; ``unfolded``, with all other measures."""
    by_section: dict[FitSection, list[ExplainedRow]] = {section: [] for section in FitSection}
    verdicts = {one.measure_key: one for one in card.verdicts} if card else {}
    for key in dict.fromkeys((*verdicts, *explained)):
        section = _section(verdicts.get(key))
        if section is FitSection.OTHER and not (unfolded or key in explained):
            continue
        by_section[section].append(_row(catalogue, section, key, verdicts.get(key), explained.get(key)))
    hidden = any(_section(one) is FitSection.OTHER for one in verdicts.values())
    found: list[ExplainedRow] = []
    for section, made in by_section.items():
        if made or (section is FitSection.OTHER and hidden):
            count = str(len(made)) if made and section is not FitSection.OTHER else ""
            fold = "收起" if unfolded else "展开"
            folds = section is FitSection.OTHER and hidden
            found.append(ExplainedRow(section, number=count, title=section, said=fold if folds else ""))
            found += made
    return found


def _section(verdict: Verdict | None) -> FitSection:
    finding = verdict.finding if verdict else Finding.UNRULED
    if finding is Finding.APPLIES:
        return FitSection.APPLIES
    return FitSection.MAYBE if finding is Finding.MAYBE else FitSection.OTHER


def _row(
    catalogue: Catalogue, section: FitSection, key: str, verdict: Verdict | None, wish: Wish | None
) -> ExplainedRow:
    try:
        measure = catalogue.measure(key)
    except KeyError:
        return ExplainedRow(section, key, "", words.measure(catalogue, key), "", wish)
    number = measure.label or str(measure.number)
    paper = words.paper(catalogue, key)
    return ExplainedRow(section, key, number, typeset(measure.called), _said(verdict), wish, paper)


def _said(verdict: Verdict | None) -> str:
    match verdict.finding if verdict else Finding.UNRULED:
        case Finding.APPLIES:
            return "适用"
        case Finding.NO:
            return "不适用"
        case Finding.INTERNAL:
            return "面向部门的工作"
        case Finding.UNRULED:
            return "未判定"
    assert verdict is not None
    if not verdict.missing:
        return "须由单位认定" if verdict.unit_decides else "可能适用"
    first = verdict.missing[0]
    asked = f"缺{first.name}" if first.key in FIGURES else f"{first.name}？"
    return asked if len(verdict.missing) == 1 else f"{asked.rstrip('？')}等{len(verdict.missing)}项"


class ExplainedModel(RowsModel[ExplainedRow]):
    """The rows. A head is passed over by the keys, unless it unfolds what stands under it."""

    def key(self, row: ExplainedRow) -> object:
        return (row.section, row.key)

    def text(self, row: ExplainedRow) -> str:
        return f"{row.number} {row.title}".strip()

    def sentence(self, row: ExplainedRow) -> str:
        if row.is_head:
            return f"{row.title}{row.number}，{row.said}".rstrip("，")
        told = str(row.wish) if row.wish else f"未讲，{row.said}"
        return "，".join(filter(None, (row.paper, self.text(row), told)))

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()] if index.isValid() else None
        if row is not None and row.is_head and not row.said:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def explained_count(found: Iterable[ExplainedRow]) -> int:
    """Return how many measures are ticked."""
    return sum(row.wish is not None for row in found)
