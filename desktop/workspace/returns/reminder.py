"""催报: the words to send to those who have not answered a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.workspace import words
from desktop.workspace.returns.rounds import RoundState

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.returns.rounds import Round, RoundStanding


_MOST_NAMED = 3


def text(stands: RoundStanding, asked: Round, catalogue: Catalogue) -> str:
    """Return the words, ready to be sent: who has not answered, and by when they were to.

    A day that was changed is told with the one that stands in the workbooks sent out before. Nobody is
    reminded of a round that is not open: its words say so.
    """
    if asked.state is RoundState.WITHDRAWN:
        return f"“{asked.name}”轮次已于{words.day(asked.since)}撤回，不需要催报。"
    if not stands.missing and not stands.partial:
        return f"“{asked.name}”应回{len(stands.due)}家，已全部反馈。"
    names = "、".join(words.unit(catalogue, key) for key in stands.missing)
    counted = f"应回{len(stands.due)}家，已回{len(stands.returned)}家，未回{len(stands.missing)}家：{names}。"
    counted += _partial(stands, catalogue)
    if not asked.open:
        return f"“{asked.name}”轮次已于{words.day(asked.since)}结束，不再催报。\n{counted}"
    head = f"催报：{_about(catalogue, asked)}责任清单“{asked.name}”"
    return f"{head}\n{counted}\n{_when(stands, asked)}。\n"


def _about(catalogue: Catalogue, asked: Round) -> str:
    """Return the documents of a round by title; of very many the first."""
    keys = tuple(asked.documents) or tuple(document.key for document in catalogue.documents)
    titles = []
    for key in keys[:_MOST_NAMED]:
        try:
            titles.append(f"《{typeset(catalogue.document_with(key).title)}》")
        except KeyError:
            titles.append(asked.documents[key] or key)
    return "".join(titles) + (f"等{len(keys)}份文件" if len(keys) > _MOST_NAMED else "")


def _partial(stands: RoundStanding, catalogue: Catalogue) -> str:
    """Return who answered for some of the documents only, and for which not."""
    if not stands.partial:
        return ""
    told = (
        f"{words.unit(catalogue, unit)}（缺{'、'.join(words.document(catalogue, key) for key in keys)}）"
        for unit, keys in stands.partial.items()
    )
    return f"部分反馈{len(stands.partial)}家：{'、'.join(told)}。"


def _when(stands: RoundStanding, asked: Round) -> str:
    until = date_words(asked.reply_by)
    moved = f"原定{date_words(asked.first_day)}" if asked.first_day else ""
    if stands.days_left > 0:
        return f"请于{until}前反馈（还有{stands.days_left}天{f'，{moved}' if moved else ''}）"
    if stands.days_left == 0:
        return f"请于今日（{until}{f'，{moved}' if moved else ''}）反馈"
    was = f"（{moved}）" if moved else ""
    return f"反馈时限为{until}{was}，已逾期{-stands.days_left}天，请尽快反馈"
