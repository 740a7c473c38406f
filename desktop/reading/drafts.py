"""A notice while it is taken in: its source, the pieces as adjusted, the facts as decided, each step kept.

A draft never changes its source. What is decided is an operation; operations can be taken back and done
again, and replayed on the same source give the same draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop.errors import KnownError
from desktop.reading import adjusting
from desktop.reading.decided import DecidedFacts, decided_head, decided_units
from desktop.reading.model import (
    NO_PLACE,
    Label,
    NoticePiece,
    NoticeQuestion,
    NoticeReading,
    Role,
    Term,
    ValidityKind,
)
from desktop.reading.operations import HEAD_FIELDS, Decisions, Operation, day, operation
from desktop.reading.propose import propose, reading_of

_NOTHING: Mapping[str, str] = MappingProxyType({})
_OF_ANSWER = frozenset({"question", "choice", "asked", "does"})


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice while it is taken in. ``operations[:done]`` hold, those after it were taken back.

    ``began`` are the pieces as proposed, ``reading`` is what follows from source, pieces and facts; its
    questions are those that nobody has answered.
    """

    source: str
    began: tuple[NoticePiece, ...]
    operations: tuple[Operation, ...]
    done: int
    facts: DecidedFacts
    reading: NoticeReading
    _states: tuple[tuple[tuple[NoticePiece, ...], DecidedFacts], ...] = field(repr=False)

    @property
    def pieces(self) -> tuple[NoticePiece, ...]:
        """Return the pieces as they are now, in the order of the source."""
        return self.reading.pieces

    @property
    def can_undo(self) -> bool:
        """Say whether there is a step to take back."""
        return self.done > 0

    @property
    def can_redo(self) -> bool:
        """Say whether there is a step that was taken back."""
        return self.done < len(self.operations)


def begin(source: str, pieces: Sequence[NoticePiece] | None = None) -> NoticeDraft:
    """Return the draft of a source as it is proposed, or from ``pieces`` that were proposed before.

    Raises KnownError when the text is no notice at all.
    """
    found = propose(source).pieces if pieces is None else tuple(pieces)
    began = adjusting.filled(source, found)
    facts = DecidedFacts()
    return NoticeDraft(source, began, (), 0, facts, _read(source, began, facts), ((began, facts),))


def apply(draft: NoticeDraft, does: str, /, **arguments: str | int | None) -> NoticeDraft:
    """Return the draft after one more operation; what was taken back before is forgotten.

    Raises KnownError when the operation cannot be done; the draft stays as it was.
    """
    return _applied(draft, operation(does, arguments))


def undo(draft: NoticeDraft) -> NoticeDraft:
    """Return the draft without its last operation, itself when there is none."""
    return _at(draft, draft.done - 1) if draft.can_undo else draft


def redo(draft: NoticeDraft) -> NoticeDraft:
    """Return the draft with the operation that was taken back last, itself when there is none."""
    return _at(draft, draft.done + 1) if draft.can_redo else draft


def decisions(draft: NoticeDraft, notes: Mapping[str, str] = _NOTHING) -> Decisions:
    """Return what was decided, to be kept; ``notes`` are kept with it."""
    return Decisions(draft.operations, draft.done, sha256(draft.source), draft.began, notes)


def replayed(source: str, kept: Decisions) -> NoticeDraft:
    """Return the draft that kept decisions give on ``source``.

    Raises KnownError when they were made about another source, or one of them cannot be done: it says which.
    """
    if kept.source_sha256 and kept.source_sha256 != sha256(source):
        raise KnownError(
            "这些决定是针对另一份原文作的，没有采用。", "请确认原文和决定文件是一对；原文改过的，请重新录入。"
        )
    draft = begin(source, _fitting(source, kept.pieces))
    for number, one in enumerate(kept.operations, 1):
        try:
            draft = _applied(draft, one)
        except KnownError as error:
            raise KnownError(f"第{number}步（{one.name}）做不了：{error.message}", error.hint) from error
    return _at(draft, kept.done)


def open_questions(draft: NoticeDraft) -> tuple[NoticeQuestion, ...]:
    """Return the questions that nobody has answered, in the order of their places."""
    return draft.reading.questions


