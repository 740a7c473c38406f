"""依据: which documents a sheet or a workbook is about, and how their notices stand on the day it is made.

About one document it says that one's title, 文号 and validity. About several it says them all, shortly, and
bears a title that holds for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.catalogue import validity
from desktop.catalogue.model import Document, Notice
from desktop.catalogue.validity import Validity

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue

GENERAL = "惠企措施"
"""What several documents are called together."""
FORMER = "原有事项"
"""What belongs to no document that is here: entered earlier, never dropped silently."""
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Basis:
    """The documents, their notices (each once, in order), and the day."""

    documents: tuple[Document, ...]
    notices: tuple[Notice, ...]
    today: date

    @property
    def validities(self) -> tuple[Validity, ...]:
        """Return how each notice stands."""
        return tuple(validity.state(notice, self.today) for notice in self.notices)

    @property
    def expired(self) -> bool:
        """Tell whether one of the notices is past its last day."""
        return any(each.expired for each in self.validities)

    def titled(self, what: str) -> str:
        """Return the title of a sheet, e.g. …若干措施责任清单."""
        if not self.documents:
            return f"{FORMER}{what}"
        return f"{self.documents[0].title if len(self.documents) == 1 else GENERAL}{what}"

    @property
    def ground(self) -> str:
        """Return the line that names what the sheet rests on."""
        if not self.notices:
            return "依据：现行措施库中已无此发文"
        if len(self.notices) > 1:
            return f"依据：{self.named}"
        (notice,) = self.notices
        return f"依据：《{notice.title}》" + (f"（{notice.number}）" if notice.number else "")

    @property
    def sentence(self) -> str:
        """Return how it stands with validity: of one notice the sentence, of several how many are past."""
        if len(self.notices) == 1:
            return self.validities[0].sentence
        past = sum(each.expired for each in self.validities)
        counted = f"共{len(self.notices)}件发文" if self.notices else ""
        return f"{counted}，其中{past}件已过有效期" if past else counted

    @property
    def running_head(self) -> str:
        """Return what every printed page says: which notices, and how they stand."""
        if len(self.notices) == 1:
            return f"{self.notices[0].called}　{self.sentence}"
        return self.named

    @property
    def mark(self) -> str:
        """Return the notices as they are named shortly, for the name of a file: 文号, title, or how many."""
        if len(self.notices) == 1:
            return self.notices[0].number or self.notices[0].title
        return f"{len(self.notices)}件发文" if self.notices else FORMER

    @property
    def named(self) -> str:
        """Return several notices by name, each with how it stands; of very many the first."""
        named = "、".join(
            f"{notice.called}（{state.mark}）"
            for notice, state in zip(self.notices[:_MOST_NAMED], self.validities, strict=False)
        )
        return f"{named}等{len(self.notices)}件发文" if len(self.notices) > _MOST_NAMED else named


def of(catalogue: Catalogue, documents: Sequence[Document], today: date) -> Basis:
    """Return the basis of something that is about these documents."""
    keys = dict.fromkeys(document.notice_key for document in documents)
    return Basis(tuple(documents), tuple(map(catalogue.notice_with, keys)), today)


def concerned(catalogue: Catalogue, document_keys: Iterable[str]) -> Catalogue:
    """Return the catalogue of the documents with these keys, in use or not, as far as they are known.

    Of all in use where none is.
    """
    keys = {each.key for each in catalogue.whole.documents} & set(document_keys)
    used = {each.key for each in catalogue.documents}
    return (catalogue if keys <= used else catalogue.whole).narrowed(keys) if keys else catalogue


def in_use(catalogue: Catalogue, today: date) -> Basis:
    """Return the basis of something that is about all documents in use."""
    return of(catalogue, catalogue.documents, today)