def sha256(source: str) -> str:
    """Return the hash by which a source is known."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def _applied(draft: NoticeDraft, one: Operation) -> NoticeDraft:
    pieces, facts = draft.pieces, draft.facts
    if one.name == "answer":
        pieces, facts, one = _answer(draft, one)
    elif one.name in _ON_PIECES:
        pieces = _ON_PIECES[one.name](draft.source, pieces, one)
    else:
        facts = _ON_FACTS[one.name](draft, one)
    operations = (*draft.operations[: draft.done], one)
    states = (*draft._states[: draft.done + 1], (pieces, facts))
    reading = _read(draft.source, pieces, facts)
    return NoticeDraft(draft.source, draft.began, operations, len(operations), facts, reading, states)


def _at(draft: NoticeDraft, done: int) -> NoticeDraft:
    pieces, facts = draft._states[done]
    return replace(draft, done=done, facts=facts, reading=_read(draft.source, pieces, facts))


def _answer(draft: NoticeDraft, one: Operation) -> tuple[tuple[NoticePiece, ...], DecidedFacts, Operation]:
    """Do what a choice does and remember the question with its words: asked otherwise, it is open again.

    What the choice did is kept with the answer, so that it can be replayed where nobody asks any longer.
    """
    if "does" not in one.arguments:
        key, choice = one.text("question"), one.place("choice")
        question = next((each for each in draft.reading.questions if each.key == key), None)
        if question is None or not 0 <= choice < len(question.choices):
            raise KnownError("这一处已经没有要决定的了，没有改动。")
        chosen = question.choices[choice]
        told: dict[str, str | int | None] = {
            "question": key,
            "choice": choice,
            "asked": question.text,
            "does": chosen.does,
        }
        one = Operation("answer", {**told, **chosen.arguments})
    pieces, facts, does = draft.pieces, draft.facts, one.text("does")
    inner = {name: value for name, value in one.arguments.items() if name not in _OF_ANSWER}
    if does in _ON_PIECES:
        pieces = _ON_PIECES[does](draft.source, pieces, operation(does, inner))
    elif does in _ON_FACTS:
        facts = _ON_FACTS[does](draft, operation(does, inner))
    elif does != "keep":
        raise KnownError("这一处要由人改，没有改动。", "请在原文里改好，或者选别的答案。")
    return pieces, replace(facts, answered=facts.answered | {(one.text("question"), one.text("asked"))}), one


def _read(source: str, pieces: tuple[NoticePiece, ...], facts: DecidedFacts) -> NoticeReading:
    reading = reading_of(source, pieces, None, None, facts.names)
    if facts.head or facts.term:
        head = decided_head(reading.head, facts.head)
        reading = reading_of(source, pieces, head, facts.term or reading.term, facts.names)
    left = tuple(one for one in reading.questions if (one.key, one.text) not in facts.answered)
    documents = tuple(decided_units(one, facts) for one in reading.documents)
    return replace(reading, documents=documents, questions=left)


def _fitting(source: str, pieces: Sequence[NoticePiece] | None) -> Sequence[NoticePiece] | None:
    """Return kept pieces when they are pieces of this source. Raises KnownError when they are not."""
    at = 0
    for piece in pieces or ():
        inside = at <= piece.start < piece.end <= len(source)
        words = (piece.title_start, piece.title_end)
        titled = words == (NO_PLACE, NO_PLACE) or piece.start <= words[0] < words[1] <= piece.end
        if not inside or not titled:
            raise KnownError("保存的段落和原文对不上，没有采用。", "请重新录入这份发文。")
        at = piece.end
    return pieces


def _decide_head(draft: NoticeDraft, one: Operation) -> DecidedFacts:
    name = one.text("field")
    assert name in HEAD_FIELDS
    return replace(draft.facts, head={**draft.facts.head, name: one.text("value").strip()})


def _decide_term(draft: NoticeDraft, one: Operation) -> DecidedFacts:
    words = one.text("text").strip()
    start = draft.source.find(words) if words else NO_PLACE
    end = start + len(words) if start != NO_PLACE else NO_PLACE
    since, until = day(one.text("since")), day(one.text("until"))
    if since and until and until < since:
        raise KnownError("终止日在起始日之前，没有改动。", "请检查两个日期。")
    term = Term(ValidityKind(one.text("kind")), since, until, words, start, end)
    return replace(draft.facts, term=term)


def _decide_unit(draft: NoticeDraft, one: Operation) -> DecidedFacts:
    name = "".join(one.text("name").split())
    return replace(draft.facts, names={**draft.facts.names, one.text("printed"): name})


def _decide_kind(draft: NoticeDraft, one: Operation) -> DecidedFacts:
    kinds = {**draft.facts.kinds, one.text("name"): one.text("kind")}
    return replace(draft.facts, kinds={name: kind for name, kind in kinds.items() if kind})


def _decide_role(draft: NoticeDraft, one: Operation) -> DecidedFacts:
    role = Role(one.text("role")) if one.text("role") else None
    return replace(draft.facts, roles=(*draft.facts.roles, (one.place("start"), one.place("end"), role)))


_ON_PIECES: Mapping[str, Callable[[str, tuple[NoticePiece, ...], Operation], tuple[NoticePiece, ...]]] = {
    "relabel": lambda source, pieces, one: adjusting.relabelled(
        source, pieces, one.place("start"), Label(one.text("label"))
    ),
    "relabel_part": lambda source, pieces, one: adjusting.part_relabelled(
        source, pieces, one.place("start"), Label(one.text("label"))
    ),
    "relabel_run": lambda source, pieces, one: adjusting.run_relabelled(
        source, pieces, one.place("start"), one.place("end"), Label(one.text("label"))
    ),
    "mark": lambda source, pieces, one: adjusting.marked(
        source, pieces, one.place("start"), one.place("end"), Label(one.text("label"))
    ),
    "merge": lambda _, pieces, one: adjusting.merged(pieces, one.place("start")),
    "split": lambda source, pieces, one: adjusting.split(source, pieces, one.place("at")),
    "title": lambda source, pieces, one: adjusting.titled(
        source, pieces, one.place("start"), None if one.arguments["end"] is None else one.place("end")
    ),
}
_ON_FACTS: Mapping[str, Callable[[NoticeDraft, Operation], DecidedFacts]] = {
    "head": _decide_head,
    "term": _decide_term,
    "unit": _decide_unit,
    "unit_kind": _decide_kind,
    "role": _decide_role,
}
